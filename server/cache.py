"""Answers kept for as long as the store does not change, the least used given up first."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass

from server.compression import compress

_SQUEEZE = 1000
"""Bytes below which an answer is not compressed."""

_ASKED = 1 << 16
"""So many keys are remembered of which there is no answer, or fewer."""


@dataclass(slots=True)
class Kept:
    """A whole answer."""

    media_type: str
    body: bytes
    squeezed: dict[str, bytes] | None = None

    def sent(self, coding: str | None) -> tuple[str | None, bytes]:
        """Return the body as it is sent to who takes a coding, and the coding that it has then.

        It is compressed once for each coding, and not if it is short.
        """
        if coding is None or len(self.body) < _SQUEEZE:
            return None, self.body
        if self.squeezed is None:
            self.squeezed = {}
        if coding not in self.squeezed:
            self.squeezed[coding] = compress(self.body, coding)
        return coding, self.squeezed[coding]


class Cache:
    """Answers by what was asked, up to a number of bytes."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._kept: OrderedDict[Hashable, Kept] = OrderedDict()
        self._size = 0
        self._asked = array("q", bytes(8 * _ASKED))
        self.largest = limit // 4  # bytes; larger answers are not worth their room

    @property
    def size(self) -> int:
        """Bytes that are kept, as they count."""
        return self._size

    def get(self, key: Hashable) -> Kept | None:
        """Return the answer, if it is there."""
        kept = self._kept.get(key)
        if kept is not None:
            self._kept.move_to_end(key)
        return kept

    def put(self, key: Hashable, kept: Kept) -> None:
        """Keep an answer."""
        if len(kept.body) > self.largest or key in self._kept:
            return
        self._kept[key] = kept
        self._size += _cost(kept)
        while self._size > self._limit:
            _, oldest = self._kept.popitem(last=False)
            self._size -= _cost(oldest)

    def put_again(self, key: Hashable, kept: Kept) -> None:
        """Keep an answer if it was not the first time lately that it is asked for: one that cost little is
        not worth the place of others. (Einziger, Friedman and Manes, TinyLFU, 2017, section 3.4.2)"""
        number = hash(key)
        place = number % _ASKED
        if self._asked[place] == number:
            self.put(key, kept)
        else:
            self._asked[place] = number

    def clear(self) -> None:
        """Forget all: the store has changed."""
        self._kept.clear()
        self._size = 0


def _cost(kept: Kept) -> int:
    # The compressed forms may come later; a query and what Python needs for it all are counted as 2 kB.
    return len(kept.body) + len(kept.body) // 2 + 2000
