"""Other cards for some roles and under a condition, and columns that differ in width."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.model import Configuration
from engine.records import Edit
from runtime_web.app import create_app
from runtime_web.settings import Settings
from tests.ready import ready_database
from tests.runtime_web.seen import seen
from tests.runtime_web.visitor import PASSWORD, SECRET, Site

PARCELS: dict[str, Any] = {
    "kartoteka": 1,
    "name": "parcels",
    "language": "en",
    "entities": {
        "parcel": {
            "fields": {
                "name": {"type": "text", "required": True},
                "street": {"type": "text"},
                "price": {"type": "money", "currency": "EUR"},
                "note": {"type": "text"},
                "closed": {"type": "boolean"},
                "boxes": {"type": "lines", "of": "box"},
            },
            "card": [
                {
                    "tab": "Parcel",
                    "sections": [
                        {"columns": [["name", "street"], ["price"], ["note", "closed"]], "widths": [2, 1, 1]},
                        {"lines": "boxes"},
                    ],
                }
            ],
            "cards": {
                "closing": {
                    "where": "closed",
                    "tabs": [{"tab": "Closed", "sections": [{"columns": ["name", "note", "closed"]}]}],
                },
                "driving": {
                    "roles": ["driver"],
                    "tabs": [
                        {"tab": "Route", "sections": [{"columns": ["street"]}]},
                        {"tab": "Note", "visible_if": "NOT ISBLANK(street)", "sections": [{"columns": ["note"]}]},
                    ],
                },
            },
        },
        "box": {"kind": "child", "fields": {"weight": {"type": "integer"}}},
    },
    "roles": {
        "office": {"grants": [{"entity": "parcel", "can": ["read", "create", "update", "print"]}]},
        "driver": {"grants": [{"entity": "parcel", "can": ["read", "create", "update"]}]},
        "porter": {
            "grants": [{"entity": "parcel", "can": ["read"], "fields": {"closed": "hidden", "price": "hidden"}}]
        },
    },
}


GETS = (
    ("office", 1, {"Street", "Price", "Boxes"}, {"Route"}),
    ("office", 2, {"Note", "Lost"}, {"Street", "Price", "Boxes"}),
    ("driver", 1, {"Route", "Street", "Note"}, {"Price", "Boxes"}),
    # The first card that fits: that a parcel is closed comes before who drives it.
    ("driver", 2, {"Lost"}, {"Street", "Route"}),
    # Who may not know that it is closed gets the card that says nothing of it.
    ("porter", 2, {"Street", "Boxes"}, {"Price", "Route"}),
    # Administrators arrange cards for others; theirs are those that everybody has.
    ("ana", 1, {"Street", "Price", "Boxes"}, {"Route"}),
)
"""Who looks at which parcel, what stands there, and what does not."""


def open_parcels(url: str, folder: Path) -> Site:
    wanted = Configuration.model_validate(PARCELS)
    ready_database(url, wanted).close()
    settings = Settings(database_url=url, configuration=wanted, files=folder, secret_key=SECRET, testing=True)
    site = Site(create_app(settings))
    for login in ("office", "driver", "porter"):
        site.workspace.people.add(login, login.title(), roles=(login,), password=PASSWORD)
    site.workspace.people.add("ana", "Ana", administrator=True, roles=("driver",), password=PASSWORD)
    site.records.create("parcel", Edit({"name": "Lamp", "street": "Hill 1", "note": "Fragile", "closed": False}))
    site.records.create("parcel", Edit({"name": "Sofa", "note": "Lost", "closed": True}))
    return site


@pytest.fixture
def parcels(tmp_path: Path, sqlite_url: str) -> Iterator[Site]:
    site = open_parcels(sqlite_url, tmp_path / "files")
    yield site
    site.workspace.database.close()


def test_each_gets_the_first_card_that_fits(tmp_path: Path, database_url: str) -> None:
    site = open_parcels(database_url, tmp_path / "files")
    for login, parcel, there, not_there in GETS:
        found = seen(site.visitor(login).get(f"/records/parcel/{parcel}").text).text
        assert {word for word in there if word not in found} == set(), (login, parcel)
        assert {word for word in not_there if word in found} == set(), (login, parcel)
    site.workspace.database.close()


def test_a_new_record_has_a_card_on_which_it_can_be_saved(parcels: Site) -> None:
    """The driver's has no name, without which nobody could save."""
    assert "f-name" in parcels.visitor("driver").get("/records/parcel/new").text


def test_a_form_keeps_its_card_until_it_is_saved_and_what_is_not_on_it_stays(parcels: Site) -> None:
    driver = parcels.visitor("driver")
    form = dict(seen(driver.get("/records/parcel/1/edit").text).form)
    assert (form["_layout"], "name" in form, "price" in form) == (["driving"], False, False)
    again = driver.post("/records/parcel/1", {**form, "note": "x" * 5000}, token=driver.token("/keys"))
    assert again.status_code == 422
    assert 'name="_layout" value="driving"' in again.text
    driver.post("/records/parcel/1", {**form, "street": "Hill 2"}, token=driver.token("/keys"))
    values = parcels.records.get("parcel", 1).values
    assert (values["street"], values["name"], values["note"]) == ("Hill 2", "Lamp", "Fragile")


def test_an_invented_card_is_the_usual_one(parcels: Site) -> None:
    driver = parcels.visitor("driver")
    form = {**seen(driver.get("/records/parcel/new").text).form, "_layout": "nonsense", "name": ""}
    assert "f-name" in driver.post("/records/parcel/new", form, token=driver.token("/keys")).text


def test_tabs_of_another_card_follow_what_is_typed(parcels: Site) -> None:
    driver = parcels.visitor("driver")
    page = driver.get("/records/parcel/1/edit").text
    assert 'data-shown-if="driving:1"' in page
    form = {**seen(page).form, "street": ""}
    answer = driver.client.post("/records/parcel/1/preview", data={**form, "csrf_token": driver.token("/keys")})
    assert "driving:1" in answer.get_json()["hidden"]


def test_columns_are_as_wide_as_they_say(parcels: Site) -> None:
    page = parcels.visitor("office").get("/records/parcel/1").text
    spans = [part.split('"')[0] for part in page.split("card-span-")[1:]]
    assert spans == ["6", "3", "3"]
