"""Items as Wikidata writes them, for tests: invented towns and people under ids that mean something else."""

from __future__ import annotations

import json
from typing import Any


def snak(value: Any) -> dict[str, Any]:
    """Return a value: an id of an item, or a time and its precision."""
    if isinstance(value, str):
        known: Any = {"entity-type": "item", "numeric-id": int(value[1:]), "id": value}
    else:
        known = {"time": value[0], "precision": value[1], "timezone": 0}
    return {"snaktype": "value", "datavalue": {"value": known}}


def claim(value: Any, rank: str = "normal", **qualifiers: Any) -> dict[str, Any]:
    """Return a statement."""
    return {
        "mainsnak": snak(value) if value else {"snaktype": "somevalue"},
        "rank": rank,
        "qualifiers": {name: [snak(one)] for name, one in qualifiers.items()},
    }


def entity(qid: str, label: str, *aliases: str, sitelinks: int = 5, **claims: Any) -> dict[str, Any]:
    """Return an item; claims are values, or statements, or lists of them, by property."""
    lists = {name: values if isinstance(values, list) else [values] for name, values in claims.items()}
    return {
        "type": "item",
        "id": qid,
        "labels": {"en": {"language": "en", "value": label}},
        "descriptions": {"en": {"language": "en", "value": f"what {label} is"}},
        "aliases": {"en": [{"language": "en", "value": alias} for alias in aliases]},
        "claims": {
            name: [one if isinstance(one, dict) else claim(one) for one in values]
            for name, values in lists.items()
        },
        "sitelinks": {
            f"w{number}": {"site": f"w{number}", "title": label, "badges": []} for number in range(sitelinks)
        },
    }


def dump(*entities: dict[str, Any]) -> bytes:
    """Return a dump: brackets around, an item a line, commas between, no blanks."""
    lines = ",\n".join(json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in entities)
    return f"[\n{lines}\n]\n".encode()
