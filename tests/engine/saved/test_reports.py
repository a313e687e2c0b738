"""Saved reports: whose they are, who sees them, who changes them, and what becomes of those that name what is gone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import text

from engine.accounts import People
from engine.audit import Audit, Sought
from engine.model import Configuration, Report
from engine.problems import Refused
from engine.rights import SYSTEM, Principal, rights_of
from engine.saved import Described, SavedReports, mended, wrong_with
from engine.saved import reports as door
from engine.storage import Database
from tests.ready import ready_database
from tests.shop import SHOP

EVERYONE = frozenset({"everyone"})
CONFIGURATION = Configuration.model_validate(
    {
        **SHOP,
        "roles": {
            "seller": {
                "grants": [{"entity": "order", "can": ["read", "report"]}, {"entity": "client", "can": ["read"]}]
            },
            "clerk": {
                "grants": [
                    {"entity": "order", "can": ["read", "report"], "fields": {"total": "hidden"}},
                    {"entity": "client", "can": ["read"]},
                ]
            },
            "guest": {"grants": [{"entity": "order", "can": ["read"]}]},
        },
    }
)
TOTALS = Report.model_validate(
    {"of": "order", "rows": [{"field": "client.city"}], "values": {"sum": {"field": "total"}}}
)
COUNTS = Report.model_validate({"of": "order", "rows": [{"field": "client.city"}]})
Door = Callable[..., SavedReports]


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    found = ready_database(database_url, CONFIGURATION)
    for login in ("ann", "bob", "cia"):
        People(found).add(login, login.title(), password="three quiet herons")
    yield found
    found.close()


@pytest.fixture
def of(database: Database) -> Door:
    """The door of a person, by their number and roles."""

    def opens(number: int | None, *roles: str, administrator: bool = False) -> SavedReports:
        principal = Principal(number, f"Person {number}", administrator, frozenset(roles))
        return SavedReports(database, CONFIGURATION, principal)

    return opens


def names(found: Any) -> list[str]:
    return [one.name for one in found]


def test_a_report_is_its_owners_until_it_is_shared(of: Door) -> None:
    ann, bob = of(1, "seller"), of(2, "seller")
    saved = ann.add(TOTALS, Described("  Sales   by city ", "What was sold."))
    assert names(ann.mine()) == ["Sales by city"]
    found = ann.get(saved.id)
    assert found is not None
    assert found.report == TOTALS.model_copy(update={"label": "Sales by city", "help": "What was sold."})
    assert (bob.shared(), bob.get(saved.id), bob.mine()) == ((), None, ())
    ann.describe(saved.id, Described("Sales", roles=EVERYONE))
    assert names(bob.shared()) == ["Sales"]
    assert ann.shared() == ()
    assert bob.get(saved.id) is not None
    ann.describe(saved.id, Described("Sales"))
    assert (bob.shared(), bob.get(saved.id)) == ((), None)


def test_roles_share_among_themselves_and_administrators_see_all_that_is_shared(of: Door) -> None:
    saved = of(1, "seller").add(COUNTS, Described("Orders", roles=frozenset({"seller"})))
    of(1, "seller").add(COUNTS, Described("My own"))
    assert names(of(2, "seller").shared()) == ["Orders"]
    assert of(2, "clerk").shared() == ()
    assert of(2, "clerk").get(saved.id) is None
    assert names(of(3, administrator=True).shared()) == ["Orders"]
    assert of(None, administrator=True).get(saved.id) is not None


def test_a_shared_report_is_absent_for_whoever_may_not_see_a_part_of_it(of: Door) -> None:
    ann = of(1, "seller")
    saved = [ann.add(one, Described(name, roles=EVERYONE)).id for one, name in ((TOTALS, "Totals"), (COUNTS, "Counts"))]
    assert names(of(2, "seller").shared()) == ["Counts", "Totals"]
    assert names(of(2, "clerk").shared()) == ["Counts"]
    assert of(2, "clerk").get(saved[0]) is None
    assert of(2, "guest").shared() == ()
    assert of(2).shared() == ()


def test_what_may_not_be_made_may_not_be_saved(of: Door) -> None:
    for door_of, report in (
        (of(1, "clerk"), TOTALS),
        (of(1, "guest"), COUNTS),
        (of(1, "seller"), Report(of="product")),
    ):
        with pytest.raises(Refused):
            door_of.add(report, Described("Secret"))
    with pytest.raises(Refused, match=r"client\.ghost"):
        of(1, "seller").add(Report.model_validate({"of": "order", "rows": [{"field": "client.ghost"}]}), Described("X"))
    with pytest.raises(Refused, match="sum"):
        of(1, "seller").add(
            Report.model_validate({"of": "order", "values": {"a": {"field": "client.city", "aggregate": "sum"}}}),
            Described("X"),
        )
    assert of(1, "seller").mine() == ()


@pytest.mark.parametrize(
    ("described", "code"),
    [
        (Described(" "), "required"),
        (Described("n" * 101), "too-long"),
        (Described("a", "h" * 501), "too-long"),
        (Described("a\u202eb"), "text-invalid"),
        (Described("a", roles=frozenset({"clerk"})), "share-role-unknown"),
        (Described("a", roles=frozenset({"nobody"})), "share-role-unknown"),
    ],
)
def test_a_name_that_cannot_be_and_a_role_that_is_not_ones_own_are_refused(
    of: Door, described: Described, code: str
) -> None:
    ann = of(1, "seller")
    with pytest.raises(Refused) as refused:
        ann.add(COUNTS, described)
    assert [one.code for one in refused.value.problems] == [code]
    saved = ann.add(COUNTS, Described("Orders"))
    with pytest.raises(Refused):
        ann.describe(saved.id, described)
    assert names(ann.mine()) == ["Orders"]


def test_only_the_owner_changes_a_report(of: Door) -> None:
    ann = of(1, "seller")
    saved = ann.add(COUNTS, Described("Orders", roles=EVERYONE))
    for other in (of(2, "seller"), of(3, administrator=True)):
        assert other.change(saved.id, TOTALS) is None
        assert other.describe(saved.id, Described("Mine now")) is None
        assert other.delete(saved.id) is None
    changed = ann.change(saved.id, TOTALS)
    assert changed is not None
    assert changed.report is not None
    assert (changed.name, changed.report.values) == ("Orders", TOTALS.values)
    assert changed.described.roles == EVERYONE


def test_nobody_who_looks_with_anothers_eyes_saves(of: Door, database: Database) -> None:
    looking = SavedReports(database, CONFIGURATION, replace(of(1, "seller").principal, looking=True))
    saved = of(1, "seller").add(COUNTS, Described("Orders"))
    assert names(looking.mine()) == ["Orders"]
    attempts: tuple[Callable[[], object], ...] = (
        lambda: looking.add(COUNTS, Described("Another")),
        lambda: looking.change(saved.id, TOTALS),
        lambda: looking.describe(saved.id, Described("Another")),
        lambda: looking.delete(saved.id),
    )
    for work in attempts:
        with pytest.raises(Refused):
            work()


def test_a_deleted_report_comes_back_as_it_was(of: Door) -> None:
    ann, bob = of(1, "seller"), of(2, "seller")
    saved = ann.add(COUNTS, Described("Orders", "All of them.", EVERYONE))
    assert ann.restore(saved.id) is None
    assert ann.delete(saved.id) is not None
    assert ann.delete(saved.id) is None
    assert (ann.mine(), ann.get(saved.id), bob.shared(), bob.get(saved.id)) == ((), None, (), None)
    assert names(ann.deleted()) == ["Orders"]
    assert bob.deleted() == ()
    assert bob.restore(saved.id) is None
    back = ann.restore(saved.id)
    assert back is not None
    assert (back.described, back.report) == (saved.described, saved.report)
    assert names(bob.shared()) == ["Orders"]


def test_the_audit_log_says_what_was_kept_and_shared(of: Door, database: Database) -> None:
    ann = of(1, "seller")
    saved = ann.add(COUNTS, Described("Orders"))
    ann.change(saved.id, TOTALS)
    ann.describe(saved.id, Described("Sales", roles=frozenset({"seller"})))
    ann.describe(saved.id, Described("All sales", roles=frozenset({"seller"})))
    ann.delete(saved.id)
    ann.restore(saved.id)
    found = Audit(database).lines(rights_of(CONFIGURATION, SYSTEM), Sought(person=1))
    lines = [line for line in reversed(found) if line.event.startswith("report-")]
    assert [(line.event, line.details["name"], line.details.get("roles")) for line in lines] == [
        ("report-saved", "Orders", None),
        ("report-saved", "Orders", None),
        ("report-shared", "Sales", "seller"),
        ("report-deleted", "All sales", "seller"),
        ("report-restored", "All sales", "seller"),
    ]
    assert {line.details["number"] for line in lines} == {str(saved.id)}


def test_a_report_outlives_what_it_names(of: Door, database: Database) -> None:
    report = Report.model_validate(
        {
            "of": "order",
            "rows": [{"field": "client.city", "sort": "-sum"}, {"field": "client.code"}],
            "columns": [{"field": "date", "by": "month", "below": [{"by": "day"}, {"field": "client.code"}]}],
            "values": {
                "sum": {"field": "total"},
                "n": {"aggregate": "count", "colors": [{"where": "sum > 1", "color": "red"}]},
                "twice": {"formula": "sum * 2"},
                "items": {"field": "client.code", "aggregate": "distinct"},
            },
            "filters": {"code": {"field": "client.code"}},
            "where": 'client.code <> ""',
        }
    )
    saved = of(1, "seller").add(report, Described("Whole", roles=EVERYONE))
    entities = {name: dict(one) for name, one in SHOP["entities"].items()}
    for entity, gone in (("client", "code"), ("order", "total")):
        entities[entity] = {**entities[entity], "fields": {**entities[entity]["fields"]}}
        del entities[entity]["fields"][gone]
    entities["order"].pop("views")
    later = Configuration.model_validate({**SHOP, "entities": entities})
    ann = SavedReports(database, later, Principal(1, "Ann"))
    found = ann.get(saved.id)
    assert found is not None
    assert found.report is not None
    assert found.report.rows == report.rows
    (said,) = wrong_with(later, found.report)
    assert said.params["parts"] == 'client.code, total, client.code <> ""'
    assert SavedReports(database, later, Principal(2, "Bob")).shared() == ()
    left = mended(later, found.report)
    assert left is not None
    assert left.model_dump(exclude_defaults=True, exclude={"label"}) == {
        "of": "order",
        "rows": ({"field": "client.city"},),
        "columns": ({"field": "date", "by": "month"},),
        "values": {"n": {"aggregate": "count"}},
    }
    assert mended(later, Report(of="ghost")) is None


def test_what_another_version_wrote_is_named_and_kept(of: Door, database: Database) -> None:
    ann = of(1, "seller")
    saved = ann.add(COUNTS, Described("Orders", roles=EVERYONE))
    with database.write() as connection:
        connection.execute(text('UPDATE _report SET content = \'{"of": "order", "later": 1}\''))
    assert [one.report for one in ann.mine()] == [None]
    assert of(2, "seller").shared() == ()
    assert ann.delete(saved.id) is not None


def test_there_are_not_too_many(of: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "MOST", 1)
    ann = of(1, "seller")
    saved = ann.add(COUNTS, Described("One"))
    with pytest.raises(Refused, match="You have 1 reports already"):
        ann.add(COUNTS, Described("Two"))
    ann.delete(saved.id)
    ann.add(COUNTS, Described("Two"))


def test_numbers_tell_nothing_about_others(of: Door) -> None:
    numbers = [of(1, "seller").add(COUNTS, Described("One")).id for _ in range(3)]
    assert all(10**8 <= number < 10**9 for number in numbers)
    assert numbers != list(range(numbers[0], numbers[0] + 3))
