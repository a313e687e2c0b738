"""Related records on a card: looked through, sorted, and what of them nobody gets who does not see them there."""

from __future__ import annotations

import copy
import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from engine.model import Configuration
from runtime_web.app import create_app
from runtime_web.cards import related
from runtime_web.settings import Settings
from tests.ready import ready_database
from tests.runtime_web.seen import seen
from tests.runtime_web.test_card import add, an_order
from tests.runtime_web.test_layouts import PARCELS
from tests.runtime_web.visitor import SECRET, Site

PART = {"HX-Request": "true"}


@pytest.fixture
def paid(site: Site) -> str:
    """The card of an order with three payments."""
    order = an_order(site)
    for day, amount in ((1, "20"), (2, "5"), (3, "10")):
        add(site, "payment", date=dt.date(2026, 3, day), order=order, amount=Decimal(amount))
    return f"/records/order/{order}"


def amounts(page: str) -> list[str]:
    return [row[-1] for row in seen(page).rows if row]


def test_they_are_looked_through_and_sorted_in_their_place(site: Site, paid: str) -> None:
    visitor = site.visitor("ben")
    card = visitor.get(paid).text
    section = card.split('data-related="')[1].split('"')[0].replace("&amp;", "&")
    assert amounts(visitor.get(f"{section}&sort=-amount", headers=PART).text) == ["20.00", "10.00", "5.00"]
    found = visitor.get(f"{section}&sort=amount", headers=PART).text
    assert amounts(found) == ["5.00", "10.00", "20.00"]
    assert 'aria-sort="ascending"' in found
    assert "sort=-amount" in found
    assert "Nothing matches" in visitor.get(f"{section}&q=nowhere", headers=PART).text


def test_as_a_list_it_is_the_same_records(site: Site, paid: str) -> None:
    visitor = site.visitor("ben")
    links = seen(visitor.get(paid).text).links
    assert links["Show as a list: 3"] == "/records/payment?f=order:any_of:1"
    assert "3 records" in visitor.get(links["Show as a list: 3"]).text


def test_paper_says_how_many_of_how_many_stand_there(site: Site, paid: str, monkeypatch: pytest.MonkeyPatch) -> None:
    visitor = site.visitor("ben")
    assert "The first" not in visitor.get(paid).text
    monkeypatch.setattr(related, "SHOWN", 2)
    assert '<p class="on-paper">The first 2 of 3.</p>' in visitor.get(paid).text
    section = visitor.get(paid).text.split('data-related="')[1].split('"')[0].replace("&amp;", "&")
    assert "The first 2 of 3." in visitor.get(f"{section}&sort=amount", headers=PART).text


@pytest.mark.parametrize("at", ["", "0", "9.0", "0.9", "x.y", "nonsense:0.0", "0.0"])
def test_a_section_that_is_not_there_is_not_found(site: Site, paid: str, at: str) -> None:
    visitor = site.visitor("ben")
    assert visitor.get(f"{paid}/related/payments?at={at}", headers=PART).status_code == 404
    assert visitor.get(f"{paid}/related/nonsense?at={at}", headers=PART).status_code == 404


def test_without_a_script_its_address_is_the_card(site: Site, paid: str) -> None:
    answer = site.visitor("ben").get(f"{paid}/related/payments?at=1.0")
    assert (answer.status_code, answer.location) == (302, f"{paid}?tab=payments")


def test_a_view_with_a_condition_chooses_among_them(tmp_path: Path, database_url: str) -> None:
    """The condition of the view holds beside that of the section, and the list that opens has the same."""
    tree = copy.deepcopy(PARCELS)
    tree["entities"] = {
        "sender": {
            "fields": {"name": {"type": "text"}, "parcels": {"type": "related", "of": "parcel", "by": "sender"}},
            "card": [
                {"tab": "Sender", "sections": [{"related": "parcels", "where": "weight > 1", "columns": ["name"]}]}
            ],
        },
        "parcel": {
            "fields": {
                "name": {"type": "text"},
                "sender": {"type": "reference", "to": "sender"},
                "weight": {"type": "integer"},
                "closed": {"type": "boolean"},
            },
            "views": {"all": {"columns": ["name"]}, "open": {"columns": ["name"], "where": "NOT closed"}},
        },
    }
    tree["roles"] = {}
    site = open_site_of(Configuration.model_validate(tree), database_url, tmp_path / "files")
    sender = add(site, "sender", name="Anna")
    for number, closed in enumerate((False, True, False, True)):
        add(site, "parcel", name=f"Parcel {number}", sender=sender, weight=number, closed=closed)
    visitor = site.visitor("ben")
    section = f"/records/sender/{sender}/related/parcels?at=0.0"

    def names(more: str) -> list[str]:
        return [row[0] for row in seen(visitor.get(section + more, headers=PART).text).rows if row]

    assert set(names("")) == {"Parcel 2", "Parcel 3"}
    assert names("&view=open") == ["Parcel 2"]
    assert set(names("&view=nonsense")) == {"Parcel 2", "Parcel 3"}
    page = visitor.get(f"{section}&view=open", headers=PART).text
    assert "view=open" in seen(page).links["Show as a list: 1"]
    assert "Nothing matches" in visitor.get(f"{section}&view=open&q=nothing", headers=PART).text
    site.workspace.database.close()


def open_site_of(wanted: Configuration, url: str, folder: Path) -> Site:
    ready_database(url, wanted).close()
    settings = Settings(database_url=url, configuration=wanted, files=folder, secret_key=SECRET, testing=True)
    site = Site(create_app(settings))
    site.add_people()
    return site
