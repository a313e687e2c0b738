"""A list on paper: the same records, columns, order, groups and totals as on the screen, all of them on one page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from markupsafe import Markup

from engine.problems import Refused
from runtime_web import addresses
from runtime_web.grouped.asking import Asking, groups_of
from runtime_web.grouped.page import foot_of, group_on_paper, refused_row
from runtime_web.i18n import gettext as _
from runtime_web.lists.grid import Wanted
from runtime_web.lists.page import Listing, list_view
from runtime_web.printed import printed_by
from runtime_web.views.listing import PrintedList

MOST = 5000
"""So many records make some hundred sheets; who needs more needs a file."""
MOST_GROUPS = 500
"""The records of so many groups are asked for."""
MANY = 7
"""With more columns than that a sheet lies on its side."""


class Paper(Listing):
    """A list whose table has nothing to tick or to open."""

    @cached_property
    def wanted(self) -> Wanted:
        return Wanted(self.state.entity, self.columns, "print_grid", view=self.view[0])


def printed_list(listing: Listing) -> PrintedList:
    """What the page that is printed says."""
    state = listing.state.turned(1, None)
    whole = Paper(listing.records, listing.locale, state, listing.layout, listing.arranged)
    count = whole.records.page(replace(whole.query, limit=1, exact_count=True))
    view = list_view(whole, count)
    said = [chip.text for chip in view.chips]
    if state.search:
        said.insert(0, f"“{state.search}”")
    writing = _Writing()
    rows = Markup("").join(writing.rows(whole, 0))
    asking = Asking(whole)
    foot = foot_of(asking) if asking.totals and count.rows else Markup("")
    number = whole.locale.decimal_formatter(0)
    cut = _(
        "The first %(shown)s of %(all)s records. An export to a file holds all of them.",
        shown=number(writing.records),
        all=number(count.count.number),
    )
    return PrintedList(
        title=whole.entity.plural_in(whole.locale.language, state.entity),
        count=view.count,
        said="; ".join(said),
        printed=printed_by(whole.records, whole.locale),
        note=cut if writing.cut else "",
        table=Markup(whole.grid.frame.render(rows=rows, foot=foot)),  # noqa: S704 (made by an escaping template)
        back_url=addresses.list_of(state.entity) + listing.arguments,
        wide=len(whole.columns) > MANY,
    )


@dataclass
class _Writing:
    """Writes the rows of a list and its groups, and stops where there are too many for paper."""

    records: int = 0
    groups: int = 0
    cut: bool = False

    def rows(self, listing: Listing, depth: int) -> Iterator[Markup]:
        """The records of a list, each group below its name."""
        if listing.levels:
            yield from self._groups(listing, depth)
            return
        left = MOST - self.records
        page = listing.records.page(replace(listing.query, limit=max(left, 1), counted=False))
        if left <= 0:
            self.cut = True
            return
        self.records += len(page.rows)
        self.cut = self.cut or page.next is not None
        yield listing.grid.rows(page, "")

    def _groups(self, listing: Listing, depth: int) -> Iterator[Markup]:
        asking = Asking(listing)
        try:
            groups = groups_of(asking)
        except Refused as refused:
            self.cut = True
            yield refused_row(asking, refused)
            return
        for group in groups:
            if self.groups >= MOST_GROUPS or self.records >= MOST:
                self.cut = True
                return
            self.groups += 1
            yield group_on_paper(asking, group, depth)
            if group.within is not None:
                yield from self.rows(replace(listing, state=group.within), depth + 1)
