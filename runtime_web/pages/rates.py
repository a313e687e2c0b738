"""Exchange rates, for administrators: the table, one rate, and rates out of a file."""

from __future__ import annotations

import datetime as dt
import io
import tempfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from flask import Blueprint, Response, abort, redirect, render_template, request, send_file
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from engine.exchange import BadCell, ImportResult, read_sheet
from engine.fields.currency import CurrencyField
from engine.fields.locale import locale_for
from engine.files.names import clean_name
from engine.problems import Refused
from engine.rates import Entry, ExchangeRates, Rate
from engine.rates.door import PAGE_SIZE
from engine.rates.entry import FIELDS, fields_of_rates
from runtime_web.access import needs
from runtime_web.i18n import gettext as _
from runtime_web.i18n import ngettext, problem_hint, problem_text
from runtime_web.notices import notify
from runtime_web.pages.account import errors_of
from runtime_web.request import current_locale, current_principal, workspace
from runtime_web.views.rates import BadRate, RateLine, RatePage, RatesImportPage, RatesPage

blueprint = Blueprint("rates", __name__, url_prefix="/rates")

SHOWN = 50
"""So many cells of a file are complained about at once."""


@blueprint.get("")
@needs("rates")
def table() -> str:
    """The table, the newest first."""
    rates, locale = _rates(), current_locale()
    number = min(max(request.args.get("page", 1, int), 1), 100_000)
    found = rates.page(number)
    page = RatesPage(
        rates=tuple(_line(rate, rates.own) for rate in found.rates),
        own=rates.own,
        count=locale.decimal_formatter(0)(found.count),
        previous_url=f"/rates?page={number - 1}" if number > 1 else "",
        next_url=f"/rates?page={number + 1}" if number * PAGE_SIZE < found.count else "",
    )
    return render_template("pages/rates.html", page=page)


@blueprint.get("/new")
@needs("rates")
def new() -> str:
    """The form for a new rate, of today unless somebody says otherwise."""
    return _form(Entry(date=current_locale().today().isoformat()))


@blueprint.post("/new")
@needs("rates")
def add() -> ResponseReturnValue:
    """Enter a rate; in the place of one of the same currency and day."""
    return _set(None)


@blueprint.get("/<currency>/<day>")
@needs("rates")
def one(currency: str, day: str) -> str:
    """The form of a rate that is there."""
    rate, locale = _known(currency, day), current_locale()
    values = {name: field.entry(getattr(rate, name), locale) for name, field in fields_of_rates().items()}
    return _form(Entry(**values), rate)


@blueprint.post("/<currency>/<day>")
@needs("rates")
def change(currency: str, day: str) -> ResponseReturnValue:
    """Change a rate, its currency or its day."""
    return _set(_known(currency, day))


@blueprint.post("/<currency>/<day>/delete")
@needs("rates")
def delete(currency: str, day: str) -> ResponseReturnValue:
    """Remove a rate; the one before it holds again."""
    rates, rate = _rates(), _known(currency, day)
    rates.remove(rate.currency, rate.date)
    notify(_("Deleted: %(what)s", what=_told(rate, rates.own)), undo=f"/rates/{_key(rate)}/restore/{rate.rate:f}")
    return redirect("/rates", 303)


@blueprint.post("/<currency>/<day>/restore/<rate>")
@needs("rates")
def restore(currency: str, day: str, rate: str) -> ResponseReturnValue:
    """Bring back a rate that was removed."""
    with suppress(Refused):
        _rates().set(Entry(currency, day, rate), locale_for("en"))
    return redirect("/rates", 303)


@blueprint.get("/import")
@needs("rates")
def ask_for_file() -> str:
    """The form for a file of rates."""
    return render_template("pages/rates_import.html", page=RatesImportPage(_rates().own))


@blueprint.post("/import")
@needs("rates")
def take_file() -> ResponseReturnValue:
    """Enter all rates of a file, or none."""
    file, page = request.files.get("file"), RatesImportPage(_rates().own)
    if file is None or not file.filename:
        return _refused(replace(page, error=_("Choose a file.")))
    try:
        result = _imported(file, file.filename)
    except Refused as refused:
        said = " ".join(f"{problem_text(one)} {problem_hint(one)}".strip() for one in refused.problems[:3])
        return _refused(replace(page, error=said))
    if result.bad:
        return _refused(_bad(page, result))
    entered = result.added + result.updated
    notify(ngettext("%(num)s rate is entered.", "%(num)s rates are entered.", entered))
    return redirect("/rates", 303)


@blueprint.get("/template.csv")
@needs("rates")
def template() -> Response:
    """A file with the headings, to be filled in."""
    language = current_locale().language
    headings = ",".join(field.label_in(language, name) for name, field in fields_of_rates().items())
    example = "CHF" if _rates().own == "USD" else "USD"
    text = f"{headings}\r\n{example},{current_locale().today().isoformat()},1\r\n"
    content = io.BytesIO(text.encode("utf-8-sig"))
    response = send_file(content, "text/csv; charset=utf-8", as_attachment=True, download_name="rates.csv")
    response.headers["Cache-Control"] = "no-store"
    return response


def _rates() -> ExchangeRates:
    held = workspace()
    return ExchangeRates(held.database, held.tables, current_principal())


def _known(currency: str, day: str) -> Rate:
    try:
        found = _rates().get(currency, dt.date.fromisoformat(day))
    except ValueError:
        found = None
    if found is None:
        abort(404)
    return found


def _set(before: Rate | None) -> ResponseReturnValue:
    entry = Entry(*(request.form.get(name, "") for name in FIELDS))
    try:
        rate, _replaced = _rates().set(entry, current_locale(), before)
    except Refused as refused:
        return _form(entry, before, errors_of(refused)), 422
    notify(_("From %(date)s: %(rate)s", date=current_locale().show_date(rate.date), rate=_told(rate, _rates().own)))
    return redirect("/rates", 303)


def _form(entry: Entry, rate: Rate | None = None, errors: dict[str, str] | None = None) -> str:
    own, field = _rates().own, fields_of_rates()["currency"]
    assert isinstance(field, CurrencyField)
    currencies = tuple(choice for choice in field.choices(current_locale()) if choice[0] != own)
    key = _key(rate) if rate else ""
    page = RatePage(own, currencies, entry.currency, entry.date, entry.rate, key, errors or {})
    return render_template("pages/rate.html", page=page)


def _imported(file: FileStorage, name: str) -> ImportResult:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / clean_name(name)
        file.save(path)
        return _rates().import_sheet(read_sheet(path), current_locale())


def _refused(page: RatesImportPage) -> ResponseReturnValue:
    return render_template("pages/rates_import.html", page=page), 422


def _bad(page: RatesImportPage, result: ImportResult) -> RatesImportPage:
    left = len(result.bad) - SHOWN
    more = ngettext("and %(num)s more", "and %(num)s more", left) if left > 0 else ""
    error = _("Nothing was imported. Correct these cells and choose the file again.")
    return replace(page, error=error, bad=tuple(map(_bad_rate, result.bad[:SHOWN])), more=more)


def _bad_rate(bad: BadCell) -> BadRate:
    reason = f"{problem_text(bad.problem)} {problem_hint(bad.problem)}".strip()
    return BadRate(bad.row, f"{bad.letters} ({bad.column})", bad.value, reason)


def _key(rate: Rate) -> str:
    return f"{rate.currency}/{rate.date.isoformat()}"


def _line(rate: Rate, own: str) -> RateLine:
    locale = current_locale()
    name = str(locale.babel.currencies.get(rate.currency, rate.currency))
    return RateLine(rate.currency, name, locale.show_date(rate.date), _told(rate, own), _key(rate))


def _told(rate: Rate, own: str) -> str:
    """The rate as an equation: 1 USD = 0.92 EUR."""
    shown = fields_of_rates()["rate"].formatter(current_locale())(rate.rate)
    return f"1\u00a0{rate.currency} = {shown}\u00a0{own}"
