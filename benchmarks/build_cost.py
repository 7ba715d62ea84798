"""Compare ``kg build`` with the bare spaCy parse: time, processor time and memory.

    python benchmarks/build_cost.py ARTICLES.jsonl[.gz] [--articles 500] [--rounds 3] [--model NAME]

Each round times three whole processes, one after the other, so that a change in the speed of the machine
affects all of them: "parse" loads the model and runs ``nlp.pipe`` over the texts, with the components and the
batch size of ``kg build``; "build" is ``kg build`` into a new store; "build, 2 workers" is the same with two
processes. Each time includes the start of the process (about two seconds for the model). At the end "build"
runs over a quarter and a half of the articles, to show how its memory grows.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

PARSE = """
import sys
from kg.config import Config
from kg.extractor.language_model import for_parser, load
from kg.records import Article
from kg.sources import read_articles
nlp = load(sys.argv[2])
texts = (for_parser(a.text) for a in read_articles([sys.argv[1]], Config()) if isinstance(a, Article))
print(sum(len(doc) for doc in nlp.pipe(texts, batch_size=16)))
"""


@dataclass(frozen=True)
class Cost:
    """The resources that a process and its children used."""

    seconds: float
    processor_seconds: float
    megabytes: float  # largest resident set of one process


def main() -> None:
    arguments = _arguments()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        whole = _part(arguments.file, work, arguments.articles)
        most = _compare(whole, work, arguments.rounds, arguments.model)
        print("\nmemory of build, one process")
        for share in (4, 2):
            articles = arguments.articles // share
            cost = _build(_part(arguments.file, work, articles), work, arguments.model, 1)
            print(f"  {articles:>6} articles  {cost.megabytes:6.0f} MB  {cost.seconds:6.1f} s")
        print(f"  {arguments.articles:>6} articles  {most.megabytes:6.0f} MB  {most.seconds:6.1f} s")


def _compare(file: Path, work: Path, rounds: int, model: str) -> Cost:
    """Print the medians of the three commands; return that of ``kg build`` with one process."""
    costs: dict[str, list[Cost]] = {"parse": [], "build": [], "build, 2 workers": []}
    for _ in range(rounds):
        costs["parse"].append(_cost([sys.executable, "-c", PARSE, str(file), model]))
        costs["build"].append(_build(file, work, model, 1))
        costs["build, 2 workers"].append(_build(file, work, model, 2))
    print(f"{'':<18} {'seconds':>8} {'processor':>10} {'MB':>6} {'/ parse':>8}   median of {rounds}")
    middle = {name: _median(several) for name, several in costs.items()}
    for name, cost in middle.items():
        times = cost.seconds / middle["parse"].seconds
        took = f"{cost.seconds:8.1f} {cost.processor_seconds:10.1f}"
        print(f"{name:<18} {took} {cost.megabytes:6.0f} {times:8.2f}")
    faster = middle["build"].seconds / middle["build, 2 workers"].seconds
    print(f"two workers are {faster:.2f} times as fast as one")
    return middle["build"]


def _median(costs: Sequence[Cost]) -> Cost:
    return Cost(*(statistics.median(values) for values in zip(*map(astuple, costs), strict=True)))


def _build(file: Path, work: Path, model: str, workers: int) -> Cost:
    store = work / "store"
    shutil.rmtree(store, ignore_errors=True)
    command = [sys.executable, "-m", "kg", "build", str(file), "--store", str(store)]
    return _cost([*command, "--workers", str(workers), "--model", model])


def _cost(command: Sequence[str]) -> Cost:
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join([str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH", "")])
    }
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment)
    assert process.stderr is not None
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{' '.join(command[:5])} failed: {said.decode()}")
    seconds = time.perf_counter() - started
    return Cost(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def _part(file: Path, work: Path, articles: int) -> Path:
    """Write the first lines of a file to a new file, and return its path."""
    part = work / f"{articles}.jsonl"
    with gzip.open(file) if file.suffix == ".gz" else file.open("rb") as lines:
        part.write_bytes(b"".join(itertools.islice(lines, articles)))
    return part


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path, help="articles, one JSON object a line, plain or gzipped")
    parser.add_argument("--articles", type=int, default=500, help="how many of them to use (default 500)")
    parser.add_argument("--rounds", type=int, default=3, help="how often to time each (default 3)")
    parser.add_argument("--model", default="en_core_web_sm", help="spaCy pipeline (default en_core_web_sm)")
    return parser.parse_args()


if __name__ == "__main__":
    main()
