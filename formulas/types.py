"""The types that a formula's values have, as far as they are known before any record is looked at.

A type is a frozen value. Numbers are one type: whole and decimal differ only in how a field stores them. Money with a
fixed currency carries its code; where the currency stands in the record, the code is empty here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Kind = Literal[
    "number", "money", "text", "boolean", "date", "datetime", "time", "duration", "record", "list", "blank", "any"
]
"""`blank` is the type of a value that is always blank; `any` fits everywhere and stands where a problem was told."""


@dataclass(frozen=True, slots=True)
class Type:
    """One type. `currency` belongs to money, `item` to a list, `entity` to a record."""

    kind: Kind
    currency: str = ""
    item: Type | None = None
    entity: str = ""

    def __str__(self) -> str:
        if self.kind == "money" and self.currency:
            return f"money in {self.currency}"
        if self.item:
            return f"list of {self.item}"
        return f"record of {self.entity}" if self.entity else _NAMES.get(self.kind, self.kind)


_NAMES = {"boolean": "yes or no", "datetime": "date and time", "blank": "nothing", "any": "any value"}

NUMBER = Type("number")
MONEY = Type("money")
TEXT = Type("text")
BOOLEAN = Type("boolean")
DATE = Type("date")
DATETIME = Type("datetime")
TIME = Type("time")
DURATION = Type("duration")
BLANK = Type("blank")
ANY = Type("any")


def money(currency: str) -> Type:
    """Money of one fixed currency."""
    return Type("money", currency=currency)


def list_of(item: Type) -> Type:
    """Several values of one type."""
    return Type("list", item=item)


def record(entity: str) -> Type:
    """A reference to one record."""
    return Type("record", entity=entity)


class Mismatch(Exception):
    """Raised where types that must go together do not: `index` is the first argument that does not fit."""

    def __init__(self, code: str, index: int, **params: str) -> None:
        super().__init__(code)
        self.code = code
        self.index = index
        self.params = params


def unified(types: Iterable[Type]) -> Type:
    """The one type that several alternatives have together, e.g. the branches of IF.

    Blank goes with everything, a plain number takes the currency of the money beside it, a date does not become a
    moment. Money of a fixed and of a variable currency is money of a variable one.
    """
    found = BLANK
    for index, kind in enumerate(types):
        found = _pair(found, kind, index)
    return found


def _pair(left: Type, right: Type, index: int) -> Type:
    if left == right or right.kind == "blank" or left.kind == "any":
        return left
    if left.kind == "blank" or right.kind == "any":
        return right
    kinds = {left.kind, right.kind}
    if kinds == {"number", "money"}:
        return left if left.kind == "money" else right
    if kinds == {"money"}:
        if left.currency and right.currency:
            raise Mismatch("formula-two-currencies", index, left=left.currency, right=right.currency)
        return MONEY
    raise Mismatch("formula-mixed-types", index, left=described(left), right=described(right))


WORDS: MappingProxyType[Kind, str] = MappingProxyType(
    {
        "number": "a number",
        "money": "money",
        "text": "a text",
        "boolean": "yes or no",
        "date": "a date",
        "datetime": "a moment",
        "time": "a time",
        "duration": "a stretch of time",
        "record": "a record",
        "list": "a list",
    }
)
"""Each kind with its article, as sentences say it."""


def described(found: Type) -> str:
    """A type with its article, as sentences say it."""
    if found.kind == "money" and found.currency:
        return str(found)
    if found.kind == "record":
        return f"a {found}"
    return WORDS.get(found.kind, str(found))
