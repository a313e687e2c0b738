"""The watched pages of the browser tests notice what they are there to notice."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest

from tests.browser.watched import DESK, PHONE, Pages, axe_findings, fits_the_window

BODIES = {
    "/": "<h1>Fine</h1>",
    "/favicon.ico": "none",
    "/exception": "<h1>x</h1><script src='/throw.js'></script>",
    "/throw.js": "throw new Error('thrown')",
    "/inline": "<h1>x</h1><script>alert(1)</script>",
    "/console": "<h1>x</h1><script src='/log.js'></script>",
    "/log.js": "console.error('logged')",
    "/picture": "<h1>x</h1><img src='/nowhere.png'>",
    "/wide": "<h1>x</h1><canvas width=2000></canvas>",
}


@pytest.fixture(scope="module")
def address(serve: Callable[[Any], str]) -> str:
    return serve(application)


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    path = environ["PATH_INFO"]
    body = BODIES.get(path, "")
    kind = "text/javascript" if path.endswith(".js") else "text/html; charset=utf-8"
    headers = [("Content-Type", kind), ("Content-Security-Policy", "default-src 'self'")]
    start_response("200 OK" if body else "404 Not Found", headers)
    page = f"<!doctype html><html lang=en><meta name=viewport content='width=device-width'><title>x</title>{body}"
    return [(body if path.endswith(".js") else page).encode()]


def test_a_page_without_fault_passes(pages: Pages, address: str) -> None:
    pages.open(address + "/")


@pytest.mark.parametrize(
    ("path", "complaint"),
    [("/exception", "thrown"), ("/inline", "CSP: script-src"), ("/console", "logged"), ("/picture", "404")],
)
def test_a_fault_is_noticed(pages: Pages, address: str, path: str, complaint: str) -> None:
    page = pages.open(address + path)
    page.wait_for_load_state("networkidle")
    pages.close()
    assert any(complaint in said for said in pages.complaints), pages.complaints
    pages.complaints.clear()


def test_an_expected_complaint_does_not_fail_the_test(pages: Pages, address: str) -> None:
    pages.expect_complaint("404")
    page = pages.open(address + "/picture")
    page.wait_for_load_state("networkidle")


def test_axe_finds_a_picture_without_a_text(pages: Pages, address: str) -> None:
    pages.expect_complaint("404")
    assert any("image-alt" in finding for finding in axe_findings(pages.open(address + "/picture")))
    assert axe_findings(pages.open(address + "/")) == []


def test_a_page_that_is_too_wide_is_noticed(pages: Pages, address: str) -> None:
    assert fits_the_window(pages.open(address + "/", size=DESK))
    assert not fits_the_window(pages.open(address + "/wide", size=PHONE))
