"""Every text of the program is translated into every language, with the same names to fill in."""

from __future__ import annotations

import pytest

from engine.fields.locale import LANGUAGES as READERS
from runtime_web.translations.collect import collect
from runtime_web.translations.files import LANGUAGES, faults, path_of, updated, written


def test_the_languages_are_those_of_the_program() -> None:
    assert {"en", *LANGUAGES} == set(READERS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_is_complete(language: str) -> None:
    assert list(faults(updated(language, collect()))) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_is_up_to_date(language: str) -> None:
    """Run `python -m runtime_web.translations` when this fails."""
    assert path_of(language).read_bytes() == written(updated(language, collect()))
