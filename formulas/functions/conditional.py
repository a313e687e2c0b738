"""Sums, counts and averages of what meets criteria, row by row. The lists of one call are of one length."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from formulas.decimals import ZERO, bounded
from formulas.function import NUMERIC, Function, Parameter, anything, whole_list
from formulas.functions.aggregates import ORDERED, average, given, item_type
from formulas.functions.criteria import criterion
from formulas.types import NUMBER, Type
from formulas.values import Fault, Value

_RANGE = whole_list("range")
_CRITERION = anything("criterion")
_PAIRS = (_RANGE.with_(repeating=True), _CRITERION.with_(repeating=True))
_VALUES = whole_list("values", NUMERIC)


def _selected(values: Sequence[Any], conditions: Sequence[Any]) -> Iterator[Any]:
    """The values in whose row each list meets the criterion that follows it."""
    ranges, criteria = conditions[::2], [criterion(one) for one in conditions[1::2]]
    if any(len(one) != len(values) for one in ranges):
        raise Fault("#VALUE!", "The lists have different lengths.")
    for value, *row in zip(values, *ranges, strict=True):
        if all(one.met(cell) for one, cell in zip(criteria, row, strict=True)):
            yield value


def _sum_if(tested: Sequence[Any], wanted: Value, values: Sequence[Any] | None = None) -> Decimal:
    return _sum_ifs(tested if values is None else values, tested, wanted)


def _sum_ifs(values: Sequence[Any], *conditions: Any) -> Decimal:
    return bounded(sum(_numbers(_selected(values, conditions)), ZERO))


def _count_ifs(*conditions: Any) -> int:
    return sum(1 for _ in _selected(conditions[0], conditions))


def _average_if(tested: Sequence[Any], wanted: Value, values: Sequence[Any] | None = None) -> Decimal | None:
    return _average_ifs(tested if values is None else values, tested, wanted)


def _average_ifs(values: Sequence[Any], *conditions: Any) -> Decimal | None:
    return average(_numbers(_selected(values, conditions)))


def _least_ifs(values: Sequence[Any], *conditions: Any) -> Any:
    return min(given(_selected(values, conditions)), default=None)


def _most_ifs(values: Sequence[Any], *conditions: Any) -> Any:
    return max(given(_selected(values, conditions)), default=None)


def _numbers(values: Iterable[Any]) -> list[Decimal]:
    return [value for value in values if isinstance(value, Decimal)]


def _of_the_values(types: Sequence[Type]) -> Type:
    kind = item_type(types[2] if len(types) > 2 else types[0])
    return kind if kind.kind in NUMERIC else NUMBER


def _of_the_first(types: Sequence[Type]) -> Type:
    return item_type(types[0])


_ORDERED = whole_list("values", ORDERED)
_OPTIONAL_VALUES: Parameter = _VALUES.with_(optional=True)
FUNCTIONS = (
    Function(
        "SUMIF",
        (_RANGE, _CRITERION, _OPTIONAL_VALUES),
        _of_the_values,
        _sum_if,
        'The sum of the values in rows that meet a criterion: SUMIF(lines.kind; "sale"; lines.amount).',
        (('SUMIF(5; ">3")', "5"), ('SUMIF("sale"; "s*"; 7)', "7"), ('SUMIF("sale"; "<>sale"; 7)', "0")),
        ru="СУММЕСЛИ",
        fi="SUMMA.JOS",
    ),
    Function(
        "SUMIFS",
        (_VALUES, *_PAIRS),
        _of_the_first,
        _sum_ifs,
        "The sum of the values in rows that meet all criteria; each list is followed by its criterion.",
        (('SUMIFS(7; "sale"; "sale"; 5; ">3")', "7"), ('SUMIFS(7; "sale"; "sale"; 5; ">5")', "0")),
        ru="СУММЕСЛИМН",
        fi="SUMMA.JOS.JOUKKO",
    ),
    Function(
        "COUNTIF",
        (_RANGE, _CRITERION),
        NUMBER,
        _count_ifs,
        'How many values meet a criterion: COUNTIF(orders.status; "paid").',
        (('COUNTIF(5; ">=5")', "1"), ('COUNTIF("paid"; "new")', "0")),
        ru="СЧЁТЕСЛИ",
        fi="LASKE.JOS",
    ),
    Function(
        "COUNTIFS",
        _PAIRS,
        NUMBER,
        _count_ifs,
        "How many rows meet all criteria; each list is followed by its criterion.",
        (('COUNTIFS("paid"; "paid"; 5; ">3")', "1"), ('COUNTIFS("paid"; "paid"; 5; "<3")', "0")),
        ru="СЧЁТЕСЛИМН",
        fi="LASKE.JOS.JOUKKO",
    ),
    Function(
        "AVERAGEIF",
        (_RANGE, _CRITERION, _OPTIONAL_VALUES),
        _of_the_values,
        _average_if,
        "The average of the values in rows that meet a criterion; blank where none does.",
        (('AVERAGEIF(5; ">3")', "5"), ('AVERAGEIF(5; ">5")', "blank")),
        ru="СРЗНАЧЕСЛИ",
        fi="KESKIARVO.JOS",
    ),
    Function(
        "AVERAGEIFS",
        (_VALUES, *_PAIRS),
        _of_the_first,
        _average_ifs,
        "The average of the values in rows that meet all criteria; blank where none does.",
        (('AVERAGEIFS(7; "sale"; "sale")', "7"), ('AVERAGEIFS(7; "sale"; "new")', "blank")),
        ru="СРЗНАЧЕСЛИМН",
        fi="KESKIARVO.JOS.JOUKKO",
    ),
    Function(
        "MINIFS",
        (_ORDERED, *_PAIRS),
        _of_the_first,
        _least_ifs,
        "The smallest of the values in rows that meet all criteria; blank where none does.",
        (('MINIFS(7; "sale"; "sale")', "7"), ('MINIFS(7; "sale"; "new")', "blank")),
        ru="МИНЕСЛИ",
        fi="MIN.JOS",
    ),
    Function(
        "MAXIFS",
        (_ORDERED, *_PAIRS),
        _of_the_first,
        _most_ifs,
        "The largest of the values in rows that meet all criteria; blank where none does.",
        (('MAXIFS(7; "sale"; "sale")', "7"), ('MAXIFS(7; "sale"; "new")', "blank")),
        ru="МАКСЕСЛИ",
        fi="MAKS.JOS",
    ),
)
