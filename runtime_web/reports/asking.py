"""From a report to what its page shows: asked of the records with the reader's rights, named in their language."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from math import ceil
from types import MappingProxyType

from designer.pivot import run
from designer.pivot.live import Following, Live, detailed, question_of_records, refuse_beyond_bound
from designer.pivot.measures import completed
from engine.audit import Audit
from engine.fields.locale import Locale
from engine.grouping import Grouping, Groups
from engine.model.report import Report
from engine.periods import DaysOf, days_of
from engine.problems import Problems, Refused, Unfit, problem
from engine.query import Condition
from engine.records import Records
from engine.records.reporting import Ask, Reporting
from engine.storage.moments import moment_of
from runtime_web.i18n import gettext as _
from runtime_web.i18n import ngettext, problem_hint, problem_text
from runtime_web.reports.drawing import chart_of
from runtime_web.reports.filtering import conditions_of
from runtime_web.reports.naming import Names, names_for, titles_of
from runtime_web.reports.offered import unfit
from runtime_web.reports.said import said
from runtime_web.reports.shapes import USUAL_ROOM, Room
from runtime_web.reports.table import Table
from runtime_web.views.report import Result

LIVE = "live"
"""The form of a workbook whose formulas compute its numbers."""


@dataclass(frozen=True)
class Answer:
    """What a report gives.

    `records` is how many were counted, `seconds` how long that took, `by` what computed it, for those who see
    everything: it depends on how many records there are in all.
    """

    report: Report
    table: Table
    records: int
    seconds: float
    by: str = ""
    live: Live | None = None
    """The records one by one, where they were asked for; `titles` says what they are called."""
    titles: Mapping[int, str] = field(default_factory=lambda: MappingProxyType({}))


def answer(records: Records, report: Report, locale: Locale, *, live: bool = False) -> Answer:
    """
    With `live`, the records themselves belong to it.

    Raises:
        KeyError: something that the report names is not there for this reader.
        Refused, Unfit: the report cannot be computed, with the reason.
    """
    report = completed(report)
    with Reporting(records.database, records.tables, records.rights).asking() as ask:
        found, asking = _answered(records, report, locale, ask, days_of)
        return _with_records(found, asking) if live else found


def answers(records: Records, report: Report, locale: Locale, times: Iterable[DaysOf]) -> tuple[Answer, ...]:
    """The same for several readings of times that move, all from one state of the data; raises as `answer` does."""
    report = completed(report)
    with Reporting(records.database, records.tables, records.rights).asking() as ask:
        return tuple(_answered(records, report, locale, ask, days)[0] for days in times)


def _answered(records: Records, report: Report, locale: Locale, ask: Ask, days: DaysOf) -> tuple[Answer, _Asking]:
    configuration, began = records.configuration, time.perf_counter()
    conditions = tuple(conditions_of(configuration, report, locale, days))
    names = names_for(configuration, report, locale)
    asking = _Asking(records, ask, names, conditions)
    found = run(report, configuration, names, asking, moment_of(configuration))
    seconds = time.perf_counter() - began
    by = _by(asking.memory, locale) if records.rights.unlimited else ""
    return Answer(report, Table(configuration, report, found, locale, conditions), asking.counted, seconds, by), asking


def _with_records(found: Answer, asking: _Asking) -> Answer:
    """
    Raises:
        Refused: there are too many records.
    """
    report, pivot, configuration = found.report, found.table.pivot, asking.records.configuration
    refuse_beyond_bound(found.records, pivot)
    data = detailed(report, configuration, pivot, asking(question_of_records(report, configuration)))
    live = Live(report, pivot, data, Following(report, configuration, pivot, data), asking.names)
    titles = asking.records.titles(report.of, [entry.id for entry in data.entries])
    return replace(found, live=live, titles=titles)


def taken_out(records: Records, report: Report, locale: Locale, form: str) -> Answer:
    """The answer of those records only that may be exported too, which is written down.

    Raises:
        KeyError: something that the report names is not there for this reader.
        Refused, Unfit: the report cannot be computed, with the reason, or nothing of it may be exported.
    """
    if not records.rights.may("export", report.of):
        raise Refused([problem("right-missing", action="export", entity=report.of)])
    found = answer(records.doing("export", report.of), report, locale, live=form == LIVE)
    note = {"entity": report.of, "format": form, "records": str(found.records)}
    Audit(records.database).note("export", by=records.principal.id, details=note)
    return found


class _Asking:
    """Asks the records, and takes down what those are called that an answer points at."""

    def __init__(self, records: Records, ask: Ask, names: Names, conditions: tuple[Condition, ...]) -> None:
        self.records = records
        self.ask = ask
        self.names = names
        self.conditions = conditions
        self.counted = 0
        self.memory = 0

    def __call__(self, asked: Grouping) -> Groups:
        found = self.ask(replace(asked, conditions=(*self.conditions, *asked.conditions)))
        self.names.learn(titles_of(self.records, asked, found.groups))
        self.counted = max(self.counted, found.records)
        self.memory = max(self.memory, found.memory)
        return said(self.records, asked, found.groups)


def attempted(
    records: Records, report: Report, locale: Locale, times: Iterable[DaysOf] = (days_of,)
) -> tuple[Answer, ...] | Result:
    """The answers, or what a page says where there are none."""
    wrong = unfit(records, report)
    if wrong:
        return Result(faults=sentences(wrong))
    try:
        return answers(records, report, locale, times)
    except Refused as refused:
        return Result(faults=sentences(refused.problems))
    except Unfit as misfit:
        return Result(faults=sentences((misfit.at(),)))


def result_of(records: Records, report: Report, locale: Locale, room: Room = USUAL_ROOM) -> Result:
    """What the page says: the table, or a chart in a room so wide and high, or why there is neither."""
    tried = attempted(records, report, locale)
    if isinstance(tried, Result):
        return tried
    (found,) = tried
    told = _told(found, locale)
    if not found.records:
        return Result(nothing=_("No record fits this report."), told=told)
    chart = chart_of(found.table, report.chart, room) if report.chart else None
    return Result(found.table.view(), chart, tuple(found.table.notes()), told)


def sentences(problems: Problems) -> tuple[str, ...]:
    """Problems as people read them."""
    return tuple(dict.fromkeys(f"{problem_text(found)} {problem_hint(found)}".rstrip() for found in problems))


def _by(memory: int, locale: Locale) -> str:
    """What has computed a report."""
    if not memory:
        return _("by the database")
    return _("by columns in memory, which take %(size)s MB", size=locale.decimal_formatter(0)(ceil(memory / 2**20)))


def _told(found: Answer, locale: Locale) -> str:
    told = ngettext(
        "Computed from %(number)s record in %(seconds)s s",
        "Computed from %(number)s records in %(seconds)s s",
        found.records,
        number=locale.decimal_formatter(0)(found.records),
        seconds=locale.decimal_formatter(2)(Decimal(str(round(found.seconds, 2)))),
    )
    return f"{told}, {found.by}" if found.by else told
