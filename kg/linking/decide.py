"""A link is accepted, left for a person to decide, or not made: a wrong link is worse than none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.linking.candidates import Found
from kg.linking.embedded import Embedded
from kg.linking.features import Case, Features
from kg.records import Candidate, Link, LinkStatus

KEPT = 5
"""Most candidates of a link; the most likely are kept."""

EMBEDDED = Embedded.name
_SHORT = 3  # letters; many items have a name that is not longer
_LEAST = 0.01  # least probability of a candidate that is kept


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The probabilities that decide the status of a link."""

    accept: float = 0.3  # least probability of an accepted link
    margin: float = 0.02  # least difference to the probability of the next candidate
    ask: float = 0.2  # least probability of a candidate that is left for a person to decide
    sure: float = 0.5  # least probability of an accepted link whose name is weak evidence


@dataclass(frozen=True, slots=True)
class Judged:
    """Features and probabilities of the candidates of a case and of NIL."""

    features: Sequence[Features]  # of each candidate
    probabilities: Sequence[float]  # of each candidate
    nothing: Features  # of NIL
    nil: float  # probability of NIL


def decide(
    case: Case, judged: Judged, knowledge: tuple[tuple[str, str], ...], thresholds: Thresholds
) -> Link:
    """Return the link of a case, by its probabilities and the thresholds."""
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
    """Return True if the name is weak evidence for the best candidate: a surname alone, initials, a part."""
    best = max(range(len(case.found)), key=lambda n: judged.probabilities[n], default=None)
    if best is None:
        return True
    found = case.found[best]
    if found.source == EMBEDDED:
        # It lists common short names, but is too small to have all items whose names contain a part.
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
