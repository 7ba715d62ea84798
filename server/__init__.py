"""The SPARQL endpoint over the store: FastAPI for routes, ``kg.query`` for everything else. Reads only.

request -> sparql.Request (what is asked) -> negotiation (in which format) -> kg.query -> response
"""
