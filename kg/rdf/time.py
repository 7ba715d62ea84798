"""Map the time of a statement or an event to triples."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode

from kg.rdf.scope import Triple, word
from kg.rdf.vocab import KG, XSD
from kg.records import Time


def time_triples(time: Time | None, node: NamedNode) -> Iterator[Triple]:
    """Yield the triples of a time. Unknown values give no triple."""
    if time is None:
        return
    yield node, KG.timeText, word(time.text)
    if time.value is not None:
        yield node, KG.timeValue, word(time.value)
    if time.earliest is not None:
        yield node, KG.earliest, Literal(time.earliest.isoformat(), datatype=XSD.date)
    if time.latest is not None:
        yield node, KG.latest, Literal(time.latest.isoformat(), datatype=XSD.date)
