"""What ruamel.yaml's errors mean, said to somebody who has never heard of a scanner.

Most are one of a dozen slips: a tab, a colon inside a text, a quote that is not closed, a text that begins with a
sign that YAML keeps for itself. Each slip is a function that recognises it; the first that does explains the error.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.reader import ReaderError

from engine.config.nodes import Node, Scalar
from engine.config.source import Source
from engine.problems import Problem, problem

_KEY_WITHOUT_SPACE = re.compile(r"\s*(?:- )?[\w-]+:[^\s:]")
_CANNOT_START = re.compile(r"found character '(.)' that cannot start", re.DOTALL)


@dataclass(frozen=True)
class _Error:
    """A ruamel error with its two offsets, and what was read last before it."""

    source: Source
    context: str
    message: str
    start: int
    at: int
    last: Node | None

    def found(self, code: str, start: int, end: int, **params: str | int) -> Problem:
        return problem(code, place=self.source.place(start, end), path=(), **params)

    def here(self, code: str, **params: str | int) -> Problem:
        return self.found(code, self.at, self.at + 1, **params)

    def line_before(self, offset: int) -> str:
        """The line in which `offset` stands, as far as `offset`."""
        return self.source.text[self.source.line_start(offset) : offset]

    def rest(self, offset: int) -> int:
        """The end of the text that begins at `offset`, without the blanks and comment behind it."""
        line = self.source.text[offset : self.source.line_end(offset)]
        return offset + max(len(re.split(r"\s#", line)[0].rstrip()), 1)

    @property
    def sign(self) -> str:
        return self.source.text[self.at : self.at + 1]


def explain(error: YAMLError, source: Source, last: Node | None) -> Problem:
    """The Problem that an error of the YAML library stands for; `last` is the node read before it."""
    if isinstance(error, ReaderError):
        code = f"U+{ord(source.text[error.position]):04X}"
        return problem("yaml-character", place=source.place(error.position, error.position + 1), character=code)
    if not isinstance(error, MarkedYAMLError) or error.problem_mark is None:
        return problem("yaml-syntax", place=source.place(0, 0), reason=type(error).__name__)
    context = error.context_mark or error.problem_mark
    seen = _Error(
        source,
        str(error.context or ""),
        str(error.problem or ""),
        min(context.index, len(source.text)),
        min(error.problem_mark.index, len(source.text)),
        last,
    )
    for slip in _SLIPS:
        recognised = slip(seen)
        if recognised:
            return recognised
    return seen.here("yaml-syntax", reason=seen.message)


def _tab(seen: _Error) -> Problem | None:
    is_tab = seen.sign == "\t" and "cannot start any token" in seen.message
    return seen.here("yaml-tab") if is_tab or "tab character" in seen.message else None


def _anchor(seen: _Error) -> Problem | None:
    if seen.context not in {"while scanning an alias", "while scanning an anchor"}:
        return None
    if seen.line_before(seen.start).rstrip().endswith(("'", '"', "]", "}")):
        return seen.found("yaml-text-after-value", seen.start, seen.rest(seen.start))
    return seen.found("yaml-anchor", seen.start, seen.rest(seen.start))


def _tag(seen: _Error) -> Problem | None:
    if "tag" not in seen.context:
        return None
    end = seen.rest(seen.start)
    return seen.found("yaml-tag", seen.start, end, tag=seen.source.text[seen.start : end])


def _directive(seen: _Error) -> Problem | None:
    if "directive" in seen.context or "directive" in seen.message:
        return seen.found("yaml-directive", seen.start, seen.rest(seen.start))
    if "<document start>" not in seen.message:
        return None
    percent = re.search(r"^%", seen.source.text, re.MULTILINE)
    if percent:
        return seen.found("yaml-directive", percent.start(), seen.rest(percent.start()))
    return seen.found("yaml-indentation", seen.at, seen.rest(seen.at))


def _start_character(seen: _Error) -> Problem | None:
    reserved = _CANNOT_START.search(seen.message)
    if reserved:
        return seen.found("yaml-value-start", seen.at, seen.rest(seen.at), sign=reserved[1])
    if "block scalar" in seen.context:
        sign = seen.source.text[seen.start : seen.start + 1]
        return seen.found("yaml-value-start", seen.start, seen.rest(seen.start), sign=sign)
    if "expected the node content" in seen.message or "mapping keys are not allowed" in seen.message:
        return seen.found("yaml-value-start", seen.at, seen.rest(seen.at), sign=seen.sign)
    return None


def _dash(seen: _Error) -> Problem | None:
    if "sequence entries are not allowed" in seen.message:
        return seen.found("yaml-list-after-key", seen.at, seen.rest(seen.at))
    return None


def _escape(seen: _Error) -> Problem | None:
    if "double-quoted" in seen.context and "escape" in seen.message:
        start = seen.source.text.rfind("\\", 0, seen.at)
        escape = seen.source.text[start : start + 2]
        return seen.found("yaml-escape", start, start + 2, escape=escape)
    return None


def _open_quote(seen: _Error) -> Problem | None:
    if "quoted scalar" in seen.context and "unexpected" in seen.message:
        return seen.found("yaml-quote-open", seen.start, seen.start + 1)
    last = seen.last
    if isinstance(last, Scalar) and last.style in {"'", '"'}:
        text = seen.source.text[last.start : last.end]
        # A quote that is not closed swallows text up to the next quote, lines below.
        if "\n" in text and seen.source.line_start(last.end) == seen.source.line_start(seen.at):
            return seen.found("yaml-quote-open", last.start, last.start + 1)
    return None


def _colon(seen: _Error) -> Problem | None:
    if "mapping values are not allowed" not in seen.message:
        return None
    above = seen.source.line_start(max(seen.source.line_start(seen.at) - 1, 0))
    if _KEY_WITHOUT_SPACE.match(seen.source.text, above) and above != seen.source.line_start(seen.at):
        return seen.found("yaml-colon-without-space", above, seen.rest(above))
    line = seen.line_before(seen.at)
    if re.search(r":\s", line) or re.search(r":\s*['\"]", line):
        return seen.here("yaml-colon-in-value")
    start = seen.at - len(line.lstrip())
    return seen.found("yaml-indentation", start, seen.at)


def _line_without_colon(seen: _Error) -> Problem | None:
    if "could not find expected ':'" not in seen.message:
        return None
    end = seen.rest(seen.start)
    word = seen.source.text[seen.start : end]
    if re.match(r"-[^\s-]", word):
        return seen.found("yaml-dash-without-space", seen.start, end)
    if ":" in word:
        return seen.found("yaml-colon-without-space", seen.start, end)
    return seen.found("yaml-line-without-colon", seen.start, end)


def _bracket(seen: _Error) -> Problem | None:
    if not seen.message.startswith("expected ',' or"):
        return None
    is_further_down = seen.source.line_start(seen.start) != seen.source.line_start(seen.at)
    if is_further_down or seen.message.endswith(("'}'", "']'", "end>'")):
        return seen.found("yaml-bracket-open", seen.start, seen.start + 1)
    if "<scalar>" in seen.message:
        return seen.found("yaml-text-after-value", seen.at, seen.rest(seen.at))
    return seen.here("yaml-comma-missing")


def _block_end(seen: _Error) -> Problem | None:
    if "<block end>" not in seen.message:
        return None
    if seen.line_before(seen.at).rstrip().endswith(("'", '"', "]", "}")):
        return seen.found("yaml-text-after-value", seen.at, seen.rest(seen.at))
    if re.match(r"-[^\s-]", seen.source.text[seen.at : seen.at + 2]):
        return seen.found("yaml-dash-without-space", seen.at, seen.rest(seen.at))
    return seen.found("yaml-indentation", seen.at, seen.rest(seen.at))


_SLIPS: tuple[Callable[[_Error], Problem | None], ...] = (
    _tab,
    _escape,
    _open_quote,
    _anchor,
    _tag,
    _directive,
    _start_character,
    _dash,
    _colon,
    _line_without_colon,
    _bracket,
    _block_end,
)
