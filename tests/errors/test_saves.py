"""Each code about saving records has a reproducer in saves.yaml that is also its golden text."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from engine.model import Configuration
from engine.problems import Refused
from engine.records import Edit, LineEdit, Records, RowEdit
from engine.records.saving import Saving
from engine.records.several import Several
from engine.rights import SYSTEM, Principal
from engine.storage import Collided
from engine.storage.tables import describe_tables
from tests.ready import ready_database
from tests.shop import SHOP

CASES: list[dict[str, Any]] = YAML(typ="safe").load(Path(__file__).with_name("saves.yaml"))


@pytest.fixture
def shop(sqlite_url: str) -> Iterator[Records]:
    """The shop, whose orders need lines, with a client, a product, and an order of one line."""
    described = copy.deepcopy(SHOP)
    described["entities"]["order"]["fields"]["lines"]["required"] = True
    client = described["entities"]["client"]
    client["views"] = {"agents": {"kind": "tree", "by": "agent", "columns": ["name"]}}
    client["checks"] = [{"that": 'city <> "Moon"', "else": "We deliver nothing to the moon."}]
    described["entities"]["order"]["fields"]["client"]["where"] = 'status <> "gone"'
    client["fields"]["name"]["readonly_if"] = 'status = "gone"'
    configuration = Configuration.model_validate(described)
    database = ready_database(sqlite_url, configuration)
    records = Records(database, describe_tables(configuration), SYSTEM)
    records.create("client", Edit({"name": "Ann", "code": "7"}))
    records.create("product", Edit({"name": "Bolt"}))
    records.create("order", Edit({"client": 1}, lines={"lines": (LineEdit(None, {"product": 1}),)}))
    yield records
    database.close()


def changes_a_line_that_is_gone(shop: Records) -> None:
    line = LineEdit(1, {"product": 1, "quantity": 5}, base={"product": 1, "quantity": None})
    with shop.batch() as batch:
        batch.writer.trash(batch.connection, "order_line", [1])
    shop.update("order", 1, Edit({}, lines={"lines": (line, LineEdit(None, {"product": 1}))}))


def is_overtaken(shop: Records) -> None:
    def collide(*_: object) -> None:
        raise Collided("another has the same code")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Saving, "create", collide)
        shop.create("client", Edit({"name": "Bob"}))


def renames_a_client_who_is_gone(shop: Records) -> None:
    shop.update("client", 1, Edit({"status": "gone"}))
    shop.update("client", 1, Edit({"name": "Anna"}))


def orders_for_a_client_who_is_gone(shop: Records) -> None:
    shop.update("client", 1, Edit({"status": "gone"}))
    shop.create("order", Edit({"client": 1}, lines={"lines": (LineEdit(None, {"product": 1}),)}))


def restores_a_line_without_its_order(shop: Records) -> None:
    shop.delete("order", [1])
    shop.restore("order_line", [1])


def as_a_guest(shop: Records) -> Records:
    """Somebody who sees and changes only what is in Oslo, and reads telephones only."""
    where = 'city = "Oslo"'
    described = copy.deepcopy(shop.configuration.model_dump(mode="json", exclude_unset=True))
    grants = [
        {"entity": "client", "can": ["read", "delete"]},
        {"entity": "client", "can": ["create", "update"], "where": where, "fields": {"phone": "readonly"}},
    ]
    reader = {"grants": [{"entity": "client", "can": ["read"]}]}
    configuration = Configuration.model_validate(
        {**described, "roles": {"guest": {"grants": grants}, "reader": reader}}
    )
    guest = Principal(None, "guest", roles=frozenset({"guest"}))
    shop.update("client", 1, Edit({"city": "Oslo"}))
    shop.create("client", Edit({"name": "Bob", "city": "Turku"}))
    return Records(shop.database, describe_tables(configuration), guest)


def restores_what_lost_a_code(shop: Records) -> None:
    """Its code, which they may not see, has been given to another client meanwhile."""
    guest = as_a_guest(shop)
    blind = {"grants": [{"entity": "client", "can": ["read", "delete"], "fields": {"code": "hidden"}}]}
    described = shop.configuration.model_dump(mode="json", exclude_unset=True)
    configuration = Configuration.model_validate({**described, "roles": {"guest": blind}})
    shop.update("client", 2, Edit({"code": "B"}))
    shop.delete("client", [2])
    shop.create("client", Edit({"name": "Cid", "code": "B"}))
    Records(shop.database, describe_tables(configuration), guest.principal).restore("client", [2])


def as_a_reader(shop: Records) -> Records:
    """Somebody who changes nothing."""
    return Records(shop.database, as_a_guest(shop).tables, Principal(None, "reader", roles=frozenset({"reader"})))


DEEDS: dict[str, Callable[[Records], object]] = {
    "saves a client without a name": lambda shop: shop.create("client", Edit({"city": "Oslo"})),
    "saves a code that another client has": lambda shop: shop.create("client", Edit({"name": "Bob", "code": "7"})),
    "gives an order a number of their own": lambda shop: shop.update("order", 1, Edit({"number": "1"})),
    "saves an order without lines": lambda shop: shop.create("order", Edit({"client": 1}, lines={"lines": ()})),
    "changes a line that somebody else has deleted": changes_a_line_that_is_gone,
    "is overtaken again and again": is_overtaken,
    "makes a client the agent of their own agent": lambda shop: shop.update("client", 1, Edit({"agent": 1})),
    "deletes a client with orders": lambda shop: shop.delete("client", [1]),
    "gives a client a city that is refused": lambda shop: shop.update("client", 1, Edit({"city": "Moon"})),
    "renames a client who is gone": renames_a_client_who_is_gone,
    "orders for a client who is gone": orders_for_a_client_who_is_gone,
    "restores a line whose order is in the trash": restores_a_line_without_its_order,
    "deletes a client with orders that they may not see": lambda shop: as_a_guest(shop).delete("client", [1]),
    "restores a client whose hidden code is taken": restores_what_lost_a_code,
    "makes a client without the right to": lambda shop: as_a_reader(shop).create("client", Edit({"name": "Cid"})),
    "changes a client who is not theirs": lambda shop: as_a_guest(shop).update("client", 2, Edit({"name": "Rob"})),
    "moves a client out of their town": lambda shop: as_a_guest(shop).update("client", 1, Edit({"city": "Turku"})),
    "changes several clients of whom one is gone": lambda shop: Several.through(shop).save(
        "client", [RowEdit("a", 1, {"city": "Oslo"}), RowEdit("b", 99, {"city": "Oslo"})]
    ),
    "changes several clients of whom somebody else has moved one": lambda shop: Several.through(shop).save(
        "client", [RowEdit("a", 1, {"city": "Oslo"}, {"city": "Turku"})]
    ),
    "changes a telephone that they may only read": lambda shop: as_a_guest(shop).update(
        "client", 1, Edit({"phone": "+358401234567"})
    ),
}


@pytest.mark.parametrize("case", CASES, ids=[case["code"] for case in CASES])
def test_one_refusal_is_one_sentence(case: dict[str, Any], shop: Records) -> None:
    with pytest.raises(Refused) as refused:
        DEEDS[case["does"]](shop)
    found = [(one.code, f"{one.sentence} {one.hint}".strip()) for one in refused.value.problems]
    assert found == [(case["code"], case["says"])]
