"""The application: its routes, and how errors become statuses."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Annotated, Any

from fastapi import FastAPI, Header, HTTPException, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.middleware.cors import CORSMiddleware
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response

from kg.errors import KgError, QueryError, StoreError, UnknownQuestion, UsageError
from kg.query import Answer
from kg.questions import bind, get_question, list_questions
from kg.store import Store
from server.negotiation import GRAPHS, ROWS, choose
from server.sparql import Asked, evaluate, read

BODY_LIMIT = 1_000_000
"""Most bytes of a request's body."""

STATUS: dict[type[KgError], int] = {UnknownQuestion: 404, QueryError: 400, UsageError: 400, StoreError: 503}
"""What each error of ours is to a client; the most specific class counts."""


def create_app(folder: Path, base: str | None = None) -> FastAPI:
    """Return the application that serves the store in ``folder``, read-only.

    Args:
        folder: the store; it may not be written to while it is served.
        base: the base IRI that it must have; None takes its own.

    Raises:
        StoreError: there is no store, or it cannot be opened.
    """
    store = Store.open(folder, base)
    app = FastAPI(title="Communiqué", description="Who said what, who proposed what, and what happened.")
    app.state.store = store
    app.add_middleware(GZipMiddleware, minimum_size=1000)
    app.add_middleware(
        CORSMiddleware, allow_origins=["*"], allow_methods=["GET", "POST"], allow_headers=["*"]
    )
    app.add_exception_handler(KgError, _in_words)
    app.add_route("/sparql", _sparql, methods=["GET", "HEAD", "POST"])
    _add_questions(app, store)

    @app.get("/", include_in_schema=False)
    def home() -> RedirectResponse:
        return RedirectResponse("/docs")

    @app.get("/health")
    def health() -> dict[str, str]:
        """Tell whether the store answers."""
        evaluate(store, Asked("ASK {}"))
        return {"status": "ok"}

    return app


async def _in_words(_request: Request, error: Exception) -> Response:
    status = next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), 500)
    return PlainTextResponse(f"{error}\n", status)


async def _sparql(request: Request) -> Response:
    """Answer a query: SPARQL 1.1 Protocol, section 2.1."""
    asked = await read(request, BODY_LIMIT)
    accept, wanted = request.headers.get("accept"), request.query_params.get("format")
    return await run_in_threadpool(_answered, request.app.state.store, asked, accept, wanted)


def _answered(store: Store, asked: Asked, accept: str | None, wanted: str | None) -> Response:
    """Evaluate and write in one thread: an answer of the engine must not move between threads."""
    answer = evaluate(store, asked)
    media_type = _media_type(answer, accept, wanted)
    body = io.BytesIO()
    formats = {**ROWS, **GRAPHS}
    answer.write(formats[media_type], body)
    text = f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type
    return Response(body.getvalue(), headers={"Content-Type": text, "Vary": "Accept"})


def _media_type(answer: Answer, accept: str | None, wanted: str | None) -> str:
    offered = {kind: name for kind, name in {**ROWS, **GRAPHS}.items() if name in answer.formats}
    if wanted is not None:
        found = next((kind for kind, name in offered.items() if name == wanted), None)
        if found is None:
            raise HTTPException(
                400, f"format: {wanted!r} does not fit {answer.form}; known: {answer.formats}"
            )
        return found
    chosen = choose(accept, offered)
    if chosen is None:
        raise HTTPException(406, f"{answer.form} can be answered as {', '.join(offered)}")
    return chosen


def _add_questions(app: FastAPI, store: Store) -> None:
    @app.get("/queries")
    def queries() -> list[dict[str, Any]]:
        """List the questions that can be asked by name."""
        return [
            {
                "name": question.name,
                "title": question.title,
                "parameters": {p.name: p.default for p in question.parameters},
            }
            for question in list_questions()
        ]

    @app.get("/queries/{name}", response_class=JSONResponse)
    def query(name: str, request: Request, accept: Annotated[str | None, Header()] = None) -> Response:
        """Ask a question by name; its parameters are those of the query string."""
        values = {key: value for key, value in request.query_params.items() if key != "format"}
        bound = bind(get_question(name), values, store.base)
        return _answered(store, Asked(bound.text), accept, request.query_params.get("format"))
