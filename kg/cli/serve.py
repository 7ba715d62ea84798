"""``kg serve``."""

from __future__ import annotations

import dataclasses
import logging
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.options import BaseOption, ConfigOption, settings
from kg.errors import UsageError

_SPARQL, _LIMITS, _LOGS = "SPARQL", "Limits", "Logs"


def serve(
    store: Annotated[
        str | None,
        typer.Option(
            "--store",
            metavar="DIR",
            help="Folder of the store. [KG_STORE; default: ./store]",
            show_default=False,
        ),
    ] = None,
    host: Annotated[str, typer.Option("--host", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Port; 0 takes a free one.")] = 8000,
    token: Annotated[
        str | None,
        typer.Option(
            "--token",
            envvar="KG_TOKEN",
            metavar="WORD",
            help="What clients need for writing; better given as KG_TOKEN. Without it, nobody writes.",
            show_default=False,
            show_envvar=False,
        ),
    ] = None,
    memory: Annotated[
        str,
        typer.Option(
            "--memory",
            metavar="auto|on|off",
            help="Read from a copy in memory: 0.5 kB a triple, and half of that at most in each process.",
        ),
    ] = "auto",
    memory_limit: Annotated[
        int,
        typer.Option(
            "--memory-limit",
            metavar="MB",
            min=0,
            help="For that copy in all processes. [default: three quarters of what is free]",
            show_default=False,
        ),
    ] = 0,
    fronts: Annotated[int, typer.Option("--fronts", min=1, help="Processes that speak HTTP.")] = 2,
    workers: Annotated[
        int, typer.Option("--workers", min=1, help="Processes for long queries, per front.")
    ] = 2,
    waiting: Annotated[
        int, typer.Option("--waiting", min=1, help="Queries that may wait for one of them.")
    ] = 64,
    timeout: Annotated[
        float, typer.Option("--timeout", metavar="SECONDS", help="After which a query is stopped.")
    ] = 30.0,
    update_timeout: Annotated[
        float, typer.Option("--update-timeout", metavar="SECONDS", help="After which an update is stopped.")
    ] = 300.0,
    query_memory: Annotated[int, typer.Option("--query-memory", metavar="MB", help="For one query.")] = 2000,
    max_query: Annotated[int, typer.Option("--max-query", metavar="BYTES", help="Of a query.")] = 1_000_000,
    max_body: Annotated[
        int, typer.Option("--max-body", metavar="BYTES", help="Of an update or upload.")
    ] = 100_000_000,
    max_answer: Annotated[
        int, typer.Option("--max-answer", metavar="BYTES", help="Of an answer.")
    ] = 2_000_000_000,
    cache: Annotated[
        int,
        typer.Option(
            "--cache", metavar="BYTES", min=0, help="Of answers kept until the graph changes, per front."
        ),
    ] = 64_000_000,
    service: Annotated[
        list[str] | None,
        typer.Option(
            "--service",
            metavar="IRI",
            help="Endpoint that SERVICE may call. [repeatable; default: none]",
            show_default=False,
        ),
    ] = None,
    load: Annotated[
        list[str] | None,
        typer.Option(
            "--load",
            metavar="IRI",
            help="What LOAD may fetch; all below it if it ends with a slash. [repeatable; default: none]",
            show_default=False,
        ),
    ] = None,
    service_timeout: Annotated[
        float, typer.Option("--service-timeout", metavar="SECONDS", help="For each call by either.")
    ] = 10.0,
    union: Annotated[
        bool,
        typer.Option(
            "--union/--no-union", help="Whether the default graph of a query is the union of all graphs."
        ),
    ] = True,
    renew: Annotated[
        int,
        typer.Option(
            "--renew",
            metavar="MB",
            min=0,
            help="Memory that a process may gain by writes until another takes its place. "
            "[default: half of what it has, at least 100]",
            show_default=False,
        ),
    ] = 0,
    backups: Annotated[
        Path | None,
        typer.Option(
            "--backups",
            metavar="DIR",
            help="Folder for copies that kg backup asks for. [default: none are made]",
            show_default=False,
        ),
    ] = None,
    access_log: Annotated[
        str | None,
        typer.Option(
            "--access-log", metavar="FILE", help="A line of JSON for each request; - is standard error."
        ),
    ] = None,
    slow: Annotated[
        float, typer.Option("--slow", metavar="SECONDS", help="After which a request is logged in any case.")
    ] = 5.0,
    config: ConfigOption = None,
    base: BaseOption = None,
) -> None:
    """Serve the graph: SPARQL, the Graph Store Protocol, named questions.

    /sparql answers queries and describes itself, /queries lists the named questions, /ontology and
    /.well-known/void tell what is there; with a token, /update and /store take writes. Only this machine can
    connect unless --host says otherwise. A store that is served with a token cannot be built on beside it.

    \b
    kg serve --store store --port 8000
    curl 'http://127.0.0.1:8000/sparql' --data-urlencode 'query=SELECT * { ?s ?p ?o } LIMIT 3'
    KG_TOKEN=... kg serve
    curl 'http://127.0.0.1:8000/update' -H "Authorization: Bearer $KG_TOKEN" \\
         --data-urlencode 'update=INSERT DATA { ... }'
    """
    given = {name: value for name, value in locals().items() if name in _settings()}
    chosen = settings(config, store, base)
    if not isinstance(chosen.store, Path):
        raise UsageError(f"--store: {chosen.store} is served already; name a folder")
    from server.allocator import preload

    preload()
    from server.settings import Settings
    from server.supervisor import Supervisor

    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    Supervisor(
        Settings(
            **given | {"store": chosen.store, "services": tuple(service or ()), "loads": tuple(load or ())}
        )
    ).run()


def _settings() -> set[str]:
    from server.settings import Settings

    return {field.name for field in dataclasses.fields(Settings)}
