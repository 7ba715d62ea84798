"""The prefixes for writing RDF and for queries, which need not declare them."""

from __future__ import annotations

from kg.rdf.vocab import KG, NIF, ORG, PROV, RDF, RDFS, SCHEMA, SKOS, WIKIDATA, XSD


def prefixes(base: str) -> dict[str, str]:
    """Return the namespaces by prefix, in the order of their declarations in files.

    Args:
        base: base IRI of the data.
    """
    return {
        "kg": KG.namespace,
        "article": base + "article/",
        "actor": base + "actor/",
        "place": base + "place/",
        "run": base + "run/",
        "schema": SCHEMA.namespace,
        "org": ORG.namespace,
        "prov": PROV.namespace,
        "nif": NIF.namespace,
        "rdf": RDF.namespace,
        "rdfs": RDFS.namespace,
        "skos": SKOS.namespace,
        "owl": "http://www.w3.org/2002/07/owl#",
        "dcterms": "http://purl.org/dc/terms/",
        "wd": WIKIDATA,
        "xsd": XSD.namespace,
    }
