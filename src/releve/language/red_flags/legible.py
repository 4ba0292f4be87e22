"""The message with its letters made plain: what a reader sees, whatever the code points.

Full-width and mathematical letters, Cyrillic or Greek look-alikes inside a Latin word, combining accents, ligatures,
zero-width characters and spelt-out words ("D.O.U.L.E.U.R") read as ordinary letters. The offsets of the result lead
back to the original text.
"""

import re
import unicodedata

Offsets = list[int] | None  # where each character comes from; None when nothing moved

_PLAIN = re.compile(r"[\x00-\x7f\u00a0-\u00ac\u00ae-\u00e5\u00e7-\u0130\u0132-\u0151\u0154-\u017e‘’“”…–—€]*\Z")
_LIKE = {
    **dict(zip("аеорсухіїјѕԁһԛԝвкмнтгп", "aeopcyxiijsdhqwbkmhtrn", strict=True)),
    **dict(zip("АЕОРСУХІЇЈЅВКМНТ", "aeopcyxiijsbkmht", strict=True)),
    **dict(zip("αβεικνορτυχηωΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "abeiknoptuxnwabezhikmnoptyx", strict=True)),
    **dict(zip("օսոհյց", "ounhjg", strict=True)),
    **dict(zip("ıɑɡɩɪʀʏʟɴᴀᴇᴏᴜᴛᴠᴡᴄᴅᴋᴍᴘꜱƖ", "iagiirylnaeoutvwcdkmpsl", strict=True)),
}
_LIGATURES = {"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ſ": "s"}
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0")  # letters that show nothing
_CAPITAL_I = re.compile(r"(?<=[a-zà-ÿ])I(?=[a-zà-ÿ])")  # looks like an l
_WORD = re.compile(r"\w+")
_LATIN = re.compile(r"[a-zA-ZÀ-ſ]")
_SPELT = re.compile(
    r"(?<![\w.\-_*·/])[^\W\d_](?:([.\-_*·/])[^\W\d_](?:\1[^\W\d_]){2,}|( )[^\W\d_](?: [^\W\d_]){4,})(?!\w)"
)


def legible(text: str) -> tuple[str, Offsets]:
    """The plain text, and for each of its characters the index it comes from."""
    text = _CAPITAL_I.sub("l", text)
    plain, offsets = (text, None) if _PLAIN.match(text) else _unfolded(text)
    return _joined(plain, offsets)


def _unfolded(text: str) -> tuple[str, Offsets]:
    chars: list[str] = []
    offsets: list[int] = []
    for at, char in enumerate(text):
        if char < "\u0300" and char != "\u00ad":
            plain = _LIGATURES.get(char, char)
            chars.extend(plain)
            offsets.extend([at] * len(plain))
            continue
        if char in _FILLERS or unicodedata.category(char) in ("Mn", "Me", "Cf"):
            continue
        wide = unicodedata.normalize("NFKC", char)
        chars.extend(wide)
        offsets.extend([at] * len(wide))
    return _WORD.sub(_latin, "".join(chars)), offsets


def _latin(match: re.Match[str]) -> str:
    """A word that mixes Latin letters with their look-alikes is a Latin word."""
    word = match.group()
    if word.isascii() or not _LATIN.search(word):
        return word
    return "".join(_LIKE.get(char, char) for char in word)


def _joined(text: str, offsets: Offsets) -> tuple[str, Offsets]:
    """Spelt-out words in one piece."""
    spelt = list(_SPELT.finditer(text))
    if not spelt:
        return text, offsets
    gone = {at for match in spelt for at in range(match.start() + 1, match.end(), 2)}
    kept = [at for at in range(len(text)) if at not in gone]
    return "".join(text[at] for at in kept), [offsets[at] for at in kept] if offsets else kept
