"""The log-in page: where it leads, what it says, how often one may try."""

from __future__ import annotations

import pytest

from tests.runtime_web.visitor import PASSWORD, Site

ELSEWHERE = [
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https:evil.example",
    "https://evil.example/",
    "/%0d%0aLocation:x\r\nx",
    "/\t/evil.example",
    "http://localhost@evil.example",
    "javascript:alert(1)",
    "evil.example",
    "",
    "/x\x00y",
]


@pytest.mark.parametrize("goal", ELSEWHERE)
def test_the_way_leads_nowhere_else(site: Site, goal: str) -> None:
    answer = site.visitor().sign_in("ben", next=goal)
    assert answer.location == "/"


@pytest.mark.parametrize("goal", ["/records/client?q=a&sort=-name", "/search?q=%2F%2Fx", "/password"])
def test_the_way_leads_back_to_where_one_was(site: Site, goal: str) -> None:
    asked = site.visitor().get(goal)
    assert asked.status_code == 302
    assert asked.location.startswith("/login?next=")
    visitor = site.visitor()
    page = visitor.get(asked.location).text
    assert f'name="next" value="{goal.replace("&", "&amp;")}"' in page
    assert visitor.sign_in("ben", next=goal).location == goal


def test_a_browser_without_the_cookie_is_told_so(site: Site) -> None:
    visitor = site.visitor()
    answer = visitor.post(
        "/login", {"login": "ben", "password": PASSWORD, "next": "/search"}, token=site.visitor().token()
    )
    assert answer.status_code == 400
    assert "refuses cookies" in answer.text
    assert 'value="ben"' in answer.text
    assert PASSWORD not in answer.text


def test_whoever_is_in_already_does_not_see_the_log_in(site: Site) -> None:
    assert site.visitor("ben").get("/login?next=/users").location == "/users"


@pytest.mark.parametrize(("login", "password"), [("ben", "not the one"), ("nobody", PASSWORD)])
def test_a_wrong_login_and_a_wrong_password_look_the_same(site: Site, login: str, password: str) -> None:
    answer = site.visitor().sign_in(login, password)
    assert answer.status_code == 422
    assert "The login name or the password is wrong." in answer.text
    assert password not in answer.text
    assert f'value="{login}"' in answer.text


def test_after_ten_failures_one_must_wait(any_site: Site) -> None:
    visitor = any_site.visitor()
    for _ in range(10):
        assert visitor.sign_in("ben", "wrong").status_code == 422
    answer = visitor.sign_in("ben")
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 300
    assert "Too many attempts" in answer.text
    assert "minute" in answer.text
    assert any_site.visitor().get("/").status_code == 302


def test_a_browser_in_which_one_has_signed_in_before_is_not_stopped_by_others(site: Site) -> None:
    ben = site.visitor("ben")
    ben.post("/logout")
    stranger = site.visitor()
    for _ in range(10):
        stranger.sign_in("ben", "wrong")
    assert stranger.sign_in("ben").status_code == 429
    assert ben.sign_in("ben").status_code == 302


def test_a_known_browser_is_known_for_its_own_person_only(site: Site) -> None:
    ben = site.visitor("ben")
    ben.post("/logout")
    stranger = site.visitor()
    for _ in range(10):
        stranger.sign_in("ana", "wrong")
    assert ben.sign_in("ana").status_code == 429


def test_a_one_time_password_leads_to_a_new_one_and_nowhere_else(site: Site) -> None:
    _, password = site.workspace.people.add("eve", "Eve")
    visitor = site.visitor()
    answer = visitor.sign_in("eve", password, next="/search")
    assert answer.location.startswith("/password")
    assert visitor.get("/search").location == "/password"
    page = visitor.get("/password").text
    assert "one-time password" in page
    form = {"old": password, "new": PASSWORD, "again": PASSWORD}
    assert visitor.post("/password", form, token=visitor.token("/password")).location == "/"
    assert visitor.get("/search").status_code == 200


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        (
            {"old": "wrong", "new": "another good one", "again": "another good one"},
            "This is not your current password.",
        ),
        (
            {"old": PASSWORD, "new": "another good one", "again": "another bad one"},
            "The two passwords are not the same.",
        ),
        ({"old": PASSWORD, "new": "short", "again": "short"}, "A password has at least 8 characters."),
    ],
)
def test_what_is_wrong_stands_at_its_field(site: Site, form: dict[str, str], sentence: str) -> None:
    answer = site.visitor("ben").post("/password", form)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert not any(typed in answer.text for typed in (PASSWORD, "another good one"))
