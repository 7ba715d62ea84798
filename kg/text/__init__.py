"""Operations on plain text that every room may use.

paragraphs   where the paragraphs of a text are
spans        sets of character spans: merge, measure overlap, pair
slug         the readable ASCII part of an IRI
"""
