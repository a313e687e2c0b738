"""Deny by default: the list of what strangers may reach, and nothing else."""

from __future__ import annotations

import pytest

from runtime_web.access import is_public, needed_by
from tests.runtime_web.visitor import Site

PUBLIC = {
    "accent.sheet",
    "account.log_in",
    "account.log_in_form",
    "account.preferences",
    "account.second_step",
    "account.set_up",
    "assets.static",
}
ADMINISTRATORS = {
    "audit.lines",
    *(f"users.{name}" for name in ("people", "new", "add", "disable", "enable", "reset")),
    *(f"user.{name}" for name in ("one", "change", "end_session", "end_sessions", "remove_second_factor")),
    *("user.ask_to_copy", "user.copy"),
    "viewing.start",
    *("rights_edit.form", "rights_edit.change", "rights_edit.check"),
    *("rights.matrix", "rights_why.why", "rights_who.who", "rights_who.compare"),
    *(f"groups.{name}" for name in ("listed", "new", "add", "one", "change", "remove")),
    *(f"rates.{name}" for name in ("table", "new", "add", "one", "change", "delete", "restore")),
    *(f"rates.{name}" for name in ("ask_for_file", "take_file", "template")),
    *(f"tokens.{name}" for name in ("theirs", "revoke_theirs")),
}
VALUES = {
    "name": "name",
    "entity": "client",
    "record_id": 1,
    "user_id": 1,
    "token_id": 1,
    "number": 1,
    "target": "client",
    "kind": "change",
    "subject": "client",
}


def paths(site: Site, method: str) -> dict[str, str]:
    """A path for each page that answers a method; calls of the API need a token (tests/runtime_web/api/test_door.py)."""
    adapter = site.app.url_map.bind("localhost")
    rules = [rule for rule in site.app.url_map.iter_rules() if method in (rule.methods or ())]
    rules = [rule for rule in rules if not str(rule).startswith("/api/")]
    return {
        rule.endpoint: adapter.build(rule.endpoint, {name: VALUES.get(name, 1) for name in rule.arguments}, method)
        for rule in rules
    }


def test_what_is_open_to_strangers_is_this(site: Site) -> None:
    assert {name for name, view in site.app.view_functions.items() if is_public(view)} == PUBLIC


def test_what_is_for_administrators_is_this(site: Site) -> None:
    assert {name for name, view in site.app.view_functions.items() if needed_by(view)} == ADMINISTRATORS


@pytest.mark.parametrize("query", ["", "?/login", "?next=/static/", "?/static/css/app.css"])
def test_strangers_are_sent_to_the_log_in(site: Site, query: str) -> None:
    visitor = site.visitor()
    for endpoint, path in paths(site, "GET").items():
        if endpoint not in PUBLIC:
            answer = visitor.get(path + query)
            assert answer.status_code == 302, path
            assert answer.location.startswith("/login?next="), path


def test_strangers_change_nothing(site: Site) -> None:
    visitor = site.visitor()
    for endpoint, path in paths(site, "POST").items():
        if endpoint not in PUBLIC:
            assert visitor.post(path, {"name": "Eve"}, token=visitor.token()).status_code == 401, path


def test_users_who_are_no_administrators_get_none_of_theirs(site: Site) -> None:
    visitor = site.visitor("ben")
    for method in ("GET", "POST"):
        for endpoint, path in paths(site, method).items():
            if endpoint in ADMINISTRATORS:
                answer = visitor.get(path) if method == "GET" else visitor.post(path)
                assert answer.status_code == 403, path
