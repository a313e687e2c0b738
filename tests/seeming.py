"""The business of `tests.computed`, whose cards show parts of themselves only under conditions."""

from __future__ import annotations

import copy

from engine.model import Configuration
from tests.computed import TRADE


def seeming_configuration() -> Configuration:
    """Clients that are companies have a tax number, a tab and a section of their own; a line says why it is free."""
    tree = copy.deepcopy(TRADE)
    client, order = tree["entities"]["client"], tree["entities"]["order"]
    client["fields"] |= {
        "company": {"type": "boolean"},
        "tax_number": {"type": "text", "visible_if": "company"},
        "founded": {"type": "date", "required_if": "company AND discount > 20%"},
        "age": {"type": "integer", "formula": 'DATEDIF(founded; TODAY(); "Y")', "visible_if": "founded < TODAY()"},
        "notes": {"type": "long_text"},
    }
    client["card"] = [
        {
            "tab": "Client",
            "sections": [
                {"columns": [["name", "company", "tax_number"], ["discount", "founded", "age"]]},
                {"label": "Big ones", "visible_if": "discount > 20%", "columns": ["tier"]},
            ],
        },
        {"tab": "Company", "visible_if": "company", "sections": [{"columns": ["notes"]}]},
        {"tab": "Orders", "visible_if": "NOT ISBLANK(last)", "sections": [{"related": "orders", "where": "debt > 0"}]},
    ]
    tree["entities"]["order_line"]["fields"]["why"] = {"type": "text", "visible_if": "quantity > 0 AND amount = 0"}
    tree["entities"]["order_line"]["fields"]["quantity"]["readonly_if"] = "quantity > 100"
    client["colors"] = [
        {"where": "company", "color": "blue", "label": {"en": "A {company} & more", "fi": "Yritys"}},
        {"where": "discount > 0", "color": "green"},
    ]
    order["fields"]["date"]["visible_if"] = "ISBLANK(client) = FALSE"
    return Configuration.model_validate(tree)
