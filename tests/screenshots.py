"""`python -m tests.screenshots`: takes the pictures in docs/screenshots anew, from the demo data and a real browser."""

from __future__ import annotations

import datetime as dt
import io
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Page, expect, sync_playwright
from waitress.server import create_server

from engine.notes import Notes, Wording
from engine.records import Records
from engine.rights import Principal
from tests.browser.chromium import ARGUMENTS, executable
from tests.browser.company import Company, fill, open_company
from tests.browser.watched import DESK, PHONE, Pages, Scheme
from tests.runtime_web.visitor import Site
from tests.surroundings import ROOT

FOLDER = ROOT / "docs" / "screenshots"
CLIENTS = 120


@dataclass(frozen=True)
class Picture:
    """A page of the demo; `ready` does first what somebody would do there."""

    path: str
    ready: Callable[[Page], None] = lambda page: None
    size: tuple[int, int] = DESK
    scheme: Scheme = "light"


def palette(page: Page) -> None:
    page.keyboard.press("Control+k")
    page.keyboard.type("ord")
    expect(page.get_by_role("option").first).to_be_visible()


def opened_groups(page: Page) -> None:
    """What is shipped, and the first of its cities."""
    page.get_by_role("link", name="Shipped").click()
    page.locator(".depth-1 .group-toggle").first.click()
    expect(page.locator("#list tbody a.open").first).to_be_visible()


def details(page: Page) -> None:
    if not page.locator("#details").is_visible():
        page.keyboard.press("F4")
    page.locator("#list tbody tr").nth(3).locator("td.end").first.click()
    expect(page.locator("#details .panel").first).to_be_visible()


def pasted(page: Page) -> None:
    """Three rows from a spreadsheet, one of which does not fit."""
    page.locator("#list tbody tr").nth(2).locator("td").nth(3).click()
    rows = "Tirana\t+355 69 555 0101\nVlorë\t12\nOulu\t+358 40 555 0103"
    page.evaluate(
        """(text) => {
          const clipboardData = new DataTransfer();
          clipboardData.setData("text/plain", text);
          document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
        }""",
        rows,
    )
    expect(page.get_by_role("dialog")).to_be_visible()


PHONE_DARK: Mapping[str, Any] = {"size": PHONE, "scheme": "dark"}
PICTURES: Mapping[str, Picture] = {
    "home": Picture("/"),
    "palette": Picture("/", palette),
    "list": Picture("/records/order"),
    "groups": Picture("/records/order?group=status,client.city", opened_groups),
    "paste": Picture("/records/client", pasted),
    "details": Picture("/records/order", details),
    "board": Picture("/records/order?view=board"),
    "calendar": Picture("/records/order?view=deliveries"),
    "pictures": Picture("/records/product?view=pictures"),
    "tree": Picture("/records/employee?view=team"),
    "card": Picture("/records/order/{order}"),
    "form": Picture("/records/order/{order}/edit"),
    "report": Picture("/reports/sales_by_client"),
    "dashboard": Picture("/dashboards/morning"),
    "list-phone": Picture("/records/order", **PHONE_DARK),
    "card-phone": Picture("/records/order/{order}", **PHONE_DARK),
}
# An order that shows what an order can have.
LIKELY = """
    SELECT "order".id FROM "order" JOIN order_line ON order_line."order" = "order".id
    WHERE comment IS NOT NULL AND discount IS NOT NULL AND vat > 0 AND status IN ('shipped', 'paid')
    GROUP BY "order".id HAVING count(*) BETWEEN 4 AND 6 ORDER BY "order".id DESC LIMIT 1
"""


def main() -> int:
    """Take every picture; returns the exit code."""
    program = executable()
    if program is None:
        sys.stderr.write("No Chromium, Chrome or Edge is installed.\n")
        return 1
    with tempfile.TemporaryDirectory() as name:
        # Until today: a dashboard tells of this month.
        fill(Path(name), CLIENTS, dt.datetime.now(dt.UTC).date())
        site = open_company(Path(name))
        site.add_people()
        plan(site)
        server = create_server(site.app, host="127.0.0.1", port=0, threads=6)
        threading.Thread(target=server.run, daemon=True).start()
        with sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=program, args=list(ARGUMENTS))
            take(Company(site, f"http://127.0.0.1:{server.effective_port}"), Pages(browser))
            browser.close()
        server.close()
        site.workspace.database.close()
    return 0


def plan(site: Site) -> None:
    """What the person in the pictures has agreed with clients."""
    today = dt.datetime.now(dt.UTC)
    held = site.workspace
    notes = Notes(Records(held.database, held.tables, Principal(1, "Ana", administrator=True)))
    for order, days, text, step in (
        (3, -1, "Asked what a second saw would cost.", "Send the offer"),
        (7, 0, "Wants to pay in two parts.", "Call about the second part"),
        (12, 6, "Takes the rest in spring.", "Visit them with the samples"),
    ):
        due = (today + dt.timedelta(days=days)).date()
        notes.add("order", order, Wording(text, "call", today - dt.timedelta(days=8), step, due))


def take(company: Company, pages: Pages) -> None:
    """One picture for each name."""
    order = company.one(LIKELY)
    looks = {(picture.size, picture.scheme) for picture in PICTURES.values()}
    opened = {look: company.open(pages, "/", size=look[0], scheme=look[1], locale="en-GB") for look in looks}
    for name, picture in PICTURES.items():
        page = opened[picture.size, picture.scheme]
        page.goto(company.url + picture.path.format(order=order))
        page.wait_for_load_state("networkidle")
        picture.ready(page)
        page.wait_for_load_state("networkidle")
        write(FOLDER / f"{name}.png", page.screenshot())


def write(path: Path, picture: bytes) -> None:
    """Few colours make a small file; nobody sees the difference in a page of this kind."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.open(io.BytesIO(picture)).convert("RGB").quantize(256).save(path, optimize=True)
    sys.stdout.write(f"{path.relative_to(ROOT)} {path.stat().st_size // 1024} kB\n")


if __name__ == "__main__":
    sys.exit(main())
