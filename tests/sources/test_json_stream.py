from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import ArticleError, UnreadableSource
from kg.sources.json_stream import TooLong, Value, read_lines, read_values

LIMIT = 200_000


def values(text: str, limit: int = LIMIT) -> list[Any]:
    return list(read_values(io.StringIO(text, newline="\n"), "a.json", limit))


def plain(found: list[Any]) -> list[Any]:
    return [each.value if isinstance(each, Value) else each for each in found]


PIECES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@settings(deadline=None, max_examples=50)
@given(st.lists(PIECES), st.sampled_from([None, 2]))
def test_a_list_gives_its_members(members: list[Any], indent: int | None) -> None:
    assert plain(values(json.dumps(members, indent=indent))) == members


@settings(deadline=None, max_examples=50)
@given(st.dictionaries(st.text().filter(lambda key: key != "articles"), PIECES), st.sampled_from([None, 2]))
def test_an_object_gives_itself(members: dict[str, Any], indent: int | None) -> None:
    assert values(json.dumps(members, indent=indent)) == [Value(members, None)]


@pytest.mark.parametrize(
    "text",
    [
        '{"status": "ok", "total": 2, "articles": [{"a": 1}, {"a": 2}]}',
        '{"articles": [{"a": 1}, {"a": 2}], "total": 2}\n',
        '[{"a": 1},\n{"a": 2}]',
        '{"a": 1}\n{"a": 2}\n',
        '\n\n{"a": 1}\n\n{"a": 2}',
        '{"a": 1} {"a": 2}',
        '{\n"a": 1\n}\n{\n"a": 2\n}',
    ],
)
def test_forms_of_the_same_two_articles(text: str) -> None:
    assert plain(values(text)) == [{"a": 1}, {"a": 2}]


def test_values_longer_than_the_window() -> None:
    members = [{"text": "x\n" * size, "n": size} for size in (10, 90_000, 3, 40_000)]
    assert plain(values(json.dumps(members), 500_000)) == members
    assert plain(values(json.dumps({"articles": members}, indent=1), 500_000)) == members


def test_lines_are_counted() -> None:
    text = json.dumps([{"n": n, "text": "x" * 3000} for n in range(100)], indent=0)
    found = values(text)
    assert [each.line for each in found] == [2 + 4 * n for n in range(100)]


def test_memory_holds_one_window() -> None:
    stream = io.StringIO("[" + ",".join(['{"a": "%s"}' % ("x" * 1000)] * 3000) + "]")
    found = read_values(stream, "a.json", LIMIT)
    next(found)
    assert stream.tell() < 1_000_000
    assert len(list(found)) == 2999


@pytest.mark.parametrize(
    ("text", "origin", "reason"),
    [
        ('{"a": 1,, "b": 2}', "a.json:1", "column 9: not valid JSON: Expecting a key in double quotes"),
        ('{"a": 1', "a.json:1", "column 8: not valid JSON: Expecting ',' or '}'"),
        ('{"a"', "a.json:1", "column 5: not valid JSON: Expecting ':'"),
        ('{\n  "a": tru\n}', "a.json:2", "column 8: not valid JSON: Expecting value"),
        (
            '[\n{"a": 1},\n{"a": "open]',
            "a.json:3",
            "column 7: not valid JSON: Unterminated string starting at",
        ),
        ('[{"a": 1} {"a": 2}]', "a.json:1", "column 11: not valid JSON: Expecting ',' or ']'"),
        ("nothing like it", "a.json:1", "column 1: not valid JSON: Expecting value"),
        ("[" * 100_000, "a.json:1", "column 2: not valid JSON: "),
        ("9" * 5000, "a.json:1", "column 1: not valid JSON: "),
    ],
)
def test_error_names_line_column_and_reason(text: str, origin: str, reason: str) -> None:
    found = values(text)[-1]
    assert isinstance(found, UnreadableSource)
    assert found.origin == origin
    assert found.reason.startswith(reason)


def test_values_before_an_error_are_yielded() -> None:
    found = values('[{"a": 1}, {"a": 2}, oops')
    assert plain(found[:2]) == [{"a": 1}, {"a": 2}]
    assert isinstance(found[2], UnreadableSource)
    assert len(found) == 3


def test_errors_far_into_a_long_line() -> None:
    text = "[" + '{"text": "%s"}, ' % ("x" * 980) * 200 + '{"text" 1}]'
    found = values(text)
    assert isinstance(found[-1], UnreadableSource)
    assert found[-1].reason.startswith(f"column {text.index('1}]') + 1}:")


def test_many_small_values_on_one_line() -> None:
    """The line of each value is found in linear time."""
    assert len(values("[" + "1," * 400_000 + "1]", 2_000_000)) == 400_001


def test_a_value_over_the_limit() -> None:
    found = values('[{"a": "' + "x" * 900_000 + '"}]')
    assert found == [TooLong(found[0].length, 1, whole=False)]
    assert LIMIT < found[0].length < 2 * LIMIT + 70_000


def test_lines_after_an_invalid_line_are_read() -> None:
    lines = '{"n": 1}\n\n{"n": \n{"n": 3}\nnope\n{"n": 6, "text": "%s"}\n{"n": 7}' % ("x" * 300)
    found = list(read_lines(io.StringIO(lines), "a.jsonl", 100))
    assert [type(each) for each in found] == [
        Value,
        UnreadableSource,
        Value,
        UnreadableSource,
        TooLong,
        Value,
    ]
    assert [each.origin if isinstance(each, ArticleError) else each.line for each in found] == [
        1, "a.jsonl:3", 4, "a.jsonl:5", 6, 7,
    ]  # fmt: skip
    assert found[4] == TooLong(len(lines.split("\n")[5]) + 1, 6, whole=True)
