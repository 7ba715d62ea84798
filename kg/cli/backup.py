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
    """Copy a consistent state of the store into a new folder. Other programs may read the store meanwhile.

    The copy is a complete store: to restore it, use it with --store, or move it to the place of the lost one.
    A served store is copied by its server, which needs the token, into the folder given to kg serve as
    --backups.

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
