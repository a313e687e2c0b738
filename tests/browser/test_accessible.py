"""Every kind of page, in both themes and at both widths: axe finds nothing serious, nothing is too wide or too small.

Nothing moves by itself, neither while a page comes nor for whoever wants no motion, and at 200 % all can be reached.
"""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from playwright.sync_api import Page, expect

from tests.browser.company import Company
from tests.browser.watched import DESK, PHONE, Pages, Scheme, axe_findings, fits_the_window

PATHS = (
    "/",
    "/records/client",
    "/records/order?f=total:ge:100&f=status:any_of:new,paid&q=ord",
    "/records/client?q=zzzz",
    "/records/order?view=board",
    "/records/contact_event?view=calendar&at=2026-11",
    "/records/contact_event?view=calendar&at=2026-11-16",
    "/records/employee?view=team",
    "/records/product?view=pictures",
    "/records/order/1/move?view=board",
    "/records/order?group=status,client.city",
    "/records/order/grouping?group=date:month",
    "/records/order/conditions?f=any(total:ge:100;all(status:any_of:new;client.city:contains:a))",
    "/records/order/columns",
    "/records/order/views/new?q=a",
    "/records/order/print?q=ord",
    "/records/order/1/timeline",
    "/records/client/trash",
    "/records/client/1",
    "/records/client/1?tab=orders",
    "/records/order/1",
    "/records/product/1",
    "/records/client/1/explain/turnover",
    "/records/order/1/history",
    "/records/order/1/then?at=2100-01-01T00:00:00Z",
    "/records/order/1/explain/net",
    "/records/client/1/edit",
    "/records/order/1/edit",
    "/records/employee/new",
    "/records/client/filter/country",
    "/records/order/filter-by/client",
    "/search?q=an",
    "/search?q=zzzz",
    "/done",
    "/audit",
    "/users",
    "/users/new",
    "/users/2",
    "/users/2/copy?from=1",
    "/hand-over?from=2&to=1",
    "/users/groups",
    "/users/groups/new",
    "/account",
    "/account/second-factor",
    "/rates",
    "/rights",
    "/rights/who?entity=order&record=1",
    "/rights/why?user=2&entity=order&record=1",
    "/rights/compare?left=1&right=2",
    "/rates/new",
    "/rates/import",
    "/password",
    "/tokens",
    "/keys",
    "/dashboards",
    "/dashboards/morning",
    "/reports",
    "/reports/sales_by_client",
    "/reports/managers_work",
    "/reports/payments_by_ten_days",
    "/reports/new/order",
    "/reports/new/client?r=eyJvZiI6ImNsaWVudCIsInJvd3MiOlt7ImZpZWxkIjoiY2l0eSJ9XSwiY2hhcnQiOiJiYXIifQ",
    "/records/client/987654",
    "/nowhere",
)

TOO_SMALL = """() => {
  const isLarge = (at) => at?.offsetWidth >= 24 && at.offsetHeight >= 24;
  return [...document.querySelectorAll("a, button, summary, input:not([type=hidden]), select, [role=tab]")]
    .filter((at) => at.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
    .filter((at) => !at.closest("td, p, .read, .skip, .visually-hidden, .ts-hidden-accessible"))
    .filter((at) => ![at, at.closest("label, .ts-control"), ...(at.labels ?? [])].some(isLarge))
    .map((at) => `${at.offsetWidth}x${at.offsetHeight}: ${at.outerHTML.slice(0, 120)}`);
}"""
OUT_OF_REACH = """() => {
  const top = document.querySelector("dialog:modal, :popover-open, details.menu[open] > .menu-list, .ts-dropdown:not([style*=none])");
  const hides = ".skip, .visually-hidden, .ts-hidden-accessible";
  return [...(top ?? document).querySelectorAll("a[href], button, summary, input:not([type=hidden]), select, textarea, [role=tab], [role=option]")]
    .filter((at) => at.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !at.closest(hides))
    .slice(0, 300)
    .filter((at) => {
      at.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
      const { left, top, width, height } = at.getBoundingClientRect();
      const there = document.elementFromPoint(left + Math.min(width, innerWidth) / 2, top + height / 2);
      return !there?.closest(".toasts") && ![at, ...(at.labels ?? [])].some((one) => one.contains(there)) && !there?.contains(at);
    })
    .map((at) => at.outerHTML.slice(0, 120));
}"""
"""What cannot be scrolled to where one sees it, since it is cut off or something lies over it; messages go by themselves."""
MOVING = """() => {
  const lasts = ({ transitionDuration: changes, animationDuration: runs }) => `${changes},${runs}`.split(",").some((time) => parseFloat(time) > 0.01);
  const styles = (at) => ["", "::before", "::after"].map((part) => getComputedStyle(at, part));
  const drawn = [...document.querySelectorAll("*")].filter((at) => styles(at).some(lasts)).map((at) => at.outerHTML);
  const running = document.getAnimations().map((one) => one.effect.target.outerHTML);
  return [...drawn, ...running].slice(0, 9).map((text) => text.slice(0, 120));
}"""
WATCH_SHIFTS = """
window.shifts = [];
window.shifting = new PerformanceObserver((list) => window.shifts.push(...list.getEntries()));
window.shifting.observe({ type: "layout-shift", buffered: true });
"""
SHIFTED = """() => [...window.shifts ?? [], ...window.shifting?.takeRecords() ?? []].reduce((sum, shift) => sum + shift.value, 0)"""
"""Whatever has moved, since nobody has touched anything: a browser that plays a phone says of all of it that somebody has."""
MOST_SHIFTED = 0.1


@pytest.mark.parametrize(
    ("size", "scheme"),
    # Each size in one theme: colours do not depend on the size, nor layouts on the theme.
    [pytest.param(DESK, "light", id="desk-light"), pytest.param(PHONE, "dark", id="phone-dark")],
)
def test_pages(pages: Pages, company: Company, size: tuple[int, int], scheme: Scheme) -> None:
    pages.expect_complaint("404")
    page = company.open(pages, "/", size=size, scheme=scheme)
    page.context.add_init_script(WATCH_SHIFTS)
    # Colours are looked at when they have settled.
    page.emulate_media(reduced_motion="reduce")
    found: dict[str, list[str]] = {}
    for path in PATHS:
        page.goto(company.url + path)
        expect(page.locator("html")).to_have_attribute("data-bs-theme", scheme)
        expect(page.locator("[data-tile] [aria-busy]")).to_have_count(0)
        found[path] = faults(page)
    door = company.open(pages, "/login", login="", size=size, scheme=scheme)
    door.emulate_media(reduced_motion="reduce")
    found["/login"] = faults(door)
    door.locator("#login").fill("nobody")
    door.locator("#password").fill("nothing")
    pages.expect_complaint("422")
    door.locator("#password").press("Enter")
    expect(door.get_by_role("alert")).to_be_visible()
    found["/login refused"] = faults(door)
    assert told(found) == ""


@pytest.mark.parametrize(
    ("size", "scheme"),
    [pytest.param(DESK, "dark", id="desk-dark"), pytest.param(PHONE, "light", id="phone-light")],
)
def test_states(pages: Pages, company: Company, size: tuple[int, int], scheme: Scheme) -> None:
    """What appears only after something was done."""
    pages.expect_complaint("409|422")
    page = company.open(pages, "/", size=size, scheme=scheme)
    # Colours are looked at when they have settled.
    page.emulate_media(reduced_motion="reduce")
    found: dict[str, list[str]] = {}
    for state in (
        wrong_entries,
        clash,
        filter_panel,
        person_menu,
        picker,
        explained,
        deleted,
        arranging,
        saving,
        pinned,
        leaving,
        palette,
    ):
        state(page, company)
        found[state.__name__] = faults(page)
    assert told(found) == ""


def palette(page: Page, company: Company) -> None:
    """Last, because a phone's whole window is in the way of what comes after it."""
    page.goto(company.url)
    page.keyboard.press("Control+k")
    page.keyboard.insert_text("ord")
    expect(page.get_by_role("option", name="All results")).to_be_visible()


def explained(page: Page, company: Company) -> None:
    page.goto(company.url + "/records/order/1")
    page.get_by_role("link", name="How it is computed: Net").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()


def saving(page: Page, company: Company) -> None:
    page.goto(company.url + "/reports/sales_by_client")
    page.get_by_role("button", name="Save as …").click()
    expect(page.get_by_role("dialog")).to_be_visible()


def pinned(page: Page, company: Company) -> None:
    page.goto(company.url)
    if not page.locator(".pinned").count():
        page.goto(company.url + "/reports/sales_by_client")
        page.locator(".top-actions summary").click()
        page.get_by_role("button", name="Pin to the home page").click()
        page.wait_for_load_state()
        page.goto(company.url)
    page.get_by_label("More about Sales by client and month").click()


def arranging(page: Page, company: Company) -> None:
    page.goto(company.url + "/dashboards/morning?arrange=1")
    expect(page.locator("[data-tile] [aria-busy]")).to_have_count(0)
    page.get_by_label("Arrange Sales by month").click()
    expect(page.get_by_role("button", name="Wider").first).to_be_visible()


def wrong_entries(page: Page, company: Company) -> None:
    page.goto(company.url + "/records/client/new")
    page.locator("#f-phone").fill("12")
    page.locator("#f-contacts-n1-email").fill("x")
    page.locator("[data-save]").click()
    expect(page.locator("#card-form [role=alert]")).to_be_visible()


def clash(page: Page, company: Company) -> None:
    page.goto(company.url + "/records/client/2/edit")
    company.do("UPDATE client SET city = city || '.', _version = _version + 1 WHERE id = 2")
    page.locator("#f-city").fill("Elsewhere")
    page.locator("[data-save]").click()
    expect(page.locator(".clash")).to_be_visible()


def filter_panel(page: Page, company: Company) -> None:
    page.goto(company.url + "/records/order?f=status:any_of:new")
    page.locator("a.chip-text").click()
    expect(page.locator("#filter-panel")).to_be_visible()


def person_menu(page: Page, company: Company) -> None:
    page.goto(company.url + "/records/employee")
    page.locator(".person summary").click()
    expect(page.get_by_role("button", name="Log out")).to_be_visible()


def picker(page: Page, company: Company) -> None:
    page.goto(company.url + "/records/order/1/edit")
    page.locator(".ts-control", has=page.locator("#f-client-ts-control")).click()
    expect(page.locator("#f-client-ts-dropdown [role=option]").first).to_be_visible()


def deleted(page: Page, company: Company) -> None:
    record = company.one("SELECT min(id) FROM contact_event WHERE _trashed_at IS NULL")
    page.goto(f"{company.url}/records/contact_event/{record}")
    page.locator(".top-actions details summary").click()
    page.get_by_role("button", name="Delete").click()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()


def leaving(page: Page, company: Company) -> None:
    page.goto(company.url + "/records/client/3/edit")
    page.locator("#f-city").press_sequentially("x")
    page.locator("[data-cancel]").click()
    expect(page.locator("#leave")).to_be_visible()


def test_an_empty_list_says_what_to_do(pages: Pages, empty_company: Company) -> None:
    for size, scheme in ((DESK, "light"), (PHONE, "dark")):
        page = empty_company.open(pages, "/records/client", size=size, scheme=scheme)
        page.emulate_media(reduced_motion="reduce")
        expect(page.get_by_role("heading", name="Nothing here yet")).to_be_visible()
        expect(page.locator("main").get_by_role("link", name="Add client")).to_be_visible()
        assert faults(page) == []
        page.goto(empty_company.url + "/")
        assert faults(page) == []


def told(found: Mapping[str, list[str]]) -> str:
    return "\n".join(f"{name}: {line}" for name, lines in found.items() for line in lines)


def faults(page: Page) -> list[str]:
    """What is wrong with a page as it stands."""
    page.wait_for_load_state()
    wide = [] if fits_the_window(page) else ["wider than the window"]
    moving = [f"moves: {part}" for part in page.evaluate(MOVING)]
    # By then whatever comes late has come, and the window is still as it was.
    found = [*wide, *moving, *axe_findings(page), *moved_by_itself(page)]
    is_phone = page.viewport_size == {"width": PHONE[0], "height": PHONE[1]}
    return [*found, *(too_small(page) if is_phone else out_of_reach(page))]


def too_small(page: Page) -> list[str]:
    """What a finger would miss, but for links within a sentence or a row."""
    return list(page.evaluate(TOO_SMALL))


def out_of_reach(page: Page) -> list[str]:
    """What one misses of a desk's page that is enlarged twice, so that its window holds half as much each way."""
    page.set_viewport_size({"width": DESK[0] // 2, "height": DESK[1] // 2})
    wide = [] if fits_the_window(page) else ["wider than the window at 200 %"]
    missed = [f"out of reach at 200 %: {part}" for part in page.evaluate(OUT_OF_REACH)]
    page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
    return [*wide, *missed]


def moved_by_itself(page: Page) -> list[str]:
    """Whether parts of a page move after they were drawn, whenever it comes; a busy machine may draw half a page once."""
    for _ in range(2):
        if page.evaluate(SHIFTED) <= MOST_SHIFTED:
            return []
        page.reload(wait_until="networkidle")
    shifted = page.evaluate(SHIFTED)
    return [f"moved by itself: {shifted:.2f}"] if shifted > MOST_SHIFTED else []
