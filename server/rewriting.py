"""Updates put into the words in which the engine can be told what the request says beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from server.lexer import Token, tokens
from server.refusal import Refusal

_BEYOND = frozenset("GRAPH WITH USING CLEAR DROP CREATE COPY MOVE ADD LOAD".split())


def with_dataset(update: str, default: Sequence[str], named: Sequence[str]) -> str | None:
    """Return the update with USING clauses for a dataset that the request names; None if it has its own.

    SPARQL 1.1 Protocol, section 2.2.3. ``DELETE WHERE`` takes no such clause, so it is written out.

    Args:
        update: SPARQL Update.
        default: IRIs of ``using-graph-uri``.
        named: IRIs of ``using-named-graph-uri``.
    """
    using = "".join([*(f"USING <{iri}> " for iri in default), *(f"USING NAMED <{iri}> " for iri in named)])
    pieces: list[str] = []
    done = 0
    before = ""
    for (kind, token, start), depth in _with_depth(update):
        word = token.upper() if kind == "word" else token
        if depth == 0 and word in ("USING", "WITH"):
            return None
        if depth == 0 and word == "WHERE":
            template = _block(update, start + len(token)) if before == "DELETE" else ""
            pieces += [update[done:start], f"{template} {using}"]
            done = start
        before = word
    return "".join([*pieces, update[done:]])


def within(update: str, graph: str | None) -> str:
    """Return the update with ``graph`` in place of the default graph (Graph Store Protocol, section 5.7).

    Args:
        update: INSERT and DELETE operations that name no graph themselves.
        graph: IRI; None is the default graph.

    Raises:
        Refusal: 422, it names graphs.
    """
    for kind, token, _ in tokens(update):
        if kind == "word" and token.upper() in _BEYOND:
            reason = f"{token}: a PATCH changes the one graph that it names; use /update for others"
            raise Refusal(422, reason)
    if graph is None:
        return update
    return ";".join(_operation_within(operation, graph) for operation in _operations(update))


def _operations(update: str) -> Iterator[str]:
    done = 0
    for (kind, token, start), depth in _with_depth(update):
        if depth == 0 and kind == "symbol" and token == ";":
            yield update[done:start]
            done = start + 1
    yield update[done:]


def _operation_within(operation: str, graph: str) -> str:
    found = [(token.upper() if kind == "word" else token, start) for kind, token, start in tokens(operation)]
    place = next((place for place, (word, _) in enumerate(found) if word in ("INSERT", "DELETE")), None)
    if place is None:
        return operation
    (word, start), (after, offset) = found[place], (*found, ("", 0))[place + 1]
    if after == "DATA":
        block = _block(operation, offset + 4)
        return f"{operation[: offset + 4]} {{ GRAPH <{graph}> {block.strip()} }}"
    template = f"{_block(operation, offset + 5)} " if word == "DELETE" and after == "WHERE" else ""
    head = operation[start : start + 6]
    return f"{operation[:start]}WITH <{graph}> {head} {template}{operation[start + 6 :]}"


def with_one_prologue(update: str) -> str | None:
    """Return the update with what it declares between its operations at its beginning, where the engine
    expects it; None if it declares nothing there, or not always the same.

    SPARQL 1.1 Update, section 4.1: each operation of a sequence may have a prologue.
    """
    pieces: list[str] = []
    declared: dict[str, str] = {}
    between: list[str] = []
    done, begun = 0, False  # whether an operation stands before
    found = [*_with_depth(update), (("symbol", "", len(update)), 0)]
    for place, ((kind, token, start), depth) in enumerate(found):
        word = token.upper() if kind == "word" else token
        if depth == 0 and word == "BASE" and begun:
            return None
        if depth == 0 and word == "PREFIX":
            end = next((n for n in range(place, len(found)) if found[n][0][0] == "iri"), None)
            if end is None:
                return None
            name = "".join(one[0][1] for one in found[place + 1 : end])
            iri = found[end][0][1]
            if declared.setdefault(name, iri) != iri:
                return None
            if begun:
                pieces.append(update[done:start])
                done = found[end][0][2] + len(iri)
                between.append(f"PREFIX {name} {iri} ")
        begun = begun or (depth == 0 and kind == "symbol" and token == ";")
    return "".join([*between, *pieces, update[done:]]) if between else None


def _with_depth(text: str) -> Iterator[tuple[Token, int]]:
    depth = 0
    for token in tokens(text):
        depth += (token[0] == "symbol") * ((token[1] == "{") - (token[1] == "}"))
        yield token, depth


def _block(text: str, start: int) -> str:
    """The braces that follow, with what is in them."""
    for (_, token, offset), depth in _with_depth(text[start:]):
        if depth == 0 and token == "}":
            return text[start : start + offset + 1]
    return ""
