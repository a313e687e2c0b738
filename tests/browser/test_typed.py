"""Nothing that was typed is lost: wrong entries, an expired session, a double click, a link away, a deleted record."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Dialog, Page, expect

from tests.browser.company import Company
from tests.browser.watched import Pages
from tests.runtime_web.visitor import PASSWORD

CARD = re.compile(r"/records/client/\d+$")


@pytest.fixture
def form(pages: Pages, company: Company) -> Page:
    """The form for a new client."""
    return company.open(pages, "/records/client/new")


def test_wrong_entries_are_told_at_their_fields_and_stay(pages: Pages, company: Company, form: Page) -> None:
    pages.expect_complaint("422")
    typed = {"#f-tax_id": "1234567-8", "#f-phone": "12", "#f-city": "Târgu Mureș <b>", "#f-contacts-n1-name": "Eva"}
    for field, text in typed.items():
        form.locator(field).fill(text)
    form.locator("#f-contacts-n1-email").fill("eva at home")
    form.get_by_role("tab", name="Terms").click()
    form.locator("#f-discount").fill("a lot")
    form.locator("[data-save]").click()

    summary = form.locator("#card-form [role=alert]")
    expect(summary).to_contain_text("5 entries need your attention. Nothing was saved yet.")
    # The first wrong field has the focus, on whatever tab the save was asked for.
    expect(form.locator("#f-name")).to_be_focused()
    expect(form.locator("#f-name-said")).to_have_text(re.compile("must be filled in"))
    for field, text in typed.items():
        expect(form.locator(field)).to_have_value(text)
    for wrong in ("#f-tax_id", "#f-phone", "#f-discount", "#f-contacts-n1-email"):
        expect(form.locator(wrong)).to_have_attribute("aria-invalid", "true")
    # A link of the summary leads to its field, even on another tab.
    summary.get_by_role("link", name="Discount").click()
    expect(form.locator("#f-discount")).to_be_focused()
    expect(form.locator("#f-discount")).to_have_value("a lot")
    summary.get_by_role("link", name=re.compile("E-mail")).click()
    expect(form.locator("#f-contacts-n1-email")).to_be_focused()

    for field, text in {"#f-name": "Mended", "#f-tax_id": "", "#f-phone": "", "#f-contacts-n1-email": ""}.items():
        form.locator(field).fill(text)
    form.get_by_role("tab", name="Terms").click()
    form.locator("#f-discount").fill("5")
    form.keyboard.press("Control+s")
    expect(form).to_have_url(re.compile(r"/records/client/\d+"))
    assert company.one("SELECT city FROM client WHERE name = 'Mended'") == typed["#f-city"]


def test_a_session_that_ends_meanwhile_loses_nothing(pages: Pages, company: Company, form: Page) -> None:
    pages.expect_complaint("401|422")
    form.locator("#f-name").fill("Half way")
    form.locator("#f-notes").fill("a long story\nin two lines")
    company.end_sessions()
    form.locator("[data-save]").click()
    dialog = form.get_by_role("dialog", name="Sign in")
    dialog.get_by_label("Login name").fill("ana")
    dialog.get_by_label("Password").fill("mistyped")
    dialog.get_by_role("button", name="Sign in").click()
    expect(dialog.get_by_role("alert")).to_be_visible()
    dialog.get_by_label("Password").fill(PASSWORD)
    dialog.get_by_role("button", name="Sign in").click()
    expect(dialog).to_be_hidden()
    expect(form.locator("#f-name")).to_have_value("Half way")
    form.locator("[data-save]").click()
    expect(form).to_have_url(CARD)
    expect(form.locator("#f-notes")).to_have_text("a long story\nin two lines")
    # Neither does a cookie that the browser no longer has, whose token the form still carries.
    pages.expect_complaint("400")
    form.goto(form.url + "/edit")
    form.locator("#f-notes").fill("a longer story")
    form.context.clear_cookies()
    form.keyboard.press("Control+s")
    dialog.get_by_label("Login name").fill("ana")
    dialog.get_by_label("Password").fill(PASSWORD)
    dialog.get_by_role("button", name="Sign in").click()
    expect(dialog).to_be_hidden()
    form.keyboard.press("Control+s")
    expect(form.locator(".card-read #f-notes")).to_have_text("a longer story")


def test_a_double_click_saves_once(company: Company, form: Page) -> None:
    form.locator("#f-name").fill("Twice")
    form.locator("[data-save]").dblclick()
    expect(form).to_have_url(CARD)
    assert company.one("SELECT count(*) FROM client WHERE name = 'Twice'") == 1


def test_leaving_a_changed_form_asks_first(pages: Pages, company: Company, form: Page) -> None:
    asked: list[str] = []

    def refuse(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    form.locator("#f-name").press_sequentially("Unsaved")
    home, question = form.get_by_role("link", name="Home"), form.get_by_role("dialog", name="Leave without saving?")
    home.click()
    question.get_by_role("button", name="Keep editing").click()
    expect(question).to_be_hidden()
    expect(form.locator("#f-name")).to_have_value("Unsaved")
    home.click()
    question.get_by_role("button", name="Discard changes").click()
    expect(form.locator("h1")).to_have_text("Home")
    # The browser's own question guards what no page can: a reload, a closed window.
    form.on("dialog", refuse)
    form.goto(company.url + "/records/client/1/edit")
    form.reload()
    assert asked == []
    form.locator("#f-city").press_sequentially("x")
    form.reload()
    assert asked == ["beforeunload"]
    # What was saved needs no question.
    form.locator("#f-city").fill("Home town")
    home.click()
    question.get_by_role("button", name="Save").click()
    expect(form).to_have_url(CARD)
    assert company.one("SELECT city FROM client WHERE id = 1") == "Home town"
    assert asked == ["beforeunload"]


def test_a_record_that_somebody_deleted_meanwhile_can_be_brought_back(pages: Pages, company: Company) -> None:
    pages.expect_complaint("409")
    mine = company.open(pages, "/records/contact_event/1/edit")
    theirs = company.open(pages, "/records/contact_event/1", login="ben")
    theirs.locator(".top-actions details summary").click()
    theirs.get_by_role("button", name="Delete").click()
    expect(theirs.locator("#toasts")).to_contain_text("Deleted:")
    mine.locator("#f-summary").fill("What I know")
    mine.locator("[data-save]").click()
    expect(mine.locator("#card-form [role=alert]")).to_contain_text("Somebody has deleted this record meanwhile.")
    expect(mine.locator("#f-summary")).to_have_value("What I know")
    theirs.get_by_role("button", name="Undo").click()
    expect(theirs.locator("#toasts")).to_contain_text("1 record is back.")
    mine.locator("[data-save]").click()
    expect(mine).to_have_url(re.compile("/records/contact_event/1$"))
    assert company.one("SELECT summary FROM contact_event WHERE id = 1") == "What I know"


def test_an_answer_that_does_not_come_leaves_the_form_as_it_is(pages: Pages, company: Company, form: Page) -> None:
    pages.expect_complaint("ERR_FAILED|Failed to fetch")
    form.locator("#f-name").fill("No network")
    form.route("**/records/client/new", lambda route: route.abort())
    form.locator("[data-save]").click()
    expect(form.locator(".toast-wrong")).to_contain_text("Nothing that you entered is lost: try again.")
    expect(form.locator("#f-name")).to_have_value("No network")
    form.unroute("**/records/client/new")
    form.locator("[data-save]").click()
    expect(form).to_have_url(CARD)
    assert company.one("SELECT count(*) FROM client WHERE name = 'No network'") == 1


def test_what_nobody_looked_for_is_not_chosen(company: Company, form: Page) -> None:
    """Who passes a picker with Tab or Enter leaves it blank; who types and presses Enter gets what was typed."""
    manager = form.locator("#f-manager")
    for key in ("Tab", "Enter"):
        form.locator("#f-manager-ts-control").focus()
        expect(form.locator("#f-manager-ts-dropdown [role=option]").first).to_be_visible()
        form.keyboard.press(key)
        expect(form.locator("#f-manager-ts-control")).not_to_be_focused()
        expect(manager).to_have_value("")
    last = company.rows("SELECT id, name FROM employee ORDER BY name DESC LIMIT 1")[0]
    form.locator("#f-manager-ts-control").focus()
    form.keyboard.insert_text(last[1])
    form.keyboard.press("Enter")
    expect(manager).to_have_value(str(last[0]))
    # Opened again, the list is the whole one, and the arrows choose from it.
    form.keyboard.press("ArrowDown")
    options = form.locator("#f-manager-ts-dropdown [role=option]:not(.create)")
    expect(options).to_have_count(company.one("SELECT count(*) FROM employee"))
    for key in ["ArrowUp"] * options.count() + ["ArrowDown"] * 3:
        form.keyboard.press(key)
    wanted = options.nth(3).get_attribute("data-value")
    form.keyboard.press("Enter")
    expect(manager).to_have_value(str(wanted))


def test_a_quick_search_leaves_the_form_and_the_focus_alone(company: Company, form: Page) -> None:
    form.locator("#f-name").fill("Kept")
    form.locator("#find").fill("bistrita")
    expect(form.get_by_role("option", name=re.compile("^Bistrița"))).to_be_visible()
    expect(form.locator("#find")).to_be_focused()
    form.keyboard.press("Escape")
    expect(form.locator("#found")).to_be_hidden()
    expect(form.locator("#f-name")).to_have_value("Kept")
