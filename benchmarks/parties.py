"""Who takes part in the measurements with a server: how each is started and where its list of orders is."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.data import Data
from benchmarks.peers import environment
from benchmarks.product.served import installed, served
from benchmarks.serving import Server, free_port, serving

FLASK_ADMIN = Path(environment.__file__).with_name("flask_admin_app.py")


@contextmanager
def copied(data: Data) -> Iterator[Path]:
    """A copy of the floor's database for one server."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        yield Path(shutil.copyfile(data.database, Path(folder) / "floor.sqlite"))


@contextmanager
def floor(data: Data) -> Iterator[Server]:
    """The floor; its list is `/order`."""
    port = free_port()
    with (
        copied(data) as path,
        serving([sys.executable, "-m", "benchmarks.floor", str(path), str(port)], port, "/order/1") as server,
    ):
        yield server


@contextmanager
def product(data: Data) -> Iterator[Server]:
    """The product; its list is `/records/order`, for those who have signed in."""
    with installed(data) as place, served(place) as server:
        yield server


@contextmanager
def flask_admin(data: Data) -> Iterator[Server]:
    """Flask-Admin; its list is `/admin/orders/`."""
    python, port = environment.python_with("flask-admin", "flask-admin[sqlalchemy]", "waitress"), free_port()
    with (
        copied(data) as path,
        serving([str(python), str(FLASK_ADMIN), str(path), str(port)], port, "/admin/") as server,
    ):
        yield server
