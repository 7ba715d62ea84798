"""``kg serve`` beside the Rust server of the same engine, on disk and in memory, and beside rdflib-endpoint.

    python benchmarks/endpoint.py [--triples 1000000] [--seconds 3] [--rounds 3] [--with-rdflib]

Needs ``wrk`` (a package of Debian and others) and the packages ``oxigraph`` and, for ``--with-rdflib``,
``rdflib-endpoint``. All servers hold the same graph (news_graph.py) and run at the same time; they are
measured in turns, so that a machine that slows down slows all of them. The table gives requests a second of
``oxigraph serve`` on disk and how many times as many the others answer, at each number of connections.
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import os
import random
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from news_graph import ACTORS_PER_TRIPLE, BASE, KG, quads

CONNECTIONS = (1, 8, 32)
DIFFERENT = 4000
"""So many queries that differ in their numbers are asked in turn, unless the same one is meant. Each has a
comment besides that no other has: what is measured are answers, not what a server has kept of them."""

_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_DATE = "http://purl.org/dc/terms/date"
QUERIES = {
    "ASK {}": ("ASK {}", True),
    "all of one subject": (f"SELECT ?p ?o {{ <{BASE}actor/%d> ?p ?o }}", True),
    "join, LIMIT 20": (
        f"SELECT ?s ?c ?l {{ ?s <{KG}speaker> <{BASE}actor/%d> ; <{KG}content> ?c ; <{KG}article> ?a ."
        f" <{BASE}actor/%d> <{_RDFS}label> ?l }} LIMIT 20",
        True,
    ),
    "join, the newest 20": (
        f"SELECT ?c ?d {{ ?s <{KG}speaker> <{BASE}actor/%d> ; <{KG}content> ?c ; <{KG}article> ?a ."
        f" ?a <{_DATE}> ?d }} ORDER BY DESC(?d) LIMIT 20",
        True,
    ),
    "CONSTRUCT as Turtle": (
        f"CONSTRUCT {{ ?s <{KG}content> ?c }} {{ ?s <{KG}speaker> <{BASE}actor/%d> ; <{KG}content> ?c }}",
        True,
    ),
    "aggregate": (
        f"SELECT ?cue (COUNT(?s) AS ?n) {{ ?s <{KG}cue> ?cue ; <{KG}confidence> ?k FILTER(?k > 0.%02d) }}"
        " GROUP BY ?cue",
        True,
    ),
    "10,000 rows": (f"SELECT ?s ?c {{ ?s <{KG}content> ?c }} LIMIT 1%04d", True),
    "100,000 rows": (f"SELECT ?s ?c {{ ?s <{KG}content> ?c }} LIMIT 10%04d", True),
    "small query again": (f"SELECT ?p ?o {{ <{BASE}actor/7> ?p ?o }}", False),
    "heavy query again": (f"SELECT ?cue (COUNT(?s) AS ?n) {{ ?s <{KG}cue> ?cue }} GROUP BY ?cue", False),
}

_LUA = """
local paths = {{}}
for line in io.lines("{file}") do paths[#paths + 1] = line end
local asked = tonumber(os.getenv("BEGIN"))
function request()
  asked = asked + 1
  return wrk.format("GET", os.getenv("WHERE") .. paths[asked % #paths + 1]{unlike}, {{ Accept = "{accept}" }})
end
"""


def main() -> None:
    arguments = _arguments()
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        work = Path(folder)
        graph = work / "graph.nq"
        graph.write_text("".join(f"{line}\n" for line in quads(arguments.triples)), "utf-8")
        servers = {
            "oxigraph, disk": stack.enter_context(_oxigraph(work, graph, on_disk=True)),
            "oxigraph, memory": stack.enter_context(_oxigraph(work, graph, on_disk=False)),
            "kg serve": stack.enter_context(_kg(work, graph)),
        }
        if arguments.with_rdflib:
            servers["rdflib-endpoint"] = stack.enter_context(_rdflib(work, graph))
        _compare(servers, work, arguments)


def _compare(servers: dict[str, str], work: Path, arguments: argparse.Namespace) -> None:
    names = list(servers)
    print(f"{arguments.triples:,} triples; requests a second of {names[0]} with {CONNECTIONS} connections")
    print("and how many times as many the others answer\n")
    print(f"{'':<22}{names[0]:>24}" + "".join(f"{name:>24}" for name in names[1:]))
    for title, (query, different) in QUERIES.items():
        script = _script(work, title, query, different, int(arguments.triples * ACTORS_PER_TRIPLE))
        rates: dict[tuple[str, int], list[float]] = {}
        for begin, connections in itertools.product(range(arguments.rounds), CONNECTIONS):
            for name, url in servers.items():
                rate = _rate(url, script, connections, arguments.seconds, begin)
                rates.setdefault((name, connections), []).append(rate)
        middle = {key: statistics.median(values) for key, values in rates.items()}
        first = " ".join(f"{middle[names[0], c]:,.0f}" for c in CONNECTIONS)
        times = {key: _times(rate, middle[names[0], key[1]]) for key, rate in middle.items()}
        others = "".join(f"{' '.join(times[name, c] for c in CONNECTIONS):>24}" for name in names[1:])
        print(f"{title:<22}{first:>24}{others}", flush=True)


def _times(rate: float, first: float) -> str:
    return f"{rate / first:.2f}" if first else "–"  # none answered in that time: measure longer


def _script(work: Path, title: str, query: str, different: bool, actors: int) -> Path:
    from urllib.parse import quote

    holes = query.count("%d") + query.count("%0")
    highest = 99 if "0.%02d" in query else 999 if "%04d" in query else actors
    texts = []
    for number in range(DIFFERENT if different else 1):
        value = int(highest * (number / DIFFERENT) ** 3) if highest == actors else number % highest
        texts.append(query % ((value,) * holes) if holes else query)
    random.Random(1).shuffle(texts)  # light and heavy ones mixed
    stem = work / "".join(character for character in title if character.isalnum())
    stem.with_suffix(".txt").write_text("".join(f"?query={quote(text)}\n" for text in texts), "utf-8")
    accept = "text/turtle" if "CONSTRUCT" in query else "application/sparql-results+json"
    unlike = ' .. "%20%23" .. asked' if different else ""
    lua = _LUA.format(file=stem.with_suffix(".txt"), accept=accept, unlike=unlike)
    stem.with_suffix(".lua").write_text(lua, "utf-8")
    return stem.with_suffix(".lua")


def _rate(url: str, script: Path, connections: int, seconds: int, round_: int) -> float:
    # Each server is asked the same queries in the same order; none has been asked before.
    begin = (round_ * len(CONNECTIONS) + CONNECTIONS.index(connections)) * 10_000_000
    environment = os.environ | {"WHERE": url[url.index("/", 8) :], "BEGIN": str(begin)}
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "60s", "-s", str(script), url]
    said = subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout
    if "Non-2xx" in said:
        raise SystemExit(f"{url} refuses {script.stem}: {said}")
    return float(next(line for line in said.splitlines() if line.startswith("Requests/sec")).split()[1])


@contextlib.contextmanager
def _oxigraph(work: Path, graph: Path, on_disk: bool) -> Iterator[str]:
    where = ["--location", str(work / "oxigraph")] if on_disk else []
    program = shutil.which("oxigraph") or str(Path(sys.executable).with_name("oxigraph"))
    if on_disk:
        subprocess.run([program, "load", *where, "--file", str(graph)], check=True, capture_output=True)
    port = _free_port()
    with _running([program, "serve", *where, "--bind", f"127.0.0.1:{port}", "--union-default-graph"], port):
        if not on_disk:
            _upload(f"http://127.0.0.1:{port}/store", graph)
        yield f"http://127.0.0.1:{port}/query"


@contextlib.contextmanager
def _kg(work: Path, graph: Path) -> Iterator[str]:
    from kg.store.local import Store

    with Store.open(work / "kg", create=True) as store:
        store.engine.bulk_load(path=str(graph), lenient=True)
        store.engine.optimize()
    port = _free_port()
    with _running(
        [sys.executable, "-m", "kg", "serve", "--store", str(work / "kg"), "--port", str(port)], port
    ):
        urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=600).close()  # the copy is made
        yield f"http://127.0.0.1:{port}/sparql"


@contextlib.contextmanager
def _rdflib(work: Path, graph: Path) -> Iterator[str]:
    triples = work / "graph.nt"
    with graph.open("r", encoding="utf-8") as lines:
        triples.write_text("".join(line.rsplit(" <", 1)[0] + " .\n" for line in lines), "utf-8")
    port = _free_port()
    program = str(Path(sys.executable).with_name("rdflib-endpoint"))
    with _running([program, "serve", str(triples), "--port", str(port)], port):
        yield f"http://127.0.0.1:{port}/"


@contextlib.contextmanager
def _running(command: list[str], port: int) -> Iterator[None]:
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join([str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH", "")])
    }
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment
    ) as process:
        try:
            _wait(port, process)
            yield
        finally:
            process.terminate()


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(6000):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            if process.poll() is not None:
                raise SystemExit(f"{process.args!r} has ended") from None
            time.sleep(0.1)


def _upload(url: str, graph: Path) -> None:
    request = urllib.request.Request(
        url, graph.read_bytes(), {"Content-Type": "application/n-quads"}, method="POST"
    )
    urllib.request.urlopen(request, timeout=600).close()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--triples", type=int, default=1_000_000, help="of the graph (default 1,000,000)")
    parser.add_argument("--seconds", type=int, default=3, help="of each measurement (default 3)")
    parser.add_argument("--rounds", type=int, default=3, help="how often to measure each (default 3)")
    parser.add_argument("--with-rdflib", action="store_true", help="measure rdflib-endpoint as well")
    return parser.parse_args()


if __name__ == "__main__":
    main()
