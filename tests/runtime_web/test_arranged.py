"""Lists that are no tables: boards, calendars, galleries and trees, what they show to whom, and moving records in them."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from markupsafe import Markup
from PIL import Image

from engine.files import Files
from engine.model import Configuration
from engine.records import Edit
from engine.rights import SYSTEM
from runtime_web.app import create_app
from runtime_web.arranged import calendar as calendar_module
from runtime_web.arranged import kanban as kanban_module
from runtime_web.arranged import tree as tree_module
from runtime_web.settings import Settings
from runtime_web.views.arranged import Slip
from tests.ready import ready_database
from tests.runtime_web.seen import data_rows, seen
from tests.runtime_web.visitor import PASSWORD, SECRET, Site, Visitor

PART = {"HX-Request": "true", "HX-Target": "div#list"}
WORKSHOP: dict[str, Any] = {
    "kartoteka": 1,
    "name": "workshop",
    "timezone": "Europe/Helsinki",
    "week_starts": "monday",
    "entities": {
        "job": {
            "fields": {
                "name": {"type": "text", "required": True},
                "state": {
                    "type": "choice",
                    "options": ["new", {"value": "doing", "label": "In work", "color": "blue"}, "done"],
                    "readonly_if": 'state = "done"',
                },
                "owner": {"type": "user"},
                "begins": {"type": "date"},
                "ends": {"type": "date"},
                "visit": {"type": "datetime"},
                "due": {"type": "date", "formula": "begins + 14"},
                "result": {"type": "text", "required_if": 'state = "done"'},
                "above": {"type": "reference", "to": "job", "on_delete": "clear"},
                "photo": {"type": "image"},
                "secret": {"type": "text"},
                "cost": {"type": "money", "currency": "EUR"},
            },
            "views": {
                "all": {"columns": ["name", "state", "begins"], "sort": ["name"]},
                "board": {"kind": "kanban", "by": "state", "columns": ["name", "state", "begins"], "sort": ["name"]},
                "money": {"kind": "kanban", "by": "state", "columns": ["name", "cost"], "totals": {"cost": "sum"}},
                "open": {
                    "kind": "kanban",
                    "by": "state",
                    "columns": ["name"],
                    "where": 'state <> "done"',
                    "sort": ["name"],
                },
                "days": {"kind": "calendar", "by": "begins", "until": "ends", "columns": ["name", "state"]},
                "visits": {"kind": "calendar", "by": "visit", "columns": ["name"]},
                "due": {"kind": "calendar", "by": "due", "columns": ["name"]},
                "photos": {"kind": "gallery", "by": "photo", "columns": ["name", "state"], "sort": ["name"]},
                "unfinished": {
                    "kind": "tree",
                    "by": "above",
                    "columns": ["name"],
                    "where": 'state <> "done"',
                    "sort": ["name"],
                },
                "parts": {"kind": "tree", "by": "above", "columns": ["name", "state"], "sort": ["name"]},
            },
        }
    },
    "roles": {
        "worker": {
            "grants": [
                {"entity": "job", "can": ["read", "create"], "fields": {"secret": "hidden"}},
                {"entity": "job", "can": ["update"], "where": "owner = USER()", "fields": {"visit": "readonly"}},
            ]
        },
        "blind": {
            "grants": [
                {
                    "entity": "job",
                    "can": ["read"],
                    "fields": dict.fromkeys(("state", "begins", "above", "photo"), "hidden"),
                }
            ]
        },
    },
}
BEN = 2


@pytest.fixture
def shop(database_url: str, tmp_path: Path) -> Iterator[Site]:
    """A workshop with jobs, on each database: ana administers, ben works, cara sees neither states nor dates."""
    configuration = Configuration.model_validate(WORKSHOP)
    ready_database(database_url, configuration).close()
    wanted = Settings(
        database_url=database_url, configuration=configuration, files=tmp_path, secret_key=SECRET, testing=True
    )
    site = Site(create_app(wanted))
    people = site.workspace.people
    people.add("ana", "Ana Popa", administrator=True, password=PASSWORD)
    people.add("ben", "Ben Virtanen", roles=["worker"], password=PASSWORD)
    people.add("cara", "Cara Moss", roles=["blind"], password=PASSWORD)
    yield site
    site.workspace.database.close()


def job(site: Site, name: str, **values: Any) -> int:
    return site.records.create("job", Edit({"name": name, **values})).id


def column(page: str, place: str) -> list[str]:
    """The titles in one place of a board or calendar."""
    found = re.search(rf'data-place="{place}">(.*?)</ol>', page, re.DOTALL)
    assert found, place
    return re.findall(r'class="slip-title"[^>]*>([^<]*)</a>', found[1])


def toasts(page: str) -> list[str]:
    return [
        " ".join(text.split()) for text in re.findall(r"<div class=\"toast-note.*?<span>(.*?)</span>", page, re.DOTALL)
    ]


def move(who: Visitor, record: int, view: str, to: str, was: str, **more: Any) -> str:
    answer = who.post(f"/records/job/{record}/move?view={view}", {"to": to, "was": was}, headers=PART, **more)
    assert answer.status_code == 200, answer.text
    return answer.text


def test_a_board_has_a_column_for_each_value_with_its_count(shop: Site) -> None:
    for name, state in (("Axe", "new"), ("Bow", "doing"), ("Cup", "new"), ("Die", None)):
        job(shop, name, state=state)
    ana = shop.visitor("ana")
    page = ana.get("/records/job?view=board").text
    assert [column(page, place) for place in ("", "new", "doing", "done")] == [["Die"], ["Axe", "Cup"], ["Bow"], []]
    heads = re.findall(r'<h2 id="column-\d+">(.*?)</h2><span class="muted number">(.*?)</span>', page)
    assert [(re.sub("<.*?>", "", label), count) for label, count in heads] == [
        ("Blank", "1"),
        ("New", "2"),
        ("In work", "1"),
        ("Done", "0"),
    ]
    assert 'href="/records/job/new?state=doing"' in page
    assert "4 records" in seen(page).text
    narrowed = ana.get("/records/job?view=board&q=cup").text
    assert column(narrowed, "new") == ["Cup"]
    assert column(narrowed, "doing") == []
    assert "Nothing matches" in ana.get("/records/job?view=board&q=zebra").text


def test_a_board_adds_up_its_columns(shop: Site) -> None:
    for name, state, cost in (("Axe", "new", 7), ("Bow", "doing", 1200), ("Cup", "new", None), ("Die", None, 3)):
        job(shop, name, state=state, cost=None if cost is None else Decimal(cost))
    ana = shop.visitor("ana")

    def totals(query: str = "") -> list[str]:
        page = ana.get(f"/records/job?view=money{query}").text
        return re.findall(r'<div title="Sum"><dt>Cost</dt><dd>(.*?)</dd>', page)

    assert totals() == ["3.00 €", "7.00 €", "1,200.00 €"]
    assert totals("&q=axe") == ["7.00 €"]
    assert totals("&totals=none") == []


def test_a_long_column_shows_more_when_asked(shop: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kanban_module, "SHOWN", 2)
    for number in range(5):
        job(shop, f"Job {number}", state="new")
    ana = shop.visitor("ana")
    page = ana.get("/records/job?view=board").text
    assert column(page, "new") == ["Job 0", "Job 1"]
    more = re.search(r'<p class="kanban-more" data-parts><a href="(.*?)"', page)
    assert more is not None
    assert column(ana.get(more[1].replace("&amp;", "&")).text, "new") == [f"Job {number}" for number in range(4)]


def test_a_record_is_moved_under_the_same_rights_and_checks(shop: Site) -> None:
    mine, theirs = job(shop, "Mine", state="new", owner=BEN), job(shop, "Theirs", state="new", owner=1)
    ben = shop.visitor("ben")
    page = ben.get("/records/job?view=board").text
    assert f'data-move-url="/records/job/{mine}/move' in page
    assert f'data-move-url="/records/job/{theirs}/move' not in page
    done = move(ben, mine, "board", "doing", "new")
    assert column(done, "doing") == ["Mine"]
    assert toasts(done) == ["“Mine” was moved to In work."]
    assert shop.records.get("job", mine).values["state"] == "doing"
    refused = move(ben, mine, "board", "done", "doing")
    assert column(refused, "doing") == ["Mine"]
    assert toasts(refused) == ["“Mine” stays where it was. Result: This field must be filled in."]
    assert toasts(move(ben, theirs, "board", "doing", "new"))[0].startswith("“Theirs” stays where it was.")
    assert shop.records.get("job", theirs).values["state"] == "new"
    assert ben.get(f"/records/job/{theirs}/move?view=board").status_code == 403
    assert toasts(move(ben, mine, "board", "nonsense", "doing"))
    late = move(ben, mine, "board", "doing", "new")
    assert toasts(late) == ["Somebody else has moved “Mine” meanwhile. It stands where they put it."]
    shop.records.update("job", mine, Edit({"state": "done", "result": "x"}))
    assert f'data-move-url="/records/job/{mine}/move' not in ben.get("/records/job?view=board").text


def test_a_move_is_undone_and_works_without_a_script(shop: Site) -> None:
    mine = job(shop, "Mine", state="new", owner=BEN)
    ben = shop.visitor("ben")
    form = ben.get(f"/records/job/{mine}/move?view=board").text
    assert re.findall(r'<button name="to" value="(\w*)"( disabled)?', form) == [
        ("", ""),
        ("new", " disabled"),
        ("doing", ""),
        ("done", ""),
    ]
    answer = ben.post(f"/records/job/{mine}/move?view=board&q=mine", {"to": "doing", "was": "new"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/records/job?view=board&q=mine")
    undo = re.search(r'action="(/records/job/\d+/move[^"]*was=doing[^"]*)"', ben.get("/records/job?view=board").text)
    assert undo is not None
    ben.post(undo[1].replace("&amp;", "&"))
    assert shop.records.get("job", mine).values["state"] == "new"
    assert ben.get(f"/records/job/{mine}/move?view=all").status_code == 404
    assert ben.get("/records/job/99/move?view=board").status_code == 404


def test_a_record_that_leaves_the_view_by_moving_is_gone_from_it(shop: Site) -> None:
    one = job(shop, "One", state="doing", result="x")
    page = move(shop.visitor("ana"), one, "open", "done", "doing")
    assert "One</a>" not in page
    assert toasts(page) == ["“One” was moved to Done."]


def test_a_calendar_shows_days_of_a_month_and_what_lasts_longer_in_each(shop: Site) -> None:
    job(shop, "Long", begins=dt.date(2026, 10, 30), ends=dt.date(2026, 11, 3))
    job(shop, "Short", begins=dt.date(2026, 11, 3))
    job(shop, "Past", begins=dt.date(2026, 9, 3), ends=dt.date(2026, 9, 4))
    job(shop, "Never")
    job(shop, "Ends too soon", begins=dt.date(2026, 11, 20), ends=dt.date(2026, 9, 1))
    ana = shop.visitor("ana")
    page = ana.get("/records/job?view=days&at=2026-11").text
    assert '<h2 aria-live="polite">November 2026</h2>' in page
    days = {day: titles for day in re.findall(r'data-place="([\d-]+)"', page) if (titles := column(page, day))}
    assert days == {
        **{f"2026-10-{day}": ["Long"] for day in (30, 31)},
        **{f"2026-11-0{day}": ["Long"] for day in (1, 2)},
        "2026-11-03": ["Long", "Short"],
        "2026-11-20": ["Ends too soon"],
    }
    assert min(re.findall(r'data-place="([\d-]+)"', page)) == "2026-10-26"
    assert page.count('id="r1"') == 1
    assert 'href="/records/job?view=days&amp;at=2026-10"' in page
    week = ana.get("/records/job?view=days&at=2026-11-04").text
    assert re.findall(r'data-place="([\d-]+)"', week) == [f"2026-11-0{day}" for day in range(2, 9)]
    assert "2–8 Nov 2026" in seen(week).text
    assert column(ana.get("/records/job?view=days&at=2026-11-16").text, "2026-11-20") == ["Ends too soon"]
    assert re.search(r'<h2 aria-live="polite">\w+ \d{4}</h2>', ana.get("/records/job?view=days&at=0000-13").text)


def test_a_full_day_says_how_many_more_there_are(shop: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(9):
        job(shop, f"Job {number}", begins=dt.date(2026, 11, 3))
    job(shop, "Later", begins=dt.date(2026, 11, 20), ends=dt.date(2026, 11, 21))
    ana = shop.visitor("ana")
    pages = [ana.get("/records/job?view=days&at=2026-11").text]
    monkeypatch.setattr(calendar_module, "IN_ALL", 5)
    pages.append(ana.get("/records/job?view=days&at=2026-11").text)
    for page in pages:
        assert len(column(page, "2026-11-03")) == 4
        assert re.search(r'<a href="/records/job\?view=days&amp;at=2026-11-03">5 more</a>', page)
        assert column(page, "2026-11-21") == ["Later"]
    assert len(column(ana.get("/records/job?view=days&at=2026-11-03").text, "2026-11-03")) == 9


def test_a_month_knows_the_chosen_day_without_any_script(shop: Site) -> None:
    shop.records.create("job", Edit({"name": "One", "begins": dt.date(2020, 5, 12)}))
    ana = shop.visitor("ana")
    chosen = re.compile(r'<a id="day-([0-9-]+)" href="([^"]+)" aria-label="([^"]+)" aria-current="true">')
    # Where nobody has chosen a day and today is not among them, it is the first on which there is something.
    [(day, url, said)] = chosen.findall(ana.get("/records/job?view=days&at=2020-05").text)
    assert (day, said) == ("2020-05-12", "Tue 12 May, 1 record")
    assert url == "/records/job?view=days&amp;at=2020-05.12"
    [(day, _, said)] = chosen.findall(ana.get("/records/job?view=days&at=2020-05.20").text)
    assert (day, said) == ("2020-05-20", "Wed 20 May, 0 records")
    assert not chosen.findall(ana.get("/records/job?view=days&at=2020-05-12").text), "a week shows all its days"
    assert 'datetime="2020-05-01"' not in ana.get("/records/job?view=days&at=2020-05.32").text, "there is no such day"


def test_moving_in_a_calendar_keeps_length_and_time(shop: Site) -> None:
    visit = dt.datetime(2026, 10, 24, 9, 30, tzinfo=dt.UTC)
    one = job(shop, "One", owner=BEN, begins=dt.date(2026, 11, 2), ends=dt.date(2026, 11, 4), visit=visit)
    ben, ana = shop.visitor("ben"), shop.visitor("ana")
    move(ben, one, "days", "2026-11-10", "2026-11-02")
    values = shop.records.get("job", one).values
    assert (values["begins"], values["ends"]) == (dt.date(2026, 11, 10), dt.date(2026, 11, 12))
    assert "data-move-url" not in ben.get("/records/job?view=visits&at=2026-10").text
    page = ana.get("/records/job?view=visits&at=2026-10").text
    assert 'class="entry-time">12:30</span>' in page
    # Clocks go back on the 25th: half past twelve stays half past twelve.
    move(ana, one, "visits", "2026-10-26", "2026-10-24")
    assert shop.records.get("job", one).values["visit"] == dt.datetime(2026, 10, 26, 10, 30, tzinfo=dt.UTC)
    assert "data-move-url" not in ana.get("/records/job?view=due&at=2026-11").text
    assert column(ana.get("/records/job?view=due&at=2026-11").text, "2026-11-24") == ["One"]
    assert toasts(move(ana, one, "days", "someday", "2026-11-10"))
    assert toasts(move(ana, one, "days", "9999-12-31", "2026-11-10"))


def test_a_gallery_shows_the_first_picture(shop: Site, tmp_path: Path) -> None:
    files = Files(shop.workspace.database, shop.workspace.tables, tmp_path, SYSTEM)
    picture = files.store("job", "photo", "dot.png", dot()).id
    job(shop, "One", photo=(picture,))
    job(shop, "Two")
    ana = shop.visitor("ana")
    page = ana.get("/records/job?view=photos").text
    assert re.findall(r'gallery-item">\s*<(img src="/files/\d+/thumb/480"|span class="gallery-none")', page) == [
        f'img src="/files/{picture}/thumb/480"',
        'span class="gallery-none"',
    ]
    assert "1 to 2 of 2" in seen(page).text
    assert seen(ana.get("/records/job?view=photos&page=9").text).text.count("One") >= 1


def test_a_tree_opens_branch_by_branch(shop: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    house = job(shop, "House")
    roof, wall = job(shop, "Roof", above=house), job(shop, "Wall", above=house)
    job(shop, "Tile", above=roof)
    job(shop, "Yard")
    ana = shop.visitor("ana")

    def names(query: str) -> list[str]:
        return [row[0] for row in data_rows(ana.get(f"/records/job?view=parts{query}").text)]

    assert names("") == ["House", "Roof", "Wall", "Yard"]
    assert names("&at=0") == ["House", "Yard"]
    page = ana.get(f"/records/job?view=parts&at={house}.{roof}").text
    assert [row[0] for row in data_rows(page)] == ["House", "Roof", "Tile", "Wall", "Yard"]
    assert re.findall(r'data-level="(\d)"', page) == ["0", "1", "2", "1", "0"]
    toggles = re.findall(r'id="b(\d+)" href="([^"]+)" role="button" aria-expanded="(\w+)"', page)
    assert toggles == [
        (str(house), f"/records/job?view=parts&amp;at={roof}", "true"),
        (str(roof), f"/records/job?view=parts&amp;at={house}", "true"),
    ]
    assert names("&q=tile") == ["House › Roof ›Tile"]
    assert names("&sort=-name") == ["Yard", "House", "Wall", "Roof"]
    # What stands below a record that the view leaves out stands on top.
    shop.records.update("job", house, Edit({"state": "done", "result": "x"}))
    rows = data_rows(ana.get("/records/job?view=unfinished").text)
    assert [row[0] for row in rows] == ["Roof", "Tile", "Wall", "Yard"]
    monkeypatch.setattr(tree_module, "FEW", 1)
    assert names("") == ["House", "Yard"]
    shop.records.delete("job", [wall])
    assert names(f"&at={house}") == ["House", "Roof", "Yard"]


def test_a_view_is_not_there_for_whoever_may_not_read_what_lays_it_out(shop: Site) -> None:
    job(shop, "One", state="new", begins=dt.date(2026, 11, 3))
    page = shop.visitor("cara").get("/records/job?view=board").text
    assert "data-place" not in page
    assert "Part of this address is not known here" in page
    assert re.findall(r'href="/records/job\?view=(\w+)"', page) == ["visits"]


def test_an_export_of_a_board_has_its_columns(shop: Site) -> None:
    job(shop, "One", state="doing")
    text = shop.visitor("ana").get("/records/job/export?format=csv&view=board").text
    assert text.lstrip("\ufeff").splitlines() == ["Name,State,Begins", "One,In work,"]


def dot() -> io.BytesIO:
    """A picture."""
    out = io.BytesIO()
    Image.new("RGB", (8, 6), "#2a62b8").save(out, "PNG")
    out.seek(0)
    return out


def test_what_lasts_all_week_keeps_its_places_whatever_else_there_is() -> None:
    week = tuple(dt.date(2026, 11, 2) + dt.timedelta(number) for number in range(7))
    long = [calendar_module.Dated(Slip(number, Markup(""), ""), week[0], week[-1], "") for number in range(1500)]
    short = [calendar_module.Dated(Slip(number, Markup(""), ""), week[3], week[3], "") for number in range(1500, 3000)]
    slots = calendar_module.slots_of([*short, *long], week)
    assert [len(slots[day]) for day in week] == [1500, 1500, 1500, 3000, 1500, 1500, 1500]
    assert slots[week[3]][:1500] == slots[week[0]] == long


def test_a_tree_says_how_much_of_it_is_not_shown(shop: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(5):
        job(shop, f"Top {number}")
    ana = shop.visitor("ana")
    assert "The first" not in ana.get("/records/job?view=parts").text
    monkeypatch.setattr(tree_module, "WIDEST", 3)
    page = ana.get("/records/job?view=parts").text
    assert "Top 2" in page
    assert "Top 3" not in page
    assert "The first 3 of 5 records." in page
    for number in range(4):
        job(shop, f"Part {number}", above=1)
    page = ana.get("/records/job?view=parts&at=1").text
    assert "Part 2" in page
    assert "Part 3" not in page
    assert "The first 3 of 4 records." in page


def test_records_in_a_circle_stand_on_top_once_and_say_so(shop: Site) -> None:
    """They are from before the view; a save would not close a circle."""
    for name in ("Hen", "Egg", "Nest", "Straw", "Tail"):
        job(shop, name)
    job(shop, "Yard")
    table = shop.records.tables.entities["job"]
    with shop.records.batch() as batch:
        for record_id, to in {1: 2, 2: 3, 3: 1, 4: 3, 5: 5}.items():
            batch.connection.execute(table.update().where(table.c.id == record_id).values(above=to))
    ana = shop.visitor("ana")
    page = ana.get("/records/job?view=parts&at=1.3").text
    assert [row[0] for row in data_rows(page)] == [
        "Hen refers to itself through Egg › Nest",
        "Nest",
        "Egg",
        "Straw",
        "Tail refers to itself",
        "Yard",
    ]
    assert re.findall(r'data-level="(\d)"', page) == ["0", "1", "2", "2", "0", "0"]
    # What has nothing below it but the one on top has nothing to open.
    assert re.findall(r'id="b(\d+)"', page) == ["1", "3"]
    assert data_rows(ana.get("/records/job?view=parts&q=egg").text)[0][0] == "Hen › Nest ›Egg"
    # Once one of them leads elsewhere, they are a tree like others.
    shop.records.update("job", 3, Edit({"above": None}))
    assert "refers to itself through" not in ana.get("/records/job?view=parts").text
