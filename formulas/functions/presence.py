"""What is there: blanks, errors and kinds of values."""

from __future__ import annotations

from decimal import Decimal

from formulas.function import SCALARS, Function, Parameter, anything
from formulas.types import BLANK, BOOLEAN, unified
from formulas.values import Fault, FormulaError, Money, Thunk, Value


def _coalesce(*values: Thunk) -> Value:
    for one in values:
        found = one()
        if found is not None and found != "":
            return found
    return None


def _if_error(value: Thunk, otherwise: Thunk) -> Value:
    found = value()
    return otherwise() if isinstance(found, FormulaError) else found


def _if_na(value: Thunk, otherwise: Thunk) -> Value:
    found = value()
    return otherwise() if isinstance(found, FormulaError) and found.code == "#N/A" else found


def _is_error(value: Thunk) -> bool:
    return isinstance(value(), FormulaError)


def _is_blank(value: Value) -> bool:
    return value is None or value in ("", ())


def _is_number(value: Thunk) -> bool:
    return isinstance(value(), Decimal | Money)


def _is_text(value: Thunk) -> bool:
    found = value()
    return isinstance(found, str) and found != ""


def _na() -> Value:
    raise Fault("#N/A", "The formula says that no value is available.")


FUNCTIONS = (
    Function(
        "COALESCE",
        (anything("value").with_(repeating=True),),
        unified,
        _coalesce,
        "The first of the values that is not blank.",
        (('COALESCE(""; "b"; "c")', '"b"'), ("COALESCE(0; 5)", "0")),
        lazy=True,
        sql=True,
    ),
    Function(
        "ISBLANK",
        (Parameter("value", (*SCALARS, "list"), blanks=True),),
        BOOLEAN,
        _is_blank,
        "Yes if nothing is there; an empty text and an empty list are blank too.",
        (('ISBLANK("")', "TRUE"), ("ISBLANK(0)", "FALSE")),
        ru="ЕПУСТО",
        fi="ONTYHJÄ",
        sql=True,
    ),
    Function(
        "IFERROR",
        (anything("value"), anything("otherwise")),
        unified,
        _if_error,
        "The value, or another one where computing it gives an error.",
        (("IFERROR(1/0; 0)", "0"), ("IFERROR(4/2; 0)", "2")),
        lazy=True,
        ru="ЕСЛИОШИБКА",
        fi="JOSVIRHE",
        sql=True,
    ),
    Function(
        "IFNA",
        (anything("value"), anything("otherwise")),
        unified,
        _if_na,
        "The value, or another one where it is #N/A.",
        (("IFNA(NA(); 0)", "0"), ("IFNA(1/0; 0)", "#DIV/0!")),
        lazy=True,
        ru="ЕСНД",
        fi="JOSPUUTTUU",
    ),
    Function(
        "ISERROR",
        (anything("value"),),
        BOOLEAN,
        _is_error,
        "Yes if computing the value gives an error.",
        (("ISERROR(1/0)", "TRUE"), ("ISERROR(1)", "FALSE")),
        lazy=True,
        ru="ЕОШИБКА",
        fi="ONVIRHE",
        sql=True,
    ),
    Function(
        "ISNUMBER",
        (anything("value"),),
        BOOLEAN,
        _is_number,
        "Yes if the value is a number or money and not blank.",
        (("ISNUMBER(5)", "TRUE"), ('ISNUMBER("5")', "FALSE"), ("ISNUMBER(1/0)", "FALSE")),
        lazy=True,
        ru="ЕЧИСЛО",
        fi="ONLUKU",
    ),
    Function(
        "ISTEXT",
        (anything("value"),),
        BOOLEAN,
        _is_text,
        "Yes if the value is a text and not empty.",
        (('ISTEXT("a")', "TRUE"), ("ISTEXT(5)", "FALSE")),
        lazy=True,
        ru="ЕТЕКСТ",
        fi="ONTEKSTI",
    ),
    Function(
        "NA",
        (),
        BLANK,
        _na,
        "The error value #N/A: no value is available.",
        (("NA()", "#N/A"), ("IFNA(NA(); 1)", "1")),
        ru="НД",
        fi="PUUTTUU",
        sql=True,
    ),
)
