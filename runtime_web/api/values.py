"""The JSON Schema of each field type's canonical form, as it is given, as it is sent, and as it is compared with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine.fields import Field
from engine.fields.choice import Choosing
from engine.fields.currency import CurrencyField
from engine.fields.decimal import Exact
from engine.fields.field import DURING, EXACTLY, FAILED, RECURRING
from engine.fields.integer import Whole
from engine.fields.multi_reference import Listing
from engine.fields.text import LONGEST_COMPARED
from engine.periods import SPANS
from formulas.values import ERROR_CODES

Schema = dict[str, Any]
KEY: Schema = {"type": "integer", "minimum": 1, "maximum": 2**63 - 1}
LARGEST_FILTER = 100
_PLAIN: dict[str, Schema] = {
    "boolean": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
    "time": {"type": "string", "pattern": "^(?:([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?)$"},
    "datetime": {"type": "string", "format": "date-time"},
    "duration": {"type": "integer", "description": "Seconds."},
    "color": {"type": "string", "pattern": "^#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})$"},
}


def given(field: Field) -> Schema:
    """A value that is not blank, as records show it."""
    if isinstance(field, Choosing):
        # A value that an older configuration allowed is shown as it is.
        return _several(field, {"type": "string"})
    return _described(field)


def sent(field: Field) -> Schema:
    """A value that is not blank, as a change may bring it."""
    if isinstance(field, Choosing):
        return _several(field, {"enum": [option.value for option in field.options]})
    return _described(field)


def compared(field: Field, operator: str) -> Schema:
    """What a comparison takes."""
    if operator in ("blank", "filled"):
        return {"const": True}
    if operator == EXACTLY:
        return {"type": "string", "minLength": 1, "maxLength": LONGEST_COMPARED}
    if operator == FAILED:
        codes = {"type": "array", "items": {"enum": list(ERROR_CODES)}, "minItems": 1, "maxItems": LARGEST_FILTER}
        return {"anyOf": [{"const": True}, codes]}
    if operator == DURING:
        counted = {"type": "string", "pattern": "^(last|next)_[1-9][0-9]{0,2}_(days|months)$"}
        return {"anyOf": [{"enum": list(SPANS)}, counted]}
    if operator in RECURRING:
        least, most = RECURRING[operator]
        return {"type": "integer", "minimum": least, "maximum": most}
    one = _operand(field)
    if operator == "between":
        return {"type": "array", "items": one, "minItems": 2, "maxItems": 2}
    if operator in ("any_of", "none_of"):
        return {"type": "array", "items": one, "minItems": 1, "maxItems": LARGEST_FILTER}
    return one


def nullable(schema: Schema) -> Schema:
    """The same, or blank."""
    if isinstance(schema.get("type"), str):
        return {**schema, "type": [schema["type"], "null"]}
    return {**schema, "enum": [*schema["enum"], None]}


def _described(field: Field) -> Schema:
    for kind, describe in _KINDS:
        if isinstance(field, kind):
            return describe(field)
    if field.kind in ("reference", "user"):
        return KEY
    return _PLAIN.get(field.kind, {"type": "string"})


def _operand(field: Field) -> Schema:
    if field.kind == "datetime":
        return {**_PLAIN["date"], "description": "A day of the business."}
    if isinstance(field, Choosing):
        return {"enum": [option.value for option in field.options]}
    if isinstance(field, Listing):
        return KEY
    if _described(field) == {"type": "string"} or field.kind in ("text", "long_text"):
        return {"type": "string", "minLength": 1, "maxLength": 200}
    return sent(field)


def _several(field: Field, one: Schema) -> Schema:
    column = field.column()
    return {"type": "array", "items": one} if column and column.kind == "codes" else one


def _exact(field: Exact) -> Schema:
    return {"type": "string", "pattern": "^-?[0-9]{1,15}(?:\\.[0-9]{1,10})?$"}


def _whole(field: Whole) -> Schema:
    least, most = field.bounds
    return {"type": "integer", "minimum": least, "maximum": most}


def _currency(field: CurrencyField) -> Schema:
    return {"type": "string", "pattern": "^[A-Z]{3}$"}


def _listing(field: Listing) -> Schema:
    return {"type": "array", "items": KEY, "maxItems": field.most}


_KINDS: tuple[tuple[type[Field], Callable[[Any], Schema]], ...] = (
    (Exact, _exact),
    (Whole, _whole),
    (CurrencyField, _currency),
    (Listing, _listing),
)
