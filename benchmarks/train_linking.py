"""Fit the weights of linking on annotated documents, and print the accuracy on articles that were held out.

    python benchmarks/train_linking.py GOLD.jsonl.gz... --pack FILE [--pack FILE] [--write]

GOLD: standoff files (see kg.evaluate.standoff) with the layer ``links``. The packs (``kg wikidata build``)
should hold the items of the gold and as many others as possible. The figures come from a cross-validation
over articles; the weights that ``--write`` puts into ``kg/linking/weights/`` are fitted on all articles.

The target of a subject is the distribution of items over its annotated mentions. A mention that is annotated
without an item, or not annotated, counts as NIL.
"""

from __future__ import annotations

import argparse
import collections
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import kg.linking
from kg.build.batch_extraction import Failed, extract_each, in_batches
from kg.evaluate.mention import bare_name
from kg.evaluate.standoff import read
from kg.linking import words
from kg.linking.decide import Judged, Thresholds, decide
from kg.linking.embedded import Embedded
from kg.linking.features import Case, features_of, of_nothing
from kg.linking.knowledge import KnowledgeBase
from kg.linking.linker import Linker, most_popular, topics
from kg.linking.model import Model
from kg.linking.packs import Pack
from kg.linking.subject import GROUPS
from kg.records import Actor, Extraction, Link, Place

FOLDS = 5
STEPS = 300
ROUNDS = 3  # the topics of an article depend on the weights, and the weights on the topics
SPREAD = 2.0  # variance of the prior of the difference between weights of a group and of all groups
SIZE = 2.0  # standard deviation of the prior of weights
FIXED = {"time": 1.5}  # weights of features that cannot be fitted: few annotated articles have a date
UNANNOTATED = 0.2  # weight of a mention that is not annotated

Array = NDArray[np.float64]
Key = tuple[int, int]


@dataclass(slots=True)
class Example:
    """A case with the items that its mentions are annotated with."""

    case: Case
    target: dict[str | None, float]  # weight by item; None is NIL
    gold: list[tuple[frozenset[str], bool]]  # items of each annotated mention; True if a pack has one


@dataclass(slots=True)
class Page:
    """An article."""

    id: str
    examples: list[Example]
    strays: dict[str, int]  # number of mentions without annotation, by reference


def main() -> None:
    """Run the cross-validation; with ``--write`` also fit and write the weights."""
    arguments = _arguments()
    packs: list[KnowledgeBase] = [Embedded(), *(Pack.open(path) for path in arguments.pack)]
    documents = list(_extractions(arguments))
    if arguments.write or not words._weights():
        _write_words([fields["text"] for fields, _ in documents])
    linker = Linker(packs, Thresholds(), Model({group: {} for group in GROUPS}))
    held = _Held(packs)
    pages = [_page(fields, extraction, linker, held) for fields, extraction in documents]
    names = _names(pages)
    judged = _cross_validated(pages, names)
    for line in report(pages, judged, Thresholds()):
        print(line)
    if arguments.write:
        _write_model(fit(pages, names), names)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("gold", nargs="+")
    parser.add_argument("--pack", action="append", type=Path, required=True)
    parser.add_argument("--model", default="en_core_web_sm", help="spaCy pipeline")
    parser.add_argument("--write", action="store_true", help="replace the weights in kg/linking/weights")
    return parser.parse_args()


def _extractions(arguments: argparse.Namespace) -> Iterator[tuple[dict[str, Any], Extraction]]:
    documents = [document for path in arguments.gold for document in read(path)]
    for batch in in_batches(documents, lambda document: document.article):
        found = extract_each([document.article for document in batch], arguments.model)
        for document, extraction in zip(batch, found, strict=True):
            if isinstance(extraction, Failed):
                raise SystemExit(f"{extraction.origin}: {extraction.reason}")
            yield document.fields, extraction


class _Held:
    """Tells whether one of the packs has an item."""

    def __init__(self, packs: Sequence[KnowledgeBase]) -> None:
        self._packs = packs
        self._known: dict[str, bool] = {}

    def __call__(self, qid: str) -> bool:
        if qid not in self._known:
            self._known[qid] = any(pack.items([qid]) for pack in self._packs)
        return self._known[qid]


def _page(fields: dict[str, Any], extraction: Extraction, linker: Linker, held: _Held) -> Page:
    gold = _gold(fields)
    mentions = _mentions(extraction)
    examples, strays = [], {}
    for case in linker.cases(extraction):
        target: dict[str | None, float] = collections.defaultdict(float)
        annotated = []
        for span, part in mentions[case.subject.ref]:
            items = gold.get(bare_name(fields["text"], *span))
            if items is not None:
                annotated.append((frozenset(items), any(map(held, items))))
                target[min(items, default=None)] += 1.0
            elif part != "demonym":
                target[None] += UNANNOTATED
        examples.append(Example(case, target, annotated))
        strays[case.subject.ref] = len(mentions[case.subject.ref]) - len(annotated)
    return Page(fields["id"], examples, strays)


def _gold(fields: dict[str, Any]) -> dict[Key, set[str]]:
    """Return the items of each annotated name; no item is NIL."""
    gold: dict[Key, set[str]] = {}
    for link in fields["links"]:
        start, end = bare_name(fields["text"], link["start"], link["end"])
        if any(letter.isupper() for letter in fields["text"][start:end]):
            gold.setdefault((start, end), set()).update({link["qid"]} - {None})
    return gold


def _mentions(extraction: Extraction) -> dict[str, list[tuple[Key, str]]]:
    found: dict[str, list[tuple[Key, str]]] = collections.defaultdict(list)
    records: list[Actor | Place] = [*extraction.actors, *extraction.places]
    for record in records:
        for mention in record.mentions:
            one = (mention.span, mention.part)
            if mention.part in ("name", "metonym", "demonym") and one not in found[record.ref]:
                found[record.ref].append(one)
    return found


# Fitting


@dataclass(slots=True)
class Matrix:
    """Examples as arrays. The last candidate of each example is NIL."""

    group: NDArray[np.int64]  # of each example
    values: Array  # example, candidate, feature
    real: NDArray[np.bool_]  # example, candidate: False for padding
    target: Array  # example, candidate


def fit(pages: Sequence[Page], names: Sequence[str]) -> Model:
    """Return the model fitted on ``pages``."""
    model = Model({group: {} for group in GROUPS})
    shared = np.zeros((len(GROUPS), len(names)))
    for turn in range(ROUNDS):
        matrix = _matrix(pages, names, model if turn else None)
        shared = _descend(matrix, shared, names)
        model = _model(shared, names)
    return model


def _model(weights: Array, names: Sequence[str]) -> Model:
    return Model(
        {
            group: dict(zip(names, map(float, row), strict=True))
            for group, row in zip(GROUPS, weights, strict=True)
        }
    )


def _matrix(pages: Sequence[Page], names: Sequence[str], model: Model | None) -> Matrix:
    """Return the examples as arrays, with topics from the probabilities of ``model``, if given."""
    rows = [row for page in pages for row in _rows(page, model) if row[2]]
    widest = max(len(features) for _, features, _ in rows)
    place = {name: number for number, name in enumerate(names)}
    values = np.zeros((len(rows), widest, len(names)))
    real = np.zeros((len(rows), widest), dtype=bool)
    target = np.zeros((len(rows), widest))
    for row, (_, features, right) in enumerate(rows):
        for column, one in enumerate(features):
            at = column if column < len(features) - 1 else widest - 1
            real[row, at] = True
            for name, value in one.items():
                values[row, at, place[name]] = value
        for column, weight in right.items():
            target[row, column if column >= 0 else widest - 1] += weight
    return Matrix(np.array([group for group, _, _ in rows]), values, real, target)


def _rows(page: Page, model: Model | None) -> Iterator[tuple[int, list[dict[str, float]], dict[int, float]]]:
    cases = [example.case for example in page.examples]
    topic: Sequence[dict[str, float]] = [{} for _ in cases]
    if model is not None:
        topic = topics(cases, [_judge(case, {}, model) for case in cases])
    for example, about in zip(page.examples, topic, strict=True):
        case = example.case
        if not case.found:
            continue
        features = [*features_of(case, about), of_nothing(case)]
        place = {one.item.qid: number for number, one in enumerate(case.found)}
        right: dict[int, float] = collections.defaultdict(float)
        for qid, weight in example.target.items():
            right[place.get(qid or "", -1)] += weight
        yield GROUPS.index(case.subject.group), features, right


def _judge(case: Case, topic: dict[str, float], model: Model) -> Judged:
    features, nothing = features_of(case, topic), of_nothing(case)
    each, nil = model.probabilities(case.subject.group, features, nothing)
    return Judged(features, each, nothing, nil)


def _descend(matrix: Matrix, start: Array, names: Sequence[str]) -> Array:
    """Minimise cross-entropy and priors by Adam (Kingma and Ba 2015); return weights by group and feature."""
    shared, own = start.mean(axis=0), start - start.mean(axis=0)
    free = np.array([name not in FIXED for name in names])
    shared = np.where(free, shared, [FIXED.get(name, 0.0) for name in names])
    moments = [np.zeros_like(shared), np.zeros_like(shared), np.zeros_like(own), np.zeros_like(own)]
    mass = matrix.target.sum(axis=1, keepdims=True)
    for step in range(1, STEPS + 1):
        weights = shared + own
        scores = np.einsum("ecf,ef->ec", matrix.values, weights[matrix.group])
        scores = np.where(matrix.real, scores, -np.inf)
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        wrong = powers / powers.sum(axis=1, keepdims=True) * mass - matrix.target
        each = np.einsum("ecf,ec->ef", matrix.values, wrong)
        slopes = np.stack([each[matrix.group == number].sum(axis=0) for number in range(len(GROUPS))])
        down_own = slopes + own / SPREAD
        down_shared = slopes.sum(axis=0) + shared / SIZE**2
        rate = 0.05 * min(1.0, 2.0 * (1.0 - step / STEPS))
        for value, slope, first, second in (
            (shared, down_shared, *moments[:2]),
            (own, down_own, *moments[2:]),
        ):
            first += 0.1 * (slope - first)
            second += 0.001 * (slope**2 - second)
            value -= free * rate * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-9)
    result: Array = shared + own
    return result


# Measuring


def _cross_validated(pages: Sequence[Page], names: Sequence[str]) -> list[list[Judged]]:
    """Return the judgements of each page by a model that was fitted on other pages."""
    judged: list[list[Judged]] = [[] for _ in pages]
    for fold in range(FOLDS):
        model = fit([page for number, page in enumerate(pages) if number % FOLDS != fold], names)
        for number in range(fold, len(pages), FOLDS):
            judged[number] = judge(pages[number], model)
    return judged


def judge(page: Page, model: Model) -> list[Judged]:
    """Return the judgements of ``model`` of the cases of a page, as the linker computes them."""
    cases = [example.case for example in page.examples]
    first = [_judge(case, {}, model) for case in cases]
    return [_judge(case, about, model) for case, about in zip(cases, topics(cases, first), strict=True)]


def report(
    pages: Sequence[Page], judged: Sequence[Sequence[Judged]], thresholds: Thresholds
) -> Iterator[str]:
    """Yield the lines of the report: all articles, then each corpus."""
    corpora = sorted({page.id.partition("/")[0] for page in pages})
    for corpus in ("all", *corpora):
        chosen = [n for n, page in enumerate(pages) if corpus in ("all", page.id.partition("/")[0])]
        ours = [_links(pages[n], judged[n], thresholds) for n in chosen]
        popular = [_popular(pages[n]) for n in chosen]
        yield f"{corpus}: {len(chosen)} articles"
        for name, links in (("model", ours), ("popularity alone", popular)):
            yield f"  {name:<18}" + _figures([pages[n] for n in chosen], links)
        if corpus == "all":
            yield from _reliability([pages[n] for n in chosen], ours)


def _links(page: Page, judged: Sequence[Judged], thresholds: Thresholds) -> list[Link]:
    return [
        decide(example.case, one, (), thresholds) for example, one in zip(page.examples, judged, strict=True)
    ]


def _popular(page: Page) -> list[Link]:
    """Return the links to the most popular item of each name."""
    links = []
    for example in page.examples:
        case = example.case
        best = most_popular(case)
        each = [float(one.item.qid == best) for one in case.found]
        judged = Judged(features_of(case, {}), each, {}, 0.0)
        links.append(decide(case, judged, (), Thresholds(0.5, -1.0, 0.5, 0.5)))
    return links


def _figures(pages: Sequence[Page], links: Sequence[Sequence[Link]]) -> str:
    n = collections.Counter[str]()
    for page, some in zip(pages, links, strict=True):
        for example, link in zip(page.examples, some, strict=True):
            _count(example, link, page, n)

    def share(part: str, whole: str) -> str:
        return f"{100 * n[part] / max(1, n[whole]):5.1f} %"

    return (
        f" right of held {share('right', 'held')} of {n['held']:5}   precision {share('good', 'linked')}"
        f" of {n['linked']:5}   end to end {share('good', 'every')}   reachable {share('reach', 'held')}"
    )


def _count(example: Example, link: Link, page: Page, n: collections.Counter[str]) -> None:
    candidates = {one.item.qid for one in example.case.found}
    for items, can in example.gold:
        n["held"] += can
        n["reach"] += bool(items & candidates)
        n["right"] += link.qid in items
        n["linked"] += link.qid is not None
        n["good"] += link.qid in items
        n["every"] += link.qid is not None
    n["every"] += page.strays[link.ref] if link.qid is not None else 0


def _reliability(pages: Sequence[Page], links: Sequence[Sequence[Link]]) -> Iterator[str]:
    """Yield the probability and the share of right first candidates, for each tenth of probability."""
    bins: dict[int, list[tuple[float, bool]]] = collections.defaultdict(list)
    for page, some in zip(pages, links, strict=True):
        for example, link in zip(page.examples, some, strict=True):
            if link.candidates:
                for items, _ in example.gold:
                    bins[min(9, int(link.probability * 10))].append(
                        (link.probability, link.candidates[0].qid in items)
                    )
    whole = sum(map(len, bins.values()))
    error = 0.0
    for _, cases in sorted(bins.items()):
        said = sum(probability for probability, _ in cases) / len(cases)
        came = sum(right for _, right in cases) / len(cases)
        error += abs(said - came) * len(cases) / whole
        yield f"    predicted {said:.2f}  right {came:.2f}  of {len(cases):5}"
    yield f"    expected calibration error {error:.3f}"


# Files


def _names(pages: Sequence[Page]) -> list[str]:
    case = next(example.case for page in pages for example in page.examples if example.case.found)
    return [*features_of(case, {})[0], *of_nothing(case)]


def _folder() -> Path:
    return Path(kg.linking.__file__).parent / "weights"


def _write_words(texts: Sequence[str]) -> None:
    """Write the number of articles in a thousand that have a stem, for stems in more than one in 200."""
    counts = collections.Counter(stem for text in texts for stem in set(words.stems(text)))
    least = max(2, len(texts) // 200)
    lines = [
        "# Stems, and the number of news articles in a thousand that have them: benchmarks/train_linking.py"
    ]
    lines += [
        f"{stem}\t{1000 * count / len(texts):.0f}" for stem, count in sorted(counts.items()) if count > least
    ]
    (_folder() / "words.tsv").write_text("\n".join(lines) + "\n", "utf-8")
    words._weights.cache_clear()


def _write_model(model: Model, names: Sequence[str]) -> None:
    lines = ["# Weights of kg.linking.model by feature and group of subjects: benchmarks/train_linking.py"]
    lines.append("\t".join(["feature", *GROUPS]))
    lines += ["\t".join([name, *(f"{model.weights[group][name]:.3f}" for group in GROUPS)]) for name in names]
    (_folder() / "model.tsv").write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
