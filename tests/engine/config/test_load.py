"""Loading: a file or a folder, included files, and what is wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.config import home, load, render
from engine.problems import Problems

ROOT = "kartoteka: 1\nname: shop\n"
CLIENT = "client:\n  fields:\n    name: {type: text}\n"
ORDER = "order:\n  fields:\n    client: {type: reference, to: client}\n"


def folder(tmp_path: Path, **files: str) -> Path:
    """A folder with files; `__` in a name is a folder, `_yaml` and `_json` are suffixes."""
    for name, text in files.items():
        path = tmp_path / name.replace("__", "/").replace("_yaml", ".yaml").replace("_json", ".json")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    return tmp_path


def found(problems: Problems) -> list[str]:
    return [f"{each.place} {each.code}" for each in problems]


def test_a_folder_with_included_files(tmp_path: Path) -> None:
    path = folder(
        tmp_path,
        kartoteka_yaml=ROOT + "include: [entities/*.yaml]\nentities:\n  city:\n    fields: {name: {type: text}}\n",
        entities__b_yaml=ORDER,
        entities__a_yaml=CLIENT,
        entities__notes="no configuration",
    )
    configuration, problems = load(path)
    assert problems == ()
    assert configuration
    assert list(configuration.entities) == ["city", "client", "order"]
    assert load(path / "kartoteka.yaml")[0] == configuration


def test_json_beside_yaml(tmp_path: Path) -> None:
    path = folder(
        tmp_path,
        kartoteka_json='{"$schema": "x", "kartoteka": 1, "name": "shop", "include": "*.yaml", "entities": {}}',
        client_yaml=CLIENT,
    )
    configuration, problems = load(path)
    assert problems == ()
    assert configuration


def test_an_included_json_file_may_point_to_its_schema(tmp_path: Path) -> None:
    path = folder(
        tmp_path,
        kartoteka_yaml=ROOT + "include: client.json\n",
        client_json='{"$schema": "x", "client": {"fields": {"name": {"type": "text"}}}}',
    )
    assert load(path)[1] == ()


def test_windows_line_ends_and_a_byte_order_mark(tmp_path: Path) -> None:
    text = (ROOT + "entities:\n  client:\n    fields:\n      name: {type: txet}\n").replace("\n", "\r\n")
    path = folder(tmp_path, kartoteka_yaml="\ufeff" + text)
    assert found(load(path)[1]) == ["kartoteka.yaml:6:20 type-unknown"]


def test_an_entity_given_twice_names_the_first(tmp_path: Path) -> None:
    path = folder(tmp_path, kartoteka_yaml=ROOT + "include: [a.yaml, b.yaml]\n", a_yaml=CLIENT, b_yaml="\n" + CLIENT)
    _, problems = load(path)
    assert found(problems) == ["b.yaml:2:1 name-twice"]
    assert problems[0].params["first"] == "a.yaml:1:1"


@pytest.mark.parametrize(
    ("include", "code"),
    [
        ("[none/*.yaml]", "include-nothing"),
        ("none.yaml", "include-nothing"),
        ("../*.yaml", "include-outside"),
        ("a/../../*.yaml", "include-outside"),
        ("/etc/*.yaml", "include-outside"),
        ("C:/x.yaml", "include-invalid"),
        ("a\\b.yaml", "include-invalid"),
        ("{a: b}", "not-a-list"),
        ("[[a.yaml]]", "not-text"),
        ("[null]", "not-text"),
    ],
)
def test_what_cannot_be_included(tmp_path: Path, include: str, code: str) -> None:
    path = folder(
        tmp_path, kartoteka_yaml=f"{ROOT}include: {include}\nentities:\n  {CLIENT.replace(chr(10), chr(10) + '  ')}"
    )
    assert [each.code for each in load(path)[1]] == [code]


def test_a_link_that_leads_outside_is_refused(tmp_path: Path) -> None:
    inside = folder(tmp_path / "inside", kartoteka_yaml=ROOT + "include: [link.yaml]\n")
    folder(tmp_path / "outside", client_yaml=CLIENT)
    try:
        (inside / "link.yaml").symlink_to(tmp_path / "outside" / "client.yaml")
    except OSError:
        pytest.skip("this system lets nobody make links")
    assert "include-outside" in [each.code for each in load(inside)[1]]


def test_a_file_that_two_patterns_match_is_read_once(tmp_path: Path) -> None:
    path = folder(tmp_path, kartoteka_yaml=ROOT + "include: [client.yaml, '*.yaml']\n", client_yaml=CLIENT)
    assert load(path)[1] == ()


def test_a_file_that_cannot_be_read_hides_no_fault_and_makes_none(tmp_path: Path) -> None:
    path = folder(
        tmp_path,
        kartoteka_yaml=ROOT + "include: [client.yaml, order.yaml]\n",
        client_yaml="client:\n\tfields:\n",
        order_yaml=ORDER + "    date: {type: dtae}\n",
    )
    assert found(load(path)[1]) == ["client.yaml:2:1 yaml-tab", "order.yaml:4:18 type-unknown"]


def test_where_no_file_could_be_read_nothing_else_is_missing(tmp_path: Path) -> None:
    assert found(load(folder(tmp_path, kartoteka_yaml=ROOT + "include: [none.yaml]\n"))[1]) == [
        "kartoteka.yaml:3:11 include-nothing"
    ]


def test_an_included_file_holds_entities(tmp_path: Path) -> None:
    path = folder(
        tmp_path,
        kartoteka_yaml=ROOT + "include: [a.yaml, b.yaml, c.yaml]\n",
        a_yaml="documents: {}\nlanguage: ru\ninclude: x.yaml\n" + CLIENT,
        b_yaml="- a\n",
        c_yaml="country:\n  fields: {name: {type: text}}\n",  # A name that the first file uses for something else.
    )
    assert found(load(path)[1]) == [
        "a.yaml:1:1 not-yet-supported",
        "a.yaml:2:1 include-root",
        "a.yaml:3:1 include-nested",
        "b.yaml:1:1 not-a-mapping",
    ]


def test_nothing_there(tmp_path: Path) -> None:
    assert [each.code for each in load(tmp_path)[1]] == ["folder-without-root"]
    assert [each.code for each in load(tmp_path / "none")[1]] == ["file-missing"]


def test_a_rendered_problem_leads_to_the_file(tmp_path: Path) -> None:
    path = folder(tmp_path, kartoteka_yaml=ROOT + "include: [a/b.yaml]\n", a__b_yaml="client: {}\n")
    (problem,) = load(path)[1]
    file = render(problem, home(path)).rpartition(":1:9: ")[0]
    assert (tmp_path / "a" / "b.yaml").samefile(file)
