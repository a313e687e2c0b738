"""How much text an expression becomes, told before it is written: shared parts are written again wherever they stand."""

from __future__ import annotations

from sqlalchemy import Dialect
from sqlalchemy.sql.visitors import Visitable

from formulas.to_sql.cells import Sql

LARGEST = 64_000
"""Characters of SQL that one formula may become."""
_LEAST, _MOST = 3, 64
"""Characters that an element takes, on the average."""
_DEEPEST = 150
"""Levels that SQLAlchemy can write without coming near Python's limit of calls."""


def is_too_large(expression: Sql, dialect: Dialect) -> bool:
    """Whether a formula is longer as SQL than databases and people can bear."""
    elements, depth = _measured(expression)
    if elements * _LEAST > LARGEST or depth > _DEEPEST:
        return True
    return elements * _MOST > LARGEST and len(str(expression.compile(dialect=dialect))) > LARGEST


def _measured(root: Visitable) -> tuple[int, int]:
    """Elements of the tree as it is written, and its levels, without walking a shared part twice."""
    counted: dict[int, tuple[int, int]] = {}
    pending: list[tuple[Visitable, bool]] = [(root, False)]
    # Keeps each element alive, so that no id is given a second time.
    alive: list[Visitable] = []
    while pending:
        element, children_known = pending.pop()
        if id(element) in counted:
            continue
        children = list(element.get_children())  # type: ignore[attr-defined]
        if children_known:
            found = [counted.get(id(child), (1, 1)) for child in children]
            deepest = max((depth for _, depth in found), default=0)
            counted[id(element)] = 1 + sum(count for count, _ in found), 1 + deepest
        else:
            alive.append(element)
            pending.append((element, True))
            pending.extend((child, False) for child in children)
            alive.extend(children)
    return counted[id(root)]
