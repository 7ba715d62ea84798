"""``kg serve``."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli.options import BaseOption, ConfigOption, StoreOption, settings


def serve(
    store: StoreOption = None,
    host: Annotated[str, typer.Option("--host", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Port to listen on.")] = 8000,
    config: ConfigOption = None,
    base: BaseOption = None,
) -> None:
    """Serve the graph as a SPARQL endpoint, for reading.

    The endpoint is /sparql (SPARQL 1.1 Protocol, queries only), the named questions are at /queries, and
    /docs describes it all. The store cannot be built on while it is served. It is meant for this machine and
    for friends: a query has no time limit.

    \b
    kg serve --store store --port 8000
    curl 'http://127.0.0.1:8000/sparql' --data-urlencode 'query=SELECT * { ?s ?p ?o } LIMIT 3'
    """
    import uvicorn

    from server.app import create_app

    chosen = settings(config, store, base)
    app = create_app(chosen.store, base)
    typer.echo(f"the graph in {chosen.store} is served at http://{host}:{port}/sparql", err=True)
    uvicorn.run(app, host=host, port=port, log_level="warning")
