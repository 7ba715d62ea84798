from __future__ import annotations

import subprocess
import sys

import pytest

from kg.sources.language import foreign_language, language_names
from tests.sources.samples import TEXT

OTHERS = {
    "French (fr)": "Le port a rouvert mardi après une tempête qui l’avait fermé pendant trois jours, a "
    "indiqué la mairie. Les pêcheurs demandent depuis longtemps que la digue soit relevée de deux mètres.",
    "German (de)": "Der Hafen wurde am Dienstag nach einem Sturm wieder geöffnet, der ihn drei Tage lang "
    "geschlossen hatte. Der Rat schlug vor, die Mauer um zwei Meter zu erhöhen, sagte der Hafenmeister.",
    "Dutch (nl)": "De haven ging dinsdag weer open nadat een storm hem drie dagen had gesloten, zei de "
    "havenmeester. De raad stelde voor de muur twee meter hoger te maken en de vissers zijn het eens.",
    "Russian (ru)": "Порт вновь открылся во вторник после шторма, из-за которого он был закрыт три дня, "
    "сообщили в мэрии. Совет предложил поднять стену на два метра, как давно просили рыбаки города.",
    "Chinese (zh)": "市政府表示,港口因风暴关闭三天后于周二重新开放。"
    "议会提议将海堤加高两米,渔民多年来一直要求这样做。",
}


@pytest.mark.parametrize(("name", "text"), OTHERS.items())
def test_foreign_language_is_named(name: str, text: str) -> None:
    assert foreign_language(text) == name


@pytest.mark.parametrize("declared", [None, "en", "en-GB", "fr"])
def test_declared_language_is_ignored_for_long_english_text(declared: str | None) -> None:
    assert foreign_language(TEXT, declared) is None


@pytest.mark.parametrize(
    "text",
    [
        "RESULTS\n\nEriksen beat Lindqvist 6-1 6-2\nDoe beat Roe 7-6 6-4\nPoe beat Moe 6-0 6-0\n"
        "Smith drew Jones 3-3\nLarnholm won away, United lost again at home",
        "Trade Minister Andriy Kovalenko, Prime Minister Lars Løkke and EU Commissioner Margrethe Jensen "
        "meet at Larnholm Castle, Denmark, Tuesday, July 4, 2023, before talks on grain.",
    ],
)
def test_english_lists_of_names_and_numbers_are_accepted(text: str) -> None:
    assert foreign_language(text) is None


@pytest.mark.parametrize(
    ("declared", "found"),
    [
        (None, None), ("en_US", None), ("English", None), ("", None),
        ("fr", "French (fr)"), ("FR-ca", "French (fr)"),         ("french", "french"), ("quatsch", None),
    ],
)  # fmt: skip
def test_short_text_has_its_declared_language(declared: str | None, found: str | None) -> None:
    assert foreign_language("Port ferme après tempête.", declared) == found


def test_every_language_of_the_detector_has_a_name() -> None:
    from kg.sources.language import _identifier

    assert set(_identifier().labels) <= set(language_names())


def test_plain_english_does_not_load_the_detector() -> None:
    code = (
        "import sys; from kg.sources.language import foreign_language; "
        f"assert foreign_language({TEXT!r}) is None; assert 'py3langid' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
