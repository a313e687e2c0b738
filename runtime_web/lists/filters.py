"""What fields are compared with: the small form that filters one column, and what it sends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from engine.expressions.reached import Reached
from engine.fields import Field
from engine.fields.choice import Choosing
from engine.fields.currency import CurrencyField
from engine.fields.field import BLANK, DURING, FAILED, RECURRING
from engine.fields.locale import Locale
from engine.model import Configuration
from engine.periods import MOST, counted
from engine.problems import Unfit
from engine.query import Condition
from engine.records import Records
from runtime_web import addresses
from runtime_web.i18n import gettext as _
from runtime_web.i18n import problem_text
from runtime_web.lists.state import (
    MANY_VALUES,
    MAX_VALUES,
    TWO_VALUES,
    WITHOUT_VALUE,
    Arguments,
    ListState,
    condition_of,
    neutral,
)
from runtime_web.lists.words import operand_text, operator_label, path_label, target_of
from runtime_web.span_words import named_spans, span_words
from runtime_web.views.listing import Choice, Comparing, FilterForm, Operator

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


PSEUDO = ("last", "next")
"""What the form offers beside the operators: so many days or months, which is a span."""


@dataclass(frozen=True)
class Typed:
    """What somebody has put into the form, valid or not. `span`, `count` and `unit` are for times that move."""

    operator: str
    values: tuple[str, ...]
    error: str = ""
    span: str = ""
    count: str = ""
    unit: str = "days"
    condition: Condition | None = None
    """What it was understood as."""


def typed_in(arguments: Arguments, prefix: str = "") -> Typed:
    """What the form sent whose inputs begin with `prefix`."""

    def said(name: str, default: str = "") -> str:
        return arguments.get(prefix + name, default)

    values = tuple(arguments.getlist(prefix + "v")[:MAX_VALUES])
    return Typed(said("op"), values, "", said("span"), said("count").strip(), said("unit", "days"))


def understood(found: Reached, typed: Typed, locale: Locale) -> tuple[Typed, Condition | None]:
    """What was typed, with what is wrong with it, and the condition that it means; none when it is left blank."""
    operator, values = typed.operator, list(typed.values)
    if operator in PSEUDO:
        operator, values = DURING, [f"{typed.operator}_{typed.count.lstrip('0')}_{typed.unit}"]
    elif operator == DURING:
        values = [typed.span]
    try:
        condition = condition_of(found, operator, values, locale)
    except Unfit as unfit:
        return replace(typed, error=problem_text(unfit.at(found.path))), None
    if condition is None and operator in TWO_VALUES and any(value.strip() for value in values):
        return replace(typed, error=_("Enter both values, or choose another comparison.")), None
    if condition is None and typed.operator in PSEUDO and typed.count:
        return replace(typed, error=_("Enter a whole number from 1 to %(most)s.", most=MOST)), None
    return typed, condition


def filter_form(
    records: Records, state: ListState, found: Reached, locale: Locale, typed: Typed | None = None
) -> FilterForm:
    """The form for one field, filled with the filter that is set or with what was typed."""
    configuration, path = records.configuration, found.path
    singles = (one for one in state.conditions if isinstance(one, Condition))
    current = next((condition for condition in singles if condition.field == path), None)
    rest = replace(state.without(path), view=state.view)
    here = addresses.list_of(state.entity)
    return FilterForm(
        comparing=comparing(records, found, typed or typed_of(current, found.field, locale), locale),
        action=f"{here}/filter/{path}",
        kept=tuple(rest.pairs(configuration)),
        field=path,
        presets=tuple(_presets(configuration, state, found)),
        remove_url=here + rest.arguments(configuration) if current else "",
        back_url=here + state.arguments(configuration),
    )


def comparing(records: Records, found: Reached, shown: Typed, locale: Locale) -> Comparing:
    """What a field is compared with, filled with what was typed."""
    described, target = found.field, target_of(found.field)
    operators = tuple(_operators(found, shown.operator))
    return Comparing(
        title=path_label(records.configuration, found, locale.language),
        operators=operators,
        takes=next((one.takes for one in operators if one.chosen), operators[0].takes),
        input=INPUTS.get(described.kind, "text"),
        values=(*shown.values, "", "")[:2],  # type: ignore[arg-type]
        choices=tuple(_choices(records, described, shown, locale)),
        lookup_url=addresses.lookup_of(target) if target else "",
        unit=described.unit_in(locale.language),
        spans=tuple(_spans(found, shown)),
        count=shown.count,
        units=tuple(
            Choice(unit, label, "", unit == shown.unit)
            for unit, label in (("days", _("days")), ("months", _("months")))
        ),
        error=shown.error,
    )


def _spans(found: Reached, shown: Typed) -> Iterator[Choice]:
    if DURING in found.comparisons:
        yield from (Choice(span, label, "", span == shown.span) for span, label in named_spans().items())


def typed_of(current: Condition | None, described: Field, locale: Locale) -> Typed:
    """What somebody would have typed to set a condition."""
    if current is None or current.operator in RECURRING:
        return Typed(described.operators[0], ())
    if current.operator == FAILED:
        return Typed(FAILED, ())
    if current.operator == DURING:
        span = counted(current.values[0])
        return Typed(span[0], (), "", "", str(span[1]), span[2]) if span else Typed(DURING, (), "", current.values[0])
    plain = INPUTS.get(described.kind) != "number"
    values = (neutral(value, described) if plain else described.entry(value, locale) for value in current.values)
    return Typed(current.operator, tuple(values))


def _operators(found: Reached, chosen: str) -> Iterator[Operator]:
    """The operators to choose from: those of the field's type, what else may be the case here, and the one in force."""
    offered = {*found.field.operators, FAILED, *(BLANK if found.way else ()), chosen}
    for name in found.comparisons:
        if name in offered:
            yield Operator(name, operator_label(name, found.field), _takes(name), name == chosen)
        if name == DURING:
            yield Operator("last", _("is within the last"), "count", chosen == "last")
            yield Operator("next", _("is within the next"), "count", chosen == "next")


def _takes(operator: str) -> str:
    """What an operator is given in the form."""
    if operator == DURING:
        return "span"
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
        keys = [int(value) for value in shown.values if value.isascii() and value.isdigit() and len(value) < 19]
        yield from ((str(key), title, "") for key, title in records.titles(target_of(described), keys).items())


def _presets(configuration: Configuration, state: ListState, found: Reached) -> Iterator[tuple[str, str]]:
    """The times that people ask for most, each one click away. They move with the day."""
    if DURING not in found.comparisons:
        return
    words = {**named_spans(), "last_7_days": span_words()["last_7_days"]}
    for span in ("today", "this_week", "last_7_days", "this_month", "last_month", "this_year"):
        condition = Condition(found.path, DURING, (span,))
        yield words[span], addresses.list_of(state.entity) + state.filtered(condition).arguments(configuration)
