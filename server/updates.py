"""``/update``: from the request to the process that writes."""

from __future__ import annotations

import asyncio

from server import responding
from server.front import Backend
from server.lexer import is_deeper, uses
from server.loading import with_documents
from server.protocol import Ordered, check_iri, read_update
from server.refusal import Refusal
from server.responding import Receive, Scope, Send, header
from server.rewriting import with_dataset
from server.writer import Update

_DEEPEST = 200
"""Brackets within each other in an update. The engine goes into each by a call of its own, and the process
that writes must not run out of stack; queries are the business of processes that may end."""


class Updates:
    """Makes updates."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Make an update at ``/update``: SPARQL 1.1 Protocol, section 2.2.

        Raises:
            KgError: nothing was written.
        """
        if scope["method"] != "POST":
            raise Refusal(405, "POST an update", {"Allow": "POST, OPTIONS"})
        responding.authorise(scope, self._backend.settings.token)
        body = await responding.body_of(receive, scope, self._backend.settings.max_body, "--max-body")
        ordered = read_update(scope["query_string"], header(scope, b"content-type") or "", body)
        scope["communique.sparql"] = ordered.update
        limits = self._backend.settings
        loaded = await asyncio.to_thread(
            with_documents,
            checked(ordered, may_load=True),
            limits.loads,
            limits.service_timeout,
            limits.max_body,
        )
        await self._backend.write(Update(loaded))
        await responding.respond(send, 204, [])


def checked(ordered: Ordered, may_load: bool = False) -> str:
    """Return the update with the dataset of its request.

    Args:
        ordered: the update.
        may_load: whether LOAD is let through, because ``loading.with_documents`` comes after.

    Raises:
        Refusal: 403, it would call other machines; 400, it names a dataset itself, or is nested too deeply.
    """
    if is_deeper(ordered.update, _DEEPEST):
        raise Refusal(400, f"the update has more than {_DEEPEST} brackets within each other")
    for keyword in ("SERVICE",) if may_load else ("SERVICE", "LOAD"):
        if uses(ordered.update, keyword):
            raise Refusal(
                403,
                f"{keyword} would call another machine; fetch the data yourself and send it to /store "
                "(a prefix may not be called so, either)",
            )
    if not (ordered.default_graphs or ordered.named_graphs):
        return ordered.update
    for iri in (*ordered.default_graphs, *ordered.named_graphs):
        check_iri(iri, "using-graph-uri")
    update = with_dataset(ordered.update, ordered.default_graphs, ordered.named_graphs)
    if update is None:
        raise Refusal(400, "using-graph-uri: the update itself says USING or WITH; say it in one place")
    return update
