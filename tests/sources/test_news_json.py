from __future__ import annotations

import datetime as dt
import gzip
import json
import tracemalloc
from pathlib import Path

import pytest

from kg.config import Config
from kg.errors import ArticleTooLong, NoArticle, UnreadableSource, WrongLanguage
from kg.records import Article
from tests.sources.samples import BODY, HEADLINE, TEXT, Result, article, error, read, read_bytes, read_stdin
from tests.sources.test_language import OTHERS

RECORD = {"id": "x-1", "title": HEADLINE, "published": "2023-07-04", "text": BODY}


def line(**changes: object) -> str:
    return json.dumps(RECORD | changes) + "\n"


def kinds(results: list[Result]) -> list[type]:
    return [type(result) for result in results]


@pytest.mark.parametrize("text", [BODY, TEXT, TEXT.replace("\n\n", "\n")])
def test_a_record_with_the_title_in_the_text_or_apart(tmp_path: Path, text: str) -> None:
    assert article(read_bytes(tmp_path, "a.json", line(text=text))) == Article(
        text=TEXT,
        origin=f"{tmp_path / 'a.json'}:1",
        title=HEADLINE,
        published=dt.date(2023, 7, 4),
        identifier="x-1",
    )


def test_a_record_of_annotated_text(tmp_path: Path) -> None:
    layers = {"annotated": [[0, 9]], "statements": [{"source": [[0, 4]], "cue": [], "content": []}]}
    found = article(read_bytes(tmp_path, "a.jsonl", json.dumps({"id": "c/1", "text": TEXT} | layers)))
    assert (found.text, found.title, found.identifier) == (TEXT, HEADLINE, "c/1")


def test_byline_in_the_text_fills_missing_keys(tmp_path: Path) -> None:
    found = article(read_bytes(tmp_path, "a.jsonl", line(text=f"By Jane Doe\n\n{BODY}\n\nShare this:")))
    assert (found.text, found.authors) == (TEXT, ("Jane Doe",))


@pytest.mark.parametrize("name", ["a.jsonl", "a.ndjson", "a.json", "a.jsonl.gz", "a.json.gz", "a.dat"])
def test_lines(tmp_path: Path, name: str) -> None:
    data = "".join(line(id=str(n)) for n in range(3)).encode()
    results = read_bytes(tmp_path, name, gzip.compress(data) if name.endswith("gz") else data)
    assert [r.identifier for r in results if isinstance(r, Article)] == ["0", "1", "2"]
    assert [r.origin for r in results] == [f"{tmp_path / name}:{n}" for n in (1, 2, 3)]


@pytest.mark.parametrize(
    ("name", "indent", "wrapped"),
    [
        ("a.json", None, False),
        ("a.json", None, True),
        ("a.json", 2, False),
        ("a.json", 2, True),
        ("a.jsonl", None, False),
        ("a.jsonl", 2, False),
        ("a.jsonl", 2, True),
    ],
)
def test_documents(tmp_path: Path, name: str, indent: int | None, wrapped: bool) -> None:
    members = [RECORD | {"id": str(n)} for n in range(3)]
    document = {"status": "ok", "articles": members} if wrapped else members
    results = read_bytes(tmp_path, name, json.dumps(document, indent=indent))
    assert [r.identifier for r in results if isinstance(r, Article)] == ["0", "1", "2"]


def test_one_object_over_many_lines(tmp_path: Path) -> None:
    found = article(read_bytes(tmp_path, "a.json", json.dumps(RECORD, indent=2)))
    assert (found.text, found.origin) == (TEXT, str(tmp_path / "a.json"))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le"])
def test_other_encodings(encoding: str) -> None:
    data = json.dumps(RECORD, ensure_ascii=False).encode(encoding)
    assert article(read_stdin(data)).text == TEXT


def test_a_stray_byte_in_a_line_is_repaired(tmp_path: Path) -> None:
    data = json.dumps(RECORD | {"text": "The café “Zürich” is open."}, ensure_ascii=False).encode()
    data = data.replace("fé".encode(), b"f\xe9")
    assert article(read_bytes(tmp_path, "a.jsonl", data)).text.endswith("The café “Zürich” is open.")


def test_invalid_line_is_named_and_the_next_is_read(tmp_path: Path) -> None:
    lines = [
        line(),
        '{"text": "cut off\n',
        "\n",
        '["a list"]\n',
        '{"headline": "no text"}\n',
        line(text=" "),
        line(text=OTHERS["German (de)"]),
        line(text="long " * 300_000),
        line(text="very long " * 3_000_000),
        line(id="last"),
    ]
    results = read_bytes(tmp_path, "a.jsonl", "".join(lines))
    assert kinds(results) == [
        Article, UnreadableSource, UnreadableSource, NoArticle, NoArticle, WrongLanguage, ArticleTooLong,
        ArticleTooLong, Article,
    ]  # fmt: skip
    assert [r.origin.rpartition(":")[2] for r in results] == ["1", "2", "4", "5", "6", "7", "8", "9", "10"]
    assert [getattr(r, "reason", "") for r in results[1:3]] == [
        "column 10: not valid JSON: Unterminated string starting at",
        "a list, not an object with the keys of an article",
    ]
    assert "1,500,000 characters; the limit is 1,000,000 characters (setting max_characters)" in str(
        results[6]
    )
    assert "too long: 30,000,1" in str(results[7])


def test_a_document_that_does_not_parse(tmp_path: Path) -> None:
    found = error(read_bytes(tmp_path, "a.json", '{\n  "title": "x"\n  "text": "y"\n}'), UnreadableSource)
    assert found.origin == f"{tmp_path / 'a.json'}:3"
    assert found.reason == "column 3: not valid JSON: Expecting ',' or '}'"


def test_one_long_text_in_a_document(tmp_path: Path) -> None:
    found = error(read_bytes(tmp_path, "a.json", line(text="so " * 7_000_000).strip()), ArticleTooLong)
    assert "the limit is 1,000,000 characters (setting max_characters)" in found.reason


def test_articles_before_damaged_gzip_data_are_yielded(tmp_path: Path) -> None:
    packed = gzip.compress("".join(line(id=str(n)) for n in range(2000)).encode())
    results = read_bytes(tmp_path, "a.jsonl.gz", packed[: len(packed) // 2])
    assert len(results) > 100
    assert set(kinds(results[:-1])) == {Article}
    assert isinstance(results[-1], UnreadableSource)
    assert results[-1].reason.startswith("the gzip data is damaged or cut off")


def test_lone_surrogates_and_control_characters_do_not_reach_the_text(tmp_path: Path) -> None:
    found = article(read_bytes(tmp_path, "a.jsonl", r'{"title": "a\ud800b", "text": "one\u0000 two\udfff"}'))
    assert found.text == "ab\n\none two"
    assert len(found.content_hash) == 64


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "a.json"])
def test_memory_does_not_grow_with_the_number_of_articles(tmp_path: Path, name: str) -> None:
    count = 3000
    lines = [json.dumps(RECORD | {"id": str(n)}) for n in range(count)]
    data = "[" + ",\n".join(lines) + "]" if name == "a.json" else "\n".join(lines)
    path = tmp_path / name
    path.write_bytes(gzip.compress(data.encode(), 1) if name.endswith("gz") else data.encode())
    read_bytes(tmp_path, "warm.jsonl", lines[0])
    tracemalloc.start()
    try:
        from kg.sources import read_articles

        found = sum(isinstance(result, Article) for result in read_articles([str(path)], Config()))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert found == count
    assert peak < 800_000 < len(data)


def test_articles_are_yielded_while_reading(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(line() + "{broken")
    assert kinds(read(tmp_path)) == [Article, UnreadableSource]


def test_reader_closed_early_closes_the_file(tmp_path: Path) -> None:
    from kg.sources import read_articles

    path = tmp_path / "a.jsonl"
    path.write_text(line() * 50)
    results = read_articles([str(path)], Config())
    next(results)
    results.close()  # type: ignore[attr-defined] # a warning of an unclosed file would be an error here
