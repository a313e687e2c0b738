"""Exact amounts from whole cents."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


def euros(cents: int) -> Decimal:
    """The amount with two decimal places."""
    return Decimal(cents).scaleb(-2)


def rounded(amount: Decimal) -> Decimal:
    """The amount with two decimal places, half a cent upwards as an invoice has it."""
    return amount.quantize(CENT, ROUND_HALF_UP)
