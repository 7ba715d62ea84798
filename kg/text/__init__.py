"""Operations on plain text, without knowledge of language, articles or RDF.

Every room above may import these. In come strings and spans (start and end offsets in code points, the end
exclusive); out come strings and spans.

- ``paragraphs`` finds the paragraphs of a text. Change it for another way to set text in lines.
- ``spans`` merges spans, measures their overlap and pairs them one to one.
- ``slug`` turns a name into the readable ASCII part of an IRI. A change of its results changes the IRIs of
  stored graphs.
"""
