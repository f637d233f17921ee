# SPDX-License-Identifier: EUPL-1.2
"""One mail taken apart. Bytes in, plain values out; it never raises, and its time and memory are bounded by the size.

The standard library's parser does the work. What would cost it too much (thousands of parts, parts in parts without end)
is found before, and then only head and text are taken: such a mail is ``broken``.
"""

import hashlib
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from email.utils import getaddresses, parsedate_to_datetime

from talka.core.text import clean_line, clean_text
from talka.mailbox.charsets import decode, header_text, unpack_base64
from talka.mailbox.quoting import split
from talka.mailbox.wording import text_of_html

MOST_PARTS = 500
MOST_BOUNDARIES = 60
MOST_NESTED_MESSAGES = 30
MOST_HEADER_LINES = 2_000
LONGEST_HEAD = 400_000
LONGEST_TEXT = 200_000
"""Characters; a longer text is cut there, and the whole is in the original."""

_END_OF_HEAD = re.compile(rb"\r?\n\r?\n")
_BOUNDARY = re.compile(rb"boundary\s*=", re.IGNORECASE)
_NESTED = re.compile(rb"message/rfc822", re.IGNORECASE)
_DELIMITER = re.compile(rb"^--", re.MULTILINE)
_LONG_FIELD = re.compile(rb"^content-(?:type|disposition)[ \t]*:(?:[^\n]|\n[ \t]){5000}", re.IGNORECASE | re.MULTILINE)
_MESSAGE_ID = re.compile(r"<[^<>\s]{1,240}>")
_ADDRESS = re.compile(r"[^@\s,;<>\"()\[\]]{1,64}@[^@\s,;<>\"()]{1,255}\.[^@\s,;<>\"().]{2,63}")
_SAME_MAIL = re.compile(
    rb"^(?:message-id|from|date|subject):(?:[^\n]*\n(?:[ \t][^\n]*\n)*)", re.IGNORECASE | re.MULTILINE
)
_FIRST_DAY = datetime(1990, 1, 1, tzinfo=UTC)
_SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Part:
    """A file in a mail: its name as the sender wrote it, what it is said to be, its bytes, and whether the text shows it."""

    name: str
    kind: str
    content: bytes
    inline: bool = False


@dataclass(frozen=True)
class Parsed:
    """What a mail says. Texts are clean, addresses in small letters; whatever was missing or senseless is empty."""

    message_id: str = ""
    answers: tuple[str, ...] = ()
    from_name: str = ""
    from_address: str = ""
    to: tuple[str, ...] = ()
    subject: str = ""
    written_at: datetime | None = None
    own: str = ""
    history: str = ""
    signature: str = ""
    files: tuple[Part, ...] = ()
    headers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    content_type: str = ""
    report: str = ""
    reported: tuple[str, ...] = ()
    broken: bool = False

    def header(self, name: str) -> str:
        """Return the first header of a name (in small letters), or an empty text."""
        return next(iter(self.headers.get(name, ())), "")


def content_hash(raw: bytes) -> str:
    """Return what the same mail has in common each time it is delivered: identity, sender, date, subject and body.

    >>> content_hash(b"Received: a\\nFrom: x\\n\\nhi") == content_hash(b"Received: b\\nFrom: x\\n\\nhi")
    True
    >>> content_hash(b"From: x\\n\\nhi") == content_hash(b"From: x\\n\\nho")
    False
    """
    even = raw.replace(b"\r\n", b"\n")
    head, body = _parted(even)
    named = b"\n".join(sorted(line.strip().lower() for line in _SAME_MAIL.findall(head + b"\n")))
    if not named or not body:  # nothing tells it from another one but the whole of it
        return hashlib.sha256(even).hexdigest()
    return hashlib.sha256(named + b"\0" + body.rstrip()).hexdigest()


def parse(raw: bytes) -> Parsed:
    """Take a mail apart."""
    try:
        return _parse(raw)
    except Exception:  # whatever the standard library stumbles over must not stop the mails behind it
        return Parsed(own=_clean(decode(_parted(raw)[1][:LONGEST_TEXT])), broken=True)


def headers_of(raw: bytes) -> dict[str, tuple[str, ...]]:
    """Return the headers of a mail by their names in small letters."""
    try:
        lines = _parted(raw)[0].split(b"\n")[:MOST_HEADER_LINES]
        return _headers(BytesParser(policy=compat32).parsebytes(b"\n".join(lines) + b"\n\n", headersonly=True))
    except Exception:  # as for a whole mail
        return {}


def _parted(raw: bytes) -> tuple[bytes, bytes]:
    end = _END_OF_HEAD.search(raw, 0, LONGEST_HEAD)
    return (raw[: end.start()], raw[end.end() :]) if end else (raw[:LONGEST_HEAD], raw[LONGEST_HEAD:])


def _costs_too_much(raw: bytes, head: bytes) -> bool:
    return (
        head.count(b"\n") > MOST_HEADER_LINES
        or sum(1 for _ in _BOUNDARY.finditer(raw)) > MOST_BOUNDARIES
        or sum(1 for _ in _NESTED.finditer(raw)) > MOST_NESTED_MESSAGES
        or _LONG_FIELD.search(raw) is not None
        or (b"multipart" in raw[:LONGEST_HEAD].lower() and sum(1 for _ in _DELIMITER.finditer(raw)) > 4 * MOST_PARTS)
    )


def _parse(raw: bytes) -> Parsed:
    head, body = _parted(raw)
    parser = BytesParser(policy=compat32)
    files: tuple[Part, ...] = ()
    reported: tuple[str, ...] = ()
    report = ""
    broken = _costs_too_much(raw, head)
    if broken:
        message = parser.parsebytes(b"\n".join(head.split(b"\n")[:MOST_HEADER_LINES]) + b"\n\n", headersonly=True)
        text = decode(body[:LONGEST_TEXT])
    else:
        message = parser.parsebytes(raw)
        text, files = _contents(message)
        report, reported = _report(message)
    headers = _headers(message)
    said = split(_clean(text)[:LONGEST_TEXT])
    name, address = _sender(headers)
    own = said.own
    subject = _subject(headers)
    return Parsed(
        message_id=next(iter(_ids(headers.get("message-id", ()))), ""),
        answers=tuple(dict.fromkeys(_ids(headers.get("in-reply-to", ())) + _ids(headers.get("references", ())))),
        from_name=name,
        from_address=address,
        to=tuple(found for _name, found in _addresses(headers.get("to", ()) + headers.get("cc", ())))[:50],
        subject=subject,
        written_at=_moment(headers),
        own=own,
        history=said.history,
        signature=said.signature,
        files=files,
        headers=headers,
        content_type=_type_of(message),
        report=report,
        reported=reported,
        broken=broken or not (own or files or subject) or not (address or subject or "message-id" in headers),
    )


def _clean(text: str) -> str:
    return clean_text(_SURROGATES.sub("\ufffd", text))


def _headers(message: Message) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for name, value in list(message.raw_items())[:MOST_HEADER_LINES]:
        written = clean_line(_SURROGATES.sub("\ufffd", header_text(str(value))))
        found.setdefault(clean_line(_SURROGATES.sub("", name.lower()))[:100], []).append(written[:4_000])
    return {name: tuple(values[:50]) for name, values in found.items()}


def _ids(values: tuple[str, ...]) -> list[str]:
    return [found for value in values for found in _MESSAGE_ID.findall(value)][:50]


def _addresses(values: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return names and addresses; of what no rule can read, whatever looks like an address."""
    found = [(clean_line(name)[:200], address.lower()) for name, address in getaddresses([v[:2_000] for v in values])]
    readable = [(name, address) for name, address in found if _ADDRESS.fullmatch(address) and len(address) <= 254]
    return readable or [("", address.lower()) for value in values for address in _ADDRESS.findall(value[:2_000])]


def _sender(headers: dict[str, tuple[str, ...]]) -> tuple[str, str]:
    for name in ("from", "sender", "reply-to"):
        found = _addresses(headers.get(name, ()))
        if found:
            return found[0]
    return "", ""


_PREFIX = re.compile(r"^(?:(?:re|fwd?|aw|sv|atb|pārs|hа|ha|пер|отв)(?:\[\d+\])?\s*:\s*)+", re.IGNORECASE)


def _subject(headers: dict[str, tuple[str, ...]]) -> str:
    return next(iter(headers.get("subject", ())), "")[:500]


def bare_subject(subject: str) -> str:
    """Return a subject without what mail programs set before it.

    >>> bare_subject("Re: FW: Atb: Par soliņiem")
    'Par soliņiem'
    """
    return _PREFIX.sub("", subject).strip()


def _moment(headers: dict[str, tuple[str, ...]]) -> datetime | None:
    try:
        moment = parsedate_to_datetime(next(iter(headers.get("date", ())), ""))
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        moment = moment.astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError, AttributeError):
        return None
    return moment if moment >= _FIRST_DAY else None


def _type_of(part: Message) -> str:
    return part.get_content_type().lower()


def _bytes_of(part: Message) -> bytes:
    """Return what a part holds, unpacked as far as it can be."""
    try:
        content = part.get_payload(decode=True)
    except Exception:  # the standard library does not read every packing that it knows
        return b""
    if not isinstance(content, bytes):
        return b""
    packed = str(part.get("Content-Transfer-Encoding", "")).strip().lower() == "base64"
    given_up = packed and b"".join(str(part.get_payload()).encode("ascii", "replace").splitlines()) == content
    return unpack_base64(content) if given_up else content


def _parameter(part: Message, name: str) -> str:
    try:
        value = part.get_param(name)
    except Exception:  # RFC 2231 written wrongly
        return ""
    return str(value[2] if isinstance(value, tuple) else value or "")


def _text_of(part: Message) -> str:
    text = decode(_bytes_of(part), _parameter(part, "charset"))
    if _type_of(part) == "text/html":
        return text_of_html(text)
    if _parameter(part, "format").lower() == "flowed":
        return _unflowed(text, delete_space=_parameter(part, "delsp").lower() == "yes")
    return text


def _unflowed(text: str, *, delete_space: bool) -> str:
    """Join the lines that a mail program has broken softly (RFC 3676)."""
    out: list[str] = []
    soft = False
    for line in text.replace("\r\n", "\n").split("\n"):
        quoted = line.startswith(">")
        line = line[1:] if line.startswith(" ") and not quoted else line
        if soft and not quoted and out:
            out[-1] = (out[-1][:-1] if delete_space else out[-1]) + line
        else:
            out.append(line)
        soft = line.endswith(" ") and line != "-- " and not quoted
    return "\n".join(out)


def _name_of(part: Message) -> str:
    try:
        name = part.get_filename() or ""
    except Exception:  # RFC 2231 written wrongly
        name = ""
    return clean_line(_SURROGATES.sub("\ufffd", header_text(str(name))))[:200]


def _contents(message: Message) -> tuple[str, tuple[Part, ...]]:
    """Return the text to read and the files. Of alternatives the plain text is taken unless it is empty."""
    texts: list[str] = []
    files: list[Part] = []
    _collect(message, texts, files, depth=0)
    return "\n\n".join(text for text in texts if text.strip()), tuple(files[:MOST_PARTS])


def _collect(part: Message, texts: list[str], files: list[Part], *, depth: int) -> None:
    kind = _type_of(part)
    payload = part.get_payload()
    if kind == "message/rfc822":
        files.append(Part(_name_of(part) or "message.eml", kind, _whole(part)))
    elif isinstance(payload, list) and depth < MOST_BOUNDARIES:
        children = [child for child in payload if isinstance(child, Message)]
        if kind == "multipart/alternative":
            _collect_alternative(children, texts, files, depth=depth + 1)
        elif kind == "multipart/report":
            _collect(children[0], texts, files, depth=depth + 1) if children else None
        else:
            for child in children:
                _collect(child, texts, files, depth=depth + 1)
    elif kind in {"text/plain", "text/html"} and not _is_file(part):
        texts.append(_text_of(part))
    elif not isinstance(payload, list):
        inline = bool(part.get("Content-ID")) and not _says_attachment(part)
        files.append(Part(_name_of(part) or f"file-{len(files) + 1}", kind, _bytes_of(part), inline=inline))


def _collect_alternative(children: list[Message], texts: list[str], files: list[Part], *, depth: int) -> None:
    before = len(texts)
    for child in children:
        if len(texts) > before and "".join(texts[before:]).strip() and _type_of(child) == "text/html":
            continue
        said: list[str] = []
        _collect(child, said, files, depth=depth)
        if not "".join(texts[before:]).strip():
            texts[before:] = said


def _says_attachment(part: Message) -> bool:
    return str(part.get("Content-Disposition", "")).strip().lower().startswith("attachment")


def _is_file(part: Message) -> bool:
    return _says_attachment(part) or (bool(_name_of(part)) and _type_of(part) != "text/html")


def _whole(part: Message) -> bytes:
    payload = part.get_payload()
    try:
        return payload[0].as_bytes(policy=compat32) if isinstance(payload, list) and payload else _bytes_of(part)  # type: ignore[union-attr]
    except Exception:  # the standard library cannot always write what it has read
        return b""


def _report(message: Message) -> tuple[str, tuple[str, ...]]:
    """Return, of a report on a delivery, what it says happened (``failed: 5.1.1 …``) and the Message-IDs it is about."""
    if _type_of(message) != "multipart/report":
        return "", ()
    said, ids = "", []
    for part in list(message.walk())[:MOST_PARTS]:
        kind = _type_of(part)
        if kind == "message/delivery-status":
            fields = _delivery_fields(part)
            said = clean_line(
                f"{fields.get('action', '')}: {fields.get('status', '')} {fields.get('diagnostic-code', '')}"
            )
        elif kind in {"message/rfc822-headers", "text/rfc822-headers"}:
            ids += _ids((decode(_bytes_of(part)),))[:5]
        elif kind == "message/rfc822":
            inner = part.get_payload()
            if isinstance(inner, list) and inner and isinstance(inner[0], Message):
                ids += _ids((str(inner[0].get("Message-ID", "")),))
    return said[:300], tuple(dict.fromkeys(ids))


def _delivery_fields(part: Message) -> dict[str, str]:
    found: dict[str, str] = {}
    payload = part.get_payload()
    for block in payload if isinstance(payload, list) else []:
        if isinstance(block, Message):
            for name, value in block.raw_items():
                found.setdefault(name.lower(), header_text(str(value)))
    return found
