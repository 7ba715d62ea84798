"""Measure packs: the time to build one, its size, and the time to look up a name.

    python benchmarks/packs.py [--names 1000000] [--lookups 50000]

The items are generated: persons with names of two or three words, organisations of up to five, places of
one; some have an alias. Syllables repeat, so that items share names and have similar names, as real ones do.
"exact" looks up names of the pack, "spelled" such names with their words in reverse order, "absent" names
that the pack does not have.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from kg.linking.knowledge import Item, ItemType
from kg.linking.packs import Pack

ONSETS = "b br ch d f g gh h j k kh l m n p r s sh t tr v y z".split()
VOWELS = "a e i o u ai ia ou".split()
CODAS = ["", "", "n", "r", "l", "sh", "k", "m", "t", "v"]
BODIES = "Agency Bank Bureau Company Council Foundation Institute League Ministry Party Union".split()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--names", type=int, default=1_000_000)
    parser.add_argument("--lookups", type=int, default=50_000)
    arguments = parser.parse_args()
    random.seed(7)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made-up.pack"
        made = list(items(arguments.names))
        started = time.perf_counter()
        manifest = Pack.build(path, made)
        took = time.perf_counter() - started
        size = path.stat().st_size / 1e6
        print(f"{manifest['names']:,} names of {manifest['items']:,} items: {took:.1f} s, {size:.0f} MB")
        look_up(path, arguments.lookups)


def items(names: int) -> Iterator[Item]:
    """Yield generated items that have about ``names`` names in all."""
    borne = number = 0
    while borne < names:
        number += 1
        kind, label, aliases = made_up()
        borne += 1 + len(aliases)
        yield Item(
            f"Q{number}", label, aliases, f"{kind} no. {number}", kind, popularity=random.paretovariate(0.8)
        )


def made_up() -> tuple[ItemType, str, tuple[str, ...]]:
    """Return the type, label and aliases of a generated item."""
    chance = random.random()
    if chance < 0.6:
        first, last = word(2), word(3)
        aliases = (f"{first} {word(1)} {last}",) if random.random() < 0.3 else ()
        return "person", f"{first} {last}", aliases
    if chance < 0.8:
        body, topics = random.choice(BODIES), f"{word(2)} {word(2)}"
        return "organisation", f"{body} of {topics}", (f"{topics} {body}",) if random.random() < 0.5 else ()
    return "place", word(2), (word(3),) if random.random() < 0.3 else ()


def word(syllables: int) -> str:
    """Return a capitalised word."""
    made = (random.choice(ONSETS) + random.choice(VOWELS) + random.choice(CODAS) for _ in range(syllables))
    return "".join(made).capitalize()


def look_up(path: Path, count: int) -> None:
    """Print the times of ``count`` exact look-ups, and of a tenth as many of each other kind."""
    with Pack.open(path) as pack:
        labels = [item.label for item in pack.items([f"Q{number + 1}" for number in range(3 * count)])]
        people = [label for label in labels if label.count(" ") == 1 and not label.endswith(tuple(BODIES))]
        random.shuffle(labels)
        show("exact", pack, labels[:count])
        show("spelled", pack, [", ".join(reversed(name.split())) for name in people[: count // 10]])
        show("absent", pack, [f"{word(3)} {word(4)}" for _ in range(count // 10)])


def show(title: str, pack: Pack, names: Sequence[str]) -> None:
    """Print quantiles of the times to look up ``names``, in microseconds."""
    times, hits = [], 0
    for name in names:
        started = time.perf_counter()
        hits += bool(pack.find(name))
        times.append((time.perf_counter() - started) * 1e6)
    quantiles = statistics.quantiles(times, n=100)
    shown = f"median {quantiles[49]:.0f} µs, 99 of 100 under {quantiles[98]:.0f} µs"
    print(f"{title:>8}: {shown}, {hits / len(names):.0%} of {len(names):,} found")


if __name__ == "__main__":
    main()
