"""Many changes in one call: all, or nothing and every reason why."""

from __future__ import annotations

import pytest

from tests.runtime_web.api.caller import Caller, caller, codes
from tests.runtime_web.visitor import Site


@pytest.fixture
def program(any_site: Site) -> Caller:
    return caller(any_site)


def test_everything_is_done_in_order(program: Caller) -> None:
    acme, bolt = program.made("client", name="Acme"), program.made("client", name="Bolt")
    answer = program.post(
        "/_bulk",
        {
            "operations": [
                {"do": "create", "entity": "product", "values": {"name": "Pen", "price": "2.50"}},
                {"do": "create", "entity": "order", "values": {"client": 1, "lines": [{"product": 1}]}},
                {"do": "update", "entity": "client", "id": 1, "values": {"city": "Oslo", "_version": acme["_version"]}},
                {"do": "delete", "entity": "client", "id": bolt["id"]},
                {"do": "restore", "entity": "client", "id": bolt["id"]},
            ]
        },
    )
    assert answer.status_code == 200, answer.text
    assert [one["id"] for one in answer.json["results"]] == [1, 1, 1, 2, 2]
    assert answer.json["results"][1]["_version"] == program.get("/order/1").json["_version"]
    assert program.get("/client/1").json["city"] == "Oslo"
    assert program.get("/client/2").status_code == 200


def test_one_that_cannot_be_done_leaves_nothing_of_all(program: Caller) -> None:
    acme = program.made("client", name="Acme", city="Oslo", code="A")
    program.patch("/client/1", {"city": "Bergen", "_version": acme["_version"]})
    answer = program.post(
        "/_bulk",
        {
            "operations": [
                {"do": "create", "entity": "client", "values": {"name": "Bolt"}},
                {"do": "create", "entity": "client", "values": {"code": "A", "since": "soon"}},
                {"do": "update", "entity": "client", "id": 1, "values": {"city": "Bodø", "_version": acme["_version"]}},
                {"do": "update", "entity": "client", "id": 1, "values": {"city": "Bodø"}},
                {"do": "delete", "entity": "client", "id": 99},
                {"do": "create", "entity": "ghost", "values": {}},
                {"do": "create", "entity": "order_line", "values": {}},
            ]
        },
    )
    assert answer.status_code == 422
    assert codes(answer) == [
        ("not-a-date", "operations.1.since"),
        ("changed-meanwhile", "operations.2.city"),
        ("version-missing", "operations.3"),
        ("nothing-here", "operations.4"),
        ("nothing-here", "operations.5"),
        ("lines-with-parent", "operations.6"),
    ]
    assert answer.json["error"]["conflicts"] == [
        {"path": ["operations", "2", "city"], "base": None, "theirs": "Bergen", "mine": "Bodø"}
    ]
    assert [one["name"] for one in program.get("/client").json["items"]] == ["Acme"]


def test_later_operations_see_what_earlier_ones_did(program: Caller) -> None:
    twice = [{"do": "create", "entity": "client", "values": {"name": "Acme", "code": "A"}}] * 2
    answer = program.post("/_bulk", {"operations": twice})
    assert codes(answer) == [("unique-taken", "operations.1.code")]
    assert program.get("/client").json["items"] == []


def test_a_key_makes_one_record_however_often_it_is_sent(program: Caller) -> None:
    body = {"operations": [{"do": "create", "entity": "client", "values": {"name": "Acme"}, "key": "a-1"}]}
    first, again = program.post("/_bulk", body), program.post("/_bulk", body)
    assert first.json == again.json
    assert len(program.get("/client").json["items"]) == 1


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"operations": []},
        {"operations": {}},
        {"operations": [1]},
        {"operations": [{"do": "create", "entity": "client", "values": {}}], "more": 1},
        {"operations": [{"do": "create", "entity": "client", "values": {}}] * 1001},
        {"operations": [{"do": "drop", "entity": "client"}]},
        {"operations": [{"do": [], "entity": "client"}]},
        {"operations": [{"do": "create", "entity": 1, "values": {}}]},
        {"operations": [{"do": "create", "entity": "client"}]},
        {"operations": [{"do": "create", "entity": "client", "values": {}, "id": 1}]},
        {"operations": [{"do": "update", "entity": "client", "id": True, "values": {}}]},
        {"operations": [{"do": "delete", "entity": "client", "id": 2**63}]},
    ],
)
def test_what_is_no_list_of_operations(site: Site, body: object) -> None:
    assert caller(site).post("/_bulk", body).status_code == 422


def test_scopes_count_for_each(any_site: Site) -> None:
    program = caller(any_site, scopes=("write",))
    create = {"do": "create", "entity": "client", "values": {"name": "Acme"}}
    assert program.post("/_bulk", {"operations": [create]}).json == {"results": [{"id": 1}]}
    update = {"do": "update", "entity": "client", "id": 1, "values": {"city": "Oslo", "_base": {"city": None}}}
    assert codes(program.post("/_bulk", {"operations": [update]})) == [("token-scope-missing", "operations.0")]
    assert caller(any_site, scopes=("read",)).post("/_bulk", {"operations": [create]}).status_code == 403
    narrow = caller(any_site, entities=("order",))
    assert codes(narrow.post("/_bulk", {"operations": [create]})) == [("nothing-here", "operations.0")]


def test_many_operations_count_as_several_calls(site: Site) -> None:
    program = caller(site)
    object.__setattr__(site.workspace.pace, "per_minute", 40)
    create = {"do": "create", "entity": "client", "values": {"name": "Acme"}}
    assert program.post("/_bulk", {"operations": [create] * 180}).status_code == 200
    assert program.get("/client").status_code == 200
    assert program.get("/client").status_code == 429
