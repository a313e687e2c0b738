"""The beginning: what is pinned, where one left off, then each entity with its count and what was changed there lately."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template

from engine.model import Entity
from engine.query import Query, Sort
from engine.records import Records
from runtime_web import addresses
from runtime_web.left_off import left_off
from runtime_web.lists.words import adding
from runtime_web.moments import when
from runtime_web.pinned.doors import number_cards, pinned_doors
from runtime_web.request import current_language, current_locale, current_records
from runtime_web.shell import entity_icon, listed_entities
from runtime_web.timeline.mentions import mentions
from runtime_web.timeline.steps import next_steps
from runtime_web.views.home import EntityPanel, HomePage, Recent

LATEST = 4
LEFT_OFF = 6
FEW = 5_000
"""In a larger entity the newest records stand for those changed last: no index is kept for this glance alone."""

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
def home() -> str:
    """The page one comes to after the log-in."""
    records = current_records()
    panels = tuple(_panel(records, name, entity) for name, entity in listed_entities(records.configuration))
    page = HomePage(
        pinned=pinned_doors(records),
        panels=panels,
        recent=left_off(records, LEFT_OFF),
        numbers=number_cards(records),
        mentions=mentions(records),
        steps=next_steps(records, current_locale()),
    )
    return render_template("pages/home.html", page=page)


def _panel(records: Records, name: str, entity: Entity) -> EntityPanel:
    language = current_language()
    columns = ("_title", "_updated_at", "_updated_by")
    latest = "_updated_at" if records.count(Query(name)).number <= FEW else "id"
    page = records.page(Query(name, columns, sort=(Sort(latest, descending=True),), limit=LATEST))
    people = records.titles("_user", {row[3] for row in page.rows if row[3] is not None})
    return EntityPanel(
        name=name,
        label=entity.plural_in(language, name),
        icon=entity_icon(entity),
        url=addresses.list_of(name),
        new_url=addresses.new_of(name) if records.rights.may("create", name) else "",
        add=adding(entity.label_in(language, name)),
        count=current_locale().decimal_formatter(0)(page.count.number),
        recent=tuple(_recent(name, row, page.loaders, people) for row in page.rows),
    )


def _recent(entity: str, row: Any, loaders: Any, people: dict[int, str]) -> Recent:
    record_id, title, updated_at, updated_by = (
        load(item) if load else item for load, item in zip(loaders, row, strict=True)
    )
    return Recent(
        title=title or f"#{record_id}",
        url=addresses.card_of(entity, record_id),
        when=when(updated_at),
        moment=updated_at.isoformat(),
        person=people.get(updated_by, ""),
    )
