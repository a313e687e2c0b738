"""Lists over the API: conditions, search, order, fields, views, and pages by cursor."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.runtime_web.api.caller import Caller, caller, codes
from tests.runtime_web.visitor import Site

CITIES = ("Oslo", "Bergen", None, "Oslo", "Tromsø", None, "Kirkenes")


@pytest.fixture
def program(any_site: Site) -> Caller:
    found = caller(any_site)
    for number, city in enumerate(CITIES, 1):
        found.made(
            "client",
            name=f"Client {number}",
            city=city,
            since=f"2026-01-0{number}",
            seen=f"2026-02-0{number}T12:00:00Z",
            vip=number > 4,
            tags=["a"] if number % 2 else ["b", "c"],
            agent=1 if number > 5 else None,
            partners=[1] if number == 3 else None,
            status="gone" if number == 7 else "new",
        )
        found.made("product", name=f"Product {number}", price=f"{number}.50")
    return found


def ids(program: Caller, entity: str = "client", **query: Any) -> list[int]:
    if isinstance(query.get("where"), dict):
        query["where"] = json.dumps(query["where"])
    answer = program.get(f"/{entity}", **{"sort": "name", **query})
    assert answer.status_code == 200, answer.text
    return [item["id"] for item in answer.json["items"]]


CONDITIONS: list[tuple[str, dict[str, Any], list[int]]] = [
    ("product", {"price": {"ge": "5.50"}}, [5, 6, 7]),
    ("product", {"price": {"gt": "2.50", "le": "4.50"}}, [3, 4]),
    ("product", {"price": {"between": ["4.50", "2.50"]}}, [2, 3, 4]),
    ("product", {"price": {"eq": "2"}}, []),
    ("client", {"city": {"contains": "OS"}}, [1, 4]),
    ("client", {"city": {"starts": "tromso"}}, [5]),
    ("client", {"city": {"blank": True}}, [3, 6]),
    ("client", {"city": {"filled": True}, "vip": {"is": True}}, [5, 7]),
    ("client", {"since": {"from": "2026-01-06"}}, [6, 7]),
    ("client", {"seen": {"on": "2026-02-03"}}, [3]),
    ("client", {"seen": {"between": ["2026-02-06", "2026-02-07"]}}, [6, 7]),
    ("client", {"status": {"any_of": ["gone"]}}, [7]),
    ("client", {"status": {"none_of": ["gone", "regular"]}}, [1, 2, 3, 4, 5, 6]),
    ("client", {"tags": {"any_of": ["b"]}}, [2, 4, 6]),
    ("client", {"agent": {"any_of": [1]}}, [6, 7]),
    ("client", {"partners": {"any_of": [1]}}, [3]),
    ("client", {"id": {"any_of": [2, 5, 99]}}, [2, 5]),
    ("client", {}, [1, 2, 3, 4, 5, 6, 7]),
    ("client", {"city": {"exactly": "Oslo"}}, [1, 4]),
    ("client", {"city": {"exactly": "oslo"}}, []),
    ("client", {"agent.city": {"starts": "os"}}, [6, 7]),
    ("client", {"agent.city": {"differs": "Oslo"}}, [1, 2, 3, 4, 5]),
    ("client", {"agent.vip": {"blank": True}, "since": {"until": "2026-01-02"}}, [1, 2]),
    ("client", {"since": {"month_of_year": 1, "weekday": 7}}, [4]),
    ("client", {"seen": {"hour": 12, "weekday": 1}}, [2]),
    ("client", {"agent.agent.city": {"filled": True}}, []),
    ("client", {"since": {"during": "last_999_months"}, "city": {"blank": True}}, [3, 6]),
    ("client", {"since": {"during": "tomorrow"}}, []),
    (
        "client",
        {"$any": [{"city": {"equals": "Oslo"}}, {"vip": {"is": True}, "since": {"from": "2026-01-06"}}]},
        [1, 4, 6, 7],
    ),
    (
        "client",
        {"$all": [{"$any": [{"city": {"blank": True}}, {"city": {"equals": "oslo"}}]}], "id": {"any_of": [3, 4]}},
        [3, 4],
    ),
    ("client", {"agent.seen": {"on": "2026-02-01"}, "agent.tags": {"any_of": ["a"]}}, [6, 7]),
]


def test_conditions(program: Caller) -> None:
    assert [ids(program, entity, where=where) for entity, where, _ in CONDITIONS] == [found for *_, found in CONDITIONS]


def test_search_order_and_fields(program: Caller) -> None:
    assert ids(program, q="client tromso") == [5]
    assert ids(program, q="tromso") == [5]
    assert ids(program, sort="-city,-since") == [5, 4, 1, 7, 2, 6, 3]
    items = program.get("/client", fields="city,partners", sort="name", limit=1).json["items"]
    assert items == [{"id": 1, "_title": "Client 1", "city": "Oslo", "partners": None, "_errors": {}}]


def test_pages_by_cursor_meet_each_record_once(program: Caller) -> None:
    seen: list[int] = []
    cursor = None
    for _ in range(4):
        page = program.get("/client", sort="-city", limit=2, **({"cursor": cursor} if cursor else {})).json
        seen += [item["id"] for item in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert sorted(seen) == [1, 2, 3, 4, 5, 6, 7]
    assert seen == ids(program, sort="-city")
    back = program.get("/client", sort="-city", limit=2, cursor=page["previous"]).json
    assert [item["id"] for item in back["items"]] == seen[4:6]


def test_a_record_that_comes_meanwhile_moves_nothing(program: Caller) -> None:
    page = program.get("/client", sort="name", limit=3).json
    program.made("client", name="Client 0")
    after = program.get("/client", sort="name", limit=3, cursor=page["next"]).json
    assert [item["id"] for item in after["items"]] == [4, 5, 6]


def test_a_cursor_holds_no_value(program: Caller) -> None:
    import base64  # noqa: PLC0415

    cursor = program.get("/client", sort="city", limit=5).json["next"]
    said = json.loads(base64.urlsafe_b64decode(cursor + "=="))
    assert said[:2] == [5, 1]
    assert "Oslo" not in str(said)


@pytest.mark.parametrize(
    "cursor", ["", "x", "e30", "WzUsMV0", "W10", "WzEsMiwieHgiLHRydWVd", "WzFlOTk5LDIsIjAxMjM0NTY3ODlhYiIsdHJ1ZV0", "é"]
)
def test_a_made_up_cursor_is_refused(site: Site, cursor: str) -> None:
    answer = caller(site).get("/client", cursor=cursor)
    assert (answer.status_code, codes(answer)) == (400, [("parameter-invalid", "cursor")])


def test_counts(program: Caller) -> None:
    where = json.dumps({"vip": {"is": True}})
    assert program.get("/client", where=where).json["count"] == {"number": 3, "capped": False}
    assert program.get("/client", where=where, count="exact").json["count"] == {"number": 3, "capped": False}
    assert program.get("/client", where=where, count="none").json["count"] is None


def test_a_view_is_a_list_with_its_columns_and_order(program: Caller) -> None:
    assert program.get("/order/_views").json["items"] == [
        {
            "name": "all",
            "label": "All",
            "labels": {},
            "kind": "table",
            "by": None,
            "until": None,
            "columns": ["number", "date", "client", "total"],
            "sort": ["-date"],
        }
    ]
    for day in ("2026-01-05", "2026-03-05", "2026-02-05"):
        program.made("order", client=1, date=day)
    items = program.get("/order", view="all").json["items"]
    assert [item["date"] for item in items] == ["2026-03-05", "2026-02-05", "2026-01-05"]
    assert set(items[0]) == {"id", "_title", "number", "date", "client", "total", "_errors"}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"ghost": "1"}, ("parameter-unknown", "ghost")),
        ({"sort": "ghost"}, ("field-not-usable", "sort")),
        ({"sort": "partners"}, ("field-not-usable", "sort")),
        ({"sort": "name,-name"}, ("field-not-usable", "sort")),
        ({"sort": "a,b,c,d,e,f"}, ("parameter-invalid", "sort")),
        ({"fields": "name,ghost"}, ("field-not-usable", "fields")),
        ({"fields": "orders"}, ("field-not-usable", "fields")),
        ({"limit": "0"}, ("parameter-invalid", "limit")),
        ({"limit": "501"}, ("parameter-invalid", "limit")),
        ({"limit": "٣"}, ("parameter-invalid", "limit")),
        ({"count": "all"}, ("parameter-invalid", "count")),
        ({"view": "ghost"}, ("parameter-invalid", "view")),
        ({"q": "one two three four five six seven"}, ("parameter-invalid", "q")),
        ({"where": "nonsense"}, ("parameter-invalid", "where")),
        ({"where": '{"name":"Acme"}'}, ("parameter-invalid", "where")),
        ({"where": '{"ghost":{"eq":1}}'}, ("field-not-usable", "where.ghost")),
        ({"where": '{"orders":{"any_of":[1]}}'}, ("field-not-usable", "where.orders")),
        ({"where": '{"name":{"ge":"a"}}'}, ("comparison-unknown", "where.name")),
        ({"where": '{"agent.ghost":{"blank":true}}'}, ("field-not-usable", "where.agent.ghost")),
        ({"where": '{"partners.city":{"blank":true}}'}, ("field-not-usable", "where.partners.city")),
        ({"where": '{"agent.city":{"ge":"a"}}'}, ("comparison-unknown", "where.agent.city")),
        ({"where": '{"city":{"failed":true}}'}, ("comparison-unknown", "where.city")),
        ({"where": '{"since":{"weekday":8}}'}, ("value-wrong-kind", "where.since.weekday")),
        ({"where": '{"since":{"hour":8}}'}, ("comparison-unknown", "where.since")),
        ({"where": '{"city":{"exactly":7}}'}, ("value-wrong-kind", "where.city.exactly")),
        ({"where": '{"city":{"exactly":"a\\u0000b"}}'}, ("text-invalid", "where.city.exactly")),
        ({"where": '{"since":{"from":"soon"}}'}, ("not-a-date", "where.since.from")),
        ({"where": '{"since":{"between":["2026-01-01"]}}'}, ("value-wrong-kind", "where.since.between")),
        ({"where": '{"status":{"any_of":["ghost"]}}'}, ("choice-unknown", "where.status.any_of")),
        ({"where": '{"agent":{"any_of":["1"]}}'}, ("value-wrong-kind", "where.agent.any_of")),
        ({"where": '{"agent":{"any_of":[1.5]}}'}, ("value-wrong-kind", "where.agent.any_of")),
        ({"where": '{"vip":{"is":null}}'}, ("value-wrong-kind", "where.vip.is")),
        ({"where": '{"name":{"contains":["x"]}}'}, ("value-wrong-kind", "where.name.contains")),
        ({"where": '{"id":{"any_of":[9223372036854775808]}}'}, ("value-wrong-kind", "where.id.any_of")),
    ],
)
def test_what_is_not_understood_is_refused(site: Site, query: dict[str, str], found: tuple[str, str]) -> None:
    answer = caller(site).get("/client", **query)
    assert answer.status_code == 400
    assert found in codes(answer)


def test_costs_are_bounded(program: Caller) -> None:
    many = json.dumps({"id": {"any_of": list(range(1, 102))}})
    assert codes(program.get("/client", where=many)) == [("too-many-items", "where.id.any_of")]
    fields = {name: {"blank": True, "filled": True} for name in ("name", "code", "city", "since", "seen", "status")}
    more = {name: {"blank": True, "filled": True} for name in ("tags", "partners", "agent", "phone")}
    wide = json.dumps({**fields, **more, "$any": [{**fields, **more}, {"vip": {"is": True}}]})
    assert codes(program.get("/client", where=wide)) == [("parameter-invalid", "where")]
    deep: dict[str, Any] = {"vip": {"is": True}}
    for _ in range(7):
        deep = {"$all": [deep]}
    odd: Any
    for odd in (deep, {"$any": []}, {"$any": [{}]}, {"$any": {"vip": {"is": True}}}, {"$any": [{"vip": {}}]}):
        assert codes(program.get("/client", where=json.dumps(odd))) == [("parameter-invalid", "where")]
    assert codes(program.get("/client", where='{"$any":[{"nobody":{"is":true}}]}')) == [
        ("field-not-usable", "where.nobody")
    ]


def test_no_other_records_take_a_parameter(program: Caller) -> None:
    assert codes(program.get("/client/1", fields="name")) == [("parameter-unknown", "fields")]


def test_what_is_not_counted_costs_no_count(program: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    def counted(*_: object) -> None:
        raise AssertionError

    where = json.dumps({"vip": {"is": True}})
    monkeypatch.setattr("engine.storage.select.Reader.count", counted)
    assert [one["id"] for one in program.get("/client", where=where, count="none").json["items"]] == [5, 6, 7]
