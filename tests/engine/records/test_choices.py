"""References that offer only some records: in pickers, and for whoever saves."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from engine.problems import Refused
from engine.records import Draft, Edit, LineEdit, Records
from engine.rights import SYSTEM
from engine.storage.tables import describe_tables
from tests.choosing import choosing_configuration
from tests.ready import ready_database


@pytest.fixture
def trade(database_url: str) -> Iterator[Records]:
    configuration = choosing_configuration()
    database = ready_database(database_url, configuration)
    yield Records(database, describe_tables(configuration), SYSTEM)
    database.close()


@pytest.fixture
def filled(trade: Records) -> dict[str, int]:
    """Two clients, and products: one for everybody, one for Anna alone, one that is no longer sold."""
    anna = trade.create("client", Edit({"name": "Anna"})).id
    bert = trade.create("client", Edit({"name": "Bert"})).id
    tea = trade.create("product", Edit({"name": "Tea", "price": Decimal(5)})).id
    cake = trade.create("product", Edit({"name": "Cake", "price": Decimal(50), "only_for": anna})).id
    old = trade.create("product", Edit({"name": "Old", "price": Decimal(1), "archived": True})).id
    return {"anna": anna, "bert": bert, "tea": tea, "cake": cake, "old": old}


def order(client: int, *products: int) -> Edit:
    lines = tuple(
        LineEdit(None, {"product": one, "quantity": Decimal(1)}, key=f"n{at}") for at, one in enumerate(products)
    )
    return Edit({"client": client}, None, {"lines": lines})


def titles(trade: Records, entity: str, name: str, target: str, draft: Draft | None = None) -> list[str]:
    return [title for _, title in trade.lookup(target, "", 20, trade.offer(entity, name, draft))]


def refused(error: pytest.ExceptionInfo[Refused]) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.code, one.path) for one in error.value.problems]


def test_a_picker_offers_what_fits_the_record_as_it_is_being_edited(trade: Records, filled: dict[str, int]) -> None:
    for client, offered in (("anna", ["Cake", "Tea"]), ("bert", ["Tea"])):
        draft = Draft("order", None, order(filled[client], filled["tea"]), ("lines", "n0"))
        assert titles(trade, "order_line", "product", "product", draft) == offered
    assert trade.offer("order", "client") is None


def test_a_line_is_offered_what_fits_its_order(trade: Records, filled: dict[str, int]) -> None:
    trade.create("order", order(filled["anna"], filled["tea"], filled["cake"]))
    with pytest.raises(Refused) as error:
        trade.create("order", order(filled["bert"], filled["tea"], filled["cake"]))
    assert refused(error) == [("choice-not-offered", ("lines", "n1", "product"))]


def test_several_references_are_looked_at_together(trade: Records, filled: dict[str, int]) -> None:
    edit = {"limit": Decimal(10), "extra": (filled["tea"], filled["cake"])}
    with pytest.raises(Refused) as error:
        trade.create("order", Edit(edit))
    assert refused(error) == [("choice-not-offered", ("extra",))]
    trade.create("order", Edit({**edit, "limit": Decimal(100)}))
    draft = Draft("order", None, Edit({"limit": Decimal("5.00")}))
    assert titles(trade, "order", "extra", "product", draft) == ["Tea"]


def test_the_record_itself_and_what_is_computed_of_it(trade: Records, filled: dict[str, int]) -> None:
    trade.create("order", order(filled["anna"], filled["tea"]))
    anna, bert = filled["anna"], filled["bert"]
    assert titles(trade, "client", "boss", "client", Draft("client", anna, Edit({}))) == ["Anna"]
    trade.update("client", bert, Edit({"boss": anna}))
    with pytest.raises(Refused):
        trade.update("client", anna, Edit({"boss": bert}))


def test_what_was_chosen_before_may_stay(trade: Records, filled: dict[str, int]) -> None:
    made = trade.create("order", order(filled["anna"], filled["tea"])).id
    trade.update("product", filled["tea"], Edit({"archived": True}))
    (line,) = trade.get("order", made).lines["lines"]

    kept = LineEdit(line.id, {"product": filled["tea"], "quantity": Decimal(3)}, key="1")
    trade.update("order", made, Edit({}, None, {"lines": (kept,)}))
    assert trade.get("order", made).lines["lines"][0].values["quantity"] == Decimal(3)
    with pytest.raises(Refused):
        trade.create("order", order(filled["anna"], filled["tea"]))


def test_programs_are_held_to_it_too(trade: Records, filled: dict[str, int]) -> None:
    rows = [(Decimal(1), (filled["tea"],)), (Decimal(9), (filled["tea"],))]
    with pytest.raises(Refused) as error, trade.batch() as batch:
        batch.add("order", ("limit", "extra"), rows)
    assert [code for code, _ in refused(error)] == ["choice-not-offered"]
