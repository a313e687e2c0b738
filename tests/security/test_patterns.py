"""No text keeps a pattern of the program busy. Nobody can enter patterns of their own."""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

import engine
import formulas
import runtime_web
from engine.config import load
from engine.fields import FIELD_TYPES, Field
from engine.fields.locale import locale_for
from engine.problems import Unfit
from tests.engine.config.test_samples import AROUND, CHILD

LENGTH = 3_000
SECONDS = 0.1
TEXTS = tuple(
    (start + part * (LENGTH // len(part)))[:LENGTH] + end
    for part in (
        "a",
        "0",
        " ",
        "1 ",
        "a.",
        "-",
        "a-",
        "1.",
        ",1",
        "(",
        '"',
        "'",
        "#",
        "/",
        "a:",
        "{",
        "\\",
        "é",
        "\u200b",
    )
    for start in ("", "1", "a@", "http://", "+")
    for end in ("!", "\x00")
)
"""Long, nearly right for some pattern, and wrong at the very end."""


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Every pattern on texts that a module of the program has."""
    for package in (engine, formulas, runtime_web):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if "__main__" in found.name:
                continue
            module = importlib.import_module(found.name)
            for name, value in vars(module).items():
                if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                    yield f"{found.name}.{name}", value


def test_no_pattern_of_the_program_takes_long() -> None:
    # From the beginning of a text, as nearly all are used; how fields use them is the other test's business.
    slow = []
    seen = dict(patterns())
    assert len(seen) > 40
    for name, pattern in seen.items():
        for text in TEXTS:
            start = time.perf_counter()
            pattern.match(text)
            if time.perf_counter() - start > SECONDS:
                slow.append((name, text[:20]))
    assert slow == []


@pytest.mark.parametrize("kind", FIELD_TYPES, ids=lambda kind: kind.__name__)
def test_no_field_takes_long_to_read_a_text(kind: type[Field], tmp_path: Path) -> None:
    text = AROUND % kind.example
    file = tmp_path / "kartoteka.yaml"
    file.write_text(text + CHILD if "type: lines" in kind.example else text, encoding="utf-8")
    configuration, _ = load(file)
    assert configuration
    fields = [field for entity in configuration.entities.values() for field in entity.fields.values()]
    locale = locale_for("en", "UTC")
    for field in (field for field in fields if isinstance(field, kind)):
        for typed in TEXTS:
            start = time.perf_counter()
            with suppress(Unfit):
                field.parse(typed, locale)
            assert time.perf_counter() - start < SECONDS, typed[:20]
