"""A program that calls the API of a site, with a token."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from flask.testing import FlaskClient

from engine.accounts import Wish
from tests.runtime_web.visitor import Site

ALL = ("read", "write", "files")
Answer = Any
"""A TestResponse; what its JSON holds is what tests look at."""


@dataclass(frozen=True)
class Caller:
    """Somebody's program; without a secret it has no token."""

    client: FlaskClient
    secret: str = field(default="", repr=False)

    def call(self, method: str, path: str, **options: Any) -> Answer:
        headers = {"Authorization": f"Bearer {self.secret}"} if self.secret else {}
        headers |= options.pop("headers", {})
        return self.client.open(f"/api/v1{path}", method=method, headers=headers, buffered=True, **options)

    def get(self, path: str, **query: Any) -> Answer:
        return self.call("GET", path, query_string=query)

    def post(self, path: str, body: object = None, **options: Any) -> Answer:
        return self.call("POST", path, json=body, **options)

    def patch(self, path: str, body: object, **options: Any) -> Answer:
        return self.call("PATCH", path, json=body, **options)

    def delete(self, path: str, **options: Any) -> Answer:
        return self.call("DELETE", path, **options)

    def made(self, entity: str, **values: Any) -> dict[str, Any]:
        """A new record as it is told."""
        answer = self.post(f"/{entity}", values)
        assert answer.status_code == 201, answer.text
        found: dict[str, Any] = answer.json
        return found


def caller(site: Site, login: str = "ana", scopes: tuple[str, ...] = ALL, **wish: Any) -> Caller:
    """A program of a user of the site, with a new token."""
    account = site.workspace.people.named(login)
    assert account is not None
    _, secret = site.workspace.tokens.make(account, Wish("Tests", scopes, **wish))
    return Caller(site.app.test_client(), secret)


def codes(answer: Answer) -> list[tuple[str, str]]:
    """The Problems of a refusal: (code, path)."""
    return [(one["code"], ".".join(one["path"])) for one in answer.json["error"]["problems"]]
