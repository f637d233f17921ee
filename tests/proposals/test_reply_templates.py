# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from talka.accounts.models import User
from talka.audit.models import Event
from talka.groups.models import WorkingGroup
from talka.processes.models import Process
from talka.proposals.models import Proposal, ReplyTemplate
from talka.proposals.operations.answering import change_reply_template, create_reply_template, delete_reply_template
from talka.proposals.operations.drafting import Sender
from talka.proposals.operations.examining import assign_proposals
from tests.proposals.conftest import sign_in_again, text_of

TEXT = "{uzruna}\n\nPriekšlikums {numurs} „{virsraksts}”, saņemts {datums}, ir pie grupas „{grupa}”. {paraksts}"


def page(process: Process, name: str = "create_reply_template", *parts: int) -> str:
    return reverse(f"proposals:{name}", args=[process.slug, *parts])


def test_a_template_is_made_changed_listed_and_deleted(
    process: Process, carol: User, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(carol)
    assert "Sagatavju vēl nav" in text_of(client.get(page(process, "list_reply_templates")))
    client.post(page(process), {"name": "Iekļausim", "outcome": "accepted", "text": TEXT})
    template = ReplyTemplate.objects.get()
    assert (template.name, template.outcome, template.text) == ("Iekļausim", "accepted", TEXT)
    fields = {"name": "Iekļausim plānā", "outcome": "", "text": "Paldies!"}
    client.post(page(process, "change_reply_template", template.pk), fields)
    assert "Iekļausim plānā" in text_of(client.get(page(process, "list_reply_templates")))
    assert client.get(page(process, "delete_reply_template", template.pk)).status_code == 200
    assert ReplyTemplate.objects.exists()
    client.post(page(process, "delete_reply_template", template.pk))
    assert not ReplyTemplate.objects.exists()
    verbs = Event.objects.filter(verb__endswith="_reply_template").values_list("verb", flat=True)
    assert sorted(verb.split(".")[1].split("_")[0] for verb in verbs) == ["change", "create", "delete"]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"text": "Jūsu {vards}"}, "Lauka {vards} nav"),
        ({"text": "{NUMURS}"}, "Lauka {NUMURS} nav"),
        ({"text": "Sveiki! {uzruna}"}, "tikai pirmajā rindā"),
        ({"text": " \x00"}, "Jāizlabo 1 kļūda"),
        ({"name": ""}, "Jāizlabo 1 kļūda"),
        ({"name": "ā" * 101}, "Jāizlabo 1 kļūda"),
        ({"outcome": "maybe"}, "Jāizlabo 1 kļūda"),
    ],
)
def test_wrong_input_is_said_and_nothing_typed_is_lost(
    process: Process, carol: User, sign_in: Callable[[User], Client], wrong: dict[str, str], sentence: str
) -> None:
    fields = {"name": "Iekļausim", "outcome": "accepted", "text": "Garš teksts"} | wrong
    response = sign_in(carol).post(page(process), fields)
    assert response.status_code == 422
    assert sentence in text_of(response)
    assert "Iekļausim" in response.content.decode() or "Garš teksts" in response.content.decode()
    assert not ReplyTemplate.objects.exists()


def test_a_name_is_used_once_in_a_process(process: Process, carol: User, sign_in: Callable[[User], Client]) -> None:
    create_reply_template(process, by=carol, name="Jā", text="Jā.")
    response = sign_in(carol).post(page(process), {"name": "Jā", "outcome": "", "text": "Otrs."})
    assert response.status_code == 409
    assert "jau ir sagatave" in text_of(response)
    assert "Otrs." in response.content.decode()
    assert ReplyTemplate.objects.count() == 1


def test_the_preview_shows_the_text_as_an_author_would_read_it_and_saves_nothing(
    process: Process,
    make_proposal: Callable[..., Proposal],
    group: WorkingGroup,
    carol: User,
    sign_in: Callable[[User], Client],
) -> None:
    proposal = make_proposal(title="Celiņš", sender=Sender(name="Kārlis Ozols"))
    make_proposal("Soliņi.")
    assign_proposals([proposal], by=carol, group=group)
    client = sign_in(carol)
    fields = {"name": "X", "outcome": "", "text": TEXT, "do": "preview"}
    for entry in ({}, {"entry": "1"}):
        said = text_of(client.post(page(process), fields | entry))
        assert "Godātais Kārli Ozol!" in said
        assert "Priekšlikums TP-1 „Celiņš”, saņemts 20" in said
        assert "ir pie grupas „Mobilitāte”. Karola" in said
    empty = text_of(client.post(page(process), fields | {"entry": "2"}))
    assert "TP-2 nav ko ierakstīt laukā {grupa}" in empty
    assert not ReplyTemplate.objects.exists()


def test_without_any_entry_there_is_nothing_to_preview_with(
    process: Process, carol: User, sign_in: Callable[[User], Client]
) -> None:
    response = sign_in(carol).post(page(process), {"name": "X", "outcome": "", "text": "Jā.", "do": "preview"})
    assert "Vēl nav ieraksta" in text_of(response)


def test_what_was_typed_when_the_session_ended_comes_back(process: Process, carol: User) -> None:
    client = Client()
    client.post(page(process), {"name": "X", "outcome": "", "text": "Garš teksts."})
    sign_in_again(client, carol)
    assert "Garš teksts." in client.get(page(process)).content.decode()


def test_others_neither_see_nor_write_them(
    process: Process, carol: User, clara: User, leo: User, eve: User, sign_in: Callable[[User], Client]
) -> None:
    template = create_reply_template(process, by=carol, name="Jā", text="Jā.")
    for user in (clara, leo, eve):
        with pytest.raises(PermissionDenied):
            create_reply_template(process, by=user, name="X", text="X")
        with pytest.raises(PermissionDenied):
            change_reply_template(template, by=user, name="X", text="X")
        with pytest.raises(PermissionDenied):
            delete_reply_template(template, by=user)
    elsewhere = reverse("proposals:change_reply_template", args=["kaimini", template.pk])
    assert sign_in(eve).get(elsewhere).status_code == 404
