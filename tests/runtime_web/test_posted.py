"""What a posted form carries of the values that it was opened with."""

from __future__ import annotations

from decimal import Decimal

from runtime_web.cards.posted import opened
from tests.runtime_web.visitor import Site


def test_values_are_read_where_they_are_asked_for_and_what_is_none_is_not_there(site: Site) -> None:
    entity = site.workspace.configuration.entities["payment"]
    base = opened(entity, {"amount": "12.90", "date": "nonsense", "nothing": 1})
    assert base["amount"] == Decimal("12.90")
    assert ("date" in base, "nothing" in base) == (False, False)
    assert dict(base) == {"amount": Decimal("12.90")}
    assert len(opened(entity, ["no", "values"])) == 0
