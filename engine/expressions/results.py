"""From the result of a formula to what a field stores, and back."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from engine.fields import Field
from engine.fields.choice import ChoiceField
from engine.fields.column import Column
from engine.fields.decimal import Exact
from engine.fields.integer import LIMIT
from engine.fields.money import MoneyField
from formulas import FormulaError, Money
from formulas.values import ERROR_CODES, ErrorCode, Reference

Stored = tuple[Any, int | None]
"""A value of the field and, where the result is none, the number of the error."""


def stored_as(field: Field, result: Any, values: Mapping[str, Any]) -> Stored:
    """What a field stores of a result. `values` are those of the record, for the currency of its amounts."""
    column = field.column()
    assert column is not None
    blank = False if column.kind == "boolean" else None
    if isinstance(result, FormulaError):
        return blank, result.number
    if result is None:
        return blank, None
    found = _fitted(field, column, result, values)
    return (blank, found.number) if isinstance(found, FormulaError) else (found, None)


def as_value(field: Field, stored: Any, error: int | None, values: Mapping[str, Any]) -> Any:
    """What is stored, as later formulas of the same record see it."""
    if error is not None:
        return FormulaError(error_code(error))
    if isinstance(field, MoneyField) and not field.fixed_currency and stored is not None:
        return Money(stored, str(values.get(field.currency or "") or ""))
    column = field.column()
    if column and column.kind == "reference" and stored is not None:
        return Reference(column.target, stored)
    return stored


def error_code(number: int) -> ErrorCode:
    """What people see of a stored error."""
    return ERROR_CODES[number - 1]


def _fitted(field: Field, column: Column, result: Any, values: Mapping[str, Any]) -> Any:
    if isinstance(result, Money):
        wanted = field.fixed_currency or values.get(field.currency or "") if isinstance(field, MoneyField) else None
        if result.currency != (wanted or ""):
            return FormulaError("#CURRENCY!")
        result = result.amount
    # Looked at before rounding: a number of forty digits is more than rounding can hold.
    if isinstance(field, Exact):
        if abs(result) >= field.limit:
            return FormulaError("#NUM!")
        rounded = Decimal(result).quantize(field.step, ROUND_HALF_UP)
        return rounded if abs(rounded) < field.limit else FormulaError("#NUM!")
    if column.kind == "integer":
        if abs(result) >= LIMIT:
            return FormulaError("#NUM!")
        whole = int(Decimal(result).quantize(Decimal(1), ROUND_HALF_UP))
        return whole if abs(whole) < LIMIT else FormulaError("#NUM!")
    if isinstance(field, ChoiceField):
        return result if field.option(result) else FormulaError("#VALUE!")
    return result.id if isinstance(result, Reference) else result
