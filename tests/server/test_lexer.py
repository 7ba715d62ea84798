"""What keeps a query from calling other machines: never let through what the engine would act on."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.lexer import is_settled, is_volatile, names_dataset, services, uses


@pytest.mark.parametrize(
    ("query", "calls"),
    [
        ("SELECT * { SERVICE <http://x/> { ?s ?p ?o } }", True),
        ("SELECT * { service silent ?x { ?s ?p ?o } }", True),
        ("SELECT * { SERVICEex:a { ?s ?p ?o } }", True),
        ("SELECT * { \\u0053ERVICE <http://x/> { ?s ?p ?o } }", True),
        ("SELECT * {#\nSERVICE#\n<http://x/>{ ?s ?p ?o } }", True),
        ("SELECT * { ?s ?p '''a 'SERVICE' ''' . SERVICE <http://x/> {} }", True),
        ("SELECT * { ?s ?p 'it\\'s' . SERVICE <http://x/> {} # ' }", True),
        ('SELECT * { ?s ?p "SERVICE <http://x/>" }', False),
        ("SELECT * { ?s <http://x/SERVICE> ?o } # SERVICE", False),
        ("SELECT ?service { ?service a kg:service }", False),
        ("SELECT * { ?s ?p 'a'@service-x }", False),
    ],
)
def test_service_is_found_where_it_is_code(query: str, calls: bool) -> None:
    assert uses(query, "SERVICE") is calls


def test_the_endpoints_called_are_read() -> None:
    query = (
        "SELECT * { SERVICE <http://x/> { } SERVICE SILENT <http://y/> { } SERVICE ?z { } SERVICE ex:a { } }"
    )
    assert services(query) == ["http://x/", "http://y/", None, None]


PIECES = st.sampled_from(
    [
        *"SERVICE service SeRvIcE SILENT <http://127.0.0.1:9/> <x:SERVICE> { } ?s ?p ?o".split(),
        *". ; # ' ''' \" \\".split(),
        *"\\' \\u0053 ERVICE SERVICEx: x:SERVICE _:SERVICE ?SERVICE @SERVICE x: y:a 1 e ( ) , UNION".split(),
        *("\n", '"""', "''"),
    ]
)
SEQUENCES = st.lists(PIECES, max_size=14)


@given(SEQUENCES, st.sampled_from([" ", ""]))
def test_nothing_the_engine_would_call_gets_through(pieces: list[str], between: str) -> None:
    query = f"PREFIX x: <x:> PREFIX : <x:> SELECT * {{ {between.join(pieces)} }}"
    if not uses(query, "SERVICE"):
        assert "http" not in _complaint(query).lower()


def _complaint(query: str) -> str:
    """What the engine says of a query that it cannot evaluate, a call that failed for one."""
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode("x:s"), ox.NamedNode("x:p"), ox.NamedNode("x:o")))
    try:
        list(store.query(query))  # type: ignore[arg-type]
    except SyntaxError:
        pass
    except (RuntimeError, OSError) as error:
        return str(error)
    return ""


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("SELECT * FROM <x:g> { ?s ?p ?o }", True),
        ("SELECT * from named <x:g> { ?s ?p ?o }", True),
        ("SELECT * { ?s <x:FROM> 'FROM' } # FROM", False),
        ("SELECT ?from { ?from ?p ?o }", False),
    ],
)
def test_a_query_that_names_its_graphs(query: str, names: bool) -> None:
    assert names_dataset(query) is names


def test_what_the_next_time_may_be_another() -> None:
    assert is_volatile("SELECT (now() AS ?t) {}")
    assert not is_volatile("SELECT ?known { ?known ?p ?o }")
    assert is_settled("INSERT DATA { <x:s> <x:p> 'SELECT' }")
    assert not is_settled("INSERT DATA { _:b <x:p> 1 }")
    assert not is_settled("INSERT { ?s <x:p> ?r } WHERE { ?s ?p ?o BIND(rand() AS ?r) }")
