"""What goes wrong gets a page that a person understands, and nothing that only a programmer should see."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Callable

import pytest
from flask import Flask

from engine.records import Missing
from engine.storage import Database, Unavailable
from runtime_web import errors
from tests.runtime_web.visitor import Site, Visitor

JSON = {"Accept": "application/json"}
HTMX = {"HX-Request": "true"}
INSIDE = ("Traceback", "File &#34;", "sqlalchemy", "SELECT", "runtime_web/", ".py", "RuntimeError", "secret detail")


def failing(site: Site, error: Exception) -> Site:
    """The site with the page of the keys broken."""

    def broken() -> str:
        raise error

    site.app.view_functions["keys.keys"] = broken
    return site


def test_a_wrong_address(site: Site) -> None:
    for login in ("", "ana"):
        answer = site.visitor(login).get("/nothing/here")
        assert answer.status_code == 404
        assert "There is no such page" in answer.text
        assert 'href="/"' in answer.text


def test_a_missing_record(site: Site) -> None:
    answer = failing(site, Missing("client", 77)).visitor("ben").get("/keys")
    assert answer.status_code == 404
    assert "This record is not there" in answer.text


@pytest.mark.parametrize("key", [2**63 - 1, 2**63, 10**40])
@pytest.mark.parametrize("address", ["/records/client/{}", "/records/client/{}/edit", "/files/{}"])
def test_a_number_that_no_record_has(site: Site, address: str, key: int) -> None:
    assert site.visitor("ana").get(address.format(key)).status_code == 404


def test_a_page_for_administrators(site: Site) -> None:
    for path in ("/users", "/users/new"):
        answer = site.visitor("ben").get(path)
        assert answer.status_code == 403
        assert "This is not for you" in answer.text
    assert site.visitor("ben").post("/users/1/disable").status_code == 403
    assert site.visitor("ana").get("/").status_code == 200


def test_a_wrong_method(site: Site) -> None:
    answer = site.visitor("ana").get("/logout")
    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]


def test_too_large_an_upload(make_site: Callable[..., Site], sqlite_url: str) -> None:
    site = make_site(sqlite_url, largest_upload=1000)
    site.add_people()
    visitor = site.visitor("ana")
    token = visitor.token("/keys")
    form = {"csrf_token": token, "file": (io.BytesIO(b"x" * 5000), "big.bin")}
    answer = visitor.client.post("/users/new", data=form, headers={"X-CSRFToken": token})
    assert answer.status_code == 413
    assert "This is too large" in answer.text


def test_too_many_parts_of_a_form(site: Site) -> None:
    visitor = site.visitor("ana")
    part = '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n'
    headers = {"X-CSRFToken": visitor.token("/keys")}
    body = (part * 20_500 + "--x--\r\n").encode()
    answer = visitor.client.post(
        "/users/new", data=body, content_type="multipart/form-data; boundary=x", headers=headers
    )
    assert answer.status_code == 413


@pytest.mark.parametrize("login", ["", "ben"])
def test_a_database_that_does_not_answer(site: Site, monkeypatch: pytest.MonkeyPatch, login: str) -> None:
    visitor = site.visitor(login)
    visitor.get("/login")

    def unreachable(self: Database) -> None:
        raise Unavailable("could not connect to server at secret detail")

    monkeypatch.setattr(Database, "read", unreachable)
    site.app.extensions.pop("kartoteka_people", None)
    for path in ("/", "/login"):
        answer = visitor.get(path)
        assert answer.status_code == 503
        assert answer.headers["Retry-After"] == "10"
        assert "The database does not answer" in answer.text
        assert "secret detail" not in answer.text


def test_a_database_that_stays_locked_while_one_saves(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    visitor = site.visitor("ana")
    token = visitor.token("/keys")

    def locked(self: Database) -> None:
        raise Unavailable("database is locked")

    monkeypatch.setattr(Database, "write", locked)
    answer = visitor.post("/users/2/disable", token=token)
    assert answer.status_code == 503
    assert "Nothing was changed." in answer.text


def test_a_fault_of_the_program_has_a_number_that_the_log_has_too(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.ERROR, "kartoteka")
    answer = failing(site, RuntimeError("secret detail")).visitor("ben").get("/keys")
    assert answer.status_code == 500
    assert "Something went wrong here" in answer.text
    assert not [inside for inside in INSIDE if inside in answer.text.replace("icons.svg", "")]
    reference = re.search(r"<code>([0-9a-f]{8})</code>", answer.text)
    assert reference
    assert reference.group(1) in caplog.text
    assert "secret detail" in caplog.text


def test_programs_get_json(site: Site) -> None:
    visitor = site.visitor("ben")
    answer = visitor.get("/nothing", headers=JSON)
    assert answer.status_code == 404
    assert answer.json
    assert answer.json["error"]["status"] == 404
    assert answer.json["error"]["message"].startswith("There is no such page.")
    assert site.visitor().get("/users", headers=JSON).json == {"error": {"status": 401, "message": "Sign in first."}}
    broken = failing(site, RuntimeError("secret detail")).visitor("ben").get("/keys", headers=JSON)
    assert broken.json
    assert re.fullmatch("[0-9a-f]{8}", broken.json["error"]["id"])
    assert "secret detail" not in broken.text


def test_a_part_of_a_page_gets_a_toast(site: Site) -> None:
    answer = failing(site, RuntimeError("secret detail")).visitor("ben").get("/keys", headers=HTMX)
    assert answer.status_code == 500
    assert answer.headers["HX-Retarget"] == "#toasts"
    assert "toast-wrong" in answer.text
    assert "<html" not in answer.text


def test_an_error_while_an_error_is_shown_is_still_quiet(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> str:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(errors, "render_template", broken)
    answer = Visitor(site.app.test_client()).get("/nothing")
    assert answer.status_code == 500
    assert "secret detail" not in answer.text


def test_testing_hides_nothing_that_production_shows(site: Site) -> None:
    assert isinstance(site.app, Flask)
    assert site.app.config["PROPAGATE_EXCEPTIONS"] is False
