"""No form is taken that our own page has not made for this browser."""

from __future__ import annotations

import re

import pytest

from tests.runtime_web.visitor import Site

CHANGING = [
    "/login",
    "/logout",
    "/set-up",
    "/password",
    "/preferences",
    "/users/new",
    "/users/2/disable",
    "/users/2/enable",
    "/users/2/password",
    "/tokens",
    "/tokens/1/revoke",
    "/users/2/tokens/1/revoke",
]


def test_every_route_that_changes_something_is_in_this_list_or_refuses_too(site: Site) -> None:
    visitor = site.visitor("ana")
    for rule in site.app.url_map.iter_rules():
        if not (rule.methods or set()) & {"POST", "PUT", "PATCH", "DELETE"}:
            continue
        path = str(rule)
        if path.startswith("/api/"):
            # No cookie opens anything there, so that another site could not use one either.
            assert visitor.client.post(path, json={}).status_code in (401, 405), path
            continue
        path = re.sub(r"<[^>]+>", "1", re.sub(r"<any\((\w+)[^>]*>", r"\1", path))
        answer = visitor.client.post(path, data={"login": "eve", "name": "Eve"})
        assert answer.status_code == 400, f"{path}: {answer.status_code}"


@pytest.mark.parametrize("path", CHANGING)
@pytest.mark.parametrize("token", ["", "nonsense", "other"])
def test_a_wrong_token_changes_nothing(site: Site, path: str, token: str) -> None:
    visitor = site.visitor("ana")
    sent = site.visitor("ben").token("/keys") if token == "other" else token
    answer = visitor.post(path, {"login": "eve", "name": "Eve"}, token=sent)
    assert answer.status_code == 400
    assert [account.login for account in site.workspace.people.all() if account.active] == ["ana", "ben"]
    assert visitor.get("/").status_code == 200


@pytest.mark.parametrize("path", ["/logout", "/users/2/disable", "/preferences"])
def test_a_get_changes_nothing(site: Site, path: str) -> None:
    visitor = site.visitor("ana")
    assert visitor.get(path).status_code == 405
    assert visitor.get("/").status_code == 200


def test_a_plain_text_body_is_refused(site: Site) -> None:
    answer = site.visitor("ana").client.post("/users/2/disable", data="csrf_token=x", content_type="text/plain")
    assert answer.status_code == 400


def test_htmx_sends_the_token_as_a_header(site: Site) -> None:
    visitor = site.visitor("ana")
    headers = {"X-CSRFToken": visitor.token("/keys"), "HX-Request": "true"}
    assert visitor.client.post("/preferences", data={"density": "compact"}, headers=headers).status_code == 204
    assert 'data-density="compact"' in visitor.get("/keys").text


def test_no_other_origin_is_let_in(site: Site) -> None:
    answer = site.visitor("ana").get("/", headers={"Origin": "https://evil.example"})
    assert "Access-Control-Allow-Origin" not in answer.headers
