"""``POST /backup``: a copy of the store into the folder that the operator has named for copies."""

from __future__ import annotations

import datetime as dt
import re
from urllib.parse import parse_qsl

from server import responding
from server.front import Backend
from server.refusal import Refusal
from server.responding import Receive, Scope, Send, header
from server.writer import Backup

PATH = "/backup"
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,99}")
_MOST = 10_000  # bytes of a request


class Backups:
    """Makes copies for those who have the token; never elsewhere than in the one folder."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request: ``name`` in the address or a form, by default the time.

        Raises:
            KgError: it is refused, or the copy cannot be made.
        """
        if scope["method"] != "POST":
            raise Refusal(405, "one of POST, OPTIONS", {"Allow": "POST, OPTIONS"})
        responding.authorise(scope, self._backend.settings.token)
        folder = self._backend.settings.backups
        if folder is None:
            raise Refusal(403, "no backups are made; start the server with --backups DIR")
        kind = header(scope, b"content-type")
        if kind is not None and "urlencoded" not in kind:
            raise Refusal(415, "Content-Type: the name is sent as application/x-www-form-urlencoded")
        body = await responding.body_of(receive, scope, _MOST)
        name = _name(scope["query_string"], body) or dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H%M%SZ")
        if not _NAME.fullmatch(name):
            raise Refusal(400, f"name: {name!r} must be the name of a folder: letters, digits, dots, hyphens")
        if (folder / name).exists():
            raise Refusal(409, f"name: {name} is there already; give another name")
        made = await self._backend.write(Backup(str(folder.resolve() / name)))
        await responding.respond(
            send, 201, [(b"content-type", b"text/plain; charset=utf-8")], f"{made}\n".encode()
        )


def _name(query_string: bytes, body: bytes) -> str | None:
    """The name that is given in the address or in the form; None if there is none."""
    given = parse_qsl(f"{query_string.decode('latin-1')}&{body.decode('utf-8', 'replace')}")
    names = [value for name, value in given if name == "name"]
    if len(names) > 1:
        raise Refusal(400, f"name: give it once; it was given {len(names)} times")
    return names[0] if names else None
