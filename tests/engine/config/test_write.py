"""Splicing one value: the new value is read back, nothing else changes, and the edit turned round restores every byte."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.config import load, read
from engine.config.nodes import MappingNode, plain, walk
from engine.config.spell import text as spelled
from engine.config.write import Edit, as_read, change, edit

SAMPLE = """# A shop.
kartoteka: 1   # the version
label: 'It''s a shop'
name: "shop"  # short
views:
entities:   # what is kept
  client: {type: text, label: Client, options: [a, "b", 'c']}  # one line
  order:
    # A list.
    columns:
      - date
      -
      - [number, {lines: x}]
    text: |
      one
      two

    kept: |+
      three

    folded: >-
      four
      five
    flow: {
      a: 1,  # first
      b: 2
    }
  имя: {ключ: значение}
"""
JSON = '{\n  "kartoteka": 1,\n  "entities": {"a": {"label": "x"}, "b": []},\n  "list": [1, [], {}]\n}\n'
SOURCES = [
    (SAMPLE, "a.yaml"),
    (SAMPLE.replace("\n", "\r\n"), "a.yaml"),
    (SAMPLE.rstrip("\n"), "a.yaml"),
    (JSON, "a.json"),
]

scalars = st.none() | st.booleans() | st.integers() | st.decimals(allow_nan=False, allow_infinity=False, places=2)
texts = st.text(st.characters(codec="utf-8"), max_size=30) | st.sampled_from(
    [
        "no",
        "null",
        "~",
        "",
        "012",
        "1:30",
        "a: b",
        "a #b",
        "- x",
        "{x}",
        "x, y",
        "it's",
        'say "x"',
        "a\nb\n",
        " x ",
        "=TODAY()",
        "-date",
        "\t",
        "#fff",
    ]
)
values = st.recursive(
    scalars | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts.filter(bool), inner, max_size=4),
    max_leaves=12,
)


def data(text: str, file: str) -> Any:
    """What the reader makes of a text, as plain values that may be changed."""
    tree, problems = read(text, file)
    assert problems == ()
    assert tree
    return plain(tree).data


@cache
def paths(text: str, file: str) -> list[tuple[str | int, ...]]:
    tree, _ = read(text, file)
    assert tree
    return [path for path, _ in walk(tree) if path]


@cache
def mappings(text: str, file: str) -> list[tuple[str | int, ...]]:
    tree, _ = read(text, file)
    assert tree
    return [path for path, node in walk(tree) if isinstance(node, MappingNode)]


def put(tree: Any, path: tuple[str | int, ...], value: Any) -> None:
    for step in path[:-1]:
        tree = tree[step]
    tree[path[-1]] = value


@settings(max_examples=60)
@given(st.sampled_from(SOURCES), st.data(), values)
def test_a_replaced_value_is_read_back_and_undone(source: tuple[str, str], draw: st.DataObject, value: Any) -> None:
    text, file = source
    path = draw.draw(st.sampled_from(paths(text, file)))
    made = edit(text, path, value, file)
    changed = made.apply(text)
    wanted = data(text, file)
    put(wanted, path, as_read(value))
    assert data(changed, file) == wanted
    assert made.reversed().apply(changed) == text
    assert ("\r\n" in text) == ("\r\n" in changed)


@settings(max_examples=60)
@given(st.sampled_from(SOURCES), st.data(), texts.filter(bool), values)
def test_an_added_key_is_read_back_and_undone(
    source: tuple[str, str], draw: st.DataObject, key: str, value: Any
) -> None:
    text, file = source
    path = (*draw.draw(st.sampled_from(mappings(text, file))), key)
    made = edit(text, path, value, file)
    changed = made.apply(text)
    wanted = data(text, file)
    put(wanted, path, as_read(value))
    assert data(changed, file) == wanted
    assert made.reversed().apply(changed) == text


@settings(max_examples=60)
@given(st.sampled_from(SOURCES), st.data(), texts)
def test_every_line_that_the_value_does_not_touch_stays(
    source: tuple[str, str], draw: st.DataObject, value: str
) -> None:
    text, file = source
    path = draw.draw(st.sampled_from(paths(text, file)))
    made = edit(text, path, value, file)
    end = made.start + len(made.before)
    changed = made.apply(text)
    assert changed.startswith(text[: made.start])
    assert changed.endswith(text[end:])


# path, value, the line before, the line after
LINES: list[tuple[tuple[str | int, ...], Any, str, str]] = [
    (("label",), "a: b", "label: 'It''s a shop'", "label: 'a: b'"),
    (("label",), "two\nlines", "label: 'It''s a shop'", 'label: "two\\nlines"'),
    (("name",), "firm", 'name: "shop"  # short', 'name: "firm"  # short'),
    (("kartoteka",), 2, "kartoteka: 1   # the version", "kartoteka: 2   # the version"),
    (("views",), {"all": ["a"]}, "views:", "views: {all: [a]}"),
    (("views", "all"), ["a"], "views:", "views: {all: [a]}"),
    (("entities", "client", "label"), "Buyer", "label: Client,", "label: Buyer,"),
    (("entities", "client", "label"), "Buyer, seller", "label: Client,", 'label: "Buyer, seller",'),
    (("entities", "client", "label"), "no", "label: Client,", 'label: "no",'),
    (("entities", "client", "label"), None, "label: Client,", "label: null,"),
    (("entities", "client", "required"), True, "'c']}  # one line", "'c'], required: true}  # one line"),
    (("entities", "client", "options", 1), "d", '"b"', '"d"'),
    (("entities", "order", "columns", 1), "client", "      -\n", "      - client\n"),
    (("entities", "order", "columns"), ["date"], "      - date\n      -\n      - [number, {lines: x}]\n", "      - date\n"),
    (("entities", "order", "text"), "x\ny\n", "      one\n      two\n", "      x\n      y\n"),
    (("entities", "order", "text"), "x", "|\n      one\n      two\n", "x\n"),
    (("entities", "order", "flow", "c"), 3, "      b: 2\n", "      b: 2,\n      c: 3\n"),
    (("entities", "имя", "ещё"), "да", "{ключ: значение}", "{ключ: значение, ещё: да}"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "value", "before", "after"), LINES)
def test_a_value_keeps_its_quotes_and_its_neighbours(
    path: tuple[str | int, ...], value: Any, before: str, after: str
) -> None:
    assert SAMPLE.count(before) == 1
    assert edit(SAMPLE, path, value).apply(SAMPLE) == SAMPLE.replace(before, after)


def test_what_is_long_becomes_a_block_below_its_key() -> None:
    options = [f"option number {number}" for number in range(3)]
    field = {"type": "choice", "label": "x" * 60, "options": options}
    changed = edit("fields:\n  a: {type: text}  # why\n  b: 1\n", ("fields", "a"), field).apply(
        "fields:\n  a: {type: text}  # why\n  b: 1\n"
    )
    listed = ", ".join(options)
    assert (
        changed == f"fields:\n  a:  # why\n    type: choice\n    label: {'x' * 60}\n    options: [{listed}]\n  b: 1\n"
    )


def test_json_stays_json() -> None:
    changed = edit(JSON, ("entities", "a", "label"), 'say "x"', "a.json").apply(JSON)
    assert changed == JSON.replace('"x"', '"say \\"x\\""')
    assert edit(JSON, ("new",), [1, None], "a.json").apply(JSON).endswith('{}],\n  "new": [1, null]\n}\n')


@pytest.mark.parametrize("path", [("none", "below"), ("name", "below"), ("entities", "order", "columns", 9)])
def test_a_path_that_leads_nowhere(path: tuple[str | int, ...]) -> None:
    with pytest.raises(LookupError):
        edit(SAMPLE, path, "x")


def test_a_text_with_problems_is_left_alone() -> None:
    with pytest.raises(LookupError):
        edit("a: 1\na: 2\n", ("a",), 3)


def test_an_edit_fits_only_the_text_it_was_made_for() -> None:
    with pytest.raises(ValueError, match="changed since"):
        Edit(0, "a", "b").apply("c")


@pytest.mark.parametrize("value", [1.5, object(), {"a": 1.5}, b"x"])
def test_what_a_configuration_cannot_hold(value: Any) -> None:
    with pytest.raises(TypeError):
        edit("a: 1\n", ("a",), value)


@pytest.mark.parametrize(
    ("value", "plain_text"),
    [("Client", True), ("Клиент", True), ("-date", True), ("a-b c", True), ("no", False), ("NULL", False), ("1", False)]
    + [(text, False) for text in ("2026-01-01", "0x1", ".5", "", " a", "a ", "a: b", "a #b", "a,b", "[a", "é\u00a0")],
)
def test_texts_that_other_programs_would_misread_are_quoted(value: str, plain_text: bool) -> None:
    assert (spelled(value) == value) is plain_text


def test_a_change_goes_into_the_file_that_holds_it(tmp_path: Path) -> None:
    root = b"kartoteka: 1\r\nname: shop\r\ninclude: [a/*.yaml]\r\n"
    entities = b"\xef\xbb\xbf# Clients.\r\nclient:\r\n  fields:\r\n    name: {type: text}  # short\r\n"
    (tmp_path / "a").mkdir()
    (tmp_path / "kartoteka.yaml").write_bytes(root)
    (tmp_path / "a" / "client.yaml").write_bytes(entities)
    changed = change(tmp_path, ("entities", "client", "fields", "name", "required"), True)
    assert changed == tmp_path / "a" / "client.yaml"
    assert changed.read_bytes() == entities.replace(b"text}", b"text, required: true}")
    change(tmp_path, ("entities", "client", "fields", "city"), {"type": "text"})
    change(tmp_path, ("name",), "firm")
    assert (tmp_path / "kartoteka.yaml").read_bytes() == root.replace(b"shop", b"firm")
    configuration, problems = load(tmp_path)
    assert problems == ()
    assert configuration
    assert list(configuration.entities["client"].fields) == ["name", "city"]
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a", "client.yaml", "kartoteka.yaml"]
