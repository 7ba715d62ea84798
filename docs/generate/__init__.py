"""Generate the pages of ``docs/reference/`` from the code.

Each module renders one page as Markdown text, from one source: ``cli`` from the typer commands,
``python_api`` from the docstrings, ``ontology`` from ``ontology/kg.ttl``, ``questions`` from ``queries/``,
``settings`` from ``kg/config.py``. Nothing here writes files except ``__main__``.
"""
