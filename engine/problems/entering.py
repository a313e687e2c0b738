"""What can be wrong with what people enter: values, sheets, accounts."""

from __future__ import annotations

from engine.problems.entry import Entry

# Values that people enter, in a form, a spreadsheet or through the API.
INPUTS = {
    "check-failed": Entry("{text}"),
    "choice-not-offered": Entry("“{value}” may not be chosen here; choose one that the list of this field offers."),
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
    "reference-unnamed": Entry("“{value}” does not name one record; choose one that the list of this field offers."),
    "unique-taken": Entry(
        "“{value}” is already taken by another record.", "Enter another value, or open that record instead."
    ),
    "unique-taken-elsewhere": Entry(
        "Another record has taken a value of this one meanwhile, which you may not see.",
        "Ask somebody who may see it.",
    ),
    "record-in-use": Entry(
        "{count} records of “{entity}” still refer to this through “{field}”.", "Change or delete those first."
    ),
    "record-in-use-elsewhere": Entry(
        "Other records still refer to this, which you may not see.", "Ask somebody who may see them."
    ),
    "right-missing": Entry("Your role does not let you do this here.", "Ask an administrator if you need it."),
    "right-missing-here": Entry(
        "Your role does not let you do this with {count} of these records.", "Ask an administrator if you need it."
    ),
    "right-missing-after": Entry(
        "Saved like this, the record would be one with which your role does not let you do this.",
        "Leave what makes it yours as it was.",
    ),
    "field-closed": Entry("Your role does not let you change this.", "Leave it as it was."),
    "above-itself": Entry(
        "A record cannot stand below itself.", "Choose another one, which does not stand below this record."
    ),
    "parent-in-trash": Entry("What these lines belong to in “{entity}” is in the trash.", "Restore that first."),
    "field-not-editable": Entry("There is no field “{field}” that can be entered here."),
    "lines-required": Entry("At least one line is needed here."),
    "line-gone": Entry(
        "Somebody else has deleted this line meanwhile.", "Remove it here too, or enter it as a new line."
    ),
    "record-gone": Entry("This record is not there any more.", "Somebody may have deleted it; look into the trash."),
    "changed-since": Entry(
        "Somebody else has changed this meanwhile.", "Look at what it is now, and change it again if that is wrong."
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
    "code-wrong": Entry(
        "This code is wrong, or it has been used or replaced by the next one.",
        "Enter the six digits that the app shows now, or a recovery code.",
    ),
    "sign-in-again": Entry("This log-in has taken too long, or the account was changed meanwhile.", "Sign in again."),
    "second-factor-on": Entry("Codes are asked for already.", "Remove the app first to set up another."),
    "account-role-unknown": Entry("There is no role “{role}”.", "Did you mean “{nearest}”?"),
    "roles-beyond-own": Entry(
        "You can give others only what you have yourself.", "Ask an administrator, who may give everything."
    ),
    "account-beyond-own": Entry(
        "This account may do more than yours, so you cannot change it.", "Ask an administrator, who can."
    ),
    "group-unknown": Entry("There is no group “{name}”.", "Did you mean “{nearest}”?"),
    "group-taken": Entry("There is a group “{name}” already.", "Choose another name."),
    "set-up-done": Entry("The set-up has been done already.", "Sign in, or ask the administrator for an account."),
    "set-up-code-wrong": Entry(
        "The set-up code is wrong.", "It stands in the window in which the program was started."
    ),
}

# Jobs: work that is done behind the pages.
JOBS = {
    "job-asker-gone": Entry("Whoever asked for this may no longer sign in, so it was not done."),
    "job-given-up": Entry(
        "The program has ended {attempts} times in the middle of this, so it was given up.",
        "Ask the administrator whether the computer has enough memory.",
    ),
    "job-unknown": Entry(
        "This version of the program does not know this kind of job (“{kind}”).",
        "Start the workers of the same version as the pages.",
    ),
}

# Reports: tables of numbers.
REPORTS = {
    "report-live-too-large": Entry(
        "A live workbook of this table holds at most {maximum} records, and there are {found}.",
        "Filter the records, or take the workbook with numbers only.",
    ),
    "report-too-large": Entry(
        "The table would have more than {maximum} cells.", "Filter the records, or take a row or column away."
    ),
    "report-unreadable": Entry(
        "“{name}” was saved by another version of the program, which this one cannot read.",
        "Open it with that version, or make it anew.",
    ),
    "report-parts-gone": Entry(
        "This report names what is no longer there, or what you may no longer see: {parts}.",
        "Open it without that, and save it.",
    ),
    "reports-too-many": Entry("You have {maximum} reports already.", "Delete those that you no longer use."),
    "views-too-many": Entry("You have {maximum} views already.", "Delete those that you no longer use."),
    "dashboards-too-many": Entry("You have {maximum} dashboards already.", "Delete those that you no longer use."),
    "tiles-too-many": Entry("A dashboard has {maximum} tiles at most.", "Take one away first."),
    "tile-report-missing": Entry("There is no such report.", "Choose one from the list."),
    "share-role-unknown": Entry(
        "There is no role “{role}” with which you could share this.",
        "Choose roles that you have yourself, or everyone.",
    ),
}
