# SPDX-License-Identifier: EUPL-1.2
"""What sort of mail this is (RFC 3834, RFC 3464, RFC 8601), from what it says of itself. Plain values in and out."""

import re
from collections.abc import Collection

from talka.mailbox.parsing import Parsed

NEW, AUTO_REPLY, BOUNCE, LIST, LOOP, OWN, BROKEN = "new", "auto_reply", "bounce", "list", "loop", "own", "broken"

_AUTOMATIC_SUBJECT = re.compile(
    r"^(?:automatic reply|auto(?:matic)?[- ]?reply|autoreply|out of (?:the )?office|automātisk[āa]s? atbilde|esmu prombūtnē|"
    r"автоматический ответ|автоответ)\b",
    re.IGNORECASE,
)
_BULK = {"bulk", "junk", "list"}
_MAILER = re.compile(r"^(?:mailer-daemon|postmaster)@")
_RESULT = re.compile(r"\b(spf|dkim|dmarc)\s*=\s*([a-z]{3,12})\b", re.IGNORECASE)
_COMMENT = re.compile(r"\([^()]{0,500}\)")
RESULTS = frozenset({"pass", "fail", "softfail", "neutral", "none", "temperror", "permerror", "policy"})


def kind_of(parsed: Parsed, *, own_addresses: Collection[str], own_domain: str, own_letter: bool = False) -> str:
    """Say what sort of mail this is; whatever is not plainly a person's is answered by nobody.

    ``own_letter`` says that its Message-ID is that of a letter of ours.

    >>> kind_of(Parsed(own="Soliņi", headers={"auto-submitted": ("auto-replied",)}), own_addresses=(), own_domain="a.lv")
    'auto_reply'
    >>> kind_of(Parsed(own="Soliņi"), own_addresses=(), own_domain="a.lv")
    'new'
    """
    if parsed.content_type == "multipart/report":
        return BOUNCE if parsed.report else AUTO_REPLY
    if _comes_back(parsed):
        return BOUNCE
    if own_letter or own_domain.lower() in {value.lower() for value in parsed.headers.get("x-loop", ())}:
        return LOOP
    if parsed.from_address and parsed.from_address in own_addresses:
        return OWN
    if _is_from_list(parsed):
        return LIST
    if _is_automatic(parsed):
        return AUTO_REPLY
    return BROKEN if parsed.broken else NEW


def wants_no_answer(parsed: Parsed) -> bool:
    """Say whether a mail that a person may have written asks that no program answer it."""
    suppressed = parsed.header("x-auto-response-suppress").lower()
    return not parsed.from_address or any(word in suppressed for word in ("all", "autoreply", "oof"))


def _comes_back(parsed: Parsed) -> bool:
    empty = parsed.header("return-path").replace(" ", "") == "<>"
    return bool(_MAILER.match(parsed.from_address)) or "x-failed-recipients" in parsed.headers or empty


def _is_from_list(parsed: Parsed) -> bool:
    precedence = parsed.header("precedence").lower()
    return precedence in _BULK or any(name in parsed.headers for name in ("list-id", "list-unsubscribe", "list-post"))


def _is_automatic(parsed: Parsed) -> bool:
    submitted = parsed.header("auto-submitted").lower().partition(";")[0].strip()
    return (
        (bool(submitted) and submitted != "no")
        or any(name in parsed.headers for name in ("x-autoreply", "x-autorespond", "x-autoresponder"))
        or parsed.header("precedence").lower() in {"auto_reply", "auto-reply"}
        or bool(_AUTOMATIC_SUBJECT.match(parsed.subject))
    )


def results_of(parsed: Parsed, *, trusted_server: str) -> dict[str, str]:
    """Return what the trusted server found out about the sender (``spf``, ``dkim``, ``dmarc``); nothing of anybody else's.

    >>> header = ("mx.talka.example; spf=pass smtp.mailfrom=a.lv; dkim=fail (body)",)
    >>> results_of(Parsed(headers={"authentication-results": header}), trusted_server="mx.talka.example")
    {'spf': 'pass', 'dkim': 'fail'}
    >>> results_of(Parsed(headers={"authentication-results": header}), trusted_server="mx.other.example")
    {}
    """
    if not trusted_server:
        return {}
    for value in parsed.headers.get("authentication-results", ()):
        server, _semicolon, results = _COMMENT.sub("", value).partition(";")
        if server.split()[:1] == [trusted_server]:
            found: dict[str, str] = {}
            for method, result in _RESULT.findall(results):
                if result.lower() in RESULTS:
                    found.setdefault(method.lower(), result.lower())
            return found
    return {}
