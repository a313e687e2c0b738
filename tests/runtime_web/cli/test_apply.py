"""kartoteka plan and apply: what is shown, asked and done."""

from __future__ import annotations

import pytest

from tests.runtime_web.cli.conftest import Terminal

FIELD = "    phone: {type: phone, label: {en: Phone, ru: Телефон}}\n"
BEFORE = [{"does": "sets up users, log-ins, counters, files and jobs", "entity": "", "records": 0}]


def edit(terminal: Terminal, old: str, new: str) -> None:
    path = terminal.folder / "entities/client.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def test_a_plan_changes_nothing_not_even_the_folder(terminal: Terminal) -> None:
    terminal.run("init", ".")
    assert "creates client, order, order_line, payment" in terminal.run("plan").stdout
    found = terminal.read("plan", "--json")
    assert found["steps"][:1] == BEFORE
    assert not (terminal.folder / "data").exists()


def test_the_first_time_nobody_is_asked(shop: Terminal) -> None:
    assert (shop.folder / "data/kartoteka.sqlite").is_file()
    assert shop.run("apply").stdout.startswith("Nothing to do")
    assert shop.read("apply", "--json") == {"applied": 0, "steps": []}


def test_a_change_is_shown_asked_and_done(shop: Terminal) -> None:
    shop.write("clients.csv", "name\nAnn\nBob\n")
    shop.run("import", "client", "clients.csv")
    edit(shop, FIELD, FIELD + "    fax: {type: phone, label: {en: Fax, ru: Факс}}\n")
    assert "adds the field fax to client, blank in every record (2 records)" in shop.run("plan").stdout
    assert "Applied." not in shop.run("apply", typed="n\n", code=1).output
    assert "Applied." not in shop.run("apply", code=1).output
    assert "--yes" in shop.read("apply", "--json", code=2)["error"]
    assert shop.read("plan", "--json")["steps"][0]["records"] == 2
    assert shop.run("apply", typed="y\n").output.endswith("Applied.\n")
    assert shop.run("plan").stdout.startswith("Nothing to do")


def test_what_cannot_be_done_is_told(shop: Terminal) -> None:
    edit(shop, FIELD, "")
    edit(shop, "phone, ", "")
    for command in ("plan", "apply"):
        assert "“client.phone” is no longer described" in shop.run(command, code=1).stdout
        assert shop.read(command, "--json", code=1)["problems"][0]["code"] == "plan-field-removed"


def test_a_wrong_configuration_is_not_applied(shop: Terminal) -> None:
    edit(shop, "type: phone", "type: fone")
    for command in ("plan", "apply"):
        assert "There is no field type “fone”" in shop.run(command, code=1).stdout
        assert shop.read(command, "--json", code=1)["problems"][0]["code"] == "type-unknown"


@pytest.mark.postgresql
def test_a_database_of_a_server(terminal: Terminal, postgresql_url: str) -> None:
    terminal.run("init", ".")
    there = ("--database", postgresql_url)
    terminal.run(*there, "apply")
    terminal.write("clients.csv", "name,code\nЁлкин,1\n")
    assert terminal.run(*there, "import", "client", "clients.csv").stdout == "Imported 1 row: 1 added.\n"
    assert "Ёлкин" in terminal.run(*there, "export", "client").stdout
    assert "✓ Database: 1 record\n" in terminal.run(*there, "doctor").stdout
    assert not (terminal.folder / "data/kartoteka.sqlite").exists()
