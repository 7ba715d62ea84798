"""A graph in a SPARQL 1.1 store that is served elsewhere, in place of a folder.

protocol    requests to its query and update endpoints, and finding them
engine      what the rest of the program asks of the engine, as SPARQL
store       the store: an article in one request, written wholly or not at all
"""

from kg.remote.opening import open_store
from kg.remote.store import RemoteStore

__all__ = ["RemoteStore", "open_store"]
