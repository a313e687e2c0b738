"""One's own account: where one is signed in, and how to end it."""

from __future__ import annotations

import re

import pytest

from runtime_web.browsers import browser_icon, browser_name
from tests.runtime_web.visitor import PASSWORD, Site, Visitor

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Mobile/15E148 Safari/604.1"


def signed_in(site: Site, browser: str) -> Visitor:
    visitor = site.visitor()
    form = {"login": "ben", "password": PASSWORD}
    assert visitor.post("/login", form, token=visitor.token(), headers={"User-Agent": browser}).status_code == 302
    return visitor


def ends(page: str) -> list[str]:
    return re.findall(r'action="(/account/sessions/\w+/end)"', page)


def test_one_sees_where_one_is_signed_in_and_ends_it(any_site: Site) -> None:
    phone, desk = signed_in(any_site, IPHONE), signed_in(any_site, FIREFOX)
    page = desk.get("/account").text
    assert "Firefox, Linux" in page
    assert "Safari, iPhone" in page
    assert "127.0.0.1" in page
    (path,) = ends(page)
    desk.post(path)
    assert phone.get("/").status_code == 302
    assert desk.get("/").status_code == 200


def test_everything_else_ends_at_once(site: Site) -> None:
    others = [signed_in(site, IPHONE) for _ in range(2)]
    desk, ana = signed_in(site, FIREFOX), site.visitor("ana")
    desk.post("/account/sessions/end-others")
    assert "You are logged out everywhere else." in desk.get("/account").text
    assert [visitor.get("/").status_code for visitor in (*others, desk, ana)] == [302, 302, 200, 200]


def test_nobody_ends_somebody_elses(site: Site) -> None:
    desk, phone, ana = signed_in(site, FIREFOX), signed_in(site, IPHONE), site.visitor("ana")
    (path,) = ends(desk.get("/account").text)
    ana.post(path)
    ana.post("/account/sessions/end-others")
    assert phone.get("/").status_code == 200


def test_a_key_is_new_at_each_log_in_and_the_old_one_is_dead(site: Site) -> None:
    visitor = site.visitor()
    visitor.get("/login")
    stranger = visitor.key
    visitor.sign_in("ben")
    first = visitor.key
    visitor.post("/login", {"login": "ben", "password": PASSWORD})
    assert len({stranger, first, visitor.key}) == 3
    for dead in (stranger, first):
        assert site.workspace.sessions.open(dead) is None


@pytest.mark.parametrize(
    ("said", "name", "icon"),
    [
        (FIREFOX, "Firefox, Linux", "device-laptop"),
        (IPHONE, "Safari, iPhone", "device-mobile"),
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit Chrome/143.0 Safari/537.36 Edg/143.0",
            "Edge, Windows",
            "device-laptop",
        ),
        (
            "Mozilla/5.0 (Linux; Android 15) AppleWebKit Chrome/143.0 Mobile Safari/537.36",
            "Chrome, Android",
            "device-mobile",
        ),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.5 Safari/605.1.15",
            "Safari, macOS",
            "device-laptop",
        ),
        ("curl/8.11", "Unknown browser", "device-laptop"),
        ("<script>alert(1)</script>", "Unknown browser", "device-laptop"),
    ],
)
def test_browsers_are_called_as_people_call_them(said: str, name: str, icon: str) -> None:
    assert (browser_name(said), browser_icon(said)) == (name, icon)
