"""The application: which path is answered by what, and how errors become statuses.

What has to be fast is plain ASGI; FastAPI has the routes for people and programs beside it, and describes
them.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Awaitable, Callable, MutableMapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, PlainTextResponse, Response

from kg.errors import KgError
from kg.query.questions import Parameter, Question, bind, get_question, list_questions
from server import responding
from server.accesslog import AccessLog, Entry
from server.answering import Job
from server.backups import PATH as BACKUP
from server.backups import Backups
from server.cache import Kept
from server.compression import coding_for
from server.description import ontology, void
from server.front import Backend
from server.gauges import gauges
from server.graphs import PATH as STORE
from server.graphs import GraphStore
from server.linked import Linked
from server.negotiation import ROWS
from server.openapi import SECURITY, plain_routes
from server.page import pages
from server.page.rendering import BUILT, FILES, SAFETY, file, is_built
from server.protocol import Asked
from server.reconcile import PATH as RECONCILE
from server.reconcile import Reconcile
from server.refusal import Refusal, as_refusal
from server.responding import CORS, Receive, Rendering, Scope, Send, header, is_among
from server.sparql import Endpoint, Pending
from server.updates import Updates

if TYPE_CHECKING:
    from server.connection import Connection
    from server.heads import Head

_EVERY = "GET, HEAD, POST, PUT, DELETE, PATCH, OPTIONS"
_ALLOWED = {
    "/sparql": "GET, HEAD, POST, OPTIONS",
    "/update": "POST, OPTIONS",
    STORE: _EVERY,
    BACKUP: "POST, OPTIONS",
    RECONCILE: "GET, HEAD, POST, OPTIONS",
}
"""Methods of what can do more than be read, by path."""


def _preflight(path: str) -> list[tuple[bytes, bytes]]:
    place = STORE if path.startswith(STORE + "/") else path.rstrip("/")
    allowed = _ALLOWED.get(place, "GET, HEAD, OPTIONS").encode("ascii")
    return [
        (b"access-control-allow-methods", _EVERY.encode("ascii")),  # what may be asked; what is done is Allow
        (b"access-control-allow-headers", b"Accept, Authorization, Content-Type, If-Match, If-None-Match"),
        (b"access-control-max-age", b"86400"),
        (b"allow", allowed),
    ]


STATIC = "/static/"
_WITH_METHODS = {"/sparql", "/update", BACKUP}
"""Routes that see to methods themselves."""

Route = Callable[[Scope, Receive, Send], Awaitable[None]]
_FORMATS = sorted(ROWS.values())  # the questions ask for rows


class App:
    """Takes every request."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self._log = AccessLog(backend.settings, backend.metrics)
        self._endpoint = endpoint = Endpoint(backend)
        self._graphs = GraphStore(backend, endpoint)
        self._routes: dict[str, Route] = {
            "/sparql": endpoint.query,
            "/update": Updates(backend),
            "/": self._home,
            "/ontology": self._ontology,
            "/.well-known/void": self._void,
            BACKUP: Backups(backend),
        }
        self._linked = Linked(backend, endpoint)
        self._reconcile = Reconcile(backend)
        self._rest = _with_fastapi(backend, endpoint)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        entry = self._log.entry(scope, time.monotonic())
        watched = entry.watching(send)
        await self._logged(entry, self._answer(scope, receive, watched), receive, watched)

    def at_once(self, query_string: bytes, head: Head, client: Connection) -> bytes | Pending | None:
        """Return the response to a GET at ``/sparql`` if nothing has to be waited for; else, what
        :meth:`later` takes; or None, if it is not as it should be.

        Args:
            query_string: as it came, without the question mark.
            head: of the request.
            client: who has sent it.
        """
        if head.forwarded and self._log.names_clients:
            return None  # uvicorn finds out whose request it is
        began = time.monotonic()
        try:
            found = self._endpoint.at_once(query_string, head, client.transport)
        except Exception:  # the usual way meets it again, and says it
            return None
        if isinstance(found, Pending):
            return found
        seconds = time.monotonic() - began
        if self._log.count("/sparql", found.status, len(found.body), seconds):
            entry = self._log.entry(client.plain_scope(query_string), began)
            self._log.write(entry.of(found), seconds)
        return found.rendered(client.server_state.default_headers)

    async def later(
        self,
        pending: Pending,
        coding: str | None,
        finish: Callable[[Rendering], None],
        scope: Scope,
        receive: Receive,
        send: Send,
    ) -> None:
        """Answer what could not be answered at once.

        Args:
            pending: from :meth:`at_once`.
            coding: in which the client takes the answer.
            finish: sends a whole response.
            scope: of ASGI, as the next two.
            receive: tells when the client goes away.
            send: takes a response piece by piece.
        """
        entry = self._log.entry(scope, time.monotonic())
        watched = entry.watching(send)

        async def answer() -> None:
            ready = await self._endpoint.later(pending, coding, scope, receive, watched)
            if ready is not None:
                entry.of(ready)
                finish(ready.rendered)

        await self._logged(entry, answer(), receive, watched)

    async def _logged(self, entry: Entry, answering: Awaitable[None], receive: Receive, send: Send) -> None:
        try:
            await answering
        except KgError as error:
            if entry.status:  # what was sent cannot be taken back
                entry.cut = str(error)
                await responding.break_off(entry.scope, receive)
            else:
                await responding.refuse(send, as_refusal(error))
        finally:
            self._log.end(entry, time.monotonic())

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        path: str = scope["path"]
        route = self._routes.get(path) or self._routes.get(path.removesuffix("/"))
        if scope["method"] == "OPTIONS":
            await responding.respond(send, 204, _preflight(path))
        elif route is not None:
            _check_method(scope)
            await route(scope, receive, send)
        elif path == STORE or path.startswith(STORE + "/"):
            await self._graphs(scope, receive, send)
        elif path == RECONCILE or path.startswith(RECONCILE + "/"):
            await self._reconcile(scope, receive, send)
        elif self._linked.has(path):
            await self._linked(scope, receive, send)
        elif path.startswith(STATIC):
            _check_method(scope)
            await self._static(scope, receive, send)
        else:
            # Where there is a GET, there is a HEAD; the body is left out on the way to the client.
            asked = {**scope, "method": "GET"} if scope["method"] == "HEAD" else scope
            await self._rest(asked, receive, _for_any_origin(send))

    async def _static(self, scope: Scope, _receive: Receive, send: Send) -> None:
        name = scope["path"].removeprefix(STATIC)
        if name not in FILES or (name in BUILT and not is_built()):
            raise Refusal(404, f"there is no {scope['path']}")
        etag, kept = _static_file(name, self._backend.base)
        headers = [(b"etag", etag), (b"cache-control", b"no-cache"), (b"vary", b"Accept-Encoding")]
        if is_among(etag, header(scope, b"if-none-match") or ""):
            await responding.respond(send, 304, headers)
            return
        coding, sent = kept.sent(coding_for(header(scope, b"accept-encoding")))
        if coding is not None:
            headers.append((b"content-encoding", coding.encode("ascii")))
        headers += [(b"content-type", FILES[name]), *SAFETY]
        await responding.respond(send, 200, headers, sent)

    async def _home(self, scope: Scope, _receive: Receive, send: Send) -> None:
        await pages.home(self._backend, scope, send)

    async def _ontology(self, scope: Scope, _receive: Receive, send: Send) -> None:
        await ontology(self._backend, scope, send)

    async def _void(self, scope: Scope, _receive: Receive, send: Send) -> None:
        await void(self._backend, scope, send)


@lru_cache
def _static_file(name: str, base: str) -> tuple[bytes, Kept]:
    """A file with its ETag; arguments as those of ``rendering.file``."""
    body = file(name, base)
    etag = b'"%s"' % hashlib.sha256(body).hexdigest()[:20].encode("ascii")
    return etag, Kept(FILES[name].decode("ascii"), body)


def _check_method(scope: Scope) -> None:
    if scope["path"].rstrip("/") in _WITH_METHODS or scope["method"] in ("GET", "HEAD"):
        return
    raise Refusal(405, "this is only to be read", {"Allow": "GET, HEAD, OPTIONS"})


def _for_any_origin(send: Send) -> Send:
    async def with_cors(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            known = {name for name, _ in message["headers"]}
            message["headers"] = [*message["headers"], *(pair for pair in CORS if pair[0] not in known)]
        await send(message)

    return with_cors


class _Asking(Response):
    """A response that asks the graph when it is sent, and passes on what comes."""

    def __init__(self, endpoint: Endpoint, job: Job, key: Any) -> None:
        super().__init__()
        self._endpoint, self._job, self._key = endpoint, job, key

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._endpoint.answer(self._job, self._key, scope, receive, send)


def _with_fastapi(backend: Backend, endpoint: Endpoint) -> FastAPI:
    # The pages that FastAPI makes of the document load scripts from elsewhere.
    app = FastAPI(
        title="Communiqué",
        description="Who said what, who proposed what, and what happened.",
        docs_url=None,
        redoc_url=None,
    )
    app.add_exception_handler(KgError, _in_words)

    @app.get("/health")
    def health() -> dict[str, str]:
        """Tell whether the store answers."""
        backend.check()
        return {"status": "ok"}

    @app.get("/metrics", response_class=PlainTextResponse)
    async def metrics() -> PlainTextResponse:
        """Counters and gauges, in the text format of Prometheus."""
        kind = "text/plain; version=0.0.4; charset=utf-8"
        backend.report()
        lines = (*backend.metrics.lines(), *await gauges(backend))
        return PlainTextResponse("".join(lines), headers={"Content-Type": kind})

    @app.get("/queries")
    def queries() -> JSONResponse:
        """List the questions that can be asked by name."""
        return JSONResponse([_described(question) for question in list_questions()])

    for question in list_questions():
        _add_question(app, backend, endpoint, question)

    @app.get("/queries/{name}", include_in_schema=False)
    def unknown(name: str) -> None:
        get_question(name)  # which says what is near

    document = app.openapi()  # kept by FastAPI, and given to all who ask
    document["paths"].update(plain_routes())
    document.setdefault("components", {})["securitySchemes"] = SECURITY
    return app


async def _in_words(_request: Request, error: Exception) -> Response:
    assert isinstance(error, KgError)
    refusal = as_refusal(error)
    return PlainTextResponse(f"{refusal.reason}\n", refusal.status, refusal.headers)


def _described(question: Question) -> dict[str, Any]:
    parameters = {parameter.name: parameter.default for parameter in question.parameters}
    return {"name": question.name, "title": question.title, "parameters": parameters}


def _add_question(app: FastAPI, backend: Backend, endpoint: Endpoint, question: Question) -> None:
    async def ask(request: Request) -> Response:
        values = dict(request.query_params)
        wanted = values.pop("format", None)
        accept = request.headers.get("accept")
        job = Job(Asked(bind(question, values, backend.base).text, wanted=wanted), accept)
        return _Asking(endpoint, job, (request.url.path, request.url.query, accept))

    app.add_api_route(
        f"/queries/{question.name}",
        ask,
        methods=["GET"],
        summary=question.title,
        description=question.description,
        operation_id=question.name.replace("-", "_"),
        response_class=Response,
        responses={
            400: {"description": "A parameter is unknown or of the wrong type."},
            403: {"description": "The question asks an endpoint that this server may not call."},
            406: {"description": "In no format that is accepted."},
            503: {"description": "It took too long, or there is no room for it now."},
        },
        openapi_extra={"parameters": [*map(_parameter, question.parameters), _FORMAT]},
    )


_FORMAT = {
    "name": "format",
    "in": "query",
    "required": False,
    "description": "How to write the answer; else the Accept header says it.",
    "schema": {"type": "string", "enum": _FORMATS},
}


def _parameter(parameter: Parameter) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "in": "query",
        "required": False,
        "description": parameter.description,
        "schema": _schema(parameter),
    }


_TYPES: dict[str, dict[str, Any]] = {
    "date": {"type": "string", "format": "date"},
    "integer": {"type": "integer"},
    "decimal": {"type": "string", "pattern": r"^[+-]?[0-9]+(\.[0-9]+)?$"},
    "iri": {"type": "string", "format": "uri"},
    "string": {"type": "string"},
    "actor": {"type": "string", "pattern": r"\S"},
}


def _schema(parameter: Parameter) -> dict[str, Any]:
    if parameter.choices:
        choices = [*parameter.choices, *["any"] * parameter.optional]
        return {"type": "string", "enum": choices, "default": parameter.default}
    found = _TYPES[parameter.type]
    either = {"anyOf": [found, {"const": "any"}]} if parameter.optional else found
    return either | {"default": parameter.default}


def create_app(backend: Backend) -> App:
    """Return the ASGI application that answers from ``backend``."""
    return App(backend)
