"""Importing: what cells mean, what is refused, and that it is all or nothing."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from engine.exchange import Import, read_sheet, write_errors
from engine.exchange.findings import MOST
from engine.fields.locale import locale_for
from engine.query import Query
from engine.records import Edit, Records
from engine.storage import Collided
from engine.storage.write import Writer
from tests.engine.exchange.conftest import Load, add_client, bad, codes, count, stored
from tests.engine.exchange.sheets import write_csv

MIDNIGHT = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)


def test_text_cells_are_read_as_the_locale_writes_them(shop: Records, load: Load) -> None:
    header = ("name", "since", "seen", "vip", "status", "tags", "phone")
    row = ("Ёлкин", "1.3.2026", "01.03.2026 14:30", "да", "Regular", "a; c", "040 1234567")
    assert load(shop, "client", [header, row], csv=True, language="ru").added == 1
    moment = dt.datetime(2026, 3, 1, 14, 30, tzinfo=dt.UTC)
    wanted = ("Ёлкин", dt.date(2026, 3, 1), moment, True, "regular", ("a", "c"), "+358401234567")
    assert stored(shop, "client", *header) == [wanted]


def test_typed_cells_are_what_they_are(shop: Records, load: Load) -> None:
    header = ("name", "since", "seen", "vip")
    rows = [
        header,
        (12345.0, dt.date(2026, 3, 1), dt.datetime(2026, 3, 1, 14, 30), True),
        ("0.10", dt.datetime(2026, 3, 1), dt.date(2026, 3, 1), 0),
    ]
    assert load(shop, "client", rows).added == 2
    moment = dt.datetime(2026, 3, 1, 14, 30, tzinfo=dt.UTC)
    day = dt.date(2026, 3, 1)
    assert stored(shop, "client", *header) == [("12345", day, moment, True), ("0.10", day, MIDNIGHT, False)]


@pytest.mark.parametrize(
    ("cell", "language", "amount"),
    [
        ("1 234,50", "ru", "1234.50"),
        ("1.234,5", "ro", "1234.50"),
        ("1,234.5", "en", "1234.50"),
        (0.1 + 0.2, "en", "0.30"),
        ("5 €", "fi", "5.00"),
    ],
)
def test_money_is_exact(cell: object, language: str, amount: str, small: Records, load: Load) -> None:
    load(small, "product", [("price",), (cell,)], language=language)
    assert stored(small, "product", "price") == [Decimal(amount)]


def test_blank_rows_are_passed_over_and_blank_cells_are_blank(shop: Records, load: Load) -> None:
    rows = [
        ("name", "city", "vip", "status", "tags"),
        ("", " ", "", "", ""),
        ("A", "", "", "", ""),
        ("  ",),
        ("B", "X", "x", "gone", "b"),
    ]
    assert load(shop, "client", rows, csv=True).rows == 2
    assert stored(shop, "client", "city", "vip", "status", "tags") == [
        (None, False, None, None),
        ("X", True, "gone", ("b",)),
    ]


def test_a_column_that_is_not_there_gets_the_default(shop: Records, load: Load) -> None:
    load(shop, "client", [("name",), ("A",)])
    add_client(shop, "B")
    load(shop, "order", [("client",), ("A",)])
    assert stored(shop, "client", "status") == ["new", "new"]
    assert stored(shop, "order", "date") == [dt.date(2026, 3, 1)]


def test_a_required_cell_that_is_blank_gets_the_default_where_there_is_one(small: Records, load: Load) -> None:
    add_client(small, "A")
    load(small, "order", [("client", "date"), ("A", ""), ("A", "2026-05-05")])
    assert stored(small, "order", "date") == [dt.date(2026, 3, 1), dt.date(2026, 5, 5)]


def test_every_bad_cell_is_told_and_nothing_is_written(shop: Records, load: Load, tmp_path: Path) -> None:
    add_client(shop, "Taken", code="T")
    rows = [
        ("name", "code", "since", "status", "vip", "agent"),
        ("A", "1", "32.1.2026", "nev", "perhaps", "Nobody"),
        ("", "T", "2026-01-01", "new", "yes", "Taken"),
        ("", "", "", "", "", ""),
        ("B", "1", "", "", "", ""),
    ]
    result = load(shop, "client", rows, csv=True)
    assert bad(result) == [
        (2, "C", "not-a-date"),
        (2, "D", "choice-unknown"),
        (2, "E", "not-yes-or-no"),
        (2, "F", "reference-not-found"),
        (3, "A", "required"),
        (3, "B", "unique-taken"),
        (5, "B", "unique-twice"),
    ]
    assert str(result.bad[1]) == "row 2, column D (status): “nev” is not among the choices. Did you mean “New”?"
    assert (result.written, result.more, count(shop, "client")) == (False, False, 1)
    write_errors(tmp_path / "errors.xlsx", result)
    listed = read_sheet(tmp_path / "errors.xlsx")
    assert listed.header == ("Row", "Column", "Heading", "Value", "Reason", "What to do")
    assert list(listed.rows[0])[:5] == [2, "C", "since", "32.1.2026", result.bad[0].problem.sentence]


def test_after_very_many_bad_cells_it_stops(small: Records, load: Load) -> None:
    result = load(small, "client", [("name", "since"), *[("A", "x")] * (MOST + 10)], csv=True)
    assert (len(result.bad), result.more) == (MOST, True)
    exact = load(small, "client", [("name", "since"), *[("A", "x")] * MOST], csv=True)
    assert (len(exact.bad), exact.more) == (MOST, False)


def test_a_dry_run_tells_the_same_and_writes_nothing(shop: Records, load: Load) -> None:
    add_client(shop, "A", code="1", city="Oslo")
    add_client(shop, "B", code="2", city="Oslo")
    rows = [("code", "name", "city"), ("1", "A", "Oslo"), ("2", "B", "Turku"), ("3", "C", "Bergen")]
    dry = load(shop, "client", rows, match="code", dry_run=True)
    assert (dry.added, dry.updated, dry.unchanged, dry.written, count(shop, "client")) == (1, 1, 1, False, 2)
    wet = load(shop, "client", rows, match="code")
    assert (wet.added, wet.updated, wet.unchanged, wet.written, count(shop, "client")) == (1, 1, 1, True, 3)
    assert stored(shop, "client", "city") == ["Oslo", "Turku", "Bergen"]


def test_matching_updates_only_what_differs(shop: Records, load: Load) -> None:
    one = add_client(shop, "A", code="1", city="Oslo", tags=("a",), partners=(), phone="+358401234567")
    two = add_client(shop, "B", code="2", city="Oslo", partners=(one,))
    rows = [
        ("code", "city", "tags", "partners", "phone"),
        ("1", "Oslo", "a", "", "0401234567"),
        ("2", "", "b", "A", ""),
    ]
    result = load(shop, "client", rows, csv=True, match="Code")
    assert (result.updated, result.unchanged) == (1, 1)
    assert [shop.get("client", key).version for key in (one, two)] == [1, 2]
    assert stored(shop, "client", "name", "city", "tags", "partners") == [
        ("A", "Oslo", ("a",), None),
        ("B", None, ("b",), (one,)),
    ]


def test_matching_by_a_field_that_cannot_tell(small: Records, load: Load) -> None:
    for name in ("A", "A", "B"):
        add_client(small, name)
    rows = [
        ("name", "city", "vip", "agent"),
        ("A", "x", "", ""),
        ("B", "y", "", ""),
        ("B", "z", "", ""),
        ("", "w", "", ""),
    ]
    assert bad(load(small, "client", rows, csv=True, match="name")) == [
        (2, "A", "match-ambiguous"),
        (4, "A", "match-twice"),
        (5, "A", "required"),
    ]
    assert codes(lambda: load(small, "client", rows, csv=True, match="code")) == ["match-column-missing"]
    assert codes(lambda: load(small, "client", rows, csv=True, match="vip")) == ["match-unsuitable"]
    assert codes(lambda: load(small, "client", rows, csv=True, match="agent")) == ["match-unsuitable"]


def test_headings_that_do_not_fit(small: Records, load: Load) -> None:
    assert codes(lambda: load(small, "client", [("nam", "city", "City"), ("A", "", "")], csv=True)) == [
        "column-unknown",
        "column-twice",
    ]
    assert codes(lambda: load(small, "client", [("city",), ("Oslo",)])) == ["column-missing"]
    assert codes(lambda: load(small, "order_line", [("quantity",), (1,)])) == ["column-missing", "column-missing"]
    assert codes(lambda: load(small, "client", [("name", "city"), ("A", "B", "12", "5")], csv=True)) == [
        "column-unnamed",
        "column-unnamed",
    ]
    assert count(small, "client") == 0


def test_numbers_that_come_with_the_sheet_move_the_counter_on(shop: Records, load: Load) -> None:
    add_client(shop, "A")
    rows = [
        ("number", "client", "date"),
        ("", "A", "2026-01-01"),
        ("ORD-2026-0041", "A", "2026-01-01"),
        ("X-7", "A", "2026-01-01"),
        ("ORD-2025-0009", "A", "2025-01-01"),
        ("", "A", "2026-02-02"),
    ]
    assert load(shop, "order", rows, csv=True).added == 5
    assert stored(shop, "order", "number") == [
        "ORD-2026-0042",
        "ORD-2026-0041",
        "X-7",
        "ORD-2025-0009",
        "ORD-2026-0043",
    ]
    shop.create("order", Edit({"client": 1, "date": dt.date(2025, 6, 6)}))
    shop.create("order", Edit({"client": 1, "date": dt.date(2026, 6, 6)}))
    assert stored(shop, "order", "number")[5:] == ["ORD-2025-0010", "ORD-2026-0044"]


def test_a_number_that_is_left_out_of_an_update_stays(small: Records, load: Load) -> None:
    add_client(small, "A")
    load(small, "order", [("client", "comment"), ("A", "x")])
    result = load(small, "order", [("comment", "number", "total"), ("x", "", "5")], csv=True, match="comment")
    assert (result.updated, stored(small, "order", "number", "total")) == (1, [("ORD-2026-0001", Decimal("5.00"))])


def test_lines_go_behind_those_that_are_there(shop: Records, load: Load) -> None:
    add_client(shop, "A")
    load(shop, "product", [("name",), ("Bolt",), ("Nut",), ("Nail",)])
    load(shop, "order", [("client", "number"), ("A", "ORD-2026-0001"), ("A", "ORD-2026-0002")])
    lines = [("order", "product"), ("ORD-2026-0001", "Nail"), ("ORD-2026-0002", "Nut"), ("ORD-2026-0001", "Bolt")]
    load(shop, "order_line", lines)
    load(shop, "order_line", [("order.number", "product"), ("ORD-2026-0001", "Nut")])
    found = [[line.values["product"] for line in shop.get("order", key).lines["lines"]] for key in (1, 2)]
    assert found == [[3, 1, 2], [2]]
    assert bad(load(shop, "order_line", [("order", "product"), ("", "Nut")], csv=True)) == [(2, "A", "required")]


def test_a_formula_that_fails_is_a_bad_cell(small: Records, tmp_path: Path) -> None:
    import xlsxwriter  # noqa: PLC0415

    with xlsxwriter.Workbook(str(tmp_path / "f.xlsx")) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ("name", "agent"))
        page.write_formula(1, 0, "=1/0", None, "#DIV/0!")
        page.write_formula(1, 1, "=NA()", None, "#N/A")
    result = Import(small, "client", read_sheet(tmp_path / "f.xlsx"), locale_for("en")).run()
    assert bad(result) == [(2, "A", "formula-without-value"), (2, "B", "formula-without-value")]


def test_an_interruption_leaves_nothing(shop: Records, load: Load, monkeypatch: pytest.MonkeyPatch) -> None:
    class Stop(Exception):
        """Somebody has pressed Ctrl+C."""

    def progress(phase: str, done: int, total: int) -> None:
        if phase == "writing":
            raise Stop

    with pytest.raises(Stop):
        _import(shop, [("name",), ("A",), ("B",)], progress)
    assert count(shop, "client") == 0
    assert shop.page(Query("client")).rows == []


def _import(shop: Records, rows: list[tuple[str, ...]], progress: object) -> None:
    from engine.exchange import Sheet  # noqa: PLC0415

    sheet = Sheet("a.csv", rows[0], rows[1:])
    Import(shop, "client", sheet, locale_for("en"), progress=progress).run()  # type: ignore[arg-type]


def test_what_another_writer_took_meanwhile_leaves_nothing(
    small: Records, load: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_client(small, "A", code="1")
    monkeypatch.setattr("engine.exchange.importing.check_unique", lambda *_: None)
    with pytest.raises(Collided):
        load(small, "client", [("name", "code"), ("B", "2"), ("C", "1")])
    assert count(small, "client") == 1


def test_the_progress_of_every_phase_ends(small: Records, tmp_path: Path) -> None:
    add_client(small, "A", code="1")
    seen: dict[str, tuple[int, int]] = {}

    def progress(phase: str, done: int, total: int) -> None:
        seen[phase] = (done, total)

    sheet = read_sheet(write_csv(tmp_path / "a.csv", [("name", "code", "agent"), ("B", "1", "A"), ("C", "2", "")]))
    Import(small, "client", sheet, locale_for("en"), match="code", progress=progress).run()
    assert list(seen) == ["reading", "checking", "comparing", "writing", "updating"]
    assert all(done == total for done, total in seen.values())


STEPS = ("next_ids", "count_from", "count_on", "insert_many", "link_new", "update", "link")


def test_whichever_step_fails_nothing_is_left(small: Records, load: Load, monkeypatch: pytest.MonkeyPatch) -> None:
    class Failed(Exception):
        """The disk is full."""

    def failing_at(number: int) -> None:
        calls = iter(range(1, 1000))

        def wrapped(name: str) -> object:
            original = getattr(Writer, name)

            def step(*arguments: object, **options: object) -> object:
                if next(calls) == number:
                    raise Failed
                return original(*arguments, **options)

            return step

        for name in STEPS:
            patch.setattr(Writer, name, wrapped(name))

    add_client(small, "Old", code="0")
    before = stored(small, "client", "name", "city", "agent")
    rows = [
        ("code", "name", "city", "agent", "partners"),
        ("0", "Old", "Oslo", "New", "New"),
        ("1", "New", "", "Old", "Old"),
    ]
    for number in range(1, 50):
        with monkeypatch.context() as patch:
            failing_at(number)
            try:
                result = load(small, "client", rows, csv=True, match="code")
                break
            except Failed:
                assert stored(small, "client", "name", "city", "agent") == before
    assert number > 4
    assert (result.added, result.updated, count(small, "client")) == (1, 1, 2)
