"""A report as a file: CSV and JSON with exact numbers, a workbook that looks as the page does."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Callable, Collection, Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from designer.pivot import Wording, flat, looks_of
from designer.pivot.live import Live, LiveWording, write_live
from designer.pivot.live.data import Column
from designer.pivot.xlsx import write_xlsx
from engine.exchange.guard import guarded
from runtime_web.i18n import gettext as _
from runtime_web.reports.amounts import value_label
from runtime_web.reports.asking import LIVE, Answer
from runtime_web.reports.drawing import chart_of
from runtime_web.reports.paths import end_of
from runtime_web.reports.svg import svg_of, without_numbers
from runtime_web.reports.table import dimension_label

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SUFFIXES = MappingProxyType({LIVE: "xlsx"})
"""How the name of a file ends where it does not end in its form."""


def wording_of(answer: Answer) -> Wording:
    """What the table says besides its keys, in the language of its reader."""
    table, report = answer.table, answer.report
    language = table.locale.language
    return Wording(
        title=table.title,
        rows=[dimension_label(table.configuration, report, one, language) for one in report.rows],
        values={name: table.value_text(name) for name in table.pivot.values},
        total=_("Total"),
        others=_("Others"),
        colors=[entry.text for entry in table.legend()],
    )


def as_screen(answer: Answer) -> str:
    """The table for people at a terminal: labels to the left, numbers as the page writes them, to the right."""
    table = flat(answer.table.pivot, wording_of(answer))
    writers = [answer.table.writer(name) for _item, name in table.numbered]
    lines = [list(line) for line in table.head]
    for line in table.body:
        if line.item.valued:
            numbers = (write(number) for write, number in zip(writers, line.numbers, strict=True))
            lines.append([*line.labels, *numbers])
    labels = table.label_columns
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    padded = (
        "  ".join(
            cell.ljust(width) if place < labels else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        for line in lines
    )
    return "\n".join([answer.table.title, "", *(line.rstrip() for line in padded)])


def as_csv(answer: Answer) -> str:
    """The lines that have numbers, below the head; numbers are exact, with a point, whatever language the texts have."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    for line in flat(answer.table.pivot, wording_of(answer)).rows:
        writer.writerow([_plain(cell) for cell in line])
    return out.getvalue()


def as_workbook(answer: Answer) -> bytes:
    """A workbook with an outline, frozen heads, formats of numbers and the chart of the report."""
    looks = looks_of(answer.report, answer.table.configuration)
    out = io.BytesIO()
    write_xlsx(out, answer.table.pivot, wording_of(answer), looks, answer.report.chart)
    return out.getvalue()


def as_live_workbook(answer: Answer) -> bytes:
    """A workbook whose numbers are computed of a sheet of records."""
    assert answer.live is not None
    looks = looks_of(answer.report, answer.table.configuration)
    out = io.BytesIO()
    write_live(out, answer.live, (wording_of(answer), _live_wording(answer, answer.live)), looks)
    return out.getvalue()


def _live_wording(answer: Answer, live: Live) -> LiveWording:
    table, report = answer.table, answer.report
    language = table.locale.language
    keys = [dimension_label(table.configuration, report, one, language) for one in (*report.rows, *report.columns)]
    return LiveWording(
        table.configuration.entities[report.of].label_in(language, report.of),
        keys,
        [_read_label(answer, column) for column in live.data.columns],
        answer.titles,
        lambda stayed: tuple(_notes(answer, stayed)),
    )


def _read_label(answer: Answer, column: Column) -> str:
    """What a column of the sheet of records is called: its field, else the value that its expression is for."""
    configuration, report, language = answer.table.configuration, answer.report, answer.table.locale.language
    if column.path:
        return end_of(configuration, report.of, column.path, language).labels[-1]
    name = next(name for name, one in report.values.items() if one.expression == column.expression)
    return value_label(configuration, report, name, language)


def _notes(answer: Answer, stayed: Collection[str]) -> Iterator[str]:
    """What follows the sheet of records and what does not, in plain words."""
    yield _("The numbers are computed from the sheet Data: change an amount there and they follow.")
    yield _("Lines, columns and their order stay as they were.")
    if stayed:
        names = ", ".join(answer.table.value_text(name) for name in stayed)
        yield _("These numbers, or some of them, stay as they were: %(names)s.", names=names)


def as_svg(answer: Answer) -> str:
    """The chart of the report, as bars where it is none, in a file with all that belongs to it."""
    table = answer.table
    chart = chart_of(table, answer.report.chart or "bar")
    if chart is None:
        return without_numbers(table.title, _("Nothing here is a number."))
    return svg_of(table.title, chart)


def as_shape(answer: Answer) -> dict[str, Any]:
    """The table for programs: the head, then each line as it stands in a CSV; numbers are texts, so that none is rounded.

    `labels` says how many columns stand before the numbers, `notes` what is in none of them.
    """
    table = flat(answer.table.pivot, wording_of(answer))
    lines = [[_text(cell) for cell in line] for line in table.rows[len(table.head) :]]
    return {
        "title": answer.table.title,
        "records": answer.records,
        "labels": table.label_columns,
        "head": [list(line) for line in table.head],
        "rows": lines,
        "notes": list(answer.table.notes()),
    }


def as_json(answer: Answer) -> str:
    """The same as a text."""
    return json.dumps(as_shape(answer), ensure_ascii=False)


def _plain(cell: Any) -> Any:
    """A cell of a CSV: no text is taken for a formula, no number is written with an exponent."""
    if isinstance(cell, str):
        return guarded(cell)
    return "" if cell is None else _text(cell)


def _text(cell: Any) -> Any:
    if isinstance(cell, Decimal):
        return format(cell, "f")
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat()
    return cell if cell is None or isinstance(cell, str | bool) else str(cell)


FORMS: Mapping[str, Callable[[Answer], tuple[bytes, str]]] = MappingProxyType(
    {
        "csv": lambda answer: (as_csv(answer).encode("utf-8-sig"), "text/csv; charset=utf-8"),
        "xlsx": lambda answer: (as_workbook(answer), WORKBOOK),
        LIVE: lambda answer: (as_live_workbook(answer), WORKBOOK),
        "svg": lambda answer: (as_svg(answer).encode(), "image/svg+xml"),
        "json": lambda answer: (as_json(answer).encode(), "application/json"),
    }
)
"""What makes a file of each form, and its media type."""
