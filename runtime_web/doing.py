"""Tells what was done, and what undoing it would do, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from engine.fields.locale import Locale
from engine.model import Configuration
from engine.records.acts import PAGE_SIZE, Done
from engine.records.undo_plan import UndoPlan, UndoStep
from engine.storage.recording import Undoes
from runtime_web import addresses
from runtime_web.i18n import gettext as _
from runtime_web.i18n import ngettext, problem_text
from runtime_web.lists.state import ListState
from runtime_web.telling import ICONS, Telling, act_said, origin_said
from runtime_web.views.acts import ActsPage, ShownAct, ShownStep, UndoPage

SHOWN = 100


def acts_page(done: tuple[Done, ...], configuration: Configuration, locale: Locale, *, everybody: bool) -> ActsPage:
    """The list of what was done."""
    telling = Telling(configuration, locale, {})
    older = f"{addresses.ACTS}?before={quote(done[-1].at.isoformat())}" if len(done) >= PAGE_SIZE else ""
    return ActsPage(tuple(_act(one, telling) for one in done), everybody, older)


def _act(done: Done, telling: Telling) -> ShownAct:
    whence = origin_said(done.origin) if done.kind not in ("import", "undo") else ""
    icons = {"import": "file-import", "undo": "arrow-back-up", "hand-over": "transfer", "batch": "stack-2"}
    icons |= {"paste": "clipboard", "fill": "arrow-down", "clear": "eraser", "bulk": "stack-2"}
    return ShownAct(
        said=act_said(done.kind),
        what=done.record[2] if done.record else ", ".join(_counted(done, telling)),
        icon=icons.get(done.kind) or ICONS[done.kind],
        who=done.by_name or telling.person(done.by),
        when=telling.moment(done.at) + (f", {whence}" if whence and done.by is not None else ""),
        moment=done.at.isoformat(),
        url=addresses.history_of(done.record[0], done.record[1]) if done.record else _list_of(done, telling),
        undone=done.undone,
        undo_url=undo_url(done.undoes),
    )


def _list_of(done: Done, telling: Telling) -> str:
    """The list of just the records of an act, where they are all of one kind and not only deleted."""
    if len(done.counts) != 1 or done.undoes.action is None:
        return ""
    [(entity, kinds)] = done.counts.items()
    just = ListState(entity, act=done.undoes.action)
    return addresses.list_of(entity) + just.arguments(telling.configuration) if kinds.keys() - {"trashed"} else ""


def _counted(done: Done, telling: Telling) -> Iterator[str]:
    """How many records of each entity, such as “Clients: 3”."""
    show = telling.locale.decimal_formatter(0)
    for entity, kinds in done.counts.items():
        label = telling.configuration.entities[entity].plural_in(telling.locale.language, entity)
        yield f"{label}: {show(sum(kinds.values()))}"


def undo_url(undoes: Undoes) -> str:
    """The page that says what undoing would do."""
    return addresses.undo_of("action", undoes.action) if undoes.action else addresses.undo_of("change", undoes.change)


def undo_page(plan: UndoPlan, who: str, configuration: Configuration, locale: Locale) -> UndoPage:
    """What undoing would do."""
    telling = Telling(configuration, locale, plan.titles)
    show = locale.decimal_formatter(0)
    steps = plan.steps[:SHOWN]
    more = len(plan.steps) - len(steps) + sum(map(len, plan.brought.values()))
    return UndoPage(
        title=act_said(plan.kind),
        who=who,
        when=telling.moment(plan.at),
        counts=tuple(_effects(plan, locale)),
        steps=tuple(_step(step, telling) for step in steps),
        hindered=tuple(_step(step, telling) for step in plan.hindered[:SHOWN]),
        more=ngettext("and %(number)s more record", "and %(number)s more records", more, number=show(more))
        if more
        else "",
        problems=tuple(problem_text(one) for one in plan.problems[:5]),
        action_url="" if plan.empty or plan.problems else undo_url(plan.undoes),
        back_url=addresses.ACTS,
    )


def _effects(plan: UndoPlan, locale: Locale) -> Iterator[str]:
    """How many records are set back, deleted and brought back."""
    back, gone, again = (plan.counts[does] for does in ("changed", "trashed", "restored"))
    show = locale.decimal_formatter(0)
    if back:
        yield ngettext("%(number)s record is set back", "%(number)s records are set back", back, number=show(back))
    if gone:
        yield ngettext("%(number)s record is deleted", "%(number)s records are deleted", gone, number=show(gone))
    if again:
        yield ngettext(
            "%(number)s record is brought back", "%(number)s records are brought back", again, number=show(again)
        )


def _step(step: UndoStep, telling: Telling) -> ShownStep:
    said = {"changed": _("Set back"), "trashed": _("Delete"), "restored": _("Bring back")}[step.does]
    label = telling.configuration.entities[step.entity].label_in(telling.locale.language, step.entity)
    lines = step.line_count
    return ShownStep(
        said=_("Stays") if step.reason else said,
        icon="lock" if step.reason else ICONS[step.does],
        title=f"{label} {step.title}",
        url=addresses.history_of(step.entity, step.record_id),
        changes=telling.changes(step.entity, step.fields),
        lines=ngettext("%(num)s line", "%(num)s lines", lines) if lines else "",
        kept=_why(step),
    )


def _why(step: UndoStep) -> str:
    """Why something of a record stays as it is."""
    if step.reason == "in-use":
        return _("Other records refer to it.")
    if step.reason == "in-trash":
        return _("It is in the trash. Bring it back first.")
    if step.kept:
        return _("Changed since, or no longer possible: %(fields)s", fields=", ".join(step.kept))
    return _("It has been changed since.") if step.reason else ""
