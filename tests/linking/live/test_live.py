"""The live client: what it finds, how often and how politely it asks, and what it does where asking fails."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kg.errors import StopError
from kg.linking.knowledge import KnowledgeBase, Remote, WordIndex
from kg.linking.live import wikibase as module
from kg.linking.live.cache import DAY, HOLDS, NOTHING_HOLDS, UNKNOWN, Cache
from kg.linking.live.service import ATTEMPTS, LEFT_ALONE, retry_after
from kg.linking.live.settings import agent
from tests.linking.entities import entity
from tests.linking.live.conftest import Client, Clock, make_client
from tests.linking.live.wikibase import (
    Fault,
    Server,
    broken,
    circling,
    corrupt,
    cut_short,
    forbidden,
    hung_up,
    internal,
    lagging,
    page,
    slow,
    too_many,
)


def found(client: Client, name: str) -> list[str]:
    return [hit.item.qid for hit in client.live.find(name)]


class TestFinding:
    def test_it_is_a_knowledge_base_that_is_elsewhere(self, client: Client) -> None:
        base: KnowledgeBase = client.live
        assert isinstance(base, Remote)
        assert isinstance(base, WordIndex)
        assert (base.name, base.date) == ("127.0.0.1", "2026-01-02")

    def test_items_come_with_the_names_of_what_they_refer_to(self, client: Client) -> None:
        first, second = client.live.find("Ann Lee", "person")
        assert (first.item.qid, second.item.qid) == ("Q11", "Q12")
        assert (first.item.type, first.item.popularity) == ("person", 40.0)
        assert (first.item.occupations, first.item.countries) == (("minister of ports",), ("Norland",))
        assert (first.match, first.source) == ("label", "127.0.0.1")

    def test_the_type_is_that_of_a_class_above(self, client: Client) -> None:
        (hit,) = client.live.find("Sandby")
        assert (hit.item.qid, hit.item.type) == ("Q13", "place")  # and no page of disambiguation

    def test_longer_names_are_found_without_asking_again(self, client: Client, wikibase: Server) -> None:
        client.live.prepare([("Ann", "person")])
        asked = len(wikibase.asked)
        assert {hit.item.qid for hit in client.live.containing("Ann", "person")} == {"Q11", "Q12"}
        assert client.live.containing("Sandby") == []
        assert len(wikibase.asked) == asked

    def test_whole_texts_are_searched_where_nothing_is_called_so(
        self, client: Client, wikibase: Server
    ) -> None:
        wikibase.hidden = {"Lee the Younger haswbstatement:P31=Q5": ["Q11"]}
        client.live.prepare([("Lee the Younger", "person")])
        assert wikibase.actions()[:2] == ["wbsearchentities", "query"]
        client.live.prepare([("Ann Lee", "person")])
        assert wikibase.actions().count("query") == 1

    def test_a_redirected_item_is_its_target(self, client: Client, wikibase: Server) -> None:
        wikibase.items["Q21"] = entity("Q21", "Harbour Board")
        wikibase.redirects["Q21"] = "Q11"
        assert [item.qid for item in client.live.items(["Q21"])] == ["Q11"]
        asked = len(wikibase.asked)
        assert [item.qid for item in client.live.items(["Q21"])] == ["Q11"]
        assert len(wikibase.asked) == asked

    def test_a_missing_item_is_remembered_as_missing(
        self, client: Client, wikibase: Server, clock: Clock
    ) -> None:
        assert [item.qid for item in client.live.items(["Q999", "Q11"])] == ["Q11"]
        asked = len(wikibase.asked)
        assert client.live.items(["Q999"]) == []
        assert len(wikibase.asked) == asked
        clock.now += NOTHING_HOLDS + 1
        wikibase.items["Q999"] = entity("Q999", "made meanwhile")
        assert [item.qid for item in client.live.items(["Q999"])] == ["Q999"]

    def test_an_id_that_the_service_refuses_costs_the_others_nothing(
        self, client: Client, wikibase: Server
    ) -> None:
        assert [item.qid for item in client.live.items(["Q7x", "Q11", "Q13"])] == ["Q11", "Q13"]
        asked = len(wikibase.asked)
        assert client.live.items(["Q7x"]) == []
        assert len(wikibase.asked) == asked
        assert client.warnings == []


class TestManners:
    def test_nothing_is_asked_twice(self, client: Client, wikibase: Server, clock: Clock) -> None:
        names = [("Ann Lee", "person"), ("Sandby", "place"), ("Nobody At All", "person")]
        client.live.prepare(names)  # type: ignore[arg-type]
        asked = len(wikibase.asked)
        client.live.prepare(names)  # type: ignore[arg-type]
        assert found(client, "Ann Lee") == ["Q11", "Q12"]
        assert found(client, "Nobody At All") == []
        assert len(wikibase.asked) == asked
        assert len({tuple(sorted(one.items())) for one in wikibase.asked}) == asked
        clock.now += HOLDS - DAY
        assert found(client, "Sandby") == ["Q13"]
        assert len(wikibase.asked) == asked

    def test_answers_are_kept_for_other_runs(
        self, client: Client, wikibase: Server, clock: Clock, tmp_path: Path
    ) -> None:
        assert found(client, "Ann Lee") == ["Q11", "Q12"]
        asked = len(wikibase.asked)
        assert found(make_client(wikibase.address, clock, tmp_path, "2"), "Ann Lee") == ["Q11", "Q12"]
        assert len(wikibase.asked) == asked

    def test_old_answers_are_asked_for_again(self, client: Client, wikibase: Server, clock: Clock) -> None:
        found(client, "Ann Lee")
        asked = len(wikibase.asked)
        clock.now += HOLDS + 1
        found(client, "Ann Lee")
        assert len(wikibase.asked) == 2 * asked

    def test_items_are_asked_for_in_fifties_with_a_pause(
        self, client: Client, wikibase: Server, clock: Clock
    ) -> None:
        wikibase.items |= {f"Q{n}": entity(f"Q{n}", f"Town {n}") for n in range(1000, 1120)}
        client.live.items([f"Q{n}" for n in range(1000, 1120)])
        assert [len(one["ids"].split("|")) for one in wikibase.asked] == [module.TOGETHER, 50, 20]
        assert clock.waits == [1.0, 1.0]
        assert all(one["maxlag"] == "5" and one["languages"] == "en|mul" for one in wikibase.asked)
        assert set(wikibase.agents) == {"communique/0 (me@x.org)"}

    def test_the_names_of_an_article_share_the_requests_for_items(
        self, client: Client, wikibase: Server
    ) -> None:
        client.live.prepare([("Ann Lee", "person"), ("Sandby", "place")])
        # two searches, items, labels, and one request for each level of classes
        assert wikibase.actions() == ["wbsearchentities"] * 2 + ["wbgetentities"] * 4

    @pytest.mark.parametrize(
        ("told", "seconds"),
        [("60", 60.0), ("0", 1.0), ("Thu, 01 Jan 1970 00:01:40 GMT", 90.0), ("soon", None), ("", None)],
    )
    def test_retry_after_is_read_in_both_forms(self, told: str, seconds: float | None) -> None:
        assert retry_after(told, 10.0) == seconds

    def test_the_user_agent_says_whom_to_write_to(self) -> None:
        assert "(me@x.org)" in agent("me@x.org")


PASSING = [too_many, lagging, internal, cut_short, page, broken, hung_up, slow]


class TestFaults:
    @pytest.mark.parametrize("fault", PASSING)
    def test_what_may_pass_is_asked_again(self, client: Client, wikibase: Server, fault: Fault) -> None:
        wikibase.faults = [fault]
        assert found(client, "Ann Lee") == ["Q11", "Q12"]
        assert wikibase.asked[0] == wikibase.asked[1]
        assert wikibase.actions().count("wbsearchentities") == 2
        assert client.warnings == []
        assert not client.live.missed("Ann Lee")

    @pytest.mark.parametrize(("fault", "seconds"), [(too_many, 7.0), (lagging, 5.0)])
    def test_retry_after_is_obeyed(
        self, client: Client, wikibase: Server, clock: Clock, fault: Fault, seconds: float
    ) -> None:
        wikibase.faults = [fault]
        found(client, "Ann Lee")
        assert clock.waits[0] == seconds

    @pytest.mark.parametrize("fault", [*PASSING, forbidden])
    def test_what_does_not_pass_is_told_once_and_never_kept(
        self, client: Client, wikibase: Server, clock: Clock, tmp_path: Path, fault: Fault
    ) -> None:
        wikibase.always = fault
        client.live.prepare([("Ann Lee", "person"), ("Sandby", "place")])
        assert len(wikibase.asked) == (1 if fault is forbidden else ATTEMPTS)
        assert found(client, "Ann Lee") == []
        assert client.live.missed("Ann Lee")
        assert client.live.missed("Sandby")
        assert len(client.warnings) == 1
        assert wikibase.address in client.warnings[0]
        wikibase.always = None
        again = make_client(wikibase.address, clock, tmp_path, "next run")
        assert found(again, "Ann Lee") == ["Q11", "Q12"]

    def test_a_service_that_failed_is_asked_again_after_a_while(
        self, client: Client, wikibase: Server, clock: Clock
    ) -> None:
        wikibase.always = broken
        client.live.prepare([("Ann Lee", "person")])
        asked = len(wikibase.asked)
        wikibase.always = None
        client.live.prepare([("Ann Lee", "person")])
        assert len(wikibase.asked) == asked
        clock.now += LEFT_ALONE + 1
        client.live.prepare([("Ann Lee", "person")])
        assert found(client, "Ann Lee") == ["Q11", "Q12"]
        assert not client.live.missed("Ann Lee")

    def test_a_service_that_fails_half_way_leaves_what_it_said(
        self, client: Client, wikibase: Server
    ) -> None:
        client.live.prepare([("Ann Lee", "person")])
        wikibase.always = broken
        client.live.prepare([("Ann Lee", "person"), ("Sandby", "place")])
        assert client.live.missed("Sandby")
        assert not client.live.missed("Ann Lee")
        assert found(client, "Ann Lee") == ["Q11", "Q12"]

    @pytest.mark.parametrize("fault", [corrupt, circling])
    def test_what_cannot_be_unpacked_or_followed_is_done_without(
        self, client: Client, wikibase: Server, fault: Fault
    ) -> None:
        wikibase.always = fault
        assert found(client, "Ann Lee") == []
        assert client.live.missed("Ann Lee")
        assert len(client.warnings) == 1

    @pytest.mark.parametrize(
        "body",
        [{"error": "busy"}, {"search": [{"no": "id"}]}, {"search": {"a": 1}}, {"search": ["Q11"]}],
        ids=["error", "hit", "mapping", "list"],
    )
    def test_json_of_another_shape_is_done_without_and_not_kept(
        self, client: Client, wikibase: Server, clock: Clock, body: dict[str, Any]
    ) -> None:
        wikibase.always = lambda handler: handler.say(body)
        assert found(client, "Ann Lee") == []
        assert client.live.missed("Ann Lee")
        wikibase.always = None
        clock.now += LEFT_ALONE + 1
        client.live.prepare([("Ann Lee", "person")])
        assert found(client, "Ann Lee") == ["Q11", "Q12"]

    def test_without_a_network_there_is_just_a_warning(self, clock: Clock, tmp_path: Path) -> None:
        client = make_client("http://127.0.0.1:9/w/api.php", clock, tmp_path)
        assert found(client, "Ann Lee") == []
        assert "cannot be reached" in client.warnings[0]


def put_and_stop(cache: Cache) -> None:
    with cache.turn():
        cache.put("a", [1])
        raise KeyboardInterrupt


class TestCache:
    def test_another_process_has_to_wait_for_its_turn(self, tmp_path: Path, clock: Clock) -> None:
        one, other = (Cache(tmp_path / "c.sqlite", clock) for _ in range(2))
        other._database.execute("PRAGMA busy_timeout = 0")
        with one.turn():
            one.put("a", [1])
            with pytest.raises(Exception, match="locked"), other.turn():
                pass
            assert other.get("a") is UNKNOWN
        assert other.get("a") == [1]

    def test_what_was_answered_stays_when_the_turn_ends_in_an_error(
        self, tmp_path: Path, clock: Clock
    ) -> None:
        cache = Cache(tmp_path / "c.sqlite", clock)
        with pytest.raises(KeyboardInterrupt):
            put_and_stop(cache)
        assert Cache(tmp_path / "c.sqlite", clock).get("a") == [1]

    def test_a_file_that_is_no_cache_is_named_and_left(self, tmp_path: Path) -> None:
        (tmp_path / "notes.txt").write_text("not a database, but somebody's notes\n" * 50, "utf-8")
        with pytest.raises(StopError, match=r"notes\.txt.*KG_LIVE_CACHE"):
            Cache(tmp_path / "notes.txt")
        assert (tmp_path / "notes.txt").read_text("utf-8").startswith("not a database")
