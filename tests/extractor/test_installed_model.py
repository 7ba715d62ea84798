"""The identifier of the installed model, read without loading it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from kg.errors import ModelError
from kg.extractor.language_model import installed_model_id


@pytest.mark.model
def test_the_identifier_is_that_of_the_loaded_model() -> None:
    from kg.extractor.language_model import load, model_id

    assert installed_model_id("en_core_web_sm") == model_id(load("en_core_web_sm"))


def test_the_identifier_of_a_package_or_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "xx_test_model"
    package.mkdir()
    (package / "__init__.py").write_text("raise AssertionError('imported')")
    (package / "meta.json").write_text('{"lang": "en", "name": "test", "version": "1.2"}')
    assert installed_model_id(str(package)) == "en_test-1.2"
    monkeypatch.syspath_prepend(tmp_path)
    assert installed_model_id("xx_test_model") == "en_test-1.2"
    assert "xx_test_model" not in sys.modules


@pytest.mark.parametrize("name", ["xx_none", "no/such/folder", "kg", "not a name", ""])
def test_an_unknown_model_is_an_error_with_its_name(name: str) -> None:
    with pytest.raises(ModelError, match=f"no spaCy pipeline {name!r} is installed"):
        installed_model_id(name)
