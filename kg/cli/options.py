"""The options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.config import Config, load_config

StoreOption = Annotated[
    str | None,
    typer.Option(
        "--store",
        metavar="DIR|URL",
        help="Folder of the store, or address of one that is served. [KG_STORE; default: ./store]",
        show_default=False,
    ),
]
ConfigOption = Annotated[
    Path | None,
    typer.Option(
        "--config", metavar="FILE", help="TOML file with settings; see the documentation.", show_default=False
    ),
]
BaseOption = Annotated[
    str | None,
    typer.Option(
        "--base",
        metavar="IRI",
        help="Base IRI of the data; a store keeps the one it was made with. [KG_BASE]",
        show_default=False,
    ),
]
ModelOption = Annotated[
    str | None,
    typer.Option(
        "--model",
        metavar="NAME",
        help="spaCy pipeline, a package or a folder. [KG_MODEL; default: en_core_web_sm]",
        show_default=False,
    ),
]
WorkersOption = Annotated[
    int | None,
    typer.Option(
        "--workers",
        metavar="N",
        min=1,
        help="Number of processes that extract. [KG_WORKERS; default: 1]",
        show_default=False,
    ),
]
PacksOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--pack",
        metavar="FILE",
        help="Knowledge base to link with, beside the embedded one; repeatable. [KG_PACKS]",
        show_default=False,
    ),
]
LinkOption = Annotated[
    str | None,
    typer.Option(
        "--link",
        metavar="MODE",
        help="Link names to Wikidata: no, offline, or live. [KG_LINK; default: offline]",
        show_default=False,
    ),
]
ContactOption = Annotated[
    str | None,
    typer.Option(
        "--contact",
        metavar="ADDRESS",
        help="Your mail address or page, for the User-Agent that services ask for. [KG_CONTACT]",
        show_default=False,
    ),
]
ReconcileOption = Annotated[
    str | None,
    typer.Option(
        "--reconcile",
        metavar="URL",
        help="Reconciliation service over Wikidata to ask as well. [KG_RECONCILE_URL]",
        show_default=False,
    ),
]
OutputOption = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write to FILE, which is replaced only on success. [default: standard output]",
        show_default=False,
    ),
]


def settings(
    config: Path | None,
    store: str | None = None,
    base: str | None = None,
    model: str | None = None,
    workers: int | None = None,
    packs: list[Path] | None = None,
    link: str | None = None,
    contact: str | None = None,
    reconcile: str | None = None,
) -> Config:
    """Return the settings: the command line overrides the environment, that the file, that the defaults."""
    given = tuple(packs) if packs else None
    return load_config(
        config,
        store=store,
        base=base,
        model=model,
        workers=workers,
        packs=given,
        link=link,
        contact=contact,
        reconcile_url=reconcile,
    )
