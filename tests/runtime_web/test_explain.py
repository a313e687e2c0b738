"""The page that says how a value is computed: labels, values, records and links, in the reader's language."""

from __future__ import annotations

import copy
import datetime as dt
import html
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from engine.model import Configuration
from engine.records import Edit, LineEdit
from tests.browser.company import new_company
from tests.computed import TRADE
from tests.runtime_web.visitor import Site


@pytest.fixture
def trade(tmp_path: Path) -> Iterator[Site]:
    tree = copy.deepcopy(TRADE)
    fields = tree["entities"]["order"]["fields"]
    fields["total"]["label"] = {"en": "Total", "ru": "Итого"}
    fields["home"] = {"type": "money", "currency": "USD", "formula": 'CONVERT(total; "USD"; date)'}
    fields["state"] = {"type": "text", "formula": 'IF(settled; "done"; city)'}
    described = Configuration.model_validate(tree)
    site = new_company(tmp_path, described)
    yield site
    site.workspace.database.close()


@pytest.fixture
def order(trade: Site) -> int:
    client = trade.records.create("client", Edit({"name": "Ann <b>", "discount": Decimal("0.1")})).id
    saw = trade.records.create("product", Edit({"name": "Saw", "price": Decimal(1234)})).id
    line = LineEdit(None, {"product": saw, "quantity": Decimal(3)}, key="1")
    edit = Edit({"client": client, "date": dt.date(2026, 3, 1)}, lines={"lines": (line,)})
    return trade.records.create("order", edit).id


def text(page: str) -> str:
    """The words of a page's content."""
    main = page.partition('<main id="main"')[2].partition("</main>")[0] or page
    words = re.sub(r"<(svg|title).*?</\1>", "", main, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", words)).split())


def explained(site: Site, path: str, login: str = "ben") -> str:
    answer = site.visitor(login).get(path)
    assert answer.status_code == 200, answer.text
    return answer.text


def test_a_card_leads_to_it(trade: Site, order: int) -> None:
    page = explained(trade, f"/records/order/{order}")
    assert f'href="/records/order/{order}/explain/total"' in page
    assert "explain/date" not in page
    assert "/explain/" not in explained(trade, f"/records/order/{order}/edit")


def test_it_shows_the_formula_and_its_parts(trade: Site, order: int) -> None:
    page = explained(trade, f"/records/order/{order}/explain/total")
    assert "4,031.48 € net + vat" in text(page)
    assert f'href="/records/order/{order}/explain/net"' in page
    rows = explained(trade, f"/records/order/{order}/explain/net")
    assert "Lines 1 row Saw 3,331.80 €" in text(rows)
    assert "Extra 0 rows" in text(rows)
    assert "/records/order_line/1/explain/amount" in rows


def test_lookups_link_to_their_records_and_blanks_are_said(trade: Site, order: int) -> None:
    page = explained(trade, "/records/order_line/1/explain/amount")
    said = text(page)
    assert "Product › Price Saw 1,234.00 €" in said
    assert "Order › Client › Discount Ann <b> 10%" in said
    assert "Price blank counts as 0" in said
    assert 'href="/records/product/1"' in page
    assert f'href="/records/order/{order}"' in page
    assert "Ann &lt;b&gt;" in page


def test_it_speaks_the_language_of_the_reader(trade: Site, order: int) -> None:
    ben = trade.visitor("ben")
    ben.post("/preferences", {"language": "ru", "next": "/"})
    page = text(ben.get(f"/records/order/{order}/explain/debt").text)
    assert "Итого 4 031,48 €" in page.replace("\u202f", " ").replace("\u00a0", " ")


def test_an_error_stands_where_it_arose_with_what_to_do(trade: Site, order: int) -> None:
    page = text(explained(trade, f"/records/order/{order}/explain/home"))
    assert "#N/A No exchange rate is known for that day." in page
    empty = trade.records.create("order", Edit({})).id
    page = text(explained(trade, f"/records/order/{empty}/explain/share"))
    assert "#DIV/0! The divisor is zero or blank." in page


def test_what_was_not_needed_is_said(trade: Site, order: int) -> None:
    empty = trade.records.create("order", Edit({})).id
    assert "City not needed" in text(explained(trade, f"/records/order/{empty}/explain/state"))


def test_a_dialog_gets_it_without_the_page_around(trade: Site, order: int) -> None:
    part = trade.visitor("ben").get(f"/records/order/{order}/explain/total", headers={"HX-Request": "true"}).text
    assert "<html" not in part
    assert 'id="explained-title"' in part


def test_there_is_nothing_to_explain_about_other_things(trade: Site, order: int) -> None:
    ben = trade.visitor("ben")
    for path in (f"order/{order}/explain/date", f"order/{order}/explain/x", "order/77/explain/total", "x/1/explain/y"):
        assert ben.get(f"/records/{path}").status_code == 404, path
