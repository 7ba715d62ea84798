"""The SPARQL endpoint over the store."""
