"""kartoteka init, check, schema: from nothing to a configuration that is right."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import jsonschema  # type: ignore[import-untyped]
import pytest
from ruamel.yaml import YAML

from runtime_web.cli.init import SAMPLES
from tests.runtime_web.cli.conftest import Terminal
from tests.surroundings import ROOT


@pytest.mark.parametrize("sample", SAMPLES)
def test_each_sample_is_copied_and_can_be_applied(sample: str, terminal: Terminal) -> None:
    said = terminal.run("init", "shop", "--sample", sample).stdout
    assert "kartoteka -C shop check" in said
    assert terminal.run("-C", "shop", "check").stdout.endswith("no problems.\n")
    assert terminal.run("-C", "shop", "apply").stdout.endswith("Applied.\n")
    assert not list((terminal.folder / "shop").rglob("*.py"))


def test_an_editor_finds_the_schema_of_each_file(terminal: Terminal) -> None:
    terminal.run("init", "shop")
    for path in (terminal.folder / "shop").rglob("*.yaml"):
        first = path.read_text(encoding="utf-8").partition("\n")[0]
        schema = json.loads((path.parent / first.partition("$schema=")[2]).read_text(encoding="utf-8"))
        jsonschema.validate(YAML(typ="safe").load(path), schema)


def test_what_is_there_is_not_touched(terminal: Terminal) -> None:
    terminal.write("shop/notes.txt", "mine")
    assert "is not empty" in terminal.run("init", "shop", code=2).stderr
    assert [path.name for path in (terminal.folder / "shop").iterdir()] == ["notes.txt"]
    terminal.run("init", "shop/notes.txt", code=2)


def test_a_folder_that_only_git_has_begun_counts_as_empty(terminal: Terminal) -> None:
    terminal.write("shop/.git/HEAD", "")
    terminal.run("init", "shop")
    terminal.run("-C", "shop", "check")


def test_twenty_faults_are_twenty_located_sentences(terminal: Terminal) -> None:
    shutil.copytree(ROOT / "tests/engine/config/twenty", terminal.folder / "twenty")
    said = terminal.run("-C", "twenty", "check", code=1).stdout
    expected = (terminal.folder / "twenty/expected.txt").read_text(encoding="utf-8")
    assert said.replace(str(Path("twenty")) + "/", "") == f"{expected}\n20 errors.\n"
    found = terminal.read("-C", "twenty", "check", "--json", code=1)
    assert (found["ok"], len(found["problems"])) == (False, 20)
    assert {"code", "severity", "message", "hint", "path", "place"} == set(found["problems"][0])


def test_a_warning_is_told_and_is_no_failure(terminal: Terminal) -> None:
    terminal.write(
        "kartoteka.yaml", "kartoteka: 1\nname: x\nentities:\n  a: {label: {ru: А}, fields: {b: {type: text}}}\n"
    )
    assert terminal.run("check").stdout.endswith("1 entity with 1 field: 1 warning.\n")
    assert terminal.read("check", "--json")["ok"] is True


def test_nothing_to_check(terminal: Terminal) -> None:
    assert "no kartoteka.yaml" in terminal.run("check", code=1).stdout
    assert "no file or folder" in terminal.run("-C", "nowhere", "check", code=1).stdout


def test_the_schema_is_printed_or_written(terminal: Terminal) -> None:
    assert json.loads(terminal.run("schema").stdout)["$schema"]
    assert terminal.run("schema").stdout != terminal.run("schema", "--entities").stdout
    terminal.run("schema", "--out", "schemas")
    assert sorted(path.name for path in Path("schemas").iterdir()) == ["entities.schema.json", "kartoteka.schema.json"]
