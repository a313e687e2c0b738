"""A board: the records of a list in columns, one for each value of a choice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from engine.fields.choice import Choosing
from engine.grouping import Key, Tally
from engine.query import Condition
from engine.storage.select import Count
from runtime_web.arranged.slips import Slips
from runtime_web.grouped.asking import Asking
from runtime_web.i18n import gettext as _
from runtime_web.views.arranged import Board, BoardColumn

SHOWN = 40
MOST = 640
"""So many slips of one column a page shows at most; who looks for one among more filters."""


@dataclass(frozen=True)
class Kanban:
    """The board of one list."""

    slips: Slips

    def board(self) -> Board:
        """Its columns in the order of the options; those without a value come first, if there are any."""
        field, language = self.slips.field, self.slips.listing.locale.language
        return Board(field.label_in(language, self.slips.by), tuple(self._columns()))

    def _columns(self) -> Iterator[BoardColumn]:
        field, language = self.slips.field, self.slips.listing.locale.language
        blank = self._column("", _("Blank"), "", Condition(self.slips.by, "blank"))
        if blank.slips:
            yield blank
        assert isinstance(field, Choosing)
        for option in field.options:
            condition = Condition(self.slips.by, "any_of", (option.value,))
            yield self._column(option.value, option.label_in(language), option.color or "", condition)

    @cached_property
    def asking(self) -> Asking:
        return Asking(self.slips.listing)

    @cached_property
    def tallies(self) -> Mapping[Any, tuple[Tally, ...]]:
        """What the records of each value come to, where the list adds anything up."""
        if not self.asking.totals:
            return {}
        _asked, answer = self.asking.answer((Key(self.slips.by),), ((0,),))
        return {value: found for (value,), found in answer.groups[(0,)].items()}

    def _totals(self, value: str) -> Iterator[tuple[str, str, str]]:
        found = self.tallies.get(value or None)
        texts = self.asking.texts(found) if found else {}
        language, fields = self.slips.listing.locale.language, self.slips.entity.fields
        for name, text in texts.items():
            unit = fields[name].unit_in(language)
            yield self.asking.said(name), fields[name].label_in(language, name), f"{text} {unit}".strip()

    @property
    def shown(self) -> int:
        """How many slips a column shows: more, once somebody has asked for more."""
        at = self.slips.state.at
        return min(max(int(at), SHOWN), MOST) if at.isdigit() and len(at) < 5 else SHOWN

    def _column(self, value: str, label: str, color: str, condition: Condition) -> BoardColumn:
        page = self.slips.records.page(replace(self.slips.query(condition), limit=self.shown))
        more = self.slips.url(at=str(self.shown * 2)) if page.next and self.shown < MOST else ""
        return BoardColumn(
            value=value,
            label=label,
            color=color,
            count=self._told(page.count),
            slips=tuple(self.slips.of(page)),
            new_url=self.slips.new_url(value),
            more_url=more,
            totals=tuple(self._totals(value)),
        )

    def _told(self, count: Count) -> str:
        shown = self.slips.listing.locale.decimal_formatter(0)(count.number)
        return f"{shown}+" if count.capped else shown
