"""What the groups of a list amount to, asked of all its records, and what to call them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from markupsafe import Markup, escape

from designer.pivot.behind import behind
from engine.expressions.reached import reached
from engine.fields.locale import Locale
from engine.grouping import Amount, Answer, Grouping, Key, Keys, Level, Tally, Wrong
from engine.model.report import Dimension, Measure, Report
from engine.query import Sort
from engine.records import Records
from engine.records.reporting import Adding
from runtime_web.lists.cells import drawings_of
from runtime_web.lists.generate import drawn
from runtime_web.lists.levels import Total
from runtime_web.lists.page import Listing
from runtime_web.lists.state import ListState, criterion_text
from runtime_web.lists.words import path_label
from runtime_web.reports.amounts import Write, aggregate_words, writer_of
from runtime_web.reports.naming import Names, names_for, titles_of

SMALLEST: tuple[int, str] = (0, "")


@dataclass(frozen=True)
class Asking:
    """Asks for the amounts of a list that is grouped or added up."""

    listing: Listing

    @property
    def state(self) -> ListState:
        return self.listing.state

    @property
    def records(self) -> Records:
        return self.listing.records

    @property
    def locale(self) -> Locale:
        return self.listing.locale

    @property
    def totals(self) -> tuple[Total, ...]:
        """What is added up, of the columns that are shown."""
        return tuple(total for total in self.listing.totals if total.field in self.listing.columns)

    def answer(self, keys: tuple[Key, ...], levels: tuple[Level, ...]) -> tuple[Grouping, Answer]:
        """
        Raises:
            Refused: there are too many groups.
        """
        query = self.listing.query
        amounts = (Amount("count"), *(Amount(total.aggregate, total.field) for total in self.totals))
        asked = Grouping(query.entity, keys, amounts, levels, query.conditions, query.where, search=query.search)
        return asked, Adding(self.records.database, self.records.tables, self.records.rights).answer(asked)

    # Words

    @cached_property
    def report(self) -> Report:
        """The same as reports put it, whose words for keys and numbers lists have too."""
        rows = tuple(Dimension(field=key.path, by=key.by) for key in self.listing.levels)
        values = {total.field: Measure(field=total.field, aggregate=total.aggregate) for total in self.totals}
        return Report(of=self.state.entity, rows=rows, values=values)

    @cached_property
    def names(self) -> Names:
        return names_for(self.records.configuration, self.report, self.locale)

    @cached_property
    def writers(self) -> dict[str, Write]:
        configuration = self.records.configuration
        return {total.field: writer_of(configuration, self.report, total.field, self.locale) for total in self.totals}

    def texts(self, tallies: tuple[Tally, ...]) -> dict[str, str]:
        """What the columns come to, by their names; the first tally is that of the records."""
        return {
            total.field: self.writers[total.field](tally.value)
            for total, tally in zip(self.totals, tallies[1:], strict=True)
        }

    def said(self, field: str) -> str:
        """How a column is added up."""
        return next((aggregate_words()[one.aggregate] for one in self.totals if one.field == field), "")

    def label_of(self, key: Key) -> str:
        found = reached(self.records.configuration, self.state.entity, key.path)
        assert found is not None, "unknown levels are not in the state"
        return path_label(self.records.configuration, found, self.locale.language)


@dataclass(frozen=True, slots=True)
class Group:
    """A group of the outermost level: its key, what it amounts to, and the list of what is in it, where one says it."""

    key: Any
    label: Markup
    tallies: tuple[Tally, ...]
    within: ListState | None
    id: str


def groups_of(asking: Asking) -> list[Group]:
    """The groups of the outermost level in their order.

    Raises:
        Refused: there are too many.
    """
    key, *rest = asking.listing.levels
    asked, answer = asking.answer((key,), ((0,),))
    asking.names.learn(titles_of(asking.records, asked, answer.groups))
    dimension = asking.report.rows[0]
    drawings = _drawings(asking, key)
    found: list[Group] = []
    for (value,), tallies in _sorted(asking, key, answer.groups[(0,)]):
        text = asking.names.text(dimension, value)
        drawing = drawings.get(value) if isinstance(value, str) else None
        within, own = _within(asking, key, value, tuple(rest))
        found.append(Group(value, Markup(drawing or escape(text)), tallies, within, own))  # noqa: S704 (escaped)
    return found


def _drawings(asking: Asking, key: Key) -> Any:
    """How the values of a choice look."""
    found = reached(asking.records.configuration, asking.state.entity, key.path)
    return drawings_of(found.field, asking.locale, drawn()) if found else {}


def _within(asking: Asking, key: Key, value: Any, rest: tuple[Key, ...]) -> tuple[ListState | None, str]:
    configuration, state = asking.records.configuration, asking.state
    conditions = behind(configuration, state.entity, (key,), (value,))
    if conditions is None:
        return None, f"{key.path}:{value}"
    inner = replace(state.filtering((*state.conditions, *conditions)), group=rest)
    return inner, ";".join(criterion_text(configuration, state.entity, one) for one in conditions)


def _sorted(asking: Asking, key: Key, groups: Any) -> Iterator[tuple[Keys, tuple[Tally, ...]]]:
    """By what the list is sorted by, where that is the level itself or what is added up; else by what groups are called."""
    sort = next(iter(asking.state.sort), None) or Sort(key.path)
    places = {total.field: number for number, total in enumerate(asking.totals, 1)}
    pairs = sorted(groups.items(), key=lambda pair: _place(asking, pair[0][0]))
    if sort.field in places and sort.field != key.path:
        pairs.sort(key=lambda pair: _size(pair[1][places[sort.field]].value), reverse=sort.descending)
    elif sort.field == key.path and sort.descending:
        pairs.reverse()
    yield from pairs


def _place(asking: Asking, value: Any) -> Any:
    """Blanks first, as in the order of records; errors behind all."""
    if value is None:
        return (0, 0)
    if isinstance(value, Wrong):
        return (2, value.number)
    return (1, asking.names.order(asking.report.rows[0], value))


def _size(value: Any) -> Any:
    amount = getattr(value, "amount", value)
    return (0, 0) if amount is None or isinstance(amount, Exception) else (1, amount)
