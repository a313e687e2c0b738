"""Changing several records at once: one transaction, one act, every reason at its row."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from engine.problems import Refused
from engine.records import Edit, LineEdit, Records, RowEdit
from engine.records.acts import Acts
from engine.records.several import Rewritten, Several
from engine.records.undoing import Undoing


def several(records: Records, entity: str, *edits: RowEdit, kind: str | None = None) -> Rewritten:
    return Several.through(records).save(entity, edits, kind)


def refused(records: Records, entity: str, *edits: RowEdit) -> list[tuple[str, tuple[str, ...]]]:
    with pytest.raises(Refused) as error:
        several(records, entity, *edits)
    assert sorted((one.code, one.path) for one in Several.through(records).refusals(entity, edits)) == sorted(
        (one.code, one.path) for one in error.value.problems
    )
    return sorted((one.code, one.path) for one in error.value.problems)


def values(records: Records, entity: str, record_id: int) -> Any:
    return records.get(entity, record_id).values


def test_rows_change_and_come_together_and_go_back_together(fresh: Records) -> None:
    done = several(
        fresh,
        "client",
        RowEdit("a", 1, {"city": "Bergen", "tags": ("c",), "partners": (2, 3)}),
        RowEdit("b", 2, {"since": None, "vip": True}),
        RowEdit("c", 3, {"city": "Chișinău"}),
        RowEdit("n", None, {"name": "New one", "agent": 1}),
        kind="paste",
    )
    assert (done.created, done.changed) == (1, 2)
    first, second, new = (values(fresh, "client", done.ids[key]) for key in ("a", "b", "n"))
    assert (first["city"], first["tags"], first["partners"]) == ("Bergen", ("c",), (2, 3))
    assert (second["since"], second["vip"]) == (None, True)
    assert (new["name"], new["status"], new["agent"]) == ("New one", "new", 1)
    assert done.undoes is not None
    act = Acts(fresh).newest()[0]
    assert (act.kind, act.counts) == ("paste", {"client": {"changed": 2, "created": 1}})
    plan = Undoing.through(fresh).undo(done.undoes)
    assert (plan.counts["changed"], plan.counts["trashed"]) == (2, 1)
    assert values(fresh, "client", 1)["city"] == "Oslo"
    assert values(fresh, "client", 2)["since"] == dt.date(2021, 6, 1)
    assert fresh.get("client", done.ids["n"], trashed=True).title == "New one"


def test_one_change_alone_is_told_like_any_other(fresh: Records) -> None:
    done = several(fresh, "client", RowEdit("r", 1, {"city": "Bergen"}, {"city": "Oslo"}))
    assert done.undoes is not None
    assert done.undoes.change is not None
    Undoing.through(fresh).undo(done.undoes)
    assert values(fresh, "client", 1)["city"] == "Oslo"
    assert several(fresh, "client", RowEdit("r", 1, {"city": "Oslo"})).undoes is None


def test_every_reason_is_told_at_its_row_and_nothing_is_saved(fresh: Records) -> None:
    fresh.update("client", 1, Edit({"code": "A"}))
    found = refused(
        fresh,
        "client",
        RowEdit("a", 2, {"name": None}),
        RowEdit("b", 3, {"code": "A", "agent": 99}),
        RowEdit("c", 4, {"city": "Lund"}, {"city": "Malmö"}),
        RowEdit("d", 99, {"city": "Lund"}),
        RowEdit("e", None, {"city": "Lund"}),
        RowEdit("f", None, {"name": "X", "code": "B"}),
        RowEdit("g", None, {"name": "Y", "code": "B"}),
        RowEdit("h", 1, {"status": "lost"}),
        RowEdit("i", None, {"name": "Z", "orders": ()}),
    )
    assert found == sorted(
        [
            ("required", ("a", "name")),
            ("unique-taken", ("b", "code")),
            ("reference-unknown", ("b", "agent")),
            ("changed-since", ("c", "city")),
            ("record-gone", ("d",)),
            ("required", ("e", "name")),
            ("unique-taken", ("g", "code")),
            ("choice-unknown", ("h", "status")),
            ("field-not-editable", ("i", "orders")),
        ]
    )
    assert values(fresh, "client", 2)["name"] == "Ёлкин Пётр"
    assert [title for _, title in fresh.lookup("client", "x")] == ["beta_x"]


def test_numbers_are_given_and_totals_follow(fresh: Records) -> None:
    done = several(fresh, "order", *(RowEdit(f"n{at}", None, {"client": 1}) for at in range(3)), kind="paste")
    numbers = [values(fresh, "order", done.ids[f"n{at}"])["number"] for at in range(3)]
    assert [number[-1] for number in numbers] == ["1", "2", "3"]


def test_a_record_that_needs_lines_is_not_made_without(fresh: Records) -> None:
    fields = fresh.configuration.entities["order"].fields
    assert fields["lines"].required is False
    product = fresh.create("product", Edit({"name": "Bolt"})).id
    order = fresh.create("order", Edit({"client": 1}, lines={"lines": (LineEdit(None, {"product": product}),)})).id
    several(fresh, "order", RowEdit("r", order, {"comment": "Soon"}))
    record = fresh.get("order", order)
    assert (record.values["comment"], len(record.lines["lines"])) == ("Soon", 1)
