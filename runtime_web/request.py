"""What a page asks about its request: who is there, in which language, and the door to the records."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from flask import g, request

from engine.fields.locale import Locale, locale_for
from engine.files import Files
from engine.jobs import Jobs
from engine.records import Records
from engine.rights import Principal, Rights, rights_of
from runtime_web.i18n import current_language
from runtime_web.person import current_account, current_viewed, signed_in, workspace

API = "/api/"
"""What the address of every call begins with."""

__all__ = [
    "current_account",
    "current_files",
    "current_jobs",
    "current_language",
    "current_locale",
    "current_principal",
    "current_records",
    "current_rights",
    "is_call",
    "is_htmx",
    "signed_in",
    "wants_json",
    "workspace",
]


def current_principal() -> Principal:
    """Whom the engine asks for rights; whoever looks with another's eyes changes nothing."""
    account, viewed = signed_in(), current_viewed()
    return account.principal if viewed is None else replace(viewed.principal, looking=True)


def current_rights() -> Rights:
    """What this person may see and do."""
    return rights_of(workspace().configuration, current_principal())


def current_records() -> Records:
    """The records as this person may see and change them; one object a request."""
    if "records" not in g:
        held = workspace()
        g.records = Records(held.database, held.tables, current_principal(), origin="api" if is_call() else "form")
    return cast("Records", g.records)


def current_files() -> Files:
    """The attached files as this person may see and add them; one object a request."""
    if "files" not in g:
        held = workspace()
        largest = held.settings.largest_upload
        g.files = Files(held.database, held.tables, held.files, current_principal(), largest=largest)
    return cast("Files", g.files)


def current_jobs() -> Jobs:
    """The jobs that this person has asked for; for an administrator everybody's."""
    return Jobs(workspace().database, current_principal())


def current_locale() -> Locale:
    """How this person reads and writes numbers, dates and times, and the business's clock."""
    return locale_for(current_language(), workspace().configuration.timezone)


def is_call() -> bool:
    """Whether a program calls the API, which answers in JSON and knows no cookies."""
    return request.path.startswith(API)


def is_htmx() -> bool:
    """Whether a part of a page is asked for, not a whole one."""
    return request.headers.get("HX-Request") == "true" and request.headers.get("HX-Boosted") != "true"


def wants_json() -> bool:
    """Whether a program asks."""
    accepted = request.accept_mimetypes
    return accepted["application/json"] > accepted["text/html"]
