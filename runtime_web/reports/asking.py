"""From a report to what its page shows: asked of the records with the reader's rights, named in their language."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from decimal import Decimal

from designer.pivot import run
from engine.fields.locale import Locale
from engine.grouping import Grouping, Groups
from engine.model.report import Measure, Report
from engine.problems import Problems, Refused, Unfit
from engine.query import Condition
from engine.records import Records
from engine.records.reporting import Ask, Reporting
from engine.storage.moments import moment_of
from runtime_web.i18n import gettext as _
from runtime_web.i18n import ngettext, problem_text
from runtime_web.reports.drawing import chart_of
from runtime_web.reports.filtering import conditions_of
from runtime_web.reports.naming import Names, names_for, titles_of
from runtime_web.reports.offered import unfit
from runtime_web.reports.table import Table
from runtime_web.views.report import Result

RECORDS = "records"
"""The name of the value of a report that names none."""


@dataclass(frozen=True)
class Answer:
    """What a report gives. `records` is how many were counted, `seconds` how long that took."""

    report: Report
    table: Table
    records: int
    seconds: float


def completed(report: Report) -> Report:
    """The report with the number of records where it names no value to be shown."""
    if any(not measure.hidden for measure in report.values.values()):
        return report
    return report.model_copy(update={"values": {**report.values, RECORDS: Measure(aggregate="count")}})


def answer(records: Records, report: Report, locale: Locale) -> Answer:
    """
    Raises:
        KeyError: something that the report names is not there for this reader.
        Refused, Unfit: the report cannot be computed, with the reason.
    """
    report, configuration, began = completed(report), records.configuration, time.perf_counter()
    conditions = tuple(conditions_of(configuration, report, locale))
    names = names_for(configuration, report, locale)
    with Reporting(records.database, records.tables, records.rights).asking() as ask:
        asking = _Asking(records, ask, names, conditions)
        found = run(report, configuration, names, asking, moment_of(configuration))
    seconds = time.perf_counter() - began
    return Answer(report, Table(configuration, report, found, locale, conditions), asking.counted, seconds)


class _Asking:
    """Asks the records, and takes down what those are called that an answer points at."""

    def __init__(self, records: Records, ask: Ask, names: Names, conditions: tuple[Condition, ...]) -> None:
        self.records = records
        self.ask = ask
        self.names = names
        self.conditions = conditions
        self.counted = 0

    def __call__(self, asked: Grouping) -> Groups:
        found = self.ask(replace(asked, conditions=(*self.conditions, *asked.conditions)))
        self.names.learn(titles_of(self.records, asked, found.groups))
        self.counted = max(self.counted, found.records)
        return found.groups


def result_of(records: Records, report: Report, locale: Locale) -> Result:
    """What the page says: the table, or why there is none."""
    wrong = unfit(records, report)
    if wrong:
        return Result(faults=sentences(wrong))
    try:
        found = answer(records, report, locale)
    except Refused as refused:
        return Result(faults=sentences(refused.problems))
    except Unfit as misfit:
        return Result(faults=sentences((misfit.at(),)))
    told = _told(found, locale)
    if not found.records:
        return Result(nothing=_("No record fits this report."), told=told)
    chart = chart_of(found.table, report.chart) if report.chart else None
    return Result(found.table.view(), chart, tuple(found.table.notes()), told)


def sentences(problems: Problems) -> tuple[str, ...]:
    """Problems as people read them."""
    return tuple(dict.fromkeys(problem_text(found) for found in problems))


def _told(found: Answer, locale: Locale) -> str:
    return ngettext(
        "Computed from %(number)s record in %(seconds)s s",
        "Computed from %(number)s records in %(seconds)s s",
        found.records,
        number=locale.decimal_formatter(0)(found.records),
        seconds=locale.decimal_formatter(2)(Decimal(str(round(found.seconds, 2)))),
    )
