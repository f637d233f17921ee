# SPDX-License-Identifier: EUPL-1.2
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from talka.accounts.models import User
from talka.audit.models import Event
from talka.core import clock
from talka.processes.models import Process
from talka.proposals.models import Proposal
from talka.proposals.operations.drafting import Content, Sender
from talka.scans.models import Scan
from talka.scans.operations import bringing, entering
from tests.proposals.conftest import sign_in_again
from tests.scans.conftest import typed
from tests.scans.paper import pdf, upload

Pile = Callable[..., list[Scan]]


def address(scan: Scan, name: str = "register_scan") -> str:
    return reverse(f"scans:{name}", args=[scan.process.slug, scan.pk])


def opened(client: Client, process: Process) -> Any:
    """Take the next sheet and return its page."""
    return client.post(reverse("scans:take_next", args=[process.slug]), follow=True)


def test_a_sheet_is_entered_with_the_day_on_the_paper_and_its_scan_and_the_next_opens(
    process: Process, pile: Pile, clara: User, sign_in: Callable[[User], Client]
) -> None:
    first, second = pile("Lūdzu soliņus.", "Vajag lampas.")
    client = sign_in(clara)
    page = opened(client, process)
    assert page.context["scan"] == first
    assert page.context["form"]["text"].value() == "Lūdzu soliņus."
    day = clock.today() - timedelta(days=9)
    fields = typed(
        received_on=day.isoformat(), name="Anna Ozola", postal_address="Lauku iela 1, Talka", answer_by="post"
    )
    response = client.post(address(first), fields)
    assert response["Location"] == f"{address(second)}?done={first.pk}"
    proposal = Proposal.objects.get()
    assert (proposal.received_at.date(), proposal.channel, proposal.registered_by) == (day, "paper", clara)
    assert (proposal.author.name, proposal.author.answer_by) == ("Anna Ozola", "post")
    (file,) = proposal.files.all()
    assert (file.attachment.sha256, file.is_public) == (first.stack.file.sha256, False)
    assert file.attachment != first.stack.file  # each can be deleted without the other
    first.refresh_from_db()
    assert (first.state, first.proposal) == (Scan.State.REGISTERED, proposal)
    assert Event.objects.filter(verb="scans.register_scan").count() == 1


def test_the_last_sheet_leads_to_the_list(
    process: Process, pile: Pile, clara: User, sign_in: Callable[[User], Client]
) -> None:
    (scan,) = pile("Lūdzu soliņus.")
    client = sign_in(clara)
    opened(client, process)
    response = client.post(address(scan), typed())
    assert response["Location"] == f"{reverse('scans:list_scans', args=[process.slug])}?done={scan.pk}"
    assert "Neviena lapa negaida" in client.get(response["Location"]).content.decode()


def test_the_day_of_the_sheet_before_stands_in_the_next(
    process: Process, pile: Pile, clara: User, sign_in: Callable[[User], Client]
) -> None:
    first, _second = pile("Viens.", "Divi.")
    client = sign_in(clara)
    opened(client, process)
    day = (clock.today() - timedelta(days=4)).isoformat()
    page = client.post(address(first), typed(received_on=day), follow=True)
    assert page.context["form"]["received_on"].value() == day


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": "So\ufffdi"}, "text"),
        ({"received_on": "2999-01-01"}, "received_on"),
        ({"received_on": "vakar"}, "received_on"),
        ({"email": "nav adrese"}, "email"),
        ({"answer_by": "email"}, "email"),
        ({"answer_by": "post"}, "postal_address"),
        ({"answer_by": "phone"}, "phone"),
        ({"answer_by": "balodis"}, "answer_by"),
        ({"language": "xx"}, "language"),
    ],
)
def test_wrong_input_is_said_beside_its_field_and_nothing_typed_is_lost(
    process: Process, pile: Pile, clara: User, sign_in: Callable[[User], Client], wrong: dict[str, str], field: str
) -> None:
    (scan,) = pile("Lūdzu soliņus.")
    client = sign_in(clara)
    opened(client, process)
    response = client.post(address(scan), typed(name="Anna Ozola") | wrong)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert 'value="Anna Ozola"' in response.content.decode()
    assert not Proposal.objects.exists()


def test_enter_pressed_twice_gives_one_entry(
    process: Process, pile: Pile, clara: User, sign_in: Callable[[User], Client]
) -> None:
    (scan, _second) = pile("Lūdzu soliņus.", "Otra.")
    client, form = sign_in(clara), typed()
    opened(client, process)
    client.post(address(scan), form)
    again = client.post(address(scan), form, follow=True)
    assert again.status_code == 200
    assert Proposal.objects.count() == 1


def test_two_clerks_never_get_the_same_sheet(
    process: Process, pile: Pile, clara: User, carol: User, sign_in: Callable[[User], Client]
) -> None:
    first, second, third = pile("Viens.", "Divi.", "Trīs.")
    assert entering.take_next(process, by=clara) == first
    assert entering.take_next(process, by=carol) == second
    assert entering.take_next(process, by=clara) == first
    response = sign_in(carol).post(address(first), typed(text="Garš pārrakstīts teksts."))
    assert response.status_code == 409
    html = response.content.decode()
    assert "Šo lapu pašlaik ievada Klāra." in html
    assert "Garš pārrakstīts teksts." in html
    entering.take_scan(third, by=carol)
    second.refresh_from_db()
    assert second.held_by is None


def test_a_sheet_that_somebody_left_lying_goes_to_another(
    process: Process, pile: Pile, clara: User, carol: User
) -> None:
    (scan,) = pile("Viens.")
    entering.take_next(process, by=clara)
    assert entering.take_next(process, by=carol) is None
    with clock.at(clock.now() + timedelta(minutes=31)):
        assert entering.take_next(process, by=carol) == scan


def test_a_sheet_that_others_have_is_shown_without_a_form(
    process: Process, pile: Pile, clara: User, carol: User, sign_in: Callable[[User], Client]
) -> None:
    (scan,) = pile("Viens.")
    assert "Ievadīt šo lapu" in sign_in(carol).get(address(scan)).content.decode()
    entering.take_next(process, by=clara)
    page = sign_in(carol).get(address(scan))
    assert page.context["form"] is None
    assert "To ievada Klāra." in page.content.decode()
    assert sign_in(carol).post(address(scan, "take_scan")).status_code == 409


def test_of_a_stack_that_was_split_each_entry_keeps_its_own_pages(
    process: Process, clara: User, can_read: None
) -> None:
    (stack,), _left_out = bringing.add_scans(
        process, uploads=[upload(pdf(["viens", "divi", "trīs"]))], splitting="every", every=2, by=clara
    )
    bringing.take_apart_stack(stack.pk)
    scan = stack.scans.order_by("pk")[0]
    proposal = entering.register_scan(
        scan, content=Content(text="Viens divi."), sender=Sender(), key=uuid.uuid4(), received_at=clock.now(), by=clara
    )
    assert [file.attachment.kind for file in proposal.files.all()] == ["image/jpeg"] * 2
    pictures = [page.picture.sha256 for page in scan.pages.all()]
    assert [file.attachment.sha256 for file in proposal.files.all()] == pictures


def test_the_language_is_told_by_the_letters_and_can_be_chosen(
    process: Process, pile: Pile, clara: User, sign_in: Callable[[User], Client]
) -> None:
    first, second = pile("Просим скамейки.", "Prosim lavočki.")
    client = sign_in(clara)
    opened(client, process)
    client.post(address(first), typed(text="Просим поставить скамейки."))
    client.post(address(second), typed(text="Prosim lavočki.", language="ru"))
    assert list(Proposal.objects.order_by("number").values_list("language", flat=True)) == ["ru", "ru"]


def test_what_was_typed_when_the_session_ended_comes_back(process: Process, pile: Pile, clara: User) -> None:
    (scan,) = pile("Nolasīts.")
    entering.take_next(process, by=clara)
    client = Client()
    client.post(address(scan), typed(text="Pārrakstīts ar roku."))
    sign_in_again(client, clara)
    assert "Pārrakstīts ar roku." in client.get(address(scan)).content.decode()


def test_a_page_still_being_read_looks_again_by_itself_and_then_stops(
    process: Process, pile: Pile, clara: User, sign_in: Callable[[User], Client]
) -> None:
    (scan,) = pile("Nolasīts teksts.")
    scan.pages.update(read_at=None, text="")
    client = sign_in(clara)
    html = opened(client, process).content.decode()
    assert 'data-hx-trigger="every 3s"' in html
    bringing.keep_text(scan.pages.get().pk, text="Nolasīts teksts.")
    html = client.get(address(scan)).content.decode()
    assert 'data-hx-trigger="every 3s"' not in html
    assert "Nolasīts automātiski." in html


def test_eve_sees_and_does_nothing_and_neither_does_the_lead(
    process: Process, pile: Pile, eve: User, leo: User, sign_in: Callable[[User], Client]
) -> None:
    (scan,) = pile("Noslēpums.")
    for other in (eve, leo):
        assert not Scan.objects.visible_to(other).exists()
        client = sign_in(other)
        for name in ("register_scan", "discard_scan"):
            assert client.get(address(scan, name)).status_code == 403
        picture = reverse("scans:show_page", args=[process.slug, scan.pk, scan.pages.get().pk])
        assert client.get(picture).status_code == 403
        with pytest.raises(PermissionDenied):
            entering.register_scan(
                scan, content=Content(text="x"), sender=Sender(), key=uuid.uuid4(), received_at=clock.now(), by=other
            )
    assert not Proposal.objects.exists()


def test_the_coordinator_of_another_process_finds_no_sheet_of_this_one_under_hers(
    process: Process, pile: Pile, eve: User, sign_in: Callable[[User], Client]
) -> None:
    (scan,) = pile("Noslēpums.")
    theirs = (
        Process.objects.get(slug="kaiminu-darbs") if Process.objects.filter(slug="kaiminu-darbs").exists() else None
    )
    theirs = theirs or Process.objects.exclude(pk=process.pk).get()
    client = sign_in(eve)
    assert client.get(reverse("scans:register_scan", args=[theirs.slug, scan.pk])).status_code == 404
    page = scan.pages.get()
    assert client.get(reverse("scans:show_page", args=[theirs.slug, scan.pk, page.pk])).status_code == 404


def test_the_picture_is_shown_and_can_run_nothing(
    process: Process, pile: Pile, clara: User, sign_in: Callable[[User], Client]
) -> None:
    (scan,) = pile("Viens.")
    response = sign_in(clara).get(reverse("scans:show_page", args=[process.slug, scan.pk, scan.pages.get().pk]))
    assert response["Content-Type"] == "image/jpeg"
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["Cache-Control"].startswith("private")
    assert b"".join(response.streaming_content).startswith(b"\xff\xd8")  # type: ignore[attr-defined]


def test_the_list_asks_as_often_for_thirty_sheets_as_for_three(
    process: Process, pile: Pile, clara: User, sign_in: Callable[[User], Client],
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    pile(*["Teksts."] * 30)
    client = sign_in(clara)
    listed = reverse("scans:list_scans", args=[process.slug])
    client.get(listed)
    with django_assert_max_num_queries(26):
        html = client.get(listed).content.decode()
    assert html.count("Lapa Nr.") == 30
