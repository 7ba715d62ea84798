"""Makes the frozen parses of ``parses.txt`` from text, with the language model.

    python -m tests.extractor.freeze "Prices fell." "Norway denied it."   # print the blocks of new sentences
    python -m tests.extractor.freeze --compare    # list the differences of the file from the model's parses
    python -m tests.extractor.freeze --write      # make the file anew

Some parses were corrected by hand, because a rule has to be tested on a tree that the small model does not
give. Their blocks start with ``#!``. ``--write`` leaves these as they are, and replaces all others.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kg.config import Config
from kg.extractor.language_model import load, parse
from kg.records import Article
from tests.extractor.parsed import CORRECTED, PARSES, Row, blocks, format_block

if TYPE_CHECKING:
    from spacy.tokens import Doc


def main() -> None:
    """Run the command that the module describes."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("sentences", nargs="*")
    arguments.add_argument("--compare", action="store_true")
    arguments.add_argument("--write", action="store_true")
    arguments.add_argument("--model", default=Config().model)
    options = arguments.parse_args()
    if options.compare:
        sys.stdout.writelines(differences(options.model))
    elif options.write:
        PARSES.write_text(made_anew(options.model), "utf-8")
    else:
        found = rows_by_sentence(options.sentences, options.model)
        sys.stdout.write("\n".join(format_block(f"# {text}", rows) for text, rows in found.items()))


def rows_by_sentence(sentences: Iterable[str], model: str) -> dict[str, list[Row]]:
    """Return the parse of each sentence, which is parsed as an article of its own."""
    articles = [Article(sentence, "test") for sentence in sentences]
    return {article.text: list(rows_of_doc(doc)) for article, doc in parse(articles, load(model))}


def rows_of_doc(doc: Doc) -> Iterator[Row]:
    """Yield one row for each token; see :mod:`tests.extractor.parsed` for the columns."""
    for token in doc:
        label = () if token.ent_iob_ in ("O", "") else (f"{token.ent_iob_}-{token.ent_type_}",)
        yield (token.text, token.lemma_, token.tag_, token.pos_, token.dep_, str(token.head.i + 1), *label)


def made_anew(model: str) -> str:
    """Return the text of ``parses.txt`` with all parses made anew, except those corrected by hand."""
    fresh = rows_by_sentence((sentence for _, sentence, _ in blocks()), model)
    return "\n".join(
        format_block(f"{mark} {sentence}", rows if mark == CORRECTED else fresh[sentence])
        for mark, sentence, rows in blocks()
    )


def differences(model: str) -> Iterator[str]:
    """Yield the rows that differ: after "-" those of ``parses.txt``, after "+" those of the model."""
    fresh = rows_by_sentence((sentence for _, sentence, _ in blocks()), model)
    for mark, sentence, rows in blocks():
        if rows == fresh[sentence]:
            continue
        yield f"{mark} {sentence}\n"
        for frozen, new in zip(rows, fresh[sentence], strict=False):
            if frozen != new:
                yield f"- {' '.join(frozen)}\n+ {' '.join(new)}\n"


if __name__ == "__main__":
    main()
