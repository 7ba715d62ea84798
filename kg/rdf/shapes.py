"""Check graphs against the SHACL shapes of ``ontology/shapes.ttl``, and describe each violation in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.config import DEFAULT_BASE
from kg.errors import UsageError
from kg.rdf.prefixes import prefixes
from kg.rdf.vocab import KG, RDFS, SCHEMA
from kg.resources import ontology_folder

if TYPE_CHECKING:
    import rdflib

_LONGEST = 120
"""Most characters of a value or label that a message quotes."""


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule that one node violates. ``str(violation)`` is a message for users."""

    graph: str  # IRI of the graph; "" for triples without a graph
    node: str  # IRI of the node
    label: str  # its label, content or text, shortened; "" if it has none
    finding: str  # the fault in the graph: 'kg:status is "done"'; "" if the rule alone describes it
    rule: str  # the rule in words: "a statement has one cue"

    def __str__(self) -> str:
        name = f"{self.node} (“{self.label}”)" if self.label else self.node
        return f"{name}: {self.finding}{', ' * bool(self.finding)}against the rule that {self.rule}"


def validate(data: Iterable[ox.Quad | ox.Triple] | bytes | str) -> list[Violation]:
    """Return the violations of a graph, sorted; an empty list if it conforms.

    Named graphs are checked one by one, each article of 400 words in about a third of a second. Triples
    without a graph are checked together, in a time that grows with the square of the number of articles.

    Args:
        data: quads, triples, or Turtle.

    Raises:
        UsageError: the Turtle does not parse, or a triple is an object of another triple.
    """
    graphs: dict[str, list[ox.Quad | ox.Triple]] = {}
    for statement in _parse(data) if isinstance(data, bytes | str) else data:
        graphs.setdefault(_graph_name(statement), []).append(statement)
    # pyshacl leaves reference cycles that hold frames, so ``data`` would be released by the garbage collector
    # in any thread. An iterator of the engine must be released in the thread that made it.
    del data
    violations = {violation for name, triples in graphs.items() for violation in _violations(name, triples)}
    return sorted(violations, key=lambda v: (v.graph, v.node, v.finding, v.rule))


def _parse(turtle: bytes | str) -> list[ox.Quad]:
    try:
        return list(ox.parse(turtle, ox.RdfFormat.TURTLE))
    except SyntaxError as error:
        raise UsageError(f"the data to validate is not valid Turtle: {error}") from error


def _graph_name(statement: ox.Quad | ox.Triple) -> str:
    if isinstance(statement, ox.Quad) and isinstance(statement.graph_name, ox.NamedNode):
        return statement.graph_name.value
    return ""


def _violations(name: str, triples: Iterable[ox.Quad | ox.Triple]) -> list[Violation]:
    import pyshacl
    import rdflib

    graph = rdflib.Graph()
    for triple in triples:
        graph.add((_to_rdflib(triple.subject), _to_rdflib(triple.predicate), _to_rdflib(triple.object)))
    _, report, _ = pyshacl.validate(
        graph, shacl_graph=_load("shapes.ttl"), ont_graph=_load("kg.ttl"), inplace=True
    )
    results = report.objects(predicate=rdflib.SH.result)
    return [_violation(name, result, report, graph) for result in results]


@lru_cache
def _load(file: str) -> rdflib.Graph:
    import rdflib

    return rdflib.Graph().parse(ontology_folder() / file, format="turtle")


def _to_rdflib(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> rdflib.term.Identifier:
    import rdflib

    match term:
        case ox.NamedNode():
            return rdflib.URIRef(term.value)
        case ox.BlankNode():
            return rdflib.BNode(term.value)
        case ox.Literal(language=str() as language):
            return rdflib.Literal(term.value, lang=language)
        case ox.Literal():
            plain = term.datatype.value == str(rdflib.XSD.string)
            return rdflib.Literal(term.value, datatype=None if plain else rdflib.URIRef(term.datatype.value))
        case _:
            raise UsageError(f"a triple inside a triple cannot be validated: {term}")


def _violation(name: str, result: rdflib.term.Node, report: rdflib.Graph, graph: rdflib.Graph) -> Violation:
    from rdflib import SH

    node = report.value(result, SH.focusNode)
    return Violation(
        graph=name,
        node=str(node),
        label=_label(node, graph),
        finding=_finding(result, report),
        rule=str(report.value(result, SH.resultMessage)),
    )


def _finding(result: rdflib.term.Node, report: rdflib.Graph) -> str:
    """Return a description of the fault that a SHACL result reports; "" if the rule alone describes it."""
    from rdflib import SH, BNode

    path, value = report.value(result, SH.resultPath), report.value(result, SH.value)
    component = str(report.value(result, SH.sourceConstraintComponent)).removeprefix(str(SH))
    prop = "" if path is None or isinstance(path, BNode) else _short(path)
    if component == "MinCountConstraintComponent":
        return f"it has no {prop}"
    if component == "MaxCountConstraintComponent":
        return f"it has more than one {prop}"
    if value is None or value == report.value(result, SH.focusNode):
        return ""
    return f"{prop} is {_short(value)}" if prop else f"there is {_short(value)}"


def _short(term: rdflib.term.Node) -> str:
    """Return a term for messages: a quoted value, or an IRI with its prefix."""
    from rdflib import Literal

    if isinstance(term, Literal):
        return f'"{_cut(str(term))}"'
    for prefix, namespace in prefixes(DEFAULT_BASE).items():
        if str(term).startswith(namespace):
            return f"{prefix}:{str(term).removeprefix(namespace)}"
    return str(term)


def _label(node: rdflib.term.Node | None, graph: rdflib.Graph) -> str:
    """Return the label, headline, content or text of a node, shortened; "" if it has none."""
    from rdflib import URIRef

    for term in (RDFS.label, SCHEMA.headline, KG.content, KG.text):
        if node is not None and (text := min(map(str, graph.objects(node, URIRef(term.value))), default="")):
            return _cut(text)
    return ""


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
