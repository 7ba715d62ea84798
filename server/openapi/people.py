"""The pages for people, and linked data: what the graph names, at its address."""

from __future__ import annotations

from server.linked import KINDS
from server.openapi.parts import HTML, Json, answers, get, in_path
from server.page.rendering import ENDINGS, FILES

_ARTICLE = "article"  # the one kind that is documents


def people() -> Json:
    """Return the ``paths`` of pages, their files, and the things that the graph names."""
    things = {f"/{kind}/{{name}}": {"get": _thing(kind)} for kind in KINDS}
    files = in_path("name", {"type": "string", "enum": sorted(FILES)}, "The file.")
    kinds = {kind.decode("ascii").partition(";")[0] for kind in FILES.values()}
    return {
        "/": {"get": get("The page for people", [HTML], None, 503)},
        "/static/{name}": {"get": get("A file of the pages", kinds, [files], 404)},
        **things,
    }


def _thing(kind: str) -> Json:
    endings = ", ".join(ENDINGS.values())
    name = in_path("name", {"type": "string", "minLength": 1}, f"Its name; {endings} choose a format.")
    said = answers(200, "A document about it.", ENDINGS, 304, 404, 406, 503)
    said["404"]["content"][HTML] = {}
    if kind != _ARTICLE:
        said |= answers(303, "What it is, is not a document; one about it is there.", ["text/plain"])
    return {"summary": f"What is known of one: {kind}", "parameters": [name], "responses": said}
