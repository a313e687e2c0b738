"""What can be wrong with a call of the API, and with the tokens by which programs sign in."""

from __future__ import annotations

from engine.problems.entry import Entry

# Making a token.
TOKENS = {
    "token-scopes": Entry("A token is for one or more of {scopes}.", "Choose what it is for."),
    "token-life": Entry("A token lives from 1 to {maximum} days.", "Enter fewer days."),
    "token-entity": Entry("There is no entity “{entity}” that the token could reach.", "Did you mean “{nearest}”?"),
    "token-unknown": Entry("{login} has no living token with the number {number}."),
    "too-many-tokens": Entry("There are {maximum} tokens already.", "Revoke those that nobody uses."),
}

# Calling.
CALLS = {
    "token-missing": Entry(
        "A token is needed here.", "Send it in the header Authorization: the word Bearer, a space, the token."
    ),
    "token-invalid": Entry(
        "This token opens nothing: it is wrong, revoked or expired.", "Make a new one on the page My tokens."
    ),
    "token-scope-missing": Entry("This token is not for that; it lacks {scope}.", "Make a token that is for it."),
    "nothing-here": Entry("There is nothing here, or not for this token.", "See what there is in /api/v1/_metadata."),
    "method-not-taken": Entry("The method {method} does nothing here."),
    "lines-with-parent": Entry("Lines are changed through the record that they belong to."),
    "settings-exist": Entry("There is one such record, and no other can be made.", "Change the one that there is."),
    "calls-too-many": Entry("This token calls too often.", "Wait {seconds} seconds."),
    "body-media-type": Entry("The body must be {kind}.", "Say so in the header Content-Type."),
    "body-not-json": Entry(
        "The body is not JSON that can be read here.",
        "It is an object in UTF-8, at most {depth} levels deep, in which no key stands twice.",
    ),
    "body-too-large": Entry("The body is larger than {maximum} kB.", "Send less at once."),
    "parameter-unknown": Entry("There is no parameter “{parameter}” here.", "Did you mean “{nearest}”?"),
    "parameter-invalid": Entry(
        "“{value}” does not fit the parameter “{parameter}”.", "See what it takes in /api/v1/openapi.json."
    ),
    "field-not-usable": Entry("There is no field “{field}” that can be used here."),
    "comparison-unknown": Entry("“{field}” cannot be compared by “{operator}”.", "It takes {operators}."),
    "report-not-understood": Entry(
        "This is no report: {key} does not fit.", "See Report in /api/v1/openapi.json for what a report says."
    ),
    "operation-unknown": Entry(
        "This is no operation that can be done.",
        "Say what to do (create, update, delete, restore), and to which entity.",
    ),
    "version-missing": Entry(
        "It is not said which version of the record this is a change of.",
        "Send the _version that was read, or the values that were read as _base.",
    ),
    "changed-meanwhile": Entry(
        "Somebody else has changed this meanwhile.", "Compare both values, and send the one that is right."
    ),
}
