"""Tests of text files, and of files that cannot be used."""

from __future__ import annotations

import gzip
import io
import os
import threading
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.config import Config
from kg.errors import ArticleTooLong, NoArticle, UnreadableSource, WrongLanguage
from kg.records import Article
from kg.sources import Location, find_locations, read_location
from tests.sources.samples import BODY, HEADLINE, TEXT, article, error, read, read_bytes, read_stdin
from tests.sources.test_language import OTHERS

SEEDS = Path(__file__).parents[2] / "seeds"


def test_the_sample_article() -> None:
    found = article(read(SEEDS / "000_fe98496fdf69faaa.txt"))
    assert found.content_hash == "0b97ab3aadb4aa5b31b2c0058ab0070b20cf742c5b66f8189eceb7fb7a257ab4"
    assert found.title == "China aims to enhance collaboration with Russia’s naval forces."
    assert (found.published, found.authors, found.language) == (None, (), "en")
    assert found.text.endswith("contributes to global stability.")


def test_a_text_file(tmp_path: Path) -> None:
    found = article(read_bytes(tmp_path, "a.txt", f"{HEADLINE}\r\n\r\n{BODY}\r\n"))
    assert found == Article(text=TEXT, origin=str(tmp_path / "a.txt"), title=HEADLINE)


def test_gzip_is_recognised_by_its_first_bytes(tmp_path: Path) -> None:
    packed = gzip.compress(TEXT.encode())
    assert article(read_bytes(tmp_path, "a.txt.gz", packed)).text == TEXT
    assert article(read_bytes(tmp_path, "a.txt", packed)).text == TEXT
    assert article(read_stdin(packed)).text == TEXT


def test_uncompressed_file_with_gz_suffix(tmp_path: Path) -> None:
    assert article(read_bytes(tmp_path, "a.txt.gz", TEXT)).text == TEXT


def test_standard_input_is_left_open() -> None:
    stdin = io.BytesIO(TEXT.encode())
    assert [found.origin for found in read_location(Location("-"), Config(), stdin)] == ["standard input"]
    assert not stdin.closed


def test_missing_standard_input() -> None:
    found = error(list(read_location(Location("-"), Config())), UnreadableSource)
    assert found.reason == "no standard input is available; name a file"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_other_encodings(tmp_path: Path, encoding: str) -> None:
    assert article(read_bytes(tmp_path, "a.txt", TEXT.encode(encoding))).text == TEXT


def test_mixed_encoding_is_repaired(tmp_path: Path) -> None:
    mixed = TEXT.encode() + "\n\nThe café’s owner agreed.".encode("cp1252")
    assert article(read_bytes(tmp_path, "a.txt", mixed)).text == f"{TEXT}\n\nThe café’s owner agreed."


@pytest.mark.parametrize("data", [b"", gzip.compress(b"", mtime=0)])
def test_empty_file(tmp_path: Path, data: bytes) -> None:
    assert error(read_bytes(tmp_path, "a.txt", data), NoArticle).reason.startswith("empty: it has 0 bytes")


@pytest.mark.parametrize("text", ["\n \n", "\ufeff", "***\n\n1, 2, 3", "Share this:\n\nAll rights reserved."])
def test_file_without_text(tmp_path: Path, text: str) -> None:
    assert error(read_bytes(tmp_path, "a.txt", text), NoArticle).reason.startswith(
        "empty: it holds no article text"
    )


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n1 0 obj", "a PDF document"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "a PNG image"),
        (b"PK\x03\x04\x14\x00", "a ZIP archive or an office document"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "a JPEG image"),
        (b"SQLite format 3\x00", "an SQLite database"),
        (b"abc\x00def" * 9, "binary data"),
    ],
)
def test_binary_file(tmp_path: Path, data: bytes, kind: str) -> None:
    found = error(read_bytes(tmp_path, "a.txt", data), UnreadableSource)
    assert found.reason == f"not text but {kind}; convert it to text or HTML first"
    assert found.origin == str(tmp_path / "a.txt")


@pytest.mark.parametrize("suffix", ["txt", "md", "html", "txt.gz"])
def test_20_megabytes_of_text(tmp_path: Path, suffix: str) -> None:
    data = b"The minister said so. " * 1_000_000
    data = gzip.compress(data, 1) if suffix.endswith("gz") else data
    found = error(read_bytes(tmp_path, f"a.{suffix}", data), ArticleTooLong)
    assert found.reason == (
        "too long: 22,000,000 characters; the limit is 1,000,000 characters (setting max_characters)"
    )


def test_limit_counts_characters(tmp_path: Path) -> None:
    text = "é" * 100
    assert article(read_bytes(tmp_path, "a.txt", text, Config(max_characters=100))).text == text
    found = error(read_bytes(tmp_path, "b.txt", text, Config(max_characters=99)), ArticleTooLong)
    assert "100 characters; the limit is 99 characters" in found.reason


def test_endless_stream_is_refused(tmp_path: Path) -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    data = b"".join(packer.compress(b"so " * 100_000) for _ in range(3)) + packer.flush()
    found = error(read_bytes(tmp_path, "a.txt.gz", data, Config(max_characters=1000)), ArticleTooLong)
    assert "too long: more than 4" in found.reason


@pytest.mark.parametrize(
    "data",
    [
        gzip.compress(TEXT.encode() * 50, mtime=0)[:-40],
        gzip.compress(TEXT.encode(), mtime=0)[:12],
        b"\x1f\x8b\x08\x00" + b"\x55" * 40,
        gzip.compress(TEXT.encode(), mtime=0)[:-8] + b"\x00" * 8,
    ],
)
def test_damaged_gzip(tmp_path: Path, data: bytes) -> None:
    found = error(read_bytes(tmp_path, "a.txt.gz", data), UnreadableSource)
    assert found.reason.startswith("the gzip data is damaged or cut off: ")


@pytest.mark.parametrize("name", ["French (fr)", "Chinese (zh)"])
def test_another_language(tmp_path: Path, name: str) -> None:
    found = error(read_bytes(tmp_path, "a.txt", OTHERS[name]), WrongLanguage)
    assert found.reason == f"in {name}; only English is read"


@pytest.fixture
def without_rights() -> Iterator[None]:
    """Run the test as a user to whom file permissions apply; they do not apply to root."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    yield
    os.seteuid(0)


def test_file_without_permission(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT)
    path.chmod(0)
    locations = find_locations([str(path)])
    request.getfixturevalue("without_rights")
    found = error(list(read_location(locations[0], Config())), UnreadableSource)
    assert found.reason == "cannot be read: Permission denied"


def test_file_deleted_before_it_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    locations = find_locations([str(tmp_path)])
    (tmp_path / "a.txt").unlink()
    found = error(list(read_location(locations[0], Config())), UnreadableSource)
    assert found.reason == "cannot be read: No such file or directory"


def test_named_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(gzip.compress(TEXT.encode()),))
    writer.start()
    found = article(read(pipe))
    writer.join()
    assert found.text == TEXT


def test_sniffing_skips_long_comments(tmp_path: Path) -> None:
    assert article(read_bytes(tmp_path, "a.dat", "<!---->" * 2000 + TEXT)).text.endswith(BODY)


@pytest.mark.parametrize(
    ("data", "title"),
    [
        (TEXT, HEADLINE),
        (f"<html><body><h1>{HEADLINE}</h1>" + "".join(f"<p>{p}</p>" for p in BODY.split("\n\n")), HEADLINE),
        ('{"title": "Port reopens", "text": "It does so today."}', "Port reopens"),
    ],
)
def test_format_of_unknown_suffix_is_sniffed(tmp_path: Path, data: str, title: str) -> None:
    assert article(read_bytes(tmp_path, "a.dat", data)).title == title
