# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Callable
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from talka.accounts.models import User
from talka.audit.models import Event
from talka.core import clock
from talka.core.editing import version_of
from talka.core.errors import Changed
from talka.processes.models import Process
from talka.proposals.models import Author, Delivery, Proposal
from talka.proposals.operations.authors import AuthorErased, Contacts, change_author
from talka.proposals.operations.drafting import Sender
from talka.proposals.operations.examining import prepare_reply, publish_replies
from tests.proposals.conftest import letters, text_of
from tests.proposals.entering import enter

WHY = "Zvanīja un lūdza vēstuli."
HOME = "Upes iela 1, Talka, LV-4101"
FIELDS = {"name": "Anna Liepa", "email": "anna@example.lv", "phone": "", "postal_address": HOME, "answer_by": "post"}


@pytest.fixture
def entry(process: Process, clara: User) -> Proposal:
    return enter(process, clara, date(2026, 11, 2), sender=Sender(name="Anna Liepa", email="anna@example.lv"))


def page(proposal: Proposal) -> str:
    return reverse("proposals:change_author", args=[proposal.process.slug, proposal.number])


def answer(proposal: Proposal, carol: User) -> Delivery:
    prepare_reply(proposal, by=carol, outcome="accepted", reason="Jā.", signed_name="Karola")
    publish_replies([proposal], by=carol)
    return Delivery.objects.get()


def test_who_asks_for_a_letter_gets_the_answer_as_a_letter(
    entry: Proposal, clara: User, carol: User, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(clara)
    assert page(entry) in client.get(page(entry).removesuffix("author/")).content.decode()
    said = text_of(client.post(page(entry), FIELDS | {"reason": WHY}, follow=True))
    assert HOME in said
    assert "vēstulē" in said
    assert WHY in said
    assert answer(entry, carol) in Delivery.objects.to_print()


def test_who_is_answered_by_letter_is_not_promised_the_answer_by_mail(entry: Proposal, clara: User) -> None:
    author = change_author(entry, by=clara, contacts=Contacts(**FIELDS), reason=WHY)
    link = reverse("proposals:confirm_address", args=[author.secret, author.mail_secret])
    assert "atbildi saņemsiet, kā lūdzāt" in text_of(Client().get(link))
    assert "Jūsu adrese ir apstiprināta" in text_of(Client().post(link, follow=True))


def test_the_log_names_the_fields_and_not_what_is_in_them(entry: Proposal, clara: User) -> None:
    change_author(entry, by=clara, contacts=Contacts(**FIELDS), reason=WHY)
    change_author(entry, by=clara, contacts=Contacts(**FIELDS), reason=WHY)
    event = Event.objects.get(verb="proposals.change_author")
    assert (event.reason, event.details) == (WHY, {"fields": ["answer_by", "postal_address"]})


def test_a_new_name_is_addressed_by_the_rules_again(entry: Proposal, clara: User) -> None:
    Author.objects.update(salutation="Cienījamā kaimiņiene!")
    author = change_author(entry, by=clara, contacts=Contacts(**FIELDS | {"name": "Jānis Bērziņš"}), reason=WHY)
    assert "Bērziņ" in author.greeting
    assert "kaimiņiene" not in author.greeting


def test_an_answer_that_waited_for_a_wrong_address_goes_to_the_right_one(
    process: Process, clara: User, carol: User
) -> None:
    entry = enter(process, clara, clock.today(), sender=Sender(name="Anna Liepa", email="ana@example.lv"))
    Proposal.objects.filter(pk=entry.pk).update(channel="web")
    entry.refresh_from_db()
    assert answer(entry, carol).letter is None
    change_author(entry, by=clara, contacts=Contacts(**FIELDS | {"email": "Anna@Example.LV"}), reason=WHY)
    assert [letter.email for letter in letters("proposals/publish_reply")] == ["anna@example.lv"]
    change_author(entry, by=clara, contacts=Contacts(**FIELDS | {"email": ""}), reason=WHY)
    author = Author.objects.get()
    assert (author.email, author.confirmed_at) == ("", None)


def test_the_page_says_what_is_missing_and_keeps_what_was_typed(
    entry: Proposal, clara: User, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(clara)
    for wrong, field in (
        ({"postal_address": ""}, "postal_address"),
        ({"answer_by": "phone"}, "phone"),
        ({"phone": "zvaniet"}, "phone"),
        ({"email": "nav adrese"}, "email"),
        ({"answer_by": "balodis"}, "answer_by"),
        ({"reason": ""}, "reason"),
    ):
        response = client.post(page(entry), FIELDS | {"name": "Anna Kalna", "reason": WHY} | wrong)
        assert response.status_code == 422
        assert f'id="id_{field}_error"' in response.content.decode()
        assert "Anna Kalna" in response.content.decode()
    assert not Event.objects.filter(verb="proposals.change_author").exists()


def test_two_clerks_do_not_overwrite_each_other(
    entry: Proposal, clara: User, sign_in: Callable[[User], Client]
) -> None:
    seen = version_of(entry.author, FIELDS)
    change_author(entry, by=clara, contacts=Contacts(**FIELDS), reason=WHY)
    with pytest.raises(Changed):
        change_author(entry, by=clara, contacts=Contacts(**FIELDS | {"phone": "60 000 222"}), reason=WHY, seen=seen)
    late = sign_in(clara).post(
        page(entry), FIELDS | {"postal_address": "", "answer_by": "", "reason": WHY, "seen": seen}
    )
    assert late.status_code == 409
    assert HOME in late.content.decode()
    assert Author.objects.get().postal_address == HOME


def test_what_was_erased_stays_erased(entry: Proposal, clara: User, sign_in: Callable[[User], Client]) -> None:
    Author.objects.update(name="", email="", confirmed_at=None, erased_at=clock.now())
    with pytest.raises(AuthorErased):
        change_author(entry, by=clara, contacts=Contacts(**FIELDS), reason=WHY)
    assert sign_in(clara).get(page(entry)).status_code == 409


def test_others_neither_see_nor_change_it(
    entry: Proposal, leo: User, eve: User, sign_in: Callable[[User], Client]
) -> None:
    for user in (leo, eve):
        with pytest.raises(PermissionDenied):
            change_author(entry, by=user, contacts=Contacts(**FIELDS), reason=WHY)
    assert sign_in(eve).post(page(entry), FIELDS | {"reason": WHY}).status_code == 403
    assert Author.objects.get().postal_address == ""
