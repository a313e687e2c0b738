"""What can be wrong with a configuration, and with the way from one to another."""

from __future__ import annotations

from engine.problems.entry import Entry
from formulas.sentences import SENTENCES

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
    "required-hidden": Entry(
        "A field that must always be filled in cannot be hidden.", "Write required_if with the same condition."
    ),
    "link-unsuitable": Entry(
        "A user cannot be linked to a record of “{name}”, which is of kind {kind}.", "Name a catalog, such as employee."
    ),
    "right-of-lines": Entry(
        "Lines are read and changed with what they belong to, so “{entity}” has no rights of its own.",
        "Say it in a grant of “{parent}”: fields: {{{field}.price: hidden}}.",
    ),
    "grant-for-all": Entry(
        "A grant for all entities takes no “{key}”.", "Write a grant of its own for the entity that is meant."
    ),
    "publish-unsuitable": Entry(
        "“{name}” is not computed, so there is nothing to publish.", "Leave it out: it is read like any field."
    ),
    "field-vanishes": Entry(
        "“{field}” is not there for the role “{role}”, because it is made of “{lacking}”, which that role may not read.",
        "If they may see the result, add publish: [{field}]; if not, say so: fields: {{{field}: hidden}}.",
        severity="warning",
    ),
    "card-where-unsuitable": Entry(
        "Only a section of related records takes a condition.", "Leave `where` out, or use `visible_if`."
    ),
    "card-widths-uneven": Entry(
        "There are {widths} widths for {columns} columns.", "Give each column of fields one width, or leave them out."
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
    "view-by-missing": Entry("A {kind} needs a field to be laid out by.", "Name a field of type {types} under by."),
    "view-by-unsuitable": Entry(
        "A {kind} cannot be laid out by a field of type {type} here.", "It takes a field of type {types}."
    ),
    "view-by-elsewhere": Entry(
        "“{name}” leads to other records than those of “{entity}”.",
        "A tree needs a reference of records to their own kind.",
    ),
    "view-key-unsuitable": Entry(
        "“{key}” means nothing in a view of kind {kind}.", "Remove it, or write another kind."
    ),
    "report-path-many": Entry(
        "“{name}” leads to several records at once.", "Report on these records, and go from there to this one."
    ),
    "report-path-ends": Entry("“{name}” leads nowhere, so that “{rest}” cannot be read behind it.", "End it there."),
    "report-part-unsuitable": Entry("“{name}” has no {part}.", "Leave out by, or take a field with a date."),
    "report-operator-unsuitable": Entry("“{name}” cannot be compared by “{operator}”.", "It can by: {known}."),
    "report-during-unsuitable": Entry("“{name}” is no date, so that no time goes by it.", "Take values, or a date."),
    "report-ranges-unsuitable": Entry("“{name}” is no number, so that it has no ranges.", "Leave out ranges."),
    "report-ranges-order": Entry("The bounds of ranges go up, each once.", "Write [100, 1000]."),
    "report-value-unknown": Entry("The report has no value “{name}”.", "Did you mean “{nearest}”?"),
    "report-value-twofold": Entry("A value with {first} takes no {second}.", "Remove one of them."),
    "report-aggregate-alone": Entry(
        "Of records as such there is only a count, no {aggregate}.", "Name a field or an expression."
    ),
    "report-aggregate-unsuitable": Entry(
        "“{name}” has no {aggregate}.", "Take count or distinct, or a field with numbers."
    ),
    "report-running-unsuitable": Entry(
        "A running total adds up, and the {aggregate} of “{name}” does not.",
        "Take a sum or a count of the records' own field, or leave out show_as.",
    ),
    "report-role-unknown": Entry("There is no role “{name}”.", "Did you mean “{nearest}”?"),
    "tile-empty": Entry("This tile shows nothing.", "Name a report, or say what a number counts."),
    "tile-twofold": Entry("A tile shows a report or a number of its own, not both.", "Remove one of them."),
    "tile-report-unknown": Entry("There is no report “{name}”.", "Did you mean “{nearest}”?"),
    "tile-key-idle": Entry("Without {wanted}, {key} says nothing here.", "Leave out {key}."),
    "tile-compare-time": Entry(
        "It is not clear which time comes before, because there is not exactly one filter with during.",
        "Give one filter during: this_month, or leave out compare.",
    ),
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
    "mask-computed": Entry(
        "“{name}” is not known yet when a record gets its number.", "Name a field that people fill in."
    ),
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
