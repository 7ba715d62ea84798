"""From probabilities to a decision: a link, a question for a person, or nothing. A wrong link is worse than
none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.linking.candidates import Found
from kg.linking.embedded import Embedded
from kg.linking.features import Case, Features
from kg.records import Candidate, Link, LinkStatus

KEPT = 5
"""Candidates that a link keeps, the likeliest."""

EMBEDDED = Embedded.name
_SHORT = 3  # letters of a name that fits too many
_LEAST = 0.01  # a candidate less likely than that is not kept


@dataclass(frozen=True, slots=True)
class Thresholds:
    """When to link and when to ask."""

    accept: float = 0.3  # least probability of a link
    margin: float = 0.02  # least distance to the next candidate
    ask: float = 0.2  # least probability of a candidate that is left for a person
    sure: float = 0.5  # least probability of a link where there is reason for doubt


@dataclass(frozen=True, slots=True)
class Judged:
    """What the model says of a case."""

    features: Sequence[Features]  # of each candidate
    probabilities: Sequence[float]  # of each candidate
    nothing: Features
    nil: float


def decide(
    case: Case, judged: Judged, knowledge: tuple[tuple[str, str], ...], thresholds: Thresholds
) -> Link:
    """Return the link of a case."""
    order = sorted(range(len(case.found)), key=lambda n: (-judged.probabilities[n], case.found[n].item.qid))
    kept = [n for n in order[:KEPT] if judged.probabilities[n] >= _LEAST]
    candidates = tuple(_candidate(case.found[n], judged.probabilities[n], judged.features[n]) for n in kept)
    return Link(
        ref=case.subject.ref,
        label=case.subject.label,
        status=_status(candidates, thresholds, is_doubtful(case, judged)),
        method="model",
        knowledge=knowledge,
        candidates=candidates,
        nil=judged.nil,
    )


def is_doubtful(case: Case, judged: Judged) -> bool:
    """Tell whether a name fits too many: a surname alone, initials, a part of the item's name."""
    best = max(range(len(case.found)), key=lambda n: judged.probabilities[n], default=None)
    if best is None:
        return True
    found = case.found[best]
    if found.source == EMBEDDED:
        # It lists the short names that news uses every day, but is too small to hold what else a part may be.
        return case.subject.is_bare or found.how in ("partial", "longer")
    return case.subject.is_bare or len(case.subject.names[0].replace(".", "")) <= _SHORT


def _status(candidates: Sequence[Candidate], thresholds: Thresholds, doubtful: bool) -> LinkStatus:
    if not candidates:
        return "nil"
    best = candidates[0].probability
    second = candidates[1].probability if len(candidates) > 1 else 0.0
    least = thresholds.sure if doubtful else thresholds.accept
    if best >= least and best - second >= thresholds.margin:
        return "accepted"
    return "candidate" if best >= thresholds.ask else "nil"


def _candidate(found: Found, probability: float, features: Features) -> Candidate:
    return Candidate(
        qid=found.item.qid,
        label=found.item.label,
        description=found.item.description,
        probability=probability,
        features=tuple(features.items()),
        source=found.source,
    )
