"""What keeps a query from calling other machines: never let through what the engine would act on."""

from __future__ import annotations

import re

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.lexer import calls_only, is_settled, is_volatile, names_dataset, only_inserts, services, uses


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
        ("SELECT * { FILTER('a'<'>'||true)SERVICE<http://x/>{}#'\n}", True),
        ("SELECT * { FILTER(?a<?b#>'''\n)SERVICE<http://x/>{}#'''\n}", True),
        ("SELECT * { FILTER(?a<?b)SERVICEx:y#>\n{} }", True),
        ("SELECT * { ?s ?p <<:s:p'>'>>. SERVICE <http://x/>{}#'\n}", True),
        ('SELECT * { ?s ?p "SERVICE <http://x/>" }', False),
        ("SELECT * { ?s <http://x/it's#me> ?o } # SERVICE", False),
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
    assert [service.iri for service in services(query)] == ["http://x/", "http://y/", None, None]


@pytest.mark.parametrize(
    ("query", "only"),
    [
        ("SELECT * { SERVICE <http://x/> { ?s ?p ?o } }", True),
        ("SELECT * { service#\nsilent<http://x/>{ ?s ?p ?o } } # SERVICE", True),
        ("SELECT * { ?s ?p ?o }", True),
        ("SELECT * { SERVICE <http://x/> { SERVICE <http://y/> { } } }", False),
        ("SELECT * { SERVICE <http://x/> { } SERVICEex:a { } }", False),
        ("SELECT * { SERVICE <http://x/> { } \\u0053ERVICE <http://y/> { } }", False),
        ("SELECT * { SERVICE <http://x/> { } SERVICE ?y { } }", False),
        ("SELECT * { SERVICE <http://x\\u002f> { } }", False),
        ("BASE <http://x/> SELECT * { SERVICE <> { } }", False),
        ("SELECT * { SERVICE <http://x/> {} FILTER(?a<'>')SERVICE<http://y/>{}#'\n}", False),
    ],
)
def test_only_listed_endpoints_are_called(query: str, only: bool) -> None:
    assert calls_only(query, ("http://x/",)) is only


PIECES = st.sampled_from(
    [
        *"SERVICE service SeRvIcE SILENT <http://127.0.0.1:9/> <x:SERVICE> { } ?s ?p ?o".split(),
        *". ; # ' ''' \" \\".split(),
        *"\\' \\u0053 ERVICE SERVICEx: x:SERVICE _:SERVICE ?SERVICE @SERVICE x: y:a 1 e ( ) , UNION".split(),
        *"< > = FILTER( BIND( <'>' <?s#> <x:a'> << >> || true) #' ) SERVICE<http://127.0.0.1:9/>{?a".split(),
        *("\n", '"""', "''"),
    ]
)
SEQUENCES = st.lists(PIECES, max_size=14)
COMPARED = st.sampled_from(["?o", "'a'", "1", "x:a", "<x:s>", "(1)"])
HIDING = st.lists(
    st.sampled_from(["<'", "<'>'", ">'", "<?s", "<?s#>'''\n", "#>", "#'''\n", "||true", "\n", "<x:a'>'"]),
    max_size=3,
).map("".join)
"""What could hide a SERVICE from the lexer behind a comparison."""


@given(SEQUENCES, st.sampled_from([" ", ""]))
def test_nothing_the_engine_would_call_gets_through(pieces: list[str], between: str) -> None:
    query = f"PREFIX x: <x:> PREFIX : <x:> SELECT * {{ {between.join(pieces)} }}"
    if not uses(query, "SERVICE"):
        assert not _calls(query)


@settings(max_examples=300)
@given(COMPARED, HIDING, HIDING, st.sampled_from(["", "#'\n", "#'''\n", "#>\n", '#"\n', "'", "}"]))
def test_no_comparison_hides_a_call(operand: str, before: str, between: str, after: str) -> None:
    call = "SERVICE<http://127.0.0.1:9/>{?a ?b ?c}"
    query = f"PREFIX x: <x:> SELECT * {{ ?s ?p ?o FILTER({operand}{before}){between}{call}{after} }}"
    if not uses(query, "SERVICE"):
        assert not _calls(query)


def _calls(query: str) -> bool:
    """Whether the engine reads SERVICE as a keyword: it then parses no more with another word instead."""
    return _parses(query) and not _parses(re.sub("SERVICE", "SERVICX", query, flags=re.IGNORECASE))


def _parses(query: str) -> bool:
    try:
        ox.Store().query(query)
    except SyntaxError:
        return False
    except (RuntimeError, OSError):  # it cannot be evaluated: the call failed, for one
        return True
    return True


def test_the_fuzz_knows_a_call() -> None:
    assert _calls("SELECT * { service <http://127.0.0.1:9/> { ?s ?p ?o } }")
    assert _calls("SELECT * { FILTER('a'<'>'||true)SERVICE<http://127.0.0.1:9/>{?a ?b ?c}#'\n}")
    assert not _calls("SELECT * { ?s ?p 'SERVICE', x:SERVICE, ?SERVICE }")
    assert not _calls("SELECT * { ?s ?p ?o } # SERVICE")


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
    assert not is_settled("INSERT { ?s <x:p> ?o } WHERE { FILTER(?o<'>') BIND(rand() AS ?o) #'\n}")
    assert not is_settled("INSERT DATA { _:b <x:p> 1 }")
    assert not is_settled("INSERT { ?s <x:p> ?r } WHERE { ?s ?p ?o BIND(rand() AS ?r) }")


@pytest.mark.parametrize(
    ("update", "only"),
    [
        ("INSERT DATA { [] <x:p> _:b }", True),
        ("PREFIX : <x:> PREFIX b-c: <x:> BASE <x:/> insert data { :a b-c:d 'DELETE' } ;", True),
        ("INSERT DATA { GRAPH <x:g> { <x:s> <x:p> 1 } } ; PREFIX e: <x:> INSERT DATA { e:a e:b 1 }", True),
        ("INSERT DATA { [] <x:p> 1 } ; DELETE DATA { <x:s> <x:p> 1 }", False),
        ("INSERT DATA { [] <x:p> 1 } ; PREFIX e: <x:> COPYe:a TOe:b", False),
        ("INSERT DATA { [] <x:p> 1 } ; CLEAR ALL", False),
        ("INSERT { [] <x:p> ?o } WHERE { ?s <x:q> ?o }", False),
        ("PREFIX e: <x:>", False),
        ("INSERT DATA { <x:s> <x:p> ?a<'>' } ; CLEAR ALL #' }", False),
    ],
)
def test_only_inserts(update: str, only: bool) -> None:
    assert only_inserts(update) is only
