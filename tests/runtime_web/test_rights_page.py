"""The page that shows what each role may do: what it says is what holds."""

from __future__ import annotations

import html
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.runtime_web.seen import seen
from tests.runtime_web.trade import open_trade
from tests.runtime_web.visitor import Site


@pytest.fixture
def trade(tmp_path: Path, sqlite_url: str) -> Iterator[Site]:
    site = open_trade(sqlite_url, tmp_path / "files")
    yield site
    site.workspace.database.close()


def table(site: Site, entity: str) -> dict[str, list[str]]:
    """The cells of the matrix by what stands at the head of their row; of names that come twice, the first."""
    page = site.visitor("ana").get(f"/rights?entity={entity}").text
    found: dict[str, list[str]] = {}
    for head, *cells in rows(page):
        found.setdefault(head, cells)
    return found


def rows(page: str) -> Iterator[list[str]]:
    import re  # noqa: PLC0415

    for row in re.findall(r"<tr>(.*?)</tr>", page.partition("<tbody>")[2], re.DOTALL):
        cells = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
        yield [" ".join(html.unescape(re.sub(r"<[^>]+>", " ", cell)).split()) for cell in cells]


def test_what_each_role_may_do_with_records(trade: Site) -> None:
    found = table(trade, "order")
    mine = "If manager = USER() and NOT archived"
    assert found["Read"] == ["If NOT archived", mine, "No", 'If status = "paid" and NOT archived', "No"]
    assert found["Delete"] == ["The same as read", "The same as read", "No", "No", "No"]
    assert found["Import"] == ["The same as read", "No", "No", "No", "No"]
    assert table(trade, "product")["Read"] == ["Yes", "Yes", "Yes", "No", "No"]
    assert table(trade, "client")["Change"] == ["Yes", "If manager = USER()", "No", "No", "No"]


def test_what_each_role_may_do_with_fields(trade: Site) -> None:
    found = table(trade, "order")
    assert found["Rebate"][:2] == ["Change", "Read"]
    assert found["Note"][1] == 'Change, if NOT (status = "paid")'
    assert found["Date"][1] == 'Change, if NOT (status = "paid")'
    assert found["Total"] == ["Read", "Read", "Hidden", "Read", "Hidden"]
    assert found["Margin"][1] == "Hidden because it is made of “Order line: Cost”"
    assert found["Margin"][3] == "Read"  # published
    assert found["Cost"][:2] == ["Change", "Hidden"]
    client = table(trade, "client")
    assert client["Secret"] == ["Change", "Hidden", "Hidden", "Hidden", "Hidden"]
    assert "because it is made of" in client["Turnover"][1]


def test_it_is_for_administrators_and_entities_of_their_own(trade: Site) -> None:
    assert trade.visitor("ann").get("/rights").status_code == 403
    assert trade.visitor("flo").get("/rights").status_code == 200
    ana = trade.visitor("ana")
    assert 'aria-current="page">Client' in ana.get("/rights").text
    for name in ("nonsense", "order_line"):
        assert ana.get(f"/rights?entity={name}").status_code == 404


def test_without_roles_it_says_so(site: Site) -> None:
    assert (
        "everybody who is signed in sees and changes everything" in seen(site.visitor("ana").get("/rights").text).text
    )
