"""Quick search over everything: a part of the page while one types, a page of its own otherwise."""

from __future__ import annotations

from itertools import groupby
from urllib.parse import quote

from flask import Blueprint, render_template, request

from engine.records.values import Found
from runtime_web import addresses
from runtime_web.request import current_language, current_records, is_htmx, workspace
from runtime_web.shell import entity_icon
from runtime_web.views.search import FoundGroup, FoundRecord, SearchPage

WHILE_TYPING = 5
ON_A_PAGE = 20
LONGEST = 200

blueprint = Blueprint("search", __name__)


@blueprint.get("/search")
def search() -> str:
    """What contains every word, by entity."""
    text = request.args.get("q", "").strip()[:LONGEST]
    found = current_records().search(text, WHILE_TYPING if is_htmx() else ON_A_PAGE)
    groups = tuple(_group(name, tuple(hits), text) for name, hits in groupby(found, key=lambda hit: hit.entity))
    page = SearchPage(text, groups)
    return render_template("parts/found.html" if is_htmx() else "pages/search.html", page=page)


def _group(name: str, hits: tuple[Found, ...], text: str) -> FoundGroup:
    entity = workspace().configuration.entities[name]
    return FoundGroup(
        label=entity.plural_in(current_language(), name),
        icon=entity_icon(entity),
        more_url=f"{addresses.list_of(name)}?q={quote(text)}",
        records=tuple(FoundRecord(hit.title, addresses.card_of(name, hit.id)) for hit in hits),
    )
