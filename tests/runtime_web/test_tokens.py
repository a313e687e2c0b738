"""The pages about tokens: one's own, made and revoked; an administrator sees and revokes everybody's."""

from __future__ import annotations

import re

from engine.accounts import Wish
from tests.runtime_web.api.caller import Caller, caller
from tests.runtime_web.visitor import Site


def shown_token(page: str) -> str:
    found = re.search(r'id="fresh-token">([^<]+)<', page)
    assert found
    return found.group(1)


def test_a_token_is_shown_once_and_opens(any_site: Site) -> None:
    ben = any_site.visitor("ben")
    answer = ben.post("/tokens", {"name": "Web <shop>", "scope": ["read", "write"], "days": "90"})
    secret = shown_token(answer.text)
    assert Caller(any_site.app.test_client(), secret).get("/_metadata").json["token"] == {
        "name": "Web <shop>",
        "scopes": ["read", "write"],
    }
    again = ben.get("/tokens").text
    assert secret not in again
    assert secret[:8] in again
    assert "Web &lt;shop&gt;" in again
    assert "Read, Change" in again


def test_what_cannot_be_stays_as_it_was_typed(site: Site) -> None:
    answer = site.visitor("ben").post("/tokens", {"name": "", "scope": ["write"], "days": "30"})
    assert answer.status_code == 422
    assert "This field must be filled in." in answer.text
    assert re.search(r'value="write" checked', answer.text)
    assert re.search(r'value="30" selected', answer.text)
    answer = site.visitor("ben").post("/tokens", {"name": "Shop", "days": "99999"})
    assert "A token is for one or more of read, write, files." in answer.text


def test_a_revoked_token_opens_nothing(site: Site) -> None:
    program, ben = caller(site, "ben"), site.visitor("ben")
    assert program.get("/client").status_code == 200
    ben.post("/tokens/1/revoke")
    assert program.get("/client").status_code == 401
    page = ben.get("/tokens").text
    assert "The token “Tests” opens nothing any more." in page
    assert "Revoked" in page
    assert ben.post("/tokens/1/revoke").status_code == 404


def test_nobody_sees_or_revokes_somebody_elses(site: Site) -> None:
    program, ben = caller(site, "ana"), site.visitor("ben")
    assert "Tests" not in ben.get("/tokens").text
    assert ben.post("/tokens/1/revoke").status_code == 404
    assert ben.get("/users/1/tokens").status_code == 403
    assert ben.post("/users/1/tokens/1/revoke").status_code == 403
    assert program.get("/client").status_code == 200


def test_an_administrator_revokes_everybodys(site: Site) -> None:
    program, ana = caller(site, "ben", entities=("order",)), site.visitor("ana")
    page = ana.get("/users/2/tokens").text
    assert "Tokens of Ben Virtanen" in page
    assert "only Order" in page
    assert 'href="/users/2/tokens"' in ana.get("/users").text
    assert ana.post("/users/1/tokens/1/revoke").status_code == 404
    assert ana.post("/users/2/tokens/1/revoke").location == "/users/2/tokens"
    assert program.get("/order").status_code == 401
    assert ana.get("/users/99/tokens").status_code == 404


def test_an_expired_token_is_marked(site: Site, monkeypatch: object) -> None:
    ben = site.workspace.people.named("ben")
    assert ben is not None
    site.workspace.tokens.make(ben, Wish("Brief", days=1))
    with site.workspace.database.write() as connection:
        from sqlalchemy import text  # noqa: PLC0415

        connection.execute(text("UPDATE _token SET expires_at = created_at"))
    assert "Expired" in site.visitor("ben").get("/tokens").text
