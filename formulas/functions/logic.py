"""Logic: conditions and choices. What is not chosen is not computed."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from formulas.decimals import whole
from formulas.function import Function, Parameter, anything, condition, number
from formulas.types import BOOLEAN, Type, unified
from formulas.values import FormulaError, Thunk, Value

_EACH_CONDITION = Parameter("condition", ("boolean",), repeating=True)


def _if(test: Thunk, then: Thunk, otherwise: Thunk | None = None) -> Value:
    met = test()
    if isinstance(met, FormulaError):
        return met
    if met:
        return then()
    return otherwise() if otherwise else None


def _branches(types: Sequence[Type]) -> Type:
    return unified(types[1:])


def _ifs(*pairs: Thunk) -> Value:
    for test, result in zip(pairs[::2], pairs[1::2], strict=True):
        met = test()
        if isinstance(met, FormulaError):
            return met
        if met:
            return result()
    return FormulaError("#N/A", "No condition is met.")


def _every_second(types: Sequence[Type]) -> Type:
    return unified(types[1::2])


def _switch(value: Thunk, *rest: Thunk) -> Value:
    wanted = value()
    if isinstance(wanted, FormulaError):
        return wanted
    for match, result in zip(rest[::2], rest[1::2], strict=False):
        found = match()
        if isinstance(found, FormulaError):
            return found
        if _alike(found, wanted):
            return result()
    return rest[-1]() if len(rest) % 2 else FormulaError("#N/A", "No value matches.")


def _alike(left: Value, right: Value) -> bool:
    """Equal as `=` says it: blank only with blank, where an empty text is blank."""
    return (left if left != "" else None) == (right if right != "" else None)


def _switched(types: Sequence[Type]) -> Type:
    results = types[2::2]
    unified([types[0], *types[1 : 2 * ((len(types) - 1) // 2) : 2]])
    return unified([*results, types[-1]] if len(types) % 2 == 0 else results)


def _choose(index: Thunk, *values: Thunk) -> Value:
    position = index()
    if isinstance(position, FormulaError):
        return position
    chosen = whole(position) if isinstance(position, Decimal) else 0
    if not 1 <= chosen <= len(values):
        return FormulaError("#VALUE!", "The index is not the position of one of the values.")
    return values[chosen - 1]()


def _and(*conditions: Thunk) -> Value:
    return _until(conditions, stop=False)


def _or(*conditions: Thunk) -> Value:
    return _until(conditions, stop=True)


def _until(conditions: Sequence[Thunk], *, stop: bool) -> Value:
    for one in conditions:
        met = one()
        if isinstance(met, FormulaError):
            return met
        if bool(met) is stop:
            return stop
    return not stop


def _xor(*conditions: bool | None) -> bool:
    return sum(met is True for met in conditions) % 2 == 1


FUNCTIONS = (
    Function(
        "IF",
        (condition("condition"), anything("then"), anything("otherwise", optional=True)),
        _branches,
        _if,
        "One value if the condition is met, another (or a blank) if not.",
        (('IF(2 > 1; "yes"; "no")', '"yes"'), ("IF(1 > 2; 5)", "blank"), ("IF(TRUE; 1; 1/0)", "1")),
        lazy=True,
        ru="ЕСЛИ",
        fi="JOS",
        sql=True,
    ),
    Function(
        "IFS",
        (condition("condition").with_(repeating=True), anything("result").with_(repeating=True)),
        _every_second,
        _ifs,
        "The result beside the first condition that is met; #N/A where none is.",
        (('IFS(1 > 2; "a"; 2 > 1; "b")', '"b"'), ("IFS(FALSE; 1)", "#N/A")),
        lazy=True,
        ru="ЕСЛИМН",
        fi="JOS.JOUKKO",
        sql=True,
    ),
    Function(
        "SWITCH",
        (
            anything("value"),
            anything("match").with_(repeating=True),
            anything("result").with_(repeating=True),
            anything("otherwise", optional=True),
        ),
        _switched,
        _switch,
        "The result beside the first match that equals the value, or the last argument where none does.",
        (
            ('SWITCH(2; 1; "one"; 2; "two")', '"two"'),
            ('SWITCH(7; 1; "one"; "many")', '"many"'),
            ("SWITCH(7; 1; 2)", "#N/A"),
        ),
        lazy=True,
        ru="ПЕРЕКЛЮЧ",
        sql=True,
    ),
    Function(
        "CHOOSE",
        (number("index"), anything("value").with_(repeating=True)),
        lambda types: unified(types[1:]),
        _choose,
        "The value at a position, counted from 1.",
        (('CHOOSE(2; "low"; "high")', '"high"'), ("CHOOSE(3; 1; 2)", "#VALUE!")),
        lazy=True,
        ru="ВЫБОР",
        fi="VALITSE.INDEKSI",
    ),
    Function(
        "AND",
        (_EACH_CONDITION,),
        BOOLEAN,
        _and,
        "Yes if all conditions are met; also written between them: a > 0 and b > 0.",
        (("AND(1 < 2; 2 < 3)", "TRUE"), ("AND(FALSE; 1/0 > 1)", "FALSE")),
        lazy=True,
        ru="И",
        fi="JA",
        sql=True,
    ),
    Function(
        "OR",
        (_EACH_CONDITION,),
        BOOLEAN,
        _or,
        "Yes if at least one condition is met; also written between them: a > 0 or b > 0.",
        (("OR(1 > 2; 2 < 3)", "TRUE"), ("OR(FALSE; FALSE)", "FALSE")),
        lazy=True,
        ru="ИЛИ",
        fi="TAI",
        sql=True,
    ),
    Function(
        "NOT",
        (condition("condition"),),
        BOOLEAN,
        lambda met: not met,
        "Yes if the condition is not met; also written before it: not paid.",
        (("NOT(1 > 2)", "TRUE"), ("not TRUE", "FALSE")),
        ru="НЕ",
        fi="EI",
        sql=True,
    ),
    Function(
        "XOR",
        (_EACH_CONDITION,),
        BOOLEAN,
        _xor,
        "Yes if an odd number of the conditions is met.",
        (("XOR(TRUE; FALSE)", "TRUE"), ("XOR(TRUE; TRUE)", "FALSE")),
        ru="ИСКЛИЛИ",
        fi="EHDOTON.TAI",
        sql=True,
    ),
)
