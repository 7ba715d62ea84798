"""Where the files that travel with the code lie: the ontology and the named questions."""

from __future__ import annotations

from pathlib import Path

from kg.errors import StopError

_PACKAGE = Path(__file__).resolve().parent


def ontology_folder() -> Path:
    """Return the folder that holds ``kg.ttl`` and ``shapes.ttl``."""
    return _folder("ontology", "kg.ttl")


def queries_folder() -> Path:
    """Return the folder that holds the named questions, one ``.rq`` file each."""
    return _folder("queries", "what-has-someone-said.rq")


def _folder(name: str, landmark: str) -> Path:
    """Look in the installed wheel first, then beside the package, as in a checkout.

    The landmark keeps a foreign ``queries`` folder in ``site-packages`` from being taken for ours.
    """
    places = (_PACKAGE / "_data" / name, _PACKAGE.parent / name)
    for place in places:
        if (place / landmark).is_file():
            return place
    raise StopError(
        f"{name}/{landmark} is missing from this installation (looked in {places[0]} and {places[1]}); "
        "install the package again"
    )
