"""A table in groups, or with a row of totals: what stands beside the rows of a plain list, and instead of them.

Only the outermost groups come with the page. What is in a group is asked for when it is opened: it is the list of its
records, grouped by the levels that are left.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlencode

from markupsafe import Markup

from engine.problems import Refused
from engine.query import leaves
from runtime_web import addresses
from runtime_web.grouped.asking import Asking, Group, groups_of
from runtime_web.i18n import gettext as _
from runtime_web.i18n import ngettext, problem_text
from runtime_web.lists.levels import key_text, written_as
from runtime_web.lists.page import Listing, list_page, list_view
from runtime_web.lists.state import MAX_CONDITIONS, joined
from runtime_web.lists.windowed import around
from runtime_web.parts import part
from runtime_web.reports.periods import part_words
from runtime_web.views.grouped import Foot, GroupRow, GroupRows, LevelChip, TotalCell
from runtime_web.views.listing import ListPage, ListView

AT_ONCE = 200
"""So many groups of a level are shown, the next ones when they are asked for."""
COUNTED_AT_ONCE = 20_000
"""The totals of more records come after the list."""


def tabular_page(listing: Listing) -> ListPage:
    """The page of a list that is a table, in groups or not."""
    asking = Asking(listing)
    if not listing.levels:
        shown, page = listing.found()
        view = replace(
            list_view(shown, page), levels=levels_of(listing), foot=_foot(asking, page.count.number, page.count.capped)
        )
        return list_page(shown, view, shown.grid.render(page, view.arguments, v=view))
    page = listing.records.page(replace(listing.query, limit=1, offset=0, edge=None))
    view = _without_pages(list_view(listing, page), listing)
    if not page.rows:
        return list_page(listing, view, Markup(listing.grid.frame.render(rows="", v=view)))  # noqa: S704 (an escaping template)
    rows, count = rows_in(asking, 0, "", 0)
    foot = _foot(asking, page.count.number, page.count.capped)
    view = replace(
        view, grouped=True, foot=foot, span=ngettext("%(number)s group", "%(number)s groups", count, number=count)
    )
    return list_page(listing, view, Markup(listing.grid.frame.render(rows=rows, v=view)))  # noqa: S704 (an escaping template)


def _without_pages(view: ListView, listing: Listing) -> ListView:
    return replace(view, previous_url="", next_url="", exact_url="", levels=levels_of(listing))


def rows_in(asking: Asking, depth: int, within: str, start: int) -> tuple[Markup, int]:
    """Groups of the outermost level as rows, and how many there are; a sentence instead, where there are too many."""
    try:
        groups = groups_of(asking)
    except Refused as refused:
        return refused_row(asking, refused), 0
    some = groups[start : start + AT_ONCE]
    rows = GroupRows(
        tuple(_row(asking, group, depth, within) for group in some),
        _named(asking),
        _load_url(asking.listing, within, depth, start + AT_ONCE) if start + AT_ONCE < len(groups) else "",
        _("%(number)s more groups", number=asking.locale.decimal_formatter(0)(len(groups) - start - AT_ONCE)),
    )
    return part("group_rows", rows=rows, columns=_width(asking)), len(groups)


def refused_row(asking: Asking, refused: Refused) -> Markup:
    """What stands in place of groups of which there are too many."""
    said = [problem_text(one) for one in refused.problems]
    return part("group_refused", said=said, columns=_width(asking))


def group_on_paper(asking: Asking, group: Group, depth: int) -> Markup:
    """A group as a row that cannot be opened, because what is in it stands below."""
    row = replace(_row(asking, group, depth, ""), url="", load_url="")
    return part("group_rows", rows=GroupRows((row,), _named(asking), "", ""), columns=_width(asking))


def records_in(listing: Listing, depth: int, within: str) -> Markup:
    """The records of a group as rows, and where the next ones are."""
    page = listing.records.page(replace(listing.query, counted=False))
    state, more = listing.state, ""
    rows = listing.grid.rows(page, state.turned(1, None).arguments(listing.records.configuration))
    if page.next:
        more = _load_url(replace(listing, state=state.turned(state.page + 1, page.next)), within, depth, 0)
    shown = GroupRows((), 0, more, _("Show more"))
    return rows + part("group_rows", rows=shown, columns=_width(Asking(listing)))


def page_of_rows(listing: Listing) -> Markup:
    """One page of a list as a part of its table, without counting what there is."""
    configuration, state = listing.records.configuration, listing.state
    page = listing.records.page(replace(listing.query, counted=False))
    rows = listing.grid.rows(page, state.arguments(configuration))
    return Markup('<tbody data-page="%d"%s>%s</tbody>') % (state.page, around(configuration, state, page), rows)


def _row(asking: Asking, group: Group, depth: int, within: str) -> GroupRow:
    listing, inner = asking.listing, group.within
    own = f"{within}|{group.id}" if within else group.id
    texts = asking.texts(group.tallies)
    opened = inner is not None and len(list(leaves(inner.conditions))) <= MAX_CONDITIONS
    here = addresses.list_of(asking.state.entity)
    return GroupRow(
        id=own,
        label=group.label,
        field=asking.label_of(listing.levels[0]),
        count=asking.locale.decimal_formatter(0)(group.tallies[0].value or 0),
        depth=depth,
        url=here + inner.arguments(listing.records.configuration) if inner and opened else "",
        load_url=_load_url(replace(listing, state=inner), own, depth + 1, 0) if inner and opened else "",
        cells=_cells(asking, texts, _named(asking)),
    )


def _cells(asking: Asking, texts: dict[str, str], named: int) -> tuple[TotalCell, ...]:
    """What stands below the columns behind those that the name spans."""
    return tuple(
        _cell(asking, name, texts.get(name, ""))
        for name in asking.listing.columns[named - asking.listing.wanted.picks :]
    )


def _cell(asking: Asking, name: str, text: str) -> TotalCell:
    field = asking.listing.entity.fields.get(name)
    label = asking.listing.label_of(name) if text else ""
    return TotalCell(label, text, asking.said(name), "end" if field and field.align_end else "")


def _named(asking: Asking) -> int:
    """So many columns the name of a group spans: up to the first that is added up, and one at least."""
    added = [asking.listing.columns.index(total.field) for total in asking.totals]
    return max(min(added, default=len(asking.listing.columns)), 1) + asking.listing.wanted.picks


def _width(asking: Asking) -> int:
    return len(asking.listing.columns) + asking.listing.wanted.picks


def _load_url(listing: Listing, within: str, depth: int, start: int) -> str:
    pairs = {"within": within, "depth": depth, **({"start": start} if start else {})}
    pieces = listing.state.pieces(listing.records.configuration)
    return f"{addresses.list_of(listing.state.entity)}/group{joined({**pieces, 'within': urlencode(pairs)})}"


def _foot(asking: Asking, count: int, capped: bool) -> Markup:
    if not asking.totals:
        return Markup("")
    if count <= COUNTED_AT_ONCE and not capped:
        return foot_of(asking)
    here = addresses.list_of(asking.state.entity)
    url = f"{here}/totals{joined(asking.state.turned(1, None).pieces(asking.records.configuration))}"
    return _total_row(asking, {}, url)


def foot_of(asking: Asking) -> Markup:
    """The row of totals over all records of the list."""
    _asked, answer = asking.answer((), ((),))
    tallies = answer.groups[()].get(())
    texts = asking.texts(tallies) if tallies else {}
    return _total_row(asking, texts)


def _total_row(asking: Asking, texts: dict[str, str], load_url: str = "") -> Markup:
    """Its word spans the first column alone, which stays in view while the others scroll sideways."""
    named = 1 + asking.listing.wanted.picks
    return part("totals_row", foot=Foot(named, _("Total"), _cells(asking, texts, named), load_url))


def levels_of(listing: Listing) -> tuple[LevelChip, ...]:
    """The levels above the list, each to be taken off."""
    return tuple(_levels(listing)) if listing.levels else ()


def _levels(listing: Listing) -> Iterator[LevelChip]:
    asking, here = Asking(listing), addresses.list_of(listing.state.entity)
    pieces = listing.state.turned(1, None).pieces(listing.records.configuration)
    for key in listing.levels:
        rest = [other for other in listing.levels if other != key]
        label, parts = asking.label_of(key), part_label(key)
        text = f"{label} · {parts}" if parts else label
        url = here + joined({**pieces, "group": urlencode({"group": written_as(map(key_text, rest))}, safe=":,")})
        yield LevelChip(key_text(key), text, url, _("Group no longer by “%(field)s”", field=text))


def part_label(key: object) -> str:
    """The part of a date by which a level goes; "" for single days and all else."""
    by = getattr(key, "by", None)
    return part_words()[by] if by and by != "day" else ""
