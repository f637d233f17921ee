# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Callable
from datetime import timedelta

import pghistory
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from talka.accounts.models import User
from talka.core import clock
from talka.core.requests import set_request_id
from talka.plans.models import Edition
from talka.plans.operations.drafting import change_edition
from talka.plans.operations.editions import EditionApproved, start_edition
from talka.plans.operations.nodes import assign_owner, change_node, remove_node
from talka.plans.queries.changes import changes_between
from talka.plans.queries.checklist import FEW, checklist
from talka.processes.models import Process
from tests.files.samples import PDF
from tests.plans.factories import SmallPlan, make_plan


@pytest.fixture
def small(process: Process, carol: User) -> SmallPlan:
    return make_plan(process, by=carol, published=True)


@pytest.fixture
def draft(small: SmallPlan, carol: User) -> Edition:
    return start_edition(small.plan, name="RP 2025.1", by=carol)


def address(small: SmallPlan, name: str) -> str:
    return reverse(f"plans:{name}", args=[small.plan.process.slug, small.plan.slug])


def test_the_next_edition_is_begun_with_a_name_that_follows(
    small: SmallPlan, carol: User, sign_in: Callable[[User], Client]
) -> None:
    client, year = sign_in(carol), clock.today().year
    page = client.get(address(small, "start_edition")).content.decode()
    assert f'value="RP {year}.1"' in page
    taken = client.post(address(small, "start_edition"), {"name": "rp 2024.1", "note": "Pēc budžeta."})
    assert taken.status_code == 422
    assert "Pēc budžeta." in taken.content.decode()
    client.post(address(small, "start_edition"), {"name": f"RP {year}.1", "note": "Pēc budžeta."})
    draft = small.plan.editions.drafts().get()
    assert (draft.name, draft.note, draft.versions.count()) == (f"RP {year}.1", "Pēc budžeta.", 7)
    twice = client.post(address(small, "start_edition"), {"name": "Vēl viena"})
    assert twice.status_code == 409


def test_the_draft_can_be_renamed_until_it_is_approved(small: SmallPlan, draft: Edition, carol: User) -> None:
    change_edition(draft, name="RP 2025.2", note="", by=carol)
    draft.refresh_from_db()
    assert draft.name == "RP 2025.2"
    with pytest.raises(EditionApproved):
        change_edition(small.edition, name="Cits", by=carol)


def test_the_checklist_says_what_is_missing(small: SmallPlan, draft: Edition, carol: User, dora: User) -> None:
    change_node(draft.versions.get(node=small.action.node), organization=None, code=None, by=carol)
    change_node(draft.versions.get(node=small.investment.node), title="Cits", change_reason="Tā vajag.", by=carol)
    assign_owner(small.investment.node, owner=dora.person, by=carol)
    points = {point.name: point for point in checklist(draft, changes_between(small.edition, draft))}
    assert {name: point.number for name, point in points.items()} == {
        "code": 1, "organization": 1, "owner": 2, "term": 0, "reason": 1,
    }  # fmt: skip
    assert points["code"].first == [(small.action.node.pk, "Apsekot ielas")]


def test_a_long_list_shows_its_first_few(small: SmallPlan, draft: Edition) -> None:
    draft.versions.update(code=None)
    points = {point.name: point for point in checklist(draft, [])}
    assert (len(points["code"].first), points["code"].more) == (min(7, FEW), 0)


def test_the_page_shows_the_draft_and_what_it_lacks(
    small: SmallPlan,
    draft: Edition,
    carol: User,
    sign_in: Callable[[User], Client],
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    remove_node(draft.versions.get(node=small.action.node), by=carol, reason="Paveikts citā projektā.")
    client = sign_in(carol)
    with django_assert_max_num_queries(26):
        page = client.get(address(small, "manage_editions")).content.decode()
    assert "RP 2025.1" in page
    assert "Paveikts citā projektā." in page
    assert address(small, "approve_edition") in page


def test_somebody_who_only_reads_sees_no_buttons(
    small: SmallPlan, draft: Edition, clara: User, sign_in: Callable[[User], Client]
) -> None:
    page = sign_in(clara).get(address(small, "manage_editions")).content.decode()
    assert "RP 2025.1" in page
    assert address(small, "approve_edition") not in page
    assert address(small, "discard_edition") not in page


def test_the_draft_is_shown_and_hidden_by_a_button(
    small: SmallPlan, draft: Edition, carol: User, sign_in: Callable[[User], Client]
) -> None:
    client, public = sign_in(carol), reverse("plans:list_editions", args=[small.plan.process.slug, small.plan.slug])
    assert "RP 2025.1" not in Client().get(public).content.decode()
    client.post(address(small, "show_edition"), {"shown": "yes"})
    assert "RP 2025.1" in Client().get(public).content.decode()
    client.post(address(small, "show_edition"), {"shown": "no"})
    assert "RP 2025.1" not in Client().get(public).content.decode()


def test_the_approval_is_entered_with_its_document(
    small: SmallPlan, draft: Edition, carol: User, eve: User, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(carol)
    tomorrow = clock.today() + timedelta(days=1)
    wrong = client.post(address(small, "approve_edition"), {"approved_on": tomorrow, "decision": "Lēmums Nr. 7"})
    assert wrong.status_code == 422
    assert "Lēmums Nr. 7" in wrong.content.decode()
    data = {
        "approved_on": clock.today(), "decision": "Lēmums Nr. 7", "decision_url": "https://likumi.example/7",
        "upload": SimpleUploadedFile("lemums.pdf", PDF),
    }  # fmt: skip
    assert client.post(address(small, "approve_edition"), data).status_code == 302
    draft.refresh_from_db()
    assert (draft.is_draft, draft.decision) == (False, "Lēmums Nr. 7")
    document = reverse("plans:download_decision", args=[small.plan.process.slug, small.plan.slug, draft.number])
    answer = Client().get(document)
    assert b"".join(answer) == PDF  # type: ignore[arg-type]
    assert sign_in(eve).get(address(small, "approve_edition")).status_code == 403


def test_who_changed_what_is_told_by_name(
    small: SmallPlan, draft: Edition, carol: User, clara: User, sign_in: Callable[[User], Client]
) -> None:
    remove_node(draft.versions.get(node=small.other_action.node), reason="Paveikts.", by=carol)
    set_request_id("r-1")
    with pghistory.context(user=carol.pk, request="r-1"):
        change_node(draft.versions.get(node=small.action.node), title="Apsekot visas ielas", ends_year=2026, by=carol)
    page = " ".join(sign_in(carol).get(address(small, "show_draft_history")).content.decode().split())
    for words in ("Karola", "Apsekot <ins>", "visas", "Paveikts.", "Apmācīt skolēnus", "2026. gada II ceturksnis"):
        assert words in page, words
    assert sign_in(clara).get(address(small, "show_draft_history")).status_code == 403
