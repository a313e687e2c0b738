"""The texts of findings about formulas, by code: a sentence, and a hint that is shown when its params are known."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

Sentence = tuple[str, str]

SPELLING: dict[str, Sentence] = {
    "formula-empty": ("The formula is empty.", "Write an expression such as price * quantity."),
    "formula-too-long": ("The formula has more than {limit} characters.", "Move parts of it to fields of their own."),
    "formula-too-large": ("The formula has more than {limit} parts.", "Move parts of it to fields of their own."),
    "formula-too-deep": (
        "The formula is nested deeper than {limit} levels.",
        "Use IFS or SWITCH for many cases, or move parts of it to fields of their own.",
    ),
    "formula-character": ("The character {character} has no meaning in a formula.", ""),
    "formula-backslash": ("A backslash has no meaning in a formula.", "A line break in a text is CHAR(10)."),
    "formula-hash": (
        "“#” has no meaning in a formula.",
        "Remove what follows it; for an error value as a result write NA().",
    ),
    "formula-dollar": ("“$” has no meaning in a formula.", "Name fields; there are no cells to be fixed."),
    "formula-colon": (
        "“:” has no meaning in a formula.",
        "There are no ranges of cells; name a list, such as lines.amount.",
    ),
    "formula-square-brackets": (
        "Square brackets have no meaning in a formula.",
        "CHOOSE takes one of several values by its position.",
    ),
    "formula-quote-open": (
        "This text is never closed.",
        "Write the same quote at its end; a quote inside a text is doubled.",
    ),
    "formula-label-open": ("This label is never closed.", "Write }} at its end."),
    "formula-label-empty": (
        "There is no label between these braces.",
        "Write the label of a field, such as {{Total price}}.",
    ),
    "formula-number-form": (
        "“{text}” is not a number as formulas write it.",
        "Write digits, with a point before decimals: 1500.25.",
    ),
    "formula-number-digits": (
        "A number has at most {whole} digits before the point and {places} after it.",
        "Multiply by a power of ten.",
    ),
    "formula-operator-unknown": ("“{text}” is not an operator of formulas.", "Write {instead}."),
    "formula-percent": (
        "“%” stands only after a number, as in 20%.",
        "The remainder of a division is MOD(a; b), a hundredth is a / 100.",
    ),
    "formula-method": ("A field has no functions of its own: “{text}”.", "Write {instead}(…) around the field."),
    "formula-name-private": ("Names that begin with an underscore cannot be used.", ""),
    "formula-name-unusual": (
        "“{text}” contains letters that look like others.",
        "Write it with the letters of one alphabet.",
    ),
    "formula-word": ("“{text}” has no meaning here.", "Write {instead}."),
}

GRAMMAR: dict[str, Sentence] = {
    "formula-bracket-open": ("This bracket is never closed.", "Write ) where it ends."),
    "formula-bracket-close": ("This bracket closes nothing.", "Remove it, or write ( where it begins."),
    "formula-brackets-empty": ("There is nothing between these brackets.", ""),
    "formula-value-missing": ("A value is missing {where}.", ""),
    "formula-operator-missing": (
        "An operator is missing before “{text}”.",
        "Join texts with &, and separate arguments by a semicolon.",
    ),
    "formula-argument-missing": ("An argument is empty.", 'Write a value for it, or 0 or "" where none is meant.'),
    "formula-comma-outside": (
        "A {sign} separates arguments of functions, and there is no function here.",
        "The decimal sign in a formula is the point.",
    ),
    "formula-separators-mixed": (
        "Arguments of one function are separated by , or by ; but not by both.",
        "The decimal sign in a formula is the point.",
    ),
    "formula-else-missing": (
        "After “if” and its condition, “else” is missing.",
        "Write a if condition else b, or IF(condition; a; b).",
    ),
    "formula-else-alone": ("“else” stands without “if”.", "Write a if condition else b, or IF(condition; a; b)."),
    "formula-comparisons-mixed": (
        "Several comparisons in a row do not say which goes with which.",
        "Join them with and, or put brackets around one.",
    ),
    "formula-not-unclear": (
        "It is not clear how far “not” reaches here.",
        "Put brackets around all that is negated: not (a > b), or around the whole: (not a) = b.",
    ),
}

NAMES: dict[str, Sentence] = {
    "formula-unknown-name": ("There is no field “{name}”.", ""),
    "formula-unknown-member": ("“{entity}” has no field “{name}”.", ""),
    "formula-unknown-label": ("There is no field with the label “{name}”.", ""),
    "formula-label-twice": ("Several fields have the label “{name}”.", "Write the name of the field: {names}."),
    "formula-unknown-function": ("There is no function “{name}”.", ""),
    "formula-field-called": (
        "“{name}” is a field, not a function.",
        "Write an operator before the bracket: {name} * (…).",
    ),
    "formula-function-bare": ("“{name}” is a function.", "Write {name}() with brackets."),
    "formula-not-a-record": ("“{name}” is {type}, so it has no fields.", ""),
    "formula-no-user": ("It is not known here who asks, so USER() cannot be used.", ""),
    "formula-list-of-user": (
        "“{name}” is a list, which cannot be reached from USER().",
        "Begin with the list: COUNT({name}, manager = USER()).",
    ),
    "formula-old-outside": ("OLD() can be used only in checks.", ""),
    "formula-old-argument": ("OLD() takes one field of the record itself.", "Write OLD(price)."),
    "formula-unknown-option": ("“{value}” is none of the options of “{name}”.", ""),
}

TYPES: dict[str, Sentence] = {
    "formula-too-few-arguments": ("{function} needs more arguments: at least {least}.", "It is written {signature}."),
    "formula-too-many-arguments": ("{function} takes fewer arguments: at most {most}.", "It is written {signature}."),
    "formula-odd-arguments": (
        "The last arguments of {function} come in groups of {size}.",
        "It is written {signature}.",
    ),
    "formula-argument-type": ("{function} takes {wanted} as {argument}, and this is {found}.", "{instead}"),
    "formula-operand-type": ("“{operator}” does not go between {left} and {right}.", "{instead}"),
    "formula-sign-type": ("“{operator}” does not go before {found}.", ""),
    "formula-text-added": ("Texts are not added.", "Join them with &."),
    "formula-text-ordered": (
        "Texts are not compared by “{operator}”.",
        "Use = or <>; the order of letters differs between languages.",
    ),
    "formula-date-and-text": ("A date is not compared with a text.", "Write DATE(2024; 12; 31)."),
    "formula-mixed-types": ("One of these results is {left}, another {right}.", "Give all of them the same type."),
    "formula-two-currencies": (
        "{left} and {right} cannot be taken together.",
        'Write CONVERT(amount; "{left}"; date).',
    ),
    "formula-money-multiplied": (
        "Money is not multiplied by money.",
        "Multiply by a number, or divide one of them by the other first.",
    ),
    "formula-list-bare": (
        "“{name}” is a list of values, and one value is needed.",
        "Write SUM({name}), MAX({name}) or FIRST({name}).",
    ),
    "formula-lists-mixed": (
        "Rows of “{left}” and of “{right}” do not belong together.",
        "Write a function for each of them.",
    ),
    "formula-condition-type": ("A condition is yes or no, and this is {found}.", "Compare it with something: … > 0."),
    "formula-result-type": ("The result is {found}, and {wanted} is needed.", ""),
    "formula-result-list": (
        "The result is a list, and one value is needed.",
        "Write SUM(…), MAX(…) or FIRST(…) around it.",
    ),
}

USES: dict[str, Sentence] = {
    "formula-volatile-stored": (
        "“{name}” changes with the day or with who asks, so the result cannot be stored.",
        "What is computed when it is read can be no text, no link and no title, and neither unique nor indexed.",
    ),
    "formula-not-sql": (
        "{what} cannot be computed inside the database, as is needed here.",
        "Store it in a field with a formula, and name that field.",
    ),
    "formula-sql-too-large": (
        "The formula becomes too large for the database.",
        "Store parts of it in fields with formulas, and name those.",
    ),
}

SENTENCES: Mapping[str, Sentence] = MappingProxyType({**SPELLING, **GRAMMAR, **NAMES, **TYPES, **USES})
