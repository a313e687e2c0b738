"""Computed fields in a real browser: they follow what is typed, are what is saved, and say what is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from engine.records import Edit
from tests.browser.company import Company, database_url, open_company
from tests.browser.conftest import Serve, served
from tests.browser.watched import DESK, PHONE, Pages, axe_findings, fits_the_window
from tests.computed import trade_configuration
from tests.ready import ready_database


@pytest.fixture(scope="module")
def trade(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory, serve: Serve, quick_hashes: None
) -> Iterator[Company]:
    """The business whose fields are computed from each other, with nothing in it."""
    folder = tmp_path_factory.mktemp("computed")
    described = trade_configuration()
    database = ready_database(database_url(folder), described)
    database.close()
    with served(open_company(folder, described), serve) as company:
        yield company


def computed(page: Page, path: str) -> Locator:
    return page.locator(f'[data-computed="{path}"]')


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_what_is_computed_follows_what_is_typed(pages: Pages, trade: Company, size: tuple[int, int]) -> None:
    pages.expect_complaint("422")
    page = trade.open(pages, "/records/order/new", size=size)
    page.locator("#f-lines-n1-quantity").fill("3")
    page.locator("#f-lines-n1-price").fill("10.50")
    expect(computed(page, "lines.n1.amount")).to_have_text("31.50")
    expect(computed(page, "total")).to_contain_text("38.12")
    page.locator("#f-lines-n1-price").fill("abc")
    # What does not fit counts as blank while somebody is still typing; saving says so.
    expect(computed(page, "total")).to_contain_text("0.00")
    expect(computed(page, "share")).to_have_text("#DIV/0!")
    page.keyboard.press("Control+s")
    expect(page.locator("#f-lines-n1-price")).to_have_attribute("aria-invalid", "true")
    page.locator("#f-lines-n1-price").fill("10.5")
    page.get_by_role("button", name="Add a line").click()
    page.locator("#f-lines-n2-quantity").fill("2")
    page.locator("#f-lines-n2-price").fill("1")
    expect(computed(page, "lines.n2.amount")).to_have_text("2.00")
    shown = computed(page, "total")
    expect(shown).to_contain_text("40.54")
    assert axe_findings(page) == []
    assert fits_the_window(page)
    page.keyboard.press("Control+s")
    expect(page).to_have_url(re.compile(r"/records/order/\d+$"))
    expect(page.locator("#f-total")).to_contain_text("40.54")
    order = page.url.rsplit("/", 1)[1]
    assert trade.one(f'SELECT total FROM "order" WHERE id = {order}') == 4054


def test_an_error_is_shown_with_its_reason(pages: Pages, trade: Company) -> None:
    page = trade.open(pages, "/records/order/new")
    page.wait_for_load_state()
    page.keyboard.press("Control+s")
    expect(page).to_have_url(re.compile(r"/records/order/\d+$"))
    wrong = page.locator("#f-share .error-value")
    expect(wrong).to_have_text("#DIV/0!")
    expect(wrong).to_have_attribute("title", "Something was divided by zero.")
    page.goto(trade.url + "/records/order")
    expect(page.locator(".error-value").first).to_have_text("#DIV/0!")
    assert axe_findings(page) == []


def test_a_change_elsewhere_is_seen_before_it_is_saved(pages: Pages, trade: Company) -> None:
    client = trade.site.records.create("client", Edit({"name": "Ann"})).id
    page = trade.open(pages, f"/records/client/{client}/edit")
    page.wait_for_load_state()
    page.locator("#f-name").fill("Anna")
    expect(computed(page, "tier")).to_have_text("None")
    # Nothing stays of a preview.
    assert trade.one(f"SELECT name FROM client WHERE id = {client}") == "Ann"


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_value_explains_itself_in_a_dialog(pages: Pages, company: Company, size: tuple[int, int]) -> None:
    page = company.open(pages, "/records/order/1", size=size)
    page.wait_for_load_state()
    link = page.get_by_role("link", name="How it is computed: Net")
    link.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("ROUND(SUM(lines.amount) * (1 - discount); 2)")
    dialog.get_by_role("link", name=re.compile("How it is computed")).first.click()
    expect(dialog).to_contain_text("ROUND(quantity * price; 2)")
    assert axe_findings(page) == []
    assert fits_the_window(page)
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(link).to_be_focused()
