"""Questions to a store: SPARQL, the named questions, and reports for people.

Comes in: a store and a query. Goes out: rows, triples, or a report.

answers        evaluate SPARQL; answers as Python values or in a result format
questions      the named questions of ``queries/`` and their parameters
sparql_error   where a query does not parse, in words
explain        an article with what was found in it
stats          what a store holds, in numbers
"""
