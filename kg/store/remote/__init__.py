"""A graph in a SPARQL 1.1 store at an address, in place of a folder.

protocol   requests to the query and update endpoints, and discovery of the endpoints
engine     the operations of the Oxigraph engine that this program uses, as SPARQL
store      the store: an article is written in one request, wholly or not at all
"""
