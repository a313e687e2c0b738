"""The table of exchange rates: what an administrator can do there."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable

from engine.model import Configuration
from engine.rates import ExchangeRates, Rate
from engine.rights import SYSTEM
from tests.runtime_web.visitor import Site, Visitor
from tests.shop import SHOP


def rates_of(site: Site) -> tuple[Rate, ...]:
    held = site.workspace
    return ExchangeRates(held.database, held.tables, SYSTEM).page().rates


def add(ana: Visitor, currency: str, date: str, rate: str) -> str:
    answer = ana.post("/rates/new", {"currency": currency, "date": date, "rate": rate})
    return answer.text if answer.status_code == 422 else answer.location


def send(ana: Visitor, text: str, name: str = "rates.csv") -> tuple[int, str]:
    answer = ana.post("/rates/import", {"file": (io.BytesIO(text.encode()), name)})
    return answer.status_code, answer.text


def test_a_rate_is_entered_changed_and_removed(any_site: Site) -> None:
    ana = any_site.visitor("ana")
    assert "No exchange rates yet" in ana.get("/rates").text
    assert add(ana, "usd", "2026-03-01", "0.92") == "/rates"
    page = ana.get("/rates").text
    assert "From 01/03/2026: 1\u00a0USD = 0.92\u00a0EUR" in page
    assert "US Dollar" in page
    assert 'value="0.92"' in ana.get("/rates/USD/2026-03-01").text
    ana.post("/rates/USD/2026-03-01", {"currency": "USD", "date": "2026-03-02", "rate": "0.93"})
    assert [(one.date.day, str(one.rate)) for one in rates_of(any_site)] == [(2, "0.93")]
    ana.post("/rates/USD/2026-03-02/delete")
    assert rates_of(any_site) == ()
    assert 'action="/rates/USD/2026-03-02/restore/0.93"' in ana.get("/rates").text
    ana.post("/rates/USD/2026-03-02/restore/0.93")
    assert [str(one.rate) for one in rates_of(any_site)] == ["0.93"]


def test_what_is_wrong_stands_at_its_field_with_what_was_typed(site: Site) -> None:
    page = add(site.visitor("ana"), "EUR", "", "minus <one>")
    assert "EUR is the currency of the business; its own rate is always 1." in page
    assert "This field must be filled in." in page
    assert "“minus &lt;one&gt;” is not a number." in page
    assert 'value="minus &lt;one&gt;"' in page
    assert rates_of(site) == ()


def test_a_number_is_read_as_the_person_writes_it(site: Site) -> None:
    ana = site.visitor("ana")
    ana.post("/preferences", {"language": "ru", "next": "/rates"})
    add(ana, "USD", "2026-03-01", "0,92")
    assert "1\u00a0USD = 0,92\u00a0EUR" in ana.get("/rates").text


def test_the_table_has_pages(site: Site) -> None:
    ana = site.visitor("ana")
    rows = [f"USD,{dt.date(2026, 1, 1) + dt.timedelta(number)},1" for number in range(60)]
    assert send(ana, "\n".join(["currency,date,rate", *rows]))[0] == 303
    assert 'href="/rates?page=2"' in ana.get("/rates").text
    second = ana.get("/rates?page=2").text
    assert second.count("/delete") == 10
    assert 'href="/rates?page=1"' in second
    assert ana.get("/rates?page=99999999999999999999999").status_code == 200


def test_a_file_is_entered_or_each_wrong_cell_told(site: Site) -> None:
    ana = site.visitor("ana")
    status, page = send(ana, "currency;date;rate\nUSD;2026-03-01;0,92\nUSX;2026-03-01;<b>\n")
    assert status == 422
    assert "Nothing was imported." in page
    assert "&lt;b&gt;" in page
    assert rates_of(site) == ()
    assert send(ana, "currency;date;rate\nUSD;2026-03-01;0.92\n")[0] == 303
    assert "1 rate is entered." in ana.get("/rates").text
    assert send(ana, "price\n1\n")[0] == 422
    assert send(ana, "x", "rates.exe")[0] == 422
    assert send(ana, "", "")[0] == 422


def test_the_template_can_be_imported(site: Site) -> None:
    ana = site.visitor("ana")
    for language in ("en", "ru", "ro", "sq", "fi"):
        ana.post("/preferences", {"language": language, "next": "/rates"})
        assert send(ana, ana.get("/rates/template.csv").text)[0] == 303
    assert [one.currency for one in rates_of(site)] == ["USD"]


def test_it_is_for_administrators(site: Site) -> None:
    ben = site.visitor("ben")
    for path in ("/rates", "/rates/new", "/rates/import", "/rates/template.csv", "/rates/USD/2026-03-01"):
        assert ben.get(path).status_code == 403, path
    assert "/rates" not in ben.get("/").text
    assert 'href="/rates"' in site.visitor("ana").get("/").text


def test_a_rate_that_is_not_there(site: Site) -> None:
    ana = site.visitor("ana")
    assert ana.get("/rates/USD/2026-03-01").status_code == 404
    assert ana.get("/rates/USD/someday").status_code == 404
    assert ana.post("/rates/USD/2026-03-01/delete").status_code == 404


def test_who_keeps_the_rates_by_a_role_does_so(make_site: Callable[..., Site], sqlite_url: str) -> None:
    configuration = Configuration.model_validate({**SHOP, "roles": {"treasurer": {"can": ["rates"]}}})
    site = make_site(sqlite_url, configuration=configuration)
    site.add_people()
    assert site.visitor("ben").get("/rates").status_code == 403
    site.workspace.people.set_roles(2, ["treasurer"])
    ben = site.visitor("ben")
    assert ben.get("/rates").status_code == 200
    assert ben.post("/rates/new", {"currency": "USD", "date": "2026-03-01", "rate": "0.9"}).status_code == 303
    assert "USD" in ben.get("/rates").text
    assert ben.get("/users").status_code == 403
