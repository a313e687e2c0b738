"""A list as a grid: walking, editing in place, ranges, pasting from a spreadsheet program, filling, undoing."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, Route, expect

from engine.records import Edit
from tests.browser.company import Company
from tests.browser.watched import Pages, axe_findings

LIVE = "_trashed_at IS NULL"
EDITOR = ".cell-editor"
FOCUS = """() => {
  const cell = document.activeElement.closest("td");
  return cell && [cell.closest("tr").sectionRowIndex, document.querySelectorAll("#list thead th")[cell.cellIndex].dataset.field];
}"""


def grid(pages: Pages, company: Company) -> Page:
    page = company.open(pages, "/records/client")
    expect(page.locator("table[data-cells]")).to_be_visible()
    return page


def cell(page: Page, row: int, field: str) -> Locator:
    at = page.locator("#list thead th").evaluate_all(
        "(all, field) => all.findIndex((one) => one.dataset.field === field)", field
    )
    return page.locator("#list tbody tr").nth(row).locator("td").nth(at)


def stands_at(page: Page, row: int, field: str) -> None:
    expect(cell(page, row, field)).to_have_class(re.compile("is-active"))
    assert page.evaluate(FOCUS) == [row, field]


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def cities(company: Company, page: Page, count: int) -> list[str]:
    """What the database holds for the first rows of the page."""
    ids = page.locator("#list tbody tr").evaluate_all("rows => rows.map((row) => row.dataset.id)")[:count]
    return [company.one(f"SELECT city FROM client WHERE id = {one}") for one in ids]


def test_one_walks_with_keys_and_edits_in_place(pages: Pages, company: Company) -> None:
    pages.expect_complaint("422|500|ERR_FAILED")
    page = grid(pages, company)
    for keys, row, field in (
        (("ArrowDown",), 0, "name"),
        (("ArrowDown", "ArrowRight", "ArrowRight"), 1, "city"),
        (("End",), 1, "debt"),
        (("Home",), 1, "name"),
        (("Control+End",), 39, "debt"),
        (("Control+ArrowLeft", "Control+ArrowUp"), 0, "name"),
        (("ArrowRight", "ArrowRight"), 0, "city"),
    ):
        press(page, *keys)
        stands_at(page, row, field)
    press(page, "PageDown")
    assert page.evaluate(FOCUS)[0] > 5
    press(page, "PageUp")
    stands_at(page, 0, "city")
    assert axe_findings(page) == []

    before = edited(company, page)
    refused(page)
    goes_back(page, before)


def edited(company: Company, page: Page) -> str:
    """What the first city was before it was edited."""
    # F2 edits, Esc leaves it; typing takes the place of what is there; Enter saves at once and goes on.
    before = cities(company, page, 2)
    press(page, "F2")
    expect(page.locator(f"{EDITOR} input")).to_be_focused()
    page.keyboard.type("Nowhere")
    press(page, "Escape")
    expect(page.locator(EDITOR)).to_have_count(0)
    stands_at(page, 0, "city")
    page.keyboard.type("Chișinău")
    press(page, "Enter")
    expect(cell(page, 0, "city")).to_have_text("Chișinău")
    expect(page.locator(".toast-note")).to_contain_text("1 record changed.")
    stands_at(page, 1, "city")
    assert cities(company, page, 2) == ["Chișinău", before[1]]

    # A reference is looked for while one types.
    press(page, "ArrowRight", "ArrowRight")
    manager = page.locator("#list tbody tr").nth(4).locator("a[href*='/employee/']").inner_text()
    page.keyboard.type(manager[:4])
    expect(page.locator(".ts-dropdown .option").first).to_contain_text(manager[:4])
    press(page, "Enter")
    expect(page.locator(EDITOR)).to_have_count(0)
    expect(cell(page, 1, "manager")).to_contain_text(manager[:4])
    return before[0]


def refused(page: Page) -> None:
    """What is refused is said at the cell, which holds again what it held."""
    phone = cell(page, 0, "phone")
    held = phone.inner_text()
    cell(page, 0, "city").click()
    press(page, "ArrowRight")
    page.keyboard.type("12")
    press(page, "Tab")
    expect(page.locator(".cell-fault")).to_contain_text("“12” is not a telephone number.")
    expect(phone).to_have_attribute("aria-invalid", "true")
    expect(phone).to_have_text(held)
    refusals: tuple[tuple[Callable[[Route], None], str], ...] = (
        (lambda route: route.fulfill(status=422, body="no"), "something went wrong on the server"),
        (lambda route: route.fulfill(status=500, body="no"), "something went wrong on the server"),
        (lambda route: route.abort(), "the server does not answer"),
    )
    for refuse, said in refusals:
        page.route("**/records/client/cells**", refuse)
        cell(page, 2, "city").click()
        was = cell(page, 2, "city").inner_text()
        page.keyboard.type("Atlantis")
        press(page, "Enter")
        expect(page.locator(".cell-fault")).to_contain_text(said)
        expect(cell(page, 2, "city")).to_have_text(was)
        page.unroute("**/records/client/cells**")


def goes_back(page: Page, before: str) -> None:
    """Everything goes back, and forth again; Tab leaves the grid."""
    cell(page, 0, "city").click()
    press(page, "Control+z")
    expect(page.locator(".toast-note")).to_contain_text("Undone in 1 record.")
    press(page, "Control+z")
    expect(cell(page, 0, "city")).to_have_text(before)
    press(page, "Control+y")
    expect(cell(page, 0, "city")).to_have_text("Chișinău")
    page.locator(".toast-note .btn-close").click()
    cell(page, 0, "city").click()
    press(page, "Control+z")
    expect(cell(page, 0, "city")).to_have_text(before)
    press(page, "Tab")
    assert page.evaluate("!document.activeElement.closest('table')")
    press(page, "Shift+Tab")
    stands_at(page, 0, "city")


def test_ranges_are_copied_pasted_filled_and_cleared(pages: Pages, company: Company) -> None:
    page = grid(pages, company)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    before = cities(company, page, 12)
    cell(page, 0, "city").click()
    cell(page, 2, "phone").click(modifiers=["Shift"])
    expect(page.locator(".in-range")).to_have_count(6)
    press(page, "Shift+ArrowDown", "Shift+ArrowLeft", "Control+c")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.split("\n") == before[:4]
    cell(page, 6, "city").click()
    press(page, "Control+v")
    expect(page.locator(".toast-note")).to_contain_text("4 records changed.")
    assert cities(company, page, 12)[6:10] == before[:4]
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".toast-note")).to_contain_text("Undone in 4 records.")
    assert cities(company, page, 12) == before

    filled(company, page, before)
    pasted(company, page)


def filled(company: Company, page: Page, before: list[str]) -> None:
    """Down from the first one: by keys, and by the handle at the corner."""
    cell(page, 0, "city").click()
    press(page, "Shift+ArrowDown", "Shift+ArrowDown", "Control+d")
    expect(cell(page, 2, "city")).to_have_text(before[0])
    cell(page, 0, "city").click()
    page.locator(".fill-handle").hover()
    page.mouse.down()
    cell(page, 4, "city").hover()
    page.mouse.up()
    expect(cell(page, 4, "city")).to_have_text(before[0])
    press(page, "Shift+ArrowDown", "Delete")
    expect(cell(page, 1, "city")).to_have_text("")
    for _ in range(3):
        press(page, "Control+z")
        expect(page.locator(".toast-note")).to_contain_text("Undone in ")
        page.locator(".toast-note .btn-close").click()
    expect(cell(page, 4, "city")).to_have_text(before[4])
    assert cities(company, page, 12) == before


def pasted(company: Company, page: Page) -> None:
    """500 rows from a spreadsheet: the last of the page change, others are new; what does not fit is shown first."""
    count = company.one(f"SELECT count(*) FROM client WHERE {LIVE}")
    shown = page.locator("#list tbody tr").count()
    lines = [f"Town {at}\t{'12' if at == 7 else f'+358 40 {1000000 + at}'}" for at in range(500)]
    page.evaluate("text => navigator.clipboard.writeText(text)", "\r\n".join(lines) + "\r\n")
    cell(page, shown - 2, "city").click()
    press(page, "Control+v")
    dialog = page.get_by_role("dialog", name="Paste")
    expect(dialog).to_contain_text("Records to change: 2")
    expect(dialog).to_contain_text("New records: 498")
    expect(dialog.locator(".paste-bad").first).to_contain_text("“12” is not a telephone number.")
    assert axe_findings(page) == []
    # New clients need names, so that none of them fits.
    dialog.get_by_role("button", name="Leave that out and save 2 records").click()
    expect(page.locator(".toast-note")).to_contain_text("2 records changed.")
    press(page, "Control+z")
    expect(page.locator(".toast-note")).to_contain_text("Undone in 2 records.")
    named = ["Name\tCity", *(f"Pasted {at}\tTown" for at in range(500))]
    page.evaluate("text => navigator.clipboard.writeText(text)", "\n".join(named))
    page.locator("#main").focus()
    press(page, "Control+v")
    dialog.get_by_role("button", name="Save 500 records").click()
    expect(page.locator(".toast-note")).to_contain_text("500 records added.")
    expect(page.locator("#aside")).to_contain_text(f"{count + 500} records")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".toast-note")).to_contain_text("Undone in 500 records.")
    expect(page.locator("#aside")).to_contain_text(f"{count} records")
    assert company.one(f"SELECT count(*) FROM client WHERE {LIVE}") == count


def test_a_paste_names_records_further_down_and_leads_to_what_is_new(pages: Pages, company: Company) -> None:
    page = grid(pages, company)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    names = page.locator("#list tbody a.open").all_inner_texts()
    page.goto(f"{company.url}/records/client?size=25")
    expect(page.locator("table[data-cells]")).to_be_visible()
    # From the last row of the first page on: the one below it has not come yet.
    cell(page, 24, "phone").click()
    page.evaluate("() => navigator.clipboard.writeText('12\\n13')")
    press(page, "Control+v")
    dialog = page.get_by_role("dialog", name="Paste")
    expect(dialog.locator("tbody th")).to_have_text(names[24:26])
    press(page, "Escape")
    page.evaluate("() => navigator.clipboard.writeText('Name\\tCity\\nNew Alpha\\tVaasa\\nNew Beta\\tVaasa')")
    page.locator("#main").focus()
    press(page, "Control+v")
    dialog.get_by_role("button", name="Save 2 records").click()
    page.get_by_role("link", name="Show them").click()
    expect(page.locator("#list tbody a.open")).to_have_text(["New Alpha", "New Beta"])
    expect(page.locator(".chip-text")).to_contain_text("Pasted, ")
    page.get_by_role("link", name="Remove the filter").click()
    expect(page.locator("#aside")).to_contain_text(f"{len(names) + 2} records")


def deaf(route: Route) -> None:
    """What a page asks by itself is not answered: it goes on showing what it has shown."""
    if "live" in route.request.headers:
        route.fulfill(status=204)
    else:
        route.continue_()


def test_whoever_pastes_is_told_what_a_colleague_wrote_meanwhile(pages: Pages, company: Company) -> None:
    page = grid(pages, company)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.route("**/records/client*", deaf)
    before = cities(company, page, 2)
    ids = page.locator("#list tbody tr").evaluate_all("rows => rows.map((row) => Number(row.dataset.id))")[:2]
    company.site.records.update("client", ids[0], Edit({"city": "Hammerfest"}))
    page.evaluate("() => navigator.clipboard.writeText('Vardø\\nVadsø')")
    cell(page, 0, "city").click()
    press(page, "Control+v")
    dialog = page.get_by_role("dialog", name="Paste")
    expect(dialog.locator(".paste-bad")).to_contain_text("The program wrote “Hammerfest” meanwhile.")
    expect(dialog).to_contain_text("Changed by others meanwhile: 1")
    assert axe_findings(page) == []
    assert cities(company, page, 2) == ["Hammerfest", before[1]]
    dialog.get_by_role("button", name="Overwrite what others wrote and save 2 records").click()
    expect(page.locator(".toast-note")).to_contain_text("2 records changed.")
    assert cities(company, page, 2) == ["Vardø", "Vadsø"]
    press(page, "Control+z")
    expect(page.locator(".toast-note")).to_contain_text("Undone in 2 records.")
    assert cities(company, page, 2) == ["Hammerfest", before[1]]
    # Clearing says it at the cell, which shows what is there now: whoever clears it again has seen that.
    company.site.records.update("client", ids[0], Edit({"city": before[0]}))
    cell(page, 0, "city").click()
    press(page, "Delete")
    expect(page.locator(".cell-fault")).to_contain_text(f"The program wrote “{before[0]}” meanwhile.")
    expect(cell(page, 0, "city")).to_have_text(before[0])
    press(page, "Delete")
    expect(cell(page, 0, "city")).to_have_text("")
    press(page, "Control+z")
    expect(cell(page, 0, "city")).to_have_text(before[0])
    assert cities(company, page, 2) == before


def test_whoever_is_quicker_than_the_answer_stands_in_nobodys_way(pages: Pages, company: Company) -> None:
    page = grid(pages, company)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    before = cities(company, page, 1)
    page.evaluate("() => navigator.clipboard.writeText('Vardø')")
    held: list[Route] = []
    page.route("**/cells*", lambda route: held.append(route), times=1)  # noqa: PLW0108 (a builtin takes no mark)
    cell(page, 0, "city").click()
    with page.expect_request("**/cells*"):
        press(page, "Delete")
    press(page, "Control+v")
    held[0].continue_()
    expect(cell(page, 0, "city")).to_have_text("Vardø")
    expect(page.get_by_role("dialog", name="Paste")).to_have_count(0)
    assert cities(company, page, 1) == ["Vardø"]
    for city in ("", before[0]):
        press(page, "Control+z")
        expect(cell(page, 0, "city")).to_have_text(city)


class SlowLine:
    """Holds what a page asks for, until it is to be answered."""

    def __init__(self, page: Page, *patterns: str) -> None:
        self.held: list[Route] = []
        self.on = False
        for pattern in patterns:
            page.route(pattern, self._take)

    def _take(self, route: Route) -> None:
        if self.on:
            route.continue_()
        else:
            self.held.append(route)

    def answer(self) -> None:
        self.on = True
        for route in self.held:
            route.continue_()


def test_keys_typed_before_the_editor_is_there_land_in_it(pages: Pages, company: Company) -> None:
    page = grid(pages, company)
    before = cities(company, page, 3)
    line = SlowLine(page, "**/cell/city")
    cell(page, 0, "city").click()
    with page.expect_request("**/cell/city"):
        press(page, "F2")
    # All of it before the first answer: to the end of what is there, two letters, one of them taken back; the next row is
    # written over, and in the third one everything is left as it is.
    press(page, "End", "!", "?", "Backspace", "Enter")
    page.keyboard.type("Vaasa")
    press(page, "Enter", "F2", "x", "Escape")
    assert len(line.held) == 1
    line.answer()
    expect(cell(page, 0, "city")).to_have_text(f"{before[0]}!")
    expect(cell(page, 1, "city")).to_have_text("Vaasa")
    stands_at(page, 2, "city")
    expect(page.locator(EDITOR)).to_have_count(0)
    expect(page.locator("td[aria-busy]")).to_have_count(0)
    assert cities(company, page, 3) == [f"{before[0]}!", "Vaasa", before[2]]
    for row in (1, 0):
        press(page, "Control+z")
        expect(cell(page, row, "city")).to_have_text(before[row])
    assert cities(company, page, 3) == before


def test_references_take_what_was_typed_ahead(pages: Pages, company: Company) -> None:
    page = grid(pages, company)
    names = [cell(page, row, "manager").inner_text() for row in range(8)]
    other = next(name for name in names if name != names[0])
    line = SlowLine(page, "**/cell/manager", "**/tom-select*.js*", "**/lookup/**")
    cell(page, 0, "manager").click()
    with page.expect_request("**/cell/manager"):
        page.keyboard.type(other[:5])
    # Tab goes to the side, also where what it chooses comes long after it.
    press(page, "Tab", "ArrowLeft", "ArrowDown")
    page.keyboard.type(names[0][:5])
    press(page, "Enter")
    line.answer()
    expect(cell(page, 0, "manager")).to_have_text(other)
    expect(cell(page, 1, "manager")).to_have_text(names[0])
    stands_at(page, 2, "manager")
    expect(page.locator(EDITOR)).to_have_count(0)


def test_dates_and_choices_take_what_was_typed_ahead(pages: Pages, company: Company) -> None:
    page = company.open(pages, "/records/order")
    expect(page.locator("table[data-cells]")).to_be_visible()
    line = SlowLine(page, "**/cell/*", "**/tom-select*.js*")
    ids = page.locator("#list tbody tr").evaluate_all("rows => rows.map((row) => row.dataset.id)")
    cell(page, 0, "date").click()
    with page.expect_request("**/cell/date"):
        press(page, "F2")
    page.keyboard.type("03/02/2026")
    press(page, "Enter", "ArrowRight", "ArrowRight", "ArrowRight")
    page.keyboard.type("confirmed")
    press(page, "Enter")
    line.answer()
    # Rows go where their dates belong.
    expect(page.locator(f"tr[data-id='{ids[0]}'] .cell-date")).to_have_text("03/02/2026")
    expect(page.locator(f"tr[data-id='{ids[1]}'] .cell-choice")).to_have_text("Confirmed")
    expect(page.locator("td[aria-busy]")).to_have_count(0)
    asked = f'SELECT (SELECT date FROM "order" WHERE id = {ids[0]}), (SELECT status FROM "order" WHERE id = {ids[1]})'
    assert company.rows(asked) == [("2026-02-03", "confirmed")]


def test_a_click_elsewhere_leaves_what_is_under_way(pages: Pages, company: Company) -> None:
    page = grid(pages, company)
    line = SlowLine(page, "**/cell/city")
    cell(page, 0, "city").click()
    with page.expect_request("**/cell/city"):
        press(page, "F2", "x")
    page.locator("#list-q").click()
    page.keyboard.type("zz")
    with page.expect_response("**/cell/city"):
        line.answer()
    expect(page.locator("#list-q")).to_have_value("zz")
    expect(page.locator(EDITOR)).to_have_count(0)
