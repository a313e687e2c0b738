"""Writing from a list: the one way in which cells become records. Texts as they were typed come in, out go the rows as
they are now, or what is wrong at which cell, and the act by which it can be undone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from engine.problems import Problem, Refused
from engine.records.several import Rewritten, Several
from runtime_web import addresses
from runtime_web.cards.inputs import labelled, told
from runtime_web.cells.meanwhile import Meanwhile
from runtime_web.cells.rows import rows_of
from runtime_web.cells.sent import SentCells
from runtime_web.cells.typed import Typed
from runtime_web.cells.undoing import written_act
from runtime_web.i18n import ngettext
from runtime_web.lists.page import Listing
from runtime_web.lists.state import ListState

FEW = 200
"""Where more rows have changed, the list is asked for anew."""
KINDS: Mapping[str, str | None] = {"edit": None, "paste": "paste", "fill": "fill", "clear": "clear"}
"""What history calls the act, by what the grid did; a change of cells is told as any other change."""


@dataclass(frozen=True)
class CellFault:
    """What is wrong with a cell, or with a row as a whole where no field is named.

    `seen` is the word of what is there now, where somebody has changed it meanwhile: whoever sends it has been told.
    """

    key: str
    field: str
    text: str
    seen: str = ""


@dataclass(frozen=True)
class Written:
    """What the grid is told: the records by the keys of their rows, and the rows as they are now, by record.

    A row is None that is not in any list of the reader's any more.
    """

    faults: tuple[CellFault, ...] = ()
    ids: Mapping[str, int] = field(default_factory=dict)
    rows: Mapping[int, str | None] = field(default_factory=dict)
    titles: Mapping[int, str] = field(default_factory=dict)
    """What the records are called about which nothing is saved yet, wherever they stand in the list."""
    said: str = ""
    undo: str = ""
    """The act by which it can be undone, as `act_of` reads it."""
    show: str = ""
    """Where what is new can be looked at by itself; `show_label` says how much that is."""
    show_label: str = ""
    reload: bool = False
    """Whether more has become different than rows that are told."""
    saved: bool = False

    @property
    def shape(self) -> dict[str, Any]:
        """The same for JSON."""
        return {
            "faults": [asdict(one) for one in self.faults],
            "ids": dict(self.ids),
            "rows": {str(key): html for key, html in self.rows.items()},
            "titles": {str(key): title for key, title in self.titles.items()},
            "said": self.said,
            "undo": self.undo,
            "show": {"url": self.show, "label": self.show_label} if self.show else None,
            "reload": self.reload,
            "saved": self.saved,
        }


@dataclass(frozen=True)
class Writing:
    """Writes into the records of one list for its reader."""

    listing: Listing

    def write(self, sent: SentCells) -> Written:
        """Write all of it, or nothing and say at each cell why."""
        edits, faults = Typed(self.listing.records, self.listing.locale, self.listing.state.entity).read(sent)
        door, name = Several.through(self.listing.records), self.listing.state.entity
        if sent.check or faults:
            # A cell whose text means nothing is blank for the rest of its row.
            wrong = {fault.path for fault in faults}
            faults += [found for found in door.refusals(name, edits) if found.path not in wrong]
        if sent.check or faults:
            return self._refused(faults, sent)
        try:
            done = door.save(name, edits, KINDS[sent.kind] if len(edits) > 1 else None)
        except Refused as refused:
            return self._refused(refused.problems, sent)
        return self._done(done)

    def _refused(self, problems: Sequence[Problem], sent: SentCells) -> Written:
        """What is wrong, and the rows as they are now, those first about which something is said."""
        ids = {row.key: row.id for row in sent.rows if row.id is not None}
        meanwhile = Meanwhile(self.listing, ids)
        faults = tuple(self._fault(found, meanwhile) for found in problems)
        first = dict.fromkeys(ids[fault.key] for fault in faults if fault.key in ids)
        known = () if sent.check else tuple(dict.fromkeys((*first, *ids.values())))
        titles = self.listing.records.titles(self.listing.state.entity, list(ids.values()))
        return Written(faults, rows=rows_of(self.listing, known[:FEW]), titles=titles)

    def _fault(self, found: Problem, meanwhile: Meanwhile) -> CellFault:
        key, name = (*found.path, "", "")[:2]
        if found.code == "changed-since":
            return CellFault(key, name, meanwhile.told(key, name) or told(found), str(found.params["now"]))
        return CellFault(key, name, told(labelled(found, self.listing.records.configuration, self.listing.locale)))

    def _done(self, done: Rewritten) -> Written:
        many = bool(done.created) or len(done.ids) > FEW
        rows = {} if many else rows_of(self.listing, done.ids.values())
        act = written_act(done.undoes) if done.undoes else ""
        label = ngettext("Show it", "Show them", len(done.ids))
        return Written(
            ids=done.ids,
            rows=rows,
            said=_said(done),
            undo=act,
            show=self._new(done),
            show_label=label,
            reload=many,
            saved=True,
        )

    def _new(self, done: Rewritten) -> str:
        """The list of just the records that were written, where some of them are new; of a single one its card."""
        if not done.created or done.undoes is None:
            return ""
        state, entity = self.listing.state, self.listing.state.entity
        if done.undoes.action is None:
            return addresses.card_of(entity, *done.ids.values())
        just = ListState(entity, state.view, act=done.undoes.action, group=() if self.listing.levels else None)
        return addresses.list_of(entity) + just.arguments(self.listing.records.configuration)


def _said(done: Rewritten) -> str:
    """What was done, in a sentence or two."""
    said = []
    if done.changed:
        said.append(ngettext("%(num)s record changed.", "%(num)s records changed.", done.changed))
    if done.created:
        said.append(ngettext("%(num)s record added.", "%(num)s records added.", done.created))
    return " ".join(said)
