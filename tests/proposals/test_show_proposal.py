# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from talka.accounts.models import User
from talka.core.http import form_signer
from talka.groups.models import WorkingGroup
from talka.notifications.models import Subscription
from talka.notifications.operations import confirm_following
from talka.processes.models import Process
from talka.proposals.models import Proposal
from talka.proposals.operations.drafting import Sender
from talka.proposals.operations.examining import assign_proposals, prepare_reply, publish_replies, reopen_proposal
from talka.proposals.operations.receiving import correct_proposal, unpublish_proposal, withdraw_proposal
from tests.proposals.conftest import letters, text_of


def page(proposal: Proposal, name: str = "show_proposal") -> str:
    return reverse(f"proposals:{name}", args=[proposal.process.slug, proposal.number])


def answer(proposal: Proposal, carol: User) -> None:
    prepare_reply(
        proposal, by=carol, outcome="not_ours", reason="Ceļu uztur valsts.", signed_name="Karola Kalniņa",
        signed_title="nodaļas vadītāja", forwarded_to="VSIA „Latvijas Valsts ceļi”",
    )  # fmt: skip
    publish_replies([proposal], by=carol)


def test_the_thread_tells_everything_in_order(
    make_proposal: Callable[..., Proposal], group: WorkingGroup, carol: User
) -> None:
    proposal = make_proposal(public=True)
    assign_proposals([proposal], by=carol, group=group)
    answer(proposal, carol)
    said = text_of(Client().get(page(proposal)))
    steps = ["Saņemts tīmeklī", "Publicēts", "„Mobilitāte”", "Ceļu uztur valsts.", "Karola Kalniņa, nodaļas vadītāja"]
    places = [said.index(step) for step in steps]
    assert places == sorted(places)
    assert "Latvijas Valsts ceļi" in said
    assert "Atbilde vēl" not in said


def test_an_answer_that_is_prepared_or_taken_back_is_not_public(
    make_proposal: Callable[..., Proposal], carol: User
) -> None:
    proposal = make_proposal(public=True)
    answer(proposal, carol)
    reopen_proposal(proposal, by=carol, reason="Kļūda.")
    said = text_of(Client().get(page(proposal)))
    assert "Ceļu uztur valsts." not in said
    assert "Atbilde vēl" in said


def test_names_are_shown_only_when_they_were_released(make_proposal: Callable[..., Proposal]) -> None:
    closed = make_proposal(public=True, sender=Sender(name="Anna Bērziņa", email="anna@example.lv", phone="26000000"))
    released = make_proposal(public=True, sender=Sender(name="Jānis Kalns", name_public=True))
    said = Client().get(page(closed)).content.decode()
    assert not any(secret in said for secret in ("Anna", "anna@", "26000000", closed.author.secret))
    assert "Jānis Kalns" in text_of(Client().get(page(released)))


def test_the_page_says_that_the_text_was_corrected(make_proposal: Callable[..., Proposal], carol: User) -> None:
    proposal = make_proposal("Zvaniet Annai 26000000.", public=True)
    correct_proposal(
        proposal,
        by=carol,
        title="Zvans",
        text="Zvaniet.",
        topic=None,
        area=None,
        place_text="",
        reason="izlaists tālrunis",
    )
    said = text_of(Client().get(page(proposal)))
    assert "izlaists tālrunis" in said
    assert "26000000" not in said


def test_a_withdrawn_proposal_says_so_and_stays(make_proposal: Callable[..., Proposal], carol: User) -> None:
    proposal = make_proposal(public=True)
    withdraw_proposal(proposal, by=carol, reason="Autore lūdza.")
    said = text_of(Client().get(page(proposal)))
    assert "atsaukts" in said
    assert "Autore lūdza." not in said


def test_what_was_taken_off_is_gone_and_numbers_of_others_too(
    make_proposal: Callable[..., Proposal], carol: User, process: Process, eve: User
) -> None:
    proposal = make_proposal(public=True)
    unpublish_proposal(proposal, by=carol, reason="Svešu personu dati.")
    assert Client().get(page(proposal)).status_code == 404
    for number in ("999", "99999999999999999999"):
        assert Client().get(f"/lv/p/{process.slug}/proposals/{number}/").status_code == 404
    shown = make_proposal(public=True)
    assert Client().get(reverse("proposals:show_proposal", args=["kaimini", shown.number])).status_code == 404


def test_the_page_asks_little_and_sets_no_cookie(
    make_proposal: Callable[..., Proposal], group: WorkingGroup, carol: User, django_assert_max_num_queries: Any
) -> None:
    proposal = make_proposal(public=True)
    assign_proposals([proposal], by=carol, group=group)
    answer(proposal, carol)
    with django_assert_max_num_queries(8):
        response = Client().get(page(proposal))
    assert not response.cookies


def test_the_municipalitys_words_are_marked_on_the_english_page(
    make_proposal: Callable[..., Proposal], carol: User
) -> None:
    proposal = make_proposal("Soliņi.", public=True)
    answer(proposal, carol)
    said = Client().get(page(proposal).replace("/lv/", "/en/")).content.decode()
    assert '<h1 lang="lv">Soliņi.</h1>' in said
    assert '<blockquote lang="lv">' in said


def test_following_needs_the_letter_to_be_answered_and_says_always_the_same(
    make_proposal: Callable[..., Proposal], carol: User
) -> None:
    proposal = make_proposal(public=True)
    form = {"email": "anna@example.lv", "shown": form_signer.sign("shown"), "website": ""}
    client = Client()
    first = client.post(page(proposal, "follow_proposal"), form, follow=True)
    confirm_following(Subscription.objects.get())
    again = client.post(page(proposal, "follow_proposal"), form, follow=True)
    for response in (first, again):
        assert "nosūtījām ziņu" in str(next(iter(response.context["messages"])))
    assert len(letters("notifications/confirm_following")) == 1
    answer(proposal, carol)
    (letter,) = letters("proposals/publish_reply")
    assert letter.email == "anna@example.lv"
    assert page(proposal) in letter.text
    assert proposal.author.secret not in letter.text


def test_somebody_signed_in_follows_with_one_press(
    make_proposal: Callable[..., Proposal], alice: User, sign_in: Callable[[User], Client]
) -> None:
    proposal = make_proposal(public=True)
    client = sign_in(alice)
    client.post(page(proposal, "follow_proposal"), {})
    assert Subscription.objects.active().get().user == alice
    assert "Jūs sekojat" in text_of(client.get(page(proposal)))


def test_a_wrong_address_or_a_robot_follows_nothing(make_proposal: Callable[..., Proposal]) -> None:
    proposal = make_proposal(public=True)
    good = {"email": "anna@example.lv", "shown": form_signer.sign("shown"), "website": ""}
    for wrong in ({"email": "nav"}, {"email": "a\x00@example.lv"}, {"website": "x"}, {"shown": "x"}):
        assert Client().post(page(proposal, "follow_proposal"), good | wrong).status_code == 422
    assert not Subscription.objects.exists()


def test_another_site_cannot_make_somebody_follow(make_proposal: Callable[..., Proposal], alice: User) -> None:
    proposal = make_proposal(public=True)
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.post(page(proposal, "follow_proposal"), {}).status_code == 422
    assert not Subscription.objects.exists()


def test_following_too_often_waits(make_proposal: Callable[..., Proposal], settings: Any) -> None:
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"follow_proposal": (1, 3600)}
    proposal = make_proposal(public=True)
    assert [Client().post(page(proposal, "follow_proposal"), {}).status_code for _ in range(2)] == [422, 429]


def test_followers_of_what_was_taken_off_hear_nothing_more(make_proposal: Callable[..., Proposal], carol: User) -> None:
    proposal = make_proposal(public=True)
    Subscription.objects.create(audience=proposal.audience, email="anna@example.lv", confirmed_at=proposal.received_at)
    unpublish_proposal(proposal, by=carol, reason="Personas dati virsrakstā.")
    withdraw_proposal(proposal, by=carol)
    assert not letters("proposals/withdraw_proposal")


def test_the_place_is_on_a_map_that_opens_by_its_button(client: Client, make_proposal: Callable[..., Proposal]) -> None:
    proposal = make_proposal(public=True, longitude=21.0108, latitude=56.5047, place_text="Pie laipas")
    shown = client.get(page(proposal)).content.decode()
    assert "Pie laipas" in shown
    assert 'hidden data-map-open="map"' in shown
    assert f"{reverse('proposals:map_points')}?process={proposal.process.slug}&amp;number={proposal.number}" in shown


def test_a_proposal_without_a_place_has_no_map(client: Client, make_proposal: Callable[..., Proposal]) -> None:
    assert "data-map" not in client.get(page(make_proposal(public=True))).content.decode()
