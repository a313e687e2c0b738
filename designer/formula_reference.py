"""The reference pages about formulas: every function, and every problem that a formula can have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

from formulas import sentences
from formulas.function import Function, Parameter
from formulas.functions import FUNCTIONS, GROUPS
from formulas.sentences import Sentence
from formulas.to_sql.forms import MOMENTS
from formulas.to_sql.rollups import AVERAGED
from formulas.types import WORDS

EXAMPLES = Path(__file__).parents[1] / "tests" / "formulas" / "problems.txt"

_LANGUAGES = MappingProxyType({"ru": "Russian", "ro": "Romanian", "fi": "Finnish", "sq": "Albanian"})
_HEADINGS = MappingProxyType(
    {"SPELLING": "Words", "GRAMMAR": "Grammar", "NAMES": "Names", "TYPES": "Types", "USES": "Where a formula stands"}
)


def functions_page(note: str) -> str:
    """Every function of the library, by subject."""
    subjects = ", ".join(f"[{title}](#{_anchor(title)})" for title, _ in GROUPS)
    parts = [
        note,
        "# Function reference\n",
        _INTRODUCTION.format(count=len(FUNCTIONS)),
        f"{subjects}, and [those that a database computes](#inside-the-database).\n",
        *(_group(title, functions) for title, functions in GROUPS),
        _inside(),
    ]
    return "\n".join(parts)


def _inside() -> str:
    """Which functions formulas may call that a database computes, in one list."""
    names = [one.name for _, functions in GROUPS for one in functions if _where(one)]
    linked = ", ".join(f"[{name}](#{_anchor(name)})" for name in names)
    return f"## Inside the database\n\n{_INSIDE}\n{linked}.\n"


def _where(function: Function) -> str:
    """How a database computes a function, in words; "" where it does not."""
    if function.sql or function.name in MOMENTS:
        return "Can be computed inside the database."
    return "Can be computed inside the database, over rows." if function.name in AVERAGED else ""


def _anchor(title: str) -> str:
    return title.lower().replace(" ", "-")


def _group(title: str, functions: Iterable[Function]) -> str:
    return "\n".join([f"## {title}\n", *map(_function, functions)])


def _function(function: Function) -> str:
    lines = [f"### {function.name}\n", f"`{function.signature}`: {function.doc}\n"]
    if function.parameters:
        lines.append("| argument | |\n|---|---|")
        lines += [f"| {_shown(one)} | {_taken(one)} |" for one in function.parameters]
        lines.append("")
    if function.examples:
        lines.append("| example | gives |\n|---|---|")
        lines += [f"| `{formula}` | `{result}` |" for formula, result in function.examples]
        lines.append("")
    remarks = list(_remarks(function))
    return "\n".join([*lines, f"{' '.join(remarks)}\n"] if remarks else lines)


def _shown(parameter: Parameter) -> str:
    return f"{parameter.name}…" if parameter.repeating else parameter.name


def _taken(parameter: Parameter) -> str:
    """What a parameter takes, in words."""
    kinds = [WORDS[kind] for kind in parameter.accepts if kind in WORDS]
    words = "any value" if len(kinds) > 7 else " or ".join(kinds)
    if parameter.ranges == "spread":
        words += ", or a list"
    elif parameter.ranges == "whole":
        words += ", as a list"
    return f"{words}; may be left out" if parameter.optional else words


def _remarks(function: Function) -> Iterable[str]:
    if function.aliases:
        yield f"Excel in other languages: {', '.join(f'{name} ({_LANGUAGES[code]})' for code, name in function.aliases)}."
    if function.volatile:
        yield "Changes with time, so a field that depends on it is computed whenever it is read."
    if inside := _where(function):
        yield inside


def problems_page(note: str) -> str:
    """Every problem of a formula, with an example."""
    examples = _examples()
    parts = [note, "# Formula problems\n", "What the program says about a formula that is none, by code.\n"]
    for name, heading in _HEADINGS.items():
        group: Mapping[str, Sentence] = getattr(sentences, name)
        parts += [f"## {heading}\n", *(_problem(code, sentence, examples) for code, sentence in group.items())]
    return "\n".join(parts)


def _problem(code: str, sentence: Sentence, examples: Mapping[str, str]) -> str:
    text = " ".join(part for part in sentence if part and part != "{instead}")
    shown = text.replace("{{", "\0").replace("}}", "\1").replace("{", "‹").replace("}", "›")
    shown = shown.replace("\0", "{").replace("\1", "}").replace("<", "&lt;")
    example = f"\n```text\n{examples[code]}\n```\n" if code in examples else ""
    return f"### {code}\n\n{shown}\n{example}"


def _examples() -> Mapping[str, str]:
    """The first formula of the golden file that shows a problem, by its code."""
    found: dict[str, str] = {}
    for block in EXAMPLES.read_text(encoding="utf-8").strip("\n").split("\n\n"):
        for line in block.splitlines():
            code = line.strip().partition(":")[0]
            if line.startswith("  formula-"):
                found.setdefault(code, block)
    return found


_INSIDE = """Fields that change with the day or with who asks, and every `where`, are computed by the database. They may call
these functions, use all operators but `^`, and name fields, also through references. SUM, MIN, MAX, COUNT, COUNTA and
AVERAGE take rows, of which each gives a field, a sum or a choice of fields with up to six places, but no product of
fields and no quotient. Digits of ROUND are written as a number. [Formulas](../formulas.md#inside-the-database) says
what to do about the rest.
"""

_INTRODUCTION = """The {count} functions that a formula may call. A name may be written in small or capital letters, and as
Excel calls the function in Russian or Finnish. Arguments are separated by `;` or by `,`, but not by both in one call; the
decimal sign is the point. Of arguments with `…` there may be several. A blank number counts as 0, a blank text as an
empty one, and a blank date makes the result blank, where nothing else is said. In the examples `TODAY()` is 15 May 2024.

How formulas are written, and where they differ from Excel, is told in [Formulas](../formulas.md).
"""
