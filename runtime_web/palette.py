"""What quick search offers beside records: places to go to and things to begin, found by the beginnings of their words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from engine.fields.label import text_in
from engine.records import Records
from engine.storage.fold import fold
from runtime_web import addresses
from runtime_web.dashboards.kept import saved_dashboards
from runtime_web.i18n import current_language
from runtime_web.i18n import gettext as _
from runtime_web.lists.saved import every_view_there
from runtime_web.lists.view_bar import ICONS
from runtime_web.lists.words import adding
from runtime_web.person import workspace
from runtime_web.reports.offered import offered, subjects
from runtime_web.reports.saving import saved_reports
from runtime_web.reports.table import report_label
from runtime_web.shell import administration_of, listed_entities, menu_of
from runtime_web.views.search import Command


def commands(records: Records, text: str, most: int) -> tuple[Command, ...]:
    """What a typed text can mean, the likeliest first; without a text what one begins most often."""
    language = current_language()
    typed = fold(text)
    if not typed.strip():
        return tuple(_beginnings(records, language))[:most]
    known = workspace().once(("palette", records.rights.key, language), lambda: tuple(_lasting(records, language)))
    found = [one for one in chain(known, _kept(records)) if _meant(one, typed.split())]
    found.sort(key=lambda one: not fold(one.label).startswith(typed))
    return tuple(found[:most])


def _meant(command: Command, words: Iterable[str]) -> bool:
    """Whether each typed word begins one of the command's."""
    there = fold(f"{command.label} {command.of}").replace("›", " ").split()
    return all(any(one.startswith(word) for one in there) for word in words)


def _lasting(records: Records, language: str) -> Iterator[Command]:
    """What follows from the configuration and from one's rights."""
    for entry in (*menu_of(records.rights, language), *administration_of(records.rights)):
        yield Command(entry.label, "", entry.icon, entry.url)
    yield from _beginnings(records, language)
    yield from _views(records, language)
    for name, report in offered(records):
        yield Command(
            report_label(records.configuration, report, language), _("Report"), "report", addresses.report(name)
        )
    for name, entity in subjects(records):
        label = _("New report of “%(list)s”", list=entity.plural_in(language, name))
        yield Command(label, "", "report", addresses.new_report_of(name))
    yield from _own_pages(records)


def _beginnings(records: Records, language: str) -> Iterator[Command]:
    """The records that one may add."""
    for name, entity in listed_entities(records.configuration):
        if records.rights.may("create", name):
            yield Command(adding(entity.label_in(language, name)), "", "plus", addresses.new_of(name))


def _views(records: Records, language: str) -> Iterator[Command]:
    for name, entity in listed_entities(records.configuration):
        if len(entity.views) < 2:
            continue
        plural = entity.plural_in(language, name)
        for key, view in entity.views.items():
            label = text_in(view.label, language, key)
            yield Command(label, plural, ICONS.get(view.kind, "table"), f"{addresses.list_of(name)}?view={key}")


def _own_pages(records: Records) -> Iterator[Command]:
    """What stands in the person's menu."""
    yield Command(_("What was done"), "", "history", addresses.ACTS)
    yield Command(_("Background jobs"), "", "list-check", "/jobs")
    yield Command(_("Your account"), "", "user-circle", "/account")
    yield Command(_("My tokens"), "", "plug", "/tokens")
    yield Command(_("Keyboard"), "", "keyboard", "/keys")
    if any(records.rights.may("delete", name) for name, _entity in listed_entities(records.configuration)):
        for name, entity in listed_entities(records.configuration):
            if records.rights.may("delete", name):
                plural = entity.plural_in(current_language(), name)
                yield Command(_("Trash"), plural, "trash", addresses.trash_of(name))


def _kept(records: Records) -> Iterator[Command]:
    """What people have made: it may be another in the next moment."""
    for view in every_view_there(records):
        plural = records.configuration.entities[view.entity].plural_in(current_language(), view.entity)
        yield Command(view.name, plural, "bookmark", addresses.viewed(view.entity, view.key))
    if not records.rights.may_anywhere("report"):
        return
    reports, boards = saved_reports(), saved_dashboards()
    for saved in (*reports.mine(), *reports.shared()):
        yield Command(saved.name, _("Report"), "report", addresses.saved_report(saved.id))
    for board in (*boards.mine(), *boards.shared(), *boards.configured()):
        label = text_in(board.label, current_language(), board.key)
        yield Command(label, _("Dashboard"), "dashboard", addresses.dashboard(board.key))
