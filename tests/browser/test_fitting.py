"""What depends on what: pickers on the form around them, fields and tabs on what is typed, lists on the day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from engine.model import Configuration
from engine.query import Condition, Query
from engine.records import Edit
from tests.browser.company import Company, database_url, open_company
from tests.browser.conftest import Serve, served
from tests.browser.watched import DESK, PHONE, Pages, axe_findings, fits_the_window
from tests.choosing import choosing_configuration
from tests.ready import ready_database
from tests.runtime_web.visitor import Site
from tests.seeming import seeming_configuration

SIZES = pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])


@pytest.fixture(scope="module")
def choosing(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory, serve: Serve, quick_hashes: None
) -> Iterator[Company]:
    """Anna and Bert, and products: one for everybody, one for Anna alone, one that is no longer sold."""
    opened = made(tmp_path_factory, choosing_configuration())
    with served(opened, serve) as company:
        records = company.site.records
        anna = records.create("client", Edit({"name": "Anna"})).id
        records.create("client", Edit({"name": "Bert"}))
        records.create("product", Edit({"name": "Tea", "price": Decimal(5)}))
        records.create("product", Edit({"name": "Cake", "price": Decimal(50), "only_for": anna}))
        records.create("product", Edit({"name": "Old", "price": Decimal(1), "archived": True}))
        yield company


@pytest.fixture(scope="module")
def seeming(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory, serve: Serve, quick_hashes: None
) -> Iterator[Company]:
    """The business whose cards show parts of themselves only under conditions."""
    with served(made(tmp_path_factory, seeming_configuration()), serve) as company:
        yield company


def made(folders: pytest.TempPathFactory, described: Configuration) -> Site:
    folder = folders.mktemp("fitting")
    database = ready_database(database_url(folder), described)
    database.close()
    return open_company(folder, described)


def picker(page: Page, field: str) -> Locator:
    """The text field of a picker; in lines it is made when somebody comes to it."""
    typed = page.locator(f"#{field}-ts-control")
    if not typed.count():
        page.locator(f"#{field}").focus()
    typed.focus()
    return typed


def choose(page: Page, field: str, text: str) -> None:
    """Search as a person does: Enter takes what is found first."""
    picker(page, field)
    page.keyboard.type(text)
    page.keyboard.press("Enter")
    expect(page.locator(f"#{field}")).not_to_have_value("")
    expect(page.locator(f"#{field} option:checked")).to_have_text(text)


def expect_offered(page: Page, field: str, *titles: str) -> None:
    """Open a picker, see what it offers, and leave it."""
    picker(page, field)
    expect(page.locator(f"#{field}-ts-dropdown [role=option]:not(.create)")).to_have_text(list(titles))
    page.keyboard.press("Escape")
    page.locator("h1").click()


@SIZES
def test_a_picker_in_a_line_asks_what_is_chosen_above(pages: Pages, choosing: Company, size: tuple[int, int]) -> None:
    page = choosing.open(pages, "/records/order/new", size=size)
    page.wait_for_load_state()
    choose(page, "f-client", "Anna")
    expect_offered(page, "f-lines-n1-product", "Cake", "Tea")
    choose(page, "f-client", "Bert")
    expect_offered(page, "f-lines-n1-product", "Tea")
    assert axe_findings(page) == []
    assert fits_the_window(page)


def test_what_no_longer_fits_is_refused_with_its_place(pages: Pages, choosing: Company) -> None:
    pages.expect_complaint("422")
    page = choosing.open(pages, "/records/order/new")
    page.wait_for_load_state()
    choose(page, "f-client", "Anna")
    choose(page, "f-lines-n1-product", "Cake")
    page.locator("#f-lines-n1-quantity").fill("1")
    choose(page, "f-client", "Bert")
    page.keyboard.press("Control+s")
    expect(page.locator("#f-lines-n1-product")).to_have_attribute("aria-invalid", "true")
    expect(
        page.get_by_text("“Cake” may not be chosen here; choose one that the list of this field offers.").first
    ).to_be_visible()
    assert axe_findings(page) == []
    choose(page, "f-lines-n1-product", "Tea")
    page.keyboard.press("Control+s")
    expect(page).to_have_url(re.compile(r"/records/order/\d+$"))


@SIZES
def test_an_order_offers_the_persons_of_the_client_above(pages: Pages, company: Company, size: tuple[int, int]) -> None:
    wanted = "SELECT client, count(*) FROM contact_person GROUP BY client HAVING count(*) > 1 ORDER BY client LIMIT 2"
    for number, (client, _) in enumerate(company.rows(wanted)):
        persons = company.rows(f"SELECT name FROM contact_person WHERE client = {client} ORDER BY name")
        name = company.one(f"SELECT name FROM client WHERE id = {client}")
        page = company.open(pages, "/records/order/new", size=size)
        page.wait_for_load_state()
        # A person belongs to a company: without one there is nothing to ask.
        expect(page.locator("[data-shown-if=contact]")).to_be_hidden()
        choose(page, "f-client", name)
        expect(page.locator("[data-shown-if=contact]")).to_be_visible()
        picker(page, "f-contact")
        offered = page.locator("#f-contact-ts-dropdown [role=option]:not(.create)")
        expect(offered).to_have_count(len(persons))
        assert sorted(offered.all_inner_texts()) == sorted(person for (person,) in persons), number
        page.keyboard.press("Escape")
        assert fits_the_window(page)


@SIZES
def test_parts_of_a_card_come_and_go_as_one_types(pages: Pages, seeming: Company, size: tuple[int, int]) -> None:
    page = seeming.open(pages, "/records/client/new", size=size)
    page.wait_for_load_state()
    number, tab = page.locator("#f-tax_number"), page.get_by_role("tab", name="Company")
    section = page.get_by_role("heading", name="Big ones")
    for part in (number, tab, section):
        expect(part).to_be_hidden()
    company = page.get_by_label("Company", exact=True).and_(page.locator("[type=checkbox]"))
    company.check()
    expect(number).to_be_visible()
    expect(tab).to_be_visible()
    page.locator("#f-discount").fill("25")
    expect(section).to_be_visible()
    assert axe_findings(page) == []
    assert fits_the_window(page)
    tab.click()
    expect(page.locator("#f-notes")).to_be_visible()
    page.get_by_role("tab", name="Client").click()
    number.fill("LV-40003")
    company.uncheck()
    expect(number).to_be_hidden()
    expect(tab).to_be_hidden()
    assert axe_findings(page) == []
    company.check()
    expect(number).to_have_value("LV-40003")


def test_a_person_has_no_business_id(pages: Pages, company: Company) -> None:
    page = company.open(pages, "/records/client/new")
    page.wait_for_load_state()
    contacts = page.get_by_role("heading", name="Contact persons")
    expect(page.locator("#f-tax_id")).to_be_visible()
    expect(page.locator("#f-birthday")).to_be_hidden()
    page.locator("#f-kind").select_option("person")
    expect(page.locator("#f-birthday")).to_be_visible()
    for part in (page.locator("#f-tax_id"), page.locator("#f-website"), contacts):
        expect(part).to_be_hidden()
    page.locator("#f-birthday").fill("1990-01-31")
    expect(page.locator('[data-computed="age"]')).to_have_text(re.compile(r"^\d\d$"))


@SIZES
def test_a_list_is_filtered_and_sorted_by_what_changes_with_the_day(
    pages: Pages, company: Company, size: tuple[int, int]
) -> None:
    records = company.site.records
    late = Query("order", ("days_overdue",), (Condition("overdue", "is", (True,)),), limit=1000)
    days = sorted((row[1] for row in records.page(late).rows), reverse=True)
    page = company.open(pages, "/records/order", size=size)
    page.get_by_role("link", name="Overdue", exact=True).click()
    expect(page.get_by_role("link", name="Overdue", exact=True)).to_have_attribute("aria-current", "page")
    expect(page.locator("#aside")).to_contain_text(f"{len(days)} record")
    assert shown(page, "Days overdue") == days[:50]
    assert axe_findings(page) == []
    assert fits_the_window(page)
    middle = days[len(days) // 2]
    page.goto(page.url + f"&f=days_overdue:ge:{middle}&sort=days_overdue")
    left = sorted(number for number in days if number >= middle)
    expect(page.locator("#aside")).to_contain_text(f"{len(left)} record")
    assert shown(page, "Days overdue") == left[:50]
    assert axe_findings(page) == []


def shown(page: Page, column: str) -> list[int]:
    """The numbers in a column of the list."""
    cells = page.locator(f"#list tbody td[data-label='{column}']").all_inner_texts()
    return [int(re.sub(r"\D", "", text)) for text in cells]
