from __future__ import annotations

import os
from pathlib import Path

import pytest

from kg.errors import SourceNotFound
from kg.sources import Location, find_locations
from kg.sources.locations import known_suffix


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in (
        "news/b.txt", "news/a.jsonl.gz", "news/deep/er/c.HTML", "news/.hidden.txt", "news/.git/d.txt",
        "news/picture.png", "news/notes.dat", "empty/picture.png", "one[1].txt",
    ):  # fmt: skip
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("text")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def origins(*specs: str) -> list[str]:
    return [location.origin for location in find_locations(specs)]


def test_a_file() -> None:
    assert find_locations([__file__]) == [
        Location(__file__, Path(__file__), size=Path(__file__).stat().st_size)
    ]


@pytest.mark.usefixtures("folder")
class TestInAFolder:
    def test_a_folder_gives_its_readable_files_in_order(self) -> None:
        assert origins("news") == ["news/a.jsonl.gz", "news/b.txt", "news/deep/er/c.HTML"]
        assert {location.spec for location in find_locations(["news"])} == {"news"}

    def test_patterns(self) -> None:
        assert origins("news/*.txt") == ["news/b.txt"]
        assert origins("news/**/*.HTML") == ["news/deep/er/c.HTML"]
        assert origins("n*s/[ab].*") == ["news/a.jsonl.gz", "news/b.txt"]
        assert origins("*/deep") == ["news/deep/er/c.HTML"]

    def test_a_pattern_names_its_files_whatever_their_suffix(self) -> None:
        assert origins("news/*.dat") == ["news/notes.dat"]

    def test_a_file_whose_name_looks_like_a_pattern(self) -> None:
        assert origins("one[1].txt") == ["one[1].txt"]

    def test_items_are_unique_and_in_the_order_given(self) -> None:
        assert origins(
            "news/deep", "news", "news/b.txt", str(Path("news/b.txt").resolve()), "./news/*.txt", "-", "-"
        ) == [
            "news/deep/er/c.HTML",
            "news/a.jsonl.gz",
            "news/b.txt",
            "standard input",
        ]

    def test_symbolic_links_to_files_are_followed_to_folders_not(self, folder: Path) -> None:
        (folder / "links").mkdir()
        (folder / "links/up").symlink_to(folder)
        (folder / "links/b.txt").symlink_to(folder / "news/b.txt")
        assert origins("links") == ["links/b.txt"]
        assert origins("links", "news/b.txt") == ["links/b.txt"]

    @pytest.mark.parametrize(
        ("spec", "message"),
        [
            ("news/c.txt", "news/c.txt: no such file or folder; did you mean news/b.txt?"),
            ("nws", "nws: no such file or folder; did you mean news?"),
            ("xyzzy", "xyzzy: no such file or folder"),
            ("old/b.txt", "old/b.txt: no such file or folder (there is no folder old)"),
            ("news/*.pdf", "news/*.pdf: no file matches this pattern"),
            ("ftp://a.example/b", "ftp://a.example/b: only http and https addresses are read"),
            ("", "an empty name was given as a source; name a file, a folder, an address or -"),
            (
                "empty",
                "empty: no file in this folder can be read; known suffixes are .txt, .md, .html, .htm, "
                ".json, .jsonl, .ndjson, each also with .gz",
            ),
        ],
    )
    def test_missing_source_error(self, spec: str, message: str) -> None:
        with pytest.raises(SourceNotFound) as caught:
            find_locations(["news", spec])
        assert str(caught.value) == message

    def test_folder_that_cannot_be_listed_is_reported(self, folder: Path) -> None:
        from kg.config import Config
        from kg.sources import read_location

        def read() -> list[object]:
            return [
                result
                for location in find_locations(["news"])
                for result in read_location(location, Config())
            ]

        read()  # what is imported on the way may be closed to the other user, too
        (folder / "news/closed").mkdir()
        (folder / "news/closed").chmod(0)
        folder.chmod(0o755)
        try:
            if as_root := os.geteuid() == 0:
                folder.parent.chmod(0o755)
                folder.parent.parent.chmod(0o755)
                os.seteuid(65534)
            results = read()
        finally:
            if as_root:
                os.seteuid(0)
            (folder / "news/closed").chmod(0o755)
        assert "news/closed: cannot be read: " in str([str(result) for result in results])


def test_addresses() -> None:
    url = "https://courier.example/port"
    assert find_locations([url]) == [Location(url, url=url)]


@pytest.mark.parametrize(
    ("name", "suffix"),
    [
        ("a.txt", ".txt"),
        ("A.TXT.GZ", ".txt.gz"),
        ("a.b.html", ".html"),
        ("a.gz", None),
        ("txt", None),
        ("a.pdf", None),
    ],
)
def test_known_suffix(name: str, suffix: str | None) -> None:
    assert known_suffix(Path(name)) == suffix
