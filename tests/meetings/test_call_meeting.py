# SPDX-License-Identifier: EUPL-1.2
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import translation

from talka.accounts.models import User
from talka.audit.models import Event
from talka.core import clock
from talka.directory.models import Place, Topic
from talka.groups.models import WorkingGroup
from talka.groups.operations.forming import create_group
from talka.meetings.models import Meeting
from talka.meetings.operations.calling import GroupOfAnotherProcess, NotYourGroup, call_meeting
from talka.processes.models import Process
from tests.meetings.factories import at, make_meeting, make_place

SignIn = Callable[[User], Client]


def page(process: Process) -> str:
    with translation.override("lv"):
        return reverse("meetings:call_meeting", args=[process.slug])


def typed(**fields: Any) -> dict[str, Any]:
    return {
        "title": "Darba grupas pirmā sanāksme",
        "date": "2030-02-12",
        "starts": "13:00",
        "ends": "15:00",
        "access": "public",
        **fields,
    }


def test_the_coordinator_calls_a_meeting_whole(
    process: Process, group: WorkingGroup, topic: Topic, carol: User, sign_in: SignIn
) -> None:
    place = make_place(organization=process.owner)
    response = sign_in(carol).post(
        page(process),
        typed(groups=[group.pk], topics=[topic.pk], place=place.pk, remote_url="zoom.example.lv/j/1", remote_note="Parole: talka",
              help_note="Zvaniet līdz 10. februārim.", description="**Ceļi**"),
    )  # fmt: skip
    meeting = Meeting.objects.get()
    assert response.status_code == 302
    assert (meeting.starts_at, meeting.ends_at) == (at("2030-02-12 13:00"), at("2030-02-12 15:00"))
    assert (list(meeting.groups.all()), list(meeting.topics.all()), meeting.place) == ([group], [topic], place)
    assert (meeting.remote_url, meeting.remote_public) == ("https://zoom.example.lv/j/1", False)
    assert Event.objects.filter(verb="meetings.call_meeting", scope=f"processes.process:{process.pk}").exists()


def test_a_new_place_is_entered_with_the_meeting(process: Process, carol: User, sign_in: SignIn) -> None:
    new = {"place_name": "Bibliotēka", "place_address": "Zivju iela 7", "place_floor": "1", "place_access": "full",
           "place_access_note": "Lifts", "place_longitude": "21.01", "place_latitude": "56.51"}  # fmt: skip
    sign_in(carol).post(page(process), typed(**new))
    place = Place.objects.get(meetings__isnull=False)
    assert (place.name, place.access, place.organization) == ("Bibliotēka", "full", process.owner)
    assert (place.longitude, place.latitude) == (21.01, 56.51)


def test_only_the_day_may_be_known(process: Process, carol: User, sign_in: SignIn) -> None:
    sign_in(carol).post(page(process), typed(starts="", ends=""))
    meeting = Meeting.objects.get()
    assert meeting.whole_day
    assert (meeting.starts_at, meeting.ends_at) == (at("2030-02-12 00:00"), at("2030-02-13 00:00"))


def test_words_may_stand_for_the_date(process: Process, carol: User, sign_in: SignIn) -> None:
    sign_in(carol).post(page(process), typed(date="", starts="", ends="", time_note="februāra otrajā pusē"))
    assert Meeting.objects.undated().get().time_note == "februāra otrajā pusē"


def test_a_meeting_may_go_on_past_midnight(process: Process, carol: User, sign_in: SignIn) -> None:
    sign_in(carol).post(page(process), typed(starts="20:00", ends="01:00", ends_on="2030-02-13"))
    assert Meeting.objects.get().ends_at == at("2030-02-13 01:00")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": ""}, "id_title_error"),
        ({"title": "x" * 201}, "200"),
        ({"title": "\x00\x00"}, "id_title_error"),
        ({"date": ""}, "Ierakstiet arī datumu"),
        ({"date": "", "starts": "", "ends": ""}, "vārdiem uzrakstiet"),
        ({"date": "0202-02-12"}, "Pārbaudiet gadu"),
        ({"date": "12. februārī"}, "id_date_error"),
        ({"starts": ""}, "kad tā sākas"),
        ({"ends": "12:00"}, "beidzas pēc sākuma"),
        ({"ends_on": "2030-02-11"}, "nevar būt pirms pirmās"),
        ({"ends": "", "ends_on": "2030-02-13"}, "beidzas pēdējā dienā"),
        ({"date": "2030-03-31", "starts": "03:30", "ends": "05:00"}, "šādas stundas nav"),
        ({"date": "2030-10-27", "starts": "03:30", "ends": "05:00"}, "šī stunda ir divreiz"),
        ({"remote_url": "javascript:alert(1)"}, "id_remote_url_error"),
        ({"access": "nobody"}, "error"),
        ({"groups": ["999999"]}, "id_groups_error"),
        ({"place": "999999"}, "id_place_error"),
        ({"place_address": "Zivju iela 7"}, "jaunās vietas nosaukumu"),
        ({"place_longitude": "200", "place_name": "X"}, "error"),
    ],
)
def test_wrong_input_is_explained_and_nothing_typed_is_lost(
    process: Process, group: WorkingGroup, carol: User, sign_in: SignIn, wrong: dict[str, Any], sentence: str
) -> None:
    response = sign_in(carol).post(page(process), typed(description="Mana darba kārtība") | wrong)
    assert response.status_code == 422
    body = response.content.decode()
    assert sentence in body
    assert "Mana darba kārtība" in body
    assert "ds-error-summary" in body
    assert not Meeting.objects.exists()


def test_a_place_is_either_chosen_or_new(process: Process, carol: User, sign_in: SignIn) -> None:
    place = make_place(organization=process.owner)
    response = sign_in(carol).post(page(process), typed(place=place.pk, place_name="Cita"))
    assert response.status_code == 422
    assert "nevis abas" in response.content.decode()
    assert Place.objects.count() == 1


def test_markup_in_a_title_is_shown_as_it_was_written(process: Process, carol: User, sign_in: SignIn) -> None:
    response = sign_in(carol).post(
        page(process), typed(title="<script>alert(1)</script>", description="<img src=x onerror=y>"), follow=True
    )
    assert "<script>alert(1)" not in response.content.decode()
    assert "&lt;script&gt;alert(1)" in response.content.decode()


def test_a_lead_calls_meetings_of_the_own_group_only(
    process: Process, group: WorkingGroup, leo: User, carol: User, sign_in: SignIn
) -> None:
    other = create_group(process, name="Kultūra", by=carol)
    refused = sign_in(leo).post(page(process), typed(groups=[other.pk]))
    assert refused.status_code == 409
    assert "Jūs vadāt citas grupas" in refused.content.decode()
    assert "Darba grupas pirmā sanāksme" in refused.content.decode()
    assert sign_in(leo).post(page(process), typed()).status_code == 422
    assert sign_in(leo).post(page(process), typed(groups=[group.pk, other.pk])).status_code == 302
    with pytest.raises(NotYourGroup):
        call_meeting(process, title="Cita", by=leo, groups=[other], starts_at=clock.now())


def test_a_refused_meeting_leaves_no_place_behind(
    process: Process, group: WorkingGroup, leo: User, carol: User, sign_in: SignIn
) -> None:
    other = create_group(process, name="Kultūra", by=carol)
    assert sign_in(leo).post(page(process), typed(groups=[other.pk], place_name="Klubs")).status_code == 409
    assert not Place.objects.exists()


def test_a_group_of_another_process_is_refused(process: Process, eve: User, carol: User) -> None:
    theirs = create_group(Process.objects.get(slug="kaimini"), name="Svešā", by=eve)
    with pytest.raises(GroupOfAnotherProcess):
        call_meeting(process, title="X", by=carol, groups=[theirs], starts_at=clock.now())


def test_staff_of_another_municipality_cannot(process: Process, eve: User, sign_in: SignIn) -> None:
    assert sign_in(eve).post(page(process), typed()).status_code == 403
    with pytest.raises(PermissionDenied):
        call_meeting(process, title="X", by=eve, starts_at=clock.now())
    assert not Meeting.objects.exists()


def test_what_was_typed_outlives_the_session(process: Process, group: WorkingGroup, carol: User) -> None:
    client = Client()
    client.force_login(carol, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.logout()
    assert client.post(page(process), typed(groups=[group.pk], title="Ilgi rakstīts")).status_code == 302
    session = client.session
    kept = session["unsent_form"]
    client.force_login(carol, backend="allauth.account.auth_backends.AuthenticationBackend")
    carol.authenticator_set.create(type="totp", data={"secret": "unused"})
    session = client.session
    session["unsent_form"] = kept
    session.save()
    body = client.get(page(process)).content.decode()
    assert "Ilgi rakstīts" in body
    assert re.search(rf'name="groups" value="{group.pk}"[^>]* checked', body)


@pytest.mark.parametrize(("same_group", "same_place"), [(True, False), (False, True), (True, True)])
def test_an_overlap_is_a_notice_and_no_refusal(
    process: Process, group: WorkingGroup, carol: User, sign_in: SignIn, same_group: bool, same_place: bool
) -> None:
    place = make_place(organization=process.owner)
    make_meeting(
        process, carol, "2030-02-12 14:00", "2030-02-12 16:00", title="Jau sasaukta", groups=[group], place=place
    )
    fields = {"groups": [group.pk]} if same_group else {}
    response = sign_in(carol).post(
        page(process), typed(**fields, **({"place": place.pk} if same_place else {})), follow=True
    )
    assert "„Jau sasaukta”, otrdien, 2030. gada 12. februārī plkst. 14.00–16.00" in response.content.decode()
    assert Meeting.objects.count() == 2


def test_meetings_one_after_the_other_do_not_overlap(
    process: Process, group: WorkingGroup, carol: User, sign_in: SignIn
) -> None:
    make_meeting(process, carol, "2030-02-12 15:00", "2030-02-12 16:00", title="Jau sasaukta", groups=[group])
    response = sign_in(carol).post(page(process), typed(groups=[group.pk]), follow=True)
    assert "Jau sasaukta" not in response.content.decode()


def test_what_another_process_keeps_to_its_members_is_not_told_by_an_overlap(
    process: Process, carol: User, eve: User, sign_in: SignIn
) -> None:
    place = make_place(organization=process.owner)
    make_meeting(
        Process.objects.get(slug="kaimini"),
        eve,
        "2030-02-12 14:00",
        "2030-02-12 16:00",
        title="Slepena",
        access="members",
        place=place,
    )
    body = sign_in(carol).post(page(process), typed(place=place.pk), follow=True).content.decode()
    assert "Tajā pašā laikā tur notiek cita sanāksme: otrdien" in body
    assert "Slepena" not in body


def test_the_database_refuses_an_end_before_the_start(process: Process, carol: User) -> None:
    now: datetime = clock.now()
    with pytest.raises(Exception, match="meetings_meeting_ends_after_start"):
        call_meeting(process, title="X", by=carol, starts_at=now, ends_at=now - timedelta(hours=1))
