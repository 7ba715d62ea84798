"""Packs: knowledge bases in one SQLite file each, which many processes can read at the same time.

``pack`` looks up items, ``write`` makes a pack from items, ``schema`` defines its tables. Items come from
``tables`` (TSV, JSONL), ``dump`` (the JSON dump of Wikidata, with ``entity`` and ``classes``) or ``sparql``
(an endpoint). A new source of items is a module with a function that yields records of
:class:`kg.linking.knowledge.Item`.
"""

from kg.linking.packs.pack import Pack

__all__ = ["Pack"]
