"""What stands in the four wells of the designer, with the settings of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from engine.expressions.reached import reached
from engine.expressions.reports import aggregate_of, runs_on
from engine.expressions.routes import currency_path
from engine.fields.choice import Choosing as ChoosingField
from engine.fields.currency import CurrencyField
from engine.fields.label import text_in
from engine.fields.locale import Locale
from engine.model.report import Aggregate, Dimension, Filter, Measure, Report
from engine.problems import Unfit
from engine.records import Records
from runtime_web import addresses
from runtime_web.i18n import gettext as _
from runtime_web.lists.state import WITHOUT_VALUE, condition_of
from runtime_web.lists.words import filter_text
from runtime_web.reports.amounts import aggregate_words, shown_words, value_label
from runtime_web.reports.asking import sentences
from runtime_web.reports.fields import kind_of
from runtime_web.reports.filtering import NEUTRAL
from runtime_web.reports.hierarchies import called
from runtime_web.reports.offered import wrong_chips
from runtime_web.reports.paths import End, end_of
from runtime_web.reports.periods import part_words
from runtime_web.reports.table import dimension_label
from runtime_web.span_words import span_words
from runtime_web.views.designing import Chip, Choosing, Option, Picking, Ticking, Typing, Well, Wells

DEEPEST = 4
"""Levels of a hierarchy to which one more may be added."""
FROM, UNTIL = ("ge", "from", "between"), ("le", "until", "between")


@dataclass(frozen=True)
class Welling:
    """Makes the wells of one report, for one reader."""

    records: Records
    report: Report
    locale: Locale

    def wells(self) -> Wells:
        """All four, and the totals."""
        report, totals = self.report, self.report.totals
        wrong = {at: sentences((found,))[0] for at, found in wrong_chips(self.records, report).items()}
        filters = tuple(self._filter(name, one) for name, one in report.filters.items())
        columns = tuple(self._dimension("columns", at, one) for at, one in enumerate(report.columns))
        rows = tuple(self._dimension("rows", at, one) for at, one in enumerate(report.rows))
        values = tuple(self._value(name, one) for name, one in report.values.items() if not one.hidden)
        return Wells(
            (
                Well("filters", _("Filters"), _("All records"), "filter", _marked(filters, wrong)),
                Well("columns", _("Columns"), _("Side by side, such as months"), "columns", _marked(columns, wrong)),
                Well("rows", _("Rows"), _("One below the other, such as cities"), "list-details", _marked(rows, wrong)),
                Well("values", _("Values"), _("Number of records"), "math", _marked(values, wrong)),
            ),
            (
                Ticking("totals.rows", _("Line with the total"), totals.rows),
                Ticking("totals.columns", _("Column with the total"), totals.columns),
            ),
        )

    def _end(self, path: str) -> End:
        return end_of(self.records.configuration, self.report.of, path, self.locale.language)

    def _text(self, label: object) -> str:
        return text_in(label, self.locale.language, "") if label else ""  # type: ignore[arg-type]

    # Dimensions

    def _dimension(self, well: str, at: int, one: Dimension) -> Chip:
        end = self._end(one.field)
        kind = kind_of(end.kind) if not end.target else "other"
        return Chip(
            well,
            str(at),
            one.field,
            kind,
            self._called(one),
            _hint(end),
            tuple(self._chosen_of_dimension(one, kind, end)),
            tuple(self._typed_of_dimension(one, kind)),
            tuple(self._ticked_of_dimension(well, at, one)),
            levels="year quarter month" if kind == "date" and not one.below else "",
            nests=at > 0 and len(getattr(self.report, well)[at - 1].below) < DEEPEST,
            apart=bool(one.below),
        )

    def _called(self, one: Dimension) -> str:
        label = called if one.below else dimension_label
        return label(self.records.configuration, self.report, one, self.locale.language)

    def _chosen_of_dimension(self, one: Dimension, kind: str, end: End) -> Iterator[Choosing]:
        if kind == "date" and not one.below:
            parts = [option for option in part_words().items() if option[0] != "hour" or end.kind == "datetime"]
            yield Choosing("by", _("Part of the date"), (("", _("The day itself")), *parts), one.by or "")
        yield Choosing("sort", _("Sort"), tuple(self._sorts()), one.sort or "")

    def _sorts(self) -> Iterator[Option]:
        yield "", _("By name")
        yield "-label", _("By name, last first")
        for name in self.report.values:
            label = value_label(self.records.configuration, self.report, name, self.locale.language)
            yield f"-{name}", _("Largest first: %(value)s", value=label)
            yield name, _("Smallest first: %(value)s", value=label)

    def _typed_of_dimension(self, one: Dimension, kind: str) -> Iterator[Typing]:
        if kind == "number":
            bounds = "; ".join(f"{bound:f}" for bound in one.ranges)
            yield Typing("ranges", _("Ranges between, such as 100; 1000"), bounds, "list")
        yield Typing("top.n", _("Only so many largest"), str(one.top.n) if one.top else "", "number")
        yield Typing("label", _("Own name"), self._text(one.label))

    def _ticked_of_dimension(self, well: str, at: int, one: Dimension) -> Iterator[Ticking]:
        if one.top:
            yield Ticking("top.others", _("All others together"), one.top.others)
            yield Ticking("top.bottom", _("The smallest instead"), one.top.bottom)
        if at + 1 < len(getattr(self.report, well)) or one.below:
            yield Ticking("subtotals", _("Subtotals"), one.subtotals)
        if one.by:
            yield Ticking("fill", _("Also periods without records"), one.fill)

    # Values

    def _value(self, name: str, one: Measure) -> Chip:
        end = self._end(one.field) if one.field else None
        label = value_label(self.records.configuration, self.report, name, self.locale.language)
        computed = one.formula is not None
        return Chip(
            "values",
            name,
            one.field or "",
            kind_of(end.kind) if end else "number",
            label,
            _hint(end) if end else "",
            tuple(self._chosen_of_value(one, end)),
            (
                *self._computed_by(name, one),
                Typing("label", _("Own name"), self._text(one.label)),
                Typing("decimals", _("Decimals"), "" if one.decimals is None else str(one.decimals), "number"),
            ),
            currency=self._currency(one),
            shared=not computed and one.show_as is None and not self._has_share(one),
        )

    def _computed_by(self, name: str, one: Measure) -> Iterator[Typing]:
        """What computes a value that is no field."""
        if one.formula is not None:
            configuration, language = self.records.configuration, self.locale.language
            others = tuple(
                (other, value_label(configuration, self.report, other, language))
                for other, measure in self.report.values.items()
                if measure.formula is None and other != name
            )
            said = _("Computed of other values at every level, such as margin / turnover.")
            yield Typing("formula", _("Formula"), one.formula, help=said, names=others)
        elif one.expression is not None:
            said = _("Computed of each record, such as price * quantity: names of fields, or their labels in braces.")
            yield Typing("expression", _("Expression"), one.expression, help=said)

    def _currency(self, one: Measure) -> str:
        """Where the currencies of a value's amounts stand, unless the report is by them already."""
        path = currency_path(self.records.configuration, self.report.of, one.field) if one.field else ""
        by = {dimension.field for dimension in (*self.report.rows, *self.report.columns)}
        return "" if path in by else path

    def _has_share(self, one: Measure) -> bool:
        share = one.model_copy(update={"show_as": "percent_of_total"})
        return share in self.report.values.values()

    def _chosen_of_value(self, one: Measure, end: End | None) -> Iterator[Choosing]:
        if one.formula is None and (end is not None or one.expression):
            words = aggregate_words()
            numeric = end is None or (kind_of(end.kind) == "number" and not end.target)
            offered = dict(words) if numeric else {one: words[one] for one in _of_anything(end)}
            yield Choosing(
                "aggregate",
                _("What is done with it"),
                tuple(offered.items()),
                aggregate_of(self.records.configuration, self.report.of, one),
            )
        plain = one.model_copy(update={"show_as": None})
        runs = runs_on(self.records.configuration, self.report, plain)
        offered_as = ((key, text) for key, text in shown_words().items() if runs or key != "running_total")
        shown = (("", _("As it is")), *offered_as)
        yield Choosing("show_as", _("Show as"), shown, one.show_as or "")
        scales = (("", _("Plain")), ("shades", _("Shades from low to high")), ("bars", _("Bars")))
        yield Choosing("scale", _("Background"), scales, one.scale or "")

    # Filters

    def _filter(self, name: str, one: Filter) -> Chip:
        end = self._end(one.field)
        kind = kind_of(end.kind) if not end.target else "other"
        label = self._text(one.label) or end.labels[-1]
        picking = self.picking(one, end, label)
        said = self._said_by(one, picking)
        chosen = (Choosing("during", _("When"), (("", _("At any time")), *span_words().items()), one.during or ""),)
        return Chip(
            "filters",
            name,
            one.field,
            kind,
            f"{label}: {said}" if said else label,
            _hint(end),
            chosen if kind == "date" else (),
            () if picking else tuple(bounds(one, kind)),
            (Ticking("ask", _("Ask for it when the report opens"), one.ask),),
            picking=picking,
            narrows=bool(said),
        )

    def _said_by(self, one: Filter, picking: Picking | None) -> str:
        """What a filter lets through, in a few words; "" where it lets everything through."""
        if one.during:
            return span_words()[one.during]
        if picking:
            return ", ".join(text for value, text in picking.options if value in picking.chosen)
        reach = reached(self.records.configuration, self.report.of, one.field)
        if reach is None or not (one.values or one.operator in WITHOUT_VALUE):
            return ""
        try:
            found = condition_of(reach, one.operator or reach.comparisons[0], list(one.values), NEUTRAL)
        except Unfit:
            # The result says it.
            return ""
        said = filter_text(found, "", reach.field, self.locale, {}) if found else ""
        return said.removeprefix(": ")

    def picking(self, one: Filter, end: End, label: str) -> Picking | None:
        """What a filter is chosen from; None where its values are typed."""
        chosen, locale = frozenset(one.values), self.locale
        if end.target:
            keys = [int(text) for text in one.values if text.isascii() and text.isdigit() and len(text) < 19]
            titles = self.records.titles(end.target, keys)
            options = tuple((str(key), titles[key]) for key in keys if key in titles)
            return Picking(label, options, chosen, addresses.lookup_of(end.target))
        if isinstance(end.field, ChoosingField):
            return Picking(
                label, tuple((one.value, one.label_in(locale.language)) for one in end.field.options), chosen
            )
        if isinstance(end.field, CurrencyField):
            return Picking(label, end.field.choices(locale), chosen)
        if end.kind == "boolean":
            return Picking(label, (("true", _("Yes")), ("false", _("No"))), chosen)
        return None


def _marked(chips: tuple[Chip, ...], wrong: Mapping[tuple[str, str], str]) -> tuple[Chip, ...]:
    return tuple(replace(chip, fault=wrong.get((chip.well, chip.at), "")) for chip in chips)


def _hint(end: End) -> str:
    return " → ".join(end.labels)


def _of_anything(end: End | None) -> tuple[Aggregate, ...]:
    dated = end is not None and kind_of(end.kind) == "date"
    return ("count", "distinct", "min", "max", "first", "last") if dated else ("count", "distinct")


def bounds(one: Filter, kind: str) -> Iterator[Typing]:
    """What is typed into a filter: from and until, or a part of the text."""
    if kind == "other":
        yield Typing("contains", _("Contains"), one.values[0] if one.values else "")
        return
    first = one.values[0] if one.values and one.operator in FROM else ""
    last = one.values[-1] if one.values and one.operator in UNTIL else ""
    yield Typing("from", _("From"), first, kind)
    yield Typing("until", _("Until"), last, kind)
