"""A linker from settings."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from kg.config import Config
from kg.errors import SourceNotFound, UsageError
from kg.linking.opening import LinkSettings, open_linker, shared_linker
from kg.linking.overrides import FILE_NAME, Override, Overrides


def test_settings_travel_to_other_processes(tmp_path: Path) -> None:
    settings = LinkSettings.of(Config(store=tmp_path))
    assert pickle.loads(pickle.dumps(settings)) == settings
    assert shared_linker(settings) is shared_linker(settings)


def test_decisions_made_meanwhile_give_another_linker(tmp_path: Path) -> None:
    before = LinkSettings.of(Config(store=tmp_path))
    Overrides([Override("Ann Lee", qid="Q1")]).save(tmp_path / FILE_NAME)
    assert LinkSettings.of(Config(store=tmp_path)) != before


def test_the_version_names_knowledge_and_weights(tmp_path: Path) -> None:
    version = open_linker(LinkSettings.of(Config(store=tmp_path))).version
    assert version.startswith("embedded 20")
    assert "; weights " in version


def test_a_pack_that_is_not_there_is_named(tmp_path: Path) -> None:
    settings = LinkSettings.of(Config(store=tmp_path, packs=(tmp_path / "none.pack",)))
    with pytest.raises(SourceNotFound, match=r"none\.pack"):
        open_linker(settings)


@pytest.mark.parametrize("contact", ["", "me", "somebody (me)"])
def test_nothing_live_is_asked_without_an_address_of_whoever_asks(tmp_path: Path, contact: str) -> None:
    with pytest.raises(UsageError, match="KG_CONTACT"):
        LinkSettings.of(Config(store=tmp_path, link="live", contact=contact))
