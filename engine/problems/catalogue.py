"""The one catalogue of problem codes and their texts.

A code is a kebab-case sentence. `text` is one sentence, `hint` says what to do; both may name params in braces.
A hint is shown only when every param it names is known. `tests/errors/` holds one reproducer for each code.
"""

from __future__ import annotations

import string
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from formulas.sentences import SENTENCES

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Entry:
    """What a code says, and how bad it is."""

    text: str
    hint: str = ""
    severity: Severity = "error"

    @property
    def hint_params(self) -> tuple[str, ...]:
        """The params without which the hint makes no sense."""
        return tuple(name for _, name, _, _ in string.Formatter().parse(self.hint) if name)


LIKELY = "Did you mean {likely}?"
"""The hint in place of an entry's own where a problem knows what was probably meant."""

# A file of a configuration, before its meaning is looked at.
FILES = {
    "file-missing": Entry("There is no file or folder “{file}”.", "Check the path, or make one with kartoteka init."),
    "file-unreadable": Entry("“{file}” is not readable as UTF-8 text.", "Save the file as UTF-8."),
    "file-too-large": Entry("“{file}” is larger than {limit} kB.", "Split it and use include."),
    "file-empty": Entry(
        "This file says nothing.", "Begin with kartoteka: 1, or with the name of an entity in an included file."
    ),
    "folder-without-root": Entry(
        "“{file}” holds no kartoteka.yaml.", "Name the folder of a configuration, or make one with kartoteka init."
    ),
    "include-nothing": Entry("“{pattern}” matches no file.", "Check the path; it is relative to this file."),
    "include-invalid": Entry(
        "“{pattern}” is not a path inside this folder.", "Write it with /, relative to this file."
    ),
    "include-outside": Entry("“{pattern}” leads outside the configuration's folder.", "Move the file into the folder."),
    "include-nested": Entry("An included file cannot include others.", "List the files in the first file."),
    "include-root": Entry(
        "The key “{key}” belongs in the first file; an included one holds entities.", "Move it there."
    ),
    "json-syntax": Entry("This is not valid JSON: {reason}."),
    "yaml-syntax": Entry("This is not valid YAML: {reason}.", "If it is meant as text, put it in double quotes."),
    "yaml-tab": Entry("A tab stands here, where YAML wants spaces.", "Replace it with spaces."),
    "yaml-indentation": Entry(
        "This line is indented neither like its neighbours nor under a key of its own.",
        "Give all keys of one mapping the same number of spaces.",
    ),
    "yaml-line-without-colon": Entry(
        "This line is neither “key: value” nor an item of a list.",
        "Write a colon and a space after the key, or put a text of several lines in double quotes.",
    ),
    "yaml-colon-in-value": Entry(
        "A colon followed by a space cannot stand inside a text.", "Put the text in double quotes."
    ),
    "yaml-colon-without-space": Entry(
        "After the colon of a key there must be a space.",
        "Write “key: value”, or put a text with a colon in double quotes.",
    ),
    "yaml-dash-without-space": Entry(
        "After the dash of a list item there must be a space.",
        "Write “- item”, or put a text that begins with a dash in double quotes.",
    ),
    "yaml-list-after-key": Entry(
        "A list cannot begin in the line of its key.",
        "Write each item in a line of its own, or put a text that begins with a dash in double quotes.",
    ),
    "yaml-value-start": Entry(
        "A text cannot begin with “{sign}”, which has a meaning of its own in YAML.", "Put the text in double quotes."
    ),
    "yaml-text-after-value": Entry(
        "After a closing quote or bracket nothing can follow in a value.", "Put the whole text in double quotes."
    ),
    "yaml-comment-as-value": Entry(
        "What follows a space and # is a comment, so “{key}” has no value.", "Put the value in double quotes."
    ),
    "yaml-comma-in-value": Entry(
        "Inside braces and brackets, the comma ends the value here.", "Put the text in double quotes."
    ),
    "yaml-comma-missing": Entry(
        "A comma is missing before this.",
        "Separate keys within braces by commas, or put a text with a colon in double quotes.",
    ),
    "yaml-key-alone": Entry(
        "“{key}” stands within braces without a value.",
        "Write “{key}: value”, or put the text with its comma or braces in double quotes.",
    ),
    "yaml-bracket-open": Entry(
        "This bracket is never closed.",
        "Write the closing bracket, or put a text that begins with one in double quotes.",
    ),
    "yaml-quote-open": Entry("This quote is never closed.", "Write the same quote at the end of the text."),
    "yaml-escape": Entry(
        "“{escape}” means nothing inside double quotes.", "Write \\\\ for a backslash, or use single quotes."
    ),
    "yaml-character": Entry(
        "The character {character} is not allowed in a file.", "Remove it; it may be invisible in your editor."
    ),
    "yaml-anchor": Entry(
        "Anchors and aliases (& and *) are not allowed here.", "Write the value out, or put the text in double quotes."
    ),
    "yaml-tag": Entry(
        "Tags such as “{tag}” are not allowed here.", "Write the plain value, or put the text in double quotes."
    ),
    "yaml-directive": Entry("Directives (lines that begin with %) are not allowed here.", "Remove the line."),
    "yaml-merge-key": Entry("Merge keys (<<) are not allowed here.", "Write the keys out."),
    "yaml-duplicate-key": Entry(
        "The key “{key}” stands twice in this mapping; first in line {first}.", "Remove one of them."
    ),
    "yaml-key-not-text": Entry("A key must be plain text.", "Write a name followed by a colon."),
    "yaml-too-deep": Entry(
        "This is nested deeper than {limit} levels.", "Write it flatter; a configuration needs less than ten levels."
    ),
    "yaml-several-documents": Entry(
        "A file holds one configuration; a second one begins here.",
        "Remove the line, or move what follows it to a file of its own.",
    ),
}

# The shape of a configuration: keys and kinds of values.
SHAPES = {
    "not-a-mapping": Entry(
        "Here a mapping of keys and values is expected.", "Write “key: value” lines below it, indented."
    ),
    "field-not-a-mapping": Entry("A field is a mapping that says its type.", "Write “{name}: {{type: {type}}}”."),
    "not-a-list": Entry("Here a list is expected.", "Write items beginning with “- ” or inside [ ]."),
    "not-text": Entry("Here a text is expected.", "Write one value after the colon."),
    "not-a-whole-number": Entry("“{value}” is not a whole number.", "Write digits only."),
    "not-a-decimal": Entry("“{value}” is not a number.", "Write digits, with a point before the decimals."),
    "not-true-or-false": Entry("“{value}” is neither true nor false.", "Write true or false."),
    "accent-invalid": Entry(
        "“{value}” is not a colour.", 'Write # and six digits in double quotes, such as "#2a62b8".'
    ),
    "list-empty": Entry("At least one item is needed here."),
    "text-empty": Entry("This text is empty.", "Write something, or remove the key."),
    "text-too-long": Entry("This text is longer than {maximum} characters."),
    "key-unknown": Entry("There is no key “{key}” in {where}.", "Did you mean “{nearest}”?"),
    "key-missing": Entry("The key “{key}” is missing in {where}.", "Add “{key}: …”."),
    "value-missing": Entry("“{key}” has no value.", "Write one after the colon, or remove the key."),
    "value-unknown": Entry("“{value}” is not one of: {allowed}.", "Did you mean “{nearest}”?"),
    "value-invalid": Entry("“{value}” does not fit here: {reason}."),
    "number-too-small": Entry("{value} is too small; the smallest number here is {minimum}."),
    "number-too-large": Entry("{value} is too large; the largest number here is {maximum}."),
    "not-yet-supported": Entry(
        "“{key}” is part of the language, but this version does not support it yet.", "Remove it for now."
    ),
    "version-unknown": Entry("This program reads configurations of version 1, not “{value}”.", "Write kartoteka: 1."),
    "type-unknown": Entry("There is no field type “{value}”.", "Did you mean “{nearest}”?"),
}

# Names and references inside a configuration.
NAMES = {
    "name-invalid": Entry(
        "“{name}” cannot be a name.",
        "Use a to z, digits and single _, begin with a letter, 40 characters at most; what people read is the label.",
    ),
    "name-reserved": Entry("The name “{name}” is reserved.", "Choose another, such as “{other}”."),
    "name-twice": Entry("The name “{name}” is used twice; first at {first}.", "Rename one of them."),
    "entity-unknown": Entry("There is no entity “{name}”.", "Did you mean “{nearest}”?"),
    "field-unknown": Entry("There is no field “{name}” in “{entity}”.", "Did you mean “{nearest}”?"),
    "was-still-there": Entry(
        "“{name}” still exists, so it cannot be the former name of something else.",
        "Remove was, or the entry of that name.",
    ),
    "was-twice": Entry("“{name}” is given as the former name twice; first at {first}.", "Leave it in one place."),
}

# What a configuration says, once its shape and names are right.
MEANINGS = {
    "entity-empty": Entry("The entity “{entity}” has no fields.", "Add at least one field."),
    "settings-twice": Entry(
        "There is a second entity of kind settings; the first is “{first}”.", "Put the fields of both into one."
    ),
    "settings-referenced": Entry(
        "“{name}” holds one record of settings; nothing can refer to it.", "Refer to another entity."
    ),
    "child-without-parent": Entry(
        "The child entity “{entity}” is in no lines field, so nobody can reach its records.",
        "Add a field {{type: lines, of: {entity}}} to its parent.",
    ),
    "child-with-two-parents": Entry(
        "“{entity}” already is the lines field “{first}”; a child entity has one parent.",
        "Make a child entity for each parent.",
    ),
    "child-field-is-parent": Entry(
        "The field “{name}” has the name of the parent, to which every record of “{entity}” already belongs.",
        "Remove it, or rename it.",
    ),
    "child-with-lines": Entry(
        "Lines cannot have lines of their own.", "Use a reference, or make “{entity}” a document."
    ),
    "lines-of-not-child": Entry(
        "“{name}” is not a child entity, so it cannot be the lines of a record.",
        "Add kind: child to it, or use {{type: related}}.",
    ),
    "related-by-wrong-type": Entry(
        "“{name}” is a field of type {type}, not a reference.",
        "Name the reference field of “{entity}” that points here.",
    ),
    "related-by-elsewhere": Entry(
        "“{name}” points at “{target}”, not at “{entity}”.", "Name the reference field that points here."
    ),
    "on-delete-clears-required": Entry(
        "A required field cannot be cleared when the other record is deleted.",
        "Use on_delete: restrict or cascade, or drop required.",
    ),
    "references-in-a-circle": Entry(
        "These required references lead back to where they began: {circle}. No first record could be saved.",
        "Drop required from one of them.",
    ),
    "title-unsuitable": Entry(
        "A field of type {type} cannot name a record.", "Use a text, a sequence, a date or another short field."
    ),
    "card-field-twice": Entry("“{name}” is on the card twice; first in line {first}.", "Remove one of them."),
    "card-field-unsuitable": Entry(
        "A field of type {type} has a section of its own.", "Write {{{type}: {name}}} as a section."
    ),
    "card-section-empty": Entry("This section shows nothing.", "Give it columns, lines or related."),
    "card-section-mixed": Entry("A section shows either lines or related records.", "Make two sections."),
    "card-where-unsuitable": Entry(
        "Only a section of related records takes a condition.", "Leave `where` out, or use `visible_if`."
    ),
    "card-section-wrong-type": Entry("“{name}” is a field of type {type}, not of type {wanted}."),
    "card-required-missing": Entry(
        "The required field “{name}” is not on the card, so no record could be saved.",
        "Add it to a section, or give it a default.",
    ),
    "card-line-required-missing": Entry(
        "The required field “{name}” of the lines is not among these columns, so no line could be saved.",
        "Add it, or give it a default.",
    ),
    "view-field-twice": Entry("“{name}” stands here twice.", "Remove one of them."),
    "view-field-unsuitable": Entry(
        "A field of type {type} has no column in a list.", "Leave it out; the card shows it."
    ),
    "view-sort-unsuitable": Entry("A list cannot be sorted by a field of type {type}.", "Sort by another field."),
    "section-columns-nested": Entry("The columns of lines are one list of names.", "Write [product, quantity]."),
    "option-invalid": Entry(
        "“{value}” cannot be the value of an option.",
        "Leave out |, line ends and spaces at its ends; a label may have them.",
    ),
    "option-twice": Entry(
        "The value “{value}” is among the options twice; capitals make no difference.", "Remove one of them."
    ),
    "option-label-twice": Entry(
        "Two options are both called “{label}”, so that nobody can tell them apart.", "Give one of them another label."
    ),
    "key-unsuitable": Entry("“{key}” means nothing on a field of type {type}.", "Remove it."),
    "range-reversed": Entry("min ({minimum}) is larger than max ({maximum}).", "Swap them."),
    "currency-unknown": Entry(
        "“{value}” is neither a currency code nor a field.", "Write a code of three capitals, such as “{nearest}”."
    ),
    "currency-field-wrong-type": Entry(
        "“{name}” is a field of type {type}, not of type currency.", "Name a currency field, or a code such as EUR."
    ),
    "mask-token-unknown": Entry("“{token}” means nothing in a mask.", "Use {tokens}."),
    "mask-without-counter": Entry("A mask needs a counter.", "Add {{#####}}, with one # for each digit."),
    "mask-with-two-counters": Entry("A mask has one counter; this is the second.", "Remove one of them."),
    "mask-brace-open": Entry("This brace is never closed.", "Write the closing brace."),
    "mask-period-missing": Entry(
        "The counter starts anew each {period}, but the mask does not show the {period}, so that numbers would repeat.",
        "Add {token} to the mask.",
    ),
    "language-unknown": Entry(
        "“{value}” is not one of the languages of this program: {allowed}.", "Did you mean “{nearest}”?"
    ),
    "label-incomplete": Entry(
        "This label has no text in “{language}”, the language of the configuration.",
        "Add it; until then another language is shown.",
        "warning",
    ),
    "percent-not-a-fraction": Entry(
        "{value} means {percent} % here.", "Write a percentage as a fraction: 0.3 is 30 %.", "warning"
    ),
    "country-unknown": Entry("“{value}” is not the code of a country.", "Write two capitals, such as “{nearest}”."),
    "timezone-unknown": Entry("There is no time zone “{value}”.", "Did you mean “{nearest}”?"),
    "tax-number-unknown": Entry(
        "There is no number “{value}” among those known of this country.", "Did you mean “{nearest}”?"
    ),
    "icon-invalid": Entry(
        "“{value}” cannot be the name of an icon.", "Write the name of a Tabler icon, such as users or building-store."
    ),
}

# Formulas: what a place asks of them. What can be wrong with their text stands in `formulas.sentences`.
FORMULAS = {
    "formula-beside": Entry("A field with a formula has no {key}: nobody enters its value.", "Remove {key}."),
    "formula-circle": Entry(
        "These fields depend on each other in a circle: {fields}.", "Compute one of them from other fields."
    ),
    **{code: Entry(text, hint) for code, (text, hint) in SENTENCES.items()},
}

# Values that people enter, in a form, a spreadsheet or through the API.
INPUTS = {
    "check-failed": Entry("{text}"),
    "choice-not-offered": Entry("This may not be chosen here.", "Choose from what the list offers."),
    "readonly-now": Entry("This can no longer be changed.", "Leave it as it was: {value}."),
    "required": Entry("This field must be filled in."),
    "rate-twice": Entry("The rate of {currency} on this day stands in row {first} already.", "Remove one of them."),
    "rate-own-currency": Entry("{currency} is the currency of the business; its own rate is always 1."),
    "rate-not-positive": Entry("A rate is larger than zero; “{value}” is not.", "Enter what one unit is worth."),
    "administrators-only": Entry("Only an administrator may do this."),
    "not-an-integer": Entry("“{value}” is not a whole number.", "Enter digits only."),
    "not-a-number": Entry("“{value}” is not a number."),
    "too-many-decimals": Entry("“{value}” has more than {scale} decimal places."),
    "too-large": Entry("“{value}” is larger than {maximum}."),
    "too-small": Entry("“{value}” is smaller than {minimum}."),
    "not-yes-or-no": Entry("“{value}” is neither yes nor no.", "Enter yes or no."),
    "not-a-date": Entry("“{value}” is not a date.", "Enter it like {example}."),
    "too-long": Entry("This text has {length} characters; {maximum} are allowed."),
    "text-invalid": Entry("This text contains a character that cannot be stored."),
    "choice-unknown": Entry("“{value}” is not among the choices.", "Did you mean “{nearest}”?"),
    "reference-unknown": Entry("There is no such record in “{entity}”."),
    "unique-taken": Entry(
        "“{value}” is already taken by another record.", "Enter another value, or open that record instead."
    ),
    "record-in-use": Entry(
        "{count} records of “{entity}” still refer to this through “{field}”.", "Change or delete those first."
    ),
    "parent-in-trash": Entry("What these lines belong to in “{entity}” is in the trash.", "Restore that first."),
    "field-not-editable": Entry("There is no field “{field}” that can be entered here."),
    "lines-required": Entry("At least one line is needed here."),
    "line-gone": Entry(
        "Somebody else has deleted this line meanwhile.", "Remove it here too, or enter it as a new line."
    ),
    "save-collided": Entry("Somebody else saved at the same moment.", "Save again."),
    "not-a-time": Entry("“{value}” is not a time of day.", "Enter it like {example}."),
    "not-a-datetime": Entry("“{value}” is not a day with a time.", "Enter it like {example}."),
    "moment-out-of-range": Entry("A day with a time lies between the years {first} and {last}."),
    "not-a-duration": Entry("“{value}” is not a length of time.", "Enter it like {example}, or as 90 min or 1.5 h."),
    "percent-or-fraction": Entry(
        "“{value}” may mean a percentage or a fraction.",
        "Write it with a percent sign, or give the cells the percent format.",
    ),
    "not-a-phone": Entry("“{value}” is not a telephone number.", "Enter it like {example}."),
    "not-an-email": Entry("“{value}” is not an e-mail address.", "Enter one address like {example}."),
    "not-a-url": Entry("“{value}” is not a web address.", "Enter it like {example}."),
    "url-scheme": Entry(
        "“{value}” is not an address that begins with http:// or https://.", "Enter the address of a web page."
    ),
    "not-a-tax-id": Entry(
        "“{value}” is not a number of the kind that is expected here.",
        "Compare its length and signs with the document.",
    ),
    "tax-id-digits": Entry(
        "“{value}” contains a mistake: its check digit does not fit.", "Compare it with the document, digit by digit."
    ),
    "not-a-color": Entry("“{value}” is not a colour.", "Enter # and six digits or letters a to f, like {example}."),
    "too-many-items": Entry("There are {count} here; {maximum} are allowed.", "Remove some."),
    "value-wrong-kind": Entry("A value of another kind is expected here."),
    "file-unknown": Entry(
        "One of these files is not there any more, or belongs elsewhere.", "Remove it and add it again."
    ),
    "upload-too-large": Entry("“{name}” is larger than {maximum} MB.", "Choose a smaller file, or compress it."),
    "upload-empty": Entry("“{name}” is empty.", "Look at it on your computer, and save it there once more."),
    "upload-not-kept": Entry(
        "“{name}” could not be written to the disk of the server.", "Tell the administrator; the disk may be full."
    ),
    "uploads-waiting": Entry(
        "{maximum} files of yours are waiting to be saved with a record.", "Save the open records, or wait a day."
    ),
    "image-unsuitable": Entry(
        "“{name}” is not a picture that can be shown here.", "Choose a JPEG, PNG, GIF or WebP picture."
    ),
    "image-heic": Entry(
        "“{name}” is a picture in the HEIC format, which most programs cannot show.",
        "Save it as JPEG; an iPhone takes such pictures with Settings, Camera, Formats, Most Compatible.",
    ),
    "image-damaged": Entry(
        "“{name}” is damaged, or only a part of it has arrived.", "Look at it on your computer, and choose it again."
    ),
    "image-too-many-pixels": Entry("“{name}” has more than {maximum} million pixels.", "Choose a smaller picture."),
}

# What a plan from one configuration to another cannot do.
PLANS = {
    "plan-entity-removed": Entry(
        "“{entity}” is no longer described; removing entities is not yet supported.",
        "Put its description back for now.",
    ),
    "plan-field-removed": Entry(
        "“{entity}.{field}” is no longer described; removing fields is not yet supported.",
        "Put the field back for now.",
    ),
    "plan-field-changed": Entry(
        "“{entity}.{field}” is to be stored in another way; changing that is not yet supported.",
        "Add a new field beside it for now.",
    ),
    "plan-parent-changed": Entry(
        "The lines “{entity}” are to belong to another entity; changing that is not yet supported."
    ),
    "plan-table-exists": Entry(
        "The database already has a table “{table}” that Kartoteka did not make.", "Use an empty database."
    ),
}

# Sheets that are imported.
SHEETS = {
    "sheet-missing": Entry("There is no file “{file}”.", "Check the path and the spelling."),
    "sheet-kind-unknown": Entry("“{file}” is not a kind of file that can be imported.", "Use CSV, XLSX, XLS or ODS."),
    "sheet-unreadable": Entry(
        "“{file}” cannot be read; it may be damaged or protected by a password.",
        "Save it again as XLSX or CSV, without a password.",
    ),
    "sheet-not-text": Entry(
        "“{file}” is not text in the encoding {encoding}.",
        "Save it as CSV UTF-8, or name its encoding with --encoding.",
    ),
    "sheet-quote": Entry(
        "In row {row} of “{file}” a quotation mark is not closed, or stands inside a cell alone.",
        "Write a quotation mark inside a cell twice, and the whole cell between two others.",
    ),
    "sheet-too-large": Entry(
        "“{file}” has more than {limit}.", "Split it into several files, or remove what stands far from the rest."
    ),
    "sheet-unknown": Entry("“{file}” has no sheet “{sheet}”.", "Did you mean “{nearest}”?"),
    "sheet-empty": Entry("“{file}” has no rows.", "The first row must hold the headings."),
    "column-unknown": Entry("The column “{column}” means no field.", "Did you mean “{nearest}”?"),
    "column-ambiguous": Entry(
        "The column “{column}” may mean any of these fields: {names}.",
        "Write the name of the one that is meant above the column, such as “{name}”.",
    ),
    "column-unnamed": Entry(
        "Column {letters} has no heading, but holds “{value}”.",
        "Write a heading above it, or remove it. Were commas taken for the ends of cells?",
    ),
    "column-twice": Entry("The column “{column}” means the same field as “{first}”.", "Remove one of them."),
    "column-missing": Entry("There is no column “{column}”, which every new record needs."),
    "column-unsuitable": Entry(
        "The column “{column}” is a field of type {type}, which a sheet cannot bring.", "Leave the column out."
    ),
    "match-column-missing": Entry("There is no column for “{column}”, by which records are to be found."),
    "match-unsuitable": Entry(
        "Records cannot be found by “{column}”, a field of type {type}.",
        "Name a field that holds a text, a number or a date, such as a code.",
    ),
    "match-ambiguous": Entry("“{value}” stands in {count} records, so it cannot say which one is meant."),
    "match-twice": Entry("“{value}” stands in row {first} already."),
    "unique-twice": Entry("“{value}” stands in row {first} already, and must be unique."),
    "formula-without-value": Entry(
        "The formula here has no value but “{value}”.", "Correct it in the spreadsheet program."
    ),
    "reference-not-found": Entry(
        "There is no “{value}” in {entity}.", "Correct the name, or import that record first."
    ),
    "reference-ambiguous": Entry(
        "Several records of {entity} are called “{value}”.",
        "Name them by a key, in a column such as “{entity}.code”, or by number, such as #12.",
    ),
    "export-too-long": Entry("A workbook holds {limit} rows and no more.", "Export to CSV, or fewer records."),
    "export-cell-too-long": Entry(
        "“{column}” has {length} characters in row {row}; a cell of a workbook holds {maximum}.", "Export to CSV."
    ),
}

# Accounts: signing in, users, passwords.
ACCOUNTS = {
    "login-wrong": Entry(
        "The login name or the password is wrong.", "Check both; the administrator can give you a new password."
    ),
    "login-taken": Entry("There is a user with the login name “{login}” already.", "Choose another login name."),
    "login-invalid": Entry(
        "A login name has 1 to {maximum} characters and no spaces.",
        "Use the e-mail address, or the name in small letters.",
    ),
    "login-unknown": Entry("There is no user with the login name “{login}”.", "Did you mean “{nearest}”?"),
    "password-wrong": Entry("This is not your current password."),
    "password-unchanged": Entry("The new password is the same as the current one.", "Choose another."),
    "password-too-short": Entry(
        "A password has at least {minimum} characters.", "Three or four unrelated words are easy to remember."
    ),
    "password-too-common": Entry(
        "This password is among the first that others would try.", "Three or four unrelated words are easy to remember."
    ),
    "passwords-differ": Entry("The two passwords are not the same.", "Enter the new password twice."),
    "last-administrator": Entry(
        "This is the last administrator who can sign in.", "Make somebody else an administrator first."
    ),
    "set-up-done": Entry("The set-up has been done already.", "Sign in, or ask the administrator for an account."),
    "set-up-code-wrong": Entry(
        "The set-up code is wrong.", "It stands in the window in which the program was started."
    ),
}

CATALOGUE = MappingProxyType(
    {**FILES, **SHAPES, **NAMES, **MEANINGS, **FORMULAS, **PLANS, **SHEETS, **INPUTS, **ACCOUNTS}
)
