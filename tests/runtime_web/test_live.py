"""Pages that are open ask for what has changed: they get it once, and learn nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from engine.accounts import Changes
from engine.notes import Notes, Wording
from engine.records import Edit, Records
from engine.rights import Principal
from engine.schema import apply
from engine.storage import Database
from runtime_web.app import create_app
from runtime_web.settings import Settings
from tests.guarded import described
from tests.runtime_web.visitor import PASSWORD, SECRET, Site, Visitor

LIST = "/records/client"
CARD = "/records/client/1"


def ask(visitor: Visitor, path: str, sealed: str = "new") -> TestResponse:
    return visitor.get(path, headers={"HX-Request": "true", "Live": sealed})


class Looker:
    """A page that is open, and what it was told last."""

    def __init__(self, visitor: Visitor, path: str) -> None:
        self.visitor, self.path, self.sealed = visitor, path, "new"

    def look(self) -> str:
        """What is different, "" for nothing."""
        answer = ask(self.visitor, self.path, self.sealed)
        assert answer.status_code == (200 if answer.text else 204)
        self.sealed = answer.headers["Live"]
        return answer.text


def test_a_list_says_what_has_changed_and_only_then(any_site: Site) -> None:
    any_site.records.create("client", Edit({"name": "Acme"}))
    page = Looker(any_site.visitor("ana"), LIST)
    assert "Acme" in page.look()
    assert page.look() == ""
    any_site.records.update("client", 1, Edit({"city": "Oslo", "name": "Bolt"}))
    text = page.look()
    assert "Bolt" in text
    assert 'id="aside"' in text
    assert page.look() == ""
    any_site.records.create("client", Edit({"name": "Core"}))
    assert "Core" in page.look()
    any_site.records.delete("client", [1])
    assert "Bolt" not in page.look()
    # What is shown nowhere here: the log is asked, and nothing is sent.
    any_site.records.create("product", Edit({"name": "Saw"}))
    assert page.look() == ""


def test_a_card_says_what_has_changed_also_behind_its_references(any_site: Site) -> None:
    acme = any_site.records.create("client", Edit({"name": "Acme"})).id
    order = any_site.records.create("order", Edit({"client": acme})).id
    page = Looker(any_site.visitor("ana"), f"/records/order/{order}")
    assert "Acme" in page.look()
    any_site.records.update("client", acme, Edit({"name": "Bolt"}))
    text = page.look()
    assert "Bolt" in text
    assert "data-live-title" in text
    ben = Principal(2, "Ben", administrator=True)
    notes = Notes(Records(any_site.workspace.database, any_site.workspace.tables, ben))
    number = notes.add("order", order, Wording("Look"))
    assert str(number) in page.look()
    assert page.look() == ""
    any_site.records.delete("order", [order])
    answer = ask(page.visitor, page.path, page.sealed)
    assert (answer.status_code, answer.headers["Live"]) == (204, "gone")


def test_what_was_given_to_another_page_or_person_says_nothing(site: Site) -> None:
    """Otherwise whoever holds an answer could ask whether anything was touched since."""
    site.records.create("client", Edit({"name": "Acme"}))
    ana, ben = site.visitor("ana"), site.visitor("ben")
    sealed = ask(ana, LIST).headers["Live"]
    assert ask(ana, LIST, sealed).status_code == 204
    for visitor, path, given in (
        (ben, LIST, sealed),
        (ana, f"{LIST}?sort=city", sealed),
        (ana, CARD, sealed),
        (ana, LIST, sealed[:-4] + "AAAA"),
        (ana, LIST, "é"),
        (ana, LIST, ""),
    ):
        assert ask(visitor, path, given).status_code == 200, (path, given)


def test_it_is_no_sign_of_life_and_asks_nobody_to_sign_in(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    ana = site.visitor("ana")
    seen: list[str] = []
    monkeypatch.setattr(type(site.workspace.sessions), "see", lambda *given: seen.append(given[1]))
    ask(ana, LIST)
    assert seen == []
    ana.get(LIST)
    assert len(seen) == 1
    answer = ask(site.visitor(), LIST)
    assert (answer.status_code, answer.text, "Live" in answer.headers) == (204, "", False)


@pytest.fixture
def guarded(database_url: str, tmp_path: Path) -> Iterator[Site]:
    configuration = described()
    database = Database(database_url)
    apply(database, configuration, "tests")
    database.close()
    wanted = Settings(
        database_url=database_url, configuration=configuration, files=tmp_path, secret_key=SECRET, testing=True
    )
    found = Site(create_app(wanted))
    found.workspace.people.add("root", "Root", administrator=True, password=PASSWORD)
    found.workspace.people.add("cid", "Cid", password=PASSWORD)
    found.workspace.people.change(2, Changes(roles=["manager"]), by=None)
    yield found
    found.workspace.database.close()


def test_what_one_may_not_see_gives_the_same_answer(guarded: Site) -> None:
    """Hidden fields and records are touched: the answers stay what they were."""
    client = guarded.records.create("client", Edit({"name": "Alfa", "secret": "gold"})).id
    mine = guarded.records.create("order", Edit({"client": client, "manager": 2})).id
    theirs = guarded.records.create("order", Edit({"client": client, "manager": 1})).id
    cid = guarded.visitor("cid")
    pages = [Looker(cid, path) for path in (LIST, CARD, "/records/order", f"/records/order/{mine}")]
    assert all(page.look() for page in pages)
    guarded.records.update("client", client, Edit({"secret": "tin"}))
    guarded.records.update("order", theirs, Edit({"note": "hush"}))
    guarded.records.delete("order", [theirs])
    assert [page.look() for page in pages] == [""] * 4
    assert ask(cid, f"/records/order/{theirs}").headers["Live"] == "gone"
