"""The small trade with roles of `tests.guarded`, as a site: who has which role, and what each of them sees."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from engine.model import Configuration
from runtime_web.app import create_app
from runtime_web.settings import Settings
from tests.guarded import described, fill
from tests.ready import ready_database
from tests.runtime_web.visitor import PASSWORD, SECRET, Site

PEOPLE = {
    "ann": ("manager",),
    "bob": ("manager",),
    "cid": ("buyer",),
    "dora": ("auditor",),
    "eve": (),
    "flo": ("chief",),
    "ana": (),
}
"""Logins and roles; the numbers of the users follow the order, and ana is the administrator."""
NUMBERS = {login: number for number, login in enumerate(PEOPLE, 1)}


def open_trade(url: str, files: Path, configuration: Configuration | None = None, **settings: Any) -> Site:
    """A site over the trade, with its people and records."""
    wanted = configuration or described()
    database = ready_database(url, wanted)
    database.close()
    kept = Settings(database_url=url, configuration=wanted, files=files, secret_key=SECRET, testing=True, **settings)
    site = Site(create_app(kept))
    for login, roles in PEOPLE.items():
        site.workspace.people.add(login, login.title(), administrator=login == "ana", roles=roles, password=PASSWORD)
    fill(site.records)
    return site
