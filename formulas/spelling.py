"""From tokens to the text that Python's parser reads, with Excel's grammar where the two differ.

Python parses what is written here, nothing that somebody typed: each value becomes a name like a7, and brackets give `^`
Excel's precedence (-2^2 is 4, 2^3^2 is 64). A small automaton, which knows whether a value or an operator must come
next, finds every error of grammar, so that it can be told in a formula's terms and at its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType
from typing import NoReturn

from formulas.atoms import Atom, constant, kind_at, named
from formulas.levels import Level
from formulas.pieces import Pieces, Spelled
from formulas.problems import FormulaProblem, Param, Unparsed
from formulas.tokens import Token, tokens

DEPTH = 30
_CHAIN = 10
"""How many signs, powers or conditional values may follow each other without a bracket."""
_CONSTANTS = MappingProxyType({"true": True, "false": False})
_WORDS = MappingProxyType(
    {
        "in": "OR(a = 1; a = 2)",
        "is": "= or ISBLANK(…)",
        "not": "<> or not (…)",
        "mod": "MOD(a; b)",
        "xor": "XOR(a; b)",
        "div": "QUOTIENT(a; b)",
    }
)
# What may stand before the operator `not`: elsewhere it would reach further than it seems to.
_BEFORE_NOT = frozenset({"", "(", ",", "and", "or", "not", "if", "else"})
_JOINING = frozenset({"and", "or", "if", "else"})


def spelled(text: str) -> Spelled:
    """The Python spelling of a formula; raises Unparsed with what is wrong with its words or its grammar."""
    return _Speller(tokens(text)).spell()


class _Speller:
    def __init__(self, found: Sequence[Token]) -> None:
        self.tokens = found
        self.at = 0
        self.expecting = True
        self.last = ""
        self.levels = [Level()]
        self.pieces = Pieces()

    def spell(self) -> Spelled:
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            (self._value if self.expecting else self._after)(token)
        if self.expecting:
            _refuse("formula-value-missing", self.tokens[-1], where="at the end")
        self._complete()
        opener = self.levels[-1].opener
        if opener is not None:
            _refuse("formula-bracket-open", opener)
        return self.pieces.spelled()

    def _value(self, token: Token) -> None:
        """Take a token where a value must come next."""
        if token.kind in {"number", "text"}:
            self._atom(*constant(self.tokens, self.at))
        elif token.kind in {"name", "label"}:
            self._named(token)
        elif token.kind == "open":
            self._open(token, call=False)
        elif token.kind == "operator" and token.text in "+-":
            self._sign(token)
        elif token.kind == "close" and self.last == "(":
            self._close_empty(token)
        elif token.kind in {"close", "separator"} and self.levels[-1].call:
            _refuse("formula-argument-missing", token)
        else:
            _refuse("formula-value-missing", token, where=f"before “{token.text}”")

    def _named(self, token: Token) -> None:
        word = token.text.lower() if token.kind == "name" else ""
        called = kind_at(self.tokens, self.at + 1) == "open"
        if word == "not" and not (called and self._negates_brackets(token)):
            self._not(token)
        elif word in _CONSTANTS and kind_at(self.tokens, self.at + 1) != "dot":
            brackets = called and kind_at(self.tokens, self.at + 2) == "close"
            self._atom(Atom("constant", token.start, token.end, _CONSTANTS[word]), self.at + (3 if brackets else 1))
        elif word in _JOINING and not called:
            _refuse("formula-value-missing", token, where=f"before “{token.text}”")
        else:
            self._atom(*named(self.tokens, self.at))

    def _atom(self, atom: Atom, after: int) -> None:
        self._begin_unit()
        self.pieces.put_atom(atom)
        self.at = after
        self.last = "value"
        self.expecting = False
        if atom.kind == "function":
            self._open(self.tokens[after], call=True)

    def _begin_unit(self) -> None:
        level = self.levels[-1]
        if level.unit is None:
            level.unit = len(self.pieces)

    def _sign(self, token: Token) -> None:
        self._begin_unit()
        self._count(token)
        self._put(token.text, token)

    def _not(self, token: Token) -> None:
        if self.last not in _BEFORE_NOT:
            _refuse("formula-not-unclear", token)
        self._count(token)
        self._put("not", token)

    def _negates_brackets(self, token: Token) -> bool:
        """Whether the brackets behind NOT hold all that it negates; if more follows, it is not clear what is meant."""
        depth, at = 1, self.at + 2
        while depth and at < len(self.tokens):
            depth += (self.tokens[at].kind == "open") - (self.tokens[at].kind == "close")
            at += 1
        if kind_at(self.tokens, at) == "operator":
            _refuse("formula-not-unclear", token)
        return True

    def _count(self, token: Token) -> None:
        level = self.levels[-1]
        level.chain += 1
        if level.chain > _CHAIN:
            _refuse("formula-too-deep", token, limit=_CHAIN)

    def _open(self, token: Token, *, call: bool) -> None:
        if len(self.levels) > DEPTH:
            _refuse("formula-too-deep", token, limit=DEPTH)
        self._begin_unit()
        self.levels.append(Level(token, call))
        self._put("(", token)
        self.expecting = True

    def _close_empty(self, token: Token) -> None:
        if not self.levels[-1].call:
            _refuse("formula-brackets-empty", token)
        self._close(token)

    def _after(self, token: Token) -> None:
        """Take a token where a value has just ended."""
        if token.kind == "operator":
            self._operator(token)
        elif token.kind == "close":
            self._complete()
            self._close(token)
        elif token.kind == "separator":
            self._complete()
            self._separate(token)
        elif token.kind == "name" and token.text.lower() in _JOINING:
            self._join(token)
        else:
            self._side_by_side(token)

    def _operator(self, token: Token) -> None:
        level = self.levels[-1]
        level.end_power(self.pieces)
        if token.text == "^":
            self._begin_power(level, token)
        else:
            level.unit, level.chain = None, 0
            self._put(token.text, token)
        self.expecting = True

    def _begin_power(self, level: Level, token: Token) -> None:
        self._count(token)
        level.begin_power(self.pieces)
        self._put("**", token)

    def _join(self, token: Token) -> None:
        level = self.levels[-1]
        level.end_power(self.pieces)
        level.unit = None
        word = token.text.lower()
        if word == "if":
            level.pending.append(token)
        elif word == "else" and not level.pending:
            _refuse("formula-else-alone", token)
        elif word == "else":
            level.pending.pop()
        if word in {"if", "else"}:
            # Each of them nests deeper.
            self._count(token)
        self._put(word, token)
        self.expecting = True

    def _separate(self, token: Token) -> None:
        level = self.levels[-1]
        if not level.call:
            _refuse("formula-comma-outside", token, sign="comma" if token.text == "," else "semicolon")
        if level.separator not in {"", token.text}:
            _refuse("formula-separators-mixed", token)
        level.separator, level.chain = token.text, 0
        self._put(",", token)
        self.expecting = True

    def _close(self, token: Token) -> None:
        if len(self.levels) == 1:
            _refuse("formula-bracket-close", token)
        self.levels.pop()
        self._put(")", token)
        self.last = "value"
        self.expecting = False

    def _complete(self) -> None:
        """End what the last value of a bracket or argument leaves open."""
        level = self.levels[-1]
        level.end_power(self.pieces)
        level.unit = None
        if level.pending:
            _refuse("formula-else-missing", level.pending[-1])

    def _side_by_side(self, token: Token) -> NoReturn:
        before = self.tokens[self.at - 1]
        if "percent" in {token.kind, before.kind}:
            _refuse("formula-percent", token if token.kind == "percent" else before)
        if token.kind == "dot":
            _refuse("formula-value-missing", token, where="before “.”")
        if token.kind == "name" and token.text.lower() in _WORDS:
            _refuse("formula-word", token, text=token.text, instead=_WORDS[token.text.lower()])
        _refuse("formula-operator-missing", token, text=token.text[:40])

    def _put(self, python: str, token: Token) -> None:
        self.pieces.put(python, token.start, token.end)
        self.last = python
        self.at += 1


def _refuse(code: str, token: Token, **params: Param) -> NoReturn:
    raise Unparsed(FormulaProblem(code, token.start, token.end, MappingProxyType(params)))
