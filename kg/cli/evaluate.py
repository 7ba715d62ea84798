"""``kg evaluate``."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.options import ConfigOption, ModelOption, PacksOption, WorkersOption, settings
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.config import Config
    from kg.evaluate import Agreement, Figures, Share, Value
    from kg.evaluate.standoff import Document


def evaluate(
    gold: Annotated[
        str, typer.Argument(metavar="GOLD", help="Annotated documents: standoff JSONL, also gzipped.")
    ],
    found: Annotated[
        str | None,
        typer.Argument(metavar="FOUND", help="Output of kg extract. [default: extract now]"),
    ] = None,
    format_name: Annotated[str, typer.Option("--format", metavar="NAME", help="table or json.")] = "table",
    config: ConfigOption = None,
    packs: PacksOption = None,
    model: ModelOption = None,
    workers: WorkersOption = None,
) -> None:
    """Measure the extraction against annotations: precision, recall and F1 of each layer.

    Each layer that the gold annotates is scored over all documents and, if ids have the form corpus/name, for
    each corpus. Further tables show how often each rule fired and was right, and how often findings of each
    confidence were right.

    \b
    kg evaluate gold.jsonl.gz
    kg evaluate gold.jsonl.gz found.jsonl --format json
    """
    from kg.evaluate import evaluate as compare
    from kg.evaluate.standoff import read

    if format_name not in ("table", "json"):
        raise UsageError(f"format: {format_name!r} is not known; known are table, json")
    documents = list(read(gold, sys.stdin.buffer))
    chosen = settings(config, model=model, workers=workers, packs=packs)
    predictions = _extracted(documents, chosen) if found is None else _read(found, documents)
    missing = sum(document.fields["id"] not in predictions for document in documents)
    if missing:
        typer.echo(f"{missing} of {len(documents)} documents have no prediction and count as empty", err=True)
    scores = compare([document.fields for document in documents], predictions)
    typer.echo(_json(scores) if format_name == "json" else "\n".join(_table(scores)))


def _extracted(documents: list[Document], config: Config) -> dict[str, Any]:
    from kg.build.batch_extraction import Failed
    from kg.build.pipeline import map_for
    from kg.evaluate.standoff import LineOptions, annotate
    from kg.linking.opening import LinkSettings

    linked = any("links" in document.fields for document in documents)
    line_options = LineOptions(link=LinkSettings.of(config) if linked else None)

    predictions = {}
    with map_for(config.workers) as mapper:
        for line in annotate(documents, config.model, mapper, line_options):
            if isinstance(line, Failed):
                typer.echo(f"failed: {line.origin}: {line.reason}", err=True)
            else:
                predictions[line["id"]] = line
    return predictions


def _read(found: str, documents: list[Document]) -> dict[str, Any]:
    from kg.evaluate.standoff import read_fields

    texts = {document.fields["id"]: document.fields["text"] for document in documents}
    predictions = {}
    for origin, fields in read_fields(found, stdin=sys.stdin.buffer):
        if fields["id"] not in texts:
            raise UsageError(f"{origin}: the gold has no document {fields['id']!r}")
        if fields.get("text", texts[fields["id"]]) != texts[fields["id"]]:
            raise UsageError(f"{origin}: its text differs from the gold's, so the offsets do not match")
        predictions[fields["id"]] = fields
    return predictions


def _table(scores: dict[str, dict[str, Figures]]) -> Iterator[str]:
    from kg.evaluate import Agreement, Share

    for layer, corpora in scores.items():
        for corpus, figures in corpora.items():
            rates, counts = ("P", "R", "F1"), ("matched", "found", "gold")
            columns = [*(f"{name:>6}" for name in rates), *(f"{name:>8}" for name in counts)]
            yield " ".join([f"{f'{layer}, {corpus}':<44}", *columns])
            for name, one in figures.items():
                if isinstance(one, Agreement):
                    shown = f"{one.precision:6.1f} {one.recall:6.1f} {one.f1:6.1f}"
                    yield f"  {name:<42} {shown} {one.matched:8} {one.predicted:8} {one.gold:8}"
                elif isinstance(one, Share):
                    yield f"  {name:<42} {one.accuracy:6.1f} %             {one.right:8} of {one.of}"
                else:
                    yield f"  {name:<42} {one.value:6.3f}"
            yield ""


def _json(scores: dict[str, dict[str, Figures]]) -> str:
    from kg.evaluate import Agreement, Share

    def fields(one: Agreement | Share | Value) -> dict[str, float]:
        if isinstance(one, Agreement):
            rates = {"P": one.precision, "R": one.recall, "F1": one.f1}
            return rates | {"matched": one.matched, "found": one.predicted, "gold": one.gold}
        if isinstance(one, Share):
            return {"accuracy": one.accuracy, "right": one.right, "of": one.of}
        return {"value": one.value}

    named = {
        layer: {
            corpus: {name: fields(one) for name, one in figures.items()}
            for corpus, figures in corpora.items()
        }
        for layer, corpora in scores.items()
    }
    return json.dumps(named, indent=1)
