"""A report as a file: CSV and JSON with exact numbers, a workbook that looks as the page does."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from designer.pivot import Wording, flat, looks_of
from designer.pivot.xlsx import write_xlsx
from engine.exchange.guard import guarded
from runtime_web.i18n import gettext as _
from runtime_web.reports.asking import Answer
from runtime_web.reports.table import dimension_label

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


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


def as_json(answer: Answer) -> str:
    """The table for programs: the head, then each line as it stands in a CSV; numbers are texts, so that none is rounded."""
    table = flat(answer.table.pivot, wording_of(answer))
    lines = [[_text(cell) for cell in line] for line in table.rows[len(table.head) :]]
    found = {"title": answer.table.title, "records": answer.records, "head": table.head, "rows": lines}
    return json.dumps(found, ensure_ascii=False)


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
        "json": lambda answer: (as_json(answer).encode(), "application/json"),
    }
)
"""What makes a file of each form, and its media type."""
