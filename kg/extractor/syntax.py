"""A parsed article as plain lists.

The rules read the same few attributes hundreds of thousands of times. Copying them once from the spaCy Doc
into lists makes a rule several times faster, and lets a test build its input from words, heads and labels.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.extractor.lexicon import form_lemmas
from kg.records import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
VERBS = frozenset({"VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "MD"})


@dataclass(slots=True)
class Syntax:
    """Tokens, tree, sentences and named entities of one article. A token is its index, from 0."""

    text: str
    words: list[str]
    lower: list[str]
    lemma: list[str]  # lower case
    pos: list[str]
    tag: list[str]
    dep: list[str]
    head: list[int]  # a root is its own head
    start: list[int]  # offset of the first character
    end: list[int]
    sentences: list[tuple[int, int]]  # token ranges
    sentence_of: list[int]
    entities: list[tuple[int, int, str]]  # token ranges and labels
    children: list[list[int]] = field(default_factory=list)
    left: list[int] = field(default_factory=list)  # first token of the subtree
    right: list[int] = field(default_factory=list)  # last token of the subtree

    def __post_init__(self) -> None:
        count = len(self.words)
        self.children = [[] for _ in range(count)]
        self.left, self.right = list(range(count)), list(range(count))
        for token, head in enumerate(self.head):
            if head != token:
                self.children[head].append(token)
        for token in range(count):
            self._widen_ancestors(token)

    def _widen_ancestors(self, token: int) -> None:
        """Extend the subtree bounds of the heads above ``token``."""
        node = token
        while self.head[node] != node:
            node = self.head[node]
            if self.left[node] > token:
                self.left[node] = token
            elif self.right[node] < token:
                self.right[node] = token
            else:
                return

    def child(self, token: int, *deps: str) -> int | None:
        """Return the first child of ``token`` with one of these labels, or None."""
        for child in self.children[token]:
            if self.dep[child] in deps:
                return child
        return None

    def children_of(self, token: int, *deps: str) -> list[int]:
        """Return all children of ``token`` with one of these labels, in text order."""
        below = self.children[token]
        return [child for child in below if self.dep[child] in deps] if below else []

    def conjuncts(self, token: int) -> list[int]:
        """Return ``token`` and the tokens coordinated with it, in text order."""
        found, queue = [token], [token]
        while queue:
            more = self.children_of(queue.pop(), "conj")
            found += more
            queue += more
        return sorted(found)

    def first_conjunct(self, token: int) -> int:
        """Return the first token of the coordination that ``token`` is part of, or ``token``."""
        while self.dep[token] == "conj" and self.head[token] != token:
            token = self.head[token]
        return token

    def subtree(self, token: int, without: Iterable[int] = ()) -> list[int]:
        """Return ``token`` and the tokens below it in text order, less the subtrees of ``without``."""
        barred = set(without)
        found, queue = [], [token]
        while queue:
            node = queue.pop()
            found.append(node)
            queue += [child for child in self.children[node] if child not in barred]
        return sorted(found)

    def foreign_conjuncts(self, root: int) -> list[int]:
        """Return the finite verbs that the parser attached to an infinitive below ``root`` by mistake.

        They continue the main clause. In "welcomed the proposal to create a fund and *urged* others to join"
        the verb is not part of the proposal, and in "said it would create a fund and *urged* others to join"
        not part of the content.
        """
        found = []
        for token in self.subtree(root):
            for child in self.children_of(token, "conj"):
                infinitive = any(self.tag[aux] in ("TO", "MD") for aux in self.children_of(token, "aux"))
                subject = self.child(child, "nsubj", "nsubjpass", "expl")
                if infinitive and subject is None and self.tag[child] in ("VBD", "VBZ", "VBP"):
                    found.append(child)
        return found

    def ancestors(self, token: int) -> list[int]:
        """Return the heads above ``token``, nearest first."""
        found = []
        while self.head[token] != token:
            token = self.head[token]
            found.append(token)
        return found

    def is_verb(self, token: int) -> bool:
        """Return True if the tag of ``token`` is that of a verb or modal."""
        return self.tag[token] in VERBS

    def spans(self, tokens: Sequence[int]) -> tuple[Span, ...]:
        """Return the character spans of these tokens, which are in text order; neighbours are joined."""
        spans: list[list[int]] = []
        previous = -2
        for token in tokens:
            if token == previous + 1 or (spans and self._only_space(previous + 1, token)):
                spans[-1][1] = self.end[token]
            else:
                spans.append([self.start[token], self.end[token]])
            previous = token
        return tuple((start, end) for start, end in spans)

    def _only_space(self, start: int, end: int) -> bool:
        return all(self.pos[token] == "SPACE" for token in range(start, end))

    def span(self, first: int, last: int) -> Span:
        """Return the character span from token ``first`` to token ``last``, both included."""
        return self.start[first], self.end[last]

    def phrase(self, first: int, last: int) -> str:
        """Return the text from token ``first`` to token ``last``, both included."""
        return self.text[self.start[first] : self.end[last]]

    def token_at(self, offset: int) -> int:
        """Return the token at the character ``offset``, or the next one after it."""
        low, high = 0, len(self.words)
        while low < high:
            middle = (low + high) // 2
            if self.end[middle] <= offset:
                low = middle + 1
            else:
                high = middle
        return min(low, len(self.words) - 1)

    def climb(self, token: int, stop: Callable[[int], bool]) -> int | None:
        """Return the nearest head above ``token`` for which ``stop`` is true, or None."""
        for ancestor in self.ancestors(token):
            if stop(ancestor):
                return ancestor
        return None


def _lemmas(lower: list[str], lemmas: list[str], tags: list[str]) -> list[str]:
    """Return the lemmas in lower case; those of verbs are corrected where the small model is known to err."""
    known = form_lemmas()
    return [
        known[form].lemma if form in known and tag.startswith("VB") else lemma.lower()
        for form, lemma, tag in zip(lower, lemmas, tags, strict=True)
    ]


def syntax_of(doc: Doc, text: str) -> Syntax:
    """Return the syntax of a parsed Doc.

    Args:
        doc: the Doc.
        text: the text of the article. Its offsets are those of the Doc; its line breaks may differ.
    """
    from spacy.attrs import (  # type: ignore[import-not-found]  # compiled, without stubs
        DEP,
        HEAD,
        IDX,
        LEMMA,
        LENGTH,
        LOWER,
        ORTH,
        POS,
        TAG,
    )

    rows = doc.to_array([ORTH, LOWER, LEMMA, POS, TAG, DEP, HEAD, IDX, LENGTH])
    strings = doc.vocab.strings
    known: dict[int, str] = {0: ""}

    def column(index: int) -> list[str]:
        values = rows[:, index].tolist()
        for value in values:
            if value not in known:
                known[value] = strings[value]
        return [known[value] for value in values]

    heads = rows[:, 6].astype("int64")
    starts = rows[:, 7].astype("int64")
    sentences = [(sent.start, sent.end) for sent in doc.sents]
    return Syntax(
        text=text,
        words=column(0),
        lower=column(1),
        lemma=_lemmas(column(1), column(2), column(4)),
        pos=column(3),
        tag=column(4),
        dep=column(5),
        head=(heads + range(len(doc))).tolist(),
        start=starts.tolist(),
        end=(starts + rows[:, 8].astype("int64")).tolist(),
        sentences=sentences,
        sentence_of=[index for index, (start, end) in enumerate(sentences) for _ in range(start, end)],
        entities=[(ent.start, ent.end, ent.label_) for ent in doc.ents],
    )
