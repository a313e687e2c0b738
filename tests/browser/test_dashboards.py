"""A dashboard is arranged by keyboard and by mouse, gets a report, and stays as it was left."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.company import Company
from tests.browser.watched import Pages

TILES = "all => all.map((one) => `${one.dataset.tile} ${one.dataset.width}x${one.dataset.height}`)"


def tiles(page: Page) -> list[str]:
    found: list[str] = page.locator("[data-tile]").evaluate_all(TILES)
    return found


def ready(page: Page) -> None:
    expect(page.locator("[data-tile] [aria-busy]")).to_have_count(0)


def pressed(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def drag(page: Page, tile: str, to: str) -> None:
    """Drag a tile by its heading onto another, with the steps in between that a hand makes."""
    page.locator(f"#tile-{tile}").hover(position={"x": 20, "y": 8})
    page.mouse.down()
    box = page.locator(f"[data-tile={to}]").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=8)
    page.mouse.move(box["x"] + box["width"] * 0.8, box["y"] + box["height"] / 2, steps=4)
    page.mouse.up()


def lower(page: Page, tile: str) -> None:
    """Drag the corner of a tile up by a line."""
    corner = page.locator(f"[data-tile={tile}] .tile-corner")
    corner.hover()
    box = corner.bounding_box()
    assert box
    page.mouse.down()
    page.mouse.move(box["x"] + 8, box["y"] - 110, steps=4)
    page.mouse.up()


def test_an_arrangement_is_kept_and_taken_back(pages: Pages, company: Company) -> None:
    page = company.open(pages, "/dashboards", locale="en-GB")
    page.get_by_role("link", name="Morning").click()
    page.wait_for_load_state()
    ready(page)
    original = tiles(page)
    expect(page.locator("[data-tile=orders] .tile-figure")).to_be_visible()

    # By keyboard: the tile "sales" forward, and one column wider.
    page.get_by_role("button", name="Arrange", exact=True).focus()
    page.keyboard.press("Enter")
    page.get_by_label("Arrange Sales by month").focus()
    with page.expect_response("**/_layout"):
        pressed(page, "Enter", "ArrowDown", "Enter")
    with page.expect_response("**/_layout"):
        pressed(page, "ArrowDown", "ArrowDown", "Enter")
    expect(page.locator("[data-tile=sales] [data-wider='1']")).to_be_focused()
    page.keyboard.press("Escape")
    ready(page)

    # By mouse: another tile behind its neighbour, and one smaller by its corner.
    with page.expect_response("**/_layout"):
        drag(page, "turnover", "orders")
    with page.expect_response("**/_layout"):
        lower(page, "kinds")

    page.get_by_role("button", name="Add a tile").first.click()
    page.get_by_label("Report", exact=True).select_option(label="Managers' work")
    page.get_by_label("Show as").select_option(label="Bars")
    page.get_by_role("dialog").get_by_role("button", name="Add a tile").click()
    expect(page.locator("[data-tile=added_1] svg[role=img]")).to_be_visible()
    wanted = [
        "orders 3x1",
        "turnover 3x1",
        "debts 3x1",
        "sales 9x3",
        "overdue 3x1",
        "kinds 4x2",
        *original[6:],
        "added_1 6x3",
    ]
    assert tiles(page) == wanted
    page.reload()
    ready(page)
    assert tiles(page) == wanted

    page.get_by_label("Arrange Managers' work").click()
    with page.expect_response("**/_layout"):
        page.locator("[data-tile=added_1] [data-remove]").click()
    page.get_by_role("button", name="Back to the original").click()
    expect(page.locator("[data-tile]").first).to_have_attribute("data-tile", "turnover")
    assert tiles(page) == original
    # Nothing is asked any more when the server goes.
    ready(page)
