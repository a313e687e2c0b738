"""What the pages about exchange rates show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class RateLine:
    """One rate in the table. `key` is the end of its address: the currency and the day."""

    currency: str
    name: str
    date: str
    said: str
    key: str


@dataclass(frozen=True, slots=True)
class RatesPage:
    """The table of rates. `own` is the currency of the business."""

    rates: tuple[RateLine, ...]
    own: str
    count: str
    previous_url: str = ""
    next_url: str = ""


@dataclass(frozen=True, slots=True)
class RatePage:
    """The form of one rate, as typed; `key` is that of the rate that is changed, "" for a new one."""

    own: str
    currencies: tuple[tuple[str, str], ...]
    currency: str = ""
    date: str = ""
    rate: str = ""
    key: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BadRate:
    """A cell of a file that stands in the way."""

    row: int
    column: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class RatesImportPage:
    """The form for a file, and what was wrong with the last one. `more` says how many further cells are wrong."""

    own: str
    error: str = ""
    bad: tuple[BadRate, ...] = ()
    more: str = ""
