"""A site with a few clients and orders, and reports about them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from engine.model import Configuration
from engine.records import Edit
from tests.runtime_web.visitor import Site
from tests.shop import SHOP

REPORTS: dict[str, Any] = {
    "sales": {
        "label": {"en": "Sales by city", "fi": "Myynti kaupungeittain"},
        "help": "What was ordered.",
        "of": "order",
        "rows": [{"field": "client.city"}, {"field": "client"}],
        "columns": [{"field": "date", "by": "month"}],
        "values": {"total": {"field": "total"}},
    },
    "counted": {"of": "client", "rows": [{"field": "status"}]},
    "hidden": {"of": "order", "rows": [{"field": "client.code"}], "where": 'client.code <> ""'},
}
ORDERS = (
    ("Anna", "Oslo", dt.date(2026, 3, 5), "1000.50"),
    ("Anna", "Oslo", dt.date(2026, 4, 1), "10"),
    ("Bo", "Turku", dt.date(2026, 3, 31), "2.25"),
    ("Cia", None, dt.date(2026, 3, 1), None),
)


def configuration(**changes: Any) -> Configuration:
    return Configuration.model_validate({**SHOP, "reports": REPORTS, **changes})


def selling(make_site: Callable[..., Site], url: str, **changes: Any) -> Site:
    """A site with the users ana (administrator) and ben, and the orders."""
    site = make_site(url, configuration=configuration(**changes))
    site.add_people()
    clients: dict[str, int] = {}
    for name, city, day, total in ORDERS:
        if name not in clients:
            clients[name] = site.records.create("client", Edit({"name": name, "city": city})).id
        amount = None if total is None else Decimal(total)
        site.records.create("order", Edit({"client": clients[name], "date": day, "total": amount}))
    return site
