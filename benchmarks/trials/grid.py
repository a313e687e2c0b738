"""The list as somebody works in it: rows on the screen, keystroke to found rows, a scroll to the middle, another order.

Besides, the longest task of the page meanwhile: as long as it lasts, no key and no click is heard.

All in a browser, of 200,000 orders and of their 1,000,000 lines. The floor has no scrolling: its page from the middle is
loaded anew, and so is what it finds.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from playwright.sync_api import Browser, Page

from benchmarks import browser, parties
from benchmarks.answers import Wrong
from benchmarks.data import SEARCHES, Data
from benchmarks.product import pages
from benchmarks.trial import Outcome, Trial

LINES = "/records/order_line"
PAID = f"{pages.LIST}?f=status:any_of:paid"
"""The floor searches among the orders of one state."""
LONGEST = 1000
"""Milliseconds that nobody takes for waiting."""
LONGEST_TASK = 200
"""Milliseconds of the processor after which somebody who types would notice."""
UNTIL = """async ([begin, met]) => {
  const found = eval(met), start = performance.now();
  eval(begin);
  while (!found()) {
    if (performance.now() - start > 30_000) throw new Error("it did not come");
    await new Promise(requestAnimationFrame);
  }
  return performance.now() - start;
}"""
TYPED = """(() => {
  const input = document.getElementById("list-q");
  input.focus();
  input.value = "WORD";
  input.dispatchEvent(new Event("input", { bubbles: true }));
})()"""
FOUND = """() => document.querySelector("#list")?.dataset.q === "WORD" && document.querySelector("tbody tr") !== null"""
SCROLLED = """(() => {
  const grid = document.querySelector("[data-grid-scroll]");
  grid.scrollTo(0, grid.scrollHeight / 2);
})()"""
THERE = """() => {
  const grid = document.querySelector("[data-grid-scroll]").getBoundingClientRect();
  const row = document.elementFromPoint(grid.left + 200, grid.top + grid.height / 2)?.closest("tr[data-id]");
  return Number(row?.parentElement.dataset.page) > 1;
}"""
ORDERED = """(() => document.querySelector('th[data-field="quantity"] a.th-sort').click())()"""
"""By a column that has no index."""
IN_ORDER = """() => document.querySelector('th[data-field="quantity"][aria-sort]') && document.querySelector("tbody tr[data-id]")"""
QUANTITIES = """() => {
  const at = document.querySelector('th[data-field="quantity"]').cellIndex;
  return [...document.querySelectorAll("tbody tr[data-id]")].map((row) => Number(row.cells[at].innerText.replace(",", "")));
}"""
TURNS = 5


def run(data: Data) -> list[Outcome]:
    """Both in turn; the very first of each warms up and is not counted."""
    with browser.chromium() as opened, ExitStack() as stack:
        floor = stack.enter_context(parties.floor(data)).address
        product = stack.enter_context(parties.product(data)).address
        with signed_in(opened, product) as page:
            ours = {
                "rows ms": measured(lambda turn: loaded(page, product + pages.LIST)),
                "found ms": measured(lambda turn: typed(page, product + PAID, turn)),
                "middle ms": measured(lambda turn: scrolled(page, product + pages.LIST)),
                "rows of 1 M ms": measured(lambda turn: loaded(page, product + LINES)),
                "middle of 1 M ms": measured(lambda turn: scrolled(page, product + LINES)),
                "order of 1 M ms": measured(lambda turn: ordered(page, product + LINES)),
            }
            longest = measured(lambda turn: longest_task(opened, page, product + pages.LIST, turn))
            middle, word = data.size.orders // 2, "/order?status=paid&q="
            theirs = {
                "rows ms": measured(lambda turn: loaded(page, floor + "/order")),
                "found ms": measured(lambda turn: loaded(page, floor + word + SEARCHES[turn % len(SEARCHES)])),
                "middle ms": measured(lambda turn: loaded(page, f"{floor}/order?offset={middle}")),
            }
        slow = max(ours.values()) > LONGEST or longest > LONGEST_TASK
        return [Outcome("floor", theirs), Outcome("product", {**ours, "longest task ms": longest}, slow)]


@contextmanager
def signed_in(opened: Browser, address: str) -> Iterator[Page]:
    """A page of somebody who has signed in, its files in the cache after the first visit."""
    state = browser.sign_in(opened, address + "/login", pages.LOGIN, pages.PASSWORD)
    context = opened.new_context(storage_state=state, viewport={"width": 1366, "height": 768}, bypass_csp=True)
    try:
        page = context.new_page()
        page.add_init_script(browser.WATCH % "tbody tr")
        yield page
    finally:
        context.close()


def measured(work: Callable[[int], float]) -> float:
    """The median of some turns."""
    return statistics.median([work(turn) for turn in range(TURNS + 1)][1:])


def loaded(page: Page, address: str) -> float:
    """From the navigation to the first row on the screen."""
    page.goto(address, wait_until="load")
    page.wait_for_function(browser.SEEN)
    visible: float = page.evaluate("window.__visible")
    return visible


def typed(page: Page, address: str, turn: int) -> float:
    """From the last letter of a search to the rows that it finds, with the pause in which one may go on typing."""
    word = SEARCHES[turn % len(SEARCHES)]
    loaded(page, address)
    page.wait_for_load_state("networkidle")
    took: float = page.evaluate(UNTIL, [TYPED.replace("WORD", word), FOUND.replace("WORD", word)])
    if word not in page.locator("tbody tr").first.inner_text().lower():
        raise Wrong(f"the first row found does not hold {word}")
    return took


def scrolled(page: Page, address: str) -> float:
    """From the bar drawn to the middle to the rows there."""
    loaded(page, address)
    page.wait_for_load_state("networkidle")
    took: float = page.evaluate(UNTIL, [SCROLLED, THERE])
    return took


def ordered(page: Page, address: str) -> float:
    """From the click on a heading to the rows in that order."""
    loaded(page, address)
    page.wait_for_load_state("networkidle")
    took: float = page.evaluate(UNTIL, [ORDERED, IN_ORDER])
    found = page.evaluate(QUANTITIES)
    if found != sorted(found) or found[0] != 1:
        raise Wrong(f"the first rows have the quantities {found[:5]}")
    return took


def longest_task(opened: Browser, page: Page, address: str, turn: int) -> float:
    """While the bar is drawn to the middle, and while a search finds what it finds."""
    word = SEARCHES[turn % len(SEARCHES)]
    loaded(page, address)
    page.wait_for_load_state("networkidle")
    with browser.tasks(opened, page) as taken:
        page.evaluate(UNTIL, [SCROLLED, THERE])
        page.evaluate(UNTIL, [TYPED.replace("WORD", word), FOUND.replace("WORD", word)])
    return max(taken)


TRIAL = Trial(
    "grid", "the list in the browser: rows, search, scroll, order", f"{LONGEST} ms each, {LONGEST_TASK} ms a task", run
)
