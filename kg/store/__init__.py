"""The graph on disk, or in a SPARQL 1.1 store at an address.

Comes in: the quads of one article (:class:`kg.store.local.ArticleGraph`). Goes out: quads and query results.

opening   open the store in a folder or at an address; everything else calls this
local     a folder with an Oxigraph store: write, replace, read
remote/   the same operations over SPARQL 1.1 Query and Update
format    the file that marks a folder as a store, with its format version and base IRI
links     the graph of Wikidata links, and which ``schema:sameAs`` follow from it
locking   one writer or many readers
backup    copy a store while others read it
"""
