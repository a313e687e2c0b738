"""Printing: a list on paper is what the screen and an export say, and only for those who may print."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.records import Edit
from runtime_web.grouped import printing
from tests.runtime_web.seen import seen
from tests.runtime_web.test_card import add
from tests.runtime_web.test_layouts import open_parcels
from tests.runtime_web.visitor import Site, Visitor

WORDS = ("Oslo 2", "Turku 1", "Anna", "Bob", "Carl")
"""What lines begin with on paper."""


def rows(visitor: Visitor, path: str) -> list[list[str]]:
    """The cells of the records of a page."""
    return [row for row in seen(visitor.get(path).text).rows if any(row)]


def test_screen_paper_and_file_hold_the_same_rows_in_the_same_order(any_site: Site) -> None:
    for name, city in (("Anna", "Oslo"), ("Bob", "Turku"), ("Carl", "Oslo"), ("Dora", "Oslo"), ("Ēvalds", "Oslo")):
        add(any_site, "client", name=name, city=city)
    visitor = any_site.visitor("ben")
    asked = "?q=o&f=city:equals:Oslo&sort=-name"
    names = ["Ēvalds", "Dora", "Carl", "Anna"]
    on_screen, on_paper = (
        [row for row in rows(visitor, f"/records/client{part}{asked}") if "Oslo" in row] for part in ("", "/print")
    )
    assert [next(cell for cell in row if cell in names) for row in on_screen] == names
    assert [[cell for cell in row if cell] for row in on_screen] == [[cell for cell in row if cell] for row in on_paper]
    file = visitor.get(f"/records/client/export{asked}&format=csv").data.decode("utf-8-sig")
    assert [row["Name"] for row in csv.DictReader(io.StringIO(file))] == names
    page = seen(visitor.get(f"/records/client/print{asked}").text)
    assert "“o”; City: Oslo" in page.text.replace("\n", " ")
    assert "for Ben Virtanen" in page.text


def test_what_stood_on_several_pages_is_printed_whole(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(30):
        add(site, "client", name=f"Client {number:02}")
    visitor = site.visitor("ben")
    assert len(rows(visitor, "/records/client/print?size=10&page=2&sort=name")) >= 30
    assert "The first" not in visitor.get("/records/client/print").text
    monkeypatch.setattr(printing, "MOST", 12)
    assert "The first 12 of 30 records." in visitor.get("/records/client/print").text


def test_groups_stand_above_their_records_and_totals_below_all(any_site: Site) -> None:
    for name, city in (("Anna", "Oslo"), ("Bob", "Turku"), ("Carl", "Oslo")):
        add(any_site, "client", name=name, city=city)
    visitor = any_site.visitor("ben")
    asked = "?group=city&sort=name&totals=city:count"
    said = [" ".join(" ".join(row).split()) for row in rows(visitor, f"/records/client/print{asked}")]
    order = [next((word for word in WORDS if line.startswith(word)), "") for line in said]
    assert [word for word in order if word] == ["Oslo 2", "Anna", "Carl", "Turku 1", "Bob"]
    foot = visitor.get(f"/records/client/print{asked}").text.split('class="totals-row"')[1].split("</tr>")[0]
    assert ">Total<" in foot
    assert ">3<" in foot


@pytest.fixture
def parcels(tmp_path: Path, sqlite_url: str) -> Iterator[Site]:
    site = open_parcels(sqlite_url, tmp_path / "files")
    yield site
    site.workspace.database.close()


def test_who_may_not_print_has_no_way_to(parcels: Site) -> None:
    parcels.records.create("parcel", Edit({"name": "Chair"}))
    for login, may in (("office", True), ("porter", False)):
        visitor = parcels.visitor(login)
        assert visitor.get("/records/parcel/print").status_code == (200 if may else 403)
        assert ("/records/parcel/print" in visitor.get("/records/parcel").text) is may
        assert ("data-print>" in visitor.get("/records/parcel/1").text) is may


def test_a_list_that_nobody_has_is_not_printed(site: Site) -> None:
    assert site.visitor("ben").get("/records/nonsense/print").status_code == 404
