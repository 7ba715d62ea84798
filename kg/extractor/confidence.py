"""The probability that an attribution is right: a linear model over features of the cue and its surroundings.

The rules propose candidates. Whether "he sought a deal" reports speech depends on the verb, the kind of its
subject, the tense and the complement. ``weights/attribution.tsv`` holds one weight a line for each feature;
``benchmarks/train_attribution.py`` trains them on any corpus in the standoff format. The model is a logistic
regression: P = 1 / (1 + exp(-sum of weights)).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.resources import files

from kg.extractor.attribution import Attribution
from kg.extractor.entities import EntityTable
from kg.extractor.lexicon import bodies, roles
from kg.extractor.syntax import Syntax

THRESHOLD = 0.26
"""Least probability of an attribution that is kept.

It is near half the reachable F1, where F1 is greatest (Lipton et al., 2014).
"""

_ACTORS = frozenset({"named", "described", "people", "he", "she", "they"})

CERTAIN = {"reversed": 0.6}
"""Probabilities of rules whose content the training corpus delimits differently.

They were estimated by hand on news articles.
"""

PLAIN_THRESHOLD = 0.16
"""Least probability where an actor is the subject of a finite verb that always reports speech.

The training corpus is election news and has few examples of what is denied, demanded or appealed for in other
news, so the weights are too low for "Apple *denied* any wrongdoing".
"""

_LENGTHS = ((1, "1"), (3, "3"), (7, "7"), (15, "15"))
"""Largest number of content tokens of each class of length, with its name."""


@lru_cache(maxsize=1)
def weights() -> Mapping[str, float]:
    """Return the weight of each feature, by name."""
    text = files(__package__).joinpath("weights", "attribution.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines()[1:] if line and not line.startswith("#"))
    return {feature: float(weight) for feature, weight, _ in rows}


def probability(table: EntityTable, attribution: Attribution, quoted: set[int]) -> float:
    """Return the probability, from 0 to 1, that a reader would mark this attribution.

    Args:
        table: the entities of the article.
        attribution: the attribution.
        quoted: the tokens inside quotation marks.
    """
    if attribution.rule in CERTAIN:
        return CERTAIN[attribution.rule]
    weight_of = weights()
    total = sum(weight_of.get(feature, 0.0) for feature in features(table, attribution, quoted))
    return 1 / (1 + math.exp(-total))


def threshold(table: EntityTable, attribution: Attribution, quoted: set[int]) -> float:
    """Return the least probability with which the attribution is kept."""
    syntax, head = table.syntax, attribution.head
    auxiliaries = {syntax.lower[child] for child in syntax.children_of(head, "aux")}
    finite = syntax.tag[head] in ("VBD", "VBZ") or bool(auxiliaries & {"has", "have", "had"})
    plain = (
        finite
        and attribution.entry.pos == "verb"
        and "weak" not in attribution.entry.note
        and head not in quoted
    )
    return PLAIN_THRESHOLD if plain and source_kind(table, attribution) in _ACTORS else THRESHOLD


def features(table: EntityTable, attribution: Attribution, quoted: set[int]) -> Iterator[str]:
    """Yield the names of the features of an attribution."""
    syntax, entry, head = table.syntax, attribution.entry, attribution.head
    cue = f"{entry.lemma}/{entry.pos}"
    act = entry.act_in(attribution.frame)
    source = source_kind(table, attribution)
    yield "bias"
    yield f"cue={cue}"
    yield f"cue={cue} frame={attribution.frame}"
    yield f"act={act} frame={attribution.frame}"
    yield f"rule={attribution.rule}"
    yield f"source={source}"
    yield f"act={act} source={source}"
    yield f"frame={attribution.frame} source={source}"
    yield from (f"note={note} frame={attribution.frame}" for note in entry.note)
    yield f"tag={syntax.tag[head]} frame={attribution.frame}"
    yield f"place={syntax.dep[head]} pos={entry.pos}"
    yield from _around(syntax, attribution)
    yield f"length={_length(attribution)} frame={attribution.frame}"
    yield f"quotation={bool(attribution.quoted_spans)} rule={attribution.rule}"
    yield f"inside={head in quoted} frame={attribution.frame}"


def _around(syntax: Syntax, attribution: Attribution) -> Iterator[str]:
    """Yield the features of the words around the cue and of the first word of the content."""
    head = attribution.head
    for child in syntax.children[head]:
        if syntax.dep[child] in ("aux", "auxpass", "neg"):
            yield f"aux={syntax.lower[child]}"
        elif syntax.dep[child] == "mark":
            yield f"mark={syntax.lower[child]}"
    if syntax.dep[head] in ("xcomp", "acl", "pcomp") and attribution.entry.pos == "verb":
        yield f"under={syntax.lemma[syntax.head[head]]}"
    if attribution.content:
        first = attribution.content[0]
        closed_class = syntax.pos[first] in ("DET", "PRON", "SCONJ", "PART", "ADP")
        yield f"opens={syntax.lower[first] if closed_class else syntax.pos[first]}"
        yield f"before={attribution.content[0] < head} frame={attribution.frame}"


def source_kind(table: EntityTable, attribution: Attribution) -> str:
    """Return the kind of the word that names the source: "named", "he", "document", or its tag."""
    if not attribution.sources:
        return "none"
    syntax, token = table.syntax, attribution.sources[0]
    lower = syntax.lower[token]
    if syntax.pos[token] == "PRON" or syntax.tag[token] in ("WP", "WDT"):
        return lower
    standing = table.entities_at(token)
    if standing:
        return "named" if standing[0].named else "described"
    body = bodies().get(lower) or bodies().get(syntax.lemma[token])
    if body is not None and body.kind == "document":
        return "document"
    if body is not None or lower in roles() or syntax.lemma[token] in roles():
        return "people"
    return syntax.tag[token]


def _length(attribution: Attribution) -> str:
    count = len(attribution.content)
    return next((name for limit, name in _LENGTHS if count <= limit), "more")
