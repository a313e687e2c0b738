"""The field that names a record."""

from __future__ import annotations

from collections.abc import Iterator

from engine.config.checks.names import NAME
from engine.config.checks.unknown import unknown_field
from engine.config.draft import Draft
from engine.fields import Field
from engine.problems import Problem


def fit(draft: Draft) -> Iterator[Problem]:
    """A title that is no expression is a short field of the record itself."""
    for name, entity in draft.entities.items():
        title, path = entity.title, ("entities", name, "title")
        if title is None:
            continue
        field = entity.fields.get(title)
        if not NAME.match(title):
            # An expression; what is wrong with it, the check of formulas says.
            continue
        if title not in draft.field_names(name):
            yield from unknown_field(draft, path, title, name)
        elif field and not _is_short(field):
            yield draft.found("title-unsuitable", path, type=field.kind)


def _is_short(field: Field) -> bool:
    column = field.column()
    return column is not None and field.kind != "long_text" and column.kind not in {"reference", "codes", "boolean"}
