"""A graph of made-up news, as large as wanted, to measure stores and servers with.

    python benchmarks/news_graph.py 1000000 > graph.nq

Articles with statements by actors, in the terms of the ontology; the same graph for the same number.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator

BASE = "https://w3id.org/communique/"
KG = "https://w3id.org/communique#"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_CUES = "say tell warn deny promise urge claim add".split()
_WORDS = "talks border budget bridge strike vote court flood tax police school union plan law bank".split()

ACTORS_PER_TRIPLE = 0.01
STATEMENTS_PER_ARTICLE = 12
TRIPLES_PER_STATEMENT = 8


def quads(triples: int) -> Iterator[str]:
    """Yield about so many lines of N-Quads."""
    chance = random.Random(triples)
    actors = max(10, int(triples * ACTORS_PER_TRIPLE))
    made = 0
    article = 0
    while made < triples:
        lines = list(_article(article, actors, chance))
        yield from lines
        made += len(lines)
        article += 1


def _article(number: int, actors: int, chance: random.Random) -> Iterator[str]:
    iri = f"{BASE}article/{number}"
    graph = f"<{iri}> ."
    day = f"2024-{1 + number % 12:02}-{1 + number % 28:02}"
    yield f"<{iri}> <{_RDF}type> <{KG}Article> {graph}"
    yield f'<{iri}> <http://purl.org/dc/terms/date> "{day}"^^<{_XSD}date> {graph}'
    for place in range(STATEMENTS_PER_ARTICLE):
        # Few are quoted often, most seldom.
        who = int(actors * chance.random() ** 3)
        said, actor = f"<{iri}#statement-{place}>", f"<{BASE}actor/{who}>"
        words = " ".join(chance.choice(_WORDS) for _ in range(9))
        yield f"{said} <{_RDF}type> <{KG}Statement> {graph}"
        yield f"{said} <{KG}speaker> {actor} {graph}"
        yield f'{said} <{KG}cue> "{chance.choice(_CUES)}" {graph}'
        yield f'{said} <{KG}content> "{words}"@en {graph}'
        yield f'{said} <{KG}confidence> "{chance.random():.2f}"^^<{_XSD}decimal> {graph}'
        yield f"{said} <{KG}article> <{iri}> {graph}"
        yield f'{actor} <{_RDFS}label> "Actor {who}"@en {graph}'
        yield f"{actor} <{_RDF}type> <{KG}Actor> {graph}"


def main() -> None:
    sys.stdout.writelines(f"{line}\n" for line in quads(int(sys.argv[1])))


if __name__ == "__main__":
    main()
