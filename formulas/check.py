"""From Python's syntax tree to a checked formula: names and types looked up, every problem told.

Where a problem was found the value has the type `any`, which fits everywhere, so that one mistake is told once.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from formulas.amounts import agreeing, tagged, varies
from formulas.atoms import Atom
from formulas.calls import filtered, item_type, misfits, parameters_for, result_type, takes_list, type_of
from formulas.comparing import compared
from formulas.computing import chained, joined, negated
from formulas.function import Function, Parameter
from formulas.functions import BY_NAME, find
from formulas.names import Found, Use, follow, no_function
from formulas.parse import chain, family_of, parse
from formulas.pieces import Spelled
from formulas.problems import FormulaProblem, FormulaProblems, Unparsed, finding
from formulas.scope import Scope
from formulas.tree import Call, Constant, Each, Node, Read
from formulas.types import ANY, Mismatch, described, list_of

_SIGNS: Mapping[type[ast.AST], str] = MappingProxyType(
    {
        ast.Add: "+",
        ast.Sub: "-",
        ast.Mult: "*",
        ast.Div: "/",
        ast.Pow: "^",
        ast.Eq: "==",
        ast.NotEq: "!=",
        ast.Lt: "<",
        ast.LtE: "<=",
        ast.Gt: ">",
        ast.GtE: ">=",
        ast.UAdd: "+",
        ast.USub: "-",
    }
)
_UPWARDS = frozenset({"<", "<="})
_DOWNWARDS = frozenset({">", ">="})


@dataclass(frozen=True, slots=True)
class Checked:
    """What checking finds: the tree, the problems, the fields it names and what in it changes with the day or reader."""

    tree: Node
    problems: FormulaProblems
    uses: tuple[Use, ...]
    volatile: tuple[tuple[str, int, int], ...]


def check(text: str, scope: Scope) -> Checked:
    """Check a formula; raises Unparsed where the text is none."""
    tree, spelling = parse(text)
    checker = _Checker(scope, spelling)
    found = checker.visit(tree)
    problems = sorted(checker.problems, key=lambda one: (one.start, one.end))
    return Checked(found, tuple(problems), tuple(checker.uses), tuple(checker.volatile))


class _Checker:
    def __init__(self, scope: Scope, spelling: Spelled) -> None:
        self.scope = scope
        self.spelling = spelling
        self.problems: list[FormulaProblem] = []
        self.uses: list[Use] = []
        self.volatile: list[tuple[str, int, int]] = []
        # The lists that the argument being checked goes through; None outside arguments that take lists.
        self.roots: dict[str, tuple[int, int]] | None = None
        self.visitors: Mapping[type[ast.expr], Callable[[Any], Node]] = {
            ast.Name: self.name,
            ast.UnaryOp: self.unary,
            ast.BinOp: self.binary,
            ast.BoolOp: self.logic,
            ast.Compare: self.comparison,
            ast.Call: self.call,
            ast.IfExp: self.conditional,
        }

    def visit(self, node: ast.expr) -> Node:
        """The checked form of a node."""
        return self.visitors[type(node)](node)

    def tell(self, problem: FormulaProblem) -> None:
        if problem not in self.problems:
            self.problems.append(problem)

    def unknown(self, start: int, end: int, *problems: FormulaProblem) -> Node:
        """What stands in the tree where something is wrong."""
        for problem in problems:
            self.tell(problem)
        return Constant(ANY, start, end, None)

    def span(self, node: ast.expr) -> tuple[int, int]:
        return self.spelling.span(node.col_offset, node.end_col_offset or node.col_offset)

    def atom(self, node: ast.expr) -> Atom:
        assert isinstance(node, ast.Name)
        return self.spelling.atoms[int(node.id[1:])]

    def name(self, node: ast.Name) -> Node:
        atom = self.atom(node)
        if atom.kind == "constant":
            return Constant(type_of(atom.value), atom.start, atom.end, atom.value if atom.value != "" else None)
        try:
            found = follow(self.scope, atom.parts)
        except Unparsed as error:
            return self.unknown(atom.start, atom.end, *error.problems)
        self.uses.extend(found.uses)
        if found.volatile:
            self.volatile.append((atom.parts[0].name, atom.start, atom.end))
        return self.read(atom, found)

    def read(self, atom: Atom, found: Found) -> Node:
        if not found.root:
            return Read(found.type, atom.start, atom.end, found.path, found.member)
        if self.roots is None:
            written = ".".join(part.name for part in atom.parts)
            return self.unknown(atom.start, atom.end, finding("formula-list-bare", atom.start, atom.end, name=written))
        self.roots.setdefault(found.root, (atom.start, atom.end))
        return Read(found.type, atom.start, atom.end, found.path, found.member, row=True)

    def unary(self, node: ast.UnaryOp) -> Node:
        operand = self.visit(node.operand)
        start, end = self.span(node)
        if isinstance(node.op, ast.Not):
            return self.built(BY_NAME["NOT"], [operand], start, end)
        return negated(_SIGNS[type(node.op)], operand, start, self.tell)

    def binary(self, node: ast.BinOp) -> Node:
        first, rest = chain(node)
        left = self.visit(first)
        if family_of(node.op) == "joined":
            return joined([left, *(self.visit(right) for _, right in rest)], self.tell)
        steps = [(_SIGNS[type(one.op)], self.visit(right)) for one, right in rest]
        return chained(left, steps, self.tell)

    def logic(self, node: ast.BoolOp) -> Node:
        function = BY_NAME["AND" if isinstance(node.op, ast.And) else "OR"]
        return self.built(function, [self.visit(value) for value in node.values], *self.span(node))

    def conditional(self, node: ast.IfExp) -> Node:
        arguments = [self.visit(one) for one in (node.test, node.body, node.orelse)]
        return self.built(BY_NAME["IF"], arguments, *self.span(node))

    def comparison(self, node: ast.Compare) -> Node:
        signs = [_SIGNS[type(operator)] for operator in node.ops]
        start, end = self.span(node)
        if len(signs) > 1 and not (set(signs) <= _UPWARDS or set(signs) <= _DOWNWARDS):
            self.tell(finding("formula-comparisons-mixed", start, end))
        values = [self.visit(value) for value in (node.left, *node.comparators)]
        pairs = [
            compared(sign, left, right, self.tell) for sign, (left, right) in zip(signs, pairwise(values), strict=True)
        ]
        return pairs[0] if len(pairs) == 1 else self.built(BY_NAME["AND"], pairs, start, end)

    def call(self, node: ast.Call) -> Node:
        atom, span = self.atom(node.func), self.span(node)
        if atom.name.upper() == "OLD":
            return self.old(node, atom)
        function = find(atom.name)
        if function is None:
            for argument in node.args:
                with self.rows():
                    self.visit(argument)
            return self.unknown(*span, no_function(atom, self.scope))
        try:
            parameters = parameters_for(function, len(node.args), *span)
        except Unparsed as error:
            return self.unknown(*span, *error.problems)
        if function.volatile:
            self.volatile.append((f"{function.name}()", *span))
        return self.called(function, parameters, node)

    def called(self, function: Function, parameters: Sequence[Parameter], node: ast.Call) -> Node:
        arguments: list[Node] = []
        for parameter, written in zip(parameters, node.args, strict=True):
            # Among rows, what takes a value or a list (ISBLANK) takes the value of the row.
            row = parameter.ranges == "no" and self.roots is not None
            arguments.append(self.listed(written) if takes_list(parameter) and not row else self.visit(written))
        arguments, parameters = filtered(arguments, list(parameters), self.tell)
        return self.built(function, arguments, *self.span(node), parameters)

    def listed(self, written: ast.expr) -> Node:
        """An argument that may be a list: its body, and the rows it is computed for."""
        with self.rows() as roots:
            body = self.visit(written)
        if not roots:
            return body
        if len(roots) > 1:
            left, right = list(roots)[:2]
            return self.unknown(
                body.start, body.end, finding("formula-lists-mixed", *roots[right], left=left, right=right)
            )
        return Each(list_of(body.type), body.start, body.end, next(iter(roots)), body)

    @contextmanager
    def rows(self) -> Iterator[dict[str, tuple[int, int]]]:
        outer, self.roots = self.roots, {}
        try:
            yield self.roots
        finally:
            self.roots = outer

    def built(
        self, function: Function, arguments: Sequence[Node], start: int, end: int, parameters: Sequence[Parameter] = ()
    ) -> Node:
        """A call, once its arguments are known."""
        parameters = parameters or parameters_for(function, len(arguments), start, end)
        problems = misfits(function, parameters, arguments)
        if problems:
            return self.unknown(start, end, *problems)
        told = len(self.problems)
        arguments = tuple(map(tagged, arguments)) if function.currencies else agreeing(arguments, self.tell)
        if len(self.problems) > told:
            return self.unknown(start, end)
        try:
            result = result_type(function, arguments)
        except Mismatch as error:
            place = next((one for one in arguments if described(item_type(one)) == error.params["right"]), arguments[0])
            return self.unknown(start, end, finding(error.code, place.start, place.end, (), **error.params))
        carrying = varies(arguments) and not function.currencies
        return Call(result, start, end, function, tuple(arguments), tuple(parameters), carrying)

    def old(self, node: ast.Call, atom: Atom) -> Node:
        start, end = self.span(node)
        if not self.scope.old:
            return self.unknown(start, end, finding("formula-old-outside", atom.start, atom.end))
        told = len(self.problems)
        found = self.visit(node.args[0]) if len(node.args) == 1 else None
        if len(self.problems) > told:
            return self.unknown(start, end)
        if not isinstance(found, Read) or found.row or "." in found.path:
            return self.unknown(start, end, finding("formula-old-argument", start, end))
        return Read(found.type, start, end, found.path, found.member, old=True)
