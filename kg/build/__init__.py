"""From sources to a store: the pipeline that calls all stages in order.

Comes in: items of :mod:`kg.sources` and a store open for writing. Goes out: article graphs in the store, and
a report of what was built, replaced, unchanged and failed.

pipeline          read, admit, extract, link, write
batch_extraction  extract a batch of articles so that one bad article costs only itself
processes         run batches in this process or in a pool
relinking         link the articles of a store again, from their graphs
link_review       the doubtful links that a person should decide, and the decisions
"""
