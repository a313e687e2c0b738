"""A list by mouse and by keyboard: sorting, typed filters, the address that says it all, pages, Back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.company import Company
from tests.browser.watched import Pages

ROWS = "#list tbody tr"
LIVE = "_trashed_at IS NULL"
CAME_ROUND = """() => {
  const at = document.activeElement, stops = window.stops ??= [];
  const again = at === document.body || (stops.includes(at) && at !== stops.at(-1));
  stops.push(at);
  return again;
}"""
"""Whether the focus is where it was before; a date is several stops in a row."""
ARROWS = """() => Object.fromEntries([...document.querySelectorAll("#list th[data-field]")]
  .map((head) => [head.dataset.field, head.querySelector(".th-arrow")])
  .filter(([, arrow]) => arrow?.checkVisibility())
  .map(([field, arrow]) => [field, getComputedStyle(arrow).transform === "none" ? "ascending" : "descending"]))"""
"""The columns that show an arrow, and where it points."""


@pytest.fixture
def orders(pages: Pages, company: Company) -> Page:
    """The list of the 400 orders."""
    page = company.open(pages, "/records/order")
    page.wait_for_load_state("networkidle")  # the grid comes after the list
    return page


def heading(page: Page, name: str) -> Locator:
    return page.locator("th", has=page.locator("a.th-sort", has_text=name))


def first_cells(page: Page) -> list[str]:
    """The numbers of the orders on the page."""
    return page.locator("tbody a.open").all_inner_texts()


def numbers(company: Company, rest: str) -> list[str]:
    return [row[0] for row in company.rows(f'SELECT number FROM "order" WHERE {LIVE} {rest}')]


def count_told(page: Page, count: int) -> None:
    expect(page.locator("#aside")).to_have_text(re.compile(rf"^{count} records?$"))


def filter_by(page: Page, column: str, operator: str, *typed: str) -> None:
    """Set a filter as a person with a dictating machine would: the text arrives, no key is pressed."""
    heading(page, column).locator("a.th-filter").click()
    panel = page.locator("#filter-panel")
    panel.get_by_label("Comparison").select_option(operator)
    for number, text in enumerate(typed):
        value = panel.locator("input[name=v]:enabled").nth(number)
        if value.get_attribute("type") == "date":
            value.fill(text)
        else:
            value.focus()
            page.keyboard.insert_text(text)
    panel.get_by_role("button", name="Apply").click()
    expect(panel).to_be_hidden()


def test_headings_sort_by_mouse_and_by_keyboard(company: Company, orders: Page) -> None:
    total = heading(orders, "Total")
    expect(heading(orders, "Date")).to_have_attribute("aria-sort", "descending")
    total.locator("a.th-sort").click()
    expect(total).to_have_attribute("aria-sort", "ascending")
    expect(heading(orders, "Date")).not_to_have_attribute("aria-sort", re.compile(""))
    assert first_cells(orders) == numbers(company, "ORDER BY total, id LIMIT 50")
    # The focus stays on what was pressed, though every row has been exchanged.
    expect(total.locator("a.th-sort")).to_be_focused()
    assert orders.evaluate(ARROWS) == {"total": "ascending"}
    orders.keyboard.press("Enter")
    expect(total).to_have_attribute("aria-sort", "descending")
    expect(total.locator("a.th-sort")).to_be_focused()
    assert orders.evaluate(ARROWS) == {"total": "descending"}
    dearest = company.one(f'SELECT max(total) FROM "order" WHERE {LIVE}')
    expect(orders.locator("tbody tr").first).to_contain_text(f"{dearest / 100:,.2f}")


def test_typed_filters_stand_as_chips_and_in_the_address(pages: Pages, company: Company, orders: Page) -> None:
    chips = orders.locator(".chip-text")
    filter_by(orders, "Total", "between", "1,000", "2,000")
    expect(chips).to_have_text(["Total: 1,000.00 – 2,000.00"])
    count_told(orders, company.one(f'SELECT count(*) FROM "order" WHERE total BETWEEN 100000 AND 200000 AND {LIVE}'))
    # Whoever cannot see the count is told it.
    expect(orders.locator("#live")).to_have_text(orders.locator("#aside").inner_text())

    heading(orders, "Status").locator("a.th-filter").click()
    panel = orders.locator("#filter-panel")
    panel.get_by_role("checkbox", name="Paid").check()
    panel.get_by_role("checkbox", name="Shipped").check()
    orders.keyboard.press("Enter")
    expect(chips).to_have_count(2)
    filter_by(orders, "Date", "between", "2025-01-01", "2025-12-31")
    expect(chips).to_have_text(["Total: 1,000.00 – 2,000.00", "Status: Shipped, Paid", "Date: 01/01/2025 – 31/12/2025"])
    found = "total BETWEEN 100000 AND 200000 AND status IN ('paid', 'shipped') AND date BETWEEN '2025-01-01' AND '2025-12-31'"
    matching = company.one(f'SELECT count(*) FROM "order" WHERE {found} AND {LIVE}')
    assert matching > 0
    count_told(orders, matching)

    # The address alone says it all: somebody else sees the same, in the same order.
    sent = company.open(pages, orders.url.removeprefix(company.url), login="ben")
    expect(sent.locator(".chip-text")).to_have_text(chips.all_inner_texts())
    assert first_cells(sent) == first_cells(orders)

    orders.locator(".chip-off").nth(1).click()
    expect(chips).to_have_count(2)
    orders.get_by_role("link", name="Clear all").click()
    expect(chips).to_have_count(0)
    count_told(orders, company.one(f'SELECT count(*) FROM "order" WHERE {LIVE}'))
    assert orders.url == company.url + "/records/order"


def test_orders_are_filtered_by_the_city_of_their_client_with_the_keyboard(company: Company, orders: Page) -> None:
    city = company.rows(f"SELECT city FROM client WHERE {LIVE} AND city IS NOT NULL ORDER BY id LIMIT 1")[0][0]
    few = f"""SELECT id FROM client WHERE {LIVE} AND city = '{city}'"""
    orders.get_by_label("Add a filter").focus()
    orders.keyboard.press("Enter")
    orders.get_by_label("Fields of “Client”").focus()
    orders.keyboard.press("Enter")
    panel = orders.locator("#filter-panel")
    expect(panel.get_by_role("heading")).to_have_text("Client")
    expect(panel.locator(".filter-fields a").first).to_be_focused()
    panel.get_by_role("link", name="City", exact=True).focus()
    orders.keyboard.press("Enter")
    expect(panel.get_by_role("heading")).to_have_text("Client › City")
    panel.get_by_label("Comparison").select_option("exactly")
    expect(panel.locator("input[name=v]:enabled")).to_be_focused()
    orders.keyboard.insert_text(city)
    orders.keyboard.press("Enter")
    expect(panel).to_be_hidden()
    expect(orders.locator(".chip-text")).to_have_text(f"Client › City: exactly “{city}”")
    count_told(orders, len(numbers(company, f"AND client IN ({few})")))


def test_a_filter_that_does_not_fit_says_so_and_nothing_is_lost(pages: Pages, company: Company, orders: Page) -> None:
    pages.expect_complaint("422")
    heading(orders, "Total").locator("a.th-filter").click()
    panel = orders.locator("#filter-panel")
    panel.locator("input[name=v]:enabled").fill("a lot")
    orders.keyboard.press("Enter")
    expect(panel.get_by_role("alert")).to_be_visible()
    expect(panel.locator("input[name=v]:enabled")).to_have_value("a lot")
    orders.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(heading(orders, "Total").locator("a.th-filter")).to_be_focused()


def test_search_finds_first_letters_while_typing(company: Company, orders: Page) -> None:
    orders.goto(company.url + "/records/client")
    # Letters typed anywhere in the list go to its search; an alphabet without keys here comes as text.
    orders.keyboard.type("bistrita")
    expect(orders.locator("#list-q")).to_have_value("bistrita")
    expect(orders.locator("tbody a.open")).to_have_text(["Bistrița Montaj SA"])
    expect(orders).to_have_url(re.compile(r"\?q=bistrita"))
    word = company.one(f"SELECT name FROM client WHERE name LIKE 'ООО «%' AND {LIVE}").split("«")[1][:4]
    keyboard = orders.context.new_cdp_session(orders)
    for letters, found in ((word.upper(), word), ("Bistriț", "Bistrița Montaj SA")):
        orders.locator("#list-q").fill("")
        expect(orders.locator("#list")).to_have_attribute("data-q", "")
        orders.locator("tbody tr").first.locator("td").last.click()
        # With the keys of people who have them.
        for letter in letters:
            keyboard.send("Input.dispatchKeyEvent", {"type": "keyDown", "key": letter, "text": letter})
            keyboard.send("Input.dispatchKeyEvent", {"type": "keyUp", "key": letter})
        expect(orders.locator("#list-q")).to_have_value(letters)
        expect(orders.locator("#list")).to_have_attribute("data-q", letters)
        expect(orders.locator("tbody a.open").first).to_contain_text(found)
    orders.locator("#list-q").fill("zzzz")
    expect(orders.get_by_role("heading", name="Nothing matches")).to_be_visible()
    expect(orders.locator("#list-q")).to_be_focused()
    orders.get_by_role("link", name="Clear search and filters").click()
    expect(orders.locator("#list-q")).to_have_value("")
    count_told(orders, company.one(f"SELECT count(*) FROM client WHERE {LIVE}"))


def test_pages_follow_each_other_and_back_restores_them(company: Company, orders: Page) -> None:
    seen = first_cells(orders)
    for _ in range(2):
        orders.get_by_role("link", name="Next").click()
        expect(orders.locator("tbody a.open").first).not_to_have_text(seen[-50])
        seen += first_cells(orders)
    assert seen == numbers(company, "ORDER BY date DESC, number DESC, id LIMIT 150")
    expect(orders.get_by_role("link", name="Next")).to_be_focused()

    filter_by(orders, "Total", "ge", "500")
    orders.get_by_role("link", name="Next").click()
    expect(orders).to_have_url(re.compile(r"f=total:ge:500.*page=2"))
    expect(orders.locator(".pager-text")).to_contain_text("51 to ")
    # The second page stands below the room of the first one.
    grid = orders.locator("[data-grid-scroll]")
    expect(grid).not_to_have_js_property("scrollTop", 0)
    grid.evaluate("grid => grid.scrollBy(0, 300)")
    top = grid.evaluate("grid => grid.scrollTop")
    assert top > 50 * 26
    listed = first_cells(orders)
    orders.locator("tbody tr").nth(12).locator("td").nth(2).click()
    orders.keyboard.press("Home")
    orders.keyboard.press("Enter")
    expect(orders.locator("h1")).to_contain_text(listed[12])
    # The card knows the list it came from: to the next record of it, and back to it.
    orders.get_by_role("link", name="Next record").click()
    expect(orders.locator("h1")).to_contain_text(listed[13])
    for _ in range(2):
        orders.go_back()
    expect(orders.locator(".chip-text")).to_have_text(["Total: ≥ 500.00"])
    expect(orders).to_have_url(re.compile("page=2"))
    assert orders.locator("tbody[data-page='2'] a.open").all_inner_texts() == listed
    expect(grid).to_have_js_property("scrollTop", top)


def test_the_middle_button_opens_a_tab_of_its_own(orders: Page) -> None:
    """Since links are links: to a record, to one that it refers to, and to the list in another order."""
    for link in ("tbody a.open >> nth=2", "tbody td a[href*='/client/'] >> nth=2", "th a.th-sort >> nth=0"):
        there = orders.url
        with orders.context.expect_page() as opened:
            orders.locator(link).click(button="middle")
        expect(opened.value).to_have_url(re.compile(re.escape(str(orders.locator(link).get_attribute("href")))))
        expect(opened.value.locator("h1")).not_to_be_empty()
        assert orders.url == there


def test_ticked_rows_are_deleted_together_and_come_back(company: Company, orders: Page) -> None:
    orders.clock.install()
    orders.goto(company.url + "/records/contact_event")
    before = company.one(f"SELECT count(*) FROM contact_event WHERE {LIVE}")
    boxes = orders.locator("tbody .pick input")
    boxes.nth(1).click()
    boxes.nth(4).click(modifiers=["Shift"])
    expect(orders.locator("[data-bulk-count]")).to_have_text("Selected: 4")
    orders.locator("[data-bulk-bar]").get_by_role("button", name="Delete").click()
    expect(orders.locator("#toasts")).to_contain_text("Deleted: 4 records")
    count_told(orders, before - 4)
    # With the keys as well as with the button of the message, which jobs are taken back by elsewhere.
    orders.wait_for_load_state("networkidle")  # the grid comes after the list
    orders.keyboard.press("Control+z")
    back = orders.locator("#toasts").get_by_text("4 records are back.")
    expect(back).to_be_visible()
    assert company.one(f"SELECT count(*) FROM contact_event WHERE {LIVE}") == before
    # A message stays for ten seconds, and for as long as the pointer rests on it.
    back.hover()
    orders.clock.run_for(15_000)
    expect(back).to_be_visible()
    orders.mouse.move(5, 5)
    orders.clock.run_for(5_000)
    expect(back).to_have_count(0)


def test_the_list_is_worked_with_keys_alone(company: Company, orders: Page) -> None:
    listed = first_cells(orders)
    orders.keyboard.press("Tab")
    skip = orders.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    orders.keyboard.press("Enter")
    expect(orders.locator("#main")).to_be_focused()
    orders.keyboard.press("ArrowDown")
    orders.keyboard.press("ArrowDown")
    expect(orders.locator("tbody a.open").nth(1)).to_be_focused()
    assert focus_is_visible(orders)
    # To the very last record, whose row has to come first, and back.
    last = company.one(f'SELECT count(*) FROM "order" WHERE {LIVE}')
    orders.keyboard.press("Control+End")
    expect(orders.locator(".pager-text")).to_contain_text(f"to {last} of {last}")
    expect(orders.locator("#list tbody[data-page]").last.locator("tr").last.locator("td").last).to_be_focused()
    orders.keyboard.press("Control+Home")
    expect(orders.locator(".pager-text")).to_contain_text("1 to 50")
    expect(orders.locator("tbody a.open").first).to_be_focused()
    # The arrows go on from the active cell, wherever the focus has been meanwhile.
    orders.locator("#main").focus()
    for _ in range(2):
        orders.keyboard.press("ArrowDown")
    orders.keyboard.press("Enter")
    expect(orders.locator("h1")).to_contain_text(listed[2])
    orders.wait_for_load_state()
    orders.keyboard.press("F2")
    expect(orders.locator("#f-date")).to_be_focused()
    orders.wait_for_load_state()
    orders.keyboard.press("Escape")
    expect(orders.locator("[data-edit]")).to_be_visible()
    orders.wait_for_load_state()
    orders.keyboard.press("?")
    expect(orders.get_by_role("dialog")).to_contain_text("F2")
    orders.keyboard.press("Escape")
    orders.keyboard.press("/")
    expect(orders.locator("#find")).to_be_focused()


def test_wherever_tab_goes_the_focus_is_seen(company: Company, orders: Page) -> None:
    """On a list and on a form, from the first stop to the last: nothing traps the focus, nothing hides it."""
    orders.emulate_media(reduced_motion="reduce")
    for path in ("/records/employee", "/records/payment/1/edit"):
        orders.goto(company.url + path)
        stops = 0
        while stops < 100:
            orders.keyboard.press("Tab")
            if orders.evaluate(CAME_ROUND):
                break
            stops += 1
            assert focus_is_visible(orders), orders.evaluate("document.activeElement.outerHTML")
        assert 5 < stops < 100


def focus_is_visible(page: Page) -> bool:
    """Whether what has the focus differs from what it looks like without: an outline, a border, a shadow."""
    return bool(
        page.evaluate(
            """() => {
              const at = document.activeElement;
              // Leaving a date would begin its days, months and years anew; its frame is that of the other fields.
              if (at.matches("[type=date], [type=time], [type=datetime-local]")) return true;
              const looks = (element) => {
                const { outlineStyle, outlineWidth, outlineColor, borderColor, boxShadow, backgroundColor } = getComputedStyle(element);
                return [outlineStyle, outlineWidth, outlineColor, borderColor, boxShadow, backgroundColor].join();
              };
              const near = [at, at.parentElement, at.closest('.ts-wrapper, label, tr, .chip, .file-add, .rating') ?? at];
              near.push(...(at.labels ?? []), ...(at.nextElementSibling ? [at.nextElementSibling] : []));
              const seen = near.map(looks).join(';');
              at.blur();
              const blurred = near.map(looks).join(';');
              at.focus();
              return seen !== blurred;
            }"""
        )
    )
