"""The shapes of charts: numbers become rectangles, lines and slices in a plane of 960 by 420, or as large as asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from math import ceil, cos, floor, log10, pi, sin

from engine.model.report import ChartKind
from runtime_web.reports.amounts import Write
from runtime_web.views.report import Caption, Mark

WIDTH, HEIGHT = 960, 420
Room = tuple[int, int]
USUAL_ROOM: Room = WIDTH, HEIGHT
LEFT, RIGHT, TOP, BOTTOM = 96, 16, 16, 92
STEPS = 5
Numbers = tuple[Decimal | None, ...]
Lines = tuple[tuple[str, str, str, str], ...]
Parts = tuple[int, int, Lines, tuple[Caption, ...], tuple[Mark, ...], tuple[tuple[int, str], ...]]
LONGEST_TEXT = 18


@dataclass(frozen=True)
class Drawing:
    """What is to be drawn: places along the chart, named series of numbers, how a number is written, and in which room."""

    places: tuple[str, ...]
    series: tuple[tuple[str, Numbers], ...]
    write: Write
    width: int = WIDTH
    height: int = HEIGHT

    @cached_property
    def step(self) -> float:
        """How far the lines of the scale are from each other: 1, 2 or 5 times a power of ten."""
        low, high = self.span
        raw = (high - low) / STEPS or 1.0
        power = 10.0 ** floor(log10(raw))
        return next(size * power for size in (1, 2, 5, 10) if size * power >= raw)

    @cached_property
    def span(self) -> tuple[float, float]:
        """The smallest and the largest number; nothing is always among them."""
        numbers = [float(number) for _name, found in self.series for number in found if number is not None]
        return min(0.0, *numbers), max(0.0, *numbers)

    @property
    def slot(self) -> float:
        """The room of one place."""
        return (self.width - LEFT - RIGHT) / max(len(self.places), 1)

    def named(self, series: int, place: int, number: Decimal) -> str:
        """What a shape stands for."""
        names = (self.places[place], self.series[series][0] if len(self.series) > 1 else "")
        return f"{' · '.join(filter(None, names))}: {self.write(number)}"

    def numbers(self) -> Iterator[tuple[int, int, Decimal]]:
        """Every number with its series and its place."""
        for at, (_name, found) in enumerate(self.series):
            yield from ((at, place, number) for place, number in enumerate(found) if number is not None)


def draw(kind: ChartKind, drawing: Drawing) -> Parts:
    """Everything of a chart but its title and description."""
    made: Mapping[ChartKind, Callable[[Drawing], Parts]] = {
        "bar": _bars,
        "stacked": _stacked,
        "line": lambda drawing: _lines(drawing, filled=False),
        "area": lambda drawing: _lines(drawing, filled=True),
        "pie": _pie,
        "heat_map": _heat_map,
    }
    return made[kind](drawing)


def _at(number: float) -> str:
    return f"{number:.1f}".rstrip("0").rstrip(".")


@dataclass(frozen=True)
class _Scale:
    """Where numbers stand from the bottom to the top."""

    low: float
    high: float
    height: int

    def y(self, number: float) -> float:
        return TOP + (self.high - number) / ((self.high - self.low) or 1) * (self.height - TOP - BOTTOM)


def _scale(drawing: Drawing) -> _Scale:
    low, high = drawing.span
    top = ceil(high / drawing.step) * drawing.step or drawing.step
    return _Scale(floor(low / drawing.step) * drawing.step, top, drawing.height)


def _framed(drawing: Drawing, scale: _Scale, marks: Iterator[Mark]) -> Parts:
    ticks = round((scale.high - scale.low) / drawing.step)
    values = [scale.low + drawing.step * at for at in range(ticks + 1)]
    lines = tuple(
        (_at(LEFT), _at(drawing.width - RIGHT), _at(scale.y(value)), "zero" if value == 0 else "") for value in values
    )
    written = tuple(
        Caption(drawing.write(Decimal(f"{value:.6g}")), _at(LEFT - 8), _at(scale.y(value) + 4), "end")
        for value in values
    )
    return drawing.width, drawing.height, lines, (*written, *_place_names(drawing)), tuple(marks), _legend(drawing)


def _place_names(drawing: Drawing) -> Iterator[Caption]:
    """The names below the chart: turned where they would not fit, some left out where there are too many."""
    longest = max((len(place) for place in drawing.places), default=0)
    turned = longest * 7 > drawing.slot
    every = max(ceil(16 / drawing.slot), 1)
    for at, place in enumerate(drawing.places):
        if at % every == 0:
            text = place if len(place) <= LONGEST_TEXT else place[: LONGEST_TEXT - 1] + "…"
            x = LEFT + drawing.slot * (at + 0.5)
            yield Caption(
                text, _at(x), _at(drawing.height - BOTTOM + 18), "end" if turned else "middle", -35 if turned else 0
            )


def _legend(drawing: Drawing) -> tuple[tuple[int, str], ...]:
    return tuple((at, name) for at, (name, _numbers) in enumerate(drawing.series)) if len(drawing.series) > 1 else ()


def _rectangle(x: float, y: float, width: float, height: float) -> tuple[tuple[str, str], ...]:
    return ("x", _at(x)), ("y", _at(y)), ("width", _at(max(width, 0.5))), ("height", _at(max(height, 0.5)))


def _bars(drawing: Drawing) -> Parts:
    scale, count = _scale(drawing), len(drawing.series)
    room = drawing.slot * 0.8 / count

    def marks() -> Iterator[Mark]:
        for series, place, number in drawing.numbers():
            x = LEFT + drawing.slot * (place + 0.1) + room * series
            top, bottom = sorted((scale.y(float(number)), scale.y(0)))
            shape = _rectangle(x, top, min(room * 0.94, 64), bottom - top)
            yield Mark("rect", shape, series, drawing.named(series, place, number))

    return _framed(drawing, scale, marks())


def _stacked(drawing: Drawing) -> Parts:
    """Numbers of a place one above the other, those below zero downwards."""
    tops, bottoms = [0.0] * len(drawing.places), [0.0] * len(drawing.places)
    found: list[tuple[int, int, Decimal, float, float]] = []
    for series, place, number in drawing.numbers():
        pile = tops if number >= 0 else bottoms
        found.append((series, place, number, pile[place], pile[place] + float(number)))
        pile[place] += float(number)
    whole = Drawing(
        drawing.places,
        (("", tuple(Decimal(top) for top in tops)), ("", tuple(Decimal(bottom) for bottom in bottoms))),
        drawing.write,
        drawing.width,
        drawing.height,
    )
    scale = _scale(whole)

    def marks() -> Iterator[Mark]:
        for series, place, number, begin, end in found:
            top, bottom = sorted((scale.y(begin), scale.y(end)))
            width = min(drawing.slot * 0.8, 64)
            x = LEFT + drawing.slot * (place + 0.5) - width / 2
            yield Mark("rect", _rectangle(x, top, width, bottom - top), series, drawing.named(series, place, number))

    framed = _framed(whole, scale, marks())
    return (*framed[:5], _legend(drawing))


def _lines(drawing: Drawing, *, filled: bool) -> Parts:
    scale = _scale(drawing)

    def marks() -> Iterator[Mark]:
        for series, (name, numbers) in enumerate(drawing.series):
            points = [
                (LEFT + drawing.slot * (place + 0.5), scale.y(float(number)))
                for place, number in enumerate(numbers)
                if number is not None
            ]
            if points:
                path = "M" + " L".join(f"{_at(x)} {_at(y)}" for x, y in points)
                if filled:
                    zero = _at(scale.y(0))
                    area = f"{path} L{_at(points[-1][0])} {zero} L{_at(points[0][0])} {zero} Z"
                    yield Mark("area", (("d", area),), series, name)
                yield Mark("path", (("d", path),), series, name)
        for series, place, number in drawing.numbers():
            x, y = LEFT + drawing.slot * (place + 0.5), scale.y(float(number))
            yield Mark(
                "circle", (("cx", _at(x)), ("cy", _at(y)), ("r", "3.5")), series, drawing.named(series, place, number)
            )

    return _framed(drawing, scale, marks())


def _pie(drawing: Drawing) -> Parts:
    """Slices from the top around; nothing below zero has one."""
    numbers = [(place, number) for _series, place, number in drawing.numbers() if number > 0]
    whole = float(sum(number for _place, number in numbers)) or 1.0
    x, y, radius, turned, marks = 220.0, HEIGHT / 2, 180.0, -pi / 2, []
    for at, (place, number) in enumerate(numbers):
        angle = min(float(number) / whole * 2 * pi, 2 * pi - 0.0001)
        begin, end = (x + radius * cos(turned), y + radius * sin(turned)), turned + angle
        close = (x + radius * cos(end), y + radius * sin(end))
        path = (
            f"M{_at(x)} {_at(y)} L{_at(begin[0])} {_at(begin[1])} "
            f"A{_at(radius)} {_at(radius)} 0 {int(angle > pi)} 1 {_at(close[0])} {_at(close[1])} Z"
        )
        marks.append(Mark("slice", (("d", path),), at % 12, drawing.named(0, place, number)))
        turned = end
    legend = tuple((at % 12, drawing.named(0, place, number)) for at, (place, number) in enumerate(numbers))
    return 440, HEIGHT, (), (), tuple(marks), legend


def _heat_map(drawing: Drawing) -> Parts:
    """A square for each number, the stronger the larger it is."""
    low, high = drawing.span
    line = min(max((drawing.height - TOP - BOTTOM) / max(len(drawing.series), 1), 18), 40)
    height = round(TOP + line * len(drawing.series) + BOTTOM)
    marks = tuple(
        Mark(
            "rect",
            _rectangle(LEFT + drawing.slot * place, TOP + line * series, drawing.slot - 1, line - 1),
            0,
            drawing.named(series, place, number),
            round((float(number) - low) / ((high - low) or 1) * 10),
        )
        for series, place, number in drawing.numbers()
    )
    names = tuple(
        Caption(name[:13], _at(LEFT - 8), _at(TOP + line * (at + 0.5) + 4), "end")
        for at, (name, _numbers) in enumerate(drawing.series)
    )
    below = tuple(
        Caption(one.text, one.x, _at(height - BOTTOM + 18), one.anchor, one.turned) for one in _place_names(drawing)
    )
    return drawing.width, height, (), (*names, *below), marks, ()
