"""The wages of the demo company for its last months."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from engine.demo.batch import Batch, Table
from engine.demo.chance import Chance
from engine.demo.seasons import working_day

MONTHS = 3
"""For so many whole months before the last day there are wages; the latest is not paid yet."""
_BONUSES = (Decimal(100), Decimal(150), Decimal(250))


def wages(staff: Batch, seed: int, until: date) -> Batch:
    """A wage for everybody and each month; what they sold follows from the orders."""
    chance = Chance(seed, "wages")
    table = Table("wage", "employee", "month", "salary", "commission_rate", "bonus", "paid_on")
    salary, rate = staff.columns.index("salary"), staff.columns.index("commission_rate")
    later = until.replace(day=1)
    months = [later := _month_before(later) for _ in range(MONTHS)]
    for month in reversed(months):
        paid = None if month == months[0] else working_day((month + timedelta(days=31)).replace(day=5))
        for row, values in enumerate(staff.rows, staff.first):
            bonus = chance.pick(_BONUSES) if chance.happens(0.15) else None
            table.rows.append((row, month, values[salary], values[rate], bonus, paid))
    return table.batch()


def _month_before(first: date) -> date:
    return (first - timedelta(days=1)).replace(day=1)
