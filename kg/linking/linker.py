"""Links the actors and places of an article to items: candidates, features, model, decision.

Two passes: in the first each subject is judged by itself; in the second also by what the others probably are.
What a person decided beats it all.
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
    """Links articles; to be made once in each process."""

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
        """The knowledge bases that are asked, with the dates of their data."""
        return tuple((base.name, base.date) for base in self._finder.bases)

    @cached_property
    def version(self) -> str:
        """What links depend on beside decisions of a person: knowledge bases, their dates, the weights.

        Of a live service its name only: what it said yesterday need not be asked again.
        """
        dated = [(base.name, "" if isinstance(base, Remote) else base.date) for base in self._finder.bases]
        bases = (f"{name} {date}".strip() for name, date in dated)
        return "; ".join((*bases, f"weights {self._model.fingerprint}"))

    def weights(self, group: Group) -> dict[str, float]:
        """Return the weights of the features for a group of subjects."""
        return dict(self._model.weights[group])

    def link(self, extraction: Extraction, article: str = "") -> tuple[Link, ...]:
        """Return the decision on each named actor and place of an extraction.

        Args:
            extraction: what was read out of the article.
            article: IRI of the article, to which decisions of a person may be confined.
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
        """Return the link of a case: what a person decided, or else what its probabilities say."""
        link = decide(case, judged, self.knowledge, self._thresholds)
        subject = case.subject
        if self._finder.missed(subject):
            link = dataclasses.replace(link, degraded=True)
        if self._overrides.never(subject.label, subject.wanted, article):
            return dataclasses.replace(link, status="nil", method="user")
        qid = self._overrides.accepted(subject.label, subject.wanted, article)
        return self._accepted(link, qid, case.found) if qid is not None else link

    def _accepted(self, link: Link, qid: str, found: Sequence[Found]) -> Link:
        """Return the link with the item that a person chose, whether it was among the candidates or not."""
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
    """Return the item that bears a name of the subject and is the best known: what ranking has to beat."""
    named = [one for one in case.found if one.how in ("label", "alias", "folded")]
    best = max(named, key=lambda one: one.item.popularity, default=None)
    return best.item.qid if best is not None else None


def is_about(subject: Subject, wanted: str) -> bool:
    """Tell whether ``wanted`` is the reference or one of the names of a subject, whatever its case."""
    folded = wanted.casefold()
    return folded == subject.ref.casefold() or any(folded == name.casefold() for name in subject.names)


def topics(cases: Sequence[Case], first: Sequence[Judged]) -> list[dict[str, float]]:
    """Return, for each case, what the other cases of its article are about."""
    parts = [
        profile(list(zip(case.known, one.probabilities, strict=True)))
        for case, one in zip(cases, first, strict=True)
    ]
    whole: Counter[str] = Counter()
    for part in parts:
        whole.update(part)
    return [{stem: whole[stem] - part.get(stem, 0.0) for stem in whole} for part in parts]
