"""The second step of signing in, as people meet it: setting it up, being asked, losing the phone."""

from __future__ import annotations

import html
import re

import pyotp
import pytest
from werkzeug.test import TestResponse

from engine.accounts import second_factor as module
from tests.runtime_web.visitor import PASSWORD, Site, Visitor

STEP = 58_000_000


class Phone:
    """Somebody's phone with the app on it, and the time that a test moves."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.step = STEP
        self.secret = ""
        monkeypatch.setattr(module, "_step", lambda: self.step)

    @property
    def code(self) -> str:
        return pyotp.TOTP(self.secret).generate_otp(self.step)


@pytest.fixture
def phone(monkeypatch: pytest.MonkeyPatch) -> Phone:
    return Phone(monkeypatch)


def set_up(visitor: Visitor, phone: Phone) -> list[str]:
    """Set the second step up as a person does; the recovery codes."""
    page = visitor.post("/account/second-factor", {"password": PASSWORD}).text
    assert "<svg" in page
    phone.secret = between(page, 'id="secret">', "<").replace(" ", "")
    page = visitor.post("/account/second-factor/confirm", {"code": phone.code}).text
    phone.step += 1
    return between(page, 'id="recovery-codes">', "<").split()


def between(page: str, before: str, after: str) -> str:
    found = re.search(re.escape(before) + "(.*?)" + re.escape(after), page, re.DOTALL)
    assert found, page
    return html.unescape(found[1])


def enter(visitor: Visitor, answer: TestResponse, code: str, **form: str) -> TestResponse:
    """Send the code page with a code."""
    carried = between(answer.text, 'name="pass" value="', '"')
    return visitor.post("/login/code", {"pass": carried, "code": code, **form}, token=visitor.token())


def test_the_password_alone_opens_nothing_any_more(any_site: Site, phone: Phone) -> None:
    codes = set_up(any_site.visitor("ben"), phone)
    assert len(codes) == 10
    stranger = any_site.visitor()
    answer = stranger.sign_in("ben", next="/search")
    assert answer.status_code == 200
    assert "the app on your phone" in answer.text
    assert stranger.get("/").status_code == 302
    refused = enter(stranger, answer, "000000")
    assert refused.status_code == 422
    assert "This code is wrong" in refused.text
    key = stranger.key
    entered = enter(stranger, refused, phone.code, next="/search")
    assert (entered.status_code, entered.location) == (302, "/search")
    assert stranger.get("/").status_code == 200
    assert stranger.key != key


def test_a_recovery_code_opens_once(site: Site, phone: Phone) -> None:
    codes = set_up(site.visitor("ben"), phone)
    assert set_up_state(site) == "10 recovery codes are left."
    visitor = site.visitor()
    assert enter(visitor, visitor.sign_in("ben"), codes[0]).status_code == 302
    assert "9 recovery codes are left." in visitor.get("/account").text
    other = site.visitor()
    assert enter(other, other.sign_in("ben"), codes[0]).status_code == 422


def set_up_state(site: Site) -> str:
    left = site.workspace.second_factors.recovery_left(2)
    return f"{left} recovery codes are left."


def test_the_proof_of_the_password_holds_for_one_browser(site: Site, phone: Phone) -> None:
    set_up(site.visitor("ben"), phone)
    answer = site.visitor().sign_in("ben")
    thief = site.visitor()
    refused = enter(thief, answer, phone.code)
    assert refused.status_code == 422
    assert "Sign in again." in refused.text
    assert thief.get("/").status_code == 302


@pytest.mark.parametrize("carried", ["", "rubbish", "WzEsInh4IiwiYmVuIiwiYiJd.aaaa.bbbb"])
def test_without_the_proof_a_code_opens_nothing(site: Site, phone: Phone, carried: str) -> None:
    set_up(site.visitor("ben"), phone)
    visitor = site.visitor()
    answer = visitor.post("/login/code", {"pass": carried, "code": phone.code}, token=visitor.token())
    assert answer.status_code == 422
    assert visitor.get("/").status_code == 302


def test_a_form_kept_from_before_is_sent_after_the_code(site: Site, phone: Phone) -> None:
    set_up(site.visitor("ben"), phone)
    visitor = site.visitor()
    answer = visitor.sign_in("ben", **{"kept-action": "/records/client/new", "kept:name": "Kept"})
    assert 'name="kept:name" value="Kept"' in answer.text
    entered = enter(visitor, answer, phone.code, **{"kept-action": "/records/client/new", "kept:name": "Kept"})
    assert 'value="Kept"' in entered.text


def test_in_the_dialog_over_a_page_the_code_is_asked_for_too(site: Site, phone: Phone) -> None:
    set_up(site.visitor("ben"), phone)
    visitor = site.visitor()
    asks = {"headers": {"HX-Request": "true"}}
    form = {"login": "ben", "password": PASSWORD}
    answer = visitor.post("/login", form, token=visitor.token(), **asks)
    assert answer.headers["HX-Retarget"] == "#sign-in"
    carried = between(answer.text, 'name="pass" value="', '"')
    entered = visitor.post("/login/code", {"pass": carried, "code": phone.code}, token=visitor.token(), **asks)
    assert "data-token" in entered.text


def test_setting_up_and_removing_ask_for_the_password(site: Site, phone: Phone) -> None:
    ben = site.visitor("ben")
    answer = ben.post("/account/second-factor", {"password": "wrong"})
    assert answer.status_code == 422
    assert "This is not your current password." in answer.text
    assert "<code" not in answer.text
    set_up(ben, phone)
    for path in ("remove", "recovery"):
        assert ben.post(f"/account/second-factor/{path}", {"password": "wrong"}).status_code == 422
    assert ben.post("/account/second-factor", {"password": PASSWORD}).status_code == 422
    assert site.workspace.second_factors.is_on(2)
    page = ben.post("/account/second-factor/recovery", {"password": PASSWORD}).text
    assert len(between(page, 'id="recovery-codes">', "<").split()) == 10
    assert ben.post("/account/second-factor/remove", {"password": PASSWORD}).location == "/account"
    assert site.visitor().sign_in("ben").status_code == 302


def test_a_wrong_code_sets_nothing_up(site: Site, phone: Phone) -> None:
    ben = site.visitor("ben")
    page = ben.post("/account/second-factor", {"password": PASSWORD}).text
    phone.secret = between(page, 'id="secret">', "<").replace(" ", "")
    assert ben.post("/account/second-factor/confirm", {"code": "000000"}).status_code == 422
    assert phone.secret not in ben.get("/account/second-factor").text
    assert site.visitor().sign_in("ben").status_code == 302


def test_setting_up_logs_out_everywhere_else(site: Site, phone: Phone) -> None:
    here, there = site.visitor("ben"), site.visitor("ben")
    set_up(here, phone)
    assert there.get("/").status_code == 302
    assert here.get("/").status_code == 200
