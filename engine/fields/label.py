"""Texts that people of several languages read, and the pydantic base that all frozen values share."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints
from pydantic import Field as Key

Text = Annotated[str, StringConstraints(min_length=1, max_length=500)]
Label = Text | Annotated[dict[str, Text], Key(min_length=1)]
"""One text, or a mapping of language code to text."""


Expression = Annotated[str, StringConstraints(min_length=1, max_length=10_000)]
"""A formula or a condition, as somebody wrote it."""


class Frozen(BaseModel):
    """A value of the configuration: immutable, and an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=False)


def text_in(label: Label | None, language: str, fallback: str) -> str:
    """The label in a language, else in English, else in any language it has, else made from the name."""
    if label is None:
        # Not capitalize(): that would turn VIP into Vip.
        return fallback[:1].upper() + fallback[1:].replace("_", " ")
    if isinstance(label, str):
        return label
    return label.get(language) or label.get("en") or next(iter(label.values()))


def _strict_bool(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    # pydantic would take "no", "on" and "1" too: YAML's trap, which the language closes.
    if value in ("true", "false"):
        return bool(value == "true")
    raise ValueError("true or false")


Flag = Annotated[bool, BeforeValidator(_strict_bool)]
"""A boolean of the configuration: `true` or `false`, nothing that merely looks like it."""
