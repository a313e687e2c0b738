"""Who gets in: bearers of living tokens, as far as their scopes go; everybody else gets one answer."""

from __future__ import annotations

import pytest

from engine.accounts import Tokens
from engine.audit import Audit, Sought
from runtime_web.pace import Pace
from tests.runtime_web.api.caller import Caller, caller, codes
from tests.runtime_web.visitor import Site


def paths(site: Site) -> list[tuple[str, str]]:
    """Each method and address of the API."""
    values = {"entity": "client", "record_id": 1, "file_id": 1, "field": "name", "size": 96, "name": "sales"}
    adapter = site.app.url_map.bind("localhost")
    return [
        (
            method,
            adapter.build(rule.endpoint, {name: values[name] for name in rule.arguments}, method).removeprefix(
                "/api/v1"
            ),
        )
        for rule in site.app.url_map.iter_rules()
        if str(rule).startswith("/api/")
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]


def test_every_address_needs_a_token_and_a_cookie_is_none(site: Site) -> None:
    browser = site.visitor("ana").client
    found = paths(site)
    assert len(found) >= 11
    for client in (site.app.test_client(), browser):
        for method, path in [*found, ("GET", "/ghost/at/all"), ("PUT", "/client"), ("OPTIONS", "/client")]:
            answer = Caller(client).call(method, path)
            assert answer.status_code == 401, (method, path)
            assert answer.headers["WWW-Authenticate"] == "Bearer"
            assert codes(answer) == [("token-missing", "")]
            assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic YW5hOmhlcm9ucw==", "Token x"])
def test_what_is_no_bearer_has_no_token(site: Site, header: str) -> None:
    answer = site.app.test_client().get("/api/v1/client", headers={"Authorization": header})
    assert codes(answer) == [("token-missing", "")]


def test_revoked_expired_wrong_and_disabled_get_the_same_bytes(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    people, tokens = site.workspace.people, site.workspace.tokens
    ana, ben = people.named("ana"), people.named("ben")
    assert ana
    assert ben
    good, revoked, disabled = caller(site), caller(site), caller(site, "ben")
    tokens.revoke(ana.id, tokens.of(ana.id)[0].id)
    people.set_active(ben.id, active=False)
    answers = {
        (answer.status_code, answer.data)
        for path in ("/client", "/ghost", "/_metadata")
        for answer in (revoked.get(path), disabled.get(path), Caller(good.client, "ktk_" + "x" * 43).get(path))
    }
    assert len(answers) == 1
    assert good.get("/client").status_code == 200


def test_no_call_opens_or_ends_a_session_of_a_browser(site: Site) -> None:
    visitor = site.visitor("ben")
    program = Caller(visitor.client, caller(site).secret)
    assert program.get("/_metadata").json["user"]["name"] == "Ana Popa"
    assert "Ben Virtanen" in visitor.get("/").text


@pytest.mark.parametrize(
    ("scopes", "method", "path", "missing"),
    [
        (("write", "files"), "GET", "/client", "read"),
        (("write", "files"), "GET", "/client/1", "read"),
        (("read", "files"), "POST", "/client", "write"),
        (("write", "files"), "PATCH", "/client/1", "read"),
        (("read", "files"), "PATCH", "/client/1", "write"),
        (("read", "files"), "DELETE", "/client/1", "write"),
        (("read", "files"), "POST", "/client/1/restore", "write"),
        (("read", "write"), "GET", "/_files/1", "files"),
        (("read", "write"), "GET", "/_files/1/content", "files"),
        (("read", "write"), "POST", "/client/_files/name", "files"),
        (("read", "files"), "POST", "/client/_files/name", "write"),
    ],
)
def test_a_token_does_what_it_is_for(site: Site, scopes: tuple[str, ...], method: str, path: str, missing: str) -> None:
    answer = caller(site, scopes=scopes).call(method, path)
    assert answer.status_code == 403
    assert codes(answer) == [("token-scope-missing", "")]
    assert answer.json["error"]["problems"][0]["params"] == {"scope": missing}


def test_a_token_for_writing_only_is_told_no_values(site: Site) -> None:
    made = caller(site, scopes=("write",)).post("/client", {"name": "Acme"})
    assert made.status_code == 201
    assert made.json == {"id": 1}


def test_a_token_for_some_entities_finds_no_others(site: Site) -> None:
    everything = caller(site)
    client, product = everything.made("client", name="Acme"), everything.made("product", name="Pen")
    order = everything.made("order", client=client["id"], lines=[{"product": product["id"]}])
    narrow = caller(site, entities=("order",))
    assert narrow.get("/order").status_code == 200
    assert narrow.get("/order_line").status_code == 200
    assert set(narrow.get("/_metadata").json["entities"]) == {"order", "order_line"}
    unknown = narrow.get("/ghost")
    for path in ("/client", "/client/1", "/product", "/client/_views"):
        answer = narrow.get(path)
        assert (answer.status_code, answer.data) == (404, unknown.data)
    assert narrow.post("/client", {"name": "Acme"}).status_code == 404
    assert narrow.get("/order_line", where='{"order.date":{"filled":true}}').status_code == 200
    behind, ghost = (f'{{"{path}":{{"filled":true}}}}' for path in ("client.name", "ghost.name"))
    assert everything.get("/order", where=behind).status_code == 200
    assert narrow.get("/order", where=behind).text == narrow.get("/order", where=ghost).text.replace("ghost", "client")
    assert "Acme" not in narrow.get("/order").text
    told = narrow.get(f"/order/{order['id']}").json
    assert set(told["_titles"]) == {"_user", "order"}


def test_too_many_calls_wait(site: Site) -> None:
    now = [0.0]
    program, other = caller(site), caller(site, "ben")
    object.__setattr__(site.workspace, "pace", Pace(60, clock=lambda: now[0]))
    assert [program.get("/client").status_code for _ in range(31)] == [200] * 30 + [429]
    refused = program.get("/client")
    assert codes(refused) == [("calls-too-many", "")]
    wait = int(refused.headers["Retry-After"])
    assert 1 <= wait <= 2
    assert other.get("/client").status_code == 200
    now[0] += wait
    assert program.get("/client").status_code == 200


def test_use_is_seen(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []
    monkeypatch.setattr(Tokens, "see", lambda _, token: seen.append(token.id))
    caller(site).get("/client")
    assert seen == [1]


def test_people_without_a_database_are_told_so(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    from engine.storage import Unavailable  # noqa: PLC0415

    def away(*_: object) -> None:
        raise Unavailable("away")

    program = caller(site)
    monkeypatch.setattr(Tokens, "open", away)
    answer = program.get("/client")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert answer.json["error"]["message"].startswith("The database does not answer.")


def test_a_fault_of_the_program_is_told_without_its_inside(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("secret detail")

    program = caller(site)
    monkeypatch.setattr("runtime_web.api.records.asked", broken)
    answer = program.get("/client")
    assert answer.status_code == 500
    assert answer.json["error"]["id"]
    assert "secret detail" not in answer.text


def test_refusals_are_written_down(site: Site) -> None:
    caller(site, "ben", scopes=("read",)).post("/client", {"name": "Acme"})
    line = Audit(site.workspace.database).lines(site.records.rights, Sought(event="refused"))[0]
    assert line.details == {"method": "POST", "path": "/api/v1/client"}
