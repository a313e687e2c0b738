"""The pages speak the person's language; what they prefer is kept with them."""

from __future__ import annotations

from typing import Any

import pytest
from flask import g

from engine.fields.locale import LANGUAGES
from engine.problems import problem
from runtime_web.i18n import current_language, gettext, ngettext, problem_hint, problem_text
from runtime_web.request import current_locale
from tests.runtime_web.visitor import Site

SIGN_IN = {"en": "Sign in", "ru": "Войти", "ro": "Intră", "sq": "Hyr", "fi": "Kirjaudu"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_log_in_page_speaks_what_the_browser_asks_for(site: Site, language: str) -> None:
    page = site.visitor().get("/login", headers={"Accept-Language": f"{language};q=0.9, de;q=1.0"}).text
    assert f'<html lang="{language}"' in page
    assert SIGN_IN[language] in page


def test_a_language_that_is_not_there_falls_back_to_the_configurations(site: Site) -> None:
    assert '<html lang="en"' in site.visitor().get("/login", headers={"Accept-Language": "de, ja;q=0.5"}).text


def test_a_choice_before_the_log_in_is_remembered_and_taken_along(site: Site) -> None:
    visitor = site.visitor()
    answer = visitor.post("/preferences", {"language": "fi", "next": "/login?next=/users"}, token=visitor.token())
    assert answer.location == "/login?next=/users"
    assert '<html lang="fi"' in visitor.get("/login").text
    visitor.sign_in("ben")
    assert '<html lang="fi"' in visitor.get("/").text


def test_a_choice_stays_with_the_person(site: Site) -> None:
    site.visitor("ben").post(
        "/preferences", {"language": "ru", "theme": "dark", "density": "compact", "side": "narrow"}
    )
    page = site.visitor("ben").get("/").text
    assert (
        '<html lang="ru" data-bs-theme="dark" data-density="compact" data-side="narrow" data-details="closed">' in page
    )
    assert (
        '<html lang="en" data-bs-theme="auto" data-density="comfortable" data-side="wide" data-details="closed">'
        in site.visitor("ana").get("/").text
    )


@pytest.mark.parametrize("form", [{"language": "xx"}, {"theme": "<script>"}, {"density": ""}, {"colour": "red"}])
def test_what_cannot_be_chosen_changes_nothing(site: Site, form: dict[str, str]) -> None:
    visitor = site.visitor("ben")
    assert visitor.post("/preferences", form).status_code == 302
    account = site.workspace.people.named("ben")
    assert account
    assert account.preferences == {}


def speaking(site: Site, language: str) -> Any:
    return site.app.test_request_context("/", headers={"Accept-Language": language})


def test_problems_are_told_in_the_readers_language(site: Site) -> None:
    late = problem("not-a-date", value="завтра", example="31.12.2026")
    with speaking(site, "ru"):
        assert problem_text(late) == "«завтра» — не дата."
        assert problem_hint(late) == "Введите, например: 31.12.2026."
    with speaking(site, "en"):
        assert problem_text(late) == late.sentence
        assert problem_hint(late) == late.hint


def test_a_hint_without_its_params_is_left_out(site: Site) -> None:
    with speaking(site, "fi"):
        assert problem_hint(problem("choice-unknown", value="x", nearest=None)) == ""


def test_a_name_in_a_text_is_not_taken_for_a_place_to_fill_in(site: Site) -> None:
    with speaking(site, "en"):
        assert gettext("%(name)s can sign in again.", name="100 % {x} %(y)s") == "100 % {x} %(y)s can sign in again."
        assert (
            problem_text(problem("login-taken", login="{0.__class__}"))
            == "There is a user with the login name “{0.__class__}” already."
        )


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("en", ["1 record", "2 records", "5 records"]),
        ("ru", ["1 запись", "2 записи", "5 записей"]),
        ("ro", ["1 înregistrare", "2 înregistrări", "5 înregistrări"]),
        ("fi", ["1 tietue", "2 tietuetta", "5 tietuetta"]),
    ],
)
def test_numbers_take_the_form_that_the_language_wants(site: Site, language: str, forms: list[str]) -> None:
    with speaking(site, language):
        assert [ngettext("%(num)s record", "%(num)s records", number) for number in (1, 2, 5)] == forms


def test_numbers_and_dates_follow_the_language(site: Site) -> None:
    with speaking(site, "fi"):
        assert current_language() == "fi"
        assert current_locale().decimal_sign == ","
        assert current_locale().timezone == "UTC"
        assert g.language == "fi"


def test_outside_a_request_texts_stay_english() -> None:
    assert gettext("Sign in") == "Sign in"
