"""References by title, by key and by number, to records that are there and to rows of the same sheet."""

from __future__ import annotations

from engine.records import Records
from tests.engine.exchange.conftest import Load, add_client, bad, stored


def test_a_title_is_found_whatever_its_case_and_accents(shop: Records, load: Load) -> None:
    first, second = add_client(shop, "Șef Ёлкин"), add_client(shop, "Bo  b")
    rows = [("name", "agent"), ("A", "ȘEF ЕЛКИН"), ("B", " sef ёлкин "), ("C", "bo  B"), ("D", "")]
    load(shop, "client", rows, csv=True)
    assert stored(shop, "client", "agent")[2:] == [first, first, second, None]


def test_accents_decide_where_they_tell_two_records_apart(shop: Records, load: Load) -> None:
    plain, marked = add_client(shop, "Popescu"), add_client(shop, "Popeșcu")
    load(shop, "client", [("name", "agent"), ("A", "Popescu"), ("B", "Popeșcu")])
    assert stored(shop, "client", "agent")[2:] == [plain, marked]
    assert bad(load(shop, "client", [("name", "agent"), ("C", "POPESCU")])) == [(2, "B", "reference-ambiguous")]


def test_a_key_and_a_number(shop: Records, load: Load) -> None:
    add_client(shop, "Ann", code="7")
    second = add_client(shop, "Ann", code="8")
    assert bad(load(shop, "client", [("name", "agent"), ("A", "Ann")])) == [(2, "B", "reference-ambiguous")]
    load(shop, "client", [("name", "agent.code"), ("A", 8.0), ("B", "8")])
    load(shop, "client", [("name", "agent"), ("C", f"#{second}")])
    assert stored(shop, "client", "agent")[2:] == [second] * 3
    assert bad(load(shop, "client", [("name", "agent.code"), ("D", "9")])) == [(2, "B", "reference-not-found")]
    assert bad(load(shop, "client", [("name", "agent"), ("D", "#99")])) == [(2, "B", "reference-not-found")]


def test_a_key_that_is_no_value_of_its_field_names_nobody(small: Records, load: Load) -> None:
    add_client(small, "Ann", phone="+358401234567")
    result = load(small, "client", [("name", "agent.phone"), ("A", "no phone")])
    assert bad(result) == [(2, "B", "reference-not-found")]
    load(small, "client", [("name", "agent.phone"), ("A", "040 1234567")])
    assert stored(small, "client", "agent") == [None, 1]


def test_several_in_one_cell(shop: Records, load: Load) -> None:
    ids = [add_client(shop, name) for name in ("A", "B", "C; D")]
    rows = [("name", "partners"), ("X", "b; A ;B;"), ("Y", ""), ("Z", "C; D\nA")]
    load(shop, "client", rows)
    assert stored(shop, "client", "partners")[3:] == [(ids[1], ids[0]), None, (ids[2], ids[0])]
    assert bad(load(shop, "client", [("name", "partners"), ("X", "A; Nobody")])) == [(2, "B", "reference-not-found")]


def test_what_is_in_the_trash_is_not_found(small: Records, load: Load) -> None:
    small.delete("client", [add_client(small, "Gone")])
    assert bad(load(small, "client", [("name", "agent"), ("A", "Gone")])) == [(2, "B", "reference-not-found")]


def test_rows_may_refer_to_rows_of_the_same_sheet(shop: Records, load: Load) -> None:
    add_client(shop, "Old", code="0")
    rows = [
        ("code", "name", "agent", "partners"),
        ("1", "A", "C", "B; Old"),
        ("2", "B", "A", ""),
        ("3", "C", "C", "A; B; C"),
    ]
    assert load(shop, "client", rows, csv=True).added == 3
    assert stored(shop, "client", "agent", "partners")[1:] == [(4, (3, 1)), (2, None), (4, (2, 3, 4))]


def test_rows_may_refer_to_each_other_by_key_and_across_updates(shop: Records, load: Load) -> None:
    old = add_client(shop, "Old", code="0")
    rows = [("code", "name", "agent.code"), ("0", "Old", "1"), ("1", "New", "2"), ("2", "Newer", "0")]
    result = load(shop, "client", rows, csv=True, match="code")
    assert (result.added, result.updated) == (2, 1)
    assert stored(shop, "client", "agent") == [2, 3, old]
    assert load(shop, "client", rows, csv=True, match="code").unchanged == 3


def test_two_rows_of_one_name_cannot_be_referred_to(small: Records, load: Load) -> None:
    rows = [("name", "agent"), ("A", ""), ("A", ""), ("B", "A")]
    assert bad(load(small, "client", rows, csv=True)) == [(4, "B", "reference-ambiguous")]


def test_an_ambiguous_name_keeps_the_record_that_is_meant_already(shop: Records, load: Load) -> None:
    first, second = add_client(shop, "Ann", code="1"), add_client(shop, "Ann", code="2")
    add_client(shop, "B", code="3", agent=second, partners=(first,))
    rows = [("code", "agent", "partners"), ("3", "Ann", "Ann")]
    assert load(shop, "client", rows, match="code").unchanged == 1
    assert bad(load(shop, "client", [*rows, ("1", "Ann", "")], csv=True, match="code")) == [
        (3, "B", "reference-ambiguous")
    ]
