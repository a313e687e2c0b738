"""kartoteka rights: what roles come to, why somebody may or may not, and who may."""

from __future__ import annotations

import pytest

from engine.records import Edit, Records
from engine.rights import SYSTEM
from engine.storage import Database
from engine.storage.tables import describe_tables
from runtime_web.cli.place import Place
from tests.runtime_web.cli.conftest import Terminal

FIRM = """kartoteka: 1
name: firm
entities:
  client:
    fields:
      name: {type: text}
      manager: {type: user}
      cost: {type: money}
      double: {type: money, formula: cost * 2}
      visits: {type: lines, of: visit}
  visit: {kind: child, fields: {day: {type: date}}}
roles:
  chief: {grants: [{entity: "*", can: [all]}]}
  seller:
    grants:
      - entity: client
        can: [read, update]
        where: manager = USER()
        fields: {cost: hidden, name: {readonly_if: ISBLANK(visits)}}
  everyone: {restrictions: [{entity: client, where: name <> ""}]}
"""


@pytest.fixture
def firm(terminal: Terminal) -> Terminal:
    """A business with a client of ben's and one of nobody's."""
    terminal.write("kartoteka.yaml", FIRM.replace("ISBLANK(visits)", 'name = "Alfa"'))
    terminal.run("apply", "--yes")
    for login, role in (("ann", "chief"), ("ben", "seller")):
        terminal.run("user", "add", login, "--name", login.title(), "--role", role)
    place = Place(terminal.folder)
    database = Database(place.database_url)
    records = Records(database, describe_tables(place.configuration()), SYSTEM)
    records.create("client", Edit({"name": "Alfa", "manager": 2}))
    records.create("client", Edit({"name": "Beta", "manager": 1}))
    database.close()
    return terminal


def test_what_roles_come_to(firm: Terminal) -> None:
    said = firm.run("rights", "matrix", "client").stdout
    assert 'read, if manager = USER(); and name <> ""' in said
    assert "field double: hidden, it is made of client.cost" in said
    assert 'field name: change, if NOT (name = "Alfa")' in said
    assert "field cost: hidden" in said
    assert said.rstrip().endswith("nothing")
    found = firm.read("rights", "matrix", "client", "--json")
    assert found["seller"]["actions"]["delete"] is False
    assert found["seller"]["actions"]["read"] == [[["manager = USER()"]], [['name <> ""']]]
    assert found["seller"]["fields"]["double"]["lacking"] == ["client", "cost"]


def test_why(firm: Terminal) -> None:
    said = firm.run("rights", "why", "ben", "read", "client", "2").stdout
    assert said.startswith("Ben may not do this.\n  The record does not meet the condition of any grant.")
    assert "The role seller grants it: manager = USER() (is not met)" in said
    assert 'Restriction of the role everyone: name <> "" (is met)' in said
    assert "Roles that allow it: chief" in said
    assert "Ben may do this." in firm.run("rights", "why", "ben", "read", "client", "1").stdout
    said = firm.run("rights", "why", "ben", "update", "client", "1", "--field", "name").stdout
    assert 'The field besides: NOT (name = "Alfa") (is not met)' in said
    found = firm.read("rights", "why", "ben", "read", "client", "--field", "double", "--json")
    assert (found["verdict"], found["reason"], found["lacking"]) == ("no", "vanished", ["client", "cost"])


def test_who(firm: Terminal) -> None:
    said = firm.run("rights", "who", "client", "1").stdout.splitlines()
    assert said == [
        "ann: read yes (chief), create yes (chief), update yes (chief), delete yes (chief)",
        "ben: read yes (seller), create no, update yes (seller), delete no",
    ]
    found = firm.read("rights", "who", "client", "--json")
    assert found["ben"]["read"] == {"may": "depends", "roles": ["seller"]}


def test_what_is_not_there(firm: Terminal) -> None:
    assert "no entity" in firm.run("rights", "matrix", "clients", code=2).stderr
    assert "visit is part of client" in firm.run("rights", "who", "visit", code=2).stderr
    assert "There is no record 9 of client." in firm.run("rights", "why", "ben", "read", "client", "9", code=1).stderr
    assert "There is no record 9 of client." in firm.run("rights", "who", "client", "9", code=1).stderr
    wrong = firm.run("rights", "why", "ben", "read", "client", "--field", "nonsense", code=2)
    assert "client has no field nonsense." in wrong.stderr
    firm.run("rights", "why", "nobody", "read", "client", code=1)
