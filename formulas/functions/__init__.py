"""The function library: one module per subject, each with a tuple FUNCTIONS; the registry is the tuple of groups below."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from formulas.function import Function
from formulas.functions import (
    aggregates,
    annuities,
    conditional,
    conversion,
    dates,
    finance,
    joining,
    logic,
    maths,
    money,
    powers,
    presence,
    rounding,
    spans,
    statistics,
    texts,
    times,
    wording,
    workdays,
)

GROUPS: tuple[tuple[str, tuple[Function, ...]], ...] = (
    ("Logic", logic.FUNCTIONS),
    ("Blanks and errors", presence.FUNCTIONS),
    ("Rounding", rounding.FUNCTIONS),
    ("Numbers", (*maths.FUNCTIONS, *powers.FUNCTIONS)),
    ("Sums and counts", (*aggregates.FUNCTIONS, *conditional.FUNCTIONS, *statistics.FUNCTIONS)),
    ("Texts", (*texts.FUNCTIONS, *joining.FUNCTIONS, *conversion.FUNCTIONS, *wording.FUNCTIONS)),
    ("Dates and times", (*dates.FUNCTIONS, *times.FUNCTIONS, *spans.FUNCTIONS, *workdays.FUNCTIONS)),
    ("Money and finance", (*money.FUNCTIONS, *annuities.FUNCTIONS, *finance.FUNCTIONS)),
)
FUNCTIONS: tuple[Function, ...] = tuple(function for _, group in GROUPS for function in group)
BY_NAME: Mapping[str, Function] = MappingProxyType({function.name: function for function in FUNCTIONS})


def _spelt(name: str) -> str:
    """A name in capitals; ё and е are the same, as on Russian keyboards."""
    return name.upper().replace("Ё", "Е")


ALIASES: Mapping[str, str] = MappingProxyType(
    {_spelt(name): function.name for function in FUNCTIONS for _, name in function.aliases}
)
"""From the name in Excel of another language, in capitals, to ours."""


def find(name: str) -> Function | None:
    """The function of a name in any case and any of the languages."""
    return BY_NAME.get(name.upper()) or BY_NAME.get(ALIASES.get(_spelt(name), ""))
