# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from talka.accounts.models import User
from talka.groups.models import WorkingGroup
from talka.notifications.models import Notification
from talka.processes.models import Process
from talka.proposals.link_holder import LinkHolder
from talka.proposals.models import Proposal, Reply
from talka.proposals.operations.answering import Answer, ChangedMeanwhile, create_reply_template, prepare_replies
from talka.proposals.operations.drafting import Sender
from talka.proposals.operations.examining import assign_proposals, prepare_reply, publish_replies
from talka.proposals.operations.receiving import confirm_address, withdraw_proposal
from tests.proposals.conftest import letters, text_of


def page(process: Process, *numbers: int) -> str:
    picks = "&".join(f"pick={number}" for number in numbers)
    return f"{reverse('proposals:prepare_replies', args=[process.slug])}?{picks}"


def filled(*numbers: int, **fields: Any) -> dict[str, Any]:
    included = {f"include-{number}": "on" for number in numbers} | {f"version-{number}": "0" for number in numbers}
    return (
        {"outcome": "partly", "reason": "{uzruna}\n\nPar {numurs}: darīsim.", "signer": "", "signed_name": "Karola"}
        | included
        | fields
    )


@pytest.fixture
def three(make_proposal: Callable[..., Proposal]) -> list[Proposal]:
    names = ("Jānis Bērziņš", "Anna Kalniņa", "")
    found = []
    for name in names:
        email = f"{name.split()[0].lower()}@example.lv" if name else ""
        found.append(make_proposal(f"Ietve Nr. {len(found) + 1}", sender=Sender(name=name, email=email), public=True))
    return found


def test_each_author_gets_the_common_answer_with_their_own_number_and_salutation(
    three: list[Proposal], process: Process, carol: User, sign_in: Callable[[User], Client]
) -> None:
    for proposal in three[:2]:
        confirm_address(proposal, by=LinkHolder(proposal.pk, reads_mail=True))
    client = sign_in(carol)
    done = client.post(page(process, 1, 2, 3), filled(1, 2, 3, **{"own-3": "Tikai {numurs}."}), follow=True)
    assert "Sagatavotas 3 atbildes" in text_of(done)
    replies = Reply.objects.order_by("proposal__number")
    assert [reply.reason for reply in replies] == ["Par TP-1: darīsim.", "Par TP-2: darīsim.", "Tikai TP-3."]
    assert len({reply.batch for reply in replies}) == 1
    assert replies[0].batch is not None
    publish_replies(three, by=carol)
    first, second = letters("proposals/publish_reply")
    assert first.text.startswith("Godātais Jāni Bērziņ!\n")
    assert "Par TP-1: darīsim." in first.text
    assert second.text.startswith("Godātā Anna Kalniņa!\n")
    said = text_of(Client().get(reverse("proposals:show_proposal", args=[process.slug, 1])))
    assert "Par TP-1: darīsim." in said
    assert "Bērziņ" not in said


def test_the_register_leads_to_the_form_with_what_was_ticked(
    three: list[Proposal], process: Process, carol: User, sign_in: Callable[[User], Client]
) -> None:
    address = reverse("proposals:prepare_replies", args=[process.slug])
    client = sign_in(carol)
    assert client.post(address, {"pick": ["1", "3", "x"]})["Location"] == page(process, 3, 1)
    assert client.post(address, {"all": "1", "asked": "q=Kalni%C5%86a"})["Location"] == page(process, 2)
    nothing = client.post(address, {"asked": "state=waiting"}, follow=True)
    assert "Vispirms" in text_of(nothing)
    assert nothing.redirect_chain[-1][0].endswith("?state=waiting")


def test_the_answered_and_the_withdrawn_are_named_and_left_out(
    three: list[Proposal], process: Process, carol: User, sign_in: Callable[[User], Client]
) -> None:
    prepare_reply(three[0], by=carol, outcome="accepted", reason="Jā.", signed_name="Karola")
    publish_replies([three[0]], by=carol)
    withdraw_proposal(three[1], by=carol)
    client = sign_in(carol)
    response = client.get(page(process, 1, 2, 3))
    assert [row["proposal"].number for row in response.context["rows"]] == [3]
    assert "Izlaisti, jo ir atbildēti vai atsaukti: TP-1 , TP-2" in text_of(response)
    client.post(page(process, 1, 2, 3), filled(1, 2, 3))
    assert set(Reply.objects.values_list("proposal__number", "reason")) == {(1, "Jā."), (3, "Par TP-3: darīsim.")}
    nothing = client.get(page(process, 1, 2), follow=True)
    assert "Nav uz ko atbildēt: TP-1, TP-2" in text_of(nothing)


def test_a_prepared_answer_is_replaced_only_where_it_is_ticked(
    three: list[Proposal], process: Process, carol: User, sign_in: Callable[[User], Client]
) -> None:
    prepare_reply(three[0], by=carol, outcome="accepted", reason="Jā.", signed_name="Karola")
    client = sign_in(carol)
    form = client.get(page(process, 1, 2)).context["form"]
    assert (form["include-1"].value(), form["include-2"].value()) == (False, True)
    client.post(page(process, 1, 2), filled(2, **{"version-1": "1"}))
    assert Reply.objects.get(proposal=three[0]).reason == "Jā."
    client.post(page(process, 1), filled(1, **{"version-1": "1"}))
    assert Reply.objects.get(proposal=three[0]).reason == "Par TP-1: darīsim."


def test_what_somebody_changed_meanwhile_stops_all_and_nothing_typed_is_lost(
    three: list[Proposal], process: Process, carol: User, sign_in: Callable[[User], Client]
) -> None:
    prepare_reply(three[1], by=carol, outcome="accepted", reason="Jā.", signed_name="Karola")
    response = sign_in(carol).post(page(process, 1, 2), filled(1, 2, **{"own-1": "Savs teksts."}))
    assert response.status_code == 409
    assert "atbildi uz priekšlikumu TP-2" in text_of(response)
    assert "Savs teksts." in response.content.decode()
    assert Reply.objects.count() == 1
    with pytest.raises(ChangedMeanwhile):
        prepare_replies([Answer(three[1], "Nē.")], by=carol, outcome="rejected", signed_name="Karola")


def test_the_preview_shows_each_text_and_saves_nothing(
    three: list[Proposal], process: Process, carol: User, sign_in: Callable[[User], Client]
) -> None:
    said = text_of(sign_in(carol).post(page(process, 1, 2), filled(1, 2, do="preview")))
    assert "Par TP-1: darīsim." in said
    assert "Par TP-2: darīsim." in said
    assert not Reply.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"reason": ""}, "Atbilde jāpamato"),
        ({"reason": "Jūsu {telefons}"}, "Lauka {telefons} nav"),
        ({"reason": "Sveiki, {uzruna}"}, "tikai pirmajā rindā"),
        ({"reason": "{grupa} piekrīt"}, "TP-2 nav ko ierakstīt laukā {grupa}"),
        ({"own-1": "{}"}, "Lauka {} nav"),
        ({"include-1": "", "include-2": ""}, "Atzīmējiet vismaz vienu"),
        ({"outcome": "x"}, "nav"),
        ({"signed_name": ""}, "kas atbild"),
    ],
)
def test_wrong_input_is_said_and_nothing_is_saved(
    three: list[Proposal], process: Process, group: WorkingGroup, carol: User, sign_in: Callable[[User], Client],
    wrong: dict[str, str], sentence: str,
) -> None:  # fmt: skip
    assign_proposals([three[0]], by=carol, group=group)
    response = sign_in(carol).post(page(process, 1, 2), filled(1, 2) | wrong)
    assert sentence in text_of(response)
    assert not Reply.objects.exists()


def test_a_template_fills_the_form(
    three: list[Proposal], process: Process, carol: User, sign_in: Callable[[User], Client]
) -> None:
    template = create_reply_template(process, by=carol, name="Jā", outcome="accepted", text="Par {numurs}: jā.")
    form = sign_in(carol).get(f"{page(process, 1, 2)}&template={template.pk}").context["form"]
    assert (form["outcome"].value(), form["reason"].value()) == ("accepted", "Par {numurs}: jā.")


def test_more_entries_need_no_more_queries(
    make_proposal: Callable[..., Proposal], process: Process, carol: User, sign_in: Callable[[User], Client],
    django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    for number in range(12):
        make_proposal(f"Ietve {number}")
    client = sign_in(carol)
    with django_assert_max_num_queries(24):
        assert len(client.get(page(process, *range(1, 13))).context["rows"]) == 12


def test_nonsense_in_the_address_and_entries_of_others_are_left_out(
    three: list[Proposal], process: Process, carol: User, eve: User, leo: User, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(carol)
    assert [
        row["proposal"].number
        for row in client.get(page(process, 1) + "&pick=x&pick=-1&pick=999999999999").context["rows"]
    ] == [1]
    assert client.get(page(process, 77), follow=True).redirect_chain
    for user in (eve, leo):
        assert sign_in(user).post(page(process, 1), filled(1)).status_code == 403
    assert (
        sign_in(eve).post(reverse("proposals:prepare_replies", args=["kaimini"]) + "?pick=1", filled(1)).status_code
        == 302
    )
    assert not Reply.objects.exists()
    assert not Notification.objects.filter(template="proposals/publish_reply").exists()
