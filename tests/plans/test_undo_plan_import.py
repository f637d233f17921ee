# SPDX-License-Identifier: EUPL-1.2
"""The draft as it was before an import, unless somebody has worked on it since."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from talka.accounts.models import User
from talka.core.errors import Refused
from talka.directory.models import Organization
from talka.notifications.models import Audience
from talka.plans.models import PlanNode, ProgressUpdate
from talka.plans.operations.editions import EditionApproved, approve_edition, start_edition
from talka.plans.operations.import_undoing import ImportNotTaken, SomeChangedSince, undo_plan_import, what_stays
from talka.plans.operations.nodes import change_node, create_node
from talka.plans.operations.progress import update_progress
from talka.plans.queries.imports import rows_of
from talka.processes.models import Process
from tests.imports.samples import xlsx_of
from tests.plans.factories import SmallPlan, make_plan
from tests.plans.importing import fresh, looked_at, sent, taken

HEADER = (
    "Kods",
    "Līmenis",
    "Augstākā punkta kods",
    "Nosaukums",
    "Sadarbības partneri",
    "Statuss",
    "Finansējums: ES fonds: ERAF 2025",
)


def table(small: SmallPlan) -> bytes:
    """A changed investment, a new task with a new action below it; the other action is not in it."""
    above = small.task.code
    return xlsx_of([
        HEADER,
        (small.investment.code, "investīciju projekts", above, "Veloceliņš, cits", "Skola", "izpildīts", 5),
        ("U1.1.9", "uzdevums", small.direction.code, "Jauns uzdevums"),
        ("R1.1.9.1", "pasākums", "U1.1.9", "Jauns pasākums", "", "tiek īstenots"),
        (small.action.code, "pasākums", "U1.1.9", "Apsekot ielas"),
    ])  # fmt: skip


@pytest.fixture
def small(process: Process, carol: User) -> SmallPlan:
    Organization.objects.create(name="Skola", slug="skola", classification="institution", parent=process.owner)
    return make_plan(process, by=carol)


def test_the_draft_is_as_it_was(small: SmallPlan, carol: User) -> None:
    before, nodes, audiences = rows_of(small.edition), PlanNode.objects.count(), Audience.objects.count()
    run = sent(small.plan, table(small), by=carol)
    assert {one.node for one in looked_at(run).missing} == {small.task.node_id, small.other_action.node_id}
    run = taken(run, by=carol, with_state=True, removed=[small.other_action.node_id])
    assert rows_of(small.edition) != before
    small.action.refresh_from_db()
    assert small.action.parent == small.edition.versions.get(code="U1.1.9").node
    assert small.edition.versions.get(node=small.investment.node).funding.get(
        year=2025, source="eu"
    ).planned == Decimal(5)
    assert undo_plan_import(run, reason="Nepareizā tabula", by=carol) == 0
    assert rows_of(small.edition) == before
    assert (PlanNode.objects.count(), Audience.objects.count()) == (nodes, audiences)
    assert small.other_action.node.former_codes.count() == 0
    small.investment.node.refresh_from_db()
    assert small.investment.node.latest is None
    assert ProgressUpdate.objects.get().retracted_because == "Nepareizā tabula"
    run = fresh(run)
    assert (run.state, run.plan_import.left) == ("undone", 0)
    with pytest.raises(ImportNotTaken):
        undo_plan_import(run, reason="Vēlreiz", by=carol)
    taken(sent(small.plan, table(small), by=carol), by=carol)
    assert small.edition.versions.filter(code="R1.1.9.1").exists()


def test_what_was_changed_since_stays_if_the_rest_is_to_go(small: SmallPlan, carol: User) -> None:
    run = taken(sent(small.plan, table(small), by=carol), by=carol)
    action = small.edition.versions.get(code="R1.1.9.1")
    change_node(action, title="Precizēts pasākums", by=carol)
    stays = {one.change.code: str(one.why) for one in what_stays(run.plan_import)}
    assert set(stays) == {"R1.1.9.1", "U1.1.9"}
    with pytest.raises(SomeChangedSince):
        undo_plan_import(run, reason="Nepareizi", by=carol)
    assert undo_plan_import(run, reason="Nepareizi", leave=True, by=carol) == 2
    small.investment.refresh_from_db()
    assert small.investment.title == "Veloceliņš Grīzupes ielā"
    assert small.edition.versions.get(code="R1.1.9.1").title == "Precizēts pasākums"


def test_what_others_have_put_on_a_new_node_is_not_lost(small: SmallPlan, carol: User) -> None:
    run = taken(sent(small.plan, table(small), by=carol), by=carol)
    node = small.edition.versions.get(code="R1.1.9.1").node
    update_progress(node, state="done", by=carol)
    create_node(
        small.edition,
        level=small.levels["r"],
        parent=small.edition.versions.get(code="U1.1.9").node,
        title="Vēl viens",
        by=carol,
    )
    assert {one.change.code for one in what_stays(run.plan_import)} == {"R1.1.9.1", "U1.1.9"}
    undo_plan_import(run, reason="Nepareizi", leave=True, by=carol)
    assert node.updates.count() == 1


def test_what_was_removed_with_a_reason_comes_back(process: Process, carol: User) -> None:
    small = make_plan(process, by=carol, approved=True)
    draft = start_edition(small.plan, name="RP 2025.1", by=carol)
    before = rows_of(draft)
    content = xlsx_of([("Kods", "Nosaukums"), (small.action.code, small.action.title)])
    run = taken(sent(small.plan, content, by=carol), by=carol, removed=[small.other_action.node_id], reason="Paveikts")
    assert draft.removals.count() == 1
    undo_plan_import(run, reason="Nav paveikts", by=carol)
    assert rows_of(draft) == before
    assert draft.removals.count() == 0


def test_an_approved_edition_stays_as_the_council_decided(small: SmallPlan, carol: User) -> None:
    run = taken(sent(small.plan, table(small), by=carol), by=carol)
    approve_edition(small.edition, approved_on=small.edition.created_at.date(), decision="Nr. 1", by=carol)
    with pytest.raises(EditionApproved):
        undo_plan_import(run, reason="Nepareizi", by=carol)


def test_eve_and_a_clerk_may_not(small: SmallPlan, carol: User, clara: User, eve: User) -> None:
    run = taken(sent(small.plan, table(small), by=carol), by=carol)
    for other in (eve, clara):
        with pytest.raises(PermissionDenied):
            undo_plan_import(run, reason="Man nepatīk", by=other)
    assert issubclass(SomeChangedSince, Refused)
    assert small.edition.versions.filter(code="R1.1.9.1").exists()
