# SPDX-License-Identifier: EUPL-1.2
"""Own words, history and signature, as mail programs write them."""

import pytest

from talka.mailbox.quoting import split
from talka.mailbox.wording import text_of_html

OWN = "Piekrītu, bet vajag arī urnu."
QUOTED = "> Jūsu priekšlikums ir saņemts.\n> Numurs TP-31."
OUTLOOK = "\nSent: Tuesday, March 3, 2026 10:15 AM\nTo: Anna Liepa\nSubject: Atbilde\n\nJūsu priekšlikums ir saņemts."


@pytest.mark.parametrize(
    "history",
    [
        f"On Tue, 3 Mar 2026 at 10:15, Talka <talka@talka.example> wrote:\n\n{QUOTED}",
        f"On Tue, 3 Mar 2026 at 10:15, Talkas novada pašvaldība\n<talka@talka.example> wrote:\n{QUOTED}",
        f"otrd., 2026. g. 3. marts, plkst. 10:15 — lietotājs Talka (<talka@talka.example>) rakstīja:\n\n{QUOTED}",
        f"2026. gada 3. martā plkst. 10.15 Talka <talka@talka.example> rakstīja:\n{QUOTED}",
        f"вт, 3 мар. 2026 г. в 10:15, Talka <talka@talka.example>:\n{QUOTED}",
        f"03.03.2026 10:15, Talka пишет:\n{QUOTED}",
        QUOTED,
        f"-----Original Message-----\nFrom: Talka{OUTLOOK}",
        f"________________________________\nFrom: Talka <talka@talka.example>{OUTLOOK}",
        "No: Talka <talka@talka.example>\nNosūtīts: otrdiena, 2026. gada 3. marts 10:15\nKam: Anna\nTemats: Atbilde\n\nSaņemts.",
        "От: Talka\nОтправлено: 3 марта 2026 г.\nКому: Anna\nТема: Atbilde\n\nSaņemts.",
        f"---------- Forwarded message ---------\nNo: Talka{OUTLOOK}",
    ],
    ids=range(12),
)
def test_history_below_is_folded_away_and_kept(history: str) -> None:
    said = split(f"{OWN}\n\n{history}")
    assert said.own.startswith(OWN)
    assert "saņemts" not in said.own.lower()
    assert "saņemts" in said.history.lower()


@pytest.mark.parametrize(
    "html",
    [
        f'<div>{OWN}</div><div class="gmail_quote"><div class="gmail_attr">On Tue, 3 Mar 2026, Talka wrote:</div><blockquote>Saņemts.</blockquote></div>',
        f'<p>{OWN}</p><div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>From:</b> Talka</div><div>Saņemts.</div>',
        f'<div>{OWN}</div><div class="moz-cite-prefix">On 03.03.2026 10:15, Talka wrote:</div><blockquote>Saņemts.</blockquote>',
        f'<div>{OWN}</div><div class="yahoo_quoted">Saņemts.</div>',
    ],
    ids=["gmail", "outlook", "thunderbird", "yahoo"],
)
def test_history_that_a_program_has_marked_in_html_is_folded_away(html: str) -> None:
    said = split(text_of_html(html))
    assert said.own == OWN
    assert "Saņemts." in said.history


def test_answers_between_the_quoted_lines_are_own_words() -> None:
    said = split("On 3.03.2026 Talka wrote:\n> Vai vajag soliņu?\nJā.\n> Un urnu?\nArī.")
    assert said.own == "Jā.\nArī."
    assert "Un urnu?" in said.history


def test_a_mail_that_is_all_history_is_all_there() -> None:
    forwarded = "---------- Forwarded message ---------\nFrom: Anna\nDate: 3 Mar 2026\nTo: Talka\n\nLūdzu soliņu."
    assert split(forwarded).own == forwarded


@pytest.mark.parametrize(
    "signature",
    [
        "-- \nAnna Liepa\n26 000 000",
        "Ar cieņu,\nAnna Liepa",
        "Ar sveicieniem no Talkas,\nAnna",
        "Best regards\nAnna",
        "С уважением,\nАнна",
        "Sent from my iPhone",
        "Sūtīts no mana iPhone",
    ],
)
def test_a_signature_is_folded_away_and_kept(signature: str) -> None:
    assert split(f"{OWN}\n\n{signature}") == split(f"{OWN}\n\n{signature}\n")
    said = split(f"{OWN}\n\n{signature}")
    assert (said.own, said.signature) == (OWN, signature)


def test_a_farewell_with_a_long_text_below_is_no_signature() -> None:
    text = "Ar cieņu pret kokiem\n" + "\n".join(f"{number}. rindkopa." for number in range(20))
    assert split(text).signature == ""


def test_what_only_looks_like_history_stays() -> None:
    for text in ("No: rīta līdz vakaram ir troksnis.", "Deputāts rakstīja:\nnevajag soliņu.", "5 > 3"):
        assert split(text).own == text
