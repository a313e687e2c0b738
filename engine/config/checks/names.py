"""Names of entities, fields and views."""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterator

from engine.config.draft import Draft
from engine.config.nodes import MappingNode, Path, at
from engine.problems import Problem

NAME = re.compile(r"[a-z](?!.*__)[a-z0-9_]{0,39}\Z", re.ASCII)
"""Two underscores together belong to the program's own columns."""

_IN_EXPRESSIONS = frozenset(word for word in keyword.kwlist if word.islower()) | {"true", "false", "null", "record"}
_IN_FILES = frozenset({"kartoteka", "include", "entities", "roles", "reports", "dashboards", "documents", "registers"})
# What PostgreSQL and SQLite call columns of their own.
_IN_DATABASES = frozenset({"id", "oid", "rowid", "tableoid", "ctid", "xmin", "xmax", "cmin", "cmax"})


def valid(draft: Draft) -> Iterator[Problem]:
    """Names have one plain form, so that they serve as columns, in expressions and in addresses."""
    name = draft.text(("name",))
    if name is not None and not NAME.match(name):
        yield draft.found("name-invalid", ("name",), name=name)
    for path in (
        *_entities(draft),
        *_fields(draft),
        *_below(draft, "views"),
        *_below(draft, "cards"),
        *_roles(draft),
        *_dashboards(draft),
    ):
        if not NAME.match(str(path[-1])):
            yield draft.found_at_key("name-invalid", path, name=str(path[-1]))


def free(draft: Draft) -> Iterator[Problem]:
    """Names leave alone what expressions, files and databases already use."""
    for path in _entities(draft):
        name = str(path[-1])
        if name in _IN_EXPRESSIONS | _IN_FILES or name.startswith("sqlite_"):
            other = name.removeprefix("sqlite_") if name.startswith("sqlite_") else f"{name}_record"
            yield draft.found_at_key("name-reserved", path, name=name, other=other)
    for path in _fields(draft):
        name = str(path[-1])
        if name in _IN_EXPRESSIONS | _IN_DATABASES:
            yield draft.found_at_key("name-reserved", path, name=name, other=f"{path[1]}_{name}"[:40])


def _entities(draft: Draft) -> Iterator[Path]:
    return (("entities", name) for name in draft.entity_names)


def _fields(draft: Draft) -> Iterator[Path]:
    return (("entities", name, "fields", field) for name in draft.entity_names for field in draft.field_names(name))


def _roles(draft: Draft) -> Iterator[Path]:
    node = at(draft.tree, ("roles",))
    return (("roles", name) for name in (node.entries if isinstance(node, MappingNode) else ()))


def _dashboards(draft: Draft) -> Iterator[Path]:
    for name, dashboard in draft.configuration.dashboards.items():
        yield "dashboards", name
        yield from (("dashboards", name, "tiles", tile) for tile in dashboard.tiles)


def _below(draft: Draft, key: str) -> Iterator[Path]:
    """What stands by its name below a key of an entity."""
    for name in draft.entity_names:
        node = at(draft.tree, ("entities", name, key))
        if isinstance(node, MappingNode):
            yield from (("entities", name, key, one) for one in node.entries)
