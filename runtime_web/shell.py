"""Makes the frame of a page from the configuration and the person who asks."""

from __future__ import annotations

from dataclasses import replace

from flask import request

from engine.accounts import Account
from engine.model import Configuration, Entity
from engine.rights import Rights
from runtime_web import addresses
from runtime_web.accent import accent_url
from runtime_web.i18n import NAMES, gettext
from runtime_web.look import Look
from runtime_web.person import workspace
from runtime_web.request import current_rights
from runtime_web.views.shell import MenuEntry, Person, Shell

PART_OF = {
    "user": "users",
    "groups": "users",
    "rights_edit": "rights",
    "rights_who": "rights",
    "rights_why": "rights",
    "saved_reports": "reports",
    "dashboards_edit": "dashboards",
}
"""Pages that belong to the entry of the menu of others."""
USUAL_ICONS = {"catalog": "folder", "document": "file-text"}


def make_shell(account: Account | None, look: Look, language: str, current: str) -> Shell:
    """The frame for a person; `current` marks an entry of the menu: an entity, or "/" and the name of a page."""
    held = workspace()
    application = held.configuration.label_in(language)
    return Shell(
        application=application,
        initial=application[:1].upper(),
        language=language,
        languages=tuple(NAMES.items()),
        look=look,
        accent_url=accent_url(held.configuration.accent),
        person=_person(account) if account else None,
        menu=_marked(menu_of(current_rights(), language), current) if account else (),
        administration=_marked(administration_of(current_rights()), current) if account else (),
    )


def current_entry() -> str:
    """Which entry of the menu this page belongs to."""
    entity = (request.view_args or {}).get("entity")
    return str(entity) if entity else f"/{PART_OF.get(request.blueprint or '', request.blueprint)}"


def listed_entities(configuration: Configuration) -> tuple[tuple[str, Entity], ...]:
    """The entities that have a list of their own."""
    return tuple(
        (name, entity) for name, entity in configuration.entities.items() if entity.kind not in ("child", "settings")
    )


def entity_icon(entity: Entity) -> str:
    """The drawing of an entity, its own or that of its kind."""
    return entity.icon or USUAL_ICONS.get(entity.kind, "list")


def initials(name: str) -> str:
    """One or two letters that stand for a person."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words[:1])).upper()


def menu_of(rights: Rights, language: str) -> tuple[MenuEntry, ...]:
    """Home, the lists, and what counts their records."""
    wanted = rights.access.menu
    home = MenuEntry("/home", gettext("Home"), "home", "/")
    lists = (
        MenuEntry(name, entity.plural_in(language, name), entity_icon(entity), addresses.list_of(name))
        for name, entity in listed_entities(rights.configuration)
        if wanted is None or name in wanted
    )
    numbers = (
        MenuEntry("/dashboards", gettext("Dashboards"), "dashboard", addresses.DASHBOARDS),
        MenuEntry("/reports", gettext("Reports"), "report", addresses.REPORTS),
    )
    return (home, *lists, *(numbers if rights.may_anywhere("report") else ()))


def administration_of(rights: Rights) -> tuple[MenuEntry, ...]:
    """What those have who administer something."""
    entries = (
        ("administer", MenuEntry("/users", gettext("Users"), "users-group", "/users")),
        ("administer", MenuEntry("/rights", gettext("Rights"), "lock", "/rights")),
        ("administer", MenuEntry("/audit", gettext("Audit log"), "shield-check", "/audit")),
        ("rates", MenuEntry("/rates", gettext("Exchange rates"), "coins", "/rates")),
    )
    return tuple(entry for function, entry in entries if rights.may_use(function))


def _marked(entries: tuple[MenuEntry, ...], current: str) -> tuple[MenuEntry, ...]:
    return tuple(replace(entry, current=True) if entry.name == current else entry for entry in entries)


def _person(account: Account) -> Person:
    return Person(account.name, account.login, initials(account.name), account.administrator)
