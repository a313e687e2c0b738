"""A calendar: the records of a list in the days of their dates, from one date or over the days between two."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from engine.fields.locale import Locale
from engine.query import Condition, Query, Sort
from engine.records import Page
from runtime_web.arranged.days import Span, choosing, day_label
from runtime_web.arranged.slips import Slips
from runtime_web.i18n import gettext as _
from runtime_web.i18n import ngettext
from runtime_web.views.arranged import Calendar as CalendarView
from runtime_web.views.arranged import Day, Entry, Slip

IN_ALL = 1_500
"""So many records are asked for at once; where there are more, each day is asked for the first of its own."""
IN_A_DAY = {False: 4, True: 60}
"""How many entries a day shows, in a month and in a week."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A record with the days that it takes."""

    slip: Slip
    first: dt.date
    last: dt.date
    time: str


@dataclass(frozen=True)
class Calendar:
    """The calendar of one list."""

    slips: Slips

    @property
    def locale(self) -> Locale:
        return self.slips.listing.locale

    @cached_property
    def span(self) -> Span:
        starts = self.slips.records.configuration.week_starts
        return Span.read(self.slips.state.at, self.locale.today(), starts)

    @property
    def room(self) -> int:
        return IN_A_DAY[self.span.weekly]

    def view(self) -> CalendarView:
        """The month or week that the address names."""
        span, today = self.span, self.locale.today()
        here = today if span.first <= today <= span.last else span.first
        weeks = span.weeks()
        dated, totals = self._dated(weeks[0][0], weeks[-1][-1])
        chosen = self._chosen(totals)
        return CalendarView(
            title=span.title(self.locale),
            span="week" if span.weekly else "month",
            previous_url=self.slips.url(at=span.before),
            next_url=self.slips.url(at=span.after),
            today_url=self.slips.url(at=today.isoformat() if span.weekly else ""),
            month_url=self.slips.url(at=f"{here:%Y-%m}"),
            week_url=self.slips.url(at=here.isoformat()),
            heads=tuple(span.heads(self.locale)),
            weeks=tuple(tuple(self._week(week, dated, totals, chosen)) for week in weeks),
        )

    def _chosen(self, totals: Counter[dt.date]) -> dt.date:
        """The day that is chosen: where nobody has chosen one, today, or the first day on which there is something."""
        span, today = self.span, self.locale.today()
        if span.chosen or span.first <= today <= span.last:
            return span.chosen or today
        filled = (day for day, count in totals.items() if count and span.first <= day <= span.last)
        return min(filled, default=span.first)

    def _dated(self, first: dt.date, last: dt.date) -> tuple[list[Dated], Counter[dt.date]]:
        """The records within some days, and how many each day has of them."""
        found, all_there = self._within(first, last, IN_ALL)
        if all_there:
            return found, Counter(day for one in found for day in _days_of(one, first, last))
        known: dict[int, Dated] = {}
        totals: Counter[dt.date] = Counter()
        for number in range((last - first).days + 1):
            day = first + dt.timedelta(number)
            few, _all = self._within(day, day, self.room)
            known.update((one.slip.id, one) for one in few)
            totals[day] = sum(self.slips.records.count(query).number for query in self._queries(day, day))
        return list(known.values()), totals

    def _within(self, first: dt.date, last: dt.date, most: int) -> tuple[list[Dated], bool]:
        """At most so many records that touch some days, and whether these are all of them."""
        found: list[Dated] = []
        whole = True
        for query in self._queries(first, last):
            page = self.slips.records.page(replace(query, limit=most, counted=False))
            found += self._read(page)
            whole = whole and page.next is None
        return sorted(found, key=lambda one: one.first), whole

    def _queries(self, first: dt.date, last: dt.date) -> Iterator[Query]:
        """What touches some days: what begins among them, whenever it is said to end, and what lasts into them."""
        by, until = self.slips.by, self.slips.view.until
        beside = (by, until) if until else (by,)
        order = (Sort(by),)
        yield self.slips.query(Condition(by, "between", (first, last)), first=order, beside=beside)
        if until:
            lasting = (Condition(by, "until", (first - dt.timedelta(1),)), Condition(until, "from", (first,)))
            yield self.slips.query(*lasting, first=order, beside=beside)

    def _read(self, page: Page) -> Iterator[Dated]:
        begins = page.columns.index(self.slips.by)
        until = self.slips.view.until
        ends = page.columns.index(until) if until else begins
        for row, slip in zip(page.rows, self.slips.of(page), strict=True):
            value, end = (self._loaded(page, row, at) for at in (begins, ends))
            first = self._day(value)
            moment = isinstance(value, dt.datetime)
            time = self.locale.show_time(value.astimezone(self.locale.zone).time().replace(second=0)) if moment else ""
            yield Dated(slip, first, max(self._day(end), first) if end is not None else first, time)

    def _loaded(self, page: Page, row: Sequence[Any], at: int) -> Any:
        load = page.loaders[at]
        return row[at] if load is None or row[at] is None else load(row[at])

    def _day(self, value: Any) -> dt.date:
        found: dt.date = value.astimezone(self.locale.zone).date() if isinstance(value, dt.datetime) else value
        return found

    def _week(
        self, week: tuple[dt.date, ...], dated: Iterable[Dated], totals: Counter[dt.date], chosen: dt.date
    ) -> Iterator[Day]:
        """The days of one week. What lasts several days keeps its height from one to the next."""
        slots = slots_of([one for one in dated if one.first <= week[-1] and one.last >= week[0]], week)
        today, new_url, show = self.locale.today(), self.slips.new_url, self.locale.decimal_formatter(0)
        for day in week:
            shown = slots[day][: self.room]
            while shown and shown[-1] is None:
                shown.pop()
            left = totals[day] - sum(one is not None for one in shown)
            yield Day(
                iso=day.isoformat(),
                number=str(day.day),
                label=day_label(day, self.locale),
                outside=not self.span.first <= day <= self.span.last,
                today=day == today,
                chosen=day == chosen,
                choose_url="" if self.span.weekly else self.slips.url(at=choosing(day)),
                count=show(totals[day]) if totals[day] else "",
                counted=ngettext("%(number)s record", "%(number)s records", totals[day], number=show(totals[day])),
                entries=tuple(_entry(one, day) if one else None for one in shown),
                more=_("%(count)s more", count=show(left)) if left > 0 else "",
                more_url="" if self.span.weekly else self.slips.url(at=day.isoformat()),
                new_url=new_url(day.isoformat()),
            )


def _days_of(one: Dated, first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """The days of a record that lie within others."""
    start, end = max(one.first, first), min(one.last, last)
    for number in range((end - start).days + 1):
        yield start + dt.timedelta(number)


def slots_of(dated: Sequence[Dated], week: tuple[dt.date, ...]) -> dict[dt.date, list[Dated | None]]:
    """What stands in each day of a week from top to bottom; what lasts longer stands above the rest."""
    slots: dict[dt.date, list[Dated | None]] = {day: [] for day in week}
    full = dict.fromkeys(week, 0)
    for one in sorted(dated, key=lambda one: (one.first == one.last, one.first)):
        days = list(_days_of(one, week[0], week[-1]))
        # Above its first free place a day is not looked at again: a thousand records may last as long.
        at = next(
            at
            for at in range(max(full[day] for day in days), len(dated))
            if all(at >= len(slots[day]) or slots[day][at] is None for day in days)
        )
        for day in days:
            slots[day] += [None] * (at + 1 - len(slots[day]))
            slots[day][at] = one
            while full[day] < len(slots[day]) and slots[day][full[day]] is not None:
                full[day] += 1
    return slots


def _entry(one: Dated, day: dt.date) -> Entry:
    before = one.first < day
    # A page has one element of a name: the one in the first of the days.
    content = one.slip.content.replace(f' id="r{one.slip.id}"', "") if before else one.slip.content
    return Entry(
        slip=replace(one.slip, content=content),
        time="" if before else one.time,
        base=one.first.isoformat(),
        before=before,
        after=one.last > day,
    )
