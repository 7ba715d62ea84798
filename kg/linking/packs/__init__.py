"""Packs: knowledge bases on disk, one SQLite file each, read by many processes at once.

``pack``   looking things up        ``write``  building one from items, whatever their source
``tables`` items from TSV, JSONL    ``dump``   from the JSON dump of Wikidata    ``sparql``  from an endpoint
"""

from kg.linking.packs.pack import Pack

__all__ = ["Pack"]
