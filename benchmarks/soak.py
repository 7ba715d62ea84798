"""``kg serve`` under everything at once for minutes: does its memory stay what it is?

    python benchmarks/soak.py [--minutes 10] [--triples 100000] [--every 5]

Clients read (small, repeated, large, endless until the timeout stops them, given up halfway) and write
(updates whose outcome is settled and others, graphs put and dropped), all at the same time; what is written
is taken back again, so that the graph does not grow. The memory of all processes of the server is sampled
(proportional set size, of Linux's ``smaps_rollup``: what they share counts once). The table gives it by
minute, with its slope over the second half of the run; the exit status is 1 if an answer was not the one
that was due.

A copy in memory grows by about 500 bytes with each term that is new to it, in each process that has one: the
engine keeps the terms of triples that were removed. The graphs put here are full of new terms, as few are;
``--memory off`` shows the server without that.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pyoxigraph as ox
from news_graph import BASE, KG, quads

from kg.store.local import Store

TOKEN = "a-token-for-the-soak"
KEY = {"Authorization": f"Bearer {TOKEN}"}
TIMEOUT = 2.0
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
ROWS = f"SELECT ?s ?c {{ ?s <{KG}content> ?c }} LIMIT "


@dataclass(frozen=True)
class Sample:
    """The processes of the server at one moment."""

    seconds: float  # since the start
    megabytes: float
    largest: float  # megabytes of the process that has most
    processes: int
    files: int  # that are open, connections included


def main() -> None:
    arguments = _arguments()
    answers: Counter[tuple[str, str]] = Counter()
    with tempfile.TemporaryDirectory() as folder, _serving(Path(folder), arguments) as (process, url):
        stop = threading.Event()
        threads = [
            threading.Thread(target=_client, args=(url, name, ask, number, stop, answers), daemon=True)
            for number, (name, ask) in enumerate(CLIENTS.items())
        ]
        for thread in threads:
            thread.start()
        samples = list(_sampled(process.pid, arguments.minutes * 60, arguments.every))
        stop.set()
        for thread in threads:
            thread.join(30)
        left = len(list(Path(folder).glob(".store-*")))
    _print_samples(samples)
    sound = _print_answers(answers)
    print(f"snapshots left over while serving: {left}")
    sys.exit(0 if sound else 1)


# ---------------------------------------------------------------------- clients


def _small(client: httpx.Client, chance: random.Random) -> str:
    actor = f"<{BASE}actor/{chance.randrange(1000)}>"
    return _status(client.get("/sparql", params={"query": f"SELECT ?p ?o {{ {actor} ?p ?o }} LIMIT 50"}))


def _again(client: httpx.Client, chance: random.Random) -> str:
    del chance
    return _status(client.get("/sparql", params={"query": f"{ROWS}500"}))


def _large(client: httpx.Client, chance: random.Random) -> str:
    form = chance.choice(["json", "xml", "csv", "tsv"])
    accept = {"Accept-Encoding": chance.choice(["gzip", "identity", "zstd, gzip;q=0.5"])}
    query = {"query": f"{ROWS}{5000 + chance.randrange(2000)}", "format": form}
    with client.stream("GET", "/sparql", params=query, headers=accept) as answer:
        for _ in answer.iter_raw():
            pass
        return _status(answer)


def _endless(client: httpx.Client, chance: random.Random) -> str:
    time.sleep(chance.random() * 2)
    return _status(client.get("/sparql", params={"query": f"{ENDLESS} #{chance.random()}"}))


def _given_up(client: httpx.Client, chance: random.Random) -> str:
    query = {"query": f"{ROWS}{10_000 + chance.randrange(900)}"}
    with client.stream("GET", "/sparql", params=query) as answer:
        next(answer.iter_raw())
    with contextlib.suppress(httpx.ReadTimeout):
        client.get("/sparql", params={"query": ENDLESS}, timeout=0.2)
    return _status(answer)


def _wrong(client: httpx.Client, chance: random.Random) -> str:
    time.sleep(0.05)
    return _status(client.get("/sparql", params={"query": f"SELECT {{ ?s {chance.random()} ]"}))


def _settled(client: httpx.Client, chance: random.Random) -> str:
    time.sleep(0.02)
    thing = f"<x:soak/{chance.randrange(500)}>"
    update = (
        f"DELETE WHERE {{ {thing} <x:n> ?n }} ; INSERT DATA {{ {thing} <x:n> {chance.randrange(10**6)} }}"
    )
    return _status(client.post("/update", data={"update": update}, headers=KEY))


def _unsettled(client: httpx.Client, chance: random.Random) -> str:
    time.sleep(1.0)
    graph = f"GRAPH <x:soak/blank/{chance.randrange(5)}>"
    update = f"DROP SILENT {graph} ; INSERT DATA {{ {graph} {{ [] <x:p> [ <x:q> {chance.random()} ] }} }}"
    return _status(client.post("/update", data={"update": update}, headers=KEY))


def _put(client: httpx.Client, chance: random.Random) -> str:
    time.sleep(0.2)
    where = {"graph": f"x:soak/put/{chance.randrange(5)}"}
    triples = "".join(f"<x:s{n}> <x:p> {chance.random()} .\n" for n in range(500))
    sent = client.put("/store", params=where, content=triples, headers=KEY | {"Content-Type": "text/turtle"})
    return _status(client.delete("/store", params=where, headers=KEY)) if sent.is_success else _status(sent)


def _pages(client: httpx.Client, chance: random.Random) -> str:
    time.sleep(0.1)
    return _status(client.get(chance.choice(["/", "/health", "/metrics", "/queries", "/.well-known/void"])))


CLIENTS: dict[str, Callable[[httpx.Client, random.Random], str]] = {
    "small": _small,
    "again": _again,
    "large": _large,
    "endless": _endless,
    "given up": _given_up,
    "wrong": _wrong,
    "update": _settled,
    "update, blank": _unsettled,
    "put, delete": _put,
    "pages": _pages,
}
DUE = {"endless": {"503"}, "wrong": {"400"}}
"""The statuses of answers, where it is not one of success."""
SUCCESS = {"200", "201", "204"}
BUSY = {"503", "503 busy", "cut off"}
"""What a machine with too few processors for all of this may answer, if in time."""


def _status(answer: httpx.Response) -> str:
    return f"{answer.status_code} busy" if "retry-after" in answer.headers else str(answer.status_code)


def _client(
    url: str,
    name: str,
    ask: Callable[[httpx.Client, random.Random], str],
    seed: int,
    stop: threading.Event,
    answers: Counter[tuple[str, str]],
) -> None:
    chance = random.Random(seed)
    with httpx.Client(base_url=url, timeout=30) as client:
        while not stop.is_set():
            try:
                answers[name, ask(client, chance)] += 1
            except httpx.RemoteProtocolError:
                answers[name, "cut off"] += 1
            except httpx.HTTPError as error:
                answers[name, type(error).__name__] += 1


# ---------------------------------------------------------------------- the server


@contextlib.contextmanager
def _serving(folder: Path, arguments: argparse.Namespace) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    with Store.open(folder / "store", create=True) as store:
        store.engine.bulk_load("\n".join(quads(arguments.triples)).encode(), format=ox.RdfFormat.N_QUADS)
    log = folder / "log"
    command = [sys.executable, "-m", "kg", "serve", "--store", str(folder / "store"), "--port", "0"]
    options = ["--timeout", str(TIMEOUT), "--access-log", str(folder / "access.log"), "--slow", "60"]
    options += ["--memory", arguments.memory]
    root = Path(__file__).parents[1]
    with log.open("wb") as errors:
        process = subprocess.Popen(
            [*command, *options],
            stderr=errors,
            env=os.environ | {"KG_TOKEN": TOKEN, "PYTHONPATH": str(root)},
            cwd=root,
            start_new_session=True,
        )
    try:
        yield process, _address(process, log)
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
        sys.stdout.writelines(line for line in log.read_text("utf-8").splitlines(keepends=True)[-40:])


def _address(process: subprocess.Popen[bytes], log: Path) -> str:
    while process.poll() is None:
        found = re.search(r"served at (http://\S+)/sparql", log.read_text("utf-8"))
        if found:
            return found[1]
        time.sleep(0.1)
    raise SystemExit(log.read_text("utf-8"))


# ---------------------------------------------------------------------- memory


def _sampled(session: int, seconds: float, every: float) -> Iterator[Sample]:
    began = time.monotonic()
    while (now := time.monotonic() - began) < seconds:
        yield _sample(session, now)
        time.sleep(every)


def _sample(session: int, seconds: float) -> Sample:
    sizes, files = [], 0
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):  # it has ended meanwhile
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            if int(fields[3]) == session:
                rolled = (folder / "smaps_rollup").read_text()
                sizes.append(int(rolled.partition("\nPss:")[2].split()[0]) / 1000)
                files += sum(1 for _ in (folder / "fd").iterdir())
    return Sample(seconds, sum(sizes), max(sizes, default=0.0), len(sizes), files)


def _print_samples(samples: list[Sample]) -> None:
    print(f"{'minute':>6} {'MB, median':>11} {'most':>9} {'largest':>8} {'processes':>10} {'open files':>11}")
    for minute in sorted({int(sample.seconds // 60) for sample in samples}):
        some = [sample for sample in samples if int(sample.seconds // 60) == minute]
        middle, most = statistics.median(one.megabytes for one in some), max(one.megabytes for one in some)
        print(
            f"{minute:>6} {middle:>11.0f} {most:>9.0f} {max(one.largest for one in some):>8.0f}"
            f" {max(one.processes for one in some):>10} {max(one.files for one in some):>11}"
        )
    later = [sample for sample in samples if sample.seconds >= samples[-1].seconds / 2]
    slope, _ = statistics.linear_regression(
        [one.seconds / 60 for one in later], [one.megabytes for one in later]
    )
    print(f"slope over the second half: {slope:+.2f} MB a minute")


def _print_answers(answers: Counter[tuple[str, str]]) -> bool:
    sound = True
    for name in CLIENTS:
        found = {status: number for (one, status), number in answers.items() if one == name}
        wrong = set(found) - DUE.get(name, SUCCESS) - BUSY
        sound = sound and bool(found) and not wrong
        print(f"{name:<14} {', '.join(f'{n:,} × {status}' for status, n in sorted(found.items()))}")
    return sound


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=10, help="how long (default 10)")
    parser.add_argument("--triples", type=int, default=100_000, help="of the graph (default 100,000)")
    parser.add_argument("--every", type=float, default=5, help="seconds between samples (default 5)")
    parser.add_argument("--memory", default="on", help="as of kg serve: on (default) or off")
    return parser.parse_args()


if __name__ == "__main__":
    main()
