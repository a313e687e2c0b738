"""What people may see and change: rows, fields, lines, titles, counts, and what is computed of what they may not see."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from engine.accounts import People
from engine.problems import Refused
from engine.query import Condition, Query, Sort
from engine.records import Edit, LineEdit, Missing, Records
from tests.guarded import as_person, described, fill, open_guarded, order

BEYOND = 999


@pytest.fixture
def trade(database_url: str) -> Iterator[Records]:
    records = open_guarded(database_url)
    fill(records)
    yield records
    records.database.close()


@pytest.fixture
def ann(trade: Records) -> Records:
    return as_person(trade, 1, "manager")


@pytest.fixture
def dora(trade: Records) -> Records:
    return as_person(trade, 4, "auditor")


def ids(records: Records, query: Query) -> list[int]:
    return [row[0] for row in records.page(query).rows]


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [found.code for found in refused.value.problems]


class TestRows:
    def test_who_has_no_role_sees_nothing(self, trade: Records) -> None:
        eve = as_person(trade, 5)
        assert eve.configuration.entities == {}
        for name in ("client", "nonsense"):
            with pytest.raises(KeyError, match=name):
                eve.page(Query(name))

    def test_a_grant_shows_the_records_that_meet_its_condition(self, ann: Records) -> None:
        assert ids(ann, Query("order")) == [1]
        assert ann.count(Query("order")).number == 1
        assert ann.count(Query("order", exact_count=True)).number == 1

    def test_a_record_out_of_sight_is_missing_like_one_that_never_was(self, ann: Records) -> None:
        for record_id in (2, BEYOND):
            with pytest.raises(Missing):
                ann.get("order", record_id)
            with pytest.raises(Missing):
                ann.update("order", record_id, Edit({"note": "x"}))
            assert ann.delete("order", [record_id]) == 0
            assert ann.restore("order", [record_id]) == 0
            assert ann.titles("order", [record_id]) == {}

    def test_restrictions_hold_whatever_is_granted(self, trade: Records, ann: Records) -> None:
        trade.update("order", 1, Edit({"archived": True}))
        assert ids(ann, Query("order")) == []
        assert ids(trade, Query("order")) == [1, 2]

    def test_roles_add_up(self, trade: Records) -> None:
        trade.update("order", 2, Edit({"status": "paid"}))
        assert ids(as_person(trade, 1, "manager", "auditor"), Query("order")) == [1, 2]

    def test_lines_are_seen_with_what_they_belong_to(self, ann: Records) -> None:
        assert ids(ann, Query("order_line")) == [1]
        with pytest.raises(Missing):
            ann.get("order_line", 2)

    def test_search_and_sums_of_what_is_out_of_sight_find_nothing(self, ann: Records) -> None:
        assert [(one.entity, one.id) for one in ann.search("0002")] == []
        assert [(one.entity, one.id) for one in ann.search("0001")] == [("order", 1)]


class TestFields:
    def test_a_hidden_field_is_one_that_does_not_exist(self, ann: Records) -> None:
        assert "secret" not in ann.configuration.entities["client"].fields
        assert "secret" not in ann.get("client", 1).values
        for name in ("secret", "nonsense"):
            for query in (
                Query("client", (name,)),
                Query("client", sort=(Sort(name),)),
                Query("client", conditions=(Condition(name, "equals", ("gold",)),)),
            ):
                with pytest.raises(KeyError):
                    ann.page(query)
            with pytest.raises(Refused) as refused:
                ann.update("client", 1, Edit({name: "x"}))
            assert [(found.code, found.params) for found in refused.value.problems] == [
                ("field-not-editable", {"field": name})
            ]

    def test_searching_does_not_look_into_it(self, trade: Records, ann: Records) -> None:
        assert ids(trade, Query("client", search="gold")) == [1]
        assert ids(ann, Query("client", search="gold")) == []

    def test_views_and_colours_made_of_it_are_not_there(self, ann: Records) -> None:
        client = ann.configuration.entities["client"]
        assert list(client.views) == ["all"]
        assert client.views["all"].columns == ("name", "city", "manager")
        assert [tint.color for tint in client.colors] == ["blue"]
        rows = ann.page(Query("client", ("name", "_tint"), sort=(Sort("name"),))).rows
        assert [row[2] for row in rows] == [0, None]

    def test_what_is_computed_of_it_vanishes_unless_it_is_published(self, ann: Records, dora: Records) -> None:
        assert "margin" not in ann.get("order", 1).values
        assert "turnover" not in ann.get("client", 1).values  # some orders are out of sight
        assert dora.get("client", 1).values["turnover"] == Decimal(20)

    def test_what_is_published_is_not_explained(self, trade: Records, dora: Records) -> None:
        trade.update("order", 1, Edit({"status": "paid"}))
        assert dora.get("order", 1).values["margin"] == Decimal(14)
        assert dora.explain("order", 1, "margin").value == Decimal(14)  # all of it may be read
        with pytest.raises(KeyError):
            dora.explain("client", 1, "turnover")

    def test_fields_of_lines_are_hidden_by_the_grant_of_their_parent(self, ann: Records) -> None:
        assert set(ann.get("order", 1).lines["lines"][0].values) == {
            "product",
            "quantity",
            "price",
            "amount",
            "order",
            "_position",
        }
        with pytest.raises(KeyError):
            ann.page(Query("order_line", ("cost",)))

    def test_a_title_made_of_what_is_hidden_gives_way_to_the_number(self, database_url: str) -> None:
        grants = [
            {"entity": "order", "can": ["read", "update"]},
            {"entity": "client", "can": ["read"], "fields": {"name": "hidden"}},
        ]
        records = open_guarded(database_url, described(roles={"clerk": {"grants": grants}}))
        fill(records)
        clerk = as_person(records, 3, "clerk")
        assert records.get("order", 1).title == "0001 Alfa"
        assert clerk.get("order", 1).title == clerk.titles("order", [1])[1] == "0001"
        assert clerk.update("order", 1, Edit({"note": "x"})).title == "0001"
        assert clerk.titles("client", [1]) == {1: "#1"}
        assert clerk.lookup("client", "alfa") == []
        assert ids(clerk, Query("order", search="alfa")) == []
        records.database.close()

    def test_a_field_may_be_hidden_in_some_records(self, trade: Records, ann: Records) -> None:
        other = order(trade, 1, 1, status="paid", note="paid note")
        trade.update("order", 1, Edit({"note": "new note"}))
        rows = ann.page(Query("order", ("note",), sort=(Sort("number"),))).rows
        assert [row[1] for row in rows] == ["new note", None]
        assert ann.get("order", other).values["note"] is None
        assert ids(ann, Query("order", conditions=(Condition("note", "contains", ("note",)),))) == [1]
        assert ids(ann, Query("order", search="paid note")) == []
        assert ids(ann, Query("order", search="new note")) == [1]
        looks = ann.looks("order", [1, other])
        assert "note" not in looks[1].hidden
        assert looks[other].hidden == {"note"}

    def test_two_roles_never_lend_each_other_their_fields(self, trade: Records) -> None:
        trade.update("order", 2, Edit({"status": "paid", "note": "theirs"}))
        order(trade, 1, 1, status="paid", note="mine")
        both = as_person(trade, 1, "manager", "auditor")
        rows = both.page(Query("order", ("note", "margin"), sort=(Sort("number"),))).rows
        # The auditor's role shows notes of all paid orders, and margins; the manager's no margin of what is not paid.
        assert [row[1] for row in rows] == [None, "theirs", "mine"]
        assert [row[2] is None for row in rows] == [True, False, False]

    def test_a_change_of_what_is_hidden_leaves_no_trace(self, trade: Records, ann: Records) -> None:
        before = ann.get("client", 1)
        trade.update("client", 1, Edit({"secret": "silver", "discount": Decimal("0.2")}))
        assert ann.get("client", 1) == before


class TestWriting:
    def test_making_needs_the_right(self, ann: Records, dora: Records) -> None:
        assert ann.create("client", Edit({"name": "Gamma"})).created
        with pytest.raises(Refused) as refused:
            dora.create("client", Edit({"name": "Delta"}))
        assert codes(refused) == ["right-missing"]

    def test_what_is_made_must_be_ones_own(self, ann: Records) -> None:
        assert ann.create("order", Edit({"client": 2})).created  # the default makes it hers
        with pytest.raises(Refused) as refused:
            ann.create("order", Edit({"client": 2, "manager": 2}))
        assert codes(refused) == ["right-missing-after"]

    def test_changing_needs_the_right_for_this_record(self, ann: Records) -> None:
        ann.update("client", 1, Edit({"city": "Bergen"}))
        with pytest.raises(Refused) as refused:
            ann.update("client", 2, Edit({"city": "Bergen"}))
        assert codes(refused) == ["right-missing-here"]

    def test_nobody_moves_a_record_out_of_or_into_somebodys_rows(self, trade: Records, ann: Records) -> None:
        with pytest.raises(Refused) as refused:
            ann.update("order", 1, Edit({"manager": 2}))
        assert codes(refused) == ["right-missing-after"]
        assert trade.get("order", 1).values["manager"] == 1
        with pytest.raises(Missing):
            ann.update("order", 2, Edit({"manager": 1}))

    def test_a_field_that_may_only_be_read_stays(self, trade: Records, ann: Records) -> None:
        ann.update("order", 1, Edit({"rebate": None, "note": "x"}, base={"rebate": None, "note": None}))
        with pytest.raises(Refused) as refused:
            ann.update("order", 1, Edit({"rebate": Decimal(1)}))
        assert [(one.code, one.path) for one in refused.value.problems] == [("field-closed", ("rebate",))]
        with pytest.raises(Refused) as refused:
            ann.create("order", Edit({"client": 1, "rebate": Decimal(1)}))
        assert codes(refused) == ["field-closed"]
        assert ann.looks_new("order").locked == {"rebate"}
        assert ann.looks("order", [1])[1].locked == {"rebate"}

    def test_so_does_one_that_is_closed_in_this_record(self, trade: Records, ann: Records) -> None:
        trade.update("order", 1, Edit({"status": "paid"}))
        for name, value in (("date", None), ("note", "guess")):
            changed = {"date": trade.get("order", 1).created_at.date()} if value is None else {name: value}  # type: ignore[union-attr]
            with pytest.raises(Refused) as refused:
                ann.update("order", 1, Edit(changed))
            assert codes(refused)[0] == "field-closed"

    def test_opening_and_using_it_in_one_save_is_refused(self, trade: Records, ann: Records) -> None:
        trade.update("order", 1, Edit({"status": "paid"}))
        with pytest.raises(Refused):
            ann.update("order", 1, Edit({"status": "new", "note": "mine now"}))

    def test_lines_are_changed_with_the_right_to_their_parent(self, trade: Records, ann: Records) -> None:
        line = trade.get("order", 1).lines["lines"][0]
        ann.update("order", 1, Edit({}, lines={"lines": (LineEdit(line.id, {"quantity": Decimal(5)}, key="a"),)}))
        assert trade.get("order", 1).values["total"] == Decimal(50)
        assert trade.get("order", 1).lines["lines"][0].values["cost"] == Decimal(6)
        with pytest.raises(Refused) as refused:
            ann.update("order", 1, Edit({}, lines={"lines": (LineEdit(line.id, {"cost": Decimal(5)}, key="a"),)}))
        assert codes(refused) == ["field-not-editable"]

    def test_references_lead_only_to_what_may_be_seen(self, database_url: str) -> None:
        grants = [
            {"entity": "order", "can": ["read", "create", "update"]},
            {"entity": "client", "can": ["read"], "where": 'city = "Oslo"'},
        ]
        records = open_guarded(database_url, described(roles={"clerk": {"grants": grants}}))
        fill(records)
        clerk = as_person(records, 3, "clerk")
        assert clerk.create("order", Edit({"client": 1})).created
        for hidden in (2, BEYOND):
            with pytest.raises(Refused) as refused:
                clerk.create("order", Edit({"client": hidden}))
            assert [(one.code, one.path) for one in refused.value.problems] == [("reference-unknown", ("client",))]
        # What leads there already may stay.
        clerk.update("order", 2, Edit({"client": 2, "note": "x"}, base={"client": 2, "note": None}))
        records.database.close()

    def test_importing_is_a_right_of_its_own(self, ann: Records) -> None:
        with pytest.raises(Refused) as refused, ann.batch(kind="import") as batch:
            batch.add("order", ("client", "manager"), [(1, 1)])
        assert codes(refused) == ["right-missing"]

    def test_a_unique_value_is_refused_whoever_has_it(self, trade: Records) -> None:
        chief = as_person(trade, 3, "chief")
        with pytest.raises(Refused) as refused:
            chief.create("client", Edit({"name": "Twin", "secret": "gold"}))
        assert codes(refused) == ["unique-taken"]

    def test_deleting_needs_the_right_for_this_record(self, trade: Records, ann: Records) -> None:
        with pytest.raises(Refused) as refused:
            ann.delete("client", [1])
        assert codes(refused) == ["right-missing"]
        assert ann.delete("order", [1]) == 1
        assert ids(ann, Query("order", trashed=True)) == [1]
        assert ann.restore("order", [1]) == 1

    def test_what_stands_in_the_way_is_named_only_where_it_may_be_seen(self, trade: Records) -> None:
        chief = as_person(trade, 5, "chief")
        with pytest.raises(Refused) as refused:
            chief.delete("client", [1])
        assert codes(refused) == ["record-in-use"]

    def test_a_batch_is_held_to_the_same(self, trade: Records, ann: Records) -> None:
        with pytest.raises(Refused) as refused, ann.batch() as batch:
            batch.add("order", ("client", "manager"), [(1, 2)])
        assert codes(refused) == ["right-missing-after"]
        with pytest.raises(Refused) as refused, ann.batch() as batch:
            batch.add("order", ("client", "rebate"), [(1, Decimal(1))])
        assert codes(refused) == ["field-closed"]
        with pytest.raises(Refused) as refused, ann.batch() as batch:
            batch.update("order", 2, {"note": "x"})
        assert codes(refused) == ["right-missing-here"]
        with ann.batch() as batch:
            batch.add("order", ("client", "manager"), [(1, 1)])

    def test_who_only_looks_changes_nothing(self, trade: Records) -> None:
        looking = as_person(trade, 1, "manager", looking=True)
        assert ids(looking, Query("order")) == [1]
        for work in (
            lambda: looking.update("order", 1, Edit({"note": "x"})),
            lambda: looking.create("order", Edit({"client": 1})),
            lambda: looking.delete("order", [1]),
        ):
            with pytest.raises(Refused) as refused:
                work()
            assert codes(refused) == ["right-missing"]


class TestPreviews:
    def test_a_preview_shows_what_a_save_would_compute(self, ann: Records) -> None:
        line = LineEdit(None, {"product": 1, "quantity": Decimal(4), "price": Decimal(10)}, key="n")
        preview = ann.preview("order", None, Edit({"client": 1, "manager": 2}, lines={"lines": (line,)}))
        assert preview is not None
        assert preview.record.values["total"] == Decimal(40)
        assert "margin" not in preview.record.values

    def test_typing_oneself_into_a_rule_shows_nothing_more(self, trade: Records, ann: Records) -> None:
        trade.update("order", 1, Edit({"status": "paid", "note": "hidden note"}))
        preview = ann.preview("order", 1, Edit({"status": "new"}))
        assert preview is not None
        assert preview.record.values["note"] is None
        assert "note" in preview.looks[""][1].hidden

    def test_a_draft_leads_nowhere_else(self, trade: Records, ann: Records) -> None:
        with pytest.raises(Missing):
            ann.preview("order", 2, Edit({}))


class TestWhoAsks:
    """A user stands for a record of their own, such as an employee, and rules follow it."""

    @pytest.fixture
    def linked(self, database_url: str) -> Iterator[Records]:
        changed = described()
        entities = {
            name: entity.model_dump(mode="json", exclude_unset=True) for name, entity in changed.entities.items()
        }
        fields = {"name": {"type": "text"}, "branch": {"type": "text"}}
        entities["employee"] = {"fields": fields}
        entities["client"]["fields"]["branch"] = {"type": "text", "default": "=USER().employee.branch"}
        entities["client"]["checks"] = [{"that": "branch = USER().employee.branch", "else": "Not your branch."}]
        grants = [
            {"entity": "client", "can": ["all"], "where": "city = USER().employee.branch"},
            {"entity": "order", "can": ["read"], "where": "client.city = USER().employee.branch"},
        ]
        records = open_guarded(
            database_url,
            described(entities=entities, roles={"local": {"grants": grants}}, user_links=["employee"]),
        )
        fill(records)
        records.create("employee", Edit({"name": "Ann", "branch": "Oslo"}))
        People(records.database).link(1, "employee", 1)
        yield records
        records.database.close()

    def test_rules_read_the_record_that_a_user_is_linked_to(self, linked: Records) -> None:
        ann, bob = as_person(linked, 1, "local"), as_person(linked, 2, "local")
        assert ids(ann, Query("client")) == [1]
        assert ids(ann, Query("order")) == [1]
        assert ids(bob, Query("client")) == []  # linked to nobody

    def test_so_do_defaults_and_checks(self, linked: Records) -> None:
        ann = as_person(linked, 1, "local")
        assert ann.blank("client").values["branch"] == "Oslo"
        made = ann.create("client", Edit({"name": "Gamma", "city": "Oslo"}))
        assert ann.get("client", made.id).values["branch"] == "Oslo"
        with pytest.raises(Refused) as refused:
            ann.create("client", Edit({"name": "Delta", "city": "Oslo", "branch": "Turku"}))
        assert codes(refused) == ["check-failed"]
