"""Browser pages that note down every complaint: console errors, uncaught exceptions, violations of the CSP."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

DESK = (1366, 800)
PHONE = (390, 844)
Scheme = Literal["light", "dark"]

REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", event =>
  console.error(`CSP: ${event.violatedDirective} blocked ${event.blockedURI}, line ${event.lineNumber}`));
"""


@dataclass
class Pages:
    """Opens watched pages. `expected` holds patterns of complaints that the test itself provokes, such as a 404."""

    browser: Browser
    # Chromium says this when a test leaves a form that only a script has filled in.
    expected: list[str] = field(default_factory=lambda: ["Blocked attempt to show a 'beforeunload' confirmation"])
    complaints: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    def open(
        self,
        url: str = "",
        *,
        size: tuple[int, int] = DESK,
        scheme: Scheme = "light",
        locale: str = "en-GB",
        zone: str = "Europe/Chisinau",
    ) -> Page:
        """A page in a context of its own: no cookies are shared with any other page."""
        phone = size[0] < 600
        context = self.browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme=scheme,
            locale=locale,
            has_touch=phone,
            is_mobile=phone,
            timezone_id=zone,
        )
        context.set_default_timeout(30_000)
        context.add_init_script(REPORT_VIOLATIONS)
        context.on("console", self.note)
        context.on("weberror", lambda error: self.complain(f"exception: {error.error}"))
        self.contexts.append(context)
        page = context.new_page()
        if url:
            page.goto(url)
        return page

    def expect_complaint(self, pattern: str) -> None:
        """Allow complaints that match this regular expression."""
        self.expected.append(pattern)

    def note(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            place = message.location.get("url", "")
            self.complain(f"{message.type}: {message.text} ({place})")

    def complain(self, complaint: str) -> None:
        self.complaints.append(complaint)

    def close(self) -> list[str]:
        """Close everything; returns the complaints that nobody expected."""
        for context in self.contexts:
            context.close()
        return [said for said in self.complaints if not any(re.search(pattern, said) for pattern in self.expected)]


def axe_findings(page: Page, **options: Any) -> list[str]:
    """Serious and critical findings of axe on the page as it is now, one line each."""
    results = Axe().run(page, options={"resultTypes": ["violations"], **options}).response
    return [
        f"{found['impact']}: {found['id']} at {node['target']}: {node['html'][:120]}"
        for found in results["violations"]
        if found["impact"] in {"serious", "critical"}
        for node in found["nodes"]
    ]


def fits_the_window(page: Page) -> bool:
    """Whether the page can be read without scrolling sideways."""
    size = page.viewport_size
    assert size is not None
    # Not innerWidth: on a phone that grows with what does not fit. Within the frame it is the main part that scrolls.
    wide = "[document.documentElement, ...document.querySelectorAll('#main')].map((part) => part.scrollWidth)"
    return max(map(int, page.evaluate(wide))) <= size["width"]
