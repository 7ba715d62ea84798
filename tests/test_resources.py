"""Tests that the data files are found in a checkout and in an installed package."""

from pathlib import Path

import pytest

from kg import resources
from kg.errors import StopError


def test_folders_in_a_checkout() -> None:
    assert (resources.ontology_folder() / "shapes.ttl").is_file()
    assert list(resources.queries_folder().glob("*.rq"))


def test_folders_in_a_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "site-packages" / "kg"
    shipped = package / "_data" / "ontology"
    shipped.mkdir(parents=True)
    (shipped / "kg.ttl").touch()
    monkeypatch.setattr(resources, "_PACKAGE", package)
    assert resources.ontology_folder() == shipped


def test_folder_of_another_package_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "kg"
    (tmp_path / "queries").mkdir()
    monkeypatch.setattr(resources, "_PACKAGE", package)
    with pytest.raises(StopError, match=r"what-has-someone-said\.rq is missing .* install the package again"):
        resources.queries_folder()
