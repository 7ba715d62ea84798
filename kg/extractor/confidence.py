"""How likely an attribution is right: a linear model over what the rules saw.

Rules propose; whether "he sought a deal" reports speech depends on the verb, what stands for its subject,
the tense and the
complement. The weights are in ``weights/attribution.tsv``, one readable line a feature;
``benchmarks/train_attribution.py`` makes
them from any corpus in the standoff format. Logistic regression: P = 1 / (1 + exp(-sum of weights)).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.resources import files

from kg.extractor.attribution import Attribution
from kg.extractor.cast import Cast
from kg.extractor.lexicon import bodies, roles
from kg.extractor.syntax import Syntax

THRESHOLD = 0.26
"""Least probability of an attribution that is kept. Near half the reachable F1, where F1 is greatest
(Lipton et al., 2014)."""

_ACTORS = frozenset({"named", "described", "people", "he", "she", "they"})

CERTAIN = {"reversed": 0.6}
"""Rules whose content this project and the training corpus delimit differently: estimated by hand on news
articles."""

PLAIN_THRESHOLD = 0.16
"""The same where an actor is the subject of a finite verb that always reports speech: "Apple *denied* any
wrongdoing".
The training corpus is election news, and knows few of the things that are denied, demanded or appealed for
elsewhere."""

_LENGTHS = ((1, "1"), (3, "3"), (7, "7"), (15, "15"))


@lru_cache(maxsize=1)
def weights() -> Mapping[str, float]:
    """Return the weight of each feature, by its name."""
    text = files(__package__).joinpath("weights", "attribution.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines()[1:] if line and not line.startswith("#"))
    return {feature: float(weight) for feature, weight, _ in rows}


def probability(cast: Cast, made: Attribution, quoted: set[int]) -> float:
    """Return how likely the attribution is one that a reader would mark, 0 to 1.

    Args:
        quoted: the tokens inside quotation marks.
    """
    if made.rule in CERTAIN:
        return CERTAIN[made.rule]
    table = weights()
    total = sum(table.get(feature, 0.0) for feature in features(cast, made, quoted))
    return 1 / (1 + math.exp(-total))


def threshold(cast: Cast, made: Attribution, quoted: set[int]) -> float:
    """Return the probability from which on the attribution is kept."""
    syntax, head = cast.syntax, made.head
    auxiliaries = {syntax.lower[child] for child in syntax.children_of(head, "aux")}
    finite = syntax.tag[head] in ("VBD", "VBZ") or bool(auxiliaries & {"has", "have", "had"})
    plain = finite and made.entry.pos == "verb" and "weak" not in made.entry.note and head not in quoted
    return PLAIN_THRESHOLD if plain and source_kind(cast, made) in _ACTORS else THRESHOLD


def features(cast: Cast, made: Attribution, quoted: set[int]) -> Iterator[str]:
    """Yield what the model looks at, as names of features."""
    syntax, entry, head = cast.syntax, made.entry, made.head
    cue = f"{entry.lemma}/{entry.pos}"
    act = entry.act_in(made.frame)
    source = source_kind(cast, made)
    yield "bias"
    yield f"cue={cue}"
    yield f"cue={cue} frame={made.frame}"
    yield f"act={act} frame={made.frame}"
    yield f"rule={made.rule}"
    yield f"source={source}"
    yield f"act={act} source={source}"
    yield f"frame={made.frame} source={source}"
    yield from (f"note={note} frame={made.frame}" for note in entry.note)
    yield f"tag={syntax.tag[head]} frame={made.frame}"
    yield f"place={syntax.dep[head]} pos={entry.pos}"
    yield from _around(syntax, made)
    yield f"length={_length(made)} frame={made.frame}"
    yield f"quotation={bool(made.quotes)} rule={made.rule}"
    yield f"inside={head in quoted} frame={made.frame}"


def _around(syntax: Syntax, made: Attribution) -> Iterator[str]:
    """Yield the auxiliaries and the governing word of a verb, and what opens the content."""
    head = made.head
    for child in syntax.children[head]:
        if syntax.dep[child] in ("aux", "auxpass", "neg"):
            yield f"aux={syntax.lower[child]}"
        elif syntax.dep[child] == "mark":
            yield f"mark={syntax.lower[child]}"
    if syntax.dep[head] in ("xcomp", "acl", "pcomp") and made.entry.pos == "verb":
        yield f"under={syntax.lemma[syntax.head[head]]}"
    if made.content:
        first = made.content[0]
        closed_class = syntax.pos[first] in ("DET", "PRON", "SCONJ", "PART", "ADP")
        yield f"opens={syntax.lower[first] if closed_class else syntax.pos[first]}"
        yield f"before={made.content[0] < head} frame={made.frame}"


def source_kind(cast: Cast, made: Attribution) -> str:
    """Return what kind of word names the source."""
    if not made.sources:
        return "none"
    syntax, token = cast.syntax, made.sources[0]
    lower = syntax.lower[token]
    if syntax.pos[token] == "PRON" or syntax.tag[token] in ("WP", "WDT"):
        return lower
    standing = cast.standing_at(token)
    if standing:
        return "named" if standing[0].named else "described"
    body = bodies().get(lower) or bodies().get(syntax.lemma[token])
    if body is not None and body.kind == "document":
        return "document"
    if body is not None or lower in roles() or syntax.lemma[token] in roles():
        return "people"
    return syntax.tag[token]


def _length(made: Attribution) -> str:
    count = len(made.content)
    return next((name for limit, name in _LENGTHS if count <= limit), "more")
