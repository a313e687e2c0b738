"""Names of people, groups, roles and browsers are texts on every page that shows them, whatever they contain."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.model import Configuration
from tests.runtime_web.visitor import PASSWORD, Site
from tests.shop import SHOP

PAYLOADS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'-alert(1)-'",
    "<svg/onload=alert(1)>",
    "{{ 7 * 7 }}{% raw %}",
    "</title><script>alert(1)</script>",
    "javascript:alert(1)",
    "%(name)s %s {name}",
)
PAGES = ("/users", "/users/2", "/users/2/copy?from=1", "/users/new", "/users/groups", "/users/groups/1", "/account")


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_name_is_a_text(make_site: Callable[..., Site], sqlite_url: str, payload: str) -> None:
    role = {"label": payload, "help": payload, "grants": [{"entity": "*", "can": ["read"]}]}
    configuration = Configuration.model_validate({**SHOP, "roles": {"sales": role}, "user_links": ["client"]})
    site = make_site(sqlite_url, configuration=configuration)
    site.workspace.people.add("ana", payload, administrator=True, roles=["sales"], password=PASSWORD)
    site.workspace.people.add("ben", payload, roles=["sales"], password=PASSWORD)
    site.workspace.groups.add(payload, ["sales"], [2], by=None)
    ana = site.visitor()
    answer = ana.post(
        "/login", {"login": "ana", "password": PASSWORD}, token=ana.token(), headers={"User-Agent": payload}
    )
    assert answer.status_code == 302
    escaped = payload.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    escaped = escaped.replace('"', "&#34;").replace("'", "&#39;")
    for path in PAGES:
        text = ana.get(path).text
        assert text.startswith("<!doctype"), path
        assert escaped in text, path
        if "<" in payload:
            assert payload not in text, path
    for path in ("/users/2/disable", "/users/2/enable", "/users/groups/1/remove"):
        ana.post(path)
        notice = ana.get("/users").text
        assert escaped in notice
        assert "<" not in payload or payload not in notice
