"""A session expires while somebody fills in a form: nothing that was typed is lost, and nobody else can use that."""

from __future__ import annotations

import html
import io
import re

from werkzeug.test import TestResponse

from tests.runtime_web.visitor import Site, Visitor, token_in

FORM = {"name": 'Eve "quoted" <&> Ёлка', "login": "eve", "tag": ["a", "b"]}
OURS = {"Sec-Fetch-Site": "same-origin"}


def expire(site: Site) -> None:
    with site.workspace.database.write() as connection:
        connection.exec_driver_sql("DELETE FROM _session")


def hidden(page: str) -> list[tuple[str, str]]:
    """Every hidden field of a page, as a browser would send it."""
    fields = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page)
    return [(html.unescape(name), html.unescape(value)) for name, value in fields]


def sent_after_expiry(site: Site, path: str = "/users/new") -> tuple[Visitor, TestResponse]:
    visitor = site.visitor("ana")
    token = visitor.token("/users/new")
    expire(site)
    return visitor, visitor.post(path, FORM, token=token)


def log_in_from(visitor: Visitor, page: str, login: str = "ana", password: str = "three quiet herons") -> TestResponse:
    """Fill in the log-in form that a page shows."""
    form: dict[str, list[str]] = {}
    for name, value in hidden(page):
        form.setdefault(name, []).append(value)
    form["csrf_token"] = form["csrf_token"][:1]
    return visitor.client.post("/login", data={**form, "login": login, "password": password})


def send_again(visitor: Visitor, page: str) -> TestResponse:
    action = re.search(r'action="([^"]+)" id="resend"', page)
    assert action
    part = page[page.index('id="resend"') :]
    form: dict[str, list[str]] = {}
    for name, value in hidden(part[: part.index("</form>")]):
        form.setdefault(name, []).append(value)
    return visitor.client.post(action.group(1), data=form)


def test_the_form_goes_through_the_log_in_and_is_sent_again(any_site: Site) -> None:
    visitor, answer = sent_after_expiry(any_site)
    assert answer.status_code == 401
    assert "What you entered is kept" in answer.text
    again = log_in_from(visitor, answer.text)
    assert again.status_code == 200
    assert "data-resend" in again.text
    assert send_again(visitor, again.text).status_code == 200
    assert any_site.workspace.people.named("eve").name == FORM["name"]  # type: ignore[union-attr]


def test_a_mistyped_password_does_not_lose_it(site: Site) -> None:
    visitor, answer = sent_after_expiry(site)
    wrong = log_in_from(visitor, answer.text, password="mistyped")
    assert wrong.status_code == 422
    again = log_in_from(visitor, wrong.text)
    assert ("name", FORM["name"]) in hidden(again.text)
    assert [value for name, value in hidden(again.text) if name == "tag"] == ["a", "b"]


def test_the_old_token_and_the_password_are_not_carried(site: Site) -> None:
    visitor, answer = sent_after_expiry(site)
    again = log_in_from(visitor, answer.text)
    assert "three quiet herons" not in again.text
    assert len([name for name, _ in hidden(again.text[again.text.index('id="resend"') :]) if name == "csrf_token"]) == 1


def test_files_cannot_be_kept_and_the_page_says_so(site: Site) -> None:
    visitor = site.visitor("ana")
    token = visitor.token("/users/new")
    expire(site)
    form = {"csrf_token": token, "name": "Eve", "photo": (io.BytesIO(b"x"), "eve.png")}
    answer = visitor.client.post("/users/new", data=form)
    assert "Files cannot be kept" in answer.text
    again = log_in_from(visitor, answer.text)
    assert "Files cannot be kept" in again.text
    assert "data-resend" not in again.text


def test_the_query_of_the_address_is_kept_too(site: Site) -> None:
    visitor, answer = sent_after_expiry(site, "/users/new?from=list&page=2")
    assert ("kept-action", "/users/new?from=list&page=2") in hidden(answer.text)
    assert 'action="/users/new?from=list&amp;page=2"' in log_in_from(visitor, answer.text).text


def test_a_form_of_another_site_is_not_kept(site: Site) -> None:
    visitor = site.visitor()
    visitor.get("/login")
    for headers in ({}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}):
        answer = visitor.client.post("/users/new", data={"name": "Evil"}, headers=headers)
        assert answer.status_code == 400
        assert "Evil" not in answer.text


def test_a_log_in_form_of_another_site_smuggles_nothing_in(site: Site) -> None:
    data = {"login": "ana", "password": "three quiet herons", "kept-action": "/users/new", "kept:name": "Evil"}
    stranger = site.visitor().client.post("/login", data=data)
    assert (stranger.status_code, "Evil" in stranger.text) == (400, False)
    visitor = site.visitor()
    token = visitor.token()
    answer = visitor.client.post("/login", data={**data, "csrf_token": token, "kept-action": "//evil.example"})
    assert answer.location == "/"


def test_a_page_that_was_open_before_a_new_log_in_is_not_lost(site: Site) -> None:
    visitor = site.visitor("ana")
    token = visitor.token("/users/new")
    visitor.post("/logout")
    visitor.sign_in("ana")
    answer = visitor.post("/users/new", FORM, token=token, headers=OURS)
    assert answer.status_code == 400
    assert send_again(visitor, answer.text).status_code == 200
    assert site.workspace.people.named("eve")
    assert visitor.post("/users/new", FORM, token=token).status_code == 400


def test_a_lost_cookie_loses_nothing_either(site: Site) -> None:
    visitor = site.visitor("ana")
    token = visitor.token("/users/new")
    visitor.client.delete_cookie("kartoteka")
    answer = visitor.post("/users/new", FORM, token=token, headers=OURS)
    assert answer.status_code == 401
    assert ("kept:name", FORM["name"]) in hidden(answer.text)


def test_passwords_are_never_kept(site: Site) -> None:
    visitor = site.visitor("ana")
    token = visitor.token("/password")
    expire(site)
    answer = visitor.post("/password", {"old": "three quiet herons", "new": "x"}, token=token)
    assert answer.status_code == 401
    assert "three quiet herons" not in answer.text


def test_a_part_of_a_page_asks_for_the_log_in_in_place(site: Site) -> None:
    visitor = site.visitor("ana")
    old = visitor.token("/keys")
    expire(site)
    asked = visitor.post("/users/2/disable", token=old, headers={"HX-Request": "true"})
    assert asked.status_code == 401
    assert asked.headers["HX-Retarget"] == "#sign-in"
    assert "<html" not in asked.text
    form = {"login": "ana", "password": "wrong", "csrf_token": token_in(asked.text)}
    wrong = visitor.client.post("/login", data=form, headers={"HX-Request": "true"})
    assert (wrong.status_code, wrong.headers["HX-Retarget"]) == (422, "#sign-in")
    answer = visitor.client.post(
        "/login", data={**form, "password": "three quiet herons"}, headers={"HX-Request": "true"}
    )
    token = re.search(r'data-token="([^"]+)"', answer.text)
    assert token
    assert visitor.post("/users/2/disable", token=token.group(1)).status_code == 302
