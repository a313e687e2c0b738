"""What a copy of the database, a log or an address tells somebody: no password, no key, no code, no token."""

from __future__ import annotations

import logging
import re

import pyotp
import pytest
from sqlalchemy import inspect

from engine.accounts import passwords
from runtime_web.log import OneLine
from tests.runtime_web.test_second_step import between
from tests.runtime_web.visitor import PASSWORD, SECRET, Site, Visitor


def dump(site: Site) -> str:
    """Everything that the database holds, as text."""
    with site.workspace.database.read() as connection:
        tables = inspect(connection).get_table_names()
        return "\n".join(str(connection.exec_driver_sql(f'SELECT * FROM "{table}"').all()) for table in tables)


def live(site: Site) -> tuple[Visitor, list[str]]:
    """Sign in, set up a second step, give a one-time password, fail a log-in; and the secrets that were seen by it."""
    ben, ana = site.visitor("ben"), site.visitor("ana")
    page = ben.post("/account/second-factor", {"password": PASSWORD}).text
    secret = between(page, 'id="secret">', "<").replace(" ", "")
    page = ben.post("/account/second-factor/confirm", {"code": pyotp.TOTP(secret).now()}).text
    codes = between(page, 'id="recovery-codes">', "<").split()
    once = between(ana.post("/users/new", {"name": "Eve", "login": "eve"}).text, 'id="fresh-password">', "<")
    typed = "the password in the wrong field"
    site.visitor().sign_in(typed, "another wrong one")
    keys = [ben.key, ana.key, ben.token("/keys")]
    return ben, [PASSWORD, secret, once, typed, "another wrong one", SECRET, *codes, *keys]


def test_a_copy_of_the_database_opens_nothing(any_site: Site) -> None:
    _, secrets = live(any_site)
    kept = dump(any_site)
    assert "$argon2id$" in kept
    assert [secret for secret in secrets if secret in kept or secret.replace("-", "") in kept] == []


def test_the_log_tells_no_secret(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    _, secrets = live(site)
    assert "has signed in" in caplog.text
    assert [secret for secret in secrets if secret in caplog.text] == []


def test_no_address_holds_a_secret(site: Site) -> None:
    ben, secrets = live(site)
    for path in ("/", "/account", "/records/client", "/keys", "/account/second-factor"):
        links = re.findall(r'(?:href|src|action|hx-get|hx-post)="([^"]*)"', ben.get(path).text)
        assert links
        assert [link for link in links if any(secret in link for secret in secrets)] == []
    assert ben.get("/account").headers["Referrer-Policy"] == "same-origin"


def test_a_hash_of_the_program_is_strong(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    site.visitor("ben")
    with site.workspace.database.read() as connection:
        hashed = connection.exec_driver_sql("SELECT password FROM _user WHERE login = 'ben'").scalar_one()
    assert not passwords.is_outdated(hashed)
    assert "m=65536" in hashed


@pytest.mark.parametrize(
    "path",
    ["/nothing%0d%0a2026-11-22 INFO kartoteka: ana has signed in", "/nothing%1b[31mred%1b[0m", "/nothing%e2%80%a8x"],
)
def test_nobody_writes_lines_into_the_log(site: Site, caplog: pytest.LogCaptureFixture, path: str) -> None:
    caplog.set_level(logging.INFO, "kartoteka")
    site.visitor("ana").client.post(path)
    site.visitor("ana").get(path, headers={"User-Agent": "a\tb\x1b[2J"})
    site.visitor("ana").client.delete(path)
    lines = [OneLine().format(record) for record in caplog.records]
    assert lines
    assert all(line.isprintable() for line in lines)


def test_a_traceback_keeps_its_lines() -> None:
    fault = ValueError("a\nb")
    record = logging.LogRecord("x", logging.ERROR, "f", 1, "a\nb", (), (ValueError, fault, None))
    shown = OneLine().format(record).splitlines()
    assert shown[0].endswith("a\\nb")
    assert shown[1:] == ["ValueError: a", "b"]
