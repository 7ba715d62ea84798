"""Train the weights of ``kg.extractor.confidence`` on a corpus in the standoff format.

    python benchmarks/train_attribution.py CORPUS.jsonl.gz [--out kg/extractor/weights/attribution.tsv]

Each attribution that the rules propose is an example. It is right if the intersection of its content with
that of a statement of the corpus has at least half the characters of their union. The model is a logistic
regression with L2 regularisation, fitted by full-batch gradient steps (Adagrad). It needs no library beyond
numpy and gives the same weights each time.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from kg.evaluate.standoff import read as read_standoff
from kg.extractor import analyse_entities
from kg.extractor.attribution_finder import candidates, content_spans
from kg.extractor.confidence import features
from kg.extractor.language_model import load, parse
from kg.extractor.quotation_attachment import QuotationAttachment
from kg.extractor.quotations import find_quotations
from kg.extractor.syntax import Syntax, syntax_of
from kg.records import Article
from kg.text.spans import matched, merged

FEWEST = 6
"""Least number of occurrences of a feature with a weight; a rarer one would only repeat the corpus."""

STEPS, RATE, PENALTY = 400, 0.3, 1.0

Example = tuple[list[str], bool]


def main() -> None:
    """Run the command that the module describes."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("corpus")
    arguments.add_argument("--out", type=Path, default=Path("kg/extractor/weights/attribution.tsv"))
    arguments.add_argument("--model", default="en_core_web_sm")
    options = arguments.parse_args()
    examples = list(examples_of(options.corpus, options.model))
    names, table, counts = fit(examples)
    write(options.out, names, table, counts, examples)


def examples_of(corpus: str, model: str) -> Iterator[Example]:
    """Yield the features of each candidate of the corpus, and whether it is right."""
    documents = list(read_standoff(corpus))
    parsed = parse((document.article for document in documents), load(model))
    for number, (document, (article, doc)) in enumerate(zip(documents, parsed, strict=True), 1):
        print(f"\r{number} of {len(documents)} documents", end="", file=sys.stderr)
        gold = [statement["content"] for statement in document.fields["statements"]]
        yield from examples_in(article, syntax_of(doc, article.text), gold)
    print(file=sys.stderr)


def examples_in(article: Article, syntax: Syntax, gold: Sequence[Sequence[Sequence[int]]]) -> list[Example]:
    """Return the examples of one document.

    Args:
        article: the article.
        syntax: its syntax.
        gold: the content spans of each statement of the corpus.
    """
    table = analyse_entities(article, syntax).table
    attachment = QuotationAttachment(syntax, find_quotations(article.text))
    found = candidates(table, attachment)
    wanted = [merged((start, end) for start, end in spans) for spans in gold]
    pairs = matched(wanted, [merged(content_spans(syntax, attribution)) for attribution in found], 0.5)
    right = {j for _, j in pairs}
    return [
        (list(features(table, attribution, attachment.quoted_tokens)), j in right)
        for j, attribution in enumerate(found)
    ]


def fit(examples: list[Example]) -> tuple[list[str], np.ndarray, Counter[str]]:
    """Return the features, their weights and how often each occurs."""
    counts = Counter(name for names, _ in examples for name in set(names))
    names = sorted(name for name, count in counts.items() if count >= FEWEST)
    place = {name: index for index, name in enumerate(names)}
    rows, columns = [], []
    for row, (found, _) in enumerate(examples):
        for name in set(found):
            if name in place:
                rows.append(row)
                columns.append(place[name])
    row_of, column_of = np.array(rows), np.array(columns)
    target = np.array([float(right) for _, right in examples])
    table, squares = np.zeros(len(names)), np.full(len(names), 1e-8)
    for _ in range(STEPS):
        score = np.bincount(row_of, table[column_of], len(examples))
        error = 1 / (1 + np.exp(-score)) - target
        slope = np.bincount(column_of, error[row_of], len(names)) + PENALTY * table
        squares += slope**2
        table -= RATE * slope / np.sqrt(squares)
    return names, table, counts


def write(
    out: Path, names: list[str], table: np.ndarray, counts: Counter[str], examples: list[Example]
) -> None:
    """Write the weights, with the figures of the training, as tab separated text."""
    right = sum(right for _, right in examples)
    out.parent.mkdir(parents=True, exist_ok=True)
    with out.open("w", encoding="utf-8") as file:
        print("feature", "weight", "count", sep="\t", file=file)
        print(f"# {len(examples)} candidates of the training corpus, {right} of them right", file=file)
        for name, weight in zip(names, table, strict=True):
            if abs(weight) >= 0.02:
                print(name, f"{weight:.3f}", counts[name], sep="\t", file=file)


if __name__ == "__main__":
    main()
