"""The list of users: what an administrator can do there."""

from __future__ import annotations

import re

from tests.runtime_web.visitor import Site


def shown_password(page: str) -> str:
    found = re.search(r'id="fresh-password">([^<]+)<', page)
    assert found
    return found.group(1)


def test_everybody_is_listed(site: Site) -> None:
    page = site.visitor("ana").get("/users").text
    assert "Ana Popa" in page
    assert "Ben Virtanen" in page
    assert "This is you" in page


def test_a_new_user_gets_a_password_that_is_shown_once(any_site: Site) -> None:
    ana = any_site.visitor("ana")
    answer = ana.post("/users/new", {"name": "Eve Новая", "login": "Eve@Example.com"})
    assert answer.status_code == 200
    password = shown_password(answer.text)
    assert "fresh-password" not in ana.get("/users").text
    assert any_site.visitor().sign_in("eve@example.com", password).location.startswith("/password")
    assert not any_site.workspace.people.all()[-1].administrator


def test_a_refused_user_keeps_what_was_typed(site: Site) -> None:
    answer = site.visitor("ana").post("/users/new", {"name": "Another <Ben>", "login": "BEN", "administrator": "on"})
    assert answer.status_code == 422
    assert "There is a user with the login name “ben” already." in answer.text
    assert 'value="Another &lt;Ben&gt;"' in answer.text
    assert "checked" in answer.text


def test_disabling_can_be_undone(site: Site) -> None:
    ana = site.visitor("ana")
    ana.post("/users/2/disable")
    page = ana.get("/users").text
    assert "Ben Virtanen can no longer sign in." in page
    assert 'action="/users/2/enable"' in page
    assert site.visitor().sign_in("ben").status_code == 422
    ana.post("/users/2/enable")
    assert site.visitor().sign_in("ben").status_code == 302


def test_nobody_disables_themselves(site: Site) -> None:
    ana = site.visitor("ana")
    ana.post("/users/1/disable")
    assert "You cannot disable your own account." in ana.get("/users").text
    assert ana.post("/users/1/password").location == "/password"


def test_a_new_password_ends_the_old_one(site: Site) -> None:
    ben = site.visitor("ben")
    answer = site.visitor("ana").post("/users/2/password")
    password = shown_password(answer.text)
    assert ben.get("/").status_code == 302
    assert site.visitor().sign_in("ben").status_code == 422
    assert site.visitor().sign_in("ben", password).status_code == 302


def test_a_user_who_is_not_there(site: Site) -> None:
    for action in ("disable", "enable", "password"):
        assert site.visitor("ana").post(f"/users/77/{action}").status_code == 404
