"""The frame of pages as ready parts: made once for a person, a look and a place in the menu, then kept.

A page has some fifty texts and icons around its content. What differs between two requests is only the token and the
address to come back to; marks stand for them in the kept parts.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import replace
from functools import lru_cache
from typing import Any, cast

from flask import Flask, current_app, g, request
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup, escape

from engine.accounts import Account
from runtime_web.i18n import current_language, gettext
from runtime_web.look import Look, look_of, remembered
from runtime_web.person import current_account, current_session, current_viewed
from runtime_web.request import current_rights
from runtime_web.security import here
from runtime_web.shell import current_entry, make_shell
from runtime_web.views.shell import Frame

KEPT = 1000
TOKEN, HERE = "\x02token\x03", "\x02here\x03"
NOTHING = Markup("")
Who = tuple[int, str, str, Hashable] | None


def init_frames(app: Flask) -> None:
    """Give every template its `frame`, and forms their token."""
    app.extensions["kartoteka_frames"] = lru_cache(maxsize=KEPT)(_make)
    app.extensions["kartoteka_tokens"] = lru_cache(maxsize=KEPT)(_sign)
    app.context_processor(lambda: {"frame": page_frame()})


def page_frame() -> Frame:
    """The frame for this request."""
    account = current_account()
    make = cast("Callable[..., Frame]", current_app.extensions["kartoteka_frames"])
    look = look_of(account.preferences if account else remembered(request))
    made = make(_who(account), look, current_language(), current_entry())
    token, back = page_token(), str(escape(here())) if request.method == "GET" else "/"
    return replace(
        made,
        token=token,
        viewed=_viewed(),
        side=_filled(made.side, token, back),
        person=_filled(made.person, token, back),
        languages=_filled(made.languages, token, back),
    )


def _viewed() -> str:
    viewed = current_viewed() if current_account() else None
    return viewed.name if viewed else ""


def page_token() -> str:
    """The CSRF token of this page. Signing costs more than the frame, and a token stays good as long as its session."""
    found = g.get("csrf_token")
    if found is None:
        sign = cast("Callable[[str], str]", current_app.extensions["kartoteka_tokens"])
        found = g.csrf_token = sign(current_session()["csrf_token"])
    return cast("str", found)


def csrf_field() -> Markup:
    """The hidden input that every form needs which changes something."""
    return Markup(f'<input type="hidden" name="csrf_token" value="{escape(page_token())}">')  # noqa: S704 (escaped here)


def _sign(session_token: str) -> str:
    del session_token  # Flask-WTF takes it from the session; here it only tells the kept ones apart.
    return str(generate_csrf())


def _who(account: Account | None) -> Who:
    return (account.id, account.login, account.name, current_rights().key) if account else None


def _filled(part: Markup, token: str, back: str) -> Markup:
    # Both are harmless: a token has no signs of HTML, the address is escaped once for all parts.
    return Markup(str.replace(str.replace(part, TOKEN, token), HERE, back))  # noqa: S704


def _make(who: Who, look: Look, language: str, current: str) -> Frame:
    account = current_account()
    shell = make_shell(account, look, language, current)
    names: dict[str, Any] = {
        "shell": shell,
        "token_field": Markup('<input type="hidden" name="csrf_token" value="{}">').format(TOKEN),
        "here": HERE,
    }

    def part(name: str, *, wanted: bool = True) -> Markup:
        template = current_app.jinja_env.get_template(f"frame/{name}.html")
        return Markup(template.render(names).strip()) if wanted else NOTHING  # noqa: S704  (rendered with escaping)

    inside = who is not None
    return Frame(
        language=language,
        look=look,
        application=shell.application,
        initial=shell.initial,
        signed_in=inside,
        token="",
        viewed="",
        skip=gettext("Skip to the content"),
        head=part("head"),
        side=part("side", wanted=inside),
        find=part("search_box", wanted=inside),
        person=part("person_menu", wanted=inside),
        bottom=part("bottom", wanted=inside),
        languages=part("languages", wanted=not inside),
        end=part("end"),
    )
