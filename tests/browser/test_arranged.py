"""Lists that are no tables, by mouse and by keyboard: a board, a calendar, a tree."""

from __future__ import annotations

from playwright.sync_api import Page, Route, expect

from tests.browser.company import Company
from tests.browser.watched import Pages

STATUS = "SELECT status FROM \"order\" WHERE number = '{}'"


def place_of(page: Page, slip: str, place: str) -> None:
    """A slip stands in a place, and nowhere else."""
    expect(page.locator(f'[data-place="{place}"] [data-slip="{slip}"]')).to_be_visible()
    expect(page.locator(f'[data-slip="{slip}"]')).to_have_count(1)


def test_a_board_by_drag_by_keys_and_by_menu(pages: Pages, company: Company) -> None:
    company.do('UPDATE "order" SET status = \'new\' WHERE id IN (SELECT max(id) FROM "order")')
    page = company.open(pages, "/records/order")
    page.get_by_role("navigation", name="Views").get_by_role("link", name="Board").click()
    expect(page.locator("[data-arranged=kanban]")).to_be_visible()
    slip = page.locator('[data-place="new"] [data-slip]').first
    key, number = str(slip.get_attribute("data-slip")), slip.locator(".slip-title").inner_text()
    here, title = page.locator(f'[data-slip="{key}"]'), page.locator(f'[data-slip="{key}"] .slip-title')
    # Dragging changes the value; the answer says so and can be taken back.
    here.drag_to(page.locator('[data-place="confirmed"]'))
    expect(page.locator("#toasts")).to_contain_text(f"“{number}” was moved to Confirmed.")
    place_of(page, key, "confirmed")
    assert company.one(STATUS.format(number)) == "confirmed"
    # What the checks refuse goes back to where it was: what is shipped has an invoice.
    company.do(f"UPDATE \"order\" SET invoice_number = NULL WHERE number = '{number}'")
    here.drag_to(page.locator('[data-place="shipped"]'))
    expect(page.locator("#toasts .toast-wrong")).to_contain_text("Invoice: This field must be filled in.")
    place_of(page, key, "confirmed")
    # The keyboard moves it as well, and keeps it.
    title.focus()
    page.keyboard.press("Control+ArrowLeft")
    place_of(page, key, "new")
    expect(title).to_be_focused()
    page.keyboard.press("Control+z")
    place_of(page, key, "confirmed")
    page.keyboard.press("Control+y")
    place_of(page, key, "new")
    expect(title).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.locator('[data-place="confirmed"] .slip-title:focus')).to_be_visible()
    # And so does the form behind its menu.
    page.locator(f'[data-slip="{key}"] [data-asks-where]').press("Enter")
    sheet = page.get_by_role("dialog")
    sheet.get_by_role("button", name="Cancelled").click()
    expect(sheet).to_be_hidden()
    assert company.one(STATUS.format(number)) == "cancelled"
    opened_from(page, key, number)


def test_a_move_is_taken_back_before_its_answer_has_come(pages: Pages, company: Company) -> None:
    page = company.open(pages, "/records/order?view=board")
    slip = page.locator('[data-place="confirmed"] [data-slip]').first
    key = str(slip.get_attribute("data-slip"))
    held: list[Route] = []
    page.route("**/move?**", lambda route: held.append(route), times=1)  # noqa: PLW0108 (a builtin takes no mark)
    slip.locator(".slip-title").focus()
    with page.expect_request("**/move?**"):
        page.keyboard.press("Control+ArrowLeft")
    page.keyboard.press("Control+z")
    with page.expect_response(lambda answer: "to=confirmed" in str(answer.request.post_data)):
        held[0].continue_()
    place_of(page, key, "confirmed")
    expect(page.locator("#toasts [data-toast]").last).to_be_visible()
    assert company.one(f'SELECT status FROM "order" WHERE id = {key}') == "confirmed"


def test_what_gets_no_answer_goes_back_to_where_it_was(pages: Pages, company: Company) -> None:
    pages.expect_complaint("ERR_FAILED|Failed to fetch")
    page = company.open(pages, "/records/order?view=board")
    slip = page.locator('[data-place="confirmed"] [data-slip]').first
    key = str(slip.get_attribute("data-slip"))
    listed = page.locator('[data-place="confirmed"]').inner_text()
    # What the page asks by itself has been answered: it would put the slip back later.
    with page.expect_response(lambda answer: "live" in answer.request.headers):
        page.reload()
    page.route("**/move?**", lambda route: route.abort(), times=1)
    slip.drag_to(page.locator('[data-place="shipped"]'))
    expect(page.locator("#toasts .toast-wrong")).to_contain_text("The server does not answer.")
    place_of(page, key, "confirmed")
    assert page.locator('[data-place="confirmed"]').inner_text() == listed


def opened_from(page: Page, key: str, number: str) -> None:
    """A click shows the record beside the board, where one wants that; its title opens the card, from which one comes back."""
    page.keyboard.press("F4")
    page.locator(f'[data-slip="{key}"]').locator(".cell-date").click()
    expect(page.locator("#details")).to_contain_text(number)
    page.keyboard.press("F4")
    page.locator("#list-q").fill(number)
    expect(page.locator("[data-slip]")).to_have_count(1)
    place_of(page, key, "cancelled")
    page.locator(f'[data-slip="{key}"] .slip-title').click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(number)
    page.go_back()
    place_of(page, key, "cancelled")


def test_a_calendar_and_a_tree(pages: Pages, company: Company) -> None:
    day = company.one("SELECT max(substr(date, 1, 10)) FROM contact_event WHERE substr(date, 9, 2) < '20'")
    month, other = day[:7], f"{day[:8]}20"
    page = company.open(pages, f"/records/contact_event?view=calendar&at={month}")
    entry = page.locator(f'[data-place="{day}"] [data-slip]').first
    key, time = str(entry.get_attribute("data-slip")), entry.locator(".entry-time").inner_text()
    page.wait_for_load_state("networkidle")
    held: list[Route] = []
    page.route("**/move?**", lambda route: held.append(route), times=1)  # noqa: PLW0108 (a builtin takes no mark)
    with page.expect_request("**/move?**"):
        entry.drag_to(page.locator(f'[data-place="{other}"]'))
    place_of(page, key, other)
    expect(page.locator(f'[data-slip="{key}"] .entry-time')).to_have_text(time)
    # Whoever is quicker than the answer moves on from there.
    page.locator(f'[data-slip="{key}"] .slip-title').focus()
    page.keyboard.press("Control+ArrowRight")
    held[0].continue_()
    place_of(page, key, f"{day[:8]}21")
    page.get_by_role("link", name="Next", exact=True).click()
    expect(page.locator(f'[data-slip="{key}"]')).to_have_count(0)
    page.go_back()
    place_of(page, key, f"{day[:8]}21")
    page.get_by_role("button", name="Undo").last.click()
    place_of(page, key, other)

    page.goto(f"{company.url}/records/employee?view=team")
    head = page.locator(".tree tbody tr", has_text="Head of sales")
    rows = page.locator(".tree tbody tr")
    before = rows.count()
    head.locator("[data-toggle]").click()
    expect(head.locator("[data-toggle]")).to_have_attribute("aria-expanded", "true")
    assert rows.count() > before
    head.locator("a.open").focus()
    page.keyboard.press("ArrowLeft")
    expect(rows).to_have_count(before)
    expect(head.locator("a.open")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(head.locator("[data-toggle]")).to_have_attribute("aria-expanded", "true")
