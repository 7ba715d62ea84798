"""The parts of ranking: subjects, words, features, the model, the decision."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from kg.errors import UsageError
from kg.linking.candidates import HOWS, Finder
from kg.linking.context import context_of, countries_in, known
from kg.linking.decide import Judged, Thresholds, decide
from kg.linking.features import Case, features_of, of_nothing, popularity
from kg.linking.knowledge import Item, Office
from kg.linking.model import Model
from kg.linking.subject import GROUPS, subjects
from kg.linking.words import STEM, stems, weight
from kg.records import Extraction, Role
from tests.linking.memory import Memory, actor, extraction, place

ITEM = Item("Q1", "Ann Lee", description="Norwegian politician", type="person", popularity=50.0)


def case(made: Extraction, *items: Item) -> Case:
    named = subjects(made)
    context = context_of(made, named)
    found = Finder([Memory(*items)]).candidates(named[0], context.is_sport)
    return Case(named[0], context, found, [known(one.item) for one in found])


def features(made: Extraction, item: Item) -> dict[str, float]:
    (only,) = features_of(case(made, item), {})
    return only


def person(text: str = "Ann Lee spoke in Norway.") -> Extraction:
    return extraction(text, actor(text, "Ann Lee", "person"))


class TestSubjects:
    def test_titles_come_off_and_the_longest_name_is_first(self) -> None:
        text = "President Ann Lee spoke. Lee left."
        (one,) = subjects(extraction(text, actor(text, "President Ann Lee", "person", "Lee")))
        assert one.names == ("Ann Lee", "Lee")
        assert not one.is_bare

    def test_a_surname_taken_for_a_body_is_the_person_who_bears_it(self) -> None:
        text = "Ann Lee spoke. Lee won."
        whole, part = subjects(
            extraction(text, actor(text, "Ann Lee", "person"), actor(text, "Lee", "organisation"))
        )
        assert (part.group, part.names) == ("person", ("Ann Lee", "Lee"))
        assert whole.names == ("Ann Lee",)

    def test_roles_and_sentences_are_its_context(self) -> None:
        text = "Ann Lee spoke of fish.\nIt rained."
        made = extraction(text, actor(text, "Ann Lee", "person"))
        role = Role("#role-0", "fisheries minister", made.actors[0].ref, (), "title", 0.9)
        (one,) = subjects(dataclasses.replace(made, roles=(role,)))
        assert {"fisher", "minist"} <= one.roles
        assert "fish" in one.near
        assert "rained" not in one.near

    @pytest.mark.parametrize(
        ("text", "plays", "placed"),
        [
            ("Norland beat Sudland.", 1.0, 0.0),
            ("A match against Norland.", 1.0, 0.0),
            ("It rained in Norland.", 0.0, 1.0),
            ("1. Ada Quist (Norland) 4:09", 0.0, 1.0),
            ("Norland (Reuters)", 0.0, 1.0),
        ],
    )
    def test_a_competitor_is_told_from_a_place(self, text: str, plays: float, placed: float) -> None:
        (one,) = subjects(extraction(text, actor(text, "Norland", "country")))
        assert (one.plays, one.placed) == (plays, placed)


def test_stems_are_folded_and_short() -> None:
    assert stems("The Présidents' footballers and soccer") == ["presid", "footba", "footba"]
    assert STEM == 6
    assert weight("presid") < weight("zzzzzz")


class TestFeatures:
    def test_popularity_saturates(self) -> None:
        values = [popularity(dataclasses.replace(ITEM, popularity=sites)) for sites in (0.0, 50.0, 1e9)]
        assert values == [0.0, 0.5, pytest.approx(1.0)]

    def test_offices_and_occupations_count_as_roles(self) -> None:
        minister = dataclasses.replace(ITEM, offices=(Office("Minister of Fisheries"),))
        made = person()
        role = Role("#role-0", "fisheries minister", made.actors[0].ref, (), "title", 0.9)
        with_role = dataclasses.replace(made, roles=(role,))
        assert features(with_role, minister)["role"] > features(with_role, ITEM)["role"]
        assert features(made, ITEM)["role"] == 0.5

    @pytest.mark.parametrize(
        ("dates", "value"),
        [
            (("1950", ""), 1.0),
            (("2030", ""), 0.0),
            (("1850", ""), 0.0),
            (("1850", "1920"), 0.3),
            (("", ""), 0.5),
        ],
    )
    def test_time(self, dates: tuple[str, str], value: float) -> None:
        made = person()
        dated = dataclasses.replace(
            made, article=dataclasses.replace(made.article, published=dt.date(2024, 5, 1))
        )
        assert features(dated, dataclasses.replace(ITEM, born=dates[0], died=dates[1]))["time"] == value
        assert features(made, dataclasses.replace(ITEM, born=dates[0], died=dates[1]))["time"] == 0.5

    def test_country(self) -> None:
        text = "Ann Lee spoke in Norway and in Sweden. Norway listened."
        made = extraction(
            text,
            actor(text, "Ann Lee", "person"),
            actor(text, "Norway", "country"),
            actor(text, "Sweden", "country"),
        )
        assert features(made, ITEM)["country"] == 1.0
        swedish = dataclasses.replace(ITEM, description="Swedish politician")
        assert features(made, swedish)["country"] == 0.5
        assert features(made, dataclasses.replace(ITEM, description="Danish politician"))["country"] == 0.0

    def test_coherence_is_with_what_other_names_are(self) -> None:
        one = case(person(), ITEM)
        assert (
            features_of(one, {"politi": 1.0})[0]["coherence"]
            > features_of(one, {"painte": 1.0})[0]["coherence"]
        )

    def test_former_things_are_not_present(self) -> None:
        assert known(Item("Q1", "X", description="former country (1918–1990)")).is_past
        assert known(Item("Q1", "X", ended="1990")).is_past
        assert not known(Item("Q1", "X", description="country in Europe")).is_past

    def test_kinds_of_places(self) -> None:
        text = "It rained in Lux."
        made = extraction(text, place(text, "Lux"))
        city = Item("Q1", "Lux", description="capital of Luxland", type="place")
        land = Item("Q2", "Lux", description="country in Europe", type="place")
        assert features(made, city)["kind"] > features(made, land)["kind"]


def test_countries_are_found_by_name_and_adjective() -> None:
    assert countries_in("South Korean politician") == {"South Korea"}
    assert countries_in("city in France, formerly German") == {"France", "Germany"}
    assert countries_in("a dutch treat") == frozenset()


class TestModel:
    def test_it_has_a_weight_for_every_feature_and_no_other(self) -> None:
        one = case(person(), ITEM)
        names = {*features_of(one, {})[0], *of_nothing(one)}
        for group in GROUPS:
            assert set(Model.load().weights[group]) == names
        assert set(HOWS) <= names

    def test_probabilities_are_a_softmax(self) -> None:
        model = Model({group: {"a": 1.0, "nil": 0.0} for group in GROUPS})
        each, none = model.probabilities("person", [{"a": 1.0}, {"a": 0.0}], {"nil": 1.0})
        assert sum(each) + none == pytest.approx(1.0)
        assert each[0] / each[1] == pytest.approx(2.718, abs=0.01)
        assert each[1] == pytest.approx(none)

    @pytest.mark.parametrize("text", ["", "name\tperson\n", "feature\t" + "\t".join(GROUPS) + "\na\t1\n"])
    def test_what_is_no_table_of_weights_is_refused(self, text: str) -> None:
        with pytest.raises(UsageError, match="weights"):
            Model.parse(text, "weights.tsv")


class TestDeciding:
    THRESHOLDS = Thresholds(accept=0.6, margin=0.2, ask=0.3, sure=0.9)

    def status(self, made: Extraction, *probabilities: float) -> str:
        items = [dataclasses.replace(ITEM, qid=f"Q{n}") for n, _ in enumerate(probabilities, 1)]
        one = case(made, *items)
        judged = Judged([{} for _ in items], probabilities, {}, 1 - sum(probabilities))
        return decide(one, judged, (), self.THRESHOLDS).status

    @pytest.mark.parametrize(
        ("probabilities", "status"),
        [
            ((0.7,), "accepted"),
            ((0.59,), "candidate"),
            ((0.6, 0.39), "accepted"),
            ((0.55, 0.4), "candidate"),
            ((0.29,), "nil"),
            ((), "nil"),
        ],
    )
    def test_by_probability_and_distance(self, probabilities: tuple[float, ...], status: str) -> None:
        assert self.status(person(), *probabilities) == status

    def test_initials_must_be_sure(self) -> None:
        text = "The UAC spoke."
        made = extraction(text, actor(text, "UAC", "organisation"))
        item = Item("Q1", "UAC", type="organisation")
        one = case(made, item)
        said = [decide(one, Judged([{}], [p], {}, 1 - p), (), self.THRESHOLDS).status for p in (0.8, 0.95)]
        assert said == ["candidate", "accepted"]
