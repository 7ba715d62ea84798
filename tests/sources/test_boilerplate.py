from __future__ import annotations

import pytest

from kg.sources.boilerplate import body_end, compile_patterns, is_anywhere, is_head

PROSE = "The port of Larnholm reopened on Tuesday after a storm had closed it for three days, officials said."

TAIL = """\
About The Author
Leave a Reply
Leave a comment
3 Comments
Your email address will not be published. Required fields are marked *
Required fields are marked *
Share this:
Share on Facebook
Click to share on Twitter (Opens in new window)
Facebook Twitter WhatsApp
Read more: Ferry late again
Also read | Ferry late again
Related articles
More from Jane Doe
You may also like
Subscribe to our newsletter
Sign up for our daily newsletter to get news in your inbox.
ADVERTISEMENT
All rights reserved.
© 2023 The Larnholm Courier
Copyright 2023 The Larnholm Courier. All rights reserved. May not be republished without permission.
Follow us on Twitter
Follow Jane Doe on Twitter @janedoe
Tags: port, storm
Filed under: News
#port #storm
Photo: Jane Doe/The Courier
Image credit: Getty Images
(Reporting by Jane Doe in Larnholm; editing by John Roe)
Reporting by Jane Doe; Editing by John Roe and Ann Poe
Additional reporting by Jane Doe
Jane Doe in Paris and John Roe contributed to this report.
With inputs from agencies
jd/rs/ap
This article was originally published on Courier.example.
Our Standards: The Thomson Reuters Trust Principles.
Editor's note: the second paragraph was changed.
Previous article: Ferry late
Back to top
Terms of Use | Privacy Policy
jane.doe@courier.example
https://courier.example/port
***
-30-""".splitlines()

REAL = """\
Reporting by state media could not be verified.
The report was published on Monday by the United Nations.
The author is expected in court on Friday.
The article was first published in 1926.
Next week, the two leaders meet in Geneva.
Previous talks failed.
Support for the prime minister is growing now.
Share prices fell sharply on Tuesday.
The list may not be published until Friday, officials said.
Related charges were dropped.
Advertisement spending fell by a third.
Follow the advice on vaccines, doctors say.
“Join us or leave,” he said.
Comments by the minister were not welcome.
More than 40 people died.
Photographs showed the damage.
Contact was lost at 10:15.
Edited volumes sold badly.
The views expressed by the minister were denounced.
Read the statement aloud, the judge told her.
Return to the table, the mediators urged both sides.
Listen to the people, the crowd shouted.
She reads more than he does.
Source: close to the ministry, and trusted by it.""".splitlines()


@pytest.mark.parametrize("line", TAIL)
def test_tail_line_is_removed(line: str) -> None:
    assert body_end([PROSE, "", PROSE, "", line, ""]) == 3


@pytest.mark.parametrize("line", REAL)
def test_last_paragraph_of_prose_is_kept(line: str) -> None:
    assert body_end([PROSE, "", PROSE, "", line]) == 5


@pytest.mark.parametrize("line", REAL)
def test_first_paragraph_of_prose_is_kept(line: str) -> None:
    assert not is_head(line)
    assert not is_anywhere(line)


@pytest.mark.parametrize(
    "line",
    [
        "Skip to content",
        "Home > News > World",
        "3 min read",
        "Share",
        "Listen to this article",
        "Advertisement",
    ],
)
def test_head_line_is_boilerplate(line: str) -> None:
    assert is_head(line)


@pytest.mark.parametrize(
    "line", ["Advertisement", "Story continues below", "Read more: Ferry late", "Share this"]
)
def test_line_is_boilerplate_anywhere(line: str) -> None:
    assert is_anywhere(line)


def test_tail_of_several_lines_is_removed() -> None:
    lines = [
        PROSE,
        "",
        PROSE,
        "",
        "Share this:",
        "",
        "Tags: port",
        "",
        "© The Courier",
        "All rights reserved.",
        "",
    ]
    assert body_end(lines) == 3


def test_cut_heading_removes_what_follows() -> None:
    biography = (
        "Jane Doe has written on the sea and its people since 2009. She lives in Larnholm with two cats."
    )
    assert body_end([PROSE, PROSE, PROSE, "", "About the author", "", biography, "", "Ferry late"]) == 3


def test_cut_heading_does_not_remove_long_text() -> None:
    assert body_end([PROSE, "", "Comments", "", PROSE, "", PROSE]) == 7
    assert body_end([PROSE] * 40 + ["Related stories", *([PROSE] * 8)]) == 49


def test_boilerplate_within_the_body_does_not_end_it() -> None:
    assert body_end([PROSE, "Share this:", PROSE]) == 3


def test_patterns_match_in_linear_time() -> None:
    """A pattern that can divide the initials in several ways would backtrack exponentially."""
    assert body_end([PROSE, "Reporting by " + "A." * 150 + "!"]) == 2


def test_text_of_boilerplate_only() -> None:
    assert body_end(["Leave a Reply", "Share this:"]) in (0, 1)
    assert body_end([]) == 0


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("^a$\ttail", "boilerplate.tsv:2: 2 columns"),
        ("^a$\tmiddle\tnote", "boilerplate.tsv:2: where: 'middle'"),
        ("a\ttail\tnote", "boilerplate.tsv:2: pattern must match the whole line"),
        ("^(a$\ttail\tnote", "boilerplate.tsv:2: pattern: missing"),
    ],
)
def test_invalid_row_error_names_the_line(row: str, message: str) -> None:
    with pytest.raises(ValueError, match=message.replace("(", r"\(")):
        compile_patterns(["pattern\twhere\tnote", row])
