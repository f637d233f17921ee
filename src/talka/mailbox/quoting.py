# SPDX-License-Identifier: EUPL-1.2
"""What somebody wrote themselves, apart from the history quoted below it and the signature. Plain texts in and out."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from talka.mailbox.wording import HISTORY

_WROTE = re.compile(
    r"(?:\bwrote|\brakstīja|\bpierakstīja|пишет|писал\(?а?\)?|написал\(?а?\)?|\bschrieb|\brašė|\bkirjutas)[^\n]{0,80}:$",
    re.IGNORECASE,
)
_DATED = re.compile(r"\d{1,2}[.:/-]\d{1,2}|\b(?:19|20)\d\d\b|<[^<>\s]+@[^<>\s]+>")
_RULE = re.compile(
    r"^[-_—\s]*(?:Original Message|Forwarded message|Sākotnējā ziņa|Sākotnējais ziņojums|Pārsūtīta ziņa|Pārsūtīts ziņojums|"
    r"Исходное сообщение|Пересылаемое сообщение|Begin forwarded message)[-_—:\s]*$",
    re.IGNORECASE,
)
_LINE = re.compile(r"^_{10,}$")
_FROM = re.compile(r"^\*?(?:From|No|От|Sūtītājs)\s*:\*?\s", re.IGNORECASE)
_SENT = re.compile(r"^\*?(?:Sent|Date|Nosūtīts|Datums|Отправлено|Дата)\s*:\*?\s", re.IGNORECASE)
_TO = re.compile(r"^\*?(?:To|Kam|Кому|Adresāts|Subject|Temats|Tēma|Тема)\s*:\*?", re.IGNORECASE)
_FAREWELL = re.compile(
    r"^(?:Ar (?:patiesu )?cieņu|Ar sveicieniem|Ar labiem vēlējumiem|Visu labu|Sveicieni|Best regards|Kind regards|"
    r"Regards|With (?:best )?regards|Yours sincerely|Sincerely|С уважением)\b[^\n]{0,60}$",
    re.IGNORECASE,
)
_DEVICE = re.compile(
    r"^(?:Sent from my |Sent from (?:Mail|Outlook)|Get Outlook for |Sūtīts no |Nosūtīts no |Отправлено с |Отправлено из )[^\n]{0,80}$",
    re.IGNORECASE,
)
_LONGEST_SIGNATURE = 14
_LINES_OF_INTRODUCTION = 3


@dataclass(frozen=True)
class Said:
    """The parts of a mail's text: own words, history quoted from earlier mail, signature; all may be empty."""

    own: str
    history: str = ""
    signature: str = ""


def split(text: str) -> Said:
    r"""Part own words from quoted history and signature. A mail that is nothing but a quotation is all its own.

    >>> split("Piekrītu!\n\nOn Tue, 3 Mar 2026 at 10:15, Talka <a@b.lv> wrote:\n> Saņemts.").own
    'Piekrītu!'
    >>> split("Lūdzu soliņu.\n\nAr cieņu,\nAnna Liepa\ntālr. 26 000 000").signature
    'Ar cieņu,\nAnna Liepa\ntālr. 26 000 000'
    """
    lines = text.split("\n")
    own, history = _without_history(lines)
    words, signature = _without_signature(own)
    if not "".join(words).strip():
        words, signature = own, []
    if not "".join(words).strip():
        return Said(_joined(line.replace(HISTORY, "") for line in lines))
    return Said(_joined(words), _joined(line.replace(HISTORY, "") for line in history), _joined(signature))


def _joined(lines: Iterable[str]) -> str:
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _begins_history(lines: list[str], at: int) -> bool:
    """Say whether all from this line on is an earlier mail."""
    line = lines[at].strip()
    if line == HISTORY or _RULE.match(line):
        return True
    if _LINE.match(line):
        return any(_FROM.match(later.strip()) for later in lines[at + 1 : at + 4])
    if _FROM.match(line):
        head = [later.strip() for later in lines[at + 1 : at + 8]]
        return any(_SENT.match(later) for later in head[:3]) and any(_TO.match(later) for later in head)
    return False


def _introduces(lines: list[str], at: int) -> int:
    """Return how many lines from this one on say who wrote what follows (“On … wrote:”), 0 for none."""
    line = lines[at].strip()
    if not line or line.startswith(">"):
        return 0
    for length in range(1, _LINES_OF_INTRODUCTION + 1):
        parts = [part.strip() for part in lines[at : at + length]]
        whole = " ".join(parts)
        wrapped = length > 1
        if len(whole) > 400 or not all(parts) or (wrapped and not (_DATED.search(line) or line.startswith("On "))):
            return 0
        if _WROTE.search(whole):
            return length if _DATED.search(whole) and _quotes_follow(lines, at + length) else 0
    return 0


def _quotes_follow(lines: list[str], at: int) -> bool:
    following = [line.strip() for line in lines[at : at + 4]]
    first = next((line for line in following if line), "")
    return first.startswith(">") or first == HISTORY


def _without_history(lines: list[str]) -> tuple[list[str], list[str]]:
    own: list[str] = []
    history: list[str] = []
    at = 0
    while at < len(lines):
        if _begins_history(lines, at):
            introduced = _introduction_before(own)
            return own[: len(own) - introduced], history + own[len(own) - introduced :] + lines[at:]
        introduction = _introduces(lines, at)
        if introduction:
            history += lines[at : at + introduction]
            at += introduction
        elif lines[at].lstrip().startswith(">"):
            history.append(lines[at])
            at += 1
        else:
            own.append(lines[at])
            at += 1
    return own, history


def _introduction_before(own: list[str]) -> int:
    """Return how many of the last lines introduce what a mail program has marked as quoted."""
    for length in range(1, _LINES_OF_INTRODUCTION + 2):
        parts = [part.strip() for part in own[-length:]]
        whole = " ".join(parts)
        if any(parts) and len(whole) < 400 and _WROTE.search(whole) and _DATED.search(whole):
            return length
    return 0


def _without_signature(lines: list[str]) -> tuple[list[str], list[str]]:
    begins, below = len(lines), 0
    for at in range(len(lines) - 1, -1, -1):
        line = lines[at].strip()
        below += bool(line)
        if below > 2 * _LONGEST_SIGNATURE:
            break
        if line == "--" or (below <= _LONGEST_SIGNATURE and (_FAREWELL.match(line) or _DEVICE.match(line))):
            begins = at
    return lines[:begins], lines[begins:]
