"""`python -m tests.screenshots`: takes the pictures in docs/screenshots anew, from the demo data and a real browser."""

from __future__ import annotations

import io
import sys
import tempfile
import threading
from collections.abc import Mapping
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright
from waitress.server import create_server

from tests.browser.chromium import ARGUMENTS, executable
from tests.browser.company import Company, fill, open_company
from tests.browser.watched import DESK, Pages
from tests.surroundings import ROOT

FOLDER = ROOT / "docs" / "screenshots"
CLIENTS = 120
PICTURES: Mapping[str, str] = {
    "list": "/records/order",
    "card": "/records/order/{order}",
    "report": "/reports/sales_by_client",
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
        fill(Path(name), CLIENTS)
        site = open_company(Path(name))
        site.add_people()
        server = create_server(site.app, host="127.0.0.1", port=0, threads=6)
        threading.Thread(target=server.run, daemon=True).start()
        with sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=program, args=list(ARGUMENTS))
            take(Company(site, f"http://127.0.0.1:{server.effective_port}"), Pages(browser))
            browser.close()
        server.close()
        site.workspace.database.close()
    return 0


def take(company: Company, pages: Pages) -> None:
    """One picture for each name."""
    page = company.open(pages, "/", size=DESK, scheme="light", locale="en-GB")
    order = company.one(LIKELY)
    for name, path in PICTURES.items():
        page.goto(company.url + path.format(order=order))
        page.wait_for_load_state("networkidle")
        write(FOLDER / f"{name}.png", page.screenshot())


def write(path: Path, picture: bytes) -> None:
    """Few colours make a small file; nobody sees the difference in a page of this kind."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.open(io.BytesIO(picture)).convert("RGB").quantize(256).save(path, optimize=True)
    sys.stdout.write(f"{path.relative_to(ROOT)} {path.stat().st_size // 1024} kB\n")


if __name__ == "__main__":
    sys.exit(main())
