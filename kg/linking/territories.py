"""Write ``data/territories.tsv`` from two packages, and print where the packages differ.

    python -m kg.linking.territories RIGOUR.whl COUNTRY-CODER.tgz

RIGOUR.whl is the wheel of rigour (PyPI: ``pip download --no-deps rigour``), COUNTRY-CODER.tgz the package
@rapideditor/country-coder (npm: ``npm pack``). Both give Wikidata ids of territories. English names,
adjectives, demonyms and seats of government come from the extractor's ``lexicon/countries.tsv``.

Left out are short names that usually mean something else ("Hu", "MU"), names in other languages and scripts,
occupied lands and former republics. A kingdom is replaced by its European country (``REPLACED``), and a
region that shares its name with its chief city gets a name of its own (``RENAMED``).
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.extractor.lexicon import countries
from kg.extractor.lexicon.rows import Country
from kg.linking.names import key

OUTPUT = Path(__file__).parent / "data" / "territories.tsv"
COLUMNS = "qid label aliases people governments countries description popularity sources".split()

SHORT = frozenset("US USA UK UAE DRC DPRK PRC Mali Cuba Fiji Iran Iraq Laos Oman Peru Togo Chad".split())
"""Names of at most four letters that are not ambiguous."""

REPLACED = {"nl": "Q55", "dk": "Q35", "eh": "Q6250", "yucs": "Q36704"}
"""Wikidata ids that replace those of rigour, by its code: the European country for a kingdom, the territory
for the republic that claims it, and the last republic of a name. All are in country-coder or among the
further ids of rigour."""

LEFT_OUT = frozenset("zz ip sj eu un us-dc ua-cri ua-dpr ua-lpr ge-ab x-so zr su-".split())
"""Prefixes of codes of rigour that are skipped: those of no territory, those in other tables, those on which
the packages disagree, occupied lands, and former names."""

RENAMED = {
    "us-wa": "Washington State|State of Washington",
    "us-ny": "New York State|State of New York",
    "br-rj": "Rio de Janeiro State|State of Rio de Janeiro",
    "br-sp": "São Paulo State|State of São Paulo",
    "br-df": "Federal District of Brazil",
    "de-hb": "State of Bremen",
    "iq-kr": "Kurdistan Region|Iraqi Kurdistan",
    "au-vic": "State of Victoria",
}
"""Names of regions, by code, whose usual name means a city, a person or a larger region."""
CANTON, EMIRATE = "Canton of {}", "Emirate of {}"  # names of all regions of Switzerland and the Emirates

MANY_PLACES = frozenset("Georgetown Kingston Nassau Santiago Victoria".split()) | {"San José", "St. John's"}
"""Capitals whose name alone usually means another place, a club or a person."""

NOT_GROUPS = frozenset(
    "subcountryGroup subunion union unitedNations territory sharedLandform subterritory world".split()
)
"""Levels of country-coder that news seldom names, or whose names are those of states."""

# Popularity by type, in place of the number of sitelinks, which neither package has. Only the order counts.
STATE, CONTINENT, DEPENDENCY, REGION = 300, 200, 120, 60


@dataclass(frozen=True)
class Territory:
    """A row of the table."""

    qid: str
    label: str
    description: str
    popularity: int
    sources: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    people: tuple[str, ...] = ()  # adjectives and nouns
    governments: tuple[str, ...] = ()
    country: str = ""  # of a region

    def row(self) -> str:
        """Return the line of the table, without a line end."""
        aliases = _without(self.aliases, [self.label])
        people = _without(self.people, [self.label, *aliases])
        governments = _without(self.governments, [self.label, *aliases])
        lists = ["|".join(names) for names in (aliases, people, governments)]
        cells = [self.qid, self.label, *lists, self.country, self.description, str(self.popularity)]
        return "\t".join([*cells, ",".join(self.sources)])


def main() -> None:
    """Read the two packages, write the table, and print the differences."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("rigour", type=Path)
    parser.add_argument("country_coder", type=Path)
    arguments = parser.parse_args()
    first, second = read_rigour(arguments.rigour), read_country_coder(arguments.country_coder)
    table = sorted(territories(first, second), key=lambda one: (-one.popularity, one.label, one.qid))
    made = (
        f"# Made by kg.linking.territories from {arguments.rigour.name} and {arguments.country_coder.name}.\n"
    )
    rows = "".join(f"{one.row()}\n" for one in table)
    OUTPUT.write_text(f"{made}{chr(9).join(COLUMNS)}\n{rows}", "utf-8")
    sys.stdout.write("".join(f"{line}\n" for line in differences(first, second)))
    sys.stdout.write(f"{len(table)} territories, {OUTPUT.stat().st_size:,} bytes\n")


def read_rigour(wheel: Path) -> list[dict[str, Any]]:
    """Return the territories of rigour, which its compiled module ``_core`` holds."""
    with zipfile.ZipFile(wheel) as archive, tempfile.TemporaryDirectory() as folder:
        (core,) = (
            name
            for name in archive.namelist()
            if name.startswith("rigour/_core.") and name.endswith((".so", ".pyd"))
        )
        spec = importlib.util.spec_from_file_location("rigour._core", archive.extract(core, folder))
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        lines: list[str] = module.territories_jsonl().splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def read_country_coder(package: Path) -> list[dict[str, Any]]:
    """Return the properties of the features of country-coder."""
    with tarfile.open(package) as archive:
        borders = archive.extractfile("package/src/data/borders.json")
        assert borders is not None
        return [feature["properties"] for feature in json.load(borders)["features"]]


def differences(first: list[dict[str, Any]], second: list[dict[str, Any]]) -> Iterator[str]:
    """Yield a line for each ISO code that has different ids in the packages, or is in one package only."""
    ours = {one["code"]: one for one in first if len(one["code"]) == 2}
    theirs = {one["iso1A2"].lower(): one for one in second if "iso1A2" in one}
    for code in sorted(set(ours) | set(theirs)):
        left, right = ours.get(code), theirs.get(code)
        shown = [f"rigour {left['qid']} {left['name']}" if left else "not in rigour"]
        shown.append(
            f"country-coder {right['wikidata']} {right['nameEn']}" if right else "not in country-coder"
        )
        if left is None or right is None or left["qid"] != right["wikidata"]:
            yield f"{code}: {'; '.join(shown)}"


def territories(first: list[dict[str, Any]], second: list[dict[str, Any]]) -> list[Territory]:
    """Return the rows: the territories of rigour, then those that only country-coder has."""
    agreed = {one["wikidata"] for one in second}
    names = _lexicon()
    found = [
        _from_rigour(one, agreed, names, {each["code"]: each for each in first})
        for one in first
        if not one["code"].startswith(tuple(LEFT_OUT))
    ]
    known, labels = (
        {one.qid for one in found},
        {key(name) for one in found for name in (one.label, *one.aliases)},
    )
    for one in second:
        if one["wikidata"] not in known and key(one["nameEn"]) not in labels and _in_news(one, names):
            found.append(_from_country_coder(one, names))
            known.add(one["wikidata"])
    return found


def _from_rigour(
    one: dict[str, Any], agreed: set[str], names: dict[str, Country], by_code: dict[str, dict[str, Any]]
) -> Territory:
    qid = REPLACED.get(one["code"], one["qid"])
    have = {"rigour": {one["qid"], *one.get("other_qids", ())}, "ccoder": agreed}
    sources = tuple(name for name, qids in have.items() if qid in qids)
    parent = by_code.get(one.get("parent", ""))
    if parent is None or one.get("alpha3"):
        return _state(one, qid, sources, names)
    label, *others = _region_names(one)
    country = _label(parent, names)
    return Territory(
        qid, label, f"region of {country}", REGION, sources, tuple(_english(others)), country=country
    )


def _state(one: dict[str, Any], qid: str, sources: tuple[str, ...], names: dict[str, Country]) -> Territory:
    said = _said(one, names)
    offered = [one["name"], one["full_name"].removeprefix("The "), *one["names_strong"]]
    former = "former " if one.get("is_historical") else ""
    kind = f"{former}country" if one.get("is_country") or former else "territory"
    where = f" in {one['subregion']}" if one.get("subregion") else ""
    return Territory(
        qid,
        said.name if said else one["name"],
        f"{kind}{where}",
        STATE if one.get("is_country") else DEPENDENCY,
        sources,
        tuple(_english([*(said.aliases if said else ()), *offered])),
        (*said.adjectives, *said.demonyms) if said else (),
        tuple(_governments(said)) if said else (),
    )


def _from_country_coder(one: dict[str, Any], names: dict[str, Country]) -> Territory:
    said = names.get(key(one["nameEn"]))
    continent = one.get("level") in ("region", "subregion", "intermediateRegion")
    return Territory(
        one["wikidata"],
        one["nameEn"],
        "part of the world" if continent else "territory",
        CONTINENT if continent else REGION,
        ("ccoder",),
        tuple(_english([*(said.aliases if said else ()), *one.get("aliases", ())])),
        (*said.adjectives, *said.demonyms) if said else (),
    )


def _region_names(one: dict[str, Any]) -> list[str]:
    plain = str(one["name"]).partition(" (")[0]
    if one["code"] in RENAMED:
        return RENAMED[one["code"]].split("|")
    if one["code"].startswith("ch-"):
        return [CANTON.format(plain)]
    if one["code"].startswith("ae-"):
        return [EMIRATE.format(plain)]
    return [plain, *one["names_strong"]]


def _label(one: dict[str, Any], names: dict[str, Country]) -> str:
    said = _said(one, names)
    return said.name if said else str(one["name"])


def _said(one: dict[str, Any], names: dict[str, Country]) -> Country | None:
    """Return the row of the extractor's table for a territory, found by any of its names; else None."""
    offered = [one["name"], one["full_name"], *one["names_strong"]]
    return next((names[key(name)] for name in offered if key(name) in names), None)


def _lexicon() -> dict[str, Country]:
    """Return the countries in the extractor's table by the keys of their names, without ambiguous ones."""
    named: dict[str, Country] = {}
    for country in countries():
        if country.note != "ambiguous" or country.capital:
            for name in (country.name, *country.aliases):
                named.setdefault(key(name), country)
    return named


def _governments(said: Country) -> Iterator[str]:
    """Yield the seats that stand for the government of a state."""
    if said.note == "":
        yield from (name for name in (said.capital, *said.metonyms) if name not in {"", *MANY_PLACES})


def _english(offered: Iterable[str]) -> list[str]:
    """Return the names that an English text may use, without duplicates."""
    return list(dict.fromkeys(name for name in offered if _is_english(name)))


def _is_english(name: str) -> bool:
    """Return True for a name in Latin letters with a capital first letter that is not a code."""
    is_latin = all(ord(letter) < 0x250 or letter in "’–" for letter in name)
    is_name = name[0].isupper() and "," not in name
    is_code = (len(name) <= 4 or name.isupper()) and name.replace(".", "") not in SHORT
    return is_latin and is_name and not is_code


def _in_news(one: dict[str, Any], names: dict[str, Country]) -> bool:
    name = one["nameEn"]
    return key(name) in names or (
        len(name) > 3 and one.get("level") not in NOT_GROUPS and "Mainland" not in name
    )


def _without(names: Iterable[str], others: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(name for name in names if name not in set(others)))


if __name__ == "__main__":
    main()
