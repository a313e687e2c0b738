"""Sessions in the browser: where the key stands, when it changes, when it is worth nothing."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from engine.accounts.sessions import digest
from engine.storage import Connection, Database
from tests.runtime_web.visitor import PASSWORD, Site, Visitor


def is_in(visitor: Visitor) -> bool:
    return visitor.get("/").status_code == 200


def with_key(site: Site, key: str) -> Visitor:
    """Somebody who has got hold of a key."""
    visitor = Visitor(site.app.test_client())
    visitor.client.set_cookie("kartoteka", key)
    return visitor


def test_whoever_signs_in_is_in_and_whoever_logs_out_is_out(any_site: Site) -> None:
    visitor = any_site.visitor("ben")
    assert is_in(visitor)
    assert "Ben Virtanen" in visitor.get("/").text
    answer = visitor.post("/logout")
    assert (answer.status_code, answer.location) == (302, "/login")
    assert not is_in(visitor)


def test_the_key_changes_at_log_in_and_at_log_out(site: Site) -> None:
    visitor = site.visitor()
    visitor.get("/login")
    before = visitor.key
    visitor.sign_in("ben")
    during = visitor.key
    visitor.post("/logout")
    assert len({before, during, visitor.key}) == 3
    assert not is_in(with_key(site, before))
    assert not is_in(with_key(site, during))


def test_a_key_known_before_the_log_in_is_worth_nothing(site: Site) -> None:
    planted = "planted-by-somebody-else-0123456789"
    victim = with_key(site, planted)
    victim.sign_in("ben")
    assert is_in(victim)
    assert not is_in(with_key(site, planted))


def test_a_password_change_ends_the_other_sessions_and_keeps_this_one(site: Site) -> None:
    here, elsewhere = site.visitor("ben"), site.visitor("ben")
    before = here.key
    form = {"old": PASSWORD, "new": "another good one", "again": "another good one"}
    assert here.post("/password", form).status_code == 302
    assert is_in(here)
    assert not is_in(elsewhere)
    assert not is_in(with_key(site, before))


def test_disabling_a_user_ends_their_sessions_at_once(site: Site) -> None:
    ben = site.visitor("ben")
    ana = site.visitor("ana")
    ana.post("/users/2/disable")
    assert not is_in(ben)
    assert is_in(ana)


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(site: Site) -> None:
    sent = site.visitor().get("/login").headers.getlist("Set-Cookie")
    (session,) = [cookie for cookie in sent if cookie.startswith("kartoteka=")]
    assert "HttpOnly" in session
    assert "SameSite=Lax" in session
    assert "Path=/" in session


def test_over_https_the_cookie_is_bound_to_this_host(make_site: Callable[..., Site], sqlite_url: str) -> None:
    site = make_site(sqlite_url, secure=True)
    site.add_people()
    answer = site.visitor().get("/login", base_url="https://shop.example")
    (session,) = [cookie for cookie in answer.headers.getlist("Set-Cookie") if "kartoteka=" in cookie]
    assert session.startswith("__Host-kartoteka=")
    assert "Secure" in session
    assert "Domain" not in session
    assert answer.headers["Strict-Transport-Security"]


def test_only_a_digest_of_the_key_is_stored_and_strangers_store_nothing(site: Site) -> None:
    for _ in range(3):
        site.visitor().get("/login")
    key = site.visitor("ben").key
    with site.workspace.database.read() as connection:
        rows = connection.exec_driver_sql("SELECT key FROM _session").all()
    assert [row[0] for row in rows] == [digest(key)]


def test_a_page_costs_one_read_for_the_session(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    visitor = site.visitor("ben")
    visitor.get("/keys")
    reads: list[Database] = []
    read = Database.read

    def counted(database: Database) -> AbstractContextManager[Connection]:
        reads.append(database)
        return read(database)

    monkeypatch.setattr(Database, "read", counted)
    monkeypatch.setattr(Database, "write", lambda _: pytest.fail("a page that only shows something writes"))
    assert visitor.get("/keys").status_code == 200
    assert len(reads) == 1
