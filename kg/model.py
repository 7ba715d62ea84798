"""Which language model is installed, found out without loading it (that takes seconds)."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

from kg.errors import ModelError
from kg.nlp import SUBSTITUTES


def installed_model_id(name: str) -> str:
    """Return what :func:`kg.nlp.model_id` would say of the pipeline that :func:`kg.nlp.load` would load.

    Args:
        name: a package or a folder, as in the setting ``model``.

    Raises:
        ModelError: no such pipeline is installed.
    """
    for folder in _places(name):
        try:
            meta = json.loads((folder / "meta.json").read_text("utf-8"))
            return f"{meta['lang']}_{meta['name']}-{meta['version']}"
        except (OSError, ValueError, KeyError):
            continue
    raise ModelError(
        f"model: no spaCy pipeline {name!r} is installed; install it with pip, or name another with --model"
    )


def _places(name: str) -> list[Path]:
    packages = [package for package in (name, SUBSTITUTES.get(name)) if package and package.isidentifier()]
    specs = [importlib.util.find_spec(package) for package in packages]
    return [*(Path(spec.origin).parent for spec in specs if spec and spec.origin), Path(name)]
