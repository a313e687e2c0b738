"""Records over the API, on both databases: written, read, merged, deleted and restored as through the form."""

from __future__ import annotations

from typing import Any

import pytest

from engine.records.history import History
from tests.runtime_web.api.caller import Caller, caller, codes
from tests.runtime_web.visitor import Site


@pytest.fixture
def program(any_site: Site) -> Caller:
    return caller(any_site)


def order_of(program: Caller) -> dict[str, Any]:
    client, product = program.made("client", name="Acme"), program.made("product", name="Pen", price="2.50")
    lines = [{"product": product["id"], "quantity": "2", "price": "2.50"}, {"product": product["id"]}]
    return program.made("order", client=client["id"], total="5.00", lines=lines)


def test_a_record_is_read_as_it_was_written(program: Caller) -> None:
    friend = program.made("client", name="Bolt")
    values = {
        "name": "Acme Ä",
        "code": "A1",
        "city": "Oslo",
        "vip": True,
        "since": "2026-01-02",
        "seen": "2026-03-04T05:06:07Z",
        "status": "regular",
        "tags": ["a", "c"],
        "partners": [friend["id"]],
        "agent": friend["id"],
        "phone": "+358401234567",
    }
    made = program.post("/client", values)
    assert made.status_code == 201
    assert made.headers["Location"] == f"/api/v1/client/{made.json['id']}"
    read = program.get(f"/client/{made.json['id']}")
    assert read.json == made.json
    assert {name: read.json[name] for name in values} == values
    assert read.json["_titles"] == {"client": {str(friend["id"]): "Bolt"}, "_user": {"1": "Ana Popa"}}


def test_decimals_are_texts_in_both_directions(program: Caller) -> None:
    made = program.made("product", price="0.10", weight="1000000.005")
    assert (made["price"], made["weight"]) == ("0.10", "1000000.005")
    assert program.made("product", price="3")["price"] == "3.00"
    assert codes(program.post("/product", {"price": 3})) == [("value-wrong-kind", "price")]
    assert codes(program.post("/product", {"price": "0.105"})) == [("too-many-decimals", "price")]
    assert codes(program.post("/product", {"price": "1e3"})) == [("not-a-number", "price")]


def test_lines_are_saved_with_their_record(program: Caller) -> None:
    order = order_of(program)
    first, second = order["lines"]
    assert (first["price"], second["price"]) == ("2.50", None)
    lines = [{"id": second["id"], "price": "3.00"}, {"product": first["product"], "price": "4.00"}]
    changed = program.patch(f"/order/{order['id']}", {"lines": lines, "_version": order["_version"]})
    assert [line["price"] for line in changed.json["lines"]] == ["3.00", "4.00", "2.50"]
    gone = [{"id": first["id"], "_deleted": True}]
    changed = program.patch(f"/order/{order['id']}", {"lines": gone, "_version": changed.json["_version"]})
    assert [line["price"] for line in changed.json["lines"]] == ["3.00", "4.00"]


def test_every_problem_is_told_at_its_place(program: Caller) -> None:
    answer = program.post("/order", {"date": "soon", "client": 99, "lines": [{"price": "x"}, {"ghost": 1}]})
    assert answer.status_code == 422
    assert codes(answer) == [
        ("not-a-number", "lines.0.price"),
        ("field-not-editable", "lines.1.ghost"),
        ("not-a-date", "date"),
    ]
    answer = program.post("/order", {"client": 99, "lines": [{}]})
    assert codes(answer) == [("reference-unknown", "client"), ("required", "lines.0.product")]
    found = answer.json["error"]["problems"][1]
    assert found["message"] == "This field must be filled in."
    assert program.get("/order").json["items"] == []


def test_what_cannot_be_sent_is_refused(program: Caller) -> None:
    order = order_of(program)
    unfit = ("id", "_title", "_created_by", "_updated_at", "number", "payments", "ghost", "_errors", "_titles", "")
    for name in unfit:
        answer = program.patch(f"/order/{order['id']}", {name: None, "_version": order["_version"]})
        assert answer.status_code == 422
        assert codes(answer) == [("field-not-editable", name)]


def test_a_change_says_of_which_version_it_is(program: Caller) -> None:
    made = program.made("client", name="Acme", city="Oslo")
    path = f"/client/{made['id']}"
    answer = program.patch(path, {"city": "Bergen"})
    assert (answer.status_code, codes(answer)) == (428, [("version-missing", "")])
    changed = program.patch(path, {"city": "Bergen"}, headers={"If-Match": f'"{made["_version"]}"'})
    assert (changed.status_code, changed.json["city"]) == (200, "Bergen")
    assert changed.json["_version"] != made["_version"]
    anyway = program.patch(path, {"city": "Bodø"}, headers={"If-Match": "*"})
    assert anyway.json["city"] == "Bodø"


def test_two_who_change_the_same_value_are_told_both(program: Caller) -> None:
    made = program.made("client", name="Acme", city="Oslo")
    path = f"/client/{made['id']}"
    now = program.patch(path, {"city": "Bergen", "_version": made["_version"]}).json
    answer = program.patch(path, {"city": "Bodø", "_version": made["_version"]})
    assert (answer.status_code, codes(answer)) == (409, [("changed-meanwhile", "city")])
    assert answer.json["error"]["conflicts"] == [{"path": ["city"], "base": None, "theirs": "Bergen", "mine": "Bodø"}]
    assert answer.json["error"]["current"] == now
    again = program.patch(path, {"city": "Bodø", "_version": now["_version"]})
    assert again.json["city"] == "Bodø"


def test_two_who_change_different_values_both_win(program: Caller) -> None:
    made = program.made("client", name="Acme", city="Oslo", since="2026-01-02")
    path = f"/client/{made['id']}"
    program.patch(path, {"city": "Bergen", "_base": {"city": "Oslo"}})
    merged = program.patch(
        path, {"since": "2026-02-03", "city": "Oslo", "_base": {"since": "2026-01-02", "city": "Oslo"}}
    )
    assert (merged.status_code, merged.json["city"], merged.json["since"]) == (200, "Bergen", "2026-02-03")
    answer = program.patch(path, {"city": "Bodø", "_base": {"city": "Oslo"}})
    assert answer.json["error"]["conflicts"] == [{"path": ["city"], "base": "Oslo", "theirs": "Bergen", "mine": "Bodø"}]


def test_lines_that_two_have_changed(program: Caller) -> None:
    order = order_of(program)
    path, line = f"/order/{order['id']}", order["lines"][0]["id"]
    program.patch(path, {"lines": [{"id": line, "price": "9.00"}], "_version": order["_version"]})
    answer = program.patch(path, {"lines": [{"id": line, "price": "8.00"}], "_version": order["_version"]})
    assert answer.json["error"]["conflicts"] == [
        {"path": ["lines", "0", "price"], "base": None, "theirs": "9.00", "mine": "8.00"}
    ]
    gone = program.patch(path, {"lines": [{"id": 99, "price": "8.00"}]}, headers={"If-Match": "*"})
    assert codes(gone) == [("line-gone", "lines.0")]


def test_a_version_does_not_change_with_what_nobody_entered(program: Caller) -> None:
    order = order_of(program)
    client = program.get("/client/1").json
    program.patch("/client/1", {"name": "Acme Ltd", "_version": client["_version"]})
    now = program.get(f"/order/{order['id']}").json
    assert now["_titles"]["client"] == {"1": "Acme Ltd"}
    assert now["_version"] == order["_version"]


def test_a_key_that_was_sent_twice_makes_one_record(any_site: Site) -> None:
    program, other = caller(any_site), caller(any_site, "ben")
    key = {"Idempotency-Key": "order-17"}
    first = program.post("/client", {"name": "Acme"}, headers=key)
    again = program.post("/client", {"name": "Acme"}, headers=key)
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json == first.json
    assert other.post("/client", {"name": "Bolt"}, headers=key).status_code == 201
    assert program.post("/product", {"name": "Pen"}, headers=key).status_code == 201
    assert len(program.get("/client").json["items"]) == 2
    assert codes(program.post("/client", {}, headers={"Idempotency-Key": "x" * 201})) == [
        ("parameter-invalid", "Idempotency-Key")
    ]


def test_deleted_records_are_in_the_trash_and_come_back(program: Caller) -> None:
    order = order_of(program)
    path = f"/order/{order['id']}"
    assert codes(program.delete("/client/1")) == [("record-in-use", "")]
    assert program.delete(path).status_code == 204
    assert program.get(path).status_code == 404
    assert program.delete(path).status_code == 404
    assert [one["id"] for one in program.get("/order", trashed="true").json["items"]] == [order["id"]]
    assert program.call("POST", f"{path}/restore").json == order
    assert program.call("POST", f"{path}/restore").status_code == 404


def test_what_is_unknown_gets_one_answer(program: Caller) -> None:
    order_of(program)
    answers = {
        (answer.status_code, answer.data)
        for answer in (
            program.get("/ghost"),
            program.get("/ghost/1"),
            program.get("/order/99"),
            program.get("/order/99999999999999999999"),
            program.get("/order/x"),
            program.get("/_user"),
            program.get("/_files/99"),
            program.post("/ghost", {}),
            program.patch("/order/99", {"total": "1.00"}),
            program.delete("/order/99"),
        )
    }
    assert len(answers) == 1
    assert answers.pop()[0] == 404


def test_lines_have_no_address_for_changes(program: Caller) -> None:
    order = order_of(program)
    assert program.get("/order_line").json["items"][0]["order"] == order["id"]
    line = f"/order_line/{order['lines'][0]['id']}"
    for answer in (program.post("/order_line", {}), program.patch(line, {}), program.delete(line)):
        assert (answer.status_code, codes(answer)) == (405, [("lines-with-parent", "")])


@pytest.mark.parametrize(
    ("body", "kind", "status", "code"),
    [
        (b"{}", "text/plain", 415, "body-media-type"),
        (b"name=x", "application/x-www-form-urlencoded", 415, "body-media-type"),
        (b"", "application/json", 400, "body-not-json"),
        (b"[]", "application/json", 400, "body-not-json"),
        (b'{"name": "x"', "application/json", 400, "body-not-json"),
        (b'{"name": "x", "name": "y"}', "application/json", 400, "body-not-json"),
        (b'{"name": NaN}', "application/json", 400, "body-not-json"),
        (b'{"name": "\xff"}', "application/json", 400, "body-not-json"),
        (b'{"name": ' + b"9" * 5000 + b"}", "application/json", 400, "body-not-json"),
        (b'{"name": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "application/json", 400, "body-not-json"),
        (b'{"name": ' + b"[" * 12 + b"]" * 12 + b"}", "application/json", 400, "body-not-json"),
        (b'{"name": "' + b"x" * 5_000_000 + b'"}', "application/json", 413, "body-too-large"),
        (b'{"name": "\\ud800"}', "application/json", 422, "text-invalid"),
        (b'{"status": "\\ud800"}', "application/json", 422, "choice-unknown"),
        (b'{"\\ud800": 1}', "application/json", 422, "field-not-editable"),
    ],
)
def test_bodies_that_cannot_be(site: Site, body: bytes, kind: str, status: int, code: str) -> None:
    answer = caller(site).call("POST", "/client", data=body, content_type=kind)
    assert answer.status_code == status
    assert codes(answer)[0][0] == code


def test_problems_speak_the_language_of_the_person(any_site: Site, program: Caller) -> None:
    answer = program.call("GET", "/client/99", headers={"Accept-Language": "fi"})
    assert answer.json["error"]["problems"][0]["message"] == "Täällä ei ole mitään, tai ei tälle avaimelle."


def test_history_tells_that_a_program_did_it(any_site: Site) -> None:
    made = caller(any_site).made("client", name="Acme")
    (entry,) = History(any_site.records).of("client", made["id"]).entries
    assert (entry.origin, entry.by) == ("api", 1)
