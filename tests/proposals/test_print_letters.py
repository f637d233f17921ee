# SPDX-License-Identifier: EUPL-1.2
"""Printed letters: what stands where on the sheet, in which order it is read, and that they are counted once."""

import re
import subprocess
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from bench.letters import typeset_letters
from django.test import Client
from django.urls import reverse

from talka.accounts.models import User
from talka.audit.models import Event
from talka.core import clock
from talka.processes.models import Process
from talka.proposals.models import Delivery, Proposal, Register
from talka.proposals.operations.answering import correct_reply
from talka.proposals.operations.deliveries import mark_letters_sent, print_letters
from talka.proposals.operations.drafting import Content, Sender
from talka.proposals.operations.examining import prepare_reply, publish_replies
from talka.proposals.operations.receiving import publish_proposal, register_proposal
from tests.proposals.conftest import text_of

MM = 72 / 25.4
LONG = "\n\n".join(f"{number}. rindkopa par ielu. " + "Ielas malā būs celiņš. " * 30 for number in range(14))

Written = Callable[..., Delivery]


@pytest.fixture
def written(process: Process, carol: User) -> Written:
    """Return a function that answers somebody by letter."""

    def answer(
        name: str = "Zenta Purmale", *, reason: str = "Soliņš būs.", public: bool = True, **sender: Any
    ) -> Delivery:
        fields = {"postal_address": "„Purmaļi”, Meldrāju pagasts, Talkas novads, LV-4102"} | sender
        proposal = register_proposal(
            process, content=Content(text="Soliņš.", title="Soliņš pieturā"), sender=Sender(name=name, **fields), key=uuid.uuid4(),
            channel="paper", received_at=clock.now(), by=carol,
        )  # fmt: skip
        if public:
            publish_proposal(proposal, by=carol)
        prepare_reply(
            proposal,
            by=carol,
            outcome="accepted",
            reason=reason,
            signed_name="Karola Ozola",
            signed_title="nodaļas vadītāja",
        )
        publish_replies([proposal], by=carol)
        return Delivery.objects.get(author__proposal=proposal)

    return answer


def page(process: Process, name: str = "print_letters") -> str:
    return reverse(f"proposals:{name}", args=[process.slug])


def read(file: bytes, folder: Path, *options: str) -> str:
    """Return what pdftotext reads."""
    path = folder / "letters.pdf"
    path.write_bytes(file)
    done = subprocess.run(["pdftotext", *options, str(path), "-"], capture_output=True, text=True, check=True)
    return done.stdout


def printed(process: Process, client: Client, *deliveries: Delivery) -> bytes:
    response = client.post(page(process), {"pick": [delivery.pk for delivery in deliveries]})
    assert response["Content-Type"] == "application/pdf"
    return response.content


def test_each_letter_begins_on_a_sheet_of_its_own_and_is_read_in_order(
    written: Written, process: Process, clara: User, sign_in: Callable[[User], Client], tmp_path: Path
) -> None:
    first, second = written(), written("Jānis Bērziņš", on_behalf="association", on_behalf_name="Biedrība „Spieķis”")
    sheets = read(printed(process, sign_in(clara), first, second), tmp_path).split("\f")
    assert len(sheets) == 3  # pdftotext ends with a form feed
    parts = (
        "Talkas novads", "Zentai Purmalei", "„Purmaļi”", "LV-4102", ". gada ", "Mūsu Nr. TP-1", "Par priekšlikumu „Soliņš pieturā”",
        "Godātā Zenta Purmale!", "Lēmums: pieņemts.", "Soliņš būs.", "Karola Ozola", "nodaļas vadītāja", f"/lv/n/{process.pk}/1/",
    )  # fmt: skip
    places = [sheets[0].index(part) for part in parts]
    assert places == sorted(places)
    assert "Biedrībai „Spieķis”" in sheets[1]
    assert "Jānim Bērziņam" in sheets[1]
    assert "Godātais Jāni Bērziņ!" in sheets[1]


def test_the_file_is_tagged_and_accessible_and_says_its_language(
    written: Written, process: Process, clara: User, sign_in: Callable[[User], Client], tmp_path: Path
) -> None:
    file = printed(process, sign_in(clara), written())
    path = tmp_path / "letters.pdf"
    path.write_bytes(file)
    assert re.search(rb"/MarkInfo\s*<<\s*/Marked true", file)
    assert re.search(rb"<pdfuaid:part>1</pdfuaid:part>", file)
    assert re.search(rb"/Lang\s*\(lv", file)
    about = subprocess.run(["pdfinfo", str(path)], capture_output=True, text=True, check=True).stdout
    assert re.search(r"Title:\s+Talkas novada attīstības programma", about)


def test_the_window_shows_the_addressee_and_nothing_else(
    written: Written, process: Process, clara: User, sign_in: Callable[[User], Client], tmp_path: Path
) -> None:
    delivery = written(
        "Kristiāna Aleksandra Vītoliņa-Kalnozola", on_behalf="association",
        on_behalf_name="Biedrība „Meldrāju pagasta ilgdzīvotāju un viņu draugu kopa”",
        postal_address="Kopezera iela 104–12, Bērzleja, Bērzlejas pagasts, Talkas novads, Sēlija, Latvija, LV-4105",
    )  # fmt: skip
    Register.objects.filter(process=process).update(
        letter_head="Talkas novads\nRīgas iela 1\nTalka, LV-4101\n60 000 100"
    )
    boxes = read(printed(process, sign_in(clara), delivery), tmp_path, "-bbox")
    words = [
        (float(left) / MM, float(top) / MM, float(right) / MM, float(bottom) / MM, word)
        for left, top, right, bottom, word in re.findall(
            r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>', boxes
        )
    ]
    shown = [word for word in words if 39 < word[1] < 95]
    assert shown[0][4] == "Biedrībai"
    assert shown[-1][4] == "LV-4105"
    assert all(left > 20 and right < 100 and top > 50 and bottom < 84 for left, top, right, bottom, _word in shown)
    assert any(word[4] == "100" for word in words if word[3] <= 39)


def test_a_long_letter_runs_over_pages_that_are_numbered(
    written: Written, process: Process, clara: User, sign_in: Callable[[User], Client], tmp_path: Path
) -> None:
    sheets = read(printed(process, sign_in(clara), written(reason=LONG), written()), tmp_path).split("\f")
    assert len(sheets) == 5
    assert [f"{number} no 3" in sheets[number - 1] for number in (1, 2, 3)] == [True, True, True]
    assert "Karola Ozola" in sheets[2]
    assert " no 1" not in sheets[3]


def test_what_people_typed_is_printed_and_never_run(
    written: Written, process: Process, clara: User, sign_in: Callable[[User], Client], tmp_path: Path
) -> None:
    hostile = '#panic("x") $1/0$ @nav <b>*treknrakstā*</b> \\ `kods` ] }'
    text = read(printed(process, sign_in(clara), written(reason=hostile, public=False)), tmp_path)
    assert hostile in " ".join(text.split())
    assert "/lv/n/" not in text


def test_characters_that_no_font_has_stop_nobodys_letter(
    written: Written, process: Process, clara: User, sign_in: Callable[[User], Client], tmp_path: Path
) -> None:
    text = read(printed(process, sign_in(clara), written(reason="Labi 😀 汉 \U0010ffff, Ļoti!"), written()), tmp_path)
    assert "Labi □ □ □, Ļoti!" in text
    assert "Soliņš būs." in text


@pytest.mark.parametrize(
    ("head", "wrong"),
    [("1\n2\n3\n4\n5", "četrām rindām"), ("ā" * 101, "100 rakstzīmēm"), ("ā\n" * 400, "četrām rindām")],
)
def test_the_sender_stands_above_the_letter_as_the_settings_say(
    written: Written,
    process: Process,
    carol: User,
    sign_in: Callable[[User], Client],
    tmp_path: Path,
    head: str,
    wrong: str,
) -> None:
    client, address = sign_in(carol), page(process, "change_register")
    fields = {"prefix": "TP", "publishing": "after_review"}
    refused = client.post(address, fields | {"letter_head": head})
    assert refused.status_code == 422
    assert wrong in text_of(refused) or "600" in text_of(refused)
    client.post(address, fields | {"letter_head": " Talkas novada dome \n\n60 000 100"})
    assert read(printed(process, client, written()), tmp_path).startswith("Talkas novada dome\n60 000 100\n")


def test_printing_and_posting_are_two_steps_and_a_sent_letter_prints_again(
    written: Written, process: Process, clara: User, sign_in: Callable[[User], Client]
) -> None:
    delivery, other = written(), written("Aina Mežmala")
    client = sign_in(clara)
    assert client.post(page(process), {"all": "1"})["Content-Type"] == "application/pdf"
    assert Delivery.objects.to_print().filter(printed_at__isnull=False).count() == 2
    said = client.post(
        page(process, "mark_letters_sent"), {"pick": [delivery.pk], "sent_on": str(clock.today())}, follow=True
    )
    assert "1 vēstule atzīmēta kā nosūtīta" in text_of(said)
    assert list(Delivery.objects.to_print()) == [other]
    assert mark_letters_sent([delivery], on=clock.today(), by=clara) == 0
    assert "Drukāt vēlreiz" in text_of(client.get(page(process, "list_deliveries"), {"show": "done"}))
    assert client.post(page(process), {"pick": [delivery.pk]})["Content-Type"] == "application/pdf"
    assert Event.objects.filter(verb="proposals.print_letter").count() == 3
    own = text_of(Client().get(reverse("proposals:show_receipt", args=[delivery.author.secret])))
    assert "nosūtīta vēstulē" in own


@pytest.mark.parametrize("day", ["", "2199-01-01", "vakar", "1066-10-14"])
def test_a_wrong_day_is_said_and_the_ticks_stay(
    written: Written, process: Process, clara: User, sign_in: Callable[[User], Client], day: str
) -> None:
    delivery = written()
    response = sign_in(clara).post(page(process, "mark_letters_sent"), {"pick": [delivery.pk], "sent_on": day})
    assert response.status_code == 422
    assert "Jāizlabo 1 kļūda" in text_of(response)
    assert f'value="{delivery.pk}" data-pick aria-label="TP-1" checked' in response.content.decode()
    assert Delivery.objects.to_print().exists()


def test_without_a_tick_nothing_is_printed(process: Process, clara: User, sign_in: Callable[[User], Client]) -> None:
    client = sign_in(clara)
    for fields in ({}, {"pick": ["x", "-1", "9" * 30]}, {"all": "1"}):
        assert "Vispirms atzīmējiet vēstules" in text_of(client.post(page(process), fields, follow=True))


def test_letters_of_others_cannot_be_picked(
    written: Written, carol: User, eve: User, sign_in: Callable[[User], Client], other_town: object
) -> None:
    delivery = written()
    client = sign_in(eve)
    address = reverse("proposals:print_letters", args=["kaimini"])
    assert "Vispirms atzīmējiet" in text_of(client.post(address, {"pick": [delivery.pk]}, follow=True))
    with pytest.raises(Exception, match="deliver_answer"):
        print_letters([delivery], by=eve)


def test_a_correction_says_in_the_letter_why(
    written: Written, process: Process, carol: User, clara: User, sign_in: Callable[[User], Client], tmp_path: Path
) -> None:
    first = written()
    correct_reply(
        first.author.proposal, by=carol, outcome="partly", reason="Soliņš būs vēlāk.", because="mainījās termiņš",
        signed_name="Karola Ozola", version=1,
    )  # fmt: skip
    (second,) = Delivery.objects.to_print()
    text = " ".join(read(printed(process, sign_in(clara), second), tmp_path).split())
    assert "mainījās termiņš" in text
    assert "Lēmums: daļēji pieņemts." in text


def test_the_short_address_on_the_letter_leads_to_the_proposal(written: Written, process: Process) -> None:
    proposal = Proposal.objects.get(pk=written().author.proposal_id)
    response = Client().get(reverse("proposals:open_short_link", args=[process.pk, proposal.number]))
    assert response["Location"] == reverse("proposals:show_proposal", args=[process.slug, proposal.number])


def test_many_letters_fit_into_one_file_in_little_time(tmp_path: Path) -> None:
    file, seconds = typeset_letters(60)
    assert len(read(file, tmp_path).split("\f")) - 1 >= 60 + 6 * 2
    assert seconds < 10
