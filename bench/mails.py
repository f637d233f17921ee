# SPDX-License-Identifier: EUPL-1.2
"""Mails of every shape that arrives, made from a seed: encodings, HTML, files, replies, machines, and five in a hundred broken."""

import base64
import quopri
import random
from collections.abc import Callable, Iterator

WORDS = (
    "Lūdzu ierīkot veloceliņu no stacijas līdz ezeram, jo pa ceļa malu braukt ir bīstami.", "Bērnu laukumā vajag ēnu un soliņus.",
    "Pie skolas trūkst gājēju pārejas; no rītiem mašīnas brauc par ātru.", "Kāpēc Dārza ielā nav apgaismojuma?",
    "Ģimenes ārsts pagastā pieņem tikai otrdienās.", "Šķeldas krāvums pie katlumājas put visā ciemā.",
    "Žēl, ka tukšajai pienotavai nav saimnieka; tur varētu būt darbnīcas.", "Ķieģeļu skursteni vajadzētu saglabāt.",
)  # fmt: skip
RUSSIAN = ("Прошу поставить скамейку у остановки.", "Во дворе нет освещения, вечером темно.")
CHARSETS = ("utf-8", "utf-8", "utf-8", "windows-1257", "iso-8859-13", "iso-8859-4")
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
TNEF = b"\x78\x9f\x3e\x22" + bytes(60)


class _Writer:
    """Writes one mail after another."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)

    def text(self) -> str:
        """Return a few sentences."""
        return "\n\n".join(self.chance.sample(WORDS, self.chance.randint(1, 4)))

    def head(self, number: int, **fields: str) -> str:
        """Return a head; each mail has its own sender in nine cases of ten."""
        sender = number if self.chance.random() < 0.9 else self.chance.randint(1, 20)
        given = {
            "Return-Path": f"<raksta{sender}@pasts.example>",
            "From": f"Rakstītājs {sender} <raksta{sender}@pasts.example>",
            "To": "attistiba@talka.example",
            "Subject": f"Priekšlikums {number}",
            "Date": "Tue, 03 Mar 2026 10:15:00 +0200",
            "Message-ID": f"<{number}@pasts.example>",
            "MIME-Version": "1.0",
        } | {name.replace("_", "-"): value for name, value in fields.items()}
        return "".join(f"{name}: {value}\r\n" for name, value in given.items())

    def plain(self, number: int) -> bytes:
        """A text in one of the encodings, packed in one of three ways."""
        charset, packing = self.chance.choice(CHARSETS), self.chance.choice(("8bit", "quoted-printable", "base64"))
        content = f"{self.text()}\n\nAr cieņu,\nRakstītājs {number}".encode(charset)
        packed = {
            "8bit": content,
            "quoted-printable": quopri.encodestring(content),
            "base64": base64.encodebytes(content),
        }
        head = self.head(number, Content_Type=f"text/plain; charset={charset}", Content_Transfer_Encoding=packing)
        return head.encode() + b"\r\n" + packed[packing]

    def russian(self, number: int) -> bytes:
        """A Russian text in one of its encodings."""
        charset = self.chance.choice(("utf-8", "windows-1251", "koi8-r"))
        head = self.head(number, Content_Type=f"text/plain; charset={charset}")
        return head.encode() + b"\r\n" + f"{self.chance.choice(RUSSIAN)} {number}".encode(charset)

    def parts(self, number: int, kind: str, *parts: tuple[str, bytes], **fields: str) -> bytes:
        """Several parts under one head."""
        boundary = f"=_robeza_{number}"
        head = self.head(number, Content_Type=f'multipart/{kind}; boundary="{boundary}"', **fields)
        body = b"".join(f"--{boundary}\r\n{about}\r\n\r\n".encode() + content + b"\r\n" for about, content in parts)
        return head.encode() + b"\r\n" + body + f"--{boundary}--\r\n".encode()

    def html(self, number: int) -> bytes:
        """HTML with a plain alternative in two cases of three, and history that a mail program has marked."""
        text = self.text()
        html = f"<html><body><p>{text}</p><ul><li>viens</li></ul><div class='gmail_quote'>On 1.1.2026 Talka wrote:<blockquote>Vecs</blockquote></div></body></html>"
        parts = [("Content-Type: text/html; charset=utf-8", html.encode())]
        if self.chance.random() < 0.67:
            parts.insert(
                0,
                (
                    "Content-Type: text/plain; charset=utf-8",
                    f"{text}\n\nOn 1.1.2026 Talka <t@t.lv> wrote:\n> Vecs".encode(),
                ),
            )
        return self.parts(number, "alternative", *parts)

    def files(self, number: int) -> bytes:
        """A text with files: PDF, picture within the text, a message within the message, Outlook's packet, a program."""
        pdf = b"%PDF-1.7\n" + self.chance.randbytes(self.chance.choice((2_000, 20_000, 200_000)))
        return self.parts(
            number, "mixed",
            ("Content-Type: text/plain; charset=utf-8", self.text().encode()),
            ("Content-Type: application/pdf; name=karte.pdf\r\nContent-Transfer-Encoding: base64", base64.encodebytes(pdf)),
            ("Content-Type: image/png; name=logo.png\r\nContent-ID: <a@b>\r\nContent-Transfer-Encoding: base64", base64.encodebytes(PNG)),
            *self.chance.sample(
                [
                    ("Content-Type: message/rfc822", self.plain(number)),
                    ("Content-Type: application/ms-tnef; name=winmail.dat", TNEF),
                    ("Content-Type: application/x-msdownload; name=x.exe", b"MZ" + bytes(50)),
                ],
                self.chance.randint(0, 3),
            ),
        )  # fmt: skip

    def machine(self, number: int) -> bytes:
        """What a machine writes: absence, list, returned letter."""
        fields = self.chance.choice(
            (
                {"Auto_Submitted": "auto-replied"},
                {"List_Id": "<jaunumi.pasts.example>"},
                {"Precedence": "bulk"},
                {"Return_Path": "<>"},
            )
        )
        return (self.head(number, **fields) + f"\r\nAutomātiski: {number}").encode()

    def returned(self, number: int) -> bytes:
        """A report on a delivery."""
        return self.parts(
            number, "report; report-type=delivery-status",
            ("Content-Type: text/plain", b"Not delivered."),
            ("Content-Type: message/delivery-status", b"Reporting-MTA: dns; mx\r\n\r\nAction: failed\r\nStatus: 5.1.1\r\n"),
            ("Content-Type: text/rfc822-headers", f"Message-ID: <sveSs{number}@example.lv>".encode()),
        )  # fmt: skip

    def broken(self, number: int) -> bytes:
        """Something that no mail should be; a number in it keeps each from being another's copy."""
        mark = f"{number}".encode()
        makers: tuple[Callable[[], bytes], ...] = (
            lambda: self.chance.randbytes(2_000) + mark,
            lambda: self.head(number, Content_Type="multipart/mixed; boundary=x").encode() + b"\r\n--x\r\nContent-Type: text/plain\r\n\r\nbez gala",
            lambda: self.head(number, Content_Type="text/plain; charset=utf-8", Content_Transfer_Encoding="base64").encode()
            + b"\r\n!!!" + mark,
            lambda: self.head(number, Content_Type="text/plain; charset=utf-8").encode() + b"\r\n\x00\x00\xff\xfe" + mark,
            lambda: self.head(number, Content_Type="text/plain; charset=x-nekas", Date="rit", From="<><>").encode() + b"\r\nSoli\xf2\xf0 " + mark,
            lambda: self.head(number, X_Liels="x" * 300_000).encode() + b"\r\nliela galva " + mark,
            lambda: b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(400)) + mark,
            lambda: b"\r\n\r\n" + mark,
            lambda: self.head(number, Content_Type="text/html").encode() + b"\r\n" + b"<div>" * 9_000 + mark,
        )  # fmt: skip
        return self.chance.choice(makers)()


def mails(number: int, *, seed: int = 31) -> Iterator[bytes]:
    """Yield so many mails, no two of them the same."""
    writer = _Writer(seed)
    shapes = (writer.plain, writer.html, writer.files, writer.russian, writer.machine, writer.returned)
    weights = (50, 20, 12, 5, 6, 2)
    for one in range(number):
        if one % 20 == 7:
            yield writer.broken(one)
        else:
            yield writer.chance.choices(shapes, weights)[0](one)
