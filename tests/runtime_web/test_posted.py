"""What a posted form carries of the values that it was opened with."""

from __future__ import annotations

import copy
import json
from decimal import Decimal

from werkzeug.datastructures import MultiDict

from engine.fields.locale import Locale
from engine.model import Configuration
from runtime_web.cards.posted import Posted, opened
from tests.computed import TRADE
from tests.runtime_web.visitor import Site


def test_values_are_read_where_they_are_asked_for_and_what_is_none_is_not_there(site: Site) -> None:
    entity = site.workspace.configuration.entities["payment"]
    base = opened(entity, {"amount": "12.90", "date": "nonsense", "nothing": 1})
    assert base["amount"] == Decimal("12.90")
    assert ("date" in base, "nothing" in base) == (False, False)
    assert dict(base) == {"amount": Decimal("12.90")}
    assert len(opened(entity, ["no", "values"])) == 0


def test_a_new_line_is_one_as_soon_as_it_differs_from_what_it_began_with() -> None:
    tree = copy.deepcopy(TRADE)
    line = tree["entities"]["order_line"]["fields"]
    line["quantity"] = {"type": "integer", "default": 1}
    line["wanted"] = {"type": "date", "default": "=TODAY()"}
    line["gift"] = {"type": "boolean", "default": True}
    configuration = Configuration.model_validate(tree)
    begun = {"quantity": "1", "wanted": "2026-03-01", "gift": "true"}
    base = {"blank": {"lines": {"quantity": 1, "wanted": "2026-03-01", "gift": True}}}

    def lines(**typed: str) -> int:
        form = {f"lines.n1.{name}": text for name, text in {**begun, **typed}.items()}
        posted = Posted(
            configuration, "order", ("lines",), MultiDict({**form, "_base": json.dumps(base)}), Locale("en")
        )
        return len(posted.reading.lines["lines"])

    assert [lines(), lines(quantity=""), lines(quantity="", wanted="")] == [0, 0, 0]
    assert [lines(quantity="2"), lines(wanted="2026-03-02"), lines(gift=""), lines(price="5")] == [1, 1, 1, 1]
