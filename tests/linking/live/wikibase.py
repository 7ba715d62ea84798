"""A Wikibase of a few items over a real socket, with the faults that the real one has now and then."""

from __future__ import annotations

import contextlib
import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.linking.entities import entity

MINISTER = entity("Q11", "Ann Lee", "A. Lee", sitelinks=40, P31="Q5", P106="Q80", P27="Q90")
RIVAL = entity("Q12", "Ann Lee", sitelinks=3, P31="Q5")
TOWN = entity("Q13", "Sandby", sitelinks=20, P31="Q70", P17="Q90")
PAGE = entity("Q14", "Sandby", P31="Q4167410")
ITEMS: dict[str, Any] = {
    "Q11": MINISTER,
    "Q12": RIVAL,
    "Q13": TOWN,
    "Q14": PAGE,
    "Q70": entity("Q70", "port town", P279="Q71"),
    "Q71": entity("Q71", "town", P279="Q17334923"),
    "Q80": entity("Q80", "minister of ports"),
    "Q90": entity("Q90", "Norland"),
}

Fault = Callable[["Handler"], None]


class Server(ThreadingHTTPServer):
    """Answers from ``items``, after the faults that wait in ``faults``, one a request."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.items = dict(ITEMS)
        self.redirects: dict[str, str] = {}
        self.hidden: dict[str, list[str]] = {}  # what a search in whole texts finds
        self.faults: list[Fault] = []
        self.always: Fault | None = None
        self.asked: list[dict[str, str]] = []
        self.agents: list[str] = []
        self.busy = 0
        self.most_busy = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/w/api.php"

    def actions(self) -> list[str]:
        return [one["action"] for one in self.asked]


class Handler(BaseHTTPRequestHandler):
    """The api.php."""

    server: Server

    def do_GET(self) -> None:
        asked = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
        self.server.asked.append(asked)
        self.server.agents.append(self.headers["User-Agent"])
        self.answering = True
        self.server.busy += 1
        self.server.most_busy = max(self.server.most_busy, self.server.busy)
        try:
            fault = self.server.faults.pop(0) if self.server.faults else self.server.always
            if fault is not None:
                fault(self)
            else:
                self.say(getattr(self, asked["action"])(asked))
        finally:
            self._end_answering()

    def _end_answering(self) -> None:
        """Count the request as answered. A client that has the answer may send the next request at once."""
        self.server.busy -= self.answering
        self.answering = False

    def wbsearchentities(self, asked: dict[str, str]) -> dict[str, Any]:
        wanted = asked["search"].lower()
        found = []
        for qid, item in self.server.items.items():
            names = [item["labels"]["en"]["value"], *(one["value"] for one in item["aliases"].get("en", []))]
            text = next((name for name in names if name.lower().startswith(wanted)), "")
            if text:
                match = {"type": "label", "language": "en", "text": text}
                found.append({"id": qid, "title": qid, "label": names[0], "match": match})
        return {"searchinfo": {"search": asked["search"]}, "search": found, "success": 1}

    def query(self, asked: dict[str, str]) -> dict[str, Any]:
        found = self.server.hidden.get(asked["srsearch"], [])
        return {"batchcomplete": "", "query": {"search": [{"ns": 0, "title": qid} for qid in found]}}

    def wbgetentities(self, asked: dict[str, str]) -> dict[str, Any]:
        ids = asked["ids"].split("|")
        bad = next((qid for qid in ids if qid.endswith("x")), None)
        if bad:
            return {"error": {"code": "no-such-entity", "info": "no such entity", "id": bad}}
        return {"entities": {qid: self._entity(qid) for qid in ids}, "success": 1}

    def _entity(self, qid: str) -> dict[str, Any]:
        target = self.server.redirects.get(qid, qid)
        return self.server.items.get(target) or {"id": qid, "missing": ""}

    def say(self, body: dict[str, Any], **headers: str) -> None:
        self.send(200, json.dumps(body), "application/json", **headers)

    def send(self, status: int, text: str, kind: str = "text/html", **headers: str) -> None:
        body = text.encode()
        self._end_answering()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        with contextlib.suppress(ConnectionError):  # whoever asked has gone
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


def too_many(handler: Handler) -> None:
    handler.send(429, "<html>Wikimedia Error</html>", Retry_After="7")


def lagging(handler: Handler) -> None:
    error = {"code": "maxlag", "info": "Waiting for db1: 6.1 seconds lagged.", "lag": 6.1}
    handler.say({"error": error}, Retry_After="5", X_Database_Lag="6")


def internal(handler: Handler) -> None:
    handler.say({"error": {"code": "internal_api_error_DBQueryError", "info": "[x] Caught exception"}})


def cut_short(handler: Handler) -> None:
    handler.send(200, '{"searchinfo":{"search":"Ann Lee"},"search":[{"id":"Q1', "application/json")


def page(handler: Handler) -> None:
    handler.send(200, "<!DOCTYPE html><title>Our servers are busy</title>")


def broken(handler: Handler) -> None:
    handler.send(503, "upstream connect error")


def hung_up(handler: Handler) -> None:
    handler.close_connection = True
    handler.connection.close()


def slow(handler: Handler) -> None:
    time.sleep(1.0)
    handler.say({})


def corrupt(handler: Handler) -> None:
    handler.send(200, "these bytes are not packed", "application/json", Content_Encoding="gzip")


def circling(handler: Handler) -> None:
    handler.send(302, "", Location=handler.path)


def forbidden(handler: Handler) -> None:
    handler.send(403, "Please set a user-agent and respect our robot policy")


@contextlib.contextmanager
def serving() -> Iterator[Server]:
    server = Server()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
