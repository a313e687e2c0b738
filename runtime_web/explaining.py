"""Makes the view of an explanation: labels in the reader's language, values as the reader's locale writes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from babel.numbers import get_currency_precision

from engine.fields import Field
from engine.fields.choice import Choosing
from engine.fields.column import USERS
from engine.fields.currency import symbol
from engine.fields.date import DateField
from engine.fields.datetime import DateTimeField
from engine.fields.duration import DurationField
from engine.fields.locale import Locale
from engine.fields.percent import PercentField
from engine.fields.time import TimeField
from engine.model import Configuration
from engine.records import Explanation
from engine.records.explanation import Key, Part, Row, Rows, Source
from formulas import FormulaError, Money
from formulas.text import as_text
from formulas.types import Type
from formulas.values import ErrorCode, Reference
from runtime_web import addresses
from runtime_web.i18n import gettext as _
from runtime_web.i18n import ngettext
from runtime_web.lists.words import error_reason
from runtime_web.views.explanation import ExplanationView, ShownPart, ShownRow, ShownRows, ShownValue

PLACES = 10
"""So many places of a number that belongs to no field are shown."""
LONGEST = 300
STEP = " › "


def view_of(explanation: Explanation, configuration: Configuration, locale: Locale) -> ExplanationView:
    """The view of an explanation for one reader."""
    return _Viewing(configuration, locale, explanation).view()


@dataclass(frozen=True)
class _Viewing:
    """Makes the view of one explanation."""

    configuration: Configuration
    locale: Locale
    explanation: Explanation

    def view(self) -> ExplanationView:
        found, source = self.explanation, self.explanation.source
        root = self._part(found.root)
        entity, record_id = source.card
        return ExplanationView(
            label=self._label((source.entity, found.field)),
            title=source.title,
            value=self._result(),
            formula=found.text,
            # The formula itself stands above; what it consists of is of interest.
            parts=root.parts or (root,),
            card_url=addresses.card_of(entity, record_id),
            card_label=found.titles.get(source.card, source.title),
            kept=self._kept(),
        )

    def _result(self) -> ShownValue:
        """What is stored."""
        found = self.explanation
        key = (found.source.entity, found.field)
        if found.error:
            reason = found.root.value if isinstance(found.root.value, FormulaError) else None
            said = reason.reason if reason and found.root.arose else ""
            return self._error(found.error, said, found.root.text)
        return self._value(self._stored(key), found.root.type, key)

    def _stored(self, key: Key) -> Any:
        """The stored value as formulas see it: an amount with its currency, a reference with its entity."""
        value, field = self.explanation.value, self._field(key)
        column = field.column() if field else None
        if value is None or column is None:
            return None
        if self.explanation.currency:
            return Money(value, self.explanation.currency)
        return Reference(column.target, value) if column.kind == "reference" else value

    def _kept(self) -> str:
        """What the result was before it was rounded to what its field holds."""
        computed, stored = self.explanation.root.value, self.explanation.value
        computed = computed.amount if isinstance(computed, Money) else computed
        if not isinstance(computed, Decimal) or not isinstance(stored, Decimal) or computed == stored:
            return ""
        return _(
            "The formula gives %(number)s, which is rounded to the places of the field.", number=self._number(computed)
        )

    def _part(self, part: Part) -> ShownPart:
        return ShownPart(
            label=self._path(part.steps),
            text=part.text,
            value=None if part.rows else self._shown(part),
            source=part.source.title if part.source else "",
            source_url=_card(part.source) if part.source else "",
            explain_url=addresses.explain_of(*part.explained) if part.explained else "",
            parts=tuple(map(self._part, part.parts)),
            rows=self._rows(part.rows) if part.rows and part.needed else None,
        )

    def _shown(self, part: Part) -> ShownValue:
        if not part.needed:
            return ShownValue(_("not needed"), "unneeded")
        if not part.shown:
            return ShownValue(_("not shown to you"), "hidden")
        if isinstance(part.value, FormulaError):
            return self._error(part.value.code, part.value.reason if part.arose else None, part.text)
        return self._value(part.value, part.type, part.steps[-1] if part.steps else None)

    def _rows(self, rows: Rows) -> ShownRows:
        show = self.locale.decimal_formatter(0)
        notes: list[str] = []
        if rows.entered is None or rows.left_out is None:
            return ShownRows(self._path(rows.steps), _("not shown to you"), rows.condition, (), ())
        more = rows.entered - len(rows.listed)
        if more and rows.rest is not None:
            together = self._value(rows.rest, rows.type, rows.field).text
            notes.append(_("and %(number)s more, together %(sum)s", number=show(more), sum=together))
        elif more:
            notes.append(_("and %(number)s more", number=show(more)))
        if rows.left_out:
            notes.append(
                ngettext(
                    "%(num)s row is left out.", "%(num)s rows are left out.", rows.left_out, num=show(rows.left_out)
                )
            )
        counted = ngettext("%(num)s row", "%(num)s rows", rows.entered, num=show(rows.entered))
        listed = tuple(self._row(row, rows) for row in rows.listed)
        return ShownRows(self._path(rows.steps), counted, rows.condition, listed, tuple(notes))

    def _row(self, row: Row, rows: Rows) -> ShownRow:
        value: ShownValue | None
        if isinstance(row.value, FormulaError):
            value = self._error(row.value.code, row.value.reason, "")
        elif rows.type.kind == "record" and row.value is None:
            value = None
        else:
            value = self._value(row.value, rows.type, rows.field)
        explain = (
            addresses.explain_of(row.source.entity, row.source.id, rows.field[1]) if row.computed and rows.field else ""
        )
        return ShownRow(row.source.title, _card(row.source), value, explain)

    def _error(self, code: ErrorCode | str, reason: str | None, text: str) -> ShownValue:
        """An error with its reason where it arose; None where it came from below. Reasons of functions are in English."""
        if reason is None:
            return ShownValue(code, "error")
        if code == "#N/A" and text.upper().startswith("CONVERT"):
            return ShownValue(
                code,
                "error",
                _("No exchange rate is known for that day. An administrator enters it among the exchange rates."),
            )
        said = reason if self.locale.language == "en" else ""
        return ShownValue(code, "error", said or error_reason(code))

    def _value(self, value: Any, type_: Type, key: Key | None) -> ShownValue:
        if value is None or value == "":
            counts = _("counts as 0") if type_.kind in ("number", "money") else ""
            return ShownValue(_("blank"), "blank", counts)
        if isinstance(value, Reference):
            title = self.explanation.titles.get((value.entity, value.id))
            linked = title is not None and value.entity != USERS
            return ShownValue(
                title or _("(not shown)"), url=addresses.card_of(value.entity, value.id) if linked else ""
            )
        field = self._field(key) if key else None
        return ShownValue(self._text(value, type_, field))

    def _text(self, value: Any, type_: Type, field: Field | None) -> str:
        if isinstance(value, bool):
            return _("Yes") if value else _("No")
        if isinstance(value, Money):
            shown = field.formatter(self.locale)(value.amount) if field else self._amount(value.amount, value.currency)
            return f"{shown}\u00a0{value.currency}".strip()
        if field and not isinstance(field, Choosing):
            unit = "" if isinstance(field, PercentField) else field.unit_in(self.locale.language)
            return f"{field.formatter(self.locale)(value)[:LONGEST]}\u00a0{unit}".rstrip()
        if isinstance(field, Choosing) and isinstance(value, str):
            option = field.option(value)
            return option.label_in(self.locale.language) if option else value
        if isinstance(value, Decimal):
            if type_.kind == "money" and type_.currency:
                return f"{self._amount(value, type_.currency)}\u00a0{symbol(type_.currency, self.locale.language)}"
            return self._number(value)
        plain = _FIELDS.get(type_.kind)
        return plain.formatter(self.locale)(value) if plain else as_text(value)[:LONGEST]

    def _number(self, value: Decimal) -> str:
        return self.locale.decimal_formatter(PLACES, fixed=False)(value)

    def _amount(self, value: Decimal, currency: str) -> str:
        """With its cents, or all places where it has more."""
        places = get_currency_precision(currency)
        return self.locale.decimal_formatter(places)(value) if value == round(value, places) else self._number(value)

    def _field(self, key: Key) -> Field | None:
        entity = self.configuration.entities.get(key[0])
        return entity.fields.get(key[1]) if entity else None

    def _path(self, steps: tuple[Key, ...]) -> str:
        return STEP.join(map(self._label, steps))

    def _label(self, key: Key) -> str:
        """What a field is called; the reference of a line to its parent has the parent's name."""
        field, language = self._field(key), self.locale.language
        if field:
            return field.label_in(language, key[1])
        parent = self.configuration.entities.get(key[1])
        return parent.label_in(language, key[1]) if parent else key[1]


_FIELDS: Mapping[str, Field] = MappingProxyType(
    {
        "date": DateField(type="date"),
        "datetime": DateTimeField(type="datetime"),
        "time": TimeField(type="time"),
        "duration": DurationField(type="duration"),
    }
)
"""How values look that belong to no field."""


def _card(source: Source) -> str:
    entity, record_id = source.card
    return "" if entity == "_user" else addresses.card_of(entity, record_id)
