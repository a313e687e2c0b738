"""Quick search over everything, and what one can do: a part of the page while one types, a page of its own otherwise."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from flask import Blueprint, render_template, request
from markupsafe import Markup, escape

from engine.records import Found
from runtime_web import addresses
from runtime_web.known_by import known_by
from runtime_web.left_off import recent_records
from runtime_web.marking import marked
from runtime_web.palette import commands
from runtime_web.request import current_language, current_locale, current_records, is_htmx, workspace
from runtime_web.shell import entity_icon
from runtime_web.views.search import FoundCommand, FoundGroup, FoundRecord, SearchPage, SearchPart

WHILE_TYPING = 5
ON_A_PAGE = 20
COMMANDS = 6
RECENT = 6
LONGEST = 200

blueprint = Blueprint("search", __name__)


@blueprint.get("/search")
def search() -> str:
    """What a text can mean: places and things to begin, then what contains every word."""
    asked = request.args.get("q", "")
    text = asked.strip()[:LONGEST]
    with current_records().reading():
        return _part(asked, text) if is_htmx() else _page(text)


def _part(asked: str, text: str) -> str:
    found = current_records().search(text, WHILE_TYPING) if text else recent_records(current_records(), RECENT)
    part = SearchPart(asked, text, _commands(text), _shown(found, text), addresses.search_for(text))
    return render_template("parts/found.html", part=part)


def _page(text: str) -> str:
    found: dict[str, list[Found]] = defaultdict(list)
    for one in current_records().search(text, ON_A_PAGE):
        found[one.entity].append(one)
    groups = tuple(_group(entity, hits, text) for entity, hits in found.items())
    recent = () if text else _shown(recent_records(current_records(), RECENT), text)
    return render_template("pages/search.html", page=SearchPage(text, _commands(text), groups, recent))


def _commands(text: str) -> tuple[FoundCommand, ...]:
    return tuple(
        FoundCommand(marked(one.label, text), marked(one.of, text), one.icon, one.url)
        for one in commands(current_records(), text, COMMANDS)
    )


def _group(name: str, found: Sequence[Found], text: str) -> FoundGroup:
    entity = workspace().configuration.entities[name]
    return FoundGroup(
        label=entity.plural_in(current_language(), name),
        icon=entity_icon(entity),
        more_url=addresses.list_searched(name, text),
        records=_shown(found, text, labelled=False),
    )


def _shown(found: Sequence[Found], text: str, *, labelled: bool = True) -> tuple[FoundRecord, ...]:
    records, entities = current_records(), workspace().configuration.entities
    known = known_by(records, found, current_locale(), text)

    def told(one: Found) -> Iterator[Markup]:
        if labelled:
            yield escape(entities[one.entity].label_in(current_language(), one.entity))
        yield from (marked(said, text) for said in known.get((one.entity, one.id), ()))

    return tuple(
        FoundRecord(
            title=marked(one.title, text),
            told=Markup(" · ").join(told(one)),
            icon=entity_icon(entities[one.entity]),
            url=addresses.card_of(one.entity, one.id),
        )
        for one in found
    )
