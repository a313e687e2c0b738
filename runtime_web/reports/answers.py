"""What a report asks when it opens: the questions, and the answers as the address carries them, such as p.period=2026-10.

An answer is written as --param of the command line takes it: see `runtime_web.reports.given`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import urlencode

from engine.expressions.reached import reached
from engine.fields.label import text_in
from engine.fields.locale import Locale
from engine.model import Filter, Report
from engine.records import Records
from runtime_web.lists.state import Arguments
from runtime_web.reports.fields import kind_of
from runtime_web.reports.given import with_filters
from runtime_web.reports.paths import end_of
from runtime_web.reports.wells import Welling, bounds
from runtime_web.span_words import span_words
from runtime_web.views.report import Question

PREFIX = "p."
FROM, UNTIL = ".from", ".until"
"""How the two bounds are called that a form sends apart."""


def answers_in(arguments: Arguments, report: Report) -> Mapping[str, str]:
    """What the address says about the filters of a report, by name; what is said to be blank lets everything through."""
    return {name: found for name in report.filters if (found := _answer(arguments, PREFIX + name)) is not None}


def _answer(arguments: Arguments, key: str) -> str | None:
    first, last = (arguments.get(key + bound, "").strip() for bound in (FROM, UNTIL))
    if first or last:
        return f"{first}..{last}"
    texts = arguments.getlist(key)
    return ",".join(filter(None, map(str.strip, texts))) if texts else None


def is_said_apart(arguments: Arguments) -> bool:
    """Whether a form has sent answers in parts, which an address should hold whole."""
    keys = [key for key in arguments if key.startswith(PREFIX)]
    return any(key.endswith((FROM, UNTIL)) or len(arguments.getlist(key)) > 1 for key in keys)


def address_with(url: str, answers: Mapping[str, str]) -> str:
    """An address that opens a report with these answers."""
    return f"{url}?{urlencode({PREFIX + name: text for name, text in answers.items()}, safe=',:')}"


def answered(records: Records, report: Report, answers: Mapping[str, str]) -> Report:
    """The report with its filters set as they were answered."""
    return with_filters(records.configuration, report, answers)


def unanswered(report: Report, answers: Mapping[str, str]) -> bool:
    """Whether the report asks something that is not answered."""
    return any(one.ask and name not in answers for name, one in report.filters.items())


def questions(records: Records, report: Report, locale: Locale) -> Iterator[Question]:
    """What is asked, filled with what the report says already."""
    for name, one in report.filters.items():
        if one.ask:
            yield _question(Welling(records, report, locale), name, one)


def _question(welling: Welling, name: str, one: Filter) -> Question:
    configuration, entity, locale = welling.records.configuration, welling.report.of, welling.locale
    end = end_of(configuration, entity, one.field, locale.language)
    kind = kind_of(end.kind) if not end.target else "other"
    label = text_in(one.label, locale.language, "") if one.label else end.labels[-1]
    picking = welling.picking(one, end, label)
    values = {typing.key: typing.value for typing in bounds(one, kind)} if picking is None else {}
    found = reached(configuration, entity, one.field)
    return Question(
        key=PREFIX + name,
        label=label,
        kind="picking" if picking else kind,
        spans=tuple(span_words().items()) if kind == "date" else (),
        during=one.during or "",
        first=values.get("from", ""),
        last=values.get("until", ""),
        text=values.get("contains", ""),
        picking=picking,
        yes_or_no=end.kind == "boolean",
        unit=found.field.unit_in(locale.language) if found else "",
    )
