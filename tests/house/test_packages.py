"""Our packages import as they are named at the top level, so nobody else may bring one of these names."""

from __future__ import annotations

from importlib.metadata import distribution, packages_distributions

import pytest

from tests.house.sources import PRODUCT
from tests.surroundings import ROOT


@pytest.mark.parametrize("package", PRODUCT)
def test_the_name_of_a_package_is_ours_alone(package: str) -> None:
    owners = set(packages_distributions().get(package, [])) - {"kartoteka"}
    assert owners == set()
    module = __import__(package)
    assert module.__file__ is not None
    assert module.__doc__, f"{package}/__init__.py says in its docstring what lives there"


def test_the_installed_program_is_this_one() -> None:
    assert 'name = "kartoteka"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    scripts = {entry.name: entry.value for entry in distribution("kartoteka").entry_points}
    assert scripts["kartoteka"] == "runtime_web.cli:main"
