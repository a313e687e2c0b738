"""Statistics: middles and ranks. Blanks are skipped."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from formulas.decimals import whole
from formulas.function import Function, amounts, number, whole_list
from formulas.functions.aggregates import ORDERED, average, given, item_type
from formulas.types import Type, unified
from formulas.values import Fault


def _median(*values: Decimal | None) -> Decimal | None:
    ranked = sorted(given(values))
    if not ranked:
        return None
    middle = len(ranked) // 2
    return average(ranked[middle : middle + 1] if len(ranked) % 2 else ranked[middle - 1 : middle + 1])


def _large(values: Sequence[Any], rank: Decimal) -> Any:
    return _ranked(sorted(given(values), reverse=True), rank)


def _small(values: Sequence[Any], rank: Decimal) -> Any:
    return _ranked(sorted(given(values)), rank)


def _ranked(values: Sequence[Any], rank: Decimal) -> Any:
    position = whole(rank)
    if not 1 <= position <= len(values):
        raise Fault("#NUM!", "The list has no value of this rank.")
    return values[position - 1]


def _of_the_list(types: Sequence[Type]) -> Type:
    return item_type(types[0])


FUNCTIONS = (
    Function(
        "MEDIAN",
        (amounts(),),
        unified,
        _median,
        "The value in the middle, or the average of the two in the middle.",
        (("MEDIAN(1; 5; 2)", "2"), ("MEDIAN(1; 2; 3; 4)", "2.5")),
        ru="МЕДИАНА",
        fi="MEDIAANI",
    ),
    Function(
        "LARGE",
        (whole_list("values", ORDERED), number("rank")),
        _of_the_list,
        _large,
        "The largest value, the second largest and so on: LARGE(orders.total; 2).",
        (("LARGE(7; 1)", "7"), ("LARGE(7; 2)", "#NUM!")),
        ru="НАИБОЛЬШИЙ",
        fi="SUURI",
    ),
    Function(
        "SMALL",
        (whole_list("values", ORDERED), number("rank")),
        _of_the_list,
        _small,
        "The smallest value, the second smallest and so on: SMALL(orders.total; 2).",
        (("SMALL(7; 1)", "7"), ("SMALL(7; 0)", "#NUM!")),
        ru="НАИМЕНЬШИЙ",
        fi="PIENI",
    ),
)
