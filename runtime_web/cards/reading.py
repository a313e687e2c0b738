"""Cards to be read: the HTML of each field, made once from its widget's `read` macro, with holes for what differs.

A card has some sixty values. Calling a macro for each would cost more than all its SQL; filling holes costs next to
nothing, and the macro stays the one place that says how a type looks.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Any, cast

from flask import current_app
from markupsafe import Markup

from engine.fields.locale import Locale
from engine.fields.money import MoneyField
from engine.records import Record
from formulas import FormulaError
from formulas.values import ErrorCode
from runtime_web.cards.inputs import Filling
from runtime_web.i18n import gettext as _
from runtime_web.lists.cells import Pattern, without_braces
from runtime_web.lists.page import computing_mark
from runtime_web.lists.words import error_reason, target_of
from runtime_web.person import workspace
from runtime_web.views.card import Input, Widget

Values = Mapping[str, Any]
Show = Callable[[Values, Filling], str]
FEW = frozenset({"boolean", "choice", "multi_choice", "rating"})
"""Types of few values, each of which is drawn once and kept."""
PICTURED = frozenset({"file", "image"})
"""Types whose macro is called for each value."""


@dataclass(frozen=True, slots=True)
class Readable:
    """A field to be read: its frame around holes for its content and the record, and what fills the first."""

    frame: Pattern
    show: Show


def said(record: Record) -> Values:
    """The values of a record, with the error values of computed fields in place of what they lack."""
    if not record.errors:
        return record.values
    return {**record.values, **{name: FormulaError(cast("ErrorCode", code)) for name, code in record.errors.items()}}


def read_value(widget: Widget, values: Values, filling: Filling) -> Markup:
    """A value alone, without its label."""
    return Markup(readable(widget, filling.locale).show(values, filling))  # noqa: S704 (holes are escaped)


def read_in_line(widget: Widget, values: Values, filling: Filling) -> Markup:
    """A value in a line, whose unit stands above its column."""
    key = ("readable in line", filling.locale, id(widget))
    show = workspace().once(key, lambda: _show(widget, _plain(widget), filling.locale, in_line=True))
    return Markup(show(values, filling))  # noqa: S704 (holes are escaped)


def read_fields(widgets: Iterable[Widget], values: Values, filling: Filling, computing: Collection[str] = ()) -> Markup:
    """A column of fields with their labels; those are marked that a job is computing."""
    listed = tuple(widgets)
    key = ("read fields", filling.locale, tuple(map(id, listed)))
    fields = workspace().once(key, lambda: [(readable(widget, filling.locale), widget.name) for widget in listed])
    mark = str(computing_mark()) if computing else ""
    read: list[str] = []
    for field, name in fields:
        content = field.show(values, filling) + (mark if name in computing else "")
        read.append(field.frame.filled({"content": content, "record": filling.record}))
    return Markup("".join(read))  # noqa: S704 (holes are escaped)


def read_lines(widgets: Sequence[Widget], lines: Iterable[Record], filling: Filling) -> Markup:
    """The rows of a table of lines."""
    key = ("read line", filling.locale, tuple(map(id, widgets)))
    row, shows = workspace().once(key, lambda: _line(widgets, filling.locale))
    return Markup("".join(row % (line.id, *(show(said(line), filling) for show in shows)) for line in lines))  # noqa: S704 (holes are escaped)


def readable(widget: Widget, locale: Locale) -> Readable:
    """How a field is read in a language; made at the first use."""
    return workspace().once(("readable", locale, id(widget)), lambda: _readable(widget, locale))


def _readable(widget: Widget, locale: Locale) -> Readable:
    plain = _plain(widget)
    empty = replace(plain, read=lambda _: Markup("{content}"))
    fields: Any = current_app.jinja_env.get_template("parts/field.html").module
    framed = Pattern.of(str(fields.read(_sample(empty, in_line=False))))
    return Readable(framed, _show(widget, plain, locale, in_line=False))


def _line(widgets: Sequence[Widget], locale: Locale) -> tuple[str, tuple[Show, ...]]:
    columns = [_plain(widget) for widget in widgets]
    source = current_app.jinja_env.get_template("parts/line_read.html").render(columns=columns)
    shows = tuple(_show(widget, plain, locale, in_line=True) for widget, plain in zip(widgets, columns, strict=True))
    return Pattern.of(source).text, shows


def _plain(widget: Widget) -> Widget:
    """The widget with texts that cannot be mistaken for holes."""
    return replace(widget, label=without_braces(widget.label), unit=without_braces(widget.unit))


def _sample(widget: Widget, *, in_line: bool) -> Input:
    """An input that holds holes instead of values."""
    varies = isinstance(widget.field, MoneyField) and not widget.field.fixed_currency
    return Input(
        widget,
        widget.name,
        f"f-{widget.name}",
        shown="{text}",
        value="{value}",
        picked=(("{value}", "{text}"),),
        in_line=in_line,
        currency="{currency}" if varies else "",
    )


def _show(widget: Widget, plain: Widget, locale: Locale, *, in_line: bool) -> Show:
    shown = _shown(widget, plain, locale, in_line=in_line)
    return _checked(widget.name, shown) if widget.computed else shown


def _checked(name: str, shown: Show) -> Show:
    """The same for a computed field, in whose place an error may stand."""
    pill: Any = current_app.jinja_env.get_template("parts/pill.html").module

    def show(values: Values, filling: Filling) -> str:
        value = values.get(name)
        if isinstance(value, FormulaError):
            return str(pill.error(value.code, error_reason(value.code)))
        return shown(values, filling)

    return show


def _shown(widget: Widget, plain: Widget, locale: Locale, *, in_line: bool) -> Show:
    name, kind = widget.name, widget.kind
    if kind in PICTURED:
        return lambda values, filling: (
            str(widget.read(replace(filling.read(widget, values), in_line=in_line))) if values.get(name) else ""
        )
    if kind in FEW:
        return _kept(widget)
    pattern = Pattern.of(str(widget.read(_sample(plain, in_line=in_line))))
    target = target_of(widget.field)
    if target:
        return _pointing(name, target, pattern)
    return _texts(widget, pattern, widget.field.formatter(locale))


def _kept(widget: Widget) -> Show:
    drawn: dict[Any, str] = {}

    def show(values: Values, filling: Filling) -> str:
        value = values.get(widget.name)
        if value not in drawn:
            drawn[value] = str(widget.read(filling.read(widget, values)))
        return drawn[value]

    return show


def _pointing(name: str, target: str, pattern: Pattern) -> Show:
    def show(values: Values, filling: Filling) -> str:
        value = values.get(name)
        if value is None:
            return ""
        keys = value if isinstance(value, tuple) else (value,)
        return ", ".join(named(key, filling.titles.get((target, key))) for key in keys)

    def named(key: int, title: str | None) -> str:
        return escape(_("(not shown)")) if title is None else pattern.filled({"value": key, "text": escape(title)})

    return show


def _texts(widget: Widget, pattern: Pattern, formatter: Callable[[Any], str]) -> Show:
    name, text = widget.name, pattern.text
    if pattern.holes == ("text",):
        return lambda values, _: "" if (value := values.get(name)) is None else text % escape(formatter(value))
    currency = widget.field.currency if isinstance(widget.field, MoneyField) else None

    def show(values: Values, filling: Filling) -> str:
        value = values.get(name)
        if value is None:
            return ""
        said = str(values.get(currency) or "") if currency else ""
        return pattern.filled({"value": escape(str(value)), "text": escape(formatter(value)), "currency": escape(said)})

    return show
