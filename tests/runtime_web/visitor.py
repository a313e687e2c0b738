"""A site for tests, and visitors who use it as a browser does: with cookies and with the token of the page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from engine.records import Records
from engine.rights import SYSTEM
from runtime_web.app import create_app
from runtime_web.settings import Settings
from runtime_web.workspace import Workspace
from tests.shop import open_shop

PASSWORD = "three quiet herons"
SECRET = "a key that only these tests know, 0123456789"


@dataclass(frozen=True)
class Visitor:
    """Somebody with a browser."""

    client: FlaskClient

    def get(self, path: str, **options: Any) -> TestResponse:
        # Read whole and closed, as a browser does; what a response holds open would be a warning, thus an error.
        return self.client.get(path, **{"buffered": True, **options})

    def token(self, path: str = "/login") -> str:
        """The token that stands in a page."""
        return token_in(self.get(path).text)

    def post(
        self, path: str, form: Mapping[str, Any] | None = None, *, token: str | None = None, **options: Any
    ) -> TestResponse:
        """Send a form with a token, by default a valid one."""
        sent = {"csrf_token": self.token("/keys") if token is None else token, **(form or {})}
        return self.client.post(path, data=sent, **options)

    def sign_in(self, login: str, password: str = PASSWORD, **form: str) -> TestResponse:
        return self.post("/login", {"login": login, "password": password, **form}, token=self.token())

    @property
    def key(self) -> str:
        """The session's key."""
        cookie = self.client.get_cookie("kartoteka")
        return cookie.value if cookie else ""


@dataclass(frozen=True)
class Site:
    """An application over a database of its own."""

    app: Flask

    @property
    def workspace(self) -> Workspace:
        return cast("Workspace", self.app.extensions["kartoteka"])

    @property
    def records(self) -> Records:
        return Records(self.workspace.database, self.workspace.tables, SYSTEM)

    def add_people(self) -> None:
        self.workspace.people.add("ana", "Ana Popa", administrator=True, password=PASSWORD)
        self.workspace.people.add("ben", "Ben Virtanen", password=PASSWORD)

    def visitor(self, login: str = "") -> Visitor:
        """A new browser; with a login, signed in."""
        found = Visitor(self.app.test_client())
        if login:
            answer = found.sign_in(login)
            assert answer.status_code == 302, answer.text
        return found


def open_site(url: str, files: Path, **settings: Any) -> Site:
    """A site over an empty shop in a new database."""
    shop = open_shop(url)
    shop.database.close()
    wanted = Settings(database_url=url, configuration=shop.configuration, files=files, secret_key=SECRET, testing=True)
    return Site(create_app(wanted if not settings else changed(wanted, settings)))


def changed(settings: Settings, changes: Mapping[str, Any]) -> Settings:
    from dataclasses import replace  # noqa: PLC0415

    return replace(settings, **changes)


def token_in(page: str) -> str:
    """The token that a page carries."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found, page[:500]
    return found.group(1)
