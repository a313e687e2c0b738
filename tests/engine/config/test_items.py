"""Lists in the text of a configuration: an item more, an item less, and every other character as it was."""

from __future__ import annotations

import pytest

from engine.config.items import add_item, remove_item

BLOCK = """# Above.
grants:
  # The first.
  - {entity: a, can: [read]}  # reads
  - entity: b
    can: [read]  # b too

after: 1
"""
FLOW = "grants: [one, two, three]  # all\n"


def test_an_item_is_added_below_the_last() -> None:
    added = add_item(BLOCK, ("grants",), {"entity": "c", "can": ["read", "update"]}, "a.yaml")
    line = "    can: [read]  # b too\n"
    assert added == BLOCK.replace(line, line + "  - {entity: c, can: [read, update]}\n")
    assert add_item(FLOW, ("grants",), "four", "a.yaml") == FLOW.replace("three", "three, four")
    assert add_item("a: 1\n", ("grants",), "one", "a.yaml") == "a: 1\ngrants: [one]\n"
    assert add_item("grants: []\n", ("grants",), "one", "a.yaml") == "grants: [one]\n"
    assert add_item('{"a": ["x"]}', ("a",), "y", "a.json") == '{"a": ["x", "y"]}'


def test_a_long_item_takes_several_lines() -> None:
    value = {"entity": "c", "can": ["read"], "where": "manager = USER() and " * 5 + "open"}
    assert add_item(BLOCK, ("grants",), value, "a.yaml").count("\n") == BLOCK.count("\n") + 3


def test_an_item_is_taken_out() -> None:
    assert remove_item(BLOCK, ("grants", 0), "a.yaml") == BLOCK.replace("  - {entity: a, can: [read]}  # reads\n", "")
    assert remove_item(BLOCK, ("grants", 1), "a.yaml") == BLOCK.replace("  - entity: b\n    can: [read]  # b too\n", "")
    assert remove_item(FLOW, ("grants", 0), "a.yaml") == FLOW.replace("one, ", "")
    assert remove_item(FLOW, ("grants", 2), "a.yaml") == FLOW.replace(", three", "")
    assert remove_item("grants:\n  - one\n", ("grants", 0), "a.yaml") in ("grants:\n  []\n", "grants: []\n")


def test_line_ends_stay() -> None:
    text = BLOCK.replace("\n", "\r\n")
    added = add_item(text, ("grants",), "x", "a.yaml")
    assert added.replace("\r\n", "\n") == add_item(BLOCK, ("grants",), "x", "a.yaml")
    assert remove_item(text, ("grants", 1), "a.yaml").replace("\r\n", "\n") == remove_item(
        BLOCK, ("grants", 1), "a.yaml"
    )


@pytest.mark.parametrize("path", [("grants", 9), ("after", 0), ("nothing", 0)])
def test_what_is_not_there_cannot_be_taken_out(path: tuple[str | int, ...]) -> None:
    with pytest.raises(LookupError):
        remove_item(BLOCK, path, "a.yaml")
    with pytest.raises(LookupError):
        add_item("a: 1\na: 2\n", ("b",), "x", "a.yaml")
