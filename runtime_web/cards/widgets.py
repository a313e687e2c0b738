"""Widgets: what a form shows of each field whatever the record is. Made once for an entity and a language."""

from __future__ import annotations

from collections.abc import Mapping

from flask import current_app

from engine.fields import Field
from engine.fields.choice import Choosing
from engine.fields.currency import CurrencyField
from engine.fields.file import Attached as AttachedField
from engine.fields.locale import Locale
from engine.model import Configuration
from engine.rights import Rights
from runtime_web import addresses
from runtime_web.lists.words import target_of
from runtime_web.person import workspace
from runtime_web.views.card import Option, Widget

GROUPED = frozenset({"multi_choice", "rating", "file", "image"})
"""Types whose widget is made of several controls."""


def widgets_of(configuration: Configuration, rights: Rights, entity: str, locale: Locale) -> Mapping[str, Widget]:
    """The widget of each field of an entity that this reader may see, by name."""
    key = ("widgets", rights.key, locale, entity)
    return workspace().once(key, lambda: _made(configuration, rights, entity, locale))


def _made(configuration: Configuration, rights: Rights, entity: str, locale: Locale) -> dict[str, Widget]:
    described = configuration.entities[entity]
    return {
        name: widget(entity, name, field, locale, rights)
        for name, field in described.fields.items()
        if rights.may_read(entity, name) and field.kind not in ("lines", "related")
    }


def widget(entity: str, name: str, field: Field, locale: Locale, rights: Rights) -> Widget:
    """The widget of one field as somebody with these rights may use it."""
    macros = current_app.jinja_env.get_template(f"widgets/{field.kind}.html").module
    target = target_of(field)
    own = target not in ("", "_user")
    return Widget(
        name=name,
        kind=field.kind,
        field=field,
        label=field.label_in(locale.language, name),
        help=field.help_in(locale.language),
        unit=field.unit_in(locale.language),
        required=field.required,
        editable=field.editable,
        computed=field.formula is not None,
        align_end=field.align_end,
        grouped=field.kind in GROUPED,
        options=_options(field, locale),
        asks="RECORD." in (getattr(field, "where", None) or ""),
        lookup_url=addresses.lookup_of(target) if target else "",
        new_url=addresses.new_of(target) if own and rights.may("create", target) else "",
        target_url=addresses.list_of(target) if own else "",
        upload_url=addresses.upload_of(entity, name) if isinstance(field, AttachedField) else "",
        explain_url=addresses.explain_of(entity, "{record}", name) if name in rights.of(entity).explained else "",
        edit=macros.edit,  # type: ignore[attr-defined]
        read=macros.read,  # type: ignore[attr-defined]
    )


def _options(field: Field, locale: Locale) -> tuple[Option, ...]:
    if isinstance(field, Choosing):
        return tuple(
            Option(option.value, option.label_in(locale.language), option.color or "") for option in field.options
        )
    if isinstance(field, CurrencyField):
        return tuple(Option(code, f"{code} · {label}") for code, label in field.choices(locale))
    return ()
