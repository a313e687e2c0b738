"""The VAT of the demo company, which is in Finland."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

_BEFORE, _SINCE = Decimal("0.24"), Decimal("0.255")
_RAISED = date(2024, 9, 1)


def vat_rate(day: date, *, abroad: bool) -> Decimal:
    """The rate of an order of that day; 0 for a firm `abroad`, which pays the tax of its own country."""
    if abroad:
        return Decimal(0)
    return _SINCE if day >= _RAISED else _BEFORE
