"""Which parameter each argument of a call is for, and whether its type fits."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from types import MappingProxyType

from formulas.function import Function, Parameter
from formulas.problems import FormulaProblem, Tell, Unparsed, finding
from formulas.tree import Each, Node
from formulas.types import ANY, BLANK, BOOLEAN, NUMBER, TEXT, WORDS, Kind, Type, described

_INSTEAD: MappingProxyType[tuple[Kind, Kind], str] = MappingProxyType(
    {
        ("text", "number"): "Write VALUE(…) around the text.",
        ("boolean", "number"): "Write IF(…; 1; 0).",
        ("text", "date"): "Write DATE(2024; 12; 31).",
        ("number", "boolean"): "Compare it with something: … > 0.",
        ("money", "boolean"): "Compare it with something: … > 0.",
        ("text", "boolean"): 'Compare it with something, or with "" to see whether it is blank.',
        ("date", "boolean"): 'Compare it with something, or with "" to see whether it is blank.',
        ("number", "date"): "Write DATE(2024; 12; 31).",
    }
)


def parameters_for(function: Function, count: int, start: int, end: int) -> tuple[Parameter, ...]:
    """The parameter of each of so many arguments; raises Unparsed where there are too few, too many or an odd one."""
    fixed = [one for one in function.parameters if not one.repeating]
    group = [one for one in function.parameters if one.repeating]
    least = sum(not one.optional for one in fixed) + len(group)
    name, signature = function.name, function.signature
    if count < least:
        raise Unparsed(
            finding("formula-too-few-arguments", start, end, function=name, least=least, signature=signature)
        )
    if not group:
        if count > len(fixed):
            raise Unparsed(
                finding("formula-too-many-arguments", start, end, function=name, most=len(fixed), signature=signature)
            )
        return tuple(fixed[:count])
    return _grouped(function, count, (start, end))


def _grouped(function: Function, count: int, span: tuple[int, int]) -> tuple[Parameter, ...]:
    first = next(index for index, one in enumerate(function.parameters) if one.repeating)
    group = [one for one in function.parameters if one.repeating]
    tail = function.parameters[first + len(group) :]
    times, left = divmod(count - first, len(group))
    if left > len(tail):
        raise Unparsed(
            finding(
                "formula-odd-arguments",
                *span,
                function=function.name,
                size=len(group),
                signature=function.signature,
            )
        )
    return (*function.parameters[:first], *group * times, *tail[:left])


def takes_list(parameter: Parameter) -> bool:
    """Whether a list may stand there."""
    return parameter.ranges != "no" or "list" in parameter.accepts


def misfits(function: Function, parameters: Sequence[Parameter], arguments: Sequence[Node]) -> list[FormulaProblem]:
    """A finding for each argument whose type its parameter does not take."""
    return [
        _misfit(function, parameter, argument)
        for parameter, argument in zip(parameters, arguments, strict=True)
        if not _fits(parameter, argument)
    ]


def _fits(parameter: Parameter, argument: Node) -> bool:
    found = item_type(argument)
    if isinstance(argument, Each) and not takes_list(parameter):
        return False
    if isinstance(argument, Each) and parameter.ranges == "no":
        return True
    return found.kind in {"any", "blank"} or found.kind in parameter.accepts


def item_type(node: Node) -> Type:
    """The type of a value, or of the items where it is a list."""
    return node.type.item or node.type


def _misfit(function: Function, parameter: Parameter, argument: Node) -> FormulaProblem:
    found = item_type(argument)
    wanted = " or ".join(WORDS[kind] for kind in parameter.accepts if kind in WORDS)
    params = {
        "function": function.name,
        "argument": f"“{parameter.name}”",
        "wanted": wanted,
        "found": described(found),
    }
    instead = _INSTEAD.get((found.kind, parameter.accepts[0]))
    if instead:
        params["instead"] = instead
    return FormulaProblem("formula-argument-type", argument.start, argument.end, MappingProxyType(params))


def filtered(arguments: list[Node], parameters: list[Parameter], tell: Tell) -> tuple[list[Node], list[Parameter]]:
    """Take a last argument that is a condition on the rows of a list for the filter of that list."""
    lists = [one for one in arguments[:-1] if isinstance(one, Each)]
    spread = [one for one in parameters if one.ranges == "spread"]
    last = arguments[-1] if arguments else None
    if last is None or not lists or not spread or item_type(last).kind != "boolean":
        return arguments, parameters
    condition = last
    if isinstance(last, Each):
        strangers = [one for one in lists if one.root != last.root]
        if strangers:
            tell(finding("formula-lists-mixed", last.start, last.end, left=strangers[0].root, right=last.root))
        condition = last.body
    kept = [
        Each(one.type, one.start, one.end, one.root, one.body, condition) if isinstance(one, Each) else one
        for one in arguments[:-1]
    ]
    return kept, parameters[:-1]


def type_of(value: object) -> Type:
    """The type of a constant."""
    if isinstance(value, bool):
        return BOOLEAN
    if isinstance(value, Decimal):
        return NUMBER
    # An empty text is a blank, and goes with every type.
    return TEXT if value else BLANK


def result_type(function: Function, arguments: Sequence[Node]) -> Type:
    """The type that a call has; raises Mismatch where its arguments do not go together."""
    if isinstance(function.result, Type):
        return function.result
    types = [item_type(one) for one in arguments]
    return ANY if ANY in types else function.result(types)
