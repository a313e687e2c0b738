"""What SQLite cannot compute in 63 bits: a function of SQLite that asks the evaluator, for one formula.

It is deterministic: all that the formula reads are its arguments, sums over rows and today among them.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import NullType, TypeEngine

from formulas.decimals import stored
from formulas.evaluate import Evaluator
from formulas.scope import Member
from formulas.to_sql.cells import Sql
from formulas.to_sql.forms import MOMENTS
from formulas.to_sql.rollups import is_rollup, plain
from formulas.tree import Call, Chain, Compared, Node, Read, replaced, walk
from formulas.types import Kind, Type
from formulas.values import ERROR_CODES, Context, FormulaError, Reference, Value

_MOST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class SqliteFunction:
    """A function to be registered on every connection before a statement runs that names it.

    `make` builds it: `connection.create_function(name, arity, function.make(), deterministic=True)`. One for each
    connection, since it keeps the last result: the value and its error are asked for one after the other.
    """

    name: str
    arity: int
    make: Callable[[], Callable[..., Any]]


class Asked(FunctionElement[Any]):
    """A call of such a function, where whoever compiles a statement finds which one."""

    inherit_cache = False

    def __init__(self, function: SqliteFunction, arguments: Sequence[Sql], kind: TypeEngine[Any] | None) -> None:
        super().__init__(*arguments)
        self.function = function
        self.type = kind or NullType()


@compiles(Asked)
def _asked(element: Asked, compiler: SQLCompiler, **options: Any) -> str:
    return f"{element.function.name}({compiler.process(element.clauses, **options)})"


@dataclass(frozen=True, slots=True)
class Leaf:
    """What a formula reads: its type, its scale where it is a number, and whether an error can stand in its place."""

    type: Type
    scale: int
    fails: bool


@dataclass(frozen=True, slots=True)
class Fallback:
    """A formula as functions of what it reads: its arguments are the leaves in order, then the errors of those that fail."""

    value: SqliteFunction
    error: SqliteFunction


def leaves_of(tree: Node) -> tuple[Node, tuple[Node, ...]]:
    """The formula with each thing that it reads from outside replaced by a name, and these things in order."""
    found: list[Node] = []

    def swap(node: Node) -> Node | None:
        if isinstance(node, Call) and not is_rollup(node) and plain(node) is not node:
            return replaced(plain(node), swap)
        if not (
            isinstance(node, Read) or is_rollup(node) or (isinstance(node, Call) and node.function.name in MOMENTS)
        ):
            return None
        known = [one for one in found if _same(one, node)]
        index = found.index(known[0]) if known else len(found)
        if not known:
            found.append(node)
        return Read(node.type, node.start, node.end, f"a{index}", Member(node.type))

    return replaced(tree, swap), tuple(found)


def _same(left: Node, right: Node) -> bool:
    return isinstance(left, Read) and isinstance(right, Read) and left.path == right.path


def fallback(tree: Node, leaves: Sequence[Leaf], places: int, digits: int) -> Fallback:
    """The functions of a formula that reads these leaves; a number as the result has so many places."""
    signature = f"{places} {digits} {[(leaf.scale, leaf.fails) for leaf in leaves]} {_signature(tree)}"
    name = f"formula_{hashlib.sha256(signature.encode()).hexdigest()[:16]}"
    arity = len(leaves) + sum(leaf.fails for leaf in leaves)

    def make(*, error: bool) -> Callable[..., Any]:
        evaluator = Evaluator(Context.beginning())

        def computed(*arguments: Any) -> Any:
            result = stored(evaluator.value(tree, _given(leaves, arguments)), places, digits)
            if error:
                return result.number if isinstance(result, FormulaError) else None
            return _encoded(result, places)

        return computed

    return Fallback(
        SqliteFunction(f"{name}_value", arity, lambda: make(error=False)),
        SqliteFunction(f"{name}_error", arity, lambda: make(error=True)),
    )


def _given(leaves: Sequence[Leaf], arguments: Sequence[Any]) -> dict[str, Value]:
    """The values of the leaves by the names that stand for them."""
    errors = iter(arguments[len(leaves) :])
    found: dict[str, Value] = {}
    for index, (leaf, argument) in enumerate(zip(leaves, arguments, strict=False)):
        error = next(errors) if leaf.fails else None
        decoded = _decoded(argument, leaf.type.kind, leaf.scale, leaf.type.entity)
        found[f"a{index}"] = decoded if error is None else FormulaError(ERROR_CODES[error - 1])
    return found


def _signature(node: Node) -> str:
    """What makes a formula another one, apart from its places in the text."""
    words: list[str] = []
    for one in walk(node):
        words.append(type(one).__name__)
        words.append(str(one.type))
        match one:
            case Chain():
                words.extend(operator.sign for operator, _ in one.rest)
            case Compared():
                words.append(one.sign)
            case Call():
                words.append(f"{one.function.name}/{len(one.arguments)}")
            case Read():
                words.append(one.path)
            case _:
                words.append(repr(getattr(one, "value", "")))
    return " ".join(words)


def _decoded(argument: Any, kind: Kind, scale: int, entity: str) -> Value:
    if argument is None:
        return None
    if isinstance(argument, float):
        # A sum over rows that left 63 bits.
        return FormulaError("#NUM!", "The number is too large.")
    if kind in {"number", "money"}:
        return Decimal(argument).scaleb(-scale)
    if kind == "record":
        return Reference(entity, argument)
    decode = _DECODE.get(kind)
    found: Value = decode(argument) if decode else argument
    return found


def _moment(argument: str) -> dt.datetime:
    return dt.datetime.fromisoformat(argument).replace(tzinfo=dt.UTC)


_DECODE: Mapping[Kind, Callable[[Any], Any]] = MappingProxyType(
    {
        "boolean": bool,
        "date": dt.date.fromisoformat,
        "datetime": _moment,
        "time": dt.time.fromisoformat,
        "duration": lambda seconds: dt.timedelta(seconds=seconds),
    }
)


def _encoded(result: Value, places: int) -> Any:
    match result:
        case FormulaError():
            return None
        case bool():
            return int(result)
        case Decimal():
            scaled = int(result.scaleb(places))
            return scaled if abs(scaled) <= _MOST else float(scaled)
        case dt.datetime():
            return result.strftime("%Y-%m-%d %H:%M:%S.%f")
        case dt.date():
            return result.isoformat()
        case dt.timedelta():
            return round(result.total_seconds())
        case Reference():
            return result.id
        case _:
            return result
