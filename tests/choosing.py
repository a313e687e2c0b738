"""The business of `tests.computed`, whose references offer only what fits the record that is being edited."""

from __future__ import annotations

import copy

from engine.model import Configuration
from tests.computed import TRADE


def choosing_configuration() -> Configuration:
    """Products may be for one client alone, or no longer be sold; a client's boss has sold more."""
    tree = copy.deepcopy(TRADE)
    client, product = tree["entities"]["client"]["fields"], tree["entities"]["product"]["fields"]
    product["archived"] = {"type": "boolean"}
    product["only_for"] = {"type": "reference", "to": "client"}
    client["boss"] |= {"where": "boss <> RECORD AND turnover >= RECORD.turnover"}
    line = tree["entities"]["order_line"]["fields"]
    line["product"] |= {"where": "NOT archived AND (ISBLANK(only_for) OR only_for = RECORD.order.client)"}
    tree["entities"]["order"]["fields"]["extra"] |= {"where": "NOT archived AND price <= RECORD.limit"}
    tree["entities"]["order"]["fields"]["limit"] = {"type": "money", "currency": "EUR"}
    return Configuration.model_validate(tree)
