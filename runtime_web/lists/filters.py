"""The small form that filters one column, and what it sends."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from engine.expressions.reached import Reached
from engine.fields import Field
from engine.fields.choice import Choosing
from engine.fields.currency import CurrencyField
from engine.fields.field import BLANK, FAILED, RECURRING
from engine.fields.locale import Locale
from engine.model import Configuration
from engine.problems import Unfit
from engine.query import Condition
from engine.records import Records
from runtime_web import addresses
from runtime_web.i18n import gettext as _
from runtime_web.i18n import problem_text
from runtime_web.lists.state import MANY_VALUES, TWO_VALUES, WITHOUT_VALUE, Arguments, ListState, condition_of, neutral
from runtime_web.lists.words import operand_text, operator_label, path_label, target_of
from runtime_web.views.listing import Choice, FilterForm, Operator

INPUTS = {
    "integer": "number",
    "decimal": "number",
    "money": "number",
    "percent": "number",
    "rating": "number",
    "date": "date",
    "datetime": "date",
    "time": "time",
    "boolean": "boolean",
    "choice": "choices",
    "multi_choice": "choices",
    "currency": "choices",
    "reference": "picker",
    "user": "picker",
    "multi_reference": "picker",
    "file": "none",
    "image": "none",
}
"""What the values of a filter are entered with, by field type; text where nothing is said."""


@dataclass(frozen=True)
class Typed:
    """What somebody has put into the form, valid or not."""

    operator: str
    values: tuple[str, ...]
    error: str = ""


def read_typed(found: Reached, arguments: Arguments, locale: Locale) -> tuple[Typed, Condition | None]:
    """What the form sent, and the condition that it means; none when it is left blank, which takes the filter away."""
    typed = Typed(arguments.get("op", ""), tuple(arguments.getlist("v")[:100]))
    try:
        condition = condition_of(found, typed.operator, list(typed.values), locale)
    except Unfit as unfit:
        return replace(typed, error=problem_text(unfit.at(found.path))), None
    if condition is None and typed.operator in TWO_VALUES and any(value.strip() for value in typed.values):
        return replace(typed, error=_("Enter both values, or choose another comparison.")), None
    return typed, condition


def filter_form(
    records: Records, state: ListState, found: Reached, locale: Locale, typed: Typed | None = None
) -> FilterForm:
    """The form for one field, filled with the filter that is set or with what was typed."""
    configuration, described, path = records.configuration, found.field, found.path
    current = next((condition for condition in state.conditions if condition.field == path), None)
    shown = typed or _typed_of(current, described, locale)
    rest = replace(state.without(path), view=state.view)
    here = addresses.list_of(state.entity)
    return FilterForm(
        title=path_label(configuration, found, locale.language),
        action=f"{here}/filter/{path}",
        kept=tuple(rest.pairs(configuration)),
        field=path,
        operators=tuple(_operators(found, shown.operator)),
        input=INPUTS.get(described.kind, "text"),
        values=(*shown.values, "", "")[:2],  # type: ignore[arg-type]
        choices=tuple(_choices(records, described, shown, locale)),
        lookup_url=addresses.lookup_of(target_of(described)) if target_of(described) else "",
        unit=described.unit_in(locale.language),
        presets=tuple(_presets(configuration, state, found, locale)),
        remove_url=here + rest.arguments(configuration) if current else "",
        back_url=here + state.arguments(configuration),
        error=shown.error,
    )


def _typed_of(current: Condition | None, described: Field, locale: Locale) -> Typed:
    if current is None:
        return Typed(described.operators[0], ())
    if current.operator == FAILED:
        return Typed(FAILED, ())
    if current.operator in RECURRING:
        return Typed(described.operators[0], ())
    plain = INPUTS.get(described.kind) != "number"
    values = (neutral(value, described) if plain else described.entry(value, locale) for value in current.values)
    return Typed(current.operator, tuple(values))


def _operators(found: Reached, chosen: str) -> Iterator[Operator]:
    """The operators to choose from: those of the field's type, what else may be the case here, and the one in force."""
    offered = {*found.field.operators, FAILED, *(BLANK if found.way else ()), chosen}
    for name in found.comparisons:
        if name in offered:
            yield Operator(name, operator_label(name, found.field), _takes(name), name == chosen)


def _takes(operator: str) -> str:
    """How many values an operator is given in the form."""
    if operator in (*WITHOUT_VALUE, FAILED):
        return "none"
    if operator in TWO_VALUES:
        return "two"
    return "many" if operator in MANY_VALUES else "one"


def _choices(records: Records, described: Field, shown: Typed, locale: Locale) -> Iterator[Choice]:
    for value, label, color in _offered(records, described, shown, locale):
        yield Choice(value, label, color, value in shown.values)


def _offered(records: Records, described: Field, shown: Typed, locale: Locale) -> Iterator[tuple[str, str, str]]:
    """The values to tick: (value, label, colour); of a reference only those that are chosen already."""
    if isinstance(described, Choosing):
        yield from (
            (option.value, option.label_in(locale.language), option.color or "") for option in described.options
        )
    elif isinstance(described, CurrencyField):
        yield from ((code, f"{code} · {label}", "") for code, label in described.choices(locale))
    elif described.kind == "boolean":
        yield from (
            (neutral(value, described), operand_text(value, described, locale, {}), "") for value in (True, False)
        )
    elif target_of(described):
        keys = [int(value) for value in shown.values if value.isdigit()]
        yield from ((str(key), title, "") for key, title in records.titles(target_of(described), keys).items())


def _presets(
    configuration: Configuration, state: ListState, found: Reached, locale: Locale
) -> Iterator[tuple[str, str]]:
    if INPUTS.get(found.field.kind) != "date":
        return
    for label, first, last in spans(locale.today()):
        condition = (
            Condition(found.path, "on", (first,)) if first == last else Condition(found.path, "between", (first, last))
        )
        yield label, addresses.list_of(state.entity) + state.filtered(condition).arguments(configuration)


def spans(today: dt.date) -> Iterator[tuple[str, dt.date, dt.date]]:
    """The stretches of days that people ask for most."""
    month = today.replace(day=1)
    before = (month - dt.timedelta(days=1)).replace(day=1)
    yield _("Today"), today, today
    yield _("Last 7 days"), today - dt.timedelta(days=6), today
    yield _("This month"), month, _month_end(month)
    yield _("Last month"), before, _month_end(before)
    yield _("This year"), today.replace(month=1, day=1), today.replace(month=12, day=31)


def _month_end(first: dt.date) -> dt.date:
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])
