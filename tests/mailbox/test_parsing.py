# SPDX-License-Identifier: EUPL-1.2
"""Mail as found in the wild, and worse; what is broken comes out as far as it goes, and nothing ever raises."""

import base64
import quopri
import time
from email.policy import compat32

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from talka.mailbox.parsing import MOST_PARTS, Parsed, content_hash, parse
from talka.mailbox.recognizing import kind_of, results_of
from tests.mailbox.mails import mail, with_parts

WORDS = "Lūdzu ierīkot soliņu Ķengaragā: žāļu, čiekuru, ģimeņu šķēršļi, ēnā."


@pytest.mark.parametrize("charset", ["utf-8", "windows-1257", "iso-8859-13", "iso-8859-4", "utf-16", "utf-7"])
def test_latvian_is_read_in_every_encoding_that_has_it(charset: str) -> None:
    body = base64.encodebytes(WORDS.encode(charset))
    raw = mail("", headers={"Content-Transfer-Encoding": "base64", "Content-Type": f'text/plain; charset="{charset}"'})
    assert parse(raw + body).own == WORDS


@pytest.mark.parametrize("charset", ["windows-1251", "koi8-r", "iso-8859-5", "utf-8"])
def test_russian_is_read_too(charset: str) -> None:
    assert parse(mail("Прошу поставить скамейку у школы.", charset=charset)).own == "Прошу поставить скамейку у школы."


@pytest.mark.parametrize(
    ("declared", "real"),
    [
        ("utf-8", "windows-1257"),
        ("iso-8859-1", "windows-1257"),
        ("us-ascii", "windows-1257"),
        ("windows-1257", "utf-8"),
        ("iso-8859-1", "utf-8"),
        ("unknown-8bit", "windows-1257"),
        ("x-nav-tādas", "utf-8"),
        ("", "windows-1257"),
        ("rot13", "utf-8"),
        ("idna", "windows-1257"),
    ],
)
def test_a_wrongly_declared_encoding_is_seen_through(declared: str, real: str) -> None:
    raw = mail("", headers={"Content-Type": f'text/plain; charset="{declared}"' if declared else ""})
    assert parse(raw + WORDS.encode(real)).own == WORDS


def test_russian_without_a_word_about_its_encoding_is_recognized() -> None:
    for charset in ("windows-1251", "koi8-r"):
        raw = mail("", headers={"Content-Type": "text/plain"}) + "Прошу поставить скамейку у школы".encode(charset)
        assert parse(raw).own == "Прошу поставить скамейку у школы"


def test_heads_are_read_as_words_and_as_raw_bytes() -> None:
    quoted = "=?windows-1257?Q?" + quopri.encodestring("Soliņš_ielā".encode("cp1257"), header=True).decode() + "?="
    parsed = parse(mail(subject=quoted.replace("\n", ""), sender="=?utf-8?B?xIBkYW1zIEvEvGF2YQ==?= <Adams@Example.LV>"))
    assert (parsed.subject, parsed.from_name, parsed.from_address) == ("Soliņš_ielā", "Ādams Kļava", "adams@example.lv")
    raw = mail().replace("Par soliņu".encode(), "Par soliņu".encode("cp1257"))
    assert parse(raw).subject == "Par soliņu"
    split = base64.b64encode("ceļš".encode()[:3]).decode(), base64.b64encode("ceļš".encode()[3:]).decode()
    assert parse(mail(subject=f"=?utf-8?B?{split[0]}?= =?utf-8?B?{split[1]}?=")).subject == "ceļš"


@pytest.mark.parametrize(
    ("sender", "address"),
    [
        ("anna@example.lv", "anna@example.lv"),
        ('"Liepa, Anna" <anna@example.lv>', "anna@example.lv"),
        ("Anna <anna@example.lv", "anna@example.lv"),
        ("anna@example.lv (Anna)", "anna@example.lv"),
        ("Anna <anna@example.lv>, Jānis <janis@example.lv>", "anna@example.lv"),
        ("<>", ""),
        ("nekas", ""),
        ('"\'><script>" <x@<b>.lv>', ""),
    ],
)
def test_the_sender_is_found_or_is_nobody(sender: str, address: str) -> None:
    assert parse(mail(sender=sender)).from_address == address


@pytest.mark.parametrize(
    "date", ["", "rīt", "Tue, 99 Mar 2026 99:99:99 +9999", "Fri, 31 Dec 9999 23:59:59 -1200", "1 Jan 0001 00:00 +1400"]
)
def test_an_absurd_date_is_no_date(date: str) -> None:
    parsed = parse(mail(headers={"Date": date}))
    assert parsed.written_at is None or parsed.written_at.year == 9999 or parsed.written_at.year >= 1990
    assert not parsed.broken


def test_without_any_head_the_text_is_there() -> None:
    assert parse(b"\r\n\r\nSveiki").own == "Sveiki"
    assert parse(b"").broken
    assert parse(b"\x00\xff\x00").broken or parse(b"\x00\xff\x00").own


def test_of_alternatives_the_plain_text_is_taken_and_html_is_made_readable() -> None:
    html = ("Content-Type: text/html; charset=utf-8", "<p>Labdien!</p><ul><li>soliņi</li><li>urnas</li></ul>".encode())
    plain = ("Content-Type: text/plain; charset=utf-8", b"Vienkarsi.")
    empty = ("Content-Type: text/plain; charset=utf-8", b"  \r\n")
    assert parse(with_parts(plain, html, kind="alternative")).own == "Vienkarsi."
    assert parse(with_parts(empty, html, kind="alternative")).own == "Labdien!\n\n– soliņi\n– urnas"
    assert parse(with_parts(html, plain, kind="alternative")).own.startswith("Labdien!")


def test_files_of_every_sort_are_found() -> None:
    inner = mail("Iekšā.", subject="Iekšējā")
    parsed = parse(
        with_parts(
            ("Content-Type: text/plain; charset=utf-8", b"Skat. pielikumu."),
            (
                "Content-Type: application/pdf; name*=utf-8''pl%C4%81ns.pdf\r\nContent-Transfer-Encoding: base64",
                base64.b64encode(b"%PDF-1.7"),
            ),
            ('Content-Type: application/ms-tnef; name="winmail.dat"', b"\x78\x9f\x3e\x22tnef"),
            ("Content-Type: message/rfc822", inner),
            (
                "Content-Type: image/png\r\nContent-ID: <a@b>\r\nContent-Transfer-Encoding: base64",
                b"!!not base64 at all!!",
            ),
            ("Content-Type: text/plain; name=piezimes.txt\r\nContent-Disposition: attachment", b"x"),
        )
    )
    assert parsed.own == "Skat. pielikumu."
    assert [(file.name, file.kind) for file in parsed.files] == [
        ("plāns.pdf", "application/pdf"),
        ("winmail.dat", "application/ms-tnef"),
        ("message.eml", "message/rfc822"),
        ("file-4", "image/png"),
        ("piezimes.txt", "text/plain"),
    ]
    assert "Iekšā.".encode() in parsed.files[2].content
    assert parsed.files[3].inline


def test_broken_base64_and_a_multipart_without_an_end_give_what_they_have() -> None:
    raw = mail("", headers={"Content-Transfer-Encoding": "base64"})
    assert parse(raw + base64.b64encode(WORDS.encode())[:-3]).own.startswith("Lūdzu ierīkot")
    whole = with_parts(
        ("Content-Type: text/plain; charset=utf-8", b"Solini."), ("Content-Type: application/pdf", b"%PDF")
    )
    assert parse(whole[: whole.rindex(b"--robeza")]).own == "Solini."


def test_lines_broken_softly_are_joined() -> None:
    flowed = {"Content-Type": "text/plain; charset=utf-8; format=flowed"}
    assert parse(mail("Pirmais \nteikums.\n\n-- \nAnna", headers=flowed)).own == "Pirmais teikums."


def _nested(depth: int) -> bytes:
    head = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(depth))
    return b"From: a@example.lv\r\nSubject: dzili\r\n" + head + b"Content-Type: text/plain\r\n\r\nSveiki\r\n"


@pytest.mark.parametrize(
    "raw",
    [
        _nested(50),
        _nested(10_000),
        with_parts(*[("Content-Type: text/plain", b"x")] * 20_000),
        mail(headers={"X-Long": "x" * 1_000_000}),
        mail(headers={f"X-{n}": "y" for n in range(30_000)}),
        mail("\x00" * 500_000),
        b"Content-Type: message/rfc822\r\n\r\n" * 3_000,
        mail("<div>" * 400_000, headers={"Content-Type": "text/html"}),
        mail("<" * 2_000_000, headers={"Content-Type": "text/html"}),
        mail("<!--" * 200_000, headers={"Content-Type": "text/html"}),
        mail("> " * 500_000),
        mail("On 1.1.\n" * 200_000),
        mail(subject="=?utf-8?Q?" * 100_000),
        mail(sender="<" * 500_000),
        mail(sender="(" * 100_000),
        mail(headers={"References": "<a@b> " * 100_000}),
        mail(headers={"Content-Type": "text/plain; " + "a=b; " * 100_000}),
        mail(headers={"Content-Type": 'multipart/mixed; boundary="' + "b" * 500_000 + '"'}),
        b"--\n" * 3_000_000,
    ],
    ids=range(19),
)  # fmt: skip
def test_what_is_made_to_cost_much_costs_little(raw: bytes) -> None:
    began = time.process_time()
    parsed = parse(raw)
    content_hash(raw)
    assert time.process_time() - began < 5
    assert len(parsed.files) <= MOST_PARTS


def _is_clean(parsed: Parsed) -> None:
    texts = [
        parsed.subject,
        parsed.from_name,
        parsed.own,
        parsed.history,
        parsed.signature,
        parsed.message_id,
        *parsed.to,
    ]
    texts += [value for values in parsed.headers.values() for value in values] + [file.name for file in parsed.files]
    for text in texts:
        text.encode()  # no half of a pair is left over
        assert "\x00" not in text


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=3_000))
def test_any_bytes_at_all_are_taken(raw: bytes) -> None:
    _is_clean(parse(raw))
    content_hash(raw)


HEADS = st.sampled_from(
    [
        b"From", b"To", b"Subject", b"Date", b"Message-ID", b"In-Reply-To", b"References", b"Content-Type", b"Return-Path",
        b"Content-Transfer-Encoding", b"Content-Disposition", b"Auto-Submitted", b"Precedence", b"List-Id", b"Authentication-Results",
    ]
)  # fmt: skip
VALUES = st.one_of(
    st.binary(max_size=80),
    st.sampled_from(
        [
            b"multipart/mixed; boundary=b", b"multipart/alternative; boundary=b", b"multipart/report; boundary=b", b"message/rfc822",
            b"text/html; charset=utf-7", b"text/plain; charset*=x''%ff", b"message/delivery-status", b"base64", b"quoted-printable",
            b"attachment; filename*0*=utf-8''%c4", b"=?utf-8?B?////?=", b"=?x?Q?=zz?=", b"\"a\" <a@b.lv>", b"<>", b"auto-replied",
        ]
    ),
)  # fmt: skip
LINES = st.one_of(
    st.tuples(HEADS, VALUES).map(b": ".join),
    st.sampled_from([b"", b"--b", b"--b--", b" \tx", b"> x"]),
    st.binary(max_size=60),
)


@settings(max_examples=400, deadline=None)
@given(st.lists(LINES, max_size=40), st.sampled_from([b"\n", b"\r\n", b"\r"]))
def test_anything_that_looks_like_mail_is_taken(lines: list[bytes], end: bytes) -> None:
    raw = end.join(lines)
    parsed = parse(raw)
    _is_clean(parsed)
    assert kind_of(parsed, own_addresses=(), own_domain="talka.example")
    results_of(parsed, trusted_server="mx.talka.example")


def test_the_standard_library_never_had_to_be_rescued_from_a_usual_mail() -> None:
    assert compat32.raise_on_defect is False
    assert not parse(mail()).broken
