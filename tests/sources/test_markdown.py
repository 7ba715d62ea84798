from __future__ import annotations

import datetime as dt
from pathlib import Path

from kg.errors import NoArticle
from tests.sources.samples import article, error, read_bytes

PAGE = """\
---
title: "Not this one"
date: 2023-07-04T10:15:00Z
author: [Jane Doe, 'John Roe']
url: https://courier.example/port
tags:
  - port
---

# Port of **Larnholm** reopens

The port [reopened](https://courier.example/x) on *Tuesday*, the
harbour master said &ndash; after `three` days. <b>Ferries</b> sail again.

![a ferry](ferry.jpg)

## What is next

> “We have checked every quay,” he said.

- The council meets.
- The wall is raised.

<div>advertisement</div>

```
code
```
"""


def test_markup_is_removed(tmp_path: Path) -> None:
    found = article(read_bytes(tmp_path, "a.md", PAGE))
    assert found.title == "Port of Larnholm reopens"
    assert found.text.split("\n\n") == [
        "Port of Larnholm reopens",
        "The port reopened on Tuesday, the\nharbour master said – after three days. Ferries sail again.",
        "What is next",
        "“We have checked every quay,” he said.",
        "The council meets.",
        "The wall is raised.",
    ]


def test_front_matter_is_metadata(tmp_path: Path) -> None:
    found = article(read_bytes(tmp_path, "a.md", PAGE))
    assert found.published == dt.datetime(2023, 7, 4, 10, 15, tzinfo=dt.UTC)
    assert found.authors == ("Jane Doe", "John Roe")
    assert found.url == "https://courier.example/port"


def test_title_of_the_front_matter_where_there_is_no_heading(tmp_path: Path) -> None:
    text = "---\ntitle: 'Port: what now'\nauthors:\n- Jane Doe\n- John Roe\n---\nIt does so on Tuesday.\n"
    found = article(read_bytes(tmp_path, "a.md", text))
    assert (found.title, found.text) == (
        "Port: what now",
        "Port: what now\n\nIt does so on Tuesday.",
    )
    assert found.authors == ("Jane Doe", "John Roe")


def test_a_heading_below_other_text_still_comes_first(tmp_path: Path) -> None:
    found = article(read_bytes(tmp_path, "a.md", "World news\n\n# Port reopens\n\nIt does so on Tuesday.\n"))
    assert found.text == "Port reopens\n\nWorld news\n\nIt does so on Tuesday."


def test_plain_text_with_markdown_suffix(tmp_path: Path) -> None:
    found = article(read_bytes(tmp_path, "a.md", "Port reopens\n\nBy Jane Doe\n\nIt does so on Tuesday.\n"))
    assert (found.title, found.authors) == ("Port reopens", ("Jane Doe",))


def test_a_rule_at_the_top_is_not_front_matter(tmp_path: Path) -> None:
    assert (
        article(read_bytes(tmp_path, "a.md", "---\n\nIt reopens on Tuesday.\n")).text
        == "It reopens on Tuesday."
    )


def test_heading_without_text_is_refused(tmp_path: Path) -> None:
    assert error(read_bytes(tmp_path, "a.md", "# Port reopens\n"), NoArticle)
