"""A live Wikibase, Wikidata or another, as a knowledge base: asked politely, remembered, done without.

settings    where to ask, who is asking, where answers are kept
cache       answers on disk, with lifetimes; lets one process at a time ask
service     one request at a time, retried as the service wishes; a breaker for when it fails
wikibase    the knowledge base: searches and items
degrading   going on where a service fails
reconciliation
            a service of the W3C Reconciliation API as a knowledge base
"""

from kg.linking.live.reconciliation import Reconciliation
from kg.linking.live.settings import LiveSettings
from kg.linking.live.wikibase import Live

__all__ = ["Live", "LiveSettings", "Reconciliation"]
