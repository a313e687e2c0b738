"""The chart of a report as a file of its own: its colours and letters are inside, so that it looks the same anywhere."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import escape

from runtime_web.views.report import ChartView, Mark

COLORS = (
    *("#2f6fbf", "#e0892b", "#2a9d78", "#b5487a", "#7c62c9", "#9a7b1c"),
    *("#3aa6c4", "#c4552d", "#5f8f2e", "#6b7684", "#d06aa8", "#3f51b5"),
)
"""As on the page, see static/css/report.css."""
HEAD, LINE, MARGIN = 64, 22, 16
NARROWEST = 640
LONGEST = 32
_STYLE = (
    "text { font: 12px system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', Arial, sans-serif; fill: #5b6573; }"
    " .title { font-size: 16px; font-weight: 600; fill: #1d2430; } .said { font-size: 12px; } .entry { fill: #1d2430; }"
    " .line { stroke: #dfe3e8; } .zero { stroke: #b8c0ca; }"
)


def svg_of(title: str, chart: ChartView) -> str:
    """The drawing below what the report and it are called, with what the colours mean beneath."""
    width = max(chart.width, NARROWEST)
    across = max((width - 2 * MARGIN) // _entry(chart), 1)
    height = HEAD + chart.height + -(-len(chart.legend) // across) * LINE + MARGIN
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="title said">',
        f'<title id="title">{escape(title)}</title><desc id="said">{escape(chart.description)}</desc>',
        f"<style>{_STYLE}</style>",
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        f'<text class="title" x="{MARGIN}" y="26">{escape(title)}</text>',
        f'<text class="said" x="{MARGIN}" y="46">{escape(chart.title)}</text>',
        f'<g transform="translate(0 {HEAD})">',
        *_drawing(chart),
        "</g>",
        *_legend(chart, across),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def without_numbers(title: str, said: str) -> str:
    """What is drawn where nothing in a report is a number."""
    return svg_of(title, ChartView(said, said, 480, MARGIN, (), (), (), ()))


def _drawing(chart: ChartView) -> Iterator[str]:
    for left, right, y, kind in chart.lines:
        yield f'<line class="{escape(f"line {kind}".strip())}" x1="{left}" x2="{right}" y1="{y}" y2="{y}"/>'
    for mark in chart.marks:
        yield _mark(mark, heat=not chart.lines and mark.shape == "rect")
    for text in chart.captions:
        turned = f' transform="rotate({text.turned} {text.x} {text.y})"' if text.turned else ""
        yield f'<text x="{text.x}" y="{text.y}" text-anchor="{text.anchor}"{turned}>{escape(text.text)}</text>'


def _mark(mark: Mark, *, heat: bool) -> str:
    """A shape, with what it stands for to point at."""
    tag = "path" if mark.shape in ("area", "slice") else mark.shape
    places = "".join(f' {name}="{escape(value)}"' for name, value in mark.attributes)
    return f"<{tag}{places} {_ink(mark, heat=heat)}><title>{escape(mark.text)}</title></{tag}>"


def _ink(mark: Mark, *, heat: bool) -> str:
    color = COLORS[mark.series % len(COLORS)]
    if heat:
        return f'fill="{COLORS[0]}" fill-opacity="{max(mark.strength / 10, 0.04):.2f}"'
    if mark.shape == "path":
        return f'fill="none" stroke="{color}" stroke-width="2"'
    if mark.shape == "area":
        return f'fill="{color}" fill-opacity="0.22"'
    return f'fill="{color}" stroke="#ffffff" stroke-width="1"'


def _entry(chart: ChartView) -> int:
    """The room of one entry of the legend, by the longest of them."""
    longest = max((len(text) for _, text in chart.legend), default=0)
    return 40 + 7 * min(longest, LONGEST)


def _legend(chart: ChartView, across: int) -> Iterator[str]:
    """A square of each colour with what it means, in lines."""
    for at, (series, text) in enumerate(chart.legend):
        x, y = MARGIN + at % across * _entry(chart), HEAD + chart.height + at // across * LINE
        shown = text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
        yield f'<rect x="{x}" y="{y}" width="12" height="12" rx="3" fill="{COLORS[series % len(COLORS)]}"/>'
        yield f'<text class="entry" x="{x + 18}" y="{y + 10}">{escape(shown)}</text>'
