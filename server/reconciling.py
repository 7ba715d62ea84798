"""Which actors and places of the graph a name of a table may mean: queries of the Reconciliation API."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from kg.linking.knowledge import Item, Match
from kg.linking.names import key, loose
from kg.linking.packs import Pack
from kg.rdf.vocab import KG, SCHEMA
from server.directory import BODY, ROLE
from server.refusal import Refusal

TYPES = {
    KG.Actor.value: "actor",
    SCHEMA.Person.value: "person",
    KG.Organisation.value: "organisation",
    SCHEMA.Country.value: "country",
    SCHEMA.City.value: "city",
    SCHEMA.Place.value: "place",
}
"""Names of the types of candidates, by IRI."""

MOST = 50  # candidates of a query
_USUAL = 5
_SCORES: dict[Match, float] = {"label": 100.0, "alias": 95.0, "folded": 92.0, "partial": 70.0}
_LONGER = 75.0  # most for a name that holds the one asked for
_SURE, _APART = 90.0, 10.0  # least score of a match, and least distance to the next candidate
_BY_PROPERTIES = 0.25  # share of a score that properties decide, where the query has any
_OTHER_TYPE = 0.5


@dataclass(frozen=True, slots=True)
class Query:
    """One query of a batch."""

    name: str
    types: frozenset[str]
    strict: str  # "any", "all" or "should": how many of the types a candidate must have
    limit: int
    properties: tuple[tuple[str, tuple[str, ...]], ...]

    @classmethod
    def read(cls, given: Any, place: str) -> Query:
        """Return the query of a JSON object.

        Raises:
            Refusal: 400, it is none; the message names the part.
        """
        if isinstance(given, str):
            given = {"query": given}
        if not isinstance(given, dict):
            raise Refusal(400, f"queries: {place} is no object")
        name = given.get("query", "")
        types = given.get("type") or []
        types = [types] if isinstance(types, (str, dict)) else types
        limit = given.get("limit", _USUAL)
        if not isinstance(name, str):
            raise Refusal(400, f"queries: {place}: query is no text")
        if isinstance(limit, bool) or not isinstance(limit, int) or limit < 1:
            raise Refusal(400, f"queries: {place}: limit is no number above 0")
        if not isinstance(types, list):
            raise Refusal(400, f"queries: {place}: type is neither an id nor a list of ids")
        chosen = frozenset(one.get("id", "") if isinstance(one, dict) else str(one) for one in types)
        strict = given.get("type_strict", "should")
        if strict not in ("any", "all", "should"):
            raise Refusal(400, f"queries: {place}: type_strict is none of any, all, should")
        return cls(name, chosen, strict, min(limit, MOST), tuple(_properties(given, place)))


def _properties(given: Mapping[str, Any], place: str) -> Iterable[tuple[str, tuple[str, ...]]]:
    said = given.get("properties") or []
    if not isinstance(said, list) or not all(isinstance(one, dict) and "pid" in one for one in said):
        raise Refusal(400, f"queries: {place}: properties are no list of objects with pid and v")
    for one in said:
        values = one.get("v", [])
        values = values if isinstance(values, list) else [values]
        yield str(one["pid"]), tuple(_text(value) for value in values)


def _text(value: Any) -> str:
    return str(value.get("name", value.get("id", "")) if isinstance(value, dict) else value)


def candidates(query: Query, pack: Pack) -> list[dict[str, Any]]:
    """Return the candidates of a query as the API has them, the best first."""
    scored = sorted(_scored(query, pack), key=lambda pair: (-pair[0], -pair[1].popularity, pair[1].qid))
    found = scored[: query.limit]
    second = scored[1][0] if len(scored) > 1 else 0.0
    return [
        candidate(item)
        | {
            "score": round(score, 1),
            "features": [
                {"id": "name", "value": round(name, 1)},
                {"id": "articles", "value": item.popularity},
            ],
            "match": place == 0 and score >= _SURE and score - second >= _APART,
        }
        for place, (score, item, name) in enumerate(found)
    ]


def candidate(item: Item) -> dict[str, Any]:
    """Return id, name, description and types of an entity."""
    types = [{"id": iri, "name": name} for iri, name in TYPES.items() if iri in item.classes]
    return {"id": item.qid, "name": item.label, "description": item.description, "type": types}


def _scored(query: Query, pack: Pack) -> Iterable[tuple[float, Item, float]]:
    for item, name in _named(query.name, pack).values():
        has = query.types & set(item.classes)
        fits = not query.types or (has == query.types if query.strict == "all" else bool(has))
        if not fits and query.strict != "should":
            continue
        score = name * (1.0 if fits else _OTHER_TYPE)
        if query.properties:
            score *= 1.0 - _BY_PROPERTIES * (1.0 - _agreement(item, query.properties))
        yield score, item, name


def _named(name: str, pack: Pack) -> dict[str, tuple[Item, float]]:
    """Return the entities that bear the name, or one that holds it, with a score for the name."""
    found: dict[str, tuple[Item, float]] = {}
    for hit in pack.find(name, limit=MOST):
        likeness = SequenceMatcher(None, loose(name), loose(hit.name), autojunk=False).ratio()
        score = _SCORES[hit.match] * (likeness if hit.match == "partial" else 1.0)
        found[hit.item.qid] = hit.item, score
    for hit in pack.containing(name, limit=MOST):
        share = len(key(name)) / max(1, len(key(hit.name)))
        found.setdefault(hit.item.qid, (hit.item, _LONGER * (0.5 + share / 2)))
    return found


def _agreement(item: Item, properties: Sequence[tuple[str, tuple[str, ...]]]) -> float:
    known = {ROLE: item.occupations, BODY: item.related}
    shares = [_share(known[pid], values) for pid, values in properties if values and pid in known]
    return sum(shares) / len(shares) if shares else 1.0


def _share(known: Sequence[str], wanted: Sequence[str]) -> float:
    """Return the share of the wanted values that a known one has all words of, or the other way round."""
    has = [set(key(value).split()) for value in known]
    wants = [set(key(value).split()) for value in wanted]
    met = [any(one <= words or words <= one for one in has) for words in wants]
    return sum(met) / len(met)
