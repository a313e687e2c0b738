"""One user and the groups, as an administrator sees and changes them."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import pyotp
import pytest

from engine.model import Configuration
from engine.records import Edit
from tests.runtime_web.visitor import PASSWORD, Site, Visitor
from tests.shop import SHOP

CONFIGURATION = Configuration.model_validate(
    {
        **SHOP,
        "roles": {
            "sales": {"label": "Sales", "grants": [{"entity": "*", "can": ["read"]}]},
            "stock": {"label": "Stock & store", "grants": [{"entity": "product", "can": ["all"]}]},
            "office": {"can": ["administer"]},
            "everyone": {"label": "All"},
        },
        "user_links": ["client"],
    }
)


@pytest.fixture
def site(make_site: Callable[..., Site], sqlite_url: str) -> Site:
    """A site with roles, of which a client can stand for a user."""
    found = make_site(sqlite_url, configuration=CONFIGURATION)
    found.add_people()
    return found


@pytest.fixture
def any_site(make_site: Callable[..., Site], database_url: str) -> Site:
    """The same, once on each database."""
    found = make_site(database_url, configuration=CONFIGURATION)
    found.add_people()
    return found


def ticked(page: str, name: str) -> list[str]:
    """The values of the boxes of a name that are ticked."""
    return re.findall(rf'name="{name}" value="([^"]+)" checked', page)


def form(**changes: object) -> dict[str, object]:
    return {"name": "Ben Virtanen", **changes}


def add_client(site: Site, name: str) -> int:
    return site.records.create("client", Edit({"name": name})).id


def test_everything_about_a_user_is_saved_at_once(any_site: Site) -> None:
    ana = any_site.visitor("ana")
    client = add_client(any_site, "Virtanen & Co")
    group = any_site.workspace.groups.add("Warehouse", ["stock"], by=None)
    page = ana.get("/users/2").text
    assert "Stock &amp; store" in page
    assert 'value="everyone"' not in page
    changes = form(name="Ben V.", role=["sales"], group=[str(group)], **{"link.client": str(client)})
    assert ana.post("/users/2", changes).location == "/users"
    page = ana.get("/users/2").text
    assert ticked(page, "role") == ["sales"]
    assert ticked(page, "group") == [str(group)]
    assert "Also by the group Warehouse" in page
    assert "Virtanen &amp; Co" in page
    ben = any_site.workspace.people.named("ben")
    assert ben
    assert (ben.name, ben.administrator) == ("Ben V.", False)
    assert ben.roles == {"sales", "stock"}
    assert any_site.workspace.people.links(2) == {"client": client}
    listed = ana.get("/users").text
    assert "Sales, Stock &amp; store" in listed
    assert "Warehouse" in listed


def test_a_change_of_roles_logs_the_person_out_and_a_new_name_does_not(site: Site) -> None:
    ana, ben = site.visitor("ana"), site.visitor("ben")
    ana.post("/users/2", form(name="Benjamin"))
    assert ben.get("/").status_code == 200
    ana.post("/users/2", form(role=["sales"]))
    assert ben.get("/").status_code == 302


def test_roles_that_the_configuration_lost_are_kept(site: Site) -> None:
    site.workspace.people.set_roles(2, ["gone", "sales"])
    site.visitor("ana").post("/users/2", form(role=["stock"]))
    assert site.workspace.people.own_roles(2) == {"gone", "stock"}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (form(role=["stok"]), "There is no role “stok”. Did you mean “stock”?"),
        (form(role=["everyone"]), "There is no role “everyone”."),
        (form(name=" "), "This field must be filled in."),
        (form(**{"link.client": "77"}), "There is no such record"),
        (form(**{"link.client": "x"}), "There is no such record"),
    ],
)
def test_what_is_refused_changes_nothing(site: Site, changes: dict[str, object], said: str) -> None:
    answer = site.visitor("ana").post("/users/2", {**changes, "administrator": "on"})
    assert answer.status_code == 422
    assert said in html.unescape(answer.text)
    ben = site.workspace.people.get(2)
    assert ben
    assert not ben.administrator


def test_one_who_changes_themselves_stays_signed_in_here_alone(site: Site) -> None:
    here, there = site.visitor("ana"), site.visitor("ana")
    key = here.key
    here.post("/users/1", {"name": "Ana Popa", "administrator": "on", "role": ["sales"]})
    assert here.get("/users").status_code == 200
    assert here.key != key
    assert there.get("/").status_code == 302


def test_the_last_administrator_stays_one(site: Site) -> None:
    ana = site.visitor("ana")
    answer = ana.post("/users/1", {"name": "Ana Popa"})
    assert answer.status_code == 422
    assert "This is the last administrator" in answer.text
    ana.post("/users/2", form(administrator="on"))
    assert ana.post("/users/1", {"name": "Ana Popa"}).location == "/"
    assert ana.get("/users").status_code == 403


def test_sessions_of_a_user_are_seen_and_ended(site: Site) -> None:
    ana, first, second = site.visitor("ana"), site.visitor("ben"), site.visitor("ben")
    paths = re.findall(r'action="(/users/2/sessions/\w+/end)"', ana.get("/users/2").text)
    assert len(paths) == 2
    ana.post(paths[0])
    assert sorted(visitor.get("/").status_code for visitor in (first, second)) == [200, 302]
    ana.post("/users/2/sessions/end-all")
    assert {visitor.get("/").status_code for visitor in (first, second)} == {302}
    assert "Nowhere." in ana.get("/users/2").text


def test_a_user_who_is_not_there(site: Site) -> None:
    ana = site.visitor("ana")
    assert ana.get("/users/77").status_code == 404
    assert ana.get("/users/77/copy").status_code == 404
    for path in ("", "/copy", "/second-factor/remove", "/sessions/x/end", "/sessions/end-all"):
        assert ana.post(f"/users/77{path}").status_code == 404


def test_who_lost_the_phone_is_let_in_by_an_administrator(site: Site) -> None:
    people, factors = site.workspace.people, site.workspace.second_factors
    ben = people.get(2)
    assert ben
    secret = factors.offer(ben, "Shop").secret
    factors.confirm(ben, pyotp.TOTP(secret).now())
    ana = site.visitor("ana")
    assert "A code from an app is asked for." in ana.get("/users/2").text
    ana.post("/users/2/second-factor/remove")
    assert not factors.is_on(2)
    assert ana.post("/users/1/second-factor/remove").location == "/account/second-factor"


def preview(visitor: Visitor, source: int = 1) -> tuple[str, str]:
    """The page that shows what copying would change, and the state it was made from."""
    page = visitor.get(f"/users/2/copy?from={source}").text
    found = re.search(r'name="state" value="([^"]*)"', page)
    return page, html.unescape(found[1]) if found else ""


def test_roles_are_copied_as_it_was_shown(any_site: Site) -> None:
    people, groups = any_site.workspace.people, any_site.workspace.groups
    groups.add("Warehouse", ["stock"], [1], by=None)
    people.set_roles(1, ["sales"])
    people.set_roles(2, ["stock"])
    ana = any_site.visitor("ana")
    assert "Show what would change" in ana.get("/users/2/copy").text
    page, state = preview(ana)
    assert ["Sales" in page, "Group Warehouse" in page, "Ben Virtanen loses" in page] == [True] * 3
    assert ana.post("/users/2/copy", {"from": "1", "state": "something else"}).status_code == 409
    assert people.own_roles(2) == {"stock"}
    assert ana.post("/users/2/copy", {"from": "1", "state": state}).location == "/users/2"
    ben = people.get(2)
    assert ben
    assert people.own_roles(2) == {"sales"}
    assert ben.roles == {"sales", "stock"}
    assert not ben.administrator
    page, state = preview(ana)
    assert "has the same roles and groups already" in page
    assert state == ""
    assert ana.post("/users/2/copy", {"from": "2", "state": ""}).status_code == 404


def test_groups_are_made_changed_and_removed(any_site: Site) -> None:
    ana = any_site.visitor("ana")
    assert "No groups yet" in ana.get("/users/groups").text
    assert ana.post("/users/groups/new", {"name": "Warehouse", "role": ["stock"], "member": ["2"]}).location
    page = ana.get("/users/groups").text
    assert ["Warehouse" in page, "Stock &amp; store" in page, "Ben Virtanen" in page] == [True] * 3
    page = ana.get("/users/groups/1").text
    assert ticked(page, "role") == ["stock"]
    assert ticked(page, "member") == ["2"]
    ana.post("/users/groups/1", {"name": "Store", "member": ["1", "2", "77", "x"]})
    (group,) = any_site.workspace.groups.all()
    assert group.name == "Store"
    assert group.roles == frozenset()
    assert group.members == {1, 2}
    ana.post("/users/groups/1/remove")
    assert any_site.workspace.groups.all() == ()
    assert ana.get("/users/groups/1").status_code == 404


def test_a_refused_group_keeps_what_was_typed(site: Site) -> None:
    site.workspace.groups.add("Warehouse", by=None)
    ana = site.visitor("ana")
    answer = ana.post("/users/groups/new", {"name": "Warehouse", "role": ["sales"], "member": ["2"]})
    assert answer.status_code == 422
    assert "There is a group “Warehouse” already." in answer.text
    assert ticked(answer.text, "role") == ["sales"]
    assert ticked(answer.text, "member") == ["2"]
    assert ana.post("/users/groups/1", {"name": ""}).status_code == 422


def test_a_new_user_gets_roles_and_groups(site: Site) -> None:
    group = site.workspace.groups.add("Warehouse", ["stock"], by=None)
    answer = site.visitor("ana").post(
        "/users/new", {"name": "Eve", "login": "eve", "role": ["sales"], "group": [str(group)]}
    )
    assert answer.status_code == 200
    eve = site.workspace.people.named("eve")
    assert eve
    assert eve.roles == {"sales", "stock"}


def test_who_manages_users_by_a_role_gives_no_more_than_they_have(any_site: Site) -> None:
    people = any_site.workspace.people
    people.add("eve", "Eve", roles=["office", "sales"], password=PASSWORD)
    client = add_client(any_site, "Virtanen & Co")
    eve = any_site.visitor("eve")
    page = eve.get("/users/2").text
    assert 'name="administrator"' not in page
    assert 'value="stock"' not in page
    assert 'name="link.client"' not in page
    assert eve.post("/users/2", form(role=["sales"], **{"link.client": str(client)})).location == "/users"
    assert people.own_roles(2) == {"sales"}
    assert people.links(2) == {}
    for beyond in (form(role=["stock"]), form(administrator="on"), form(role=["sales", "office", "stock"])):
        answer = eve.post("/users/2", beyond)
        assert answer.status_code == 422
        assert "only what you have yourself" in answer.text
    assert eve.post("/users/1", {"name": "Nobody"}).status_code == 422
    for path in ("/users/1/password", "/users/1/disable", "/users/1/second-factor/remove"):
        eve.post(path)
        assert "This account may do more than yours" in eve.get("/users").text
    ana = people.get(1)
    assert ana
    assert (ana.name, ana.active, ana.administrator) == ("Ana Popa", True, True)
    assert any_site.visitor("ana").get("/users").status_code == 200
    people.set_roles(1, ["stock"])
    _, state = preview(eve)
    assert eve.post("/users/2/copy", {"from": "1", "state": state}).status_code == 422
    assert people.own_roles(2) == {"sales"}


def test_sessions_of_who_may_more_are_not_ended_by_who_may_less(site: Site) -> None:
    site.workspace.people.add("eve", "Eve", roles=["office"], password=PASSWORD)
    eve, ana = site.visitor("eve"), site.visitor("ana")
    eve.post("/users/1/sessions/end-all")
    for path in re.findall(r'action="(/users/1/sessions/\w+/end)"', eve.get("/users/1").text):
        eve.post(path)
    assert ana.get("/").status_code == 200
