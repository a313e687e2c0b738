"""Words for counts, operators and filters, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from babel import dates as babel_dates

from engine.expressions.reached import Reached, field_of
from engine.expressions.routes import Hop
from engine.fields import Field
from engine.fields.choice import Choosing
from engine.fields.field import DURING, FAILED, RECURRING
from engine.fields.locale import Locale
from engine.model import Configuration
from engine.query import Condition
from engine.storage.select import Count
from runtime_web.i18n import gettext as _
from runtime_web.i18n import ngettext
from runtime_web.span_words import span_text

SIGNS = {"eq": "=", "ne": "≠", "ge": "≥", "le": "≤", "gt": ">", "lt": "<"}
Titles = Mapping[str, Mapping[int, str]]
"""What records are called, by entity and id."""


def decapitalized(label: str) -> str:
    """A label within a sentence: "Client" becomes "client", "VIP client" stays."""
    return label[:1].lower() + label[1:] if len(label) < 2 or not label[1].isupper() else label


def adding(label: str) -> str:
    """What the button says that opens the card of a new record."""
    return _("Add %(entity)s", entity=decapitalized(label))


def counted(count: Count, locale: Locale) -> str:
    """How many records a list has."""
    shown = locale.decimal_formatter(0)(count.number)
    if count.capped:
        return _("more than %(number)s records", number=shown)
    return ngettext("%(number)s record", "%(number)s records", count.number, number=shown)


def span(first: int, rows: int, count: Count, locale: Locale) -> str:
    """Which of how many records a page shows."""
    show = locale.decimal_formatter(0)
    here = {"first": show(first), "last": show(first + rows - 1), "number": show(count.number)}
    if count.capped:
        return _("%(first)s to %(last)s of more than %(number)s", **here)
    return _("%(first)s to %(last)s of %(number)s", **here)


def operator_label(operator: str, described: Field) -> str:
    """An operator as the filter form names it."""
    chooses = isinstance(described, Choosing)
    return {
        "contains": lambda: _("contains"),
        "starts": lambda: _("begins with"),
        "equals": lambda: _("is"),
        "exactly": lambda: _("is exactly"),
        "differs": lambda: _("is not"),
        "eq": lambda: _("is equal to"),
        "ne": lambda: _("is not equal to"),
        "ge": lambda: _("is at least"),
        "le": lambda: _("is at most"),
        "gt": lambda: _("is more than"),
        "lt": lambda: _("is less than"),
        "between": lambda: _("is between"),
        DURING: lambda: _("is within"),
        "on": lambda: _("is on"),
        "from": lambda: _("is on or after"),
        "until": lambda: _("is on or before"),
        "is": lambda: _("is"),
        "any_of": lambda: _("is one of") if chooses else _("is any of these"),
        "none_of": lambda: _("is none of") if chooses else _("is none of these"),
        "blank": lambda: _("is blank"),
        "filled": lambda: _("is filled in"),
        "failed": lambda: _("holds an error"),
    }[operator]()


def path_label(configuration: Configuration, found: Reached, language: str) -> str:
    """The way to a field and the field, as people read it: “Client › City”."""
    return " › ".join(
        [*(step_label(configuration, hop, language) for hop in found.way), found.field.label_in(language, found.name)]
    )


def step_label(configuration: Configuration, hop: Hop, language: str) -> str:
    """What a reference is called."""
    described = field_of(configuration, hop.near, hop.field)
    if described is None:
        return configuration.entities[hop.far].label_in(language, hop.far)
    return described.label_in(language, hop.field)


def filter_text(condition: Condition, label: str, described: Field | None, locale: Locale, titles: Titles) -> str:
    """A filter in words, as its chip says it: “Status: New, Paid”, “Date: from 01.01.2026”."""
    if condition.operator == "blank":
        return _("%(field)s: blank", field=label)
    if condition.operator == "filled":
        return _("%(field)s: filled in", field=label)
    if condition.operator == FAILED and not condition.values:
        return _("%(field)s: an error", field=label)
    if condition.operator == DURING:
        return f"{label}: {decapitalized(span_text(condition.values[0]))}"
    if condition.operator in RECURRING:
        return f"{label}: {_recurring(condition.operator, condition.values[0], locale)}"
    shown = [operand_text(value, described, locale, titles) for value in condition.values]
    return f"{label}: {_said(condition.operator, shown)}"


def _recurring(part: str, number: int, locale: Locale) -> str:
    """A part of a date that comes again and again."""
    if part == "hour":
        return _("from %(first)s to %(last)s", first=f"{number}:00", last=f"{number}:59")
    if part == "weekday":
        return str(babel_dates.get_day_names("wide", locale=locale.babel)[number - 1])
    return locale.month_name(number)


def _said(operator: str, shown: list[str]) -> str:
    if operator == "between":
        return f"{shown[0]} – {shown[1]}"
    if operator in SIGNS:
        return shown[0] if operator == "eq" else f"{SIGNS[operator]} {shown[0]}"
    listed = ", ".join(shown)
    return {
        "contains": lambda: _("contains “%(value)s”", value=listed),
        "starts": lambda: _("begins with “%(value)s”", value=listed),
        "exactly": lambda: _("exactly “%(value)s”", value=listed),
        "differs": lambda: _("not “%(value)s”", value=listed),
        "from": lambda: _("from %(value)s", value=listed),
        "until": lambda: _("until %(value)s", value=listed),
        "none_of": lambda: _("none of %(values)s", values=listed),
    }.get(operator, lambda: listed)()


def operand_text(value: Any, described: Field | None, locale: Locale, titles: Titles) -> str:
    """One value of a filter as the reader writes it."""
    target = target_of(described)
    if target or described is None:
        return titles.get(target, {}).get(value) or f"#{value}"
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if described.kind == "datetime":
        return locale.show_date(value)
    if described.kind in ("multi_choice", "choice"):
        return _option_label(value, described, locale)
    return value if isinstance(value, str) else described.formatter(locale)(value)


def _option_label(value: str, described: Field, locale: Locale) -> str:
    option = described.option(value) if isinstance(described, Choosing) else None
    return option.label_in(locale.language) if option else value


def target_of(described: Field | None) -> str:
    """The entity whose records a field points at, "" for other fields and for files."""
    if described is None:
        return ""
    stored, links = described.column(), described.links()
    target = (stored.target if stored else "") or (links.target if links else "")
    return "" if target == "_file" else target


def error_reason(code: str) -> str:
    """What an error value means, in a sentence."""
    reasons = {
        "#DIV/0!": _("Something was divided by zero."),
        "#VALUE!": _("A value is not of the kind that the formula needs."),
        "#NUM!": _("The number is too large, or cannot be computed."),
        "#REF!": _("Something that the formula names is not there."),
        "#CURRENCY!": _("Amounts of different currencies were taken together."),
        "#N/A": _("A value is not available."),
        "#CYCLE!": _("The formula depends on itself."),
        "#NAME?": _("The formula names something that does not exist."),
    }
    return reasons.get(code, code)
