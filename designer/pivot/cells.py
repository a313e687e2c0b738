"""How the numbers of a report stand in the cells of a workbook: exact as far as a cell can hold them, else as texts."""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from designer.pivot.looks import Look
from formulas import FormulaError, Money
from formulas.decimals import exactly

DIGITS = 15
"""Digits that a cell of a workbook keeps."""
_DAY = 86_400
_FIRST_DAY = dt.date(1900, 3, 1)
"""Before this, spreadsheet programs disagree about which number is which day: 1900 was no leap year."""


def cell_of(value: Any, look: Look) -> Any:
    """What stands in the cell: a float, a date, a truth value, or a text; None for nothing."""
    if isinstance(value, FormulaError):
        return value.code
    if isinstance(value, bool):
        return value
    if isinstance(value, int | Decimal):
        return _number(Decimal(value) / _DAY if look.seconds else Decimal(value), look)
    if isinstance(value, Money):
        return f"{_text(value.amount)} {value.currency}"
    if isinstance(value, dt.datetime) or (isinstance(value, dt.date) and value < _FIRST_DAY):
        return value.isoformat()
    return value if value is None or isinstance(value, dt.date) else str(value)


def number_format(look: Look) -> str:
    """The format of a cell by which spreadsheet programs write the number."""
    if look.seconds:
        return "[h]:mm:ss"
    if look.percent:
        return f"0{_decimals(look.places or 0)}%"
    if look.places is None:
        return "General"
    currency = f"\\ [${look.currency}]" if look.currency else ""
    return f"#,##0{_decimals(look.places)}{currency}"


def _decimals(places: int) -> str:
    return "." + "0" * places if places else ""


def _number(number: Decimal, look: Look) -> Any:
    """The number; one of which not even the decimals that are shown fit into a cell is a text."""
    with exactly():
        places = (look.places or 0) + 2 * look.percent
        shown = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return float(number) if len(shown.as_tuple().digits) <= DIGITS else _text(number)


def _text(number: Decimal) -> str:
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
