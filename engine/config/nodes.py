"""What the reader finds: a frozen tree of texts, mappings and lists, each knowing its place and its stretch of the file.

Scalars stay source text; what `no`, `012` or `1:30` mean is for the field that reads them to say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from engine.problems import Place

Path = tuple[str | int, ...]
"""Where a node stands: keys of mappings and positions in lists, from the root."""

Style = Literal["plain", "'", '"', "|", ">"]


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text, or None where nothing (or `null`, or `~`) was written. `start` and `end` are offsets into the file."""

    text: str | None
    place: Place
    start: int
    end: int
    style: Style = "plain"

    @property
    def quoted(self) -> bool:
        return self.style != "plain"


@dataclass(frozen=True, slots=True)
class Entry:
    """A key of a mapping and what stands behind it."""

    key: Scalar
    node: Node


@dataclass(frozen=True, slots=True)
class MappingNode:
    """Keys and values in the order of the file. `flow` says that it is written within braces."""

    entries: Mapping[str, Entry]
    place: Place
    start: int
    end: int
    flow: bool = False


@dataclass(frozen=True, slots=True)
class SequenceNode:
    """A list. `flow` says that it is written within brackets."""

    items: tuple[Node, ...]
    place: Place
    start: int
    end: int
    flow: bool = False


@dataclass(frozen=True, slots=True)
class Broken:
    """Stands where the reader has already reported a Problem, so that nobody reports another one."""

    place: Place
    start: int
    end: int


Node = Scalar | MappingNode | SequenceNode | Broken


@dataclass(frozen=True, slots=True)
class Plain:
    """A tree as dicts, lists, texts and None; `broken` names what is missing from it because of a Problem."""

    data: Any
    broken: tuple[Path, ...] = field(default=())


def child(node: Node, step: str | int) -> Node | None:
    """The node behind a key or at a position, or None."""
    if isinstance(node, MappingNode):
        entry = node.entries.get(str(step))
        return entry.node if entry else None
    if isinstance(node, SequenceNode) and isinstance(step, int) and 0 <= step < len(node.items):
        return node.items[step]
    return None


def at(node: Node, path: Path) -> Node | None:
    """The node at a path, or None."""
    found: Node | None = node
    for step in path:
        found = child(found, step) if found else None
    return found


def key_at(node: Node, path: Path) -> Scalar | None:
    """The key that a path ends with, where its parent is a mapping."""
    parent = at(node, path[:-1]) if path else None
    if not isinstance(parent, MappingNode):
        return None
    entry = parent.entries.get(str(path[-1]))
    return entry.key if entry else None


def place_of_value(node: Node, path: Path) -> Place | None:
    """Where to point for a wrong value; at the key, where the value is a block of lines or nothing at all.

    A value that nobody wrote is pointed at by what should have held it.
    """
    found, key = at(node, path), key_at(node, path)
    if found is None and path:
        return place_of_value(node, path[:-1])
    if found is None:
        return None
    is_nothing = isinstance(found, Scalar) and found.start == found.end
    return key.place if key and (is_nothing or _is_block(found)) else found.place


def place_of_key(node: Node, path: Path) -> Place | None:
    """Where to point for a wrong name."""
    key = key_at(node, path)
    return key.place if key else place_of_value(node, path)


def _is_block(node: Node) -> bool:
    return isinstance(node, MappingNode | SequenceNode) and not node.flow


def plain(node: Node) -> Plain:
    """The tree without positions, for the model to validate."""
    broken: list[Path] = []
    return Plain(_plain(node, (), broken), tuple(broken))


def _plain(node: Node, path: Path, broken: list[Path]) -> Any:
    if isinstance(node, MappingNode):
        return {name: _plain(entry.node, (*path, name), broken) for name, entry in node.entries.items()}
    if isinstance(node, SequenceNode):
        return [_plain(item, (*path, index), broken) for index, item in enumerate(node.items)]
    if isinstance(node, Broken):
        broken.append(path)
        return None
    return node.text


def walk(node: Node, path: Path = ()) -> Iterator[tuple[Path, Node]]:
    """Every node with its path, parents first."""
    yield path, node
    if isinstance(node, MappingNode):
        for name, entry in node.entries.items():
            yield from walk(entry.node, (*path, name))
    elif isinstance(node, SequenceNode):
        for index, item in enumerate(node.items):
            yield from walk(item, (*path, index))
