"""The texts of the program in other languages than English, one catalogue a language.

    python -m runtime_web.translations          collect every text anew, and say which have no translation
    python -m runtime_web.translations --check  only say

Texts come from `_('…')`, `gettext`, `ngettext` and `marked` in modules, from `_` and `ngettext` in templates, and from
the catalogue of Problems as far as pages show them. Translate by filling in the msgstr of each .po file and run it again;
it compiles them too, as builds do. A test keeps every catalogue complete.
"""
