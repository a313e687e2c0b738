"""The lines of a table, or its columns: what stands there, in which order, and what is left out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from designer.pivot.filling import filled
from designer.pivot.finished import Item, Naming
from designer.pivot.levels import is_valued
from designer.pivot.measures import with_others
from designer.pivot.ordering import largest, ordered
from designer.pivot.room import Room
from engine.grouping import OTHERS, Keys
from engine.model.report import Dimension

Worths = Callable[[Keys, str], Any]
"""What the item of some keys has as a value of the report."""


@dataclass(frozen=True, slots=True)
class Axis:
    """The items in the order of display; the keys of the parts of each, so too; what was kept of each dimension.

    Where nothing is left out of a dimension, `kept` is None there.
    """

    items: tuple[Item, ...]
    parts: Mapping[Keys, tuple[Keys, ...]]
    kept: tuple[frozenset[Keys] | None, ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """By what the items of an axis are arranged: the value that decides where none is named, and whether all have a total."""

    dimensions: tuple[Dimension, ...]
    naming: Naming
    worths: Worths
    decides: str
    total: bool


def arranged(setting: Setting, leaves: Iterable[Keys]) -> Axis:
    """The axis of all that there is: `leaves` are the keys of its innermost level."""
    builder = _Builder(setting, _nested(leaves))
    items = [*builder.items((), ()), *_total(setting)]
    return Axis(tuple(items), builder.parts, builder.all_kept())


def _nested(leaves: Iterable[Keys]) -> Mapping[Keys, dict[Any, None]]:
    """The keys of the parts of each item that has some."""
    found: dict[Keys, dict[Any, None]] = {}
    for keys in leaves:
        for depth, key in enumerate(keys):
            found.setdefault(keys[:depth], {})[key] = None
    return found


def _total(setting: Setting) -> Iterator[Item]:
    """The grand total; without dimensions it is all that there is."""
    if setting.total or not setting.dimensions:
        yield Item((), "", "total", not setting.dimensions)


class _Builder:
    """Walks down the dimensions and remembers what stays of each."""

    def __init__(self, setting: Setting, nested: Mapping[Keys, dict[Any, None]]) -> None:
        self.setting = setting
        self.nested = nested
        self.parts: dict[Keys, tuple[Keys, ...]] = {}
        self.kept: list[set[Keys]] = [set() for _ in setting.dimensions]
        self.left_out = [False for _ in setting.dimensions]
        self.room = Room()

    def all_kept(self) -> tuple[frozenset[Keys] | None, ...]:
        return tuple(frozenset(kept) if out else None for kept, out in zip(self.kept, self.left_out, strict=True))

    def items(self, parent: Keys, texts: tuple[str, ...]) -> Iterator[Item]:
        """The items below a parent, each before its own parts."""
        depth = len(parent)
        dimension = self.setting.dimensions[depth] if depth < len(self.setting.dimensions) else None
        if dimension is None:
            return
        keys = self._displayed(dimension, parent)
        self.parts[parent] = tuple((*parent, key) for key in keys)
        for key in keys:
            self.room.take()
            item = self._item(dimension, (*parent, key), texts)
            yield item
            if not item.leaf:
                yield from self.items(item.keys, item.texts)

    def _item(self, dimension: Dimension, keys: Keys, texts: tuple[str, ...]) -> Item:
        if keys[-1] is OTHERS:
            return Item(keys, "", "others", True, (*texts, ""))
        text = self.setting.naming.text(dimension, keys[-1])
        depth, dimensions = len(keys), self.setting.dimensions
        return Item(keys, text, "item", depth == len(dimensions), (*texts, text), is_valued(dimensions, depth))

    def _displayed(self, dimension: Dimension, parent: Keys) -> Sequence[Any]:
        given = self.nested.get(parent, {})
        kept = self._largest(dimension, parent, given)
        self.kept[len(parent)].update((*parent, key) for key in kept)
        keys = ordered(
            dimension,
            filled(dimension, kept, self.room),
            self.setting.naming,
            lambda key, name: self.setting.worths((*parent, key), name),
        )
        if len(kept) == len(given):
            return keys
        self.left_out[len(parent)] = True
        return [*keys, OTHERS] if with_others(dimension) else keys

    def _largest(self, dimension: Dimension, parent: Keys, keys: Iterable[Any]) -> Collection[Any]:
        top = dimension.top
        if top is None:
            return list(keys)
        name = top.by or self.setting.decides
        return largest(top, dimension, keys, self.setting.naming, lambda key: self.setting.worths((*parent, key), name))
