"""Looking with another's eyes: what they see, nothing more, and nothing can be changed."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from engine.model import Configuration
from tests.guarded import GUARDED, described
from tests.runtime_web.trade import NUMBERS, open_trade
from tests.runtime_web.visitor import Site, Visitor

BANNER = "You see what Ann sees. Nothing can be changed."


@pytest.fixture
def make_trade(tmp_path: Path) -> Iterator[Callable[..., Site]]:
    opened: list[Site] = []

    def make(configuration: Configuration | None = None) -> Site:
        url = f"sqlite:///{(tmp_path / f'{len(opened)}.sqlite').as_posix()}"
        opened.append(open_trade(url, tmp_path / "files", configuration))
        return opened[-1]

    yield make
    for site in opened:
        site.workspace.database.close()


@pytest.fixture
def trade(make_trade: Callable[..., Site]) -> Site:
    return make_trade()


def view(visitor: Visitor, login: str) -> int:
    return visitor.post(f"/view-as/{NUMBERS[login]}").status_code


def test_an_administrator_sees_what_somebody_sees(trade: Site) -> None:
    ana, ann = trade.visitor("ana"), trade.visitor("ann")
    assert BANNER not in ana.get("/").text
    assert view(ana, "ann") == 302
    assert BANNER in ana.get("/").text
    own, viewed = ann.get("/records/order"), ana.get("/records/order")
    assert "0001" in own.text
    assert "0001" in viewed.text
    assert "0002" not in viewed.text
    assert ana.get("/records/order/2").status_code == 404
    assert BANNER in ana.get("/records/order/2").text
    assert ana.get("/users").status_code == 403
    assert "/users" not in ana.get("/").text


def test_nothing_can_be_changed(trade: Site) -> None:
    ana = trade.visitor("ana")
    view(ana, "ann")
    for path in ("/records/order/1", "/records/client/new", "/users/1", "/users/1/password", "/view-as/2"):
        assert ana.post(path, {"name": "Gamma"}).status_code == 403, path
    assert ana.get("/records/order/1/edit").status_code == 403
    assert trade.records.get("client", 1).title == "Alfa"


def test_it_is_written_down_by_whom_it_was_done(trade: Site) -> None:
    ana = trade.visitor("ana")
    view(ana, "ann")
    assert ana.get("/records/order/export").status_code == 403
    with trade.workspace.database.read() as connection:
        found = connection.exec_driver_sql("SELECT event, done_by, subject FROM _audit ORDER BY id DESC").all()
    assert [tuple(row) for row in found[:2]] == [("refused", 7, None), ("view-as", 7, 1)]


def test_one_stops_and_has_ones_own_eyes_again(trade: Site) -> None:
    ana = trade.visitor("ana")
    view(ana, "ann")
    assert ana.post("/view-as/stop").location == "/users/1"
    page = ana.get("/users/1").text
    assert BANNER not in page
    assert "You look with your own eyes again." in page
    assert ana.get("/records/order/2").status_code == 200
    assert ana.post("/view-as/stop").location == "/"


def test_it_is_for_this_session_alone_and_ends_with_it(trade: Site) -> None:
    here, there = trade.visitor("ana"), trade.visitor("ana")
    view(here, "ann")
    assert BANNER not in there.get("/").text
    here.post("/logout")
    here.sign_in("ana")
    assert BANNER not in here.get("/").text


def test_who_may_look_with_whose_eyes(trade: Site) -> None:
    ana, flo, ann = trade.visitor("ana"), trade.visitor("flo"), trade.visitor("ann")
    assert view(ana, "flo") == 302
    ana.post("/view-as/stop")
    assert view(ana, "ana") == 403  # oneself
    assert view(flo, "ana") == 403  # who may more than oneself
    assert view(ann, "eve") == 403  # who is no administrator
    assert ana.post("/view-as/99").status_code == 404
    trade.workspace.people.set_active(NUMBERS["eve"], active=False)
    assert view(ana, "eve") == 403
    assert "/view-as/7" not in flo.get("/users/7").text
    assert "/view-as/1" in ana.get("/users/1").text


def test_an_administrator_by_role_sees_nothing_that_is_hidden_from_them(make_trade: Callable[..., Site]) -> None:
    roles = copy.deepcopy(GUARDED["roles"])
    flo = make_trade().visitor("flo")
    assert view(flo, "ann") == 302
    roles["chief"]["grants"] = [{"entity": "product", "can": ["all"], "fields": {"price": "hidden"}}]
    flo = make_trade(described(roles=roles)).visitor("flo")
    assert view(flo, "eve") == 302
    flo.post("/view-as/stop")
    assert view(flo, "cid") == 302  # from whom the price is hidden too
    flo.post("/view-as/stop")
    assert view(flo, "ann") == 403  # who sees orders
    roles["chief"]["grants"] = roles["manager"]["grants"]
    flo = make_trade(described(roles=roles)).visitor("flo")
    assert view(flo, "ann") == 403  # whose orders are others than Flo's


def test_who_may_no_longer_look_has_their_own_eyes_again(trade: Site) -> None:
    ana = trade.visitor("ana")
    view(ana, "eve")
    token = ana.token("/keys")
    trade.workspace.people.set_active(NUMBERS["eve"], active=False)
    assert ana.post("/records/client/new", {"name": "Gamma"}, token=token).status_code == 403
    assert "You look with your own eyes again." in ana.get("/").text
    assert ana.get("/users").status_code == 200
