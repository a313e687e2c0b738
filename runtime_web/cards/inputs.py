"""Inputs: a field with its value, as it is read or as it stands in a form, with what was typed there and what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from engine.fields import Field
from engine.fields.locale import Locale
from engine.fields.money import MoneyField
from engine.model import Configuration
from engine.problems import Problem
from formulas import FormulaError
from runtime_web.i18n import gettext as _
from runtime_web.i18n import problem_hint, problem_text
from runtime_web.lists.words import target_of
from runtime_web.views.card import Clashing, Input, Widget
from runtime_web.views.files import FileTile

Path = tuple[str, ...]
Titles = Mapping[tuple[str, int], str]


@dataclass(frozen=True)
class Filling:
    """Where the inputs of one card take their content from.

    `texts` holds what was typed, by name of the input, and wins over the values.
    """

    locale: Locale
    titles: Titles
    texts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    problems: Mapping[Path, Problem] = field(default_factory=dict)
    clashes: Mapping[Path, Clashing] = field(default_factory=dict)
    first_wrong: Path = ()
    prefix: str = "f-"
    """What ids begin with, so that a card in a dialog has others than the page below it."""
    first: str = ""
    """The field in which the cursor stands when the form opens."""
    files: Mapping[int, FileTile] = field(default_factory=dict)
    record: int | None = None
    """The record that is read."""

    def read(self, widget: Widget, values: Mapping[str, Any]) -> Input:
        """A field to be read."""
        value = values.get(widget.name)
        if isinstance(value, FormulaError):
            return Input(widget, widget.name, f"{self.prefix}{widget.name}", shown=value.code)
        return Input(
            widget,
            widget.name,
            f"{self.prefix}{widget.name}",
            shown="" if value is None else self._formatter(widget)(value),
            value=value,
            chosen=chosen_values(value),
            picked=self._picked(widget, value),
            files=self._files(widget, value),
            currency=self._currency(widget, values),
        )

    def edit(self, widget: Widget, values: Mapping[str, Any], path: Path) -> Input:
        """A field to be filled in. `path` is (field,) or (lines, key, field), as in Problems."""
        value = values.get(widget.name)
        name = ".".join(path)
        typed = self.texts.get(name)
        problem = self.problems.get(path)
        return Input(
            widget,
            name,
            self.prefix + "-".join(path),
            text=_joined(typed) if typed is not None else widget.field.entry(value, self.locale),
            shown="" if value is None else self._formatter(widget)(value),
            value=value,
            chosen=typed if typed is not None else chosen_values(value),
            picked=self._picked(widget, _ids(typed) if typed is not None else value) + _unknown(widget, typed or ()),
            files=self._files(widget, _ids(typed) if typed is not None else value),
            problem=told(problem) if problem else "",
            first_wrong=path == self.first_wrong,
            first=name == self.first,
            clash=self.clashes.get(path),
            in_line=len(path) > 1,
            currency=self._currency(widget, values),
        )

    def _formatter(self, widget: Widget) -> Any:
        return widget.field.formatter(self.locale)

    def _picked(self, widget: Widget, value: Any) -> tuple[tuple[int, str], ...]:
        target = target_of(widget.field)
        if not target or value is None:
            return ()
        ids = value if isinstance(value, tuple) else (value,)
        return tuple((key, self.titles.get((target, key)) or _("(not shown)")) for key in ids)

    def _files(self, widget: Widget, value: Any) -> tuple[FileTile, ...]:
        if not widget.upload_url or not value:
            return ()
        return tuple(self.files[key] for key in dict.fromkeys(value) if key in self.files)

    def _currency(self, widget: Widget, values: Mapping[str, Any]) -> str:
        if isinstance(widget.field, MoneyField) and not widget.field.fixed_currency:
            return values.get(widget.field.currency or "") or ""
        return ""


def chosen_values(value: Any) -> tuple[str, ...]:
    """The values of a choice, or the ids of files, as the texts that a form sends."""
    if value is None or value is False:
        return ()
    if value is True:
        return ("true",)
    return tuple(map(str, value)) if isinstance(value, tuple) else (str(value),)


def labelled(problem: Problem, configuration: Configuration, locale: Locale) -> Problem:
    """The Problem with the entity that it names as people read it."""
    named = problem.params.get("entity")
    described = configuration.entities.get(str(named)) if named and problem.code != "check-failed" else None
    if described is None:
        return problem
    return replace(problem, params={**problem.params, "entity": described.plural_in(locale.language, str(named))})


def told(problem: Problem) -> str:
    """What is wrong and what to do, in the reader's language."""
    hint = problem_hint(problem)
    return f"{problem_text(problem)} {hint}".strip()


def typed_text(field: Field, texts: Iterable[str]) -> str:
    """What was typed into the controls of a field, as the one text that the field parses."""
    given = [text for text in texts if text.strip()]
    kind = field.kind
    if kind == "boolean":
        return given[-1] if given else ""
    if kind == "multi_choice":
        return "\n".join(given) + ("\n" if given else "")
    return ",".join(given) if field.links() else (given[0] if given else "")


def value_text(widget: Widget, value: Any, filling: Filling) -> str:
    """A value in one line of text, whatever its type."""
    shown = filling.read(widget, {widget.name: value})
    named = [title for _, title in shown.picked] or [file.name for file in shown.files]
    return ", ".join(named) if named else shown.shown


def _joined(typed: tuple[str, ...]) -> str:
    return typed[-1] if typed else ""


def _unknown(widget: Widget, typed: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """What came from a spreadsheet and names no record: it stays, so that one sees what is refused."""
    return tuple((text, text.removeprefix("?")) for text in typed if text.startswith("?") and target_of(widget.field))


def _ids(typed: tuple[str, ...]) -> tuple[int, ...]:
    return tuple(int(text) for text in typed if text.isascii() and text.isdigit() and len(text) < 19)
