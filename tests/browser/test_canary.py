"""In a real browser too: what stands wherever Ann may not look is in no page, request or storage of hers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Error, Response

from tests.browser.company import Company, database_url
from tests.browser.conftest import Serve
from tests.browser.watched import Pages
from tests.security.hidden import AMOUNT, CANARY, GOOD, open_hidden

PATHS = (
    "/",
    "/records/client",
    "/records/order",
    "/records/product",
    "/records/client/1",
    "/records/client/1/edit",
    "/records/client/1/history",
    "/records/order/1",
    "/records/order/1/edit",
    "/records/order/3",
    "/records/order/3/edit",
    "/records/order/3/history",
    "/records/order/new?copy=3",
    "/records/order/trash",
    "/records/client?q=quokka",
    "/search?q=quokka",
    "/done",
)


@pytest.fixture
def trade(tmp_path: Path, serve: Serve, quick_hashes: None) -> Iterator[Company]:
    for found in open_hidden(database_url(tmp_path), tmp_path):
        yield Company(found.site, serve(found.site.app))


def test_no_page_or_response_of_a_browser_holds_it(trade: Company, pages: Pages) -> None:
    page = trade.open(pages, login="ann")
    received: list[tuple[str, str]] = []

    def note(response: Response) -> None:
        if not response.ok or response.request.resource_type not in ("document", "fetch", "xhr"):
            return
        try:
            said = f"{response.all_headers()} {response.text()}"
        except Error:
            # The page went on before its body was read, and the browser keeps none of that: it is asked for once more.
            said = page.request.get(response.url, headers=response.request.headers).text()
        received.append((response.url, said))

    answers: list[Response] = []
    page.on("response", lambda answer: answers.extend([answer]))
    seen: dict[str, str] = {}
    for path in PATHS:
        page.goto(trade.url + path)
        page.wait_for_load_state("networkidle")
        seen[path] = page.content() + page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
        for answer in answers:
            note(answer)
        answers.clear()
    page.goto(trade.url + "/records/order/1/edit")
    page.wait_for_load_state("networkidle")
    seen["typed"] = page.content()
    seen |= dict(received)
    assert [path for path, text in seen.items() if CANARY in text or str(AMOUNT) in text or "7,391" in text] == []
    assert sum(GOOD in text for text in seen.values()) > 4
