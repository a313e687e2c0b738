"""kartoteka history: what was done to records, and taking it back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from engine.config.excerpt import harmless
from engine.fields.locale import locale_for
from engine.records import Missing, Records
from engine.records.acts import Acts, Done
from engine.records.history import History
from engine.records.told import Entry
from engine.records.undo_plan import Does, UndoPlan
from engine.records.undoing import Undoing
from engine.storage.recording import Undoes
from runtime_web.cli.place import Place
from runtime_web.cli.say import fail, plural, say, say_json
from runtime_web.telling import Telling, kind_said
from runtime_web.views.history import ShownChange, ShownEntry


@click.group()
def history() -> None:
    """See what was done to records, and take it back."""


@history.command("list")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="So many, the newest first.")
@click.pass_obj
def list_acts(place: Place, limit: int) -> None:
    """What was done, the newest first; each with the name by which it can be undone."""
    done = Acts(place.records(place.open_database())).newest(limit=limit)
    if place.as_json:
        say_json([_act_as_json(one) for one in done])
        return
    for one in done:
        click.echo(harmless(f"{one.at:%Y-%m-%d %H:%M}  {_name(one.undoes):<14} {_act(one)}"))
    if not done:
        click.echo("Nothing has been done yet.")


@history.command("record")
@click.argument("entity")
@click.argument("number", metavar="ID", type=click.IntRange(1))
@click.pass_obj
def of_record(place: Place, entity: str, number: int) -> None:
    """What was done to a record of ENTITY, the newest first."""
    records = place.records(place.open_database())
    place.known_entity(records.configuration, entity)
    try:
        found = History(records).of(entity, number)
    except Missing:
        fail(place, f"There is no record {number} of {entity}.")
    locale = locale_for(records.configuration.language, records.configuration.timezone)
    telling = Telling(records.configuration, locale, found.titles, found.files)
    shown = [(one, telling.entry(entity, one)) for one in found.entries]
    if place.as_json:
        say_json([_entry_as_json(one, told) for one, told in shown])
        return
    for one, told in shown:
        for line in _lines(one, told):
            click.echo(harmless(line))


@history.command("undo")
@click.argument("name")
@click.option("--yes", "-y", is_flag=True, help="Do not ask.")
@click.pass_obj
def undo(place: Place, name: str, yes: bool) -> None:
    """Take back what NAME names, such as action:12, as kartoteka history list writes it.

    Fields are set back where they still hold what they were given; what has changed since stays.
    """
    records = place.records(place.open_database())
    undoes = _undoes(place, name)
    try:
        plan = Undoing.through(records).plan(undoes)
    except Missing:
        fail(place, f"There is nothing that is called {name}.")
    if not place.as_json:
        _tell_plan(records, plan)
    if plan.empty:
        say(place, "There is nothing left to undo.", undone=0)
        return
    if not yes and place.as_json:
        fail(place, "With --json it is only done when --yes is given too.", 2)
    if not yes:
        click.confirm("Undo this?", default=False, abort=True)
    done = Undoing.through(records).undo(undoes)
    count = sum(done.counts.values())
    say(place, f"Undone in {plural(count, 'record')}.", undone=count, stayed=len(done.hindered))


def _undoes(place: Place, name: str) -> Undoes:
    kind, _, number = name.partition(":")
    if kind not in ("action", "change") or not (number.isascii() and number.isdigit() and len(number) < 19):
        fail(place, f"{name} is not like action:12 or change:34.", 2)
    return Undoes(action=int(number)) if kind == "action" else Undoes(change=int(number))


def _name(undoes: Undoes) -> str:
    return f"action:{undoes.action}" if undoes.action is not None else f"change:{undoes.change}"


def _act(done: Done) -> str:
    counts = ", ".join(f"{entity} {sum(kinds.values())}" for entity, kinds in done.counts.items())
    what = f"{done.record[0]} {done.record[2]}" if done.record else counts
    return f"{done.kind}: {what}, {done.by_name or 'the program'}" + (" (undone)" if done.undone else "")


def _act_as_json(done: Done) -> dict[str, Any]:
    record = {"entity": done.record[0], "id": done.record[1]} if done.record else None
    facts = {"name": _name(done.undoes), "at": done.at.isoformat(), "by": done.by, "origin": done.origin}
    return {**facts, "kind": done.kind, "counts": done.counts, "record": record, "undone": done.undone}


def _lines(entry: Entry, told: ShownEntry) -> Iterator[str]:
    name = f"  change:{entry.change}" if entry.change is not None and entry.action is None else ""
    yield f"{told.when}  {kind_said(entry.kind)}, {told.who}{name}"
    yield from (f"    {_change(one)}" for one in told.changes)
    for line in told.lines:
        yield f"    {line.said}"
        yield from (f"        {_change(one)}" for one in line.changes)


def _change(one: ShownChange) -> str:
    return f"{one.label}: {one.before or '-'} -> {one.after or '-'}" + (" (computed)" if one.computed else "")


def _entry_as_json(entry: Entry, told: ShownEntry) -> dict[str, Any]:
    def listed(changes: tuple[ShownChange, ...]) -> list[dict[str, Any]]:
        return [
            {"field": one.label, "before": one.before, "after": one.after, "computed": one.computed} for one in changes
        ]

    lines = [{"line": line.said, "fields": listed(line.changes)} for line in told.lines]
    facts = {"change": entry.change, "action": entry.action, "at": entry.at.isoformat(), "by": entry.by}
    return {**facts, "origin": entry.origin, "kind": entry.kind, "fields": listed(told.changes), "lines": lines}


def _tell_plan(records: Records, plan: UndoPlan) -> None:
    words: dict[Does, str] = {"changed": "set back", "trashed": "deleted", "restored": "brought back"}
    counts = [f"{plural(plan.counts[does], 'record')} {word}" for does, word in words.items() if plan.counts[does]]
    if counts:
        click.echo(f"Undoing it would do this: {', '.join(counts)}.")
    for step in (*plan.hindered, *(one for one in plan.steps if one.kept)):
        label = records.configuration.entities[step.entity].label_in("en", step.entity)
        why = {"in-use": "others refer to it", "in-trash": "it is in the trash"}.get(step.reason, "changed since")
        stays = f" ({', '.join(step.kept)})" if step.kept else ""
        click.echo(harmless(f"Stays: {label} {step.title}: {why}{stays}."))
