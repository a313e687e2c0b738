"""Related records on a card: added over it, looked through and sorted in their place."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.company import Company
from tests.browser.watched import Pages, axe_findings


def test_an_addition_leaves_the_tab_and_so_does_a_reload(pages: Pages, company: Company) -> None:
    order = company.one("SELECT max(id) FROM \"order\" WHERE paid = 0 AND status = 'shipped'")
    page = company.open(pages, f"/records/order/{order}")
    payments = page.get_by_role("tab", name="Payments")
    payments.click()
    page.get_by_role("link", name="Add payment").click()
    expect(page.get_by_role("dialog").locator("#d-amount")).to_be_focused()
    page.keyboard.insert_text("7")
    page.keyboard.press("Control+s")
    expect(payments).to_contain_text("1")
    expect(payments).to_have_attribute("aria-selected", "true")
    expect(page.get_by_role("link", name="Add payment")).to_be_focused()
    page.reload()
    expect(payments).to_have_attribute("aria-selected", "true")


def test_a_payment_is_added_over_the_card_of_its_order(pages: Pages, company: Company) -> None:
    order = company.one("SELECT id FROM \"order\" WHERE paid = 0 AND status = 'shipped' ORDER BY id LIMIT 1")
    page = company.open(pages, f"/records/order/{order}?tab=payments")
    page.wait_for_load_state()
    for number, amount in enumerate((7, 3, 5, 1, 2, 4), 1):
        page.get_by_role("link", name="Add payment").click()
        dialog = page.get_by_role("dialog", name="New payment")
        # The order and its client are there already; what is blank has the cursor.
        expect(dialog.locator("#d-amount")).to_be_focused()
        expect(dialog.locator("#d-order-ts-control")).to_be_visible()
        page.keyboard.insert_text(str(amount))
        page.keyboard.press("Control+s")
        expect(dialog).to_be_hidden()
        expect(page.get_by_role("tab", name="Payments")).to_contain_text(str(number))
    assert company.one(f'SELECT paid FROM "order" WHERE id = {order}') == 2200
    # What the card computes has followed, without another page.
    expect(page.get_by_role("tab", name="Payments")).to_have_attribute("aria-selected", "true")
    page.get_by_role("tab", name="Order", exact=True).click()
    expect(page.locator("#f-paid")).to_contain_text("22.00")
    page.get_by_role("tab", name="Payments").click()
    # Sorted by a heading, downwards by a second click; looked through by words; as a list with all that lists have.
    amounts = page.locator("[data-related-rows] td.cell-money")
    for there in (["1.00", "2.00", "3.00", "4.00", "5.00", "7.00"], ["7.00", "5.00", "4.00", "3.00", "2.00", "1.00"]):
        page.locator("[data-related-sort]", has_text="Amount").click()
        expect(amounts).to_have_text(there)
    last = company.one(f'SELECT number FROM payment WHERE "order" = {order} ORDER BY id DESC LIMIT 1')
    page.get_by_role("searchbox", name="Search in “Payments”").fill(last)
    expect(amounts).to_have_text(["4.00"])
    assert axe_findings(page) == []
    page.keyboard.press("Escape")
    expect(amounts).to_have_count(6)
    page.get_by_role("link", name="Show as a list: 6").click()
    expect(page.locator("#list tbody tr")).to_have_count(6)
