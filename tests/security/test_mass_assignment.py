"""Whatever else a form or a sheet brings along, only what it may change is changed."""

from __future__ import annotations

from typing import Any

import pytest

from engine.records import Edit
from tests.runtime_web.test_card import filled
from tests.runtime_web.visitor import PASSWORD, Site

FORGED = {
    "id": "999",
    "_version": "77",
    "_title": "forged",
    "_created_by": "1",
    "_created_at": "2001-01-01",
    "_updated_by": "1",
    "_trashed_at": "2001-01-01",
    "version": "77",
    "owner": "1",
    "administrator": "on",
    "is_admin": "1",
    "role": "directors",
    "roles": "directors",
    "number": "ORD-1",
    "orders": "1",
}
"""Names of what a form has no business with: keys, owners, rights, system columns, computed and related fields."""


def rows(site: Site, table: str) -> list[dict[str, Any]]:
    with site.workspace.database.read() as connection:
        found = connection.exec_driver_sql(f'SELECT * FROM "{table}" ORDER BY id').mappings()
        return [dict(row) for row in found]


def test_a_new_record_takes_its_own_fields_only(any_site: Site) -> None:
    ben = any_site.visitor("ben")
    answer = ben.client.post("/records/client/new", data=filled(ben, "/records/client/new", name="Anna") | FORGED)
    assert answer.status_code in (302, 303)
    (client,) = rows(any_site, "client")
    assert (client["id"], client["_version"], client["_title"], client["_created_by"]) == (1, 1, "Anna", 2)
    assert client["_trashed_at"] is None
    assert str(client["_created_at"]) > "2020"


def test_a_changed_record_keeps_what_the_form_does_not_show(any_site: Site) -> None:
    client = any_site.records.create("client", Edit({"name": "Anna"})).id
    ben = any_site.visitor("ben")
    order = filled(ben, "/records/order/new", client=str(client)) | FORGED
    assert ben.client.post("/records/order/new", data=order).status_code in (302, 303)
    (before,) = rows(any_site, "order")
    assert before["number"] != "ORD-1"
    changed = filled(ben, f"/records/order/{before['id']}/edit", comment="mine") | FORGED
    assert ben.client.post(f"/records/order/{before['id']}", data=changed).status_code in (302, 303)
    (after,) = rows(any_site, "order")
    moved = {name for name in after if after[name] != before[name]}
    assert moved <= {"comment", "comment__fold", "_version", "_updated_at", "_updated_by"}
    assert after["_version"] == 2
    assert after["_updated_by"] == 2


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/preferences", {"theme": "dark"}),
        ("/password", {"old": PASSWORD, "new": "another good one", "again": "another good one"}),
        ("/account/second-factor", {"password": PASSWORD}),
        ("/account/sessions/end-others", {}),
    ],
)
def test_nobody_gets_rights_by_a_form_of_their_own(site: Site, path: str, form: dict[str, str]) -> None:
    ben = site.visitor("ben")
    assert ben.post(path, {**form, **FORGED, "user_id": "1", "login": "ana", "active": "1"}).status_code < 400
    kept = [(one.login, one.administrator, one.roles) for one in site.workspace.people.all()]
    assert kept == [("ana", True, frozenset()), ("ben", False, frozenset())]


def test_the_first_set_up_is_worth_nothing_afterwards(site: Site) -> None:
    form = {"login": "eve", "name": "Eve", "password": PASSWORD, "again": PASSWORD}
    ben = site.visitor("ben")
    assert ben.post("/set-up", form).location == "/login"
    assert len(site.workspace.people.all()) == 2
