# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from talka.accounts.models import User
from talka.core import clock
from talka.directory.models import Organization, Person, Place
from talka.groups.models import WorkingGroup
from talka.groups.operations.forming import create_group
from talka.meetings.models import Meeting
from talka.processes.models import Process
from talka.processes.operations.parts import save_channel, save_legal_step, save_passage, save_phase
from talka.processes.operations.people import add_participant
from talka.processes.operations.running import change_process, close_process, unpublish_process
from talka.proposals.models import Proposal
from talka.proposals.operations.examining import assign_proposals
from tests.appointments.factories import make_reception
from tests.portal.meetings import call_in_three_days

PAGE = "/lv/p/programma/"


def read(client: Client, address: str = PAGE) -> str:
    """Return the page as text."""
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_shows_what_can_be_done_now(process: Process, client: Client) -> None:
    page = read(client)
    assert f'<a class="ds-button" href="/lv/p/{process.slug}/proposals/new/">Iesniegt priekšlikumu</a>' in page
    assert page.count('class="ds-button" href') == 1, "the main action is the only filled button"
    assert 'aria-current="step"' in page


def test_where_no_phase_takes_proposals_it_says_when_one_will(process: Process, carol: User, client: Client) -> None:
    process.phases.all().delete()
    save_phase(process, by=carol, title="Klusums", starts_on=clock.today())
    save_phase(process, by=carol, title="Priekšlikumi", starts_on=date(2130, 2, 1), allows=["propose"])
    page = read(client)
    assert "/proposals/new/" not in page
    assert "Priekšlikumus varēs iesniegt no 01.02.2130." in page


def test_a_phase_may_say_in_words_when_it_is(process: Process, carol: User, client: Client) -> None:
    save_phase(process, by=carol, title="Apstiprināšana domē", dates_note="vismaz 30 dienas")
    assert "vismaz 30 dienas" in read(client)


def test_groups_stand_with_lead_next_meeting_and_number_of_proposals(
    process: Process,
    group: WorkingGroup,
    leo: User,
    carol: User,
    make_proposal: Callable[..., Proposal],
    client: Client,
) -> None:
    assign_proposals([make_proposal(f"Priekšlikums {n}", public=True) for n in range(2)], by=carol, group=group)
    assign_proposals([make_proposal("Nepublicēts")], by=carol, group=group)
    meeting = call_in_three_days(process, carol, title="Sanāksme", groups=[group])
    [card] = client.get(PAGE).context["page"].groups
    assert (card.leads, card.proposals, card.next_at) == (
        [{"name": "Leo", "title": "nodaļas vadītājs"}],
        2,
        meeting.starts_at,
    )
    page = read(client)
    assert "Leo, nodaļas vadītājs" in page
    assert "2 priekšlikumi" in page


def test_a_meeting_of_members_only_is_not_told_to_a_visitor(
    process: Process, group: WorkingGroup, carol: User, client: Client
) -> None:
    call_in_three_days(process, carol, title="Iekšējā", groups=[group], access=Meeting.Access.MEMBERS)
    page = client.get(PAGE).context["page"]
    assert not page.meetings.meetings
    assert page.groups[0].next_at is None


def test_ways_to_take_part_are_named_whole(process: Process, carol: User, town: Organization, client: Client) -> None:
    place = Place.objects.create(name="Apmeklētāju centrs", address="Rožu iela 6", floor="2")
    save_channel(process, by=carol, kind="email", value="attistiba@example.lv")
    save_channel(process, by=carol, kind="desk", place=place, note="Katru trešdienu.")
    save_channel(
        process, by=carol, kind="contact", person=carol.person, person_title="nodaļas vadītāja", value="63 000 000"
    )
    page = read(client)
    for expected in (
        "mailto:attistiba@example.lv",
        "Rožu iela 6",
        "2. stāvs",
        "Katru trešdienu.",
        "nodaļas vadītāja",
        "63 000 000",
    ):
        assert expected in page


def test_organizations_say_whom_they_follow(process: Process, carol: User, client: Client) -> None:
    new = Organization.objects.create(
        name="Jaunais novads", slug="jaunais", classification="municipality", valid_from=date(2021, 7, 1)
    )
    for name in ("Pirmais novads", "Otrais novads"):
        old = Organization.objects.create(
            name=name, slug=name[:4].lower(), classification="municipality", valid_to=date(2021, 6, 30)
        )
        old.successors.add(new)
        add_participant(process, organization=old, by=carol, capacity="piedalās diskusijās")
    add_participant(process, organization=new, by=carol)
    page = read(client)
    assert "Pastāv no 01.07.2021.; izveidots no: Pirmais novads, Otrais novads." in page
    assert "Pastāvēja līdz 30.06.2021.; pēc tam – Jaunais novads." in page


def test_legal_steps_passages_and_related_processes(process: Process, eve: User, carol: User, client: Client) -> None:
    other = Process.objects.get(slug="kaimini")
    change_process(
        process, by=carol, related=[other], description="**Svarīgi** <script>x</script>", easy_language="Vienkārši."
    )
    save_legal_step(
        process, by=carol, title="Domes lēmums", act="MK 628/2014", responsible="dome", done_on=date(2020, 1, 30)
    )
    save_passage(process, by=carol, title="Stratēģija", body="Teksts", url="https://example.lv/strategija.pdf")
    page = read(client)
    for expected in (
        "Domes lēmums", "MK 628/2014", "30.01.2020.", "https://example.lv/strategija.pdf", "Vieglajā valodā", 'href="/lv/p/kaimini/"',
        "<strong>Svarīgi</strong> &lt;script&gt;",
    ):  # fmt: skip
        assert expected in page


def test_a_closed_process_shows_the_meetings_held_and_takes_nothing(
    process: Process, carol: User, client: Client
) -> None:
    meeting = call_in_three_days(process, carol, title="Pirmā sēde")
    Meeting.objects.filter(pk=meeting.pk).update(
        starts_at=clock.now() - timedelta(days=400), ends_at=clock.now() - timedelta(days=400, hours=-2)
    )
    close_process(process, by=carol)
    page = read(client)
    assert "Notikušās sanāksmes" in page
    assert "Pirmā sēde" in page
    assert "Šis process noslēdzies" in page
    assert "/proposals/new/" not in page


def test_a_draft_is_hidden_from_others_and_marked_for_those_who_prepare_it(
    process: Process, carol: User, eve: User, sign_in: Callable[[User], Client], client: Client
) -> None:
    unpublish_process(process, by=carol)
    assert client.get(PAGE).status_code == sign_in(eve).get(PAGE).status_code == 404
    assert "Šis ir melnraksts" in read(sign_in(carol))


def test_texts_in_another_language_are_marked(process: Process, client: Client) -> None:
    page = read(client, "/en/p/programma/")
    assert f'<h1 lang="lv">{process.title}</h1>' in page
    assert f"<h1>{process.title}</h1>" in read(client)


def test_it_tells_search_engines_its_address_in_each_language(process: Process, client: Client) -> None:
    page = read(client)
    assert '<meta name="description" content="Plānojam kopā.">' in page
    assert '<link rel="canonical" href="http://127.0.0.1:8000/lv/p/programma/">' in page
    assert '<link rel="alternate" hreflang="en" href="http://127.0.0.1:8000/en/p/programma/">' in page


def test_a_visitor_gets_no_cookie(process: Process, group: WorkingGroup, client: Client) -> None:
    with translation.override("lv"):
        names = (
            "show_home",
            "list_processes",
            "search",
            "take_part",
            "personal_data",
            "accessibility_statement",
            "open_data",
        )
        addresses = [reverse(f"portal:{name}") for name in names]
    for address in [PAGE, f"{PAGE}groups/{group.slug}/", *addresses]:
        answer = client.get(address)
        assert not answer.cookies, address
        assert "csrfmiddlewaretoken" not in answer.content.decode(), address


@pytest.mark.parametrize("address", ["/lv/p/nav/", "/lv/p/programma/groups/nav/", "/lv/p/a%00b/"])
def test_what_is_not_there_is_not_found(process: Process, client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_more_of_everything_needs_no_more_queries(
    process: Process,
    carol: User,
    topic: Any,
    make_proposal: Callable[..., Proposal],
    client: Client,
    django_assert_max_num_queries: Any,
) -> None:
    groups = [create_group(process, name=f"Grupa {n}", by=carol, topic=topic) for n in range(6)]
    for number, group in enumerate(groups):
        call_in_three_days(process, carol, title=f"Sanāksme {number}", groups=[group])
        save_channel(process, by=carol, kind="contact", person=carol.person)
        save_passage(process, by=carol, title=f"Daļa {number}", body="Teksts")
        assign_proposals([make_proposal(f"Priekšlikums {number}", public=True)], by=carol, group=group)
        organization = Organization.objects.create(
            name=f"Biedrība {number}", slug=f"b{number}", classification="association"
        )
        add_participant(process, organization=organization, by=carol)
        make_reception(process, carol, title=f"Pieņemšana {number}")
    with django_assert_max_num_queries(12):
        client.get(PAGE)


def test_a_contact_person_is_shown_by_name_and_by_what_the_entry_says_alone(
    process: Process, carol: User, client: Client
) -> None:
    person = Person.objects.create(name="Inese Ozola", email="inese.privati@example.lv", phone="60 000 999")
    save_channel(process, by=carol, kind="contact", value="plans@example.lv", person=person)
    page = read(client)
    assert "Inese Ozola" in page
    assert "plans@example.lv" in page
    assert "inese.privati" not in page
    assert "60 000 999" not in page
