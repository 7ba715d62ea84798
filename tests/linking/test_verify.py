"""Asking a live Wikibase about the embedded rows, against one that stands for it."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from kg.errors import StopError
from kg.linking.knowledge import Item
from kg.linking.live.cache import Cache
from kg.linking.live.service import ATTEMPTS, Service
from kg.linking.verify import Difference, WikibaseEntities, verify
from tests.linking.entities import entity

LIVE: dict[str, Any] = {
    "Q1": entity("Q1", "Élodie Martin", P31="Q5"),
    "Q2": entity("Q22", "Newport", P31="Q900"),
    "Q3": entity("Q3", "Someone Else", P31="Q5"),
    "Q4": {"id": "Q4", "missing": ""},
    "Q5": entity("Q5", "Aurora", P31="Q5"),
    "Q6": entity("Q6", "A ship", "Varyag", P31="Q900"),
}
ROWS = [
    Item("Q1", "Elodie Martin", type="person"),
    Item("Q2", "Newport", type="place"),
    Item("Q3", "Élodie Martin", type="person"),
    Item("Q4", "Nobody", type="person"),
    Item("Q5", "Aurora", type="organisation"),
    Item("Q6", "Varyag", type="person"),
]


class Wikibase:
    """Gives the answers it was told to give, then those of ``LIVE``."""

    def __init__(self, *first: httpx.Response | Exception) -> None:
        self.first = list(first)
        self.asked: list[httpx.Request] = []
        self.waits: list[float] = []
        self.entities = WikibaseEntities(
            Service(
                "https://base.example/w/api.php",
                "test (me@x.org)",
                Cache(None),
                clock=lambda: 0.0,
                sleep=self.waits.append,
                transport=httpx.MockTransport(self._answer),
            )
        )

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        if self.first:
            answer = self.first.pop(0)
            if isinstance(answer, Exception):
                raise answer
            return answer
        ids = request.url.params["ids"].split("|")
        return httpx.Response(
            200, json={"entities": {qid: LIVE.get(qid, LIVE["Q1"]) for qid in ids}, "success": 1}
        )


def test_what_differs_is_told() -> None:
    assert list(verify(ROWS, Wikibase().entities)) == [
        Difference("Q2", "Newport", "is redirected to Q22"),
        Difference("Q3", "Élodie Martin", "is called someone else there"),
        Difference("Q4", "Nobody", "there is no such item"),
        Difference("Q5", "Aurora", "is a person there"),
        Difference("Q6", "Varyag", "is no person there"),
    ]


def test_fifty_are_asked_for_at_a_time_with_a_pause() -> None:
    service = Wikibase()
    list(verify([Item(f"Q{number}", "A") for number in range(100, 220)], service.entities))
    assert [len(request.url.params["ids"].split("|")) for request in service.asked] == [50, 50, 20]
    assert service.waits == [1.0, 1.0, 1.0]
    assert all(request.url.params["maxlag"] == "5" for request in service.asked)
    assert all("me@x.org" in request.headers["User-Agent"] for request in service.asked)


def test_a_service_that_never_answers_is_given_up() -> None:
    service = Wikibase(*[httpx.ConnectError("no network")] * ATTEMPTS)
    with pytest.raises(StopError, match="no network"):
        service.entities.get(["Q1"])
    assert len(service.asked) == ATTEMPTS
