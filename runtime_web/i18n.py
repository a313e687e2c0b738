"""The language of a request, texts in it, and Problems translated.

Catalogues are made as `runtime_web/translations/__init__.py` says. English is the language of the sources.
"""

from __future__ import annotations

import string
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from babel.support import NullTranslations
from flask import Flask, g, has_request_context, request
from flask_babel import Babel, get_translations
from markupsafe import Markup
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from engine.fields.label import text_in
from engine.fields.locale import LANGUAGES
from engine.problems import Problem
from engine.problems.entry import LIKELY
from engine.records.ruling import check_of
from runtime_web.look import remembered
from runtime_web.person import current_account, workspace

TRANSLATIONS = Path(__file__).parent / "translations"
NAMES: Mapping[str, str] = {"en": "English", "ru": "Русский", "ro": "Română", "sq": "Shqip", "fi": "Suomi"}
"""The languages as they call themselves."""
KEPT, LONGEST = 1000, 200
"""So many ways in which browsers ask for languages are remembered, and so many signs of each are read."""


def init_i18n(app: Flask) -> None:
    """Let pages speak the person's language."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(TRANSLATIONS)
    Babel(app, locale_selector=current_language, configure_jinja=False)
    app.jinja_env.add_extension("jinja2.ext.i18n")
    install = getattr(app.jinja_env, "install_gettext_callables")  # noqa: B009  (added by the extension, unknown to types)
    install(_plain, _plural, newstyle=True)
    # Most texts have nothing to fill in: the extension's own way costs several times as much for them.
    app.jinja_env.globals["_"] = _in_template


def current_language() -> str:
    """The person's choice, else the browser's earlier one, else what it asks for, else the configuration's."""
    if not has_request_context():
        return "en"
    found = g.get("language")
    if found is None:
        found = g.language = _language()
    return cast("str", found)


def gettext(text: str, /, **values: Any) -> str:
    """The text in the language of the request, with `%(name)s` filled in."""
    translated = _plain(text)
    return translated % values if values else translated


def ngettext(singular: str, plural: str, number: int, /, **values: Any) -> str:
    """The text in the form that the number needs; `%(num)s` is the number as the language writes it."""
    return _plural(singular, plural, number) % {"num": number, **values}


def _in_template(text: str, /, **values: Any) -> Markup:
    """A text within a template; what is filled in is escaped, the text itself is ours."""
    translated = Markup(_plain(text))  # noqa: S704 (from the catalogues of the program)
    return translated % values if values or "%" in translated else translated


def marked(text: str) -> str:
    """Mark a text for the catalogues where it stands, to be translated where it is shown."""
    return text


def problem_text(problem: Problem) -> str:
    """A Problem's sentence in the language of the request; that of a check stands in the configuration."""
    if problem.code == "check-failed":
        place = (str(problem.params["entity"]), str(problem.params["field"]), int(str(problem.params["number"])))
        check = check_of(workspace().configuration, *place)
        return text_in(check.otherwise, current_language(), "")
    return _filled(problem.entry.text, problem.params)


def problem_hint(problem: Problem) -> str:
    """A Problem's hint in the language of the request, or ""."""
    if not problem.hint:
        return ""
    if problem.params.get("likely"):
        return _filled(LIKELY, problem.params)
    return _filled(problem.entry.hint, problem.params)


def _language() -> str:
    account = current_account()
    kept = account.preferences.get("language") if account else None
    kept = kept or remembered(request).get("language")
    if kept in LANGUAGES:
        return str(kept)
    return _wanted(request.headers.get("Accept-Language", "")[:LONGEST], workspace().configuration.language)


@lru_cache(maxsize=KEPT)
def _wanted(header: str, own: str) -> str:
    """The language that a browser would like best, of those that there are; most browsers ask in one of a few ways."""
    order = [own, *(language for language in LANGUAGES if language != own)]
    return parse_accept_header(header, LanguageAccept).best_match(order) or own


def _translations() -> NullTranslations:
    # Flask-Babel finds the catalogue by the locale's name on every call; a page has some fifty texts.
    if not has_request_context():
        return NullTranslations()
    found = g.get("translations")
    if found is None:
        found = g.translations = workspace().once(("translations", current_language()), get_translations)
    return cast("NullTranslations", found)


def _plain(text: str) -> str:
    return _translations().ugettext(text)


def _plural(singular: str, plural: str, number: int) -> str:
    return _translations().ungettext(singular, plural, number)


def _filled(text: str, params: Mapping[str, Any]) -> str:
    translated = _plain(text)
    known = {name for _, name, _, _ in string.Formatter().parse(text) if name}
    return translated.format_map({name: _shown(params.get(name)) for name in known})


def _shown(value: object) -> str:
    return "" if value is None else str(value)
