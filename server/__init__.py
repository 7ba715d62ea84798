"""The SPARQL endpoint over the store: FastAPI for routes, ``kg.query`` for the rest. Reads only.

request -> sparql.Request (what is asked) -> negotiation (in which format) -> kg.query.answers -> response
"""
