"""Tests of the settings and of which source overrides which."""

from __future__ import annotations

import dataclasses
import os
from pathlib import Path

import pytest

from kg.config import Config, load_config
from kg.errors import StopError, UsageError


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "kg.toml"


def test_defaults() -> None:
    config = load_config(environment={})
    assert config == Config()
    assert config.store == Path("store")
    assert config.workers == 1


def test_command_line_overrides_environment_overrides_file(file: Path) -> None:
    file.write_text('store = "from-file"\nworkers = 2\nmodel = "from-file"\n', "utf-8")
    config = load_config(file, {"KG_STORE": "from-environment", "KG_WORKERS": "3"}, workers=4)
    assert (config.store, config.workers, config.model) == (Path("from-environment"), 4, "from-file")


def test_none_does_not_override(file: Path) -> None:
    file.write_text("workers = 2\n", "utf-8")
    assert load_config(file, {}, workers=None).workers == 2


def test_every_setting_can_come_from_the_environment() -> None:
    values = {
        "store": "elsewhere", "base": "https://example.org/", "model": "other", "workers": "2",
        "max_characters": "10", "fetch_timeout": "1.5", "fetch_bytes": "100", "link": "live",
        "packs": "people.pack", "link_accept": "0.5", "link_sure": "0.75", "link_margin": "0.1",
        "link_ask": "0.25", "contact": "ann@example.org", "live_url": "https://base.example/w/api.php",
        "live_pause": "2.5", "reconcile_url": "https://r.example/", "token": "word",
        "query_url": "https://q.example/", "update_url": "https://u.example/",
        "store_timeout": "7.5", "live_cache": "answers.sqlite",
    }  # fmt: skip
    assert set(values) == {field.name for field in dataclasses.fields(Config)}
    config = load_config(environment={f"KG_{name.upper()}": value for name, value in values.items()})
    for field in dataclasses.fields(Config):
        value = getattr(config, field.name)
        shown = os.pathsep.join(map(str, value)) if isinstance(value, tuple) else str(value)
        assert shown == values[field.name], field.name
        assert isinstance(getattr(config, field.name), type(getattr(Config(), field.name))), field.name


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("colour = 1\n", "colour"),
        ("workers = 'many'\n", "workers"),
        ("workers = [1]\n", "workers"),
        ("workers = 0\n", "workers"),
        ("store = 3\n", "store"),
        ("base = 'no-iri/'\n", "base"),
        ("base = 'https://example.org'\n", "base"),
        ("workers = \n", "TOML"),
        ("packs = 3\n", "packs"),
        ("packs = [3]\n", "packs"),
        ("link = 'sometimes'\n", "link"),
        ("link_accept = 1.5\n", "link_accept"),
    ],
)
def test_invalid_file_error_names_the_setting(file: Path, text: str, named: str) -> None:
    file.write_text(text, "utf-8")
    with pytest.raises(UsageError, match=named):
        load_config(file, {})


def test_missing_file_error_names_the_file(file: Path) -> None:
    with pytest.raises(UsageError, match=r"kg\.toml: cannot be read"):
        load_config(file, {})


def test_binary_file_is_refused(file: Path) -> None:
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UsageError, match=r"kg\.toml"):
        load_config(file, {})


def test_invalid_environment_variable_error_names_it() -> None:
    with pytest.raises(UsageError, match="KG_WORKERS"):
        load_config(environment={"KG_WORKERS": "many"})


def test_value_out_of_range_is_refused() -> None:
    with pytest.raises(StopError):
        Config(max_characters=-1)


@pytest.mark.parametrize(
    "base", ["https://example.org/news#", "https://example.org/a b/", "news/", "https://x"]
)
def test_invalid_base_iri_is_refused(base: str) -> None:
    with pytest.raises(UsageError, match="base"):
        Config(base=base)


def test_config_is_frozen() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Config().workers = 2  # type: ignore[misc]


def test_packs_are_a_list_in_a_file_and_a_path_in_the_environment(file: Path) -> None:
    file.write_text('packs = ["a.pack", "b.pack"]\n', "utf-8")
    assert load_config(file, {}).packs == (Path("a.pack"), Path("b.pack"))
    listed = load_config(None, {"KG_PACKS": os.pathsep.join(["c.pack", "d.pack"])})
    assert listed.packs == (Path("c.pack"), Path("d.pack"))
