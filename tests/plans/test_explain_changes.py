# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from talka.accounts.models import User
from talka.audit.models import Event
from talka.core.errors import Changed
from talka.plans.models import Edition
from talka.plans.operations.drafting import explain_changes
from talka.plans.operations.editions import EditionApproved, start_edition
from talka.plans.operations.nodes import ReasonMissing, change_node, create_node, remove_node
from talka.plans.queries.changes import Reason, changes_between
from talka.processes.models import Process
from tests.plans.factories import SmallPlan, make_plan


@pytest.fixture
def small(process: Process, carol: User) -> SmallPlan:
    return make_plan(process, by=carol, published=True)


@pytest.fixture
def draft(small: SmallPlan, carol: User) -> Edition:
    """A draft with an amended action, an added one and a removed one."""
    draft = start_edition(small.plan, name="RP 2025.1", by=carol)
    change_node(draft.versions.get(node=small.action.node), title="Apsekot visas ielas", by=carol)
    remove_node(draft.versions.get(node=small.other_action.node), by=carol, reason="Paveikts.")
    create_node(draft, level=small.levels["p"], title="Jauna prioritāte", by=carol)
    return draft


def address(draft: Edition) -> str:
    return reverse("plans:explain_changes", args=[draft.plan.process.slug, draft.plan.slug])


def names(draft: Edition) -> dict[str, str]:
    """Return the name of the field for each change, by its kind."""
    assert draft.based_on is not None
    return {one.kind: f"{one.what}-{one.key}" for one in changes_between(draft.based_on, draft)}


def test_reasons_of_many_changes_are_typed_in_one_table(
    small: SmallPlan, draft: Edition, carol: User, sign_in: Callable[[User], Client]
) -> None:
    client, fields = sign_in(carol), names(draft)
    page = client.get(address(draft)).content.decode()
    assert "Apsekot visas ielas" in page
    assert "Paveikts." in page
    data = {
        fields["amended"]: "Tā lēma dome.", f"initial-{fields['amended']}": "",
        fields["removed"]: "Paveikts citur.", f"initial-{fields['removed']}": "Paveikts.",
        fields["added"]: "", f"initial-{fields['added']}": "",
        "for_the_rest": "Pēc budžeta.",
    }  # fmt: skip
    assert client.post(address(draft), data).status_code == 302
    assert small.edition.pk == draft.based_on_id
    reasons = {one.kind: one.reason for one in changes_between(small.edition, draft)}
    assert reasons == {"amended": "Tā lēma dome.", "removed": "Paveikts citur.", "added": "Pēc budžeta."}
    assert Event.objects.filter(verb="plans.explain_changes").get().details == {"number": 3}


def test_only_those_without_a_reason_can_be_asked_for(
    draft: Edition, carol: User, sign_in: Callable[[User], Client]
) -> None:
    page = sign_in(carol).get(address(draft), {"missing": "yes"}).content.decode()
    assert "Apsekot visas ielas" in page
    assert "Apmācīt skolēnus" not in page


def test_what_somebody_else_wrote_meanwhile_is_shown_and_nothing_typed_is_lost(
    small: SmallPlan, draft: Edition, carol: User, sign_in: Callable[[User], Client]
) -> None:
    name = names(draft)["amended"]
    change_node(draft.versions.get(node=small.action.node), change_reason="Viņu iemesls.", by=carol)
    client = sign_in(carol)
    response = client.post(address(draft), {name: "Mans iemesls.", f"initial-{name}": ""})
    page = response.content.decode()
    assert response.status_code == 409
    assert "Mans iemesls." in page
    assert "Viņu iemesls." in page
    again = client.post(address(draft), {name: "Mans iemesls.", f"initial-{name}": "Viņu iemesls."})
    assert again.status_code == 302
    assert draft.versions.get(node=small.action.node).change_reason == "Mans iemesls."


def test_a_removal_keeps_having_a_reason(
    small: SmallPlan, draft: Edition, carol: User, sign_in: Callable[[User], Client]
) -> None:
    name = names(draft)["removed"]
    response = sign_in(carol).post(address(draft), {name: "", f"initial-{name}": "Paveikts."})
    assert response.status_code == 422
    with pytest.raises(ReasonMissing):
        explain_changes(draft, reasons={("node", small.other_action.node.pk): Reason("", "Paveikts.")}, by=carol)


def test_a_stale_reason_is_not_written_over(small: SmallPlan, draft: Edition, carol: User) -> None:
    change_node(draft.versions.get(node=small.action.node), change_reason="Viņu iemesls.", by=carol)
    with pytest.raises(Changed):
        explain_changes(draft, reasons={("node", small.action.node.pk): Reason("Mans.", "")}, by=carol)
    assert explain_changes(draft, reasons={("node", small.action.node.pk): Reason("Viņu iemesls.", "")}, by=carol) == 0


def test_nothing_is_explained_in_an_approved_edition_or_by_eve(
    small: SmallPlan, draft: Edition, carol: User, eve: User, clara: User
) -> None:
    reasons = {("node", small.action.node.pk): Reason("Mans.", "")}
    with pytest.raises(EditionApproved):
        explain_changes(small.edition, reasons=reasons, by=carol)  # type: ignore[arg-type]
    for other in (eve, clara):
        with pytest.raises(PermissionDenied):
            explain_changes(draft, reasons=reasons, by=other)  # type: ignore[arg-type]


def test_two_hundred_rows_fit_one_form(
    small: SmallPlan, draft: Edition, carol: User, sign_in: Callable[[User], Client]
) -> None:
    for number in range(200):
        create_node(draft, level=small.levels["r"], parent=small.task.node, title=f"Pasākums {number}", by=carol)
    client = sign_in(carol)
    page = client.get(address(draft))
    form = page.context["form"]
    assert len(form.changes) == 200
    data = {"for_the_rest": "Pēc budžeta."} | {name: one.reason for name, one in form.changes.items()}
    data |= {f"initial-{name}": one.reason for name, one in form.changes.items()}
    assert client.post(address(draft), data).status_code == 302
    assert draft.versions.filter(change_reason="Pēc budžeta.").count() >= 198
    assert escape("?page=2") in page.content.decode()
