"""Link the actors, places and named events of an article: candidates, features, model, decision.

There are two passes. The first computes the probabilities of each subject by itself. The second adds the
feature ``coherence``, from the probable items of the other subjects. Decisions of a person override the
result.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Sequence
from functools import cached_property

from kg.linking.candidates import Finder, Found
from kg.linking.context import Memory, context_of, profile
from kg.linking.decide import Judged, Thresholds, decide
from kg.linking.features import Case, Features, features_of, of_nothing
from kg.linking.knowledge import KnowledgeBase, Remote
from kg.linking.model import Model
from kg.linking.overrides import Overrides
from kg.linking.subject import Group, Subject, subjects
from kg.records import Candidate, Extraction, Link


class Linker:
    """Links articles. Each process makes one, as the knowledge bases are read into memory."""

    def __init__(
        self,
        bases: Sequence[KnowledgeBase],
        thresholds: Thresholds,
        model: Model | None = None,
        overrides: Overrides | None = None,
    ) -> None:
        self._finder = Finder(bases)
        self._memory = Memory()
        self._model = model or Model.load()
        self._thresholds = thresholds
        self._overrides = overrides or Overrides()

    @cached_property
    def knowledge(self) -> tuple[tuple[str, str], ...]:
        """The names of the knowledge bases, with the dates of their data."""
        return tuple((base.name, base.date) for base in self._finder.bases)

    @cached_property
    def version(self) -> str:
        """Knowledge bases with their dates, and weights: all that links depend on except decisions of a
        person.

        A live service has no date here, so that an article is not linked again each day.
        """
        dated = [(base.name, "" if isinstance(base, Remote) else base.date) for base in self._finder.bases]
        bases = (f"{name} {date}".strip() for name, date in dated)
        return "; ".join((*bases, f"weights {self._model.fingerprint}"))

    def weights(self, group: Group) -> dict[str, float]:
        """Return the weights of the features for a group of subjects."""
        return dict(self._model.weights[group])

    def link(self, extraction: Extraction, article: str = "") -> tuple[Link, ...]:
        """Return the decision on each named actor, place and event of an extraction.

        Args:
            extraction: the records of the article.
            article: IRI of the article, for decisions of a person that apply to one article.
        """
        cases = self.cases(extraction, article)
        return tuple(
            self.decided(case, one, article) for case, one in zip(cases, self.judge(cases), strict=True)
        )

    def cases(self, extraction: Extraction, article: str = "") -> list[Case]:
        """Return the subjects of an extraction with their candidates."""
        named = subjects(extraction)
        self._finder.prepare(named)
        context = context_of(extraction, named)
        cases = []
        for subject in named:
            rejected = self._overrides.rejected(subject.label, subject.wanted, article)
            found = [
                one
                for one in self._finder.candidates(subject, context.is_sport)
                if one.item.qid not in rejected
            ]
            cases.append(
                Case(subject, context, found, [self._memory.of(one.source, one.item) for one in found])
            )
        return cases

    def judge(self, cases: Sequence[Case]) -> list[Judged]:
        """Return features and probabilities of the candidates of the cases of one article."""
        first = [self._judged(case, features_of(case, {})) for case in cases]
        return [
            self._judged(case, features_of(case, topic))
            for case, topic in zip(cases, topics(cases, first), strict=True)
        ]

    def decided(self, case: Case, judged: Judged, article: str = "") -> Link:
        """Return the link of a case: the decision of a person, or else the one by its probabilities."""
        link = decide(case, judged, self.knowledge, self._thresholds)
        subject = case.subject
        if self._finder.missed(subject):
            link = dataclasses.replace(link, degraded=True)
        if self._overrides.never(subject.label, subject.wanted, article):
            return dataclasses.replace(link, status="nil", method="user")
        qid = self._overrides.accepted(subject.label, subject.wanted, article)
        return self._accepted(link, qid, case.found) if qid is not None else link

    def _accepted(self, link: Link, qid: str, found: Sequence[Found]) -> Link:
        """Return the link with the item that a person chose as its first candidate."""
        chosen = next((one for one in link.candidates if one.qid == qid), None) or self._item(qid, found)
        others = tuple(one for one in link.candidates if one.qid != qid)
        return dataclasses.replace(link, status="accepted", method="user", candidates=(chosen, *others))

    def _item(self, qid: str, found: Sequence[Found]) -> Candidate:
        known = [(one.item, one.source) for one in found if one.item.qid == qid]
        known += [(item, base.name) for base in self._finder.bases for item in base.items([qid])]
        if not known:
            return Candidate(qid, qid, "", 0.0, (), "user")
        item, source = known[0]
        return Candidate(qid, item.label, item.description, 0.0, (), source)

    def _judged(self, case: Case, features: list[Features]) -> Judged:
        nothing = of_nothing(case)
        each, none = self._model.probabilities(case.subject.group, features, nothing)
        return Judged(features, each, nothing, none)


def most_popular(case: Case) -> str | None:
    """Return the id of the most popular item with a name of the subject, the baseline of the evaluation."""
    named = [one for one in case.found if one.how in ("label", "alias", "folded")]
    best = max(named, key=lambda one: one.item.popularity, default=None)
    return best.item.qid if best is not None else None


def is_about(subject: Subject, wanted: str) -> bool:
    """Return True if ``wanted`` is the reference or a name of a subject, ignoring case."""
    folded = wanted.casefold()
    return folded == subject.ref.casefold() or any(folded == name.casefold() for name in subject.names)


def topics(cases: Sequence[Case], first: Sequence[Judged]) -> list[dict[str, float]]:
    """Return, for each case, the weights of stems of the probable items of the other cases."""
    parts = [
        profile(list(zip(case.known, one.probabilities, strict=True)))
        for case, one in zip(cases, first, strict=True)
    ]
    whole: Counter[str] = Counter()
    for part in parts:
        whole.update(part)
    return [{stem: whole[stem] - part.get(stem, 0.0) for stem in whole} for part in parts]
