"""The card by keyboard alone, what a picker offers, and amounts as people of five languages write them."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.company import Company
from tests.browser.watched import Pages, axe_findings

CARD = re.compile(r"/records/category/\d+")
WRITTEN = {"en": "1,234.5", "ru": "1 234,5", "ro": "1.234,5", "sq": "1 234,5", "fi": "1 234,5"}
"""How somebody who reads a language writes an amount; each of them may be typed in any language."""
SHOWN = {"en": "1,234.50", "ru": "1 234,50", "ro": "1.234,50", "sq": "1 234,50", "fi": "1 234,50"}
DAYS = {"en": "05/07/2026", **dict.fromkeys(("ru", "ro", "sq", "fi"), "05.07.2026")}


def test_a_card_needs_no_mouse(pages: Pages, company: Company) -> None:
    page = company.open(pages, "/records/category")
    page.wait_for_load_state()
    page.keyboard.press("Insert")
    add_two_by_keys(page)
    edit_and_leave_by_keys(page)
    copy_by_a_key(page, company)
    walk_through_the_list(page, company)
    assert axe_findings(page) == []


def test_escape_leaves_a_card_that_has_hardly_come(pages: Pages, company: Company) -> None:
    page = company.open(pages, "/records/category/1")
    # What comes with the next picture, does not come.
    page.add_init_script("window.requestAnimationFrame = () => 0")
    page.goto(f"{company.url}/records/category/1/edit")
    page.keyboard.press("Escape")
    expect(page.locator(".card-read")).to_be_visible()
    page.goto(f"{company.url}/records/category/1/edit")
    page.keyboard.insert_text("typed at once")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Leave without saving?")).to_be_visible()


def add_two_by_keys(page: Page) -> None:
    """The first field has the cursor, Enter goes on, and one record follows the other."""
    expect(page.locator("#f-name")).to_be_focused()
    page.wait_for_load_state()
    page.keyboard.insert_text("Aaa first")
    page.keyboard.press("Enter")
    expect(page.locator("#f-code")).to_be_focused()
    page.keyboard.insert_text("AF")
    page.keyboard.press("Control+Shift+Enter")
    expect(page.locator("#toasts")).to_contain_text("“Aaa first” was added.")
    expect(page.locator("#f-name")).to_have_value("")
    expect(page.locator("#f-name")).to_be_focused()
    page.wait_for_load_state()
    page.keyboard.insert_text("Aab second")
    page.keyboard.press("Control+Enter")
    expect(page).to_have_url(CARD)
    expect(page.locator("h1")).to_have_text("Aab second")


def edit_and_leave_by_keys(page: Page) -> None:
    """Esc leaves what is unchanged without a word, and asks about what is not."""
    page.wait_for_load_state()
    page.keyboard.press("F2")
    expect(page.locator("#f-name")).to_be_focused()
    page.wait_for_load_state()
    page.keyboard.press("Escape")
    expect(page.locator(".card-read")).to_be_visible()
    page.wait_for_load_state()
    page.keyboard.press("F2")
    expect(page.locator("#f-name")).to_be_focused()
    page.wait_for_load_state()
    page.keyboard.press("Enter")
    page.keyboard.insert_text("AS")
    page.keyboard.press("Escape")
    question = page.get_by_role("dialog", name="Leave without saving?")
    expect(question.get_by_role("button", name="Save")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".card-read")).to_be_visible()
    expect(page.locator("#f-code")).to_have_text("AS")


def copy_by_a_key(page: Page, company: Company) -> None:
    page.wait_for_load_state()
    page.keyboard.press("F9")
    # What is unique is not copied, and has the cursor.
    expect(page.locator("#f-name")).to_be_focused()
    expect(page.locator("#f-code")).to_have_value("AS")
    page.wait_for_load_state()
    page.keyboard.insert_text("Aac third")
    page.keyboard.press("Control+s")
    expect(page.locator("h1")).to_have_text("Aac third")
    assert company.one("SELECT count(*) FROM category WHERE code = 'AS'") == 2


def walk_through_the_list(page: Page, company: Company) -> None:
    """From card to card in the order of the list that one came from, from inside a field too."""
    page.goto(company.url + "/records/category?sort=-name&q=aa")
    page.locator("#list tbody a.open").first.press("Enter")
    expect(page.locator("h1")).to_have_text("Aac third")
    page.wait_for_load_state()
    page.keyboard.press("PageDown")
    expect(page.locator("h1")).to_have_text("Aab second")
    page.wait_for_load_state()
    page.keyboard.press("F2")
    expect(page.locator("#f-name")).to_be_focused()
    page.wait_for_load_state()
    page.keyboard.press("Alt+PageDown")
    expect(page.locator("h1")).to_have_text("Aaa first")
    page.wait_for_load_state()
    page.keyboard.press("PageUp")
    expect(page.locator("h1")).to_have_text("Aab second")
    page.wait_for_load_state()
    page.keyboard.press("Escape")
    expect(page.locator("#list tbody tr")).to_have_count(3)


def test_a_picker_offers_what_was_chosen_lately_and_makes_what_is_not_there(pages: Pages, company: Company) -> None:
    page = company.open(pages, "/records/order/new")
    page.wait_for_load_state()
    picker, options = page.locator("#f-client-ts-control"), page.locator("#f-client-ts-dropdown [role=option]")
    lately = company.one('SELECT name FROM client WHERE id = (SELECT client FROM "order" ORDER BY id DESC LIMIT 1)')
    picker.focus()
    expect(options.first).to_have_text(lately)
    page.keyboard.insert_text("Quite New Ltd")
    expect(page.locator("#f-client-ts-dropdown .create")).to_have_text("Add “Quite New Ltd”")
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="New client")
    expect(dialog.locator("#d-name")).to_have_value("Quite New Ltd")
    page.keyboard.press("Control+s")
    expect(dialog).to_be_hidden()
    expect(page.locator(".field-reference .item").first).to_have_text("Quite New Ltd")
    made = company.one("SELECT id FROM client WHERE name = 'Quite New Ltd'")
    # Beside it stands the record itself, for a tab of its own, so that the form stays as it is.
    link = page.locator(".picker-open").first
    expect(link).to_have_attribute("href", re.compile(rf"/records/client/{made}$"))
    expect(link).to_have_attribute("target", "_blank")
    with page.context.expect_page() as opened:
        link.click()
    expect(opened.value.locator("h1")).to_have_text("Quite New Ltd")
    expect(page.locator("#card-form")).to_be_visible()


def test_amounts_are_typed_and_read_as_people_write_them(pages: Pages, company: Company) -> None:
    payment = company.one("SELECT id FROM payment ORDER BY id LIMIT 1")
    people = company.site.workspace.people
    ana = people.named("ana")
    assert ana
    page = company.open(pages, "/")
    for language, written in WRITTEN.items():
        people.prefer(ana, {"language": language})
        for typed in (written, WRITTEN["en" if language != "en" else "fi"]):
            page.goto(f"{company.url}/records/payment/{payment}/edit")
            page.locator("#f-amount").fill(typed)
            page.locator("#f-date").fill("2026-07-05")
            page.keyboard.press("Control+s")
            expect(page.locator(".card-read #f-amount .number")).to_have_text(SHOWN[language])
            expect(page.locator(".card-read #f-date")).to_have_text(DAYS[language])
            assert company.one(f"SELECT amount FROM payment WHERE id = {payment}") == 123450, (language, typed)
            company.do(f"UPDATE payment SET amount = 100 WHERE id = {payment}")
        page.goto(f"{company.url}/records/payment/{payment}/edit")
        expect(page.locator("#f-amount")).to_have_value("1.00" if language == "en" else "1,00")
    people.prefer(ana, {"language": "en"})
