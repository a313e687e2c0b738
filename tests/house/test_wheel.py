"""Wheel and sdist carry all that a machine without Node needs."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.house.sources import PRODUCT, files, relative
from tests.surroundings import ROOT

VENDOR = "runtime_web/static/vendor"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the sdist of this tree."""
    folder = tmp_path_factory.mktemp("dist")
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-d", str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="module")
def wheel(built: Path) -> set[str]:
    with zipfile.ZipFile(next(built.glob("*.whl"))) as archive:
        return set(archive.namelist())


@pytest.fixture(scope="module")
def sdist(built: Path) -> set[str]:
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        return {name.partition("/")[2] for name in archive.getnames()}


def test_both_carry_the_browser_libraries_and_their_licences(wheel: set[str], sdist: set[str]) -> None:
    wanted = {f"{VENDOR}/{path.name}" for path in (ROOT / VENDOR).iterdir()}
    assert f"{VENDOR}/THIRD-PARTY.txt" in wanted
    assert wanted - wheel == set()
    assert wanted - sdist == set()


def test_both_carry_compiled_translations(wheel: set[str], sdist: set[str]) -> None:
    wanted = {relative(path).removesuffix(".po") + ".mo" for path in files(".po")}
    assert wanted - wheel == set()
    assert wanted - sdist == set()


def test_the_wheel_carries_every_file_of_the_product(wheel: set[str]) -> None:
    ours = {relative(path) for path in files(*suffixes(), below=PRODUCT)}
    assert ours - wheel == set()


def test_the_wheel_carries_nothing_else(wheel: set[str]) -> None:
    tops = {name.split("/")[0] for name in wheel}
    assert {top for top in tops if not top.endswith(".dist-info")} == set(PRODUCT)


def test_the_sdist_can_be_built_from(sdist: set[str]) -> None:
    assert {"pyproject.toml", "hatch_build.py", "package.json", "package-lock.json", ".npmrc"} - sdist == set()
    assert not any(name.startswith(("tests/", ".venv/")) for name in sdist)


def suffixes() -> set[str]:
    return {path.suffix for folder in PRODUCT for path in (ROOT / folder).rglob("*") if path.is_file()} - {
        ".pyc",
        ".mo",
    }
