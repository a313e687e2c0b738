"""The columns of an export, filled page by page from raw rows."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from engine.exchange.cells import Cell, joined
from engine.expressions.results import error_code
from engine.fields import Field
from engine.fields.column import FILES
from engine.fields.locale import Locale
from engine.query import Query
from engine.records import Page, Records
from engine.storage.tables import ERROR

MOST_KEPT = 5_000


class Memo(dict[Any, Any]):
    """What `make` gives for each raw value, made once for values that come again and again; None stays None."""

    def __init__(self, make: Callable[[Any], Any]) -> None:
        super().__init__()
        self.make = make
        self._pays = True

    def __missing__(self, raw: Any) -> Any:
        made = self[raw] = None if raw is None else self.make(raw)
        return made

    def all(self, column: Iterable[Any]) -> list[Any]:
        """What is made of each raw value of a column."""
        if len(self) > MOST_KEPT:
            self._pays = False
            self.clear()
        if self._pays:
            return list(map(self.__getitem__, column))
        make = self.make
        return [None if raw is None else make(raw) for raw in column]


class Column(ABC):
    """One column of an export."""

    @abstractmethod
    def cells(self, page: Page, raw: Sequence[Sequence[Any]]) -> Sequence[Any]:
        """The cells of a page whose rows stand in `raw` column by column, the ids first."""


class Plain(Column):
    """A column of values."""

    def __init__(self, name: str, show: Cell) -> None:
        self.name = name
        self.show = show
        self._memo: Memo | None = None

    def cells(self, page: Page, raw: Sequence[Sequence[Any]]) -> Sequence[Any]:
        place = page.columns.index(self.name)
        if self._memo is None:
            load, show = page.loaders[place], self.show
            self._memo = Memo(show if load is None else lambda item: show(load(item)))
        return self._memo.all(raw[place])


class Checked(Column):
    """A computed column: in place of a value that there is none of, the error."""

    def __init__(self, name: str, column: Column) -> None:
        self.name = name
        self.column = column

    def cells(self, page: Page, raw: Sequence[Sequence[Any]]) -> Sequence[Any]:
        cells = self.column.cells(page, raw)
        wrong = raw[page.columns.index(self.name + ERROR)]
        if not any(wrong):
            return cells
        pairs = zip(cells, wrong, strict=True)
        return [cell if number is None else error_code(number) for cell, number in pairs]


class Named(Column):
    """A reference, shown by the title of its record."""

    def __init__(self, name: str, target: str, show: Callable[[str], str]) -> None:
        self.name = name
        self.target = target
        self._memo = Memo(show)

    def cells(self, page: Page, raw: Sequence[Sequence[Any]]) -> Sequence[Any]:
        titles = page.titles.get(self.target, {})
        return self._memo.all(map(titles.get, raw[page.columns.index(self.name)]))


class Linked(Column):
    """A field that holds several records, shown by their titles, or files, of which only the number is shown."""

    def __init__(self, name: str, target: str, show: Callable[[str], str]) -> None:
        self.name = name
        self.target = target
        self._memo = Memo(show)

    def cells(self, page: Page, raw: Sequence[Sequence[Any]]) -> Sequence[Any]:
        held = page.links[self.name]
        if self.target == FILES:
            return [len(held.get(record, ())) or None for record in raw[0]]
        titles = page.titles.get(self.target, {})
        named = ([titles[key] for key in held.get(record, ()) if key in titles] for record in raw[0])
        return self._memo.all(joined(listed) if listed else None for listed in named)


def columns_of(
    records: Records,
    query: Query,
    locale: Locale,
    cell_of: Callable[[Field, Locale], Cell],
    name_of: Callable[[str], str],
) -> list[Column]:
    """The columns of a query. `cell_of` shows values of a field, `name_of` the titles of records."""
    entity = records.configuration.entities[query.entity]

    def column(name: str) -> Column:
        field = entity.fields.get(name)
        if field is None:
            return Named(name, name, name_of)
        made = entered(name, field)
        return made if field.formula is None else Checked(name, made)

    def entered(name: str, field: Field) -> Column:
        stored, links = field.column(), field.links()
        if links:
            return Linked(name, links.target, name_of)
        if stored and stored.kind == "reference":
            return Named(name, stored.target, name_of)
        return Plain(name, cell_of(field, locale))

    return [column(name) for name in query.columns]


def with_errors(records: Records, query: Query) -> Query:
    """The query, asking also for the errors that may stand in place of computed values."""
    fields = records.configuration.entities[query.entity].fields
    wrong = [name + ERROR for name in query.columns if name in fields and fields[name].formula is not None]
    return replace(query, columns=(*query.columns, *wrong))
