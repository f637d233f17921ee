# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from talka.accounts.models import User
from talka.audit.models import Event
from talka.directory.models import Area, Organization, Topic
from talka.plans.models import NodeVersion
from talka.plans.operations.editions import approve_edition, start_edition
from talka.plans.operations.nodes import change_node
from talka.plans.operations.plans import publish_plan, unpublish_plan
from talka.plans.operations.progress import update_progress
from talka.plans.origins import origins_of
from talka.plans.queries.finding import find_versions
from talka.processes.models import Process, Role
from talka.processes.operations import create_process
from talka.proposals.models import Became, Proposal
from talka.proposals.operations.becoming import NotWithinReach, link_nodes, plan_proposal, unlink_node
from talka.proposals.operations.drafting import Sender
from talka.proposals.operations.erasing import erase_author
from talka.proposals.operations.examining import prepare_reply, publish_replies
from talka.proposals.operations.receiving import ProposalWithdrawn, withdraw_proposal
from tests.plans.factories import SmallPlan, make_plan
from tests.proposals.conftest import letters, text_of
from tests.proposals.test_erase_author import places_of

SignIn = Callable[[User], Client]


@pytest.fixture
def small(process: Process, carol: User) -> SmallPlan:
    """A published plan of the process with an edition in force."""
    return make_plan(process, by=carol, published=True)


def answer(proposal: Proposal, carol: User, **fields: Any) -> None:
    """Publish the answer to a proposal."""
    fields = {"outcome": "accepted", "reason": "Iekļausim.", "signed_name": "Karola", **fields}
    prepare_reply(proposal, by=carol, **fields)
    publish_replies([proposal], by=carol)
    proposal.refresh_from_db()


def page_of(proposal: Proposal, client: Client | None = None) -> str:
    """Return what the public page of a proposal says."""
    address = reverse("proposals:show_proposal", args=[proposal.process.slug, proposal.number])
    return text_of((client or Client()).get(address))


def table() -> str:
    """Return the public table of proposals."""
    response: Any = Client().get(reverse("proposals:export_proposals"))
    return b"".join(response).decode()


def linking(process: Process, *proposals: Proposal, q: str = "") -> str:
    """Return the address at which entries are linked."""
    picks = "&".join(f"pick={proposal.number}" for proposal in proposals)
    return f"{reverse('proposals:link_nodes', args=[process.slug])}?{picks}&q={q}"


def test_many_proposals_become_one_action_from_the_register(
    process: Process, small: SmallPlan, make_proposal: Any, carol: User, sign_in: SignIn
) -> None:
    first, second = make_proposal(), make_proposal()
    client = sign_in(carol)
    to = client.post(
        reverse("proposals:link_nodes", args=[process.slug]), {"pick": [first.number, second.number], "asked": ""}
    )
    assert to.headers["Location"].endswith(f"?pick={second.number}&pick={first.number}")
    found = client.get(linking(process, first, second, q="apsekot"))
    assert [version.node for version in found.context["found"]] == [small.action.node]
    sent = {"link": "1", "node": [small.action.node_id], "note": "Grīzupes iela"}
    assert client.post(linking(process, first, second), sent).status_code == 302
    links = Became.objects.filter(node=small.action.node)
    assert {link.proposal for link in links} == {first, second}
    assert {(link.note, link.linked_by) for link in links} == {("Grīzupes iela", carol)}
    client.post(linking(process, first, second), sent)
    assert links.count() == 2
    assert Event.objects.filter(verb="proposals.link_node").count() == 2


def test_a_proposal_becomes_several_nodes_and_a_link_is_taken_back(
    process: Process, small: SmallPlan, make_proposal: Any, carol: User, sign_in: SignIn
) -> None:
    proposal = make_proposal()
    assert link_nodes([proposal], [small.action.node, small.investment.node], by=carol) == 2
    link = Became.objects.get(node=small.action.node)
    client = sign_in(carol)
    address = reverse("proposals:unlink_node", args=[process.slug, proposal.number, link.pk])
    assert client.post(address).status_code == 302
    link.refresh_from_db()
    assert (link.unlinked_by, link.unlinked_at is not None) == (carol, True)
    assert list(Became.objects.standing()) == [Became.objects.get(node=small.investment.node)]
    link_nodes([proposal], [small.action.node], by=carol)
    assert Became.objects.filter(node=small.action.node).count() == 2


@pytest.mark.parametrize(("words", "codes"), [
    ("R1.1.1.1", ["R1.1.1.1"]), ("r1.1.1.1", ["R1.1.1.1"]), ("velocelins", ["U1.1.1", "I1.1.1.1"]), ("veloceliņa ielas", ["I1.1.1.1"]),
    ("kosmodroms", []), ("", []),
])  # fmt: skip
def test_nodes_are_found_by_code_and_by_words_in_any_form(
    process: Process, small: SmallPlan, carol: User, words: str, codes: list[str]
) -> None:
    found = {str(version.code) for version in find_versions(words, carol, process)}
    assert found == {small_code(small, code) for code in codes}


def small_code(small: SmallPlan, code: str) -> str:
    """Return a code as the small plan writes it."""
    known = {"R1.1.1.1": small.action, "U1.1.1": small.task, "I1.1.1.1": small.investment}
    return str(known[code].code)


def test_a_former_code_leads_to_the_node(process: Process, small: SmallPlan, carol: User) -> None:
    draft = start_edition(small.plan, name="RP 2025.1", by=carol)
    old = small.action.code
    change_node(draft.versions.get(node=small.action.node), code="Z9", by=carol)
    approve_edition(draft, approved_on=small.edition.approved_on, decision="Nr. 2", by=carol)  # type: ignore[arg-type]
    [version] = find_versions(str(old), carol, process)
    assert (version.code, version.edition) == ("Z9", draft)


def test_nothing_ticked_is_said_and_what_was_typed_stays(
    process: Process, small: SmallPlan, make_proposal: Any, carol: User, sign_in: SignIn
) -> None:
    proposal = make_proposal()
    response = sign_in(carol).post(linking(process, proposal, q="ielas"), {"link": "1", "note": "Tikai Grīzupes iela"})
    assert response.status_code == 422
    assert "Atzīmējiet vismaz vienu pasākumu." in response.content.decode()
    assert "Tikai Grīzupes iela" in response.content.decode()
    for wrong in ("x", "0", "99999999999999999999"):
        assert sign_in(carol).post(linking(process, proposal), {"link": "1", "node": wrong}).status_code == 422
    assert not Became.objects.exists()


def test_before_the_answer_only_those_who_work_on_it_see_the_link(
    small: SmallPlan, make_proposal: Any, carol: User, eve: User, visitor: AnonymousUser, sign_in: SignIn
) -> None:
    proposal = make_proposal(public=True)
    link_nodes([proposal], [small.action.node], by=carol)
    key = small.action.node_id
    assert "Apsekot ielas" not in page_of(proposal)
    assert "Apsekot ielas" not in page_of(proposal, sign_in(eve))
    assert "Apsekot ielas" in page_of(proposal, sign_in(carol))
    assert str(small.action.code) not in table()
    assert (origins_of([key], visitor), origins_of([key], eve)) == ({}, {})
    assert [origin.title for origin in origins_of([key], carol)[key]] == [proposal.title]
    answer(proposal, carol)
    for client in (Client(), sign_in(eve)):
        assert "Apsekot ielas" in page_of(proposal, client)
    assert str(small.action.code) in table()
    assert [origin.title for origin in origins_of([key], visitor)[key]] == [proposal.title]


def test_an_unpublished_proposal_is_no_origin_for_others(
    small: SmallPlan, make_proposal: Any, carol: User, eve: User, visitor: AnonymousUser
) -> None:
    proposal = make_proposal("Neredzams vārds")
    link_nodes([proposal], [small.action.node], by=carol)
    answer(proposal, carol)
    for other in (visitor, eve):
        assert origins_of([small.action.node_id], other) == {}


def test_a_hidden_plan_is_not_given_away(
    small: SmallPlan, make_proposal: Any, carol: User, eve: User, sign_in: SignIn, client: Client
) -> None:
    proposal = make_proposal(public=True)
    link_nodes([proposal], [small.action.node], by=carol)
    answer(proposal, carol)
    unpublish_plan(small.plan, by=carol)
    row = f"/api/processes/{proposal.process.slug}/proposals/{proposal.number}"
    assert "Apsekot ielas" not in page_of(proposal)
    assert "Apsekot ielas" not in page_of(proposal, sign_in(eve))
    assert "Apsekot ielas" in page_of(proposal, sign_in(carol))
    assert client.get(row).json()["became"] == []
    publish_plan(small.plan, by=carol)
    [told] = client.get(row).json()["became"]
    assert (told["code"], told["title"], told["plan"]) == (small.action.code, "Apsekot ielas", small.plan.slug)


def test_the_page_tells_how_it_is_going_and_the_thread_when_it_turned(
    small: SmallPlan, make_proposal: Any, carol: User, django_assert_max_num_queries: Any
) -> None:
    proposal = make_proposal(public=True)
    link_nodes([proposal], [small.action.node, small.investment.node], by=carol, note="Tikai tilts")
    answer(proposal, carol)
    update_progress(small.action.node, state="under_way", percent=40, text="Sešas ielas.", by=carol)
    update_progress(small.action.node, state="under_way", percent=60, text="Astoņas ielas.", by=carol)
    update_progress(small.action.node, state="done", text="Viss apsekots.", by=carol)
    address = reverse("proposals:show_proposal", args=[proposal.process.slug, proposal.number])
    Client().get(address)
    with django_assert_max_num_queries(11):
        page = text_of(Client().get(address))
    assert "Kas ar to notiek tagad" in page
    assert f"{small.investment.code} Veloceliņš Grīzupes ielā" in page
    assert "1 100 000,50 EUR".replace(" ", "\u00a0") in page.replace(" ", "\u00a0")
    assert page.rindex("Sešas ielas.") < page.rindex("Viss apsekots.")
    assert "Astoņas ielas." not in page
    assert "Tikai tilts" in page


def test_the_author_reads_it_behind_the_secret_link(small: SmallPlan, make_proposal: Any, carol: User) -> None:
    proposal = make_proposal()
    link_nodes([proposal], [small.action.node], by=carol)
    receipt = reverse("proposals:show_receipt", args=[proposal.author.secret])
    assert "Apsekot ielas" not in text_of(Client().get(receipt))
    answer(proposal, carol)
    assert "Apsekot ielas" in text_of(Client().get(receipt))


def test_the_answer_names_what_it_becomes(
    process: Process, small: SmallPlan, make_proposal: Any, carol: User, sign_in: SignIn
) -> None:
    proposal = make_proposal(sender=Sender(email="anna@example.lv"))
    proposal.author.confirmed_at = proposal.received_at
    proposal.author.save()
    address = reverse("proposals:prepare_reply", args=[process.slug, proposal.number])
    filled = {"outcome": "accepted", "reason": "Iekļausim.", "signed_name": "Karola", "version": "0"}
    wrong = sign_in(carol).post(address, {**filled, "nodes": "R9.9"})
    assert wrong.status_code == 422
    assert "Nevienā plānā, ko redzat, nav koda R9.9." in wrong.content.decode()
    refused = sign_in(carol).post(address, {**filled, "outcome": "rejected", "nodes": str(small.action.code)})
    assert refused.status_code == 422
    codes = f"{small.action.code}, {str(small.investment.code).lower()}"
    assert sign_in(carol).post(address, {**filled, "nodes": codes}).status_code == 302
    assert Became.objects.filter(proposal=proposal).count() == 2
    publish_replies([proposal], by=carol)
    [letter] = letters("proposals/publish_reply")
    assert f"{small.action.code} Apsekot ielas" in letter.text
    assert f"{small.investment.code} Veloceliņš Grīzupes ielā" in letter.text
    assert f"/lv/p/{process.slug}/plans/{small.plan.slug}/{small.action.node_id}/" in letter.text


def test_a_new_action_is_begun_from_a_proposal(
    process: Process, make_proposal: Any, carol: User, topic: Topic, sign_in: SignIn
) -> None:
    small = make_plan(process, by=carol)
    area = Area.objects.create(name="Talkas novads", kind="municipality")
    proposal = make_proposal(
        "Tiltu pār upi", topic=topic, area=area, place_text="Upes iela", longitude=24.1, latitude=56.9
    )
    address = reverse("proposals:plan_proposal", args=[process.slug, proposal.number])
    client = sign_in(carol)
    form = client.get(address).context["form"]
    assert (form.initial["title"], form.initial["area"], form.initial["topic"]) == (proposal.title, area.pk, topic.pk)
    filled = {
        "title": "Gājēju tilts", "level": small.levels["r"].pk, "under": f"{small.edition.pk}:{small.task.node_id}",
        "area": area.pk, "topic": topic.pk, "starts_year": 2025, "ends_year": 2026,
    }  # fmt: skip
    assert client.post(address, {**filled, "ends_year": 2024}).status_code == 422
    assert client.post(address, filled).status_code == 302
    version = NodeVersion.objects.get(title="Gājēju tilts")
    assert (version.parent, list(version.areas.all()), list(version.topics.all())) == (small.task.node, [area], [topic])
    assert (version.place.longitude, version.place.latitude) == (24.1, 56.9)  # type: ignore[union-attr]
    assert Became.objects.get().node == version.node


def test_from_the_plan_proposals_are_found_and_linked(
    process: Process, small: SmallPlan, make_proposal: Any, carol: User, sign_in: SignIn
) -> None:
    first, second = make_proposal("Lūdzu veloceliņu."), make_proposal("Lūdzu tiltu.")
    address = reverse("proposals:link_proposals", args=[process.slug, small.plan.slug, small.action.node_id])
    client = sign_in(carol)
    assert client.get(address, {"q": first.reference}).context["found"] == [first]
    assert client.get(address, {"q": "tilts"}).context["found"] == [second]
    assert client.post(address, {"note": "x"}).status_code == 422
    assert client.post(f"{address}?q=tilts", {"pick": [second.pk]}).status_code == 302
    page = client.get(address)
    assert [link.proposal for link in page.context["linked"]] == [second]
    assert client.get(address, {"q": "tilts"}).context["found"] == []


def test_the_register_is_filtered_and_exported_by_what_became_part_of_a_plan(
    process: Process, small: SmallPlan, make_proposal: Any, carol: User, sign_in: SignIn
) -> None:
    first, second = make_proposal(), make_proposal()
    link_nodes([first], [small.action.node, small.investment.node], by=carol)
    client, register = sign_in(carol), reverse("proposals:show_register", args=[process.slug])
    assert client.get(register, {"plan": "yes"}).context["page"].object_list == [first]
    assert client.get(register, {"plan": "no"}).context["page"].object_list == [second]
    table: Any = client.get(reverse("proposals:export_register", args=[process.slug, "csv"]), {"plan": "yes"})
    text = b"".join(table).decode() if table.streaming else table.content.decode()
    assert f"{small.investment.code}, {small.action.code}" in text


def test_another_process_of_the_municipality_can_be_linked_and_another_municipality_not(
    small: SmallPlan, make_proposal: Any, town: Organization, eve: User, carol: User, root: User
) -> None:
    other = create_process(
        kind="other", title="Teritorijas plānojums", owner=town, by=root, summary="x", address_part="tp"
    )
    Role.objects.create(process=other, person=carol.person, organization=town, kind=Role.Kind.COORDINATOR)
    elsewhere = make_plan(other, by=carol, published=True)
    proposal = make_proposal()
    assert link_nodes([proposal], [elsewhere.action.node], by=carol) == 1
    theirs = Process.objects.get(slug="kaimini")
    foreign = make_plan(theirs, by=eve, published=True)
    with pytest.raises(NotWithinReach):
        link_nodes([proposal], [foreign.action.node], by=carol)
    assert find_versions("apsekot", eve, theirs) == [foreign.action]


def test_a_withdrawn_proposal_becomes_nothing(small: SmallPlan, make_proposal: Any, carol: User) -> None:
    proposal = make_proposal()
    withdraw_proposal(proposal, by=carol)
    with pytest.raises(ProposalWithdrawn):
        link_nodes([proposal], [small.action.node], by=carol)


def test_eve_may_not_and_bob_neither(
    process: Process,
    small: SmallPlan,
    make_proposal: Any,
    carol: User,
    eve: User,
    bob: User,
    clara: User,
    sign_in: SignIn,
) -> None:
    proposal = make_proposal(public=True)
    for other in (eve, bob):
        with pytest.raises(PermissionDenied):
            link_nodes([proposal], [small.action.node], by=other)
        with pytest.raises(PermissionDenied):
            plan_proposal(proposal, edition=small.edition, level=small.levels["r"], title="Sveša", by=other)
    assert link_nodes([proposal], [small.action.node], by=clara) == 1
    for other in (eve, bob):
        with pytest.raises(PermissionDenied):
            unlink_node(Became.objects.get(), by=other)
    address = reverse("proposals:link_proposals", args=[process.slug, small.plan.slug, small.action.node_id])
    assert sign_in(eve).get(address).status_code == 403


def test_an_author_who_is_erased_is_no_longer_named_in_notes(small: SmallPlan, make_proposal: Any, carol: User) -> None:
    proposal = make_proposal(public=True, sender=Sender(name="Zigfrīda Purmale", email="zigfrida@example.lv"))
    link_nodes([proposal], [small.action.node], note="Daļa, ko lūdza Zigfrīda Purmale", by=carol)
    answer(proposal, carol)
    update_progress(small.action.node, state="under_way", by=carol)
    erase_author(proposal, by=carol, reason="Iesniegums", leave_public=True)
    assert places_of("zigfrida@", "Purmale") == []
    assert Became.objects.get().note.startswith("Daļa, ko lūdza")


def test_it_can_only_stand_where_the_draft_has_a_place(
    process: Process, make_proposal: Any, carol: User, sign_in: SignIn
) -> None:
    small = make_plan(process, by=carol)
    proposal = make_proposal()
    address = reverse("proposals:plan_proposal", args=[process.slug, proposal.number])
    sent = {"title": "Tilts", "level": small.levels["r"].pk, "under": ""}
    for wrong in ({}, {"under": "9:9"}, {"under": f"{small.edition.pk}:{small.action.node_id}"}, {"level": "0"}):
        response = sign_in(carol).post(address, {**sent, **wrong})
        assert response.status_code == 422
        assert "Tilts" in response.content.decode()
    assert not Became.objects.exists()
