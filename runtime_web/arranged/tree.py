"""A tree: records below those that they refer to. What is open stands in the address; the rest is not even read.

What search and filters find is listed as it is, each record with the way to it. Records that refer to each other in a
circle stand on top by the one that came first, which says so; the others are below it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from markupsafe import Markup

from engine.query import APART, Compound, Condition, Criterion, Query
from engine.records import Page
from engine.records.trees import Trees
from runtime_web.arranged.slips import CIRCLE, LEAD, Slips
from runtime_web.i18n import gettext as _
from runtime_web.parts import part
from runtime_web.views.arranged import Branch

WIDEST = 500
"""So many records are shown below one."""
FEW = 10
NONE_OPEN = "0"
DEEPEST = 20
MOST_OPEN = 60
MOST_CIRCLING = 20_000
"""Circles are looked for where no more records than these stand below others."""
LOOKED_AT = 5_000
"""So many records below those on the page are read to know which of them have any."""


@dataclass(frozen=True)
class Tree:
    """The tree of one list."""

    slips: Slips

    @property
    def flat(self) -> bool:
        """Whether it shows what was looked for."""
        return bool(self.slips.state.conditions or self.slips.state.search)

    @cached_property
    def _circles(self) -> Mapping[int, tuple[int, ...]]:
        """The circles of records that stand above themselves, by the one of each that stands on top."""
        found = Trees(self.slips.records).circles(self.slips.query(), self.slips.by, MOST_CIRCLING)
        return {circle[0]: circle for circle in found}

    @cached_property
    def _on_top(self) -> Criterion:
        """What stands below nothing, or only below itself."""
        apart = Condition(self.slips.by, APART)
        heads = tuple(self._circles)[:WIDEST]
        return Compound("any", (apart, Condition("id", "any_of", heads))) if heads else apart

    @cached_property
    def _top(self) -> Page:
        return self._page(self._on_top)

    @cached_property
    def opened(self) -> tuple[int, ...]:
        """The records whose branches are open; at first those on top, if they are few."""
        if not self.slips.state.at:
            return tuple(row[0] for row in self._top.rows) if len(self._top.rows) <= FEW else ()
        ids = [int(part) for part in self.slips.state.at.split(".") if part.isdigit() and len(part) < 19]
        return tuple(dict.fromkeys(one for one in ids if one))[:MOST_OPEN]

    def rows(self, found: Page) -> Markup:
        """The rows; `found` is what the list's own query gives, which is shown where something was looked for."""
        if self.flat:
            return self._drawn(self._found(found)) + self._cut(found)
        return self._drawn(self._below(self._top, 0)) + self._cut(self._top, self._on_top)

    def _cut(self, page: Page, *conditions: Criterion) -> Markup:
        """A row that says so, where not all that stands on top, or in a branch, is shown."""
        if not page.next:
            return Markup("")
        number = self.slips.listing.locale.decimal_formatter(0)
        every = self.slips.records.count(replace(self.slips.query(*conditions), exact_count=True)).number
        said = _(
            "The first %(shown)s of %(all)s records. An export to a file holds all of them.",
            shown=number(len(page.rows)),
            all=number(every),
        )
        return Markup('<tr><td colspan="%d">%s</td></tr>') % (len(self.slips.columns), said)

    def _page(self, condition: Criterion) -> Page:
        query = self.slips.query(condition)
        return self.slips.records.page(replace(query, limit=WIDEST, counted=False))

    def _below(self, page: Page, level: int) -> Iterator[tuple[Branch, str]]:
        parents = self._with_branches(row[0] for row in page.rows)
        for row, content in zip(page.rows, self.slips.grid.each(page, self.slips.arguments), strict=True):
            record_id = row[0]
            if level and record_id in self._circles:
                continue
            is_open = record_id in self.opened and record_id in parents
            yield (
                Branch(
                    record_id,
                    level,
                    self._toggle(record_id) if record_id in parents else "",
                    is_open,
                    "",
                    self._circling(record_id),
                ),
                content,
            )
            if is_open and level < DEEPEST:
                inside = Condition(self.slips.by, "any_of", (record_id,))
                branch = self._page(inside)
                yield from self._below(branch, level + 1)
                yield Branch(record_id, level + 1, "", False, ""), self._cut(branch, inside)

    def _with_branches(self, ids: Iterable[int]) -> frozenset[int]:
        """Those of these records below which there are others; of too many to look at, all."""
        listed = tuple(ids)
        if not listed:
            return frozenset()
        query = self.slips.query(Condition(self.slips.by, "any_of", listed))
        few = replace(query, columns=(self.slips.by,), sort=(), limit=LOOKED_AT, counted=False)
        page = self.slips.records.page(few)
        if page.next:
            return frozenset(listed)
        return frozenset(row[1] for row in page.rows if row[0] not in self._circles)

    def _circling(self, record_id: int) -> str:
        """That a record stands above itself, and by which others."""
        others = self._circles.get(record_id, ())[1:]
        if record_id not in self._circles:
            return ""
        if not others:
            return _("refers to itself")
        titles = self.slips.records.titles(self.slips.state.entity, others[:FEW])
        named = [titles[one] for one in others if one in titles]
        return _("refers to itself through %(names)s", names=" › ".join(named + ["…"] * (len(others) > FEW)))

    def _toggle(self, record_id: int) -> str:
        left = tuple(one for one in self.opened if one != record_id)
        opened = left if record_id in self.opened else (*self.opened, record_id)
        return self.slips.url(at=".".join(map(str, opened)) or NONE_OPEN)

    def _found(self, page: Page) -> Iterator[tuple[Branch, str]]:
        ways = self._ways([row[0] for row in page.rows])
        for row, content in zip(page.rows, self.slips.grid.each(page, self.slips.arguments), strict=True):
            yield Branch(row[0], 0, "", False, " › ".join(ways[row[0]])), content

    def _ways(self, ids: list[int]) -> Mapping[int, list[str]]:
        """What stands above each of these records, from the top."""
        by, entity, records = self.slips.by, self.slips.state.entity, self.slips.records
        above: dict[int, int] = {}
        titles: dict[int, str] = {}
        wanted = set(ids)
        for _level in range(DEEPEST):
            if not wanted:
                break
            query = Query(entity, (by,), (Condition("id", "any_of", tuple(wanted)),), limit=len(wanted), counted=False)
            page = records.page(query)
            above.update((row[0], row[1]) for row in page.rows if row[1] is not None)
            titles.update(page.titles.get(entity, {}))
            wanted = {above[key] for key in wanted if key in above} - above.keys()
        return {key: self._way(key, above, titles) for key in ids}

    def _way(self, record_id: int, above: Mapping[int, int], titles: Mapping[int, str]) -> list[str]:
        way: dict[int, str] = {}
        at = above.get(record_id)
        while at is not None and at in titles and at not in (record_id, *way) and len(way) < DEEPEST:
            way[at] = titles[at]
            at = above.get(at)
        return list(reversed(way.values()))

    def _drawn(self, rows: Iterable[tuple[Branch, str]]) -> Markup:
        drawn = (
            content.replace(LEAD, part("arranged/lead", branch=one)).replace(
                CIRCLE, part("arranged/circle", branch=one) if one.circle else ""
            )
            for one, content in rows
        )
        return Markup("".join(drawn))  # noqa: S704 (cells escape, and so does the template)
