"""The ways by which what is hidden shows all the same, which docs/rights.md lists: each tells this much and no more."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest

from engine.problems import Problem, Refused
from engine.query import Condition, Query
from engine.records import Edit, LineEdit, Records
from tests.guarded import GUARDED, as_person, described, fill, open_guarded, order


def told(act: Callable[[], object]) -> list[Problem]:
    """What a refusal says."""
    with pytest.raises(Refused) as refused:
        act()
    return list(refused.value.problems)


def local() -> dict[str, Any]:
    """The trade where a local manager sees, makes and deletes only own clients, and no orders but own ones."""
    found = copy.deepcopy(GUARDED)
    own = {"can": ["read", "create", "update", "delete"], "where": "manager = USER()"}
    product = {"entity": "product", "can": ["read"]}
    found["roles"]["local"] = {"grants": [{"entity": "client", **own}, {"entity": "order", **own}, product]}
    keeper = {"entity": "client", "can": ["read", "update", "delete"], "fields": {"secret": "hidden"}}
    found["roles"]["keeper"] = {"grants": [keeper]}
    return found


@pytest.fixture
def trade(database_url: str) -> Iterator[Records]:
    records = open_guarded(database_url, described(**local()))
    fill(records)
    yield records
    records.database.close()


@pytest.fixture
def dora(trade: Records) -> Records:
    return as_person(trade, 4, "auditor")


class TestPublished:
    def test_it_is_the_value_and_nothing_that_it_is_made_of(self, trade: Records, dora: Records) -> None:
        assert dora.get("client", 1).values["turnover"] == Decimal(20)
        assert dora.page(Query("order")).rows == []
        with pytest.raises(KeyError):
            dora.explain("client", 1, "turnover")
        found = dora.page(Query("client", ("turnover",), conditions=(Condition("turnover", "ge", (Decimal(25),)),)))
        assert [row[0] for row in found.rows] == [2]

    def test_it_follows_what_it_is_made_of_and_nothing_else(self, trade: Records, dora: Records) -> None:
        (line,) = trade.get("order", 1).lines["lines"]
        before = dora.get("client", 1)
        trade.update("order", 1, Edit({"note": "x", "rebate": Decimal(3)}))
        trade.update("order", 1, Edit({}, lines={"lines": (LineEdit(line.id, {"cost": Decimal(1)}),)}))
        assert dora.get("client", 1) == before
        trade.update("order", 1, Edit({}, lines={"lines": (LineEdit(line.id, {"quantity": Decimal(5)}),)}))
        after = dora.get("client", 1)
        assert {name for name in after.values if after.values[name] != before.values[name]} == {"turnover"}

    def test_whoever_it_is_not_published_to_has_none(self, trade: Records) -> None:
        assert "turnover" not in as_person(trade, 1, "manager").get("client", 1).values


def test_a_stored_sum_is_the_same_number_for_everybody(trade: Records, dora: Records) -> None:
    trade.update("order", 1, Edit({"status": "paid"}))
    order(trade, 1, 2, "7")
    whole = trade.get("client", 1).values["turnover"]
    people = (dora, as_person(trade, 5, "auditor"), as_person(trade, 1, "auditor", "manager"))
    assert [one.get("client", 1).values["turnover"] for one in people] == [whole] * 3
    assert [row[0] for row in dora.page(Query("order")).rows] == [1]


class TestUnique:
    def test_a_refusal_says_that_a_value_is_taken_and_not_by_whom(self, trade: Records) -> None:
        ann = as_person(trade, 1, "local")
        assert [row[0] for row in ann.page(Query("client")).rows] == [1]
        (hidden,) = told(lambda: ann.create("client", Edit({"name": "New", "manager": 1, "secret": "tin"})))
        (own,) = told(lambda: ann.create("client", Edit({"name": "New", "manager": 1, "secret": "gold"})))
        assert (hidden.code, hidden.path, hidden.params) == ("unique-taken", ("secret",), {"value": "tin"})
        assert hidden.sentence.replace("tin", "") == own.sentence.replace("gold", "")
        assert ann.create("client", Edit({"name": "New", "manager": 1, "secret": "free"})).created

    def test_which_of_the_hidden_records_has_it_makes_no_difference(self, trade: Records) -> None:
        ann = as_person(trade, 1, "local")
        trade.create("client", Edit({"name": "Gamma", "manager": 3, "secret": "zinc"}))
        first, second = (
            told(lambda value=value: ann.create("client", Edit({"name": "N", "manager": 1, "secret": value})))  # type: ignore[misc]
            for value in ("tin", "zinc")
        )
        assert str(first).replace("tin", "") == str(second).replace("zinc", "")

    def test_who_may_not_read_the_field_cannot_even_ask(self, trade: Records) -> None:
        bob = as_person(trade, 2, "manager")
        for value in ("gold", "free"):
            problems = told(lambda value=value: bob.update("client", 2, Edit({"secret": value})))  # type: ignore[misc]
            assert [(one.code, one.params) for one in problems] == [("field-not-editable", {"field": "secret"})]


class TestRestrict:
    def test_a_refusal_says_that_there_is_something_and_not_what(self, trade: Records) -> None:
        keeper = as_person(trade, 5, "keeper")
        assert "order" not in keeper.configuration.entities
        (one,) = told(lambda: keeper.delete("client", [1]))
        for _ in range(3):
            order(trade, 1, 2)
        (four,) = told(lambda: keeper.delete("client", [1]))
        assert one == four
        assert (one.code, one.params, one.path) == ("record-in-use-elsewhere", {}, ())
        assert "order" not in one.sentence

    def test_what_one_sees_is_counted_alone(self, trade: Records) -> None:
        ann = as_person(trade, 1, "local")
        for _ in range(3):
            order(trade, 1, 2)
        (found,) = told(lambda: ann.delete("client", [1]))
        assert (found.code, found.params["count"]) == ("record-in-use", 1)

    def test_nothing_stands_in_the_way_any_more(self, trade: Records) -> None:
        keeper = as_person(trade, 5, "keeper")
        trade.delete("order", [1])
        assert keeper.delete("client", [1]) == 1


def test_numbers_tell_how_many_were_made_and_nothing_else(trade: Records) -> None:
    ann = as_person(trade, 1, "local")
    first = ann.create("order", Edit({"client": 1})).id
    for number in range(3):
        order(trade, 2, 2, str(number + 1), note="hush")
    second = ann.create("order", Edit({"client": 1})).id
    numbers = [ann.get("order", key).values["number"] for key in (first, second)]
    assert (second - first, numbers) == (4, ["0003", "0007"])
    assert [row[0] for row in ann.page(Query("order")).rows] == [1, first, second]


class TestConditions:
    """Conditions hold whoever saves, over all that they read; what they read is not told."""

    @pytest.fixture
    def strict(self, database_url: str) -> Iterator[Records]:
        found = copy.deepcopy(GUARDED)
        client, orders = found["entities"]["client"]["fields"], found["entities"]["order"]["fields"]
        client["city"]["required_if"] = 'secret = "gold"'
        client["manager"]["readonly_if"] = 'secret = "tin"'
        found["entities"]["client"]["checks"] = [{"that": 'secret <> "lead" or city <> "Oslo"', "else": "Not there."}]
        orders["client"]["where"] = 'secret <> "zinc"'
        grant = {"entity": "client", "can": ["read", "create", "update"], "fields": {"secret": "hidden"}}
        sells = {"entity": "order", "can": ["read", "create", "update"], "where": "manager = USER()"}
        found["roles"] = {"manager": {"grants": [grant, sells, {"entity": "product", "can": ["read"]}]}}
        records = open_guarded(database_url, described(**found))
        for name, secret in (("Alfa", "gold"), ("Beta", "tin"), ("Gamma", "lead"), ("Delta", "zinc"), ("Eps", "no")):
            records.create("client", Edit({"name": name, "city": "Turku", "manager": 1, "secret": secret}))
        yield records
        records.database.close()

    def test_a_field_that_must_be_filled_in(self, strict: Records) -> None:
        ann = as_person(strict, 1, "manager")
        (found,) = told(lambda: ann.update("client", 1, Edit({"city": None})))
        assert (found.code, found.path, found.params) == ("required", ("city",), {})
        ann.update("client", 5, Edit({"city": None}))

    def test_a_field_that_stays_as_it_is(self, strict: Records) -> None:
        ann = as_person(strict, 1, "manager")
        (found,) = told(lambda: ann.update("client", 2, Edit({"manager": 2})))
        assert (found.code, found.path) == ("readonly-now", ("manager",))
        assert "tin" not in str(found) + found.sentence
        ann.update("client", 5, Edit({"manager": 2}))

    def test_a_check_says_its_own_sentence(self, strict: Records) -> None:
        ann = as_person(strict, 1, "manager")
        (found,) = told(lambda: ann.update("client", 3, Edit({"city": "Oslo"})))
        assert found.code == "check-failed"
        assert found.sentence.startswith("Not there.")
        assert "lead" not in str(found) + found.sentence
        ann.update("client", 5, Edit({"city": "Oslo"}))

    def test_a_choice_that_is_not_offered(self, strict: Records) -> None:
        ann = as_person(strict, 1, "manager")
        (found,) = told(lambda: ann.create("order", Edit({"client": 4})))
        assert (found.code, found.path) == ("choice-not-offered", ("client",))
        assert "zinc" not in str(found) + found.sentence
        assert ann.create("order", Edit({"client": 5})).created

    def test_looking_tells_none_of_it_beforehand(self, strict: Records) -> None:
        ann = as_person(strict, 1, "manager")
        assert ann.looks("client", [1, 2, 3, 5]) == {}
