"""A live Wikibase, such as Wikidata, and a reconciliation service as knowledge bases.

``settings``        address, User-Agent, cache and pause of a service
``cache``           answers on disk with expiry times; lets one process at a time send requests
``service``         requests, retries, and a circuit breaker for a service that fails
``wikibase``        the knowledge base over a Wikibase: searches and items
``reconciliation``  the knowledge base over a service of the W3C Reconciliation API
``degrading``       records the names that a failed service did not answer
"""

from kg.linking.live.reconciliation import Reconciliation
from kg.linking.live.settings import LiveSettings
from kg.linking.live.wikibase import Live

__all__ = ["Live", "LiveSettings", "Reconciliation"]
