"""Errors in queries are shown where they are."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg.errors import QueryError
from kg.query.sparql_error import syntax_error

PREFIXES = {"kg": "https://w3id.org/communique#"}


def error_of(text: str) -> QueryError:
    with pytest.raises(SyntaxError) as refused:
        ox.Store().query(text, prefixes=PREFIXES)
    return syntax_error(text, str(refused.value), PREFIXES)


@pytest.mark.parametrize(
    ("text", "line", "column", "said"),
    [
        ("SELCT * WHERE { ?s ?p ?o }", 1, 1, "SELCT cannot stand here"),
        ("SELECT * WHERE { ?s ?p }", 1, 24, "} cannot stand here"),
        ("SELECT * WHERE { ?s ?p ?o } ORDER ?s", 1, 35, "?s cannot stand here"),
        ("SELECT *\nWHERE {\n  ?s ?p ?o .\n}\nLIMT 5", 5, 1, "LIMT cannot stand here"),
        ('SELECT * {\n\t?é kg:cue "é" ; }\n) ', 3, 1, ") cannot stand here"),
        (
            "SELECT * { ?s kg:cue ?c ;\n  foo:bar ?o }",
            2,
            3,
            "the prefix of foo:bar is not declared; put PREFIX foo:",
        ),
        ("PREFIX a: <http://a/> SELECT * { ?s a:b ?o ; c:d ?o }", 1, 46, "the prefix of c:d is not declared"),
        ("SELECT * { ?s <relative> ?o }", 1, 15, "<relative> cannot stand here, or is not a full IRI"),
        ("SELECT * { ?s kg:cue 'say }", 1, 22, "no closing quotation mark"),
        ('SELECT * { ?s kg:cue "a\nb" }', 1, 22, "no closing quotation mark"),
        ("SELECT * WHERE { ?s ?p ?o ", 1, 26, "the query ends here, and is not complete"),
        ("", 1, 1, "the query ends here"),
        ("SELECT ?s (COUNT(?o) AS ?n) WHERE { ?s ?p ?o }", 1, 47, "variable that is unbound"),
        ("ASK { SERVICE <http://localhost:1/> { ?s ?p ?o } } garbage", 1, 52, "garbage cannot stand here"),
        ("SELECT * { ?s ?p ?o FILTER(?o < 5 && ?o > 3 && ) }", 1, 48, ") cannot stand here"),
        ("# a comment with 'a quote\nSELECT * { ?s ?p ?o ?x }", 2, 21, "?x cannot stand here"),
    ],
)
def test_line_and_column_are_those_of_the_fault(text: str, line: int, column: int, said: str) -> None:
    error = error_of(text)
    assert (error.line, error.column) == (line, column)
    assert said in str(error)
    message, shown, mark = str(error).split("\n")
    assert f"line {line}, column {column}" in message
    assert shown == "    " + (text.split("\n")[line - 1])
    assert mark.expandtabs() == "    ".ljust(len(shown[: 3 + column].expandtabs())) + "^"


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <a:b> <a:c> 1 }",
        "# comment\nPREFIX x: <http://x/>\nDELETE WHERE { ?s ?p ?o }",
        "clear all",
        "WITH <a:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    ],
)
def test_an_update_is_refused_with_the_reason(text: str) -> None:
    assert "this is an update" in str(error_of(text))


def test_a_query_with_the_word_insert_in_it_is_no_update() -> None:
    assert "this is an update" not in str(error_of("SELECT * { ?s ?insert ?o } INSERT"))


@pytest.mark.parametrize(
    ("text", "column", "said"),
    [
        ("SELECT * FROM <g> { <a> ?p ?o } LIMIT -1", 39, "- cannot stand here"),
        ("SELECT * { _:a ?p ?o . OPTIONAL { _:a ?q ?r } }", 35, "give this one another label"),
    ],
)
def test_with_a_base_relative_iris_are_no_fault(text: str, column: int, said: str) -> None:
    with pytest.raises(SyntaxError) as refused:
        ox.Store().query(text, base_iri="http://data.example/")
    error = syntax_error(text, str(refused.value), {}, "http://data.example/")
    assert (error.column, said in str(error)) == (column, True), str(error)
