"""Tables for people: as wide as the terminal, or as wide as their content where there is no terminal."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import IO

import pyoxigraph as ox

from kg.export.turtle import Names
from kg.query.answers import Answer
from kg.rdf.prefixes import prefixes

WIDE = 100_000  # more columns than any table; rich cuts what does not fit


def write_answer(answer: Answer, stream: IO[bytes], base: str, wide: bool) -> None:
    """Write the answer of a SELECT or ASK as a table, with IRIs abbreviated by prefixes."""
    if isinstance(answer.results, ox.QueryBoolean):
        stream.write(b"yes\n" if answer else b"no\n")
        return
    names = Names(prefixes(base))
    rows = [[_cell(term, names) for term in row.values()] for row in answer.terms()]
    write_table(answer.variables, rows, stream, wide)
    stream.write(f"{len(rows)} row{'' if len(rows) == 1 else 's'}\n".encode())


def write_table(columns: Sequence[str], rows: Iterable[Sequence[str]], stream: IO[bytes], wide: bool) -> None:
    """Write rows of text under headings, in colours only if ``stream`` is a terminal."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*columns, box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for row in rows:
        table.add_row(*map(Text, row))
    text = io.TextIOWrapper(stream, "utf-8", write_through=True)
    console = Console(file=text, width=WIDE if wide else None, force_terminal=not wide, highlight=False)
    console.print(table)
    text.detach()


def _cell(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None, names: Names) -> str:
    if term is None:
        return ""
    return term.value if isinstance(term, ox.Literal) else names.term(term)
