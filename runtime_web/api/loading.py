"""Values out of JSON: one canonical form for each field type, the one that the description names, and no other.

Fields read more than that, since people write configurations; between programs a second spelling is a mistake.
"""

from __future__ import annotations

import re
from typing import Any

from engine.fields import Field
from engine.problems import Unfit
from runtime_web.api.values import Schema, sent

_KINDS = {"string": str, "integer": int, "boolean": bool, "array": list}


def load(field: Field, value: Any) -> Any:
    """The value of a field that a JSON value is; null is blank.

    Raises:
        Unfit: it does not fit, or is spelled otherwise than the description says.
    """
    schema = sent(field)
    if value is None:
        return field.load(None)
    if not _is_of_kind(schema, value):
        raise Unfit("value-wrong-kind")
    loaded = field.load(value)
    if "pattern" in schema and not re.fullmatch(schema["pattern"].strip("^$"), value):
        raise Unfit("value-wrong-kind")
    if value == "" and schema != {"type": "string"}:
        raise Unfit("value-wrong-kind")
    return loaded


def _is_of_kind(schema: Schema, value: Any) -> bool:
    wanted = _KINDS[schema.get("type", "string")]
    return isinstance(value, wanted) and (wanted is not int or not isinstance(value, bool))
