from __future__ import annotations

import codecs

import pytest

from kg.sources.encoding import declared_charset, decode, marked_encoding

ENGLISH = "“We won’t accept it,” she said — and walked out of the café in Zürich with the others. " * 3


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "mac_roman"]
)
def test_common_encodings_are_detected(encoding: str) -> None:
    assert decode(ENGLISH.encode(encoding)).lstrip("\ufeff") == ENGLISH


def test_utf16_big_endian_with_byte_order_mark() -> None:
    assert decode(codecs.BOM_UTF16_BE + "naïve".encode("utf-16-be")) == "naïve"
    assert decode(codecs.BOM_UTF32_BE + "naïve".encode("utf-32-be")) == "naïve"


@pytest.mark.parametrize(
    ("declared", "text"),
    [("koi8-r", "Министр приехал в Пекин"), ("shift_jis", "国防相が会談した"), ("iso-8859-2", "Łódź")],
)
def test_declared_charset_is_used_if_not_utf8(declared: str, text: str) -> None:
    assert decode(text.encode(declared), declared) == text


def test_utf8_wins_over_declared_charset() -> None:
    assert decode("café – naïve".encode(), "iso-8859-1") == "café – naïve"


def test_declared_latin1_means_windows_1252() -> None:
    assert decode("it’s".encode("cp1252"), "ISO-8859-1") == "it’s"


def test_unknown_declared_charset_is_ignored() -> None:
    assert decode("it’s".encode("cp1252"), "x-unheard-of") == "it’s"


def test_encoding_of_other_scripts_is_guessed() -> None:
    russian = "Министр обороны Китая встретился в Пекине с главнокомандующим флотом. " * 4
    assert decode(russian.encode("cp1251")) == russian


def test_stray_windows_bytes_in_utf8_are_repaired() -> None:
    mixed = "“Zürich” and Łódź, ".encode() + "the café’s owner".encode("cp1252")
    assert decode(mixed) == "“Zürich” and Łódź, the café’s owner"


def test_declared_utf8_with_one_stray_byte_is_repaired() -> None:
    assert decode(b"the caf\xe9 closed", "utf-8") == "the café closed"


@pytest.mark.parametrize("cut", ["“Zürich”".encode()[:-1], "“Zürich”, caf\u00e9".encode()[:-1]])
def test_truncated_utf8_character_becomes_replacement_character(cut: bytes) -> None:
    assert decode(cut)[-1] == "\ufffd"


def test_every_byte_can_be_decoded() -> None:
    assert decode(bytes(range(1, 256)))


@pytest.mark.parametrize(
    ("page", "charset"),
    [
        (b'<html><meta charset="windows-1251">', "windows-1251"),
        (b"<META http-equiv=Content-Type content='text/html; charset=EUC-KR'>", "EUC-KR"),
        (b'<?xml version="1.0" encoding="iso-8859-15"?><html>', "iso-8859-15"),
        (b"<html><p>charset=none</p>", None),
    ],
)
def test_declared_charset(page: bytes, charset: str | None) -> None:
    assert declared_charset(page) == charset


def test_binary_data_is_not_taken_for_utf16() -> None:
    assert marked_encoding(b"\x00\x01\x02\x00\x00\x03" * 50) is None
    assert marked_encoding(b"a\x00") is None
    assert marked_encoding(b"") is None
