"""Articles as the rules see them, from frozen parses, so that a test of a rule needs no language model.

``parses.txt`` holds one block for each sentence: ``# the sentence``, then a line for each token with its
word, lemma, tag, part of speech, label, number of its head (from 1, within the sentence; a root is its own
head) and, if it is part of a named entity, the label of that (``B-PERSON``, ``I-PERSON``). A block that
starts with ``#!`` was corrected by hand. :mod:`tests.extractor.freeze` makes the blocks from text.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from pathlib import Path

from spacy.lang.en import English
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.extractor import analyse_entities, extract_from
from kg.extractor.analysis import ArticleAnalysis
from kg.extractor.attribution import Attribution
from kg.extractor.attribution_finder import candidates
from kg.extractor.quotation_attachment import QuotationAttachment
from kg.extractor.quotations import find_quotations
from kg.extractor.syntax import Syntax, syntax_of
from kg.records import Article, Extraction

PARSES = Path(__file__).with_name("parses.txt")
PUBLISHED = dt.date(2024, 5, 15)  # a Wednesday

Row = tuple[str, ...]
"""The cells of a token."""

CORRECTED = "#!"
"""First word of a block that was corrected by hand; that of all others is "#"."""


@lru_cache(maxsize=1)
def parses() -> dict[str, list[Row]]:
    """Return the rows of each sentence of ``parses.txt``."""
    return {sentence: rows for _, sentence, rows in blocks()}


@lru_cache(maxsize=1)
def blocks() -> list[tuple[str, str, list[Row]]]:
    """Return the blocks of ``parses.txt``: its first word ("#" or "#!"), the sentence, and the rows."""
    found: list[tuple[str, str, list[Row]]] = []
    for block in PARSES.read_text("utf-8").strip().split("\n\n"):
        title, *lines = block.split("\n")
        mark, _, sentence = title.partition(" ")
        found.append((mark, sentence, [tuple(line.split()) for line in lines]))
    return found


def format_block(title: str, rows: list[Row]) -> str:
    """Return a block of ``parses.txt``, with the cells aligned in columns."""
    widths = [max(map(len, column)) for column in zip(*(row[:6] for row in rows), strict=True)]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, [*widths, 0], strict=False)) for row in rows
    ]
    return "".join(f"{line.rstrip()}\n" for line in [title, *lines])


def parsed(*sentences: str) -> Syntax:
    """Return the syntax of an article of these sentences.

    They are one paragraph; a sentence with line breaks in front starts another.
    """
    text = " ".join(sentences).replace(" \n", "\n")
    return syntax_of(table_to_doc(text, [rows_of(sentence.strip()) for sentence in sentences]), text)


def rows_of(sentence: str) -> list[Row]:
    """Return the frozen parse of a sentence."""
    assert sentence in parses(), f"parses.txt has no parse of: {sentence}"
    return parses()[sentence]


@lru_cache(maxsize=1)
def _vocab() -> Vocab:
    return English().vocab


def table_to_doc(text: str, tables: list[list[Row]]) -> Doc:
    """Return the Doc of ``text`` from the rows of its sentences. Line breaks become tokens, as in spaCy."""
    rows, spaces, heads = list[Row](), list[bool](), list[int]()
    position = 0
    for table in tables:
        places: list[int] = []  # index in the Doc of each token of this sentence
        for row in table:
            start = text.index(row[0], position)
            gap, position = text[position:start], start + len(row[0])
            assert not gap.strip(), f"{row[0]!r} is not what stands at {start - len(gap)}"
            if "\n" in gap:
                rows.append((gap, gap, "_SP", "SPACE", "dep", ""))
                spaces.append(False)
                heads.append(len(heads) - 1)
            elif gap:
                spaces[-1] = True
            places.append(len(rows))
            rows.append(row)
            spaces.append(False)
            heads.append(-1)
        for place, row in zip(places, table, strict=True):
            heads[place] = places[int(row[5]) - 1]
    return _doc(rows, spaces, heads)


def _doc(rows: list[Row], spaces: list[bool], heads: list[int]) -> Doc:
    words, lemmas, tags, pos, deps = ([row[column] for row in rows] for column in range(5))
    ents = [row[6] if len(row) > 6 else "O" for row in rows]
    return Doc(
        _vocab(), words=words, spaces=spaces, heads=heads, lemmas=lemmas, tags=tags, pos=pos, deps=deps,
        ents=ents,
    )  # fmt: skip


def article(syntax: Syntax, published: dt.date | None = PUBLISHED) -> Article:
    return Article(syntax.text, "test", published=published)


def extracted(*sentences: str, evaluation_layers: bool = False) -> Extraction:
    """Return the extraction of an article of these sentences."""
    syntax = parsed(*sentences)
    return extract_from(article(syntax), syntax, evaluation_layers)


def analysis_of(*sentences: str) -> ArticleAnalysis:
    """Return the analysis of these sentences with entities, roles and times."""
    syntax = parsed(*sentences)
    return analyse_entities(article(syntax), syntax)


def attributed(*sentences: str) -> tuple[ArticleAnalysis, list[Attribution]]:
    """Return the analysis of these sentences, and all candidates for attributions, however unlikely."""
    analysis = analysis_of(*sentences)
    return analysis, candidates(
        analysis.table, QuotationAttachment(analysis.syntax, find_quotations(analysis.syntax.text))
    )
