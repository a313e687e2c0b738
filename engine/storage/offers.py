"""What a reference offers, as SQL: its condition over the candidates, with what the edited record says as parameters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Subquery, Text, bindparam, cast
from sqlalchemy.types import TypeEngine

from engine.expressions.choices import RECORD, Choice
from engine.expressions.routes import walked
from engine.fields.column import USERS
from engine.model import Configuration
from engine.storage.located import Located, met
from engine.storage.system import KEY
from engine.storage.tables import column_type
from engine.storage.types import Exactly
from engine.storage.visible import Visible
from formulas import FormulaError
from formulas.values import Reference


@dataclass(frozen=True)
class Offer:
    """A choice for one edited record: `said` are its values by the paths that the choice reads, "" for its id."""

    choice: Choice
    said: Mapping[str, Any]

    @property
    def bound(self) -> dict[str, Any]:
        """The values of the parameters."""
        paths = enumerate(self.choice.paths)
        return {f"record_{number}": _plain(self.said.get(path)) for number, path in paths}


def offered(visible: Visible, candidates: Subquery, choice: Choice) -> ColumnElement[bool]:
    """Which candidates may be chosen, for WHERE."""
    given = {
        f"{RECORD}.{path}".removesuffix("."): _parameter(visible, choice, path, number)
        for number, path in enumerate(choice.paths)
    }
    return met(Located(visible, choice.target, candidates, given), choice.tree)


def _plain(value: Any) -> Any:
    if isinstance(value, FormulaError):
        return None
    return value.id if isinstance(value, Reference) else value


def _parameter(visible: Visible, choice: Choice, path: str, number: int) -> ColumnElement[Any]:
    kind = _kind(visible.configuration, choice.entity, path)
    found: ColumnElement[Any] = bindparam(f"record_{number}", None, kind)
    # PostgreSQL wants to know the type. SQLite would make a number of a date, and must see an amount as it is stored.
    return cast(found, kind) if visible.system == "postgresql" or isinstance(kind, Exactly) else found


def _kind(configuration: Configuration, entity: str, path: str) -> TypeEngine[Any]:
    """How the value at a path is stored."""
    way, name = walked(configuration, entity, path)
    holder = way[-1].far if way else entity
    if holder == USERS:
        return Text()
    field = configuration.entities[holder].fields.get(name)
    stored = field.column() if field else None
    return column_type(stored) if stored else KEY
