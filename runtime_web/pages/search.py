"""Quick search over everything, and what one can do: a part of the page while one types, a page of its own otherwise."""

from __future__ import annotations

from itertools import groupby
from urllib.parse import quote

from flask import Blueprint, render_template, request

from engine.records.values import Found
from runtime_web import addresses
from runtime_web.left_off import recent_records
from runtime_web.palette import commands
from runtime_web.request import current_language, current_records, is_htmx, workspace
from runtime_web.shell import entity_icon
from runtime_web.views.search import FoundGroup, FoundRecord, SearchPage

WHILE_TYPING = 5
ON_A_PAGE = 20
COMMANDS = 6
RECENT = 6
LONGEST = 200

blueprint = Blueprint("search", __name__)


@blueprint.get("/search")
def search() -> str:
    """What a text can mean: places and things to begin, then what contains every word, by entity."""
    text = request.args.get("q", "").strip()[:LONGEST]
    found = current_records().search(text, WHILE_TYPING if is_htmx() else ON_A_PAGE)
    groups = tuple(_group(name, tuple(hits), text) for name, hits in groupby(found, key=lambda hit: hit.entity))
    offered = commands(current_records(), text, COMMANDS)
    page = SearchPage(text, groups, offered, () if text else recent_records(current_records(), RECENT))
    return render_template("parts/found.html" if is_htmx() else "pages/search.html", page=page)


def _group(name: str, hits: tuple[Found, ...], text: str) -> FoundGroup:
    entity = workspace().configuration.entities[name]
    return FoundGroup(
        label=entity.plural_in(current_language(), name),
        icon=entity_icon(entity),
        more_url=f"{addresses.list_of(name)}?q={quote(text)}",
        records=tuple(FoundRecord(hit.title, addresses.card_of(name, hit.id)) for hit in hits),
    )
