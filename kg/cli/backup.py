"""``kg backup``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.options import ConfigOption, StoreOption, settings


def backup(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="New folder; of a served store, a name in its --backups.")
    ],
    store: StoreOption = None,
    config: ConfigOption = None,
) -> None:
    """Copy the store, as it is at one moment, into a new folder; other programs may read it meanwhile.

    The copy is a store like any other: to restore it, name it with --store, or put it in the place of the
    lost one. A store that is served with a token is copied by its server, into the folder that kg serve was
    given as --backups.

    \b
    kg backup backups/monday
    KG_TOKEN=... kg backup monday --store http://127.0.0.1:8000
    """
    from kg.store.backup import back_up
    from kg.store.opening import open_store
    from kg.store.remote.store import RemoteStore

    chosen = settings(config, store)
    with open_store(chosen.store, chosen) as opened:
        if isinstance(opened, RemoteStore):
            typer.echo(opened.back_up(str(folder)))
        else:
            back_up(opened, folder)
            typer.echo(folder)
