"""Link the entities of an article to items of Wikidata, or to NIL. A wrong link is worse than none.

In comes an :class:`kg.records.Extraction`; out comes a :class:`kg.records.Link` for each named entity.

    subject    the named actors, places and events (``named_events``) of the article
    candidates the items that each may refer to, from the knowledge bases (``knowledge``): ``embedded``,
               ``packs``, ``live``; found by forms of the name (``names``, ``matching``)
    features   numbers for and against each candidate, from ``context``, ``words`` and ``sport``
    model      probabilities of the candidates and NIL, with the weights of ``weights/model.tsv``
    decide     accept the best candidate, leave it to a person, or decide for NIL
    overrides  decisions of a person, which come first

``linker`` runs these in order; ``opening`` makes a linker from settings. To add a feature, extend
``features.features_of`` and its table, then fit the weights with ``benchmarks/train_linking.py``. To add a
knowledge base, implement ``knowledge.KnowledgeBase`` and open it in ``opening.knowledge_bases``.
``territories`` makes a table of ``data/``; ``verify`` compares the tables with Wikidata.
"""
