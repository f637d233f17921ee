# SPDX-License-Identifier: EUPL-1.2
"""Talking to an IMAP server. Nothing here writes to our database, and nothing in the mailbox is deleted."""

import imaplib
import re
import socket
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.utils import timezone
from imap_tools import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError, MailboxFolderSelectError, MailboxLoginError

from talka.mailbox.models import MailAccount, Trouble

TIMEOUT = 20
"""Seconds to wait for the server at each step."""

BATCH_BYTES = 8_000_000
BATCH_MAILS = 50
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_UID = re.compile(rb"\bUID (\d{1,10})\b")
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d{1,15})\b")
_ARRIVED = re.compile(rb'\bINTERNALDATE "([^"]{10,40})"')


class MailboxTrouble(Exception):
    """The mailbox cannot be read; ``trouble`` says why."""

    def __init__(self, trouble: Trouble) -> None:
        self.trouble = trouble
        super().__init__(trouble.value)


@dataclass(frozen=True)
class Arrived:
    """One mail as the server has it: its number there, when it arrived, its bytes, and whether these are all."""

    uid: int
    arrived_at: datetime | None
    content: bytes
    is_whole: bool = True

    def is_since(self, day: date) -> bool:
        """Say whether it arrived on a day or later, in the installation's time zone."""
        return self.arrived_at is None or timezone.localdate(self.arrived_at) >= day


@dataclass(frozen=True)
class _Size:
    uid: int
    size: int
    arrived_at: datetime | None


@contextmanager
def opened(account: MailAccount, password: str) -> Iterator[BaseMailBox]:
    """Sign in and open the folder; raises ``MailboxTrouble`` for whatever is in the way, then and inside the block."""
    if account.security == MailAccount.Security.PLAIN and account.host.lower() not in LOOPBACK:
        raise MailboxTrouble(Trouble.PLAIN)
    box = None
    try:
        box = _connected(account)
        _sign_in(box, account.user, password)
        try:
            box.folder.set(account.folder, readonly=account.afterwards == MailAccount.Afterwards.LEAVE)
        except (MailboxFolderSelectError, ImapToolsError) as error:
            raise MailboxTrouble(Trouble.FOLDER) from error
        yield box
    except MailboxTrouble:
        raise
    except TimeoutError as error:
        raise MailboxTrouble(Trouble.SLOW) from error
    except (OSError, imaplib.IMAP4.error, ImapToolsError, ValueError) as error:
        raise MailboxTrouble(Trouble.LOST) from error
    finally:
        if box is not None:
            with suppress(Exception):  # the server may be gone; what matters has been done
                box.client.logout()


def _connected(account: MailAccount) -> BaseMailBox:
    host, port = account.host, account.port
    try:
        if account.security == MailAccount.Security.TLS:
            return MailBox(host, port, timeout=TIMEOUT, ssl_context=ssl.create_default_context())
        if account.security == MailAccount.Security.STARTTLS:
            return MailBoxStartTls(host, port, timeout=TIMEOUT, ssl_context=ssl.create_default_context())
        return MailBoxUnencrypted(host, port, timeout=TIMEOUT)
    except ssl.SSLCertVerificationError as error:
        raise MailboxTrouble(Trouble.CERTIFICATE) from error
    except (ssl.SSLError, imaplib.IMAP4.error, ImapToolsError, ValueError) as error:
        raise MailboxTrouble(Trouble.SECURITY) from error
    except (socket.gaierror, UnicodeError) as error:
        raise MailboxTrouble(Trouble.HOST) from error
    except TimeoutError as error:
        raise MailboxTrouble(Trouble.SLOW) from error
    except OSError as error:
        raise MailboxTrouble(Trouble.PORT) from error


def _sign_in(box: BaseMailBox, user: str, password: str) -> None:
    try:
        if user.isascii() and password.isascii():
            box.login(user, password, initial_folder=None)
        else:
            box.login_utf8(user, password, initial_folder=None)
    except (MailboxLoginError, imaplib.IMAP4.error) as error:
        if isinstance(error, imaplib.IMAP4.abort):
            raise
        raise MailboxTrouble(Trouble.SIGN_IN) from error


def check_place_to_move_to(box: BaseMailBox, folder: str) -> None:
    """Raise ``MailboxTrouble`` where there is no such folder."""
    if not box.folder.exists(folder):
        raise MailboxTrouble(Trouble.MOVE_TO)


def validity(box: BaseMailBox) -> int:
    """Return the server's UIDVALIDITY of the open folder: when it changes, the numbers of mails mean nothing any longer."""
    _kind, data = box.client.response("UIDVALIDITY")
    found = data[0] if data else None
    return int(found) if found is not None and found.isdigit() else 0


def new_uids(box: BaseMailBox, *, after: int, since: date) -> list[int]:
    """Return the numbers of the mails after ``after`` that arrived on ``since`` or later, in the order they arrived.

    A server reckons days in a time zone of its own, so the day before is asked for too (``Arrived.is_since`` tells).
    """
    found = box.uids(f"UID {after + 1}:* SINCE {_imap_day(since - timedelta(days=1))}", charset=None)
    return sorted(uid for uid in map(int, found) if uid > after)  # “n:*” names the last mail also where it is before n


def left_uids(box: BaseMailBox, *, until: int, since: date, most_bytes: int) -> list[int]:
    """Return the numbers of the mails up to ``until`` that still lie there: stored whole, but not yet moved."""
    found = sorted(map(int, box.uids(f"UID 1:{until} SINCE {_imap_day(since)}", charset=None))) if until else []
    sizes = [one for start in range(0, len(found), 500) for one in _sizes(box, found[start : start + 500])]
    taken = [one for one in sizes if one.size <= most_bytes and Arrived(one.uid, one.arrived_at, b"").is_since(since)]
    return [one.uid for one in taken]


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _imap_day(day: date) -> str:
    return f"{day.day}-{_MONTHS[day.month - 1]}-{day.year}"


def batches(box: BaseMailBox, uids: Sequence[int], *, most_bytes: int) -> Iterator[list[Arrived]]:
    """Yield the mails in batches that fit into memory; of one larger than ``most_bytes`` the head only."""
    for start in range(0, len(uids), 500):
        batch: list[_Size] = []
        for one in _sizes(box, uids[start : start + 500]):
            if one.size > most_bytes:
                if batch:
                    yield _fetched(box, batch, "BODY.PEEK[]")
                yield [
                    Arrived(a.uid, a.arrived_at, a.content, is_whole=False)
                    for a in _fetched(box, [one], "BODY.PEEK[HEADER]")
                ]
                batch = []
                continue
            if batch and (len(batch) >= BATCH_MAILS or sum(b.size for b in batch) + one.size > BATCH_BYTES):
                yield _fetched(box, batch, "BODY.PEEK[]")
                batch = []
            batch.append(one)
        if batch:
            yield _fetched(box, batch, "BODY.PEEK[]")


def _sizes(box: BaseMailBox, uids: Sequence[int]) -> list[_Size]:
    _status, data = box.client.uid("FETCH", ",".join(map(str, uids)), "(UID RFC822.SIZE INTERNALDATE)")
    found = []
    for row in data:
        text = row if isinstance(row, bytes) else b" ".join(row) if isinstance(row, tuple) else b""
        uid, size = _UID.search(text), _SIZE.search(text)
        if uid and size:
            found.append(_Size(int(uid[1]), int(size[1]), _moment(text)))
    return sorted(found, key=lambda one: one.uid)


def _moment(text: bytes) -> datetime | None:
    found = _ARRIVED.search(text)
    try:
        return datetime.strptime(found[1].decode().strip(), "%d-%b-%Y %H:%M:%S %z").astimezone(UTC) if found else None
    except (ValueError, OverflowError, UnicodeDecodeError):
        return None


def _fetched(box: BaseMailBox, sizes: Sequence[_Size], what: str) -> list[Arrived]:
    _status, data = box.client.uid("FETCH", ",".join(str(one.uid) for one in sizes), f"(UID {what})")
    arrived_at = {one.uid: one.arrived_at for one in sizes}
    mails: list[Arrived] = []
    for at, row in enumerate(data):
        if not isinstance(row, tuple):
            continue
        after = data[at + 1] if at + 1 < len(data) and isinstance(data[at + 1], bytes) else b""
        uid = _UID.search(row[0]) or _UID.search(after)  # servers may name the number after the bytes
        if uid and int(uid[1]) in arrived_at:
            mails.append(Arrived(int(uid[1]), arrived_at[int(uid[1])], bytes(row[1])))
    gone = arrived_at.keys() - {mail.uid for mail in mails}
    if gone and {one.uid for one in _sizes(box, sorted(gone))}:
        raise MailboxTrouble(Trouble.LOST)  # the server kept one back: nothing behind it is read before it is
    return sorted(mails, key=lambda mail: mail.uid)


def put_away(box: BaseMailBox, uids: Sequence[int], account: MailAccount) -> None:
    """Do with mails that are stored and committed what the account says: leave, mark as read, or move."""
    if not uids:
        return
    if account.afterwards == MailAccount.Afterwards.MARK:
        box.client.uid("STORE", ",".join(map(str, uids)), "+FLAGS.SILENT", r"(\Seen)")
    elif account.afterwards == MailAccount.Afterwards.MOVE:
        box.move([str(uid) for uid in uids], account.move_to, chunks=200)
