"""What holds for every field type, and short ways to say what one does."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from pydantic import TypeAdapter

from engine.fields import AnyField, Defaults, Field
from engine.fields.locale import LANGUAGES, Locale, locale_for
from engine.problems import Unfit

LOCALES = tuple(locale_for(language, "Europe/Helsinki") for language in LANGUAGES)
_FIELDS: TypeAdapter[Field] = TypeAdapter(AnyField)


def make(kind: str, **keys: Any) -> Field:
    """A field as a configuration of a Finnish business would make it."""
    return _FIELDS.validate_python({"type": kind, **keys}).completed(Defaults("EUR", "FI"))


def reader(language: str) -> Locale:
    return locale_for(language, "Europe/Helsinki")


def outcome(act: Callable[[], Any]) -> Any:
    """What came out, or "! code" where the value did not fit."""
    try:
        return act()
    except Unfit as unfit:
        refused = unfit
    said = refused.at("field")
    assert said.sentence
    assert len(said.sentence + said.hint) < 500
    return f"! {refused.code}"


def typed(field: Field, text: str, language: str = "en") -> Any:
    return outcome(lambda: field.parse(text, reader(language)))


def loaded(field: Field, value: Any) -> Any:
    return outcome(lambda: field.load(value))


def cell(field: Field, value: object, language: str = "en") -> Any:
    return outcome(lambda: field.read_cell(value, reader(language)))


def shown(field: Field, value: Any, language: str = "en") -> str:
    return field.formatter(reader(language))(value)


def faults(field: Field) -> list[tuple[str, str]]:
    return [(key, unfit.code) for key, unfit in field.faults()]


def assert_laws(field: Field, value: Any) -> None:
    """An accepted value stays itself through the form, JSON and a second look, in every language."""
    assert field.accept(value) == value
    dumped = field.dump(value)
    assert field.load(json.loads(json.dumps(dumped))) == value
    assert field.load(dumped) == value
    for locale in LOCALES:
        assert field.parse(field.entry(value, locale), locale) == value
        if value is not None:
            assert isinstance(field.formatter(locale)(value), str)
    if value is not None and field.column():
        assert field.search_text(value)
        assert isinstance(field.title_text(value), str)
