"""What the code imports is declared, what is declared is imported, and each has its line of explanation."""

from __future__ import annotations

import re
import sys
import tomllib
from importlib.metadata import packages_distributions

from tests.house.sources import HOUSE, PRODUCT, imported, python_files
from tests.surroundings import ROOT

# Needed without an import: time zones on Windows, tools that are started as programs, a build backend.
NEVER_IMPORTED = {"tzdata"}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def declared(*extras: str) -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = [*project["dependencies"], *(line for extra in extras for line in project["optional-dependencies"][extra])]
    return {normal(re.split(r"[\[><=!~; ]", line)[0]) for line in lines}


def needed(below: tuple[str, ...]) -> set[str]:
    """Distributions of the packages that our modules import."""
    tops = {name.split(".")[0] for path in python_files(below) for name in imported(path)}
    foreign = {top for top in tops if top not in HOUSE and top not in sys.stdlib_module_names}
    owners = packages_distributions()
    return {normal(owner) for top in foreign for owner in owners.get(top, [f"nothing installed provides {top}"])}


def test_the_product_imports_only_what_it_declares() -> None:
    # jinja2, werkzeug and markupsafe are parts of Flask that Flask's own documentation tells people to import.
    parts_of_flask = {"jinja2", "markupsafe", "werkzeug", "itsdangerous"}
    assert needed(PRODUCT) - declared("postgresql") - parts_of_flask == set()


def test_each_dependency_is_explained() -> None:
    page = (ROOT / "docs/decisions/0001-dependencies.md").read_text(encoding="utf-8")
    assert [
        name for name in sorted(declared("postgresql", "test") - {"kartoteka"}) if name not in normal_words(page)
    ] == []


def test_each_dependency_is_pinned() -> None:
    pins = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = {normal(line.split("==")[0]) for line in pins if "==" in line}
    assert declared("postgresql", "test") - pinned - {"kartoteka"} == set()


def normal_words(page: str) -> set[str]:
    return {normal(word.strip(".,;`()")) for word in re.split(r"[\s|]+", page)}
