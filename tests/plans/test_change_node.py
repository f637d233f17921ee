# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import translation

from talka.accounts.models import User
from talka.audit.models import Event
from talka.directory.models import Organization, Person, Topic
from talka.plans.forms.money import MoneyField
from talka.plans.models import Goal, NodeVersion, Removal
from talka.plans.operations.editions import approve_edition, start_edition
from talka.plans.operations.nodes import FundingLine, assign_owner, change_node, create_node
from talka.plans.operations.plans import change_plan
from talka.processes.models import Process
from tests.plans.factories import SmallPlan, make_plan

SignIn = Callable[[User], Client]
Queries = Callable[[int], AbstractContextManager[Any]]


@pytest.fixture
def small(process: Process, carol: User) -> SmallPlan:
    return make_plan(process, by=carol)


@pytest.fixture
def tree(process: Process, small: SmallPlan) -> str:
    """The address of the tree."""
    return f"/lv/workspace/p/{process.slug}/plans/{small.plan.slug}/"


def money(*rows: tuple[str, str, str, str]) -> dict[str, str]:
    """Rows of money as a form sends them: source, fund, year, sum."""
    names = ("source", "fund", "year", "planned")
    return {
        f"money-{number}-{name}": value
        for number, row in enumerate(rows)
        for name, value in zip(names, row, strict=True)
    }


def filled(**changed: Any) -> dict[str, Any]:
    """A form of an action that is right."""
    return {
        "code": "", "title": "Iestādīt kokus", "description": "Gar ielām", "organization_name": "Talkas novads",
        "starts_year": "2025", "starts_quarter": "2", "ends_year": "2026", "ends_quarter": "", **changed,
    }  # fmt: skip


def test_an_action_is_added_with_all_that_is_known_of_it(
    small: SmallPlan, tree: str, carol: User, dora: User, topic: Topic, sign_in: SignIn
) -> None:
    goal = Goal.objects.get(list__slug="sdg", code="11")
    client, address = sign_in(carol), f"{tree}new/{small.levels['r'].pk}/?below={small.task.node_id}"
    page = client.get(address).content.decode()
    assert "Ja tukšs: R1.1.1.3 pēc parauga." in page
    assert dora.person.name in page
    sums = money(
        ("municipal", "", "2025", "12 500,50"),
        ("eu", "ERAF", "2026", "100 000"),
        ("", "", "", ""),
        ("state", "", "", "5"),
    )
    response = client.post(
        address,
        filled(
            owner_name=dora.person.name, topics=[topic.pk], goals=[goal.pk], partners_note="Skolas",
            partners=[small.action.organization_id], **sums,
        ),
    )  # fmt: skip
    version = NodeVersion.objects.get(title="Iestādīt kokus")
    assert response.headers["Location"] == f"{tree}#node-{version.node_id}"
    assert (version.code, version.parent, version.node.owner) == ("R1.1.1.3", small.task.node, dora.person)
    assert (version.starts_year, version.starts_quarter, version.ends_year, version.ends_quarter) == (
        2025,
        2,
        2026,
        None,
    )
    assert list(version.goals.all()) == [goal]
    assert list(version.topics.all()) == [topic]
    assert {(row.source, row.fund, row.year, row.planned) for row in version.funding.all()} == {
        ("municipal", "", 2025, Decimal("12500.50")), ("eu", "ERAF", 2026, Decimal(100000)), ("state", "", None, Decimal(5)),
    }  # fmt: skip


def test_a_part_of_the_tree_has_no_term_and_no_money(small: SmallPlan, tree: str, carol: User, sign_in: SignIn) -> None:
    client, address = sign_in(carol), f"{tree}new/{small.levels['p'].pk}/"
    assert "money-0-planned" not in client.get(address).content.decode()
    client.post(address, {"code": "VTP9", "title": "Dzīva kultūra"})
    assert NodeVersion.objects.get(code="VTP9").parent is None


def test_a_new_institution_is_entered_with_its_kind(small: SmallPlan, tree: str, carol: User, sign_in: SignIn) -> None:
    client, address = sign_in(carol), f"{tree}new/{small.levels['r'].pk}/?after={small.action.node_id}"
    asked = client.post(address, filled(organization_name="Mežu dienests"))
    assert asked.status_code == 422
    assert 'id="id_classification_error"' in asked.content.decode()
    client.post(address, filled(organization_name="Mežu dienests", classification="institution"))
    version = NodeVersion.objects.get(title="Iestādīt kokus")
    assert version.organization == Organization.objects.get(name="Mežu dienests")
    assert list(small.edition.versions.filter(parent=small.task.node).order_by("position"))[1] == version


@pytest.mark.parametrize(
    ("field", "changed"),
    [
        ("title", {"title": ""}),
        ("title", {"title": "x" * 1001}),
        ("code", {"code": "R1.1.1.1"}),
        ("owner_name", {"owner_name": "Nezināms Cilvēks"}),
        ("starts_year", {"starts_year": "25"}),
        ("starts_year", {"starts_year": "", "starts_quarter": "3"}),
        ("ends_year", {"starts_year": "2027", "ends_year": "2026"}),
        ("ends_year", {"ends_year": "2025", "ends_quarter": "1"}),
        ("goals", {"goals": ["0"]}),
        ("topics", {"topics": ["99999"]}),
        ("money-0-planned", money(("eu", "", "2025", "daudz"))),
        ("money-0-planned", money(("eu", "", "2025", "-5"))),
        ("money-0-planned", money(("eu", "", "2025", "1,234"))),
        ("money-0-planned", money(("eu", "", "2025", "9" * 15))),
        ("money-0-planned", money(("eu", "ERAF", "2025", ""))),
        ("money-0-source", money(("", "", "2025", "5"))),
        ("money-0-year", money(("eu", "", "1999", "5"))),
    ],
)
@pytest.mark.usefixtures("topic")
def test_wrong_input_is_said_next_to_its_field(
    small: SmallPlan, tree: str, carol: User, sign_in: SignIn, field: str, changed: dict[str, Any]
) -> None:
    address = f"{tree}new/{small.levels['r'].pk}/?below={small.task.node_id}"
    response = sign_in(carol).post(address, filled(partners_note="paliek rakstīts", **changed))
    assert response.status_code == 422
    assert f'id="id_{field}_error"' in response.content.decode()
    assert "paliek rakstīts" in response.content.decode()
    assert not NodeVersion.objects.filter(description="Gar ielām").exists()


def test_sums_are_read_as_they_are_written_here() -> None:
    field = MoneyField(required=False)
    with translation.override("lv"):
        assert [field.clean(text) for text in ("12 500,50", "12500.5", "€ 7", "640\u00a0000 EUR", "")] == [
            Decimal("12500.50"), Decimal("12500.5"), Decimal(7), Decimal(640000), None,
        ]  # fmt: skip
        assert field.clean(field.prepare_value(Decimal("150000.00"))) == 150000
    with translation.override("en"):
        assert field.clean("1,500,000") == 1500000
        assert field.clean(field.prepare_value(Decimal("150000.00"))) == 150000


def form_of(client: Client, address: str) -> dict[str, Any]:
    """Return what a form would send when nothing is changed."""
    form = client.get(address).context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in values.items() if value not in (None, "")}


def test_the_form_brings_back_what_is_stored_and_saves_it_unchanged(
    small: SmallPlan, tree: str, carol: User, sign_in: SignIn
) -> None:
    client, address = sign_in(carol), f"{tree}nodes/{small.investment.node_id}/"
    before = {(row.source, row.fund, row.year, row.planned) for row in small.investment.funding.all()}
    response = client.post(address, form_of(client, address))
    assert response.status_code == 302
    version = NodeVersion.objects.get(pk=small.investment.pk)
    assert {(row.source, row.fund, row.year, row.planned) for row in version.funding.all()} == before
    assert (version.title, version.code, version.organization) == ("Veloceliņš Grīzupes ielā", "I1.1.1.1", small.investment.organization)  # fmt: skip
    assert Event.objects.filter(verb="plans.change_node").latest("pk").details["fields"] == []


def test_totals_stand_below_the_money(small: SmallPlan, tree: str, carol: User, sign_in: SignIn) -> None:
    page = sign_in(carol).get(f"{tree}nodes/{small.investment.node_id}/").content.decode()
    assert "Saglabāts kopā: 1\u00a0100\u00a0000,50\u00a0EUR" in page


@pytest.mark.parametrize("what", ["title", "organization", "owner", "money"])
def test_two_people_at_one_action_lose_nothing(
    small: SmallPlan, tree: str, carol: User, dora: User, other_town: Organization, sign_in: SignIn, what: str
) -> None:
    client, address = sign_in(carol), f"{tree}nodes/{small.action.node_id}/"
    mine = {**form_of(client, address), "description": "Mans teksts"}
    if what == "owner":
        assign_owner(small.action.node, owner=dora.person, by=carol)
    elif what == "money":
        change_node(small.action, funding=[FundingLine("state", Decimal(777), 2025)], by=carol)
    else:
        change_node(small.action, **{what: "Cits nosaukums" if what == "title" else other_town}, by=carol)
    told = client.post(address, mine)
    assert told.status_code == 409
    assert "Mans teksts" in told.content.decode()
    theirs = " ".join(text for _label, text in told.context["form"].theirs)
    assert {"title": "Cits nosaukums", "organization": "Kaimiņu novads", "owner": dora.person.name, "money": "777"}[
        what
    ] in theirs
    again = {**mine, "seen": told.context["form"]["seen"].value()}
    assert client.post(address, again).status_code == 302
    assert NodeVersion.objects.get(pk=small.action.pk).description == "Mans teksts"


def test_a_reason_is_asked_where_it_stood_in_an_edition_before(
    small: SmallPlan, tree: str, carol: User, sign_in: SignIn
) -> None:
    client, address = sign_in(carol), f"{tree}nodes/{small.action.node_id}/"
    assert "change_reason" not in client.get(address).context["form"].fields
    approve_edition(small.edition, approved_on=date(2024, 1, 25), decision="Nr. 1", by=carol)
    draft = start_edition(small.plan, name="RP 2025.1", by=carol)
    client.post(address, {**form_of(client, address), "change_reason": "Cits izpildītājs"})
    assert draft.versions.get(node=small.action.node).change_reason == "Cits izpildītājs"
    remove = f"{tree}nodes/{small.action.node_id}/remove/"
    assert client.post(remove, {"reason": ""}).status_code == 422
    assert client.post(remove, {"reason": "Vairs nav vajadzīgs"}).headers["Location"] == tree
    assert Removal.objects.get().reason == "Vairs nav vajadzīgs"


def test_what_has_something_below_it_is_not_removed(small: SmallPlan, tree: str, carol: User, sign_in: SignIn) -> None:
    client, address = sign_in(carol), f"{tree}nodes/{small.task.node_id}/remove/"
    assert "Zem šī ir 3 punkti" in client.get(address).content.decode()
    assert client.post(address).status_code == 409
    assert client.post(f"{tree}nodes/{small.action.node_id}/remove/").status_code == 302
    assert not NodeVersion.objects.filter(node=small.action.node).exists()


def test_who_answers_for_it_is_found_or_entered(
    small: SmallPlan, tree: str, carol: User, dora: User, sign_in: SignIn
) -> None:
    client, address = sign_in(carol), f"{tree}nodes/{small.action.node_id}/owner/"
    assert dora.person in client.get(f"{address}?q=dora").context["found"]
    client.post(address, {"person": dora.person.pk})
    small.action.node.refresh_from_db()
    assert small.action.node.owner == dora.person
    assert client.post(address, {"name": ""}).status_code == 422
    client.post(address, {"name": "Jauns Speciālists", "email": "jauns@example.lv"})
    small.action.node.refresh_from_db()
    assert small.action.node.owner == Person.objects.get(email="jauns@example.lv")
    assert client.get(f"{tree}nodes/{small.task.node_id}/owner/").status_code == 404


def test_an_action_serves_parts_of_the_plans_above(
    small: SmallPlan, tree: str, process: Process, carol: User, sign_in: SignIn
) -> None:
    client, address = sign_in(carol), f"{tree}nodes/{small.action.node_id}/serves/"
    strategy = make_plan(process, by=carol, title="Stratēģija", kind="strategy")
    assert "nav pakārtots" in client.get(address).content.decode()
    assert client.post(address, {"add": strategy.priority.node_id}).status_code == 404
    change_plan(small.plan, parents=[strategy.plan], by=carol)
    found = client.get(f"{address}?q=pieejama").context["found"]
    assert [one.node for one in found] == [strategy.priority.node]
    client.post(address, {"add": strategy.priority.node_id})
    assert list(small.action.serves.all()) == [strategy.priority.node]
    assert "VTP1 Pieejama vide" in client.get(f"{tree}nodes/{small.action.node_id}/").content.decode()
    client.post(address, {"remove": strategy.priority.node_id})
    assert not small.action.serves.exists()


def test_a_pattern_is_shown_as_text(small: SmallPlan, tree: str, carol: User, sign_in: SignIn) -> None:
    small.levels["p"].pattern = "<b>{n}"
    small.levels["p"].save()
    page = sign_in(carol).get(f"{tree}new/{small.levels['p'].pk}/").content.decode()
    assert "&lt;b&gt;3" in page
    assert "<b>3" not in page


def test_a_session_that_ended_keeps_the_rows_of_money(
    small: SmallPlan, tree: str, carol: User, sign_in: SignIn
) -> None:
    address, client = f"{tree}nodes/{small.action.node_id}/", sign_in(carol)
    visitor = Client()
    visitor.post(address, filled(**money(("eu", "ERAF", "2025", "4321,10"))))
    session = client.session
    session["unsent_form"] = visitor.session["unsent_form"]
    session.save()
    page = client.get(address).content.decode()
    assert "4321,10" in page
    assert "Iestādīt kokus" in page


def test_a_form_asks_few_questions(
    small: SmallPlan, tree: str, carol: User, sign_in: SignIn, django_assert_max_num_queries: Queries
) -> None:
    for number in range(10):
        create_node(small.edition, level=small.levels["r"], parent=small.task.node, title=f"P{number}", by=carol)
        Organization.objects.create(name=f"Iestāde {number}", slug=f"i{number}", classification="institution", parent=small.action.organization)  # fmt: skip
        Topic.objects.create(name=f"Tēma {number}")
    client = sign_in(carol)
    client.get(tree)
    with django_assert_max_num_queries(55):
        client.get(f"{tree}nodes/{small.investment.node_id}/")


def test_nodes_of_other_plans_and_nonsense_are_not_there(
    small: SmallPlan, process: Process, tree: str, carol: User, sign_in: SignIn
) -> None:
    other, client = make_plan(process, by=carol, title="Otrs"), sign_in(carol)
    assert client.get(f"{tree}nodes/{other.action.node_id}/").status_code == 404
    assert client.get(f"{tree}new/{other.levels['r'].pk}/").status_code == 404
    assert client.get(f"{tree}new/{small.levels['r'].pk}/?below=x").status_code == 404
    assert client.get(f"{tree}new/{small.levels['r'].pk}/?after={other.action.node_id}").status_code == 404


def test_eve_and_a_clerk_may_not(small: SmallPlan, tree: str, clara: User, eve: User, sign_in: SignIn) -> None:
    for other in (eve, clara):
        assert sign_in(other).post(f"{tree}nodes/{small.action.node_id}/", filled()).status_code in {403, 404}
        with pytest.raises(PermissionDenied):
            assign_owner(small.action.node, owner=None, by=other)
    assert NodeVersion.objects.get(pk=small.action.pk).title == "Apsekot ielas"
