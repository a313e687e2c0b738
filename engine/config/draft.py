"""A configuration whose shape is right, before its meaning is checked.

What the model refused is cut out, so that the rest can still be checked; what was cut stays known by name, so that a
reference to it is not reported as a second Problem.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from engine.config.nodes import MappingNode, Path, Scalar, at, place_of_key, place_of_value
from engine.fields import Field
from engine.model import Configuration, Entity
from engine.problems import Param, Place, Problem, problem


@dataclass(frozen=True)
class Draft:
    """What the checks look at: the valid parts, and the tree of everything that was written.

    `complete` is False where a file could not be read: then nobody can say that a name does not exist.
    """

    configuration: Configuration
    tree: MappingNode
    cut: frozenset[Path] = frozenset()
    complete: bool = True

    @property
    def entities(self) -> dict[str, Entity]:
        """The entities whose shape is right."""
        return self.configuration.entities

    @property
    def entity_names(self) -> tuple[str, ...]:
        """All entities that somebody wrote, whatever is wrong with them."""
        return self._names(("entities",))

    def field_names(self, entity: str) -> tuple[str, ...]:
        """All fields of an entity that somebody wrote."""
        return self._names(("entities", entity, "fields"))

    def fields(self) -> Iterator[tuple[Path, Entity, Field]]:
        """Every field whose shape is right, with its path and its entity."""
        for name, entity in self.entities.items():
            for field_name, field in entity.fields.items():
                yield ("entities", name, "fields", field_name), entity, field

    def written(self, path: Path) -> bool:
        """Whether somebody wrote this, or it stands there by default."""
        return at(self.tree, path) is not None

    def is_whole(self, path: Path) -> bool:
        """Whether nothing of what stands at a path was cut; what stands there by default may then not be meant."""
        return not any(cut[: len(path)] == path for cut in self.cut)

    def text(self, path: Path) -> str | None:
        """The source text of a scalar, also in a part that was cut."""
        node = at(self.tree, path)
        return node.text if isinstance(node, Scalar) else None

    def place(self, path: Path) -> Place | None:
        return place_of_value(self.tree, path)

    def found(self, code: str, path: Path, **params: Param) -> Problem:
        """A Problem with the value at a path."""
        return problem(code, place=place_of_value(self.tree, path), path=map(str, path), **params)

    def found_at_key(self, code: str, path: Path, **params: Param) -> Problem:
        """A Problem with the name at a path."""
        return problem(code, place=place_of_key(self.tree, path), path=map(str, path), **params)

    def _names(self, path: Path) -> tuple[str, ...]:
        node = at(self.tree, path)
        return tuple(node.entries) if isinstance(node, MappingNode) else ()


def without(data: Any, path: Path) -> None:
    """Take the key at a path out of nested dicts and lists; nothing happens where it is not there."""
    for step in path[:-1]:
        if isinstance(data, list) and isinstance(step, int):
            data = data[step] if step < len(data) else None
        else:
            data = data.get(step) if isinstance(data, dict) else None
    if isinstance(data, dict):
        data.pop(path[-1], None)
