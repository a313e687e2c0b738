"""A list page in headless Chromium: when its first row is on the screen, and what was loaded for it."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, Page, StorageState, sync_playwright

WATCH = """
(() => {
  const look = () => {
    const row = document.querySelector(%r);
    if (row && row.getBoundingClientRect().height > 0 && row.textContent.trim()) {
      requestAnimationFrame(() => { window.__visible = performance.now(); });
    } else requestAnimationFrame(look);
  };
  look();
})()
"""
SEEN = "() => window.__visible !== undefined"
"""A function, since a policy may forbid the page to evaluate a text, as asking again would."""
NAMES = ("chromium", "chromium-browser", "google-chrome", "chromium-headless-shell")


@dataclass(frozen=True)
class Visit:
    """One visit: milliseconds from the start of the navigation to the first row, bytes over the wire, requests."""

    milliseconds: float
    bytes: int
    requests: int
    rows: int


@contextmanager
def chromium() -> Iterator[Browser]:
    """The installed Chromium, or the one that Playwright brought."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    sandbox = not hasattr(os, "geteuid") or os.geteuid() != 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, chromium_sandbox=sandbox)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def tasks(browser: Browser, page: Page) -> Iterator[list[float]]:
    """A list that holds, afterwards, the milliseconds of the processor that each task of the page's thread has taken.

    What other programs took meanwhile is not in them, unlike in what a page learns of its long tasks.
    """
    found: list[float] = []
    browser.start_tracing(page=page, categories=["toplevel", "disabled-by-default-devtools.timeline"])
    try:
        yield found
    finally:
        events = json.loads(browser.stop_tracing())["traceEvents"]
    pages = {
        (event["pid"], event["tid"])
        for event in events
        if event["name"] == "thread_name" and event["args"]["name"] == "CrRendererMain"
    }
    of_page = [event for event in events if event["name"] == "RunTask" and (event["pid"], event["tid"]) in pages]
    found += [event.get("tdur", event.get("dur", 0)) / 1000 for event in of_page]


def visit(browser: Browser, address: str, row: str, signed_in: StorageState | None = None) -> Visit:
    """Open the address with an empty cache. `row` selects the rows of the list."""
    context = browser.new_context(storage_state=signed_in, viewport={"width": 1366, "height": 768})
    try:
        page = context.new_page()
        loaded = watch_network(page)
        page.add_init_script(WATCH % row)
        page.goto(address, wait_until="load")
        page.wait_for_function(SEEN)
        page.wait_for_load_state("networkidle")
        visible: float = page.evaluate("window.__visible")
        return Visit(visible, sum(loaded), len(loaded), page.locator(row).count())
    finally:
        context.close()


def sign_in(browser: Browser, address: str, login: str, password: str) -> StorageState:
    """What a browser remembers of somebody who has signed in there."""
    context = browser.new_context()
    try:
        page = context.new_page()
        page.goto(address)
        page.fill("[name=login]", login)
        page.fill("[name=password]", password)
        page.press("[name=password]", "Enter")
        page.wait_for_url(lambda url: url != address)
        return context.storage_state()
    finally:
        context.close()


def watch_network(page: Page) -> list[int]:
    """A list that fills with the bytes of every finished request, headers and compression as they were sent."""
    loaded: list[int] = []

    def finished(event: dict[str, Any]) -> None:
        loaded.append(int(event["encodedDataLength"]))

    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.loadingFinished", finished)
    return loaded
