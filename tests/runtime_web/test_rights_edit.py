"""Changing what a role grants: written to the file with its comments, applied, or refused as a whole."""

from __future__ import annotations

import html
import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest

from engine.config.load import load
from engine.model import Configuration
from engine.schema import applications, applied
from runtime_web.app import create_app
from runtime_web.settings import Settings
from tests.ready import ready_database
from tests.runtime_web.visitor import PASSWORD, SECRET, Site, Visitor

ROOT = """kartoteka: 1
name: firm
include: [roles.yaml]
entities:
  client:
    fields:
      name: {type: text}
      city: {type: text}
      manager: {type: user}
      cost: {type: money}
      double: {type: money, formula: cost * 2}
"""
ROLES = """# Who may do what.
roles:
  chief: {can: [administer], grants: [{entity: "*", can: [all]}]}
  # Sellers.
  seller:
    grants:
      # Their own clients.
      - entity: client
        can: [read]  # for a start
        where: manager = USER()
      - {entity: client, can: [export]}
  idle: {label: Idle}
"""


@dataclass(frozen=True)
class Firm:
    site: Site
    folder: Path

    @property
    def roles(self) -> str:
        return (self.folder / "roles.yaml").read_text(encoding="utf-8")

    @property
    def in_force(self) -> Configuration:
        found = applied(self.site.workspace.database)
        assert found
        return found

    @property
    def applications(self) -> int:
        return applications(self.site.workspace.database)


@pytest.fixture
def make_firm(tmp_path: Path) -> Iterator[Callable[..., Firm]]:
    opened: list[Site] = []

    def make(url: str, *, known: bool = True) -> Firm:
        folder = tmp_path / "firm"
        folder.mkdir()
        (folder / "kartoteka.yaml").write_text(ROOT, encoding="utf-8")
        (folder / "roles.yaml").write_text(ROLES, encoding="utf-8")
        configuration, _problems = load(folder)
        assert configuration
        database = ready_database(url, configuration)
        database.close()
        settings = Settings(
            url, configuration, tmp_path / "files", SECRET, testing=True, source=folder if known else None
        )
        site = Site(create_app(settings))
        opened.append(site)
        for login, roles in (("ana", ()), ("ben", ("seller",)), ("flo", ("chief",))):
            site.workspace.people.add(
                login, login.title(), administrator=login == "ana", roles=roles, password=PASSWORD
            )
        return Firm(site, folder)

    yield make
    for site in opened:
        site.workspace.database.close()


@pytest.fixture
def firm(make_firm: Callable[..., Firm], sqlite_url: str) -> Firm:
    return make_firm(sqlite_url)


def address(role: str = "seller", entity: str = "client") -> str:
    return f"/rights/edit?entity={entity}&role={role}"


def shown(page: str) -> dict[str, list[str]]:
    """What a browser would send of the form."""
    found: dict[str, list[str]] = {}
    for tag in re.findall(r"<input [^>]*>", page):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and ("checkbox" not in tag or " checked" in tag) and name[1] != "csrf_token":
            found.setdefault(name[1], []).append(html.unescape(value[1]) if value else "on")
    for name_, inside in re.findall(r'<select [^>]*name="([^"]*)"[^>]*>(.*?)</select>', page, re.DOTALL):
        found[name_] = re.findall(r'value="([^"]*)" selected', inside)
    return found


def save(firm: Firm, visitor: Visitor | None = None, path: str = "", /, **changes: object) -> tuple[int, str]:
    """Open the form, change something in it, send it."""
    ana = visitor or firm.site.visitor("ana")
    form = {**shown(ana.get(path or address()).text), **{k.replace("__", "."): v for k, v in changes.items()}}
    answer = ana.post(path or address(), form)
    return answer.status_code, html.unescape(answer.text)


def test_what_changes_is_written_and_all_else_stays(firm: Firm) -> None:
    count = firm.applications
    assert save(firm, can__0=["read", "update"], **{"field.0.cost": "hidden"})[0] == 302
    assert firm.roles == ROLES.replace(
        "can: [read]  # for a start\n        where: manager = USER()\n",
        "can: [read, update]  # for a start\n        where: manager = USER()\n        fields: {cost: hidden}\n",
    )
    grant = firm.in_force.roles["seller"].grants[0]
    assert (grant.can, grant.fields) == (("read", "update"), {"cost": "hidden"})
    assert firm.applications == count + 1


def test_who_changed_what_is_written_down(firm: Firm) -> None:
    save(firm, can__0=["read", "update"])
    with firm.site.workspace.database.read() as connection:
        rows = connection.exec_driver_sql("SELECT done_by, details FROM _audit WHERE event = 'rights-changed'").all()
    assert [row[0] for row in rows] == [1]
    told = json.loads(rows[0][1])
    assert (told["role"], told["entity"]) == ("seller", "client")
    assert "'can': ['read']" in told["before"]
    assert "'can': ['read', 'update']" in told["after"]


def test_a_condition_is_checked_while_it_is_typed(firm: Firm) -> None:
    ana = firm.site.visitor("ana")

    def said(name: str, text: str) -> str:
        answer = ana.get(f"{address().replace('edit?', 'edit/check?')}&{name}={quote(text)}")
        return html.unescape(answer.text).strip()

    assert said("where.0", "manager = USER()") == ""
    assert said("hidden_if.new.cost", "") == ""
    assert "managr" in said("where.new", "managr = USER()")
    assert "Did you mean" in said("readonly_if.0.cost", "managr = USER()")


def test_grants_come_and_go(firm: Firm) -> None:
    assert save(firm, can__1=[], can__new=["create"], **{"publish.new.double": "on"})[0] == 302
    assert firm.roles == ROLES.replace(
        "      - {entity: client, can: [export]}\n", "      - {entity: client, can: [create], publish: [double]}\n"
    )
    assert save(firm, None, address("idle"), can__new=["all"])[0] == 302
    assert firm.in_force.roles["idle"].grants[0].can == ("all",)
    assert "idle: {label: Idle, grants: [{entity: client, can: [all]}]}" in firm.roles


def test_a_condition_that_goes(firm: Firm) -> None:
    assert save(firm, where__0="")[0] == 302
    assert firm.in_force.roles["seller"].grants[0].where is None
    assert "# Their own clients." in firm.roles


def test_nothing_changes_nothing(firm: Firm) -> None:
    assert save(firm)[0] == 302
    assert firm.roles == ROLES


def test_what_is_wrong_is_told_at_its_place_and_nothing_is_written(firm: Firm) -> None:
    status, page = save(firm, where__0="managr = USER()")
    assert status == 422
    assert re.search(r'id="where-0-error"[^>]*>[^<]*managr.*Did you mean', page)
    assert 'value="managr = USER()"' in page
    status, page = save(firm, **{"hidden_if.0.cost": "city = 1"})
    assert status == 422
    assert page.count('class="field-error"') == 1
    assert firm.roles == ROLES


def test_files_that_are_not_what_is_applied_are_left_alone(firm: Firm) -> None:
    (firm.folder / "kartoteka.yaml").write_text(ROOT + "      email: {type: email}\n", encoding="utf-8")
    status, page = save(firm, can__0=["read", "update"])
    assert status == 409
    assert "The files of the configuration are not what is applied." in page
    assert firm.roles == ROLES


def test_what_somebody_else_has_changed_meanwhile_stays(firm: Firm) -> None:
    ana = firm.site.visitor("ana")
    old = shown(ana.get(address()).text)
    assert save(firm, ana, can__0=["read", "delete"])[0] == 302
    answer = ana.post(address(), {**old, "can.0": ["read"]})
    assert answer.status_code == 409
    assert "Somebody else has changed these rights meanwhile." in answer.text
    assert firm.in_force.roles["seller"].grants[0].can == ("read", "delete")


def test_a_server_that_knows_no_files_says_so(make_firm: Callable[..., Firm], sqlite_url: str) -> None:
    firm = make_firm(sqlite_url, known=False)
    ana = firm.site.visitor("ana")
    assert "/rights/edit" not in ana.get("/rights").text
    status, page = save(firm, ana, can__0=["read", "update"])
    assert status == 409
    assert "This server does not know where the files of its configuration are" in page


def test_a_file_that_cannot_be_written_and_a_database_that_refuses(firm: Firm, monkeypatch: pytest.MonkeyPatch) -> None:
    ana = firm.site.visitor("ana")

    def refuse(*_: object) -> None:
        raise OSError

    with monkeypatch.context() as patched:
        patched.setattr("designer.granting.overwrite", refuse)
        assert "could not be written. Nothing was changed." in save(firm, ana, can__0=["read", "update"])[1]
    with monkeypatch.context() as patched:
        patched.setattr("runtime_web.pages.rights_edit.apply", refuse)
        assert save(firm, ana, can__0=["read", "update"])[0] == 500
    assert firm.roles == ROLES
    assert save(firm, ana, can__0=["read", "update"])[0] == 302


def test_it_takes_the_right_to_the_configuration(firm: Firm) -> None:
    for login in ("ben", "flo"):
        visitor = firm.site.visitor(login)
        assert visitor.get(address()).status_code == 403
        assert visitor.post(address(), {"grant": "new", "can.new": "all"}).status_code == 403
    ana = firm.site.visitor("ana")
    assert ana.get(address("nonsense")).status_code == 404
    assert ana.get(address("seller", "nonsense")).status_code == 404
    assert "/rights/edit?entity=client" in html.unescape(ana.get("/rights").text)
    assert firm.roles == ROLES
    shutil.rmtree(firm.folder)
    assert "not what is applied" in save(firm, ana, can__0=["read"])[1]
