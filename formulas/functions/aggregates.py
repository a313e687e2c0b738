"""Sums and counts of values and lists. Blanks among them are skipped; of nothing, a sum is 0 and the others are blank."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from formulas.decimals import ONE, ZERO, bounded, quotient
from formulas.function import NUMERIC, SCALARS, Accepts, Function, Parameter, amounts, whole_list
from formulas.types import NUMBER, Mismatch, Type, unified
from formulas.values import Fault, Value

ORDERED: Accepts = (*NUMERIC, "date", "datetime", "time", "duration")
"""What has a smallest and a largest."""
_COUNTED: Accepts = (*ORDERED, "record")


def _several(accepts: Accepts) -> Parameter:
    return Parameter("values", accepts, repeating=True, ranges="spread", blanks=True)


def given(values: Iterable[Any]) -> list[Any]:
    """The values that are not blank."""
    return [value for value in values if value is not None and value != ""]


def item_type(kind: Type) -> Type:
    """The type of one item of a list, or of the single value that stands for a list of one."""
    return kind.item or kind


def _sum(*values: Decimal | None) -> Decimal:
    return bounded(sum(given(values), ZERO))


def average(values: Iterable[Decimal | None]) -> Decimal | None:
    """The average of the values that are there, or a blank where none is."""
    present = given(values)
    return quotient(sum(present, ZERO), Decimal(len(present))) if present else None


def _average(*values: Decimal | None) -> Decimal | None:
    return average(values)


def _minimum(*values: Any) -> Value:
    found: Value = min(given(values), default=None)
    return found


def _maximum(*values: Any) -> Value:
    found: Value = max(given(values), default=None)
    return found


def _count(*values: Value) -> int:
    return len(given(values))


def _count_blank(*values: Value) -> int:
    return len(values) - len(given(values))


def _product(*values: Decimal | None) -> Decimal:
    product = ONE
    for value in given(values):
        product = bounded(product * value)
    return product if given(values) else ZERO


def _sum_of_products(*lists: Sequence[Decimal | None]) -> Decimal:
    if len({len(one) for one in lists}) > 1:
        raise Fault("#VALUE!", "The lists have different lengths.")
    total = ZERO
    for factors in zip(*lists, strict=True):
        product = ONE
        for factor in factors:
            product = bounded(product * (factor or ZERO))
        total = bounded(total + product)
    return total


def product_type(types: Sequence[Type]) -> Type:
    """Numbers and at most one amount of money make a product."""
    kinds = [item_type(one) for one in types]
    money = [index for index, kind in enumerate(kinds) if kind.kind == "money"]
    if len(money) > 1:
        raise Mismatch("formula-money-multiplied", money[1], right=str(kinds[money[1]]))
    return kinds[money[0]] if money else NUMBER


def _first(*values: Value) -> Any:
    return values[0] if values else None


def _last(*values: Value) -> Any:
    return values[-1] if values else None


FUNCTIONS = (
    Function(
        "SUM",
        (amounts(),),
        unified,
        _sum,
        'The sum of numbers; of rows, with a condition where only some count: SUM(lines.amount; lines.kind = "sale").',
        (("SUM(1; 2; 3)", "6"), ("SUM(1; -1)", "0")),
        ru="СУММ",
        fi="SUMMA",
        sql=True,
    ),
    Function(
        "AVERAGE",
        (amounts(),),
        unified,
        _average,
        "The average of the values that are there, to ten places.",
        (("AVERAGE(1; 2)", "1.5"), ("AVERAGE(1; 1; 2)", "1.3333333333")),
        ru="СРЗНАЧ",
        fi="KESKIARVO",
    ),
    Function(
        "MIN",
        (_several(ORDERED),),
        unified,
        _minimum,
        "The smallest number, or the earliest date, of the values that are there.",
        (("MIN(3; 1; 2)", "1"), ("MIN(-1; 0)", "-1"), ("MIN(TODAY(); DATE(2024; 1; 31))", "2024-01-31")),
        ru="МИН",
        sql=True,
    ),
    Function(
        "MAX",
        (_several(ORDERED),),
        unified,
        _maximum,
        "The largest number, or the latest date, of the values that are there.",
        (("MAX(3; 1; 2)", "3"), ("MAX(-1; 0)", "0"), ("MAX(TODAY(); DATE(2024; 1; 31))", "2024-05-15")),
        ru="МАКС",
        fi="MAKS",
        sql=True,
    ),
    Function(
        "COUNT",
        (_several(_COUNTED),),
        NUMBER,
        _count,
        "How many of the numbers, dates or records are there; for texts there is COUNTA.",
        (("COUNT(1; 2; 3)", "3"), ("COUNT(0)", "1")),
        ru="СЧЁТ",
        fi="LASKE",
        sql=True,
    ),
    Function(
        "COUNTA",
        (_several(SCALARS),),
        NUMBER,
        _count,
        "How many of the values, of any kind, are not blank.",
        (('COUNTA("a"; 1; "")', "2"), ("COUNTA(FALSE)", "1")),
        ru="СЧЁТЗ",
        fi="LASKE.A",
        sql=True,
    ),
    Function(
        "COUNTBLANK",
        (_several(SCALARS),),
        NUMBER,
        _count_blank,
        "How many of the values are blank.",
        (('COUNTBLANK("a"; 1; "")', "1"), ("COUNTBLANK(0)", "0")),
        ru="СЧИТАТЬПУСТОТЫ",
        fi="LASKE.TYHJÄT",
    ),
    Function(
        "PRODUCT",
        (amounts(),),
        product_type,
        _product,
        "The product of the numbers that are there, one of which may be money.",
        (("PRODUCT(2; 3; 4)", "24"), ("PRODUCT(0.1; 0.1)", "0.01")),
        ru="ПРОИЗВЕД",
        fi="TULO",
    ),
    Function(
        "SUMPRODUCT",
        (whole_list("numbers", NUMERIC).with_(repeating=True),),
        product_type,
        _sum_of_products,
        "The sum of products, row by row: SUMPRODUCT(lines.quantity; lines.price). A blank counts as 0.",
        (("SUMPRODUCT(2; 3)", "6"), ("SUMPRODUCT(4)", "4")),
        ru="СУММПРОИЗВ",
        fi="TULOJEN.SUMMA",
    ),
    Function(
        "FIRST",
        (_several(SCALARS),),
        unified,
        _first,
        "The value in the first row, in the order the rows have.",
        (("FIRST(7)", "7"), ('FIRST("a")', '"a"')),
    ),
    Function(
        "LAST",
        (_several(SCALARS),),
        unified,
        _last,
        "The value in the last row, in the order the rows have.",
        (("LAST(7)", "7"), ('LAST("a")', '"a"')),
    ),
)
