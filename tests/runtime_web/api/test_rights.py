"""A token sees and does what its person may: what is hidden gets the answers of what does not exist, byte for byte."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openapi_spec_validator import validate

from engine.records import Edit, LineEdit, Records
from runtime_web.app import create_app
from runtime_web.settings import Settings
from tests.guarded import fill, open_guarded, order
from tests.runtime_web.api.caller import Answer, Caller, caller, codes
from tests.runtime_web.visitor import SECRET, Site

READ = (
    "/_metadata",
    "/openapi.json",
    "/client",
    "/client?count=exact",
    "/client?q=gold",
    "/client?sort=-turnover&fields=name,city",
    "/client?view=all",
    "/client/_views",
    "/client/1",
    "/client/2",
    "/order",
    "/order?q=beta&count=exact",
    '/order?where={"total":{"ge":"1"}}',
    "/order?trashed=true",
    "/order/1",
    "/order/2",
    "/order/99",
    "/order_line",
    "/product",
    "/product/1",
    "/_files/1",
    "/ghost",
)


@pytest.fixture
def trade(sqlite_url: str, tmp_path: Path, quick_hashes: Callable[..., None]) -> Iterator[Site]:
    """The guarded trade: Ann and Bob are managers, Dora audits, Eve has no role."""
    records = open_guarded(sqlite_url)
    fill(records)
    settings = Settings(sqlite_url, records.tables.configuration, tmp_path / "files", SECRET, testing=True)
    records.database.close()
    site = Site(create_app(settings))
    for login, role in (("ann", "manager"), ("bob", "manager"), ("dora", "auditor")):
        give(site, login, role)
    yield site
    site.workspace.database.close()


def give(site: Site, login: str, role: str) -> None:
    account = site.workspace.people.named(login)
    assert account is not None
    site.workspace.people.set_roles(account.id, {role})


@pytest.fixture
def ann(trade: Site) -> Caller:
    return caller(trade, "ann")


def same_but_for_names(first: Answer, second: Answer, *names: str) -> bool:
    """Whether two answers are the same once the names that were asked for are taken out."""
    texts = []
    for answer in (first, second):
        text = answer.text
        for name in names:
            text = text.replace(name, "NAME")
        texts.append((answer.status_code, text))
    return texts[0] == texts[1]


def test_what_is_hidden_is_not_there(ann: Caller) -> None:
    found = ann.get("/_metadata").json["entities"]
    assert set(found) == {"client", "product", "order", "order_line"}
    assert "secret" not in found["client"]["fields"]
    assert "cost" not in found["order_line"]["fields"]
    assert "margin" not in found["order"]["fields"]
    description = ann.get("/openapi.json")
    validate(description.json)
    for hidden in ("secret", "cost", "margin", "discount"):
        assert f'"{hidden}"' not in description.text
    assert [one["id"] for one in ann.get("/order").json["items"]] == [1]
    assert set(ann.get("/client/1").json) & {"secret", "discount"} == set()


def test_who_has_no_role_finds_nothing(trade: Site) -> None:
    eve = caller(trade, "eve")
    assert eve.get("/_metadata").json["entities"] == {}
    unknown = eve.get("/ghost")
    for path in ("/client", "/client/1", "/order", "/order_line/1", "/client/_views"):
        assert (eve.get(path).status_code, eve.get(path).data) == (404, unknown.data)
    assert set(eve.get("/openapi.json").json["paths"]) == {"/_metadata", "/openapi.json", "/_files/{id}"} | {
        "/_files/{id}/content",
        "/_files/{id}/small/{size}",
    }


@pytest.mark.parametrize(
    "query",
    [
        {"sort": "NAME"},
        {"sort": "-NAME"},
        {"fields": "name,NAME"},
        {"where": '{"NAME":{"equals":"gold"}}'},
        {"where": '{"NAME":{"blank":true}}'},
        {"where": '{"NAME.name":{"blank":true}}'},
        {"where": '{"NAME":{"nonsense":1}}'},
        {"view": "NAME"},
    ],
)
def test_asking_by_a_hidden_field_is_asking_by_none(ann: Caller, query: dict[str, str]) -> None:
    def asked(name: str) -> Answer:
        return ann.get("/client", **{key: text.replace("NAME", name) for key, text in query.items()})

    assert asked("secret").status_code == 400
    assert same_but_for_names(asked("secret"), asked("ghosts"), "secret", "ghosts")


@pytest.mark.parametrize("comparison", ['{"equals":"gold"}', '{"blank":true}', '{"nonsense":1}'])
def test_asking_along_references_by_a_hidden_field_is_asking_by_none(ann: Caller, comparison: str) -> None:
    def asked(name: str) -> Answer:
        return ann.get("/order", where=f'{{"client.{name}":{comparison}}}')

    assert asked("secret").status_code == 400
    assert same_but_for_names(asked("secret"), asked("ghosts"), "secret", "ghosts")
    assert ann.get("/order", where='{"client.city":{"exactly":"Oslo"}}').status_code == 200


def test_a_view_that_tells_something_hidden_shows_no_more(ann: Caller) -> None:
    told = ann.get("/client", view="secretive")
    assert (told.status_code, "gold" in told.text) in ((200, False), (400, False))


@pytest.mark.parametrize("place", ["client", "client/1"])
def test_sending_a_hidden_field_is_sending_none(ann: Caller, place: str) -> None:
    def sent(name: str) -> Answer:
        body: dict[str, Any] = {"name": "New", name: "gold"}
        return ann.call(
            "PATCH" if "/" in place else "POST",
            f"/{place}",
            json=body,
            headers={"If-Match": "*"} if "/" in place else {},
        )

    assert codes(sent("secret")) == [("field-not-editable", "secret")]
    assert same_but_for_names(sent("secret"), sent("ghosts"), "secret", "ghosts")


def test_records_of_others_are_not_there(ann: Caller) -> None:
    for method, suffix in (("GET", ""), ("PATCH", ""), ("DELETE", ""), ("POST", "/restore")):
        body = {"json": {"note": "x"}, "headers": {"If-Match": "*"}} if method == "PATCH" else {}
        answers = {
            (a.status_code, a.data) for a in (ann.call(method, f"/order/{key}{suffix}", **body) for key in (2, 99))
        }
        assert len(answers) == 1
        assert answers.pop()[0] == 404


def test_what_a_role_does_not_allow_is_refused(trade: Site, ann: Caller) -> None:
    assert (ann.post("/product", {"name": "Nail"}).status_code) == 403
    answer = ann.patch("/client/2", {"city": "Bodø"}, headers={"If-Match": "*"})
    assert (answer.status_code, codes(answer)) == (403, [("right-missing-here", "")])
    answer = ann.patch("/order/1", {"manager": 2}, headers={"If-Match": "*"})
    assert (answer.status_code, codes(answer)) == (403, [("right-missing-after", "")])
    answer = ann.patch("/order/1", {"rebate": "1.00"}, headers={"If-Match": "*"})
    assert codes(answer) == [("field-closed", "rebate")]
    dora = caller(trade, "dora")
    assert dora.delete("/order/1").status_code in (403, 404)
    assert ann.get("/order/1").json["rebate"] is None


def test_a_version_is_not_moved_by_what_is_hidden(trade: Site, ann: Caller) -> None:
    before = ann.get("/client/1").json
    trade.records.update("client", 1, Edit({"secret": "silver", "discount": Decimal("0.2")}))
    assert ann.get("/client/1").json == before
    done = ann.patch("/client/1", {"city": "Bodø", "_version": before["_version"]})
    assert done.status_code == 200


def change_what_ann_may_not_see(records: Records) -> None:
    """Change, add and delete records of others and hidden fields of hers."""
    records.update("client", 1, Edit({"secret": "silver", "discount": Decimal("0.3")}))
    records.update("product", 1, Edit({"cost": Decimal(9)}))
    line = LineEdit(1, {"cost": Decimal(5)})
    records.update("order", 1, Edit({}, lines={"lines": (line,)}))
    order(records, 2, 2, "7", note="canary")
    records.update("order", 2, Edit({"note": "canary", "status": "paid"}))
    records.delete("order", [2])


def test_what_is_hidden_influences_no_byte(trade: Site, ann: Caller) -> None:
    before = [(path, ann.call("GET", path).data) for path in READ]
    change_what_ann_may_not_see(trade.records)
    after = [(path, ann.call("GET", path).data) for path in READ]
    assert [path for (path, old), (_, new) in zip(before, after, strict=True) if old != new] == []
