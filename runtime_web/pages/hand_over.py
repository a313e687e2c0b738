"""Handing records over: whoever leaves, who receives, what there is of each kind, and doing it in one act."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from engine.accounts import Account
from engine.fields.column import USERS
from engine.problems import Problem, Refused
from engine.records import Missing
from engine.records.handing_over import HandedOver, HandingOver, Holding, Place
from runtime_web import addresses
from runtime_web.i18n import current_language, ngettext, problem_text
from runtime_web.i18n import gettext as _
from runtime_web.notices import notify
from runtime_web.person import signed_in, workspace
from runtime_web.request import current_locale, current_records, current_rights
from runtime_web.rights_words import entity_label, field_label
from runtime_web.views.handing_over import HandOverPage, HoldingLine
from runtime_web.views.rights import Option

FROM, TO, TICK, DONE = "from", "to", "place", "done"
MOST_ERRORS = 10

blueprint = Blueprint("hand_over", __name__, url_prefix=addresses.HAND_OVER)


@blueprint.get("")
def ask() -> str:
    """Choose from whom to whom, and see what there is; nothing is done yet."""
    door = _door()
    leaver, receiver = _people(request.args)
    # Somebody who has only changed one of the two choices has said nothing wrong yet.
    return _shown(door, leaver, None if receiver == leaver else receiver)


@blueprint.post("")
def give() -> ResponseReturnValue:
    """Hand over what is ticked."""
    door = _door()
    leaver, receiver = _people(request.form)
    ticked = request.form.getlist(TICK)
    if leaver is None or receiver is None:
        abort(404)
    if not ticked:
        return _shown(door, leaver, receiver, errors=(_("Tick what is to be handed over."),)), 422
    try:
        done = door.hand_over(leaver.id, receiver.id, [_place_of(key) for key in ticked])
    except Missing:
        abort(404)
    except Refused as refused:
        return _shown(door, leaver, receiver, ticked, _errors(refused.problems)), 422
    _tell(done, receiver)
    return redirect(f"{addresses.hand_over_from(leaver.id, receiver.id)}&{DONE}={done.action or ''}", 303)


def _door() -> HandingOver:
    """The door for handing over, for whoever may use it."""
    found = HandingOver.through(current_records())
    if not found.is_open:
        abort(403)
    return found


def _people(asked: Mapping[str, str]) -> tuple[Account | None, Account | None]:
    """From whom and to whom, as far as it is said; who is not there is answered like an address that is not."""
    return _person(asked.get(FROM, "")), _person(asked.get(TO, ""))


def _person(number: str) -> Account | None:
    if not number:
        return None
    found = next((one for one in workspace().people.all() if str(one.id) == number), None)
    return found or abort(404)


def _place_of(key: str) -> tuple[str, str]:
    entity, _dot, name = key.partition(".")
    return entity, name


def _tell(done: HandedOver, receiver: Account) -> None:
    said = ngettext(
        "%(num)s record is handed over to %(name)s.",
        "%(num)s records are handed over to %(name)s.",
        done.count,
        name=receiver.name,
    )
    notify(said)


def _errors(problems: tuple[Problem, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(problem_text(one) for one in problems))[:MOST_ERRORS]


def _shown(
    door: HandingOver,
    leaver: Account | None,
    receiver: Account | None,
    ticked: list[str] | None = None,
    errors: tuple[str, ...] = (),
) -> str:
    done = request.args.get(DONE, "")
    page = HandOverPage(
        leavers=_options(leaver, active=False),
        receivers=_options(receiver, active=True, but=leaver),
        leaver=str(leaver.id) if leaver else "",
        leaver_name=leaver.name if leaver else "",
        receiver=str(receiver.id) if receiver else "",
        receiver_name=receiver.name if receiver else "",
        lines=_lines(door, leaver, receiver, ticked or []) if leaver and receiver else None,
        undo_url=addresses.undo_of("action", int(done)) if done.isascii() and done.isdigit() and len(done) < 19 else "",
        back_url=_back(leaver),
        errors=errors,
    )
    return render_template("pages/hand_over.html", page=page)


def _back(leaver: Account | None) -> str:
    """The page from which one came: that of the user for those who administer, else one's own account."""
    if not current_rights().may_administer:
        return "/account"
    return f"/users/{leaver.id}" if leaver else "/users"


def _options(chosen: Account | None, *, active: bool, but: Account | None = None) -> tuple[Option, ...]:
    own = signed_in().id
    return tuple(
        Option(str(one.id), _("%(name)s (you)", name=one.name) if one.id == own else one.name, one == chosen)
        for one in workspace().people.all()
        if (one.active or not active) and (but is None or one.id != but.id)
    )


def _lines(door: HandingOver, leaver: Account, receiver: Account, ticked: list[str]) -> tuple[HoldingLine, ...]:
    try:
        found = door.holdings(leaver.id, receiver.id)
    except Missing:
        abort(404)
    return tuple(_line(door, one, receiver, ticked) for one in found)


def _line(door: HandingOver, holding: Holding, receiver: Account, ticked: list[str]) -> HoldingLine:
    place, key = holding.place, ".".join(holding.place.key)
    return HoldingLine(
        key=key,
        records=entity_label(place.entity),
        label=field_label(place.entity, place.field),
        through=_through(door, place),
        count=current_locale().decimal_formatter(0)(holding.count),
        url=_url(place),
        notes=tuple(_notes(holding, receiver)),
        open=holding.possible,
        ticked=key in ticked,
    )


def _through(door: HandingOver, place: Place) -> str:
    if place.target == USERS:
        return ""
    title = door.titles(place.target, [place.leaving]).get(place.leaving, "")
    described = workspace().configuration.entities[place.target]
    return f"{described.label_in(current_language(), place.target)}: {title}"


def _url(place: Place) -> str:
    """The list with all of these records, in a view that leaves none out; lines have no list."""
    described = workspace().configuration.entities[place.entity]
    if described.kind in ("child", "settings"):
        return ""
    whole = next((f"view={name}&" for name, view in described.views.items() if not view.where), "")
    return f"{addresses.list_of(place.entity)}?{whole}f={place.field}:any_of:{place.leaving}"


def _notes(holding: Holding, receiver: Account) -> Iterator[str]:
    place = holding.place
    if place.receiving is None:
        label = workspace().configuration.entities[place.target].label_in(current_language(), place.target)
        yield _("No %(entity)s stands for %(name)s.", entity=label, name=receiver.name)
    if holding.barred:
        yield ngettext("%(num)s is not yours to hand over.", "%(num)s are not yours to hand over.", holding.barred)
    if holding.fixed:
        yield ngettext(
            "%(num)s stays because a condition locks the field.",
            "%(num)s stay because a condition locks the field.",
            holding.fixed,
        )
