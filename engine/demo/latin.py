"""Latin spellings for addresses of mail and web, which know no Cyrillic and no accents here."""

from __future__ import annotations

import re
import unicodedata

from engine.demo.words.country import listed

_LETTERS = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
_SPELLINGS = listed("a,b,v,g,d,e,e,zh,z,i,y,k,l,m,n,o,p,r,s,t,u,f,kh,ts,ch,sh,shch,,y,,e,yu,ya")
_SIGNS = str.maketrans(dict(zip(_LETTERS, _SPELLINGS, strict=True)))


def latin(text: str) -> str:
    """The text in small Latin letters and digits, words joined by hyphens: `ООО «Норд-Лес»` is `ooo-nord-les`."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_SIGNS))
    kept = plain.encode("ascii", "ignore").decode("ascii").replace("'", "")
    return re.sub(r"[^a-z0-9]+", "-", kept).strip("-")
