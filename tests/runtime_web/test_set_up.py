"""The first set-up: works once, and from another computer only with the code."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.runtime_web.visitor import PASSWORD, Site

FORM = {"name": "Ana Popa", "login": "ana", "password": PASSWORD, "again": PASSWORD}
FAR = {"REMOTE_ADDR": "192.0.2.7"}


@pytest.fixture
def empty(make_site: Callable[..., Site], sqlite_url: str) -> Site:
    return make_site(sqlite_url, set_up_code="4f9a-77")


def test_the_first_person_becomes_the_administrator_and_is_in(empty: Site) -> None:
    visitor = empty.visitor()
    assert visitor.get("/").location == "/set-up"
    assert visitor.get("/login").location == "/set-up"
    answer = visitor.post("/set-up", FORM, token=visitor.token("/set-up"))
    assert answer.location == "/"
    assert "You are the administrator." in visitor.get("/").text
    assert "You are the administrator." not in visitor.get("/").text
    assert visitor.get("/users").status_code == 200


def test_it_works_once(empty: Site) -> None:
    first, second = empty.visitor(), empty.visitor()
    token = second.token("/set-up")
    first.post("/set-up", FORM, token=first.token("/set-up"))
    assert second.get("/set-up").location == "/login"
    assert second.post("/set-up", {**FORM, "login": "eve"}, token=token).location == "/login"
    assert [account.login for account in empty.workspace.people.all()] == ["ana"]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"again": "something else"}, "The two passwords are not the same."),
        ({"password": "short", "again": "short"}, "A password has at least 8 characters."),
        ({"login": "a b"}, "A login name has"),
        ({"name": ""}, "This field must be filled in."),
    ],
)
def test_mistakes_are_told_and_what_was_typed_stays(empty: Site, changes: dict[str, str], sentence: str) -> None:
    visitor = empty.visitor()
    answer = visitor.post("/set-up", {**FORM, **changes}, token=visitor.token("/set-up"))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert PASSWORD not in answer.text
    assert f'value="{ {**FORM, **changes}["login"] }"' in answer.text
    assert not empty.workspace.people.exist()


def test_from_another_computer_the_code_is_needed(empty: Site) -> None:
    visitor = empty.visitor()
    page = visitor.get("/set-up", environ_base=FAR)
    assert 'name="code"' in page.text
    token = visitor.token("/set-up")
    wrong = visitor.post("/set-up", {**FORM, "code": "wrong"}, token=token, environ_base=FAR)
    assert wrong.status_code == 422
    assert "The set-up code is wrong." in wrong.text
    assert visitor.post("/set-up", {**FORM, "code": " 4F9A-77 "}, token=token, environ_base=FAR).location == "/"


def test_what_came_through_a_proxy_does_not_count_as_this_computer(empty: Site) -> None:
    page = empty.visitor().get("/set-up", headers={"X-Forwarded-For": "192.0.2.7"})
    assert 'name="code"' in page.text
