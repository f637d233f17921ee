# SPDX-License-Identifier: EUPL-1.2
"""Bytes of mail to text, whatever their declared encoding says. Plain values in and out; never raises."""

import base64
import binascii
import quopri
import re

from charset_normalizer import from_bytes

KNOWN = frozenset(
    {
        "us-ascii", "ascii", "utf-8", "utf8", "utf-7", "utf-16", "utf-16le", "utf-16be", "windows-1257", "cp1257", "iso-8859-13",
        "iso-8859-4", "windows-1251", "cp1251", "koi8-r", "koi8-u", "iso-8859-5", "windows-1252", "cp1252", "iso-8859-1", "latin1",
        "iso-8859-15", "windows-1250", "iso-8859-2", "windows-1254", "iso-8859-9", "cp775", "cp866",
    }
)  # fmt: skip
"""Encodings that are believed when declared; Python knows others that cost too much time or are no encodings of text."""

_WESTERN = frozenset({"us-ascii", "ascii", "windows-1252", "cp1252", "iso-8859-1", "latin1", "iso-8859-15"})
_LATVIAN = frozenset("āčēģīķļņōŗšūžĀČĒĢĪĶĻŅŌŖŠŪŽ")
_GUESSED = ["utf_8", "cp1257", "iso8859_13", "cp1251", "koi8_r", "iso8859_4", "cp1252"]
_SAMPLE = 16_000
_LONGEST_LINE = 20_000
_WORD = re.compile(r"=\?([\w.:+-]{1,40})(?:\*[\w-]{1,20})?\?([bBqQ])\?([^?\s]{0,20000})\?=")
_WORDS = re.compile(rf"{_WORD.pattern}(?:[ \t\r\n]*{_WORD.pattern})*")


def _is_latvian(text: str) -> bool:
    """Say whether a text has letters beyond ASCII and all of them are Latvian."""
    letters = {letter for letter in text if letter > "\x7f" and letter.isalpha()}
    return bool(letters) and letters <= _LATVIAN


def decode(content: bytes, declared: str = "") -> str:
    """Return bytes as text: as declared if that can be, else as UTF-8, else as the bytes look.

    Valid UTF-8 is believed before a declared one-byte encoding, and Windows-1257 before a declared Western one where all
    letters come out Latvian: mail programs declare both wrongly.

    >>> decode("Soliņš".encode("cp1257"), "windows-1257"), decode("Soliņš".encode(), "iso-8859-1")
    ('Soliņš', 'Soliņš')
    >>> decode("Ceļš uz Rēzekni".encode("cp1257"), "iso-8859-1"), decode("Café".encode("latin1"), "iso-8859-1")
    ('Ceļš uz Rēzekni', 'Café')
    """
    declared = declared.strip().strip("\"'").lower()
    if not declared.startswith("utf-16") and declared != "utf-7":
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError:
            pass
    if declared in _WESTERN and _is_latvian(guess := content.decode("cp1257", "replace")):
        return guess
    if declared in KNOWN:
        try:
            return content.decode(declared)
        except (UnicodeError, LookupError):
            pass
    return _guessed(content)


def _guessed(content: bytes) -> str:
    baltic = content.decode("cp1257", "replace")
    if _is_latvian(baltic):
        return baltic
    for name in ("cp1251", "koi8_r"):
        text = content.decode(name, "replace")
        letters = [letter for letter in text if letter > "\x7f" and letter.isalpha()]
        if len(letters) > 4 and sum("а" <= letter <= "я" for letter in letters) > 0.8 * len(letters):
            return text
    best = from_bytes(content[:_SAMPLE], cp_isolation=_GUESSED).best()
    return content.decode(best.encoding if best is not None else "cp1257", "replace")


def header_text(value: str) -> str:
    """Return a header as people read it: encoded words and raw bytes decoded; what cannot be stays as it stands.

    ``value`` is as the standard library gives it, raw bytes as surrogates.

    >>> header_text("=?windows-1257?Q?Soli=F2=F0?= pie skolas")
    'Soliņš pie skolas'
    >>> header_text("=?utf-8?B?VmVsb2NlxLxp?=\\r\\n =?utf-8?B?xYYx?=")
    'Veloceļiņ1'
    """
    value = value[:_LONGEST_LINE]
    raw = value.encode("utf-8", "surrogateescape")
    value = decode(raw) if any("\udc80" <= letter <= "\udcff" for letter in value) else value
    return _WORDS.sub(lambda run: _together(run[0]), value)


def _together(run: str) -> str:
    """Decode encoded words that follow each other; a letter may begin in one and end in the next."""
    pieces: list[tuple[str, bytes]] = []
    for word in _WORD.finditer(run):
        charset, content = word[1].lower(), _unpacked(word[2], word[3])
        if pieces and pieces[-1][0] == charset:
            pieces[-1] = (charset, pieces[-1][1] + content)
        else:
            pieces.append((charset, content))
    return "".join(decode(content, charset) for charset, content in pieces)


def _unpacked(encoding: str, text: str) -> bytes:
    content = text.encode("ascii", "ignore")
    return unpack_base64(content) if encoding in "bB" else quopri.decodestring(content.replace(b"_", b" "))


def unpack_base64(content: bytes) -> bytes:
    """Return what broken or whole base64 holds, as far as it goes."""
    clean = re.sub(rb"[^A-Za-z0-9+/]", b"", content)
    clean = clean[: len(clean) - (len(clean) % 4 == 1)]
    try:
        return base64.b64decode(clean + b"=" * (-len(clean) % 4))
    except (binascii.Error, ValueError):
        return b""
