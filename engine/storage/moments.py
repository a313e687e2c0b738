"""The moment at which something is asked, and by whom: what TODAY(), NOW() and USER() are in statements."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from engine.model import Configuration
from engine.storage.database import Database
from engine.storage.located import ASKER
from engine.storage.rates import Rates
from formulas import Context
from formulas.to_sql import moments


def moment_of(configuration: Configuration, connection: Connection | None = None) -> Context:
    """Now, in the zone of the business, with the exchange rates as a transaction sees them."""
    zone, now = ZoneInfo(configuration.timezone), dt.datetime.now(dt.UTC)
    rates = Rates(connection, configuration.currency) if connection else None
    return Context(now.astimezone(zone).date(), now, timezone=zone, language=configuration.language, rate=rates)


def asked_by(database: Database, configuration: Configuration, user: int | None) -> dict[str, Any]:
    """What statements are bound to that ask for the moment or for who asks."""
    return {**moments(database.system, moment_of(configuration)), ASKER: user}
