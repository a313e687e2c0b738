"""Adds an item to a list in the text of a configuration, or takes one out, and keeps every other character."""

from __future__ import annotations

from typing import Any

from engine.config import spell
from engine.config.nodes import Node, Path, SequenceNode, at, plain
from engine.config.read import read
from engine.config.write import as_read, edit, newline_of


def add_item(text: str, path: Path, value: Any, file: str) -> str:
    """The text with a value at the end of the list at a path; the list is made where there is none.

    Raises:
        LookupError: no list can stand where the path leads, or the text has problems of its own.
    """
    tree = _tree(text, file)
    node = at(tree, path)
    if not isinstance(node, SequenceNode) or not node.items:
        return edit(text, path, [value], file).apply(text)
    last = node.items[-1]
    if node.flow:
        made = text[: last.end] + ", " + spell.flow(value, is_json=file.endswith(".json")) + text[last.end :]
    else:
        indent = node.place.column - 1
        written = spell.flow(value)
        if len(written) + indent > spell.WIDTH and spell.is_collection(value) and value:
            written = spell.block(value, indent + 2, newline_of(text))
        end = _end_of_line(text, last.end)
        made = text[:end] + newline_of(text) + " " * indent + "- " + written + text[end:]
    return _verified(made, tree, path, [*plain(node).data, as_read(value)], file)


def remove_item(text: str, path: Path, file: str) -> str:
    """The text without the item of a list at a path; the last one leaves an empty list.

    Raises:
        LookupError: no item stands where the path leads, or the text has problems of its own.
    """
    tree = _tree(text, file)
    node, (*_, number) = at(tree, path[:-1]), path
    if not isinstance(node, SequenceNode) or not isinstance(number, int) or number >= len(node.items):
        raise LookupError(f"there is no item at {'.'.join(map(str, path))}")
    left = [data for place, data in enumerate(plain(node).data) if place != number]
    item = node.items[number]
    if not left:
        return edit(text, path[:-1], [], file).apply(text)
    if node.flow:
        start, end = (node.items[number - 1].end, item.end) if number else (item.start, node.items[1].start)
    else:
        dash = text.rindex("-", 0, item.start)
        start = text.rindex("\n", 0, dash) + 1 if "\n" in text[:dash] else 0
        end = min(_end_of_line(text, item.end) + len(newline_of(text)), len(text))
    return _verified(text[:start] + text[end:], tree, path[:-1], left, file)


def _tree(text: str, file: str) -> Node:
    tree, problems = read(text, file)
    if tree is None or problems:
        raise LookupError(problems[0].sentence if problems else file)
    return tree


def _end_of_line(text: str, offset: int) -> int:
    ends = [found for found in (text.find("\n", offset), text.find("\r", offset)) if found >= 0]
    return min(ends, default=len(text))


def _verified(text: str, old: Node, path: Path, wanted: Any, file: str) -> str:
    """The text, if it differs from the old one in this list alone."""
    expected = plain(old).data
    parent = expected
    for step in path[:-1]:
        parent = parent[step]
    parent[path[-1]] = wanted
    if plain(_tree(text, file)).data != expected:
        raise LookupError(f"{'.'.join(map(str, path))} cannot be changed in place")
    return text
