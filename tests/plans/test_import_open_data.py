# SPDX-License-Identifier: EUPL-1.2
"""The JSON of an edition taken into a draft: straight to the difference, all or nothing, undone; and files that mean harm."""

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation

from talka.accounts.models import User
from talka.core import clock
from talka.imports.models import ColumnMapping, ImportRun
from talka.plans.documents.facts import gather
from talka.plans.documents.opendata import as_data
from talka.plans.importing import opendata
from talka.plans.models import Plan
from talka.plans.operations.editions import start_edition
from talka.processes.models import Process
from tests.plans.factories import SmallPlan, make_plan
from tests.plans.test_import_pages import said
from tests.proposals.conftest import text_of


@pytest.fixture
def small(process: Process, carol: User) -> SmallPlan:
    return make_plan(process, by=carol, approved=True)


@pytest.fixture
def data(small: SmallPlan) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json.dumps(as_data(gather(small.edition, AnonymousUser()), made_at=clock.now())))
    return found


@pytest.fixture
def client(sign_in: Callable[[User], Client], carol: User) -> Client:
    return sign_in(carol)


def address(plan: Plan, name: str, *parts: Any) -> str:
    return reverse(f"plans:{name}", args=[plan.process.slug, plan.slug, *parts])


def send(client: Client, plan: Plan, content: bytes) -> Any:
    return client.post(address(plan, "start_plan_import"), {"file": SimpleUploadedFile("plans.json", content)})


def take(client: Client, url: str) -> Any:
    form = client.get(url).context["form"]
    said = {name: form[name].value() for name in form.fields}
    said = {name: value for name, value in said.items() if value is not None and value is not False}
    return client.post(url, {**said, "what": "take"})


def test_it_goes_straight_to_the_difference_is_taken_and_undone(
    small: SmallPlan, data: dict[str, Any], client: Client, carol: User
) -> None:
    draft = start_edition(small.plan, name="RP 2025.1", by=carol)
    work = next(node for node in data["nodes"] if node["code"] == small.investment.code)
    work["title"] = "Veloceliņš līdz jūrai"
    next(one for one in work["money"] if one["source"] == "municipal")["planned"] = 150000.5
    new = {**work, "id": 10**9, "code": "I9", "title": "Tilts", "money": [], "state": None, "percent": None}
    data["nodes"].append(new)
    answer = send(client, small.plan, b"\xef\xbb\xbf" + json.dumps(data).encode())
    run = ImportRun.objects.get()
    preview = address(small.plan, "preview_plan_import", run.pk)
    assert answer["Location"] == preview
    page = text_of(client.get(preview))
    assert "Veloceliņš līdz jūrai" in page
    assert "JSON" in page
    assert "Atpakaļ pie kolonnām" not in page
    for name in ("choose_plan_table", "map_plan_import"):
        assert client.get(address(small.plan, name, run.pk))["Location"] == preview
    assert not draft.versions.filter(code="I9").exists()
    assert take(client, preview)["Location"] == address(small.plan, "show_plan_import", run.pk)
    added = draft.versions.get(code="I9")
    assert (added.title, added.parent_id) == ("Tilts", small.task.node_id)
    changed = draft.versions.get(node=small.investment.node)
    assert changed.title == "Veloceliņš līdz jūrai"
    assert changed.funding.get(source="municipal").planned == Decimal("150000.50")
    assert not ColumnMapping.objects.exists()
    assert client.post(address(small.plan, "undo_plan_import", run.pk), {"reason": "Pārbaude"}).status_code == 302
    assert not draft.versions.filter(code="I9").exists()
    assert draft.versions.get(node=small.investment.node).title == "Veloceliņš Grīzupes ielā"


def test_what_the_draft_holds_already_is_nothing_to_take(
    small: SmallPlan, data: dict[str, Any], client: Client, carol: User
) -> None:
    start_edition(small.plan, name="RP 2025.1", by=carol)
    send(client, small.plan, json.dumps(data).encode())
    page = client.get(address(small.plan, "preview_plan_import", ImportRun.objects.get().pk))
    assert "Redakcijas projektā tas viss jau ir" in text_of(page)
    assert not page.context["difference"].new
    assert not page.context["difference"].changed
    assert not page.context["difference"].missing


def test_the_order_of_the_file_does_not_matter_but_parents_come_first(data: dict[str, Any]) -> None:
    data["nodes"].sort(key=lambda node: node["kind"] != "group")
    titles = [row.cell(3) for row in opendata.read(json.dumps(data).encode()).rows]
    assert titles.index("Apsekot ielas") < titles.index("Gudra pārvalde")


def test_the_page_says_that_indicators_are_not_taken(small: SmallPlan, client: Client, carol: User) -> None:
    start_edition(small.plan, name="RP 2025.1", by=carol)
    assert "rādītāji" in text_of(client.get(address(small.plan, "start_plan_import")))


def changed(path: str, value: Any) -> Callable[[dict[str, Any]], None]:
    """Return what sets a field of the JSON, or drops it for ``...``."""

    def change(data: Any) -> None:
        *above, last = [int(part) if part.isdigit() else part for part in path.split(".")]
        for part in above:
            data = data[part]
        if value is ...:
            del data[last]
        else:
            data[last] = value

    return change


SUM = "nodes.6.money.0"
"""The first sum of money of the investment."""


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (changed("version", ...), "Šī JSON datne nav plāna redakcija"),
        (changed("nodes", {}), "Šī JSON datne nav plāna redakcija"),
        (changed("nodes", []), "ir tukša"),
        (changed("version", 2), "versija ir 2;"),
        (changed("version", True), "versija ir True;"),
        (changed("nodes.0", 7), "„nodes[0]”"),
        (changed("nodes.1.title", ...), "„nodes[1].title”"),
        (changed("nodes.1.title", ["A"]), "„nodes[1].title”"),
        (changed("nodes.1.level", None), "„nodes[1].level”"),
        (changed("nodes.1.starts_year", "2025"), "„nodes[1].starts_year”"),
        (changed("nodes.1.starts_year", 3.5), "„nodes[1].starts_year”"),
        (changed("nodes.1.starts_year", 99999), "99999"),
        (changed("nodes.1.starts_quarter", 5), "„nodes[1].starts_quarter”"),
        (changed("nodes.1.percent", 101), "„nodes[1].percent”"),
        (changed("nodes.1.percent", True), "„nodes[1].percent”"),
        (changed("nodes.1.state", "finished"), "finished"),
        (changed("nodes.1.partners", "A"), "„nodes[1].partners”"),
        (changed("nodes.1.partners", [{}]), "„nodes[1].partners”"),
        (changed("nodes.1.goals", [{"list": "sdg"}]), "„nodes[1].goals[0].code”"),
        (changed("nodes.1.id", None), "„nodes[1].id”"),
        (changed("nodes.1.parent_id", 10**12), "„nodes[1].parent_id”"),
        (lambda data: data["nodes"][1].update(id=data["nodes"][0]["id"]), "„nodes[1].id”"),
        (lambda data: data["nodes"][1].update(parent_id=data["nodes"][1]["id"]), "„nodes[1].parent_id”"),
        (changed(f"{SUM}.source", "bank"), "bank"),
        (changed(f"{SUM}.planned", -1), ".money[0].planned”"),
        (changed(f"{SUM}.planned", 10**12), ".money[0].planned”"),
        (changed(f"{SUM}.planned", "12"), ".money[0].planned”"),
        (changed(f"{SUM}.planned", float("nan")), "NaN"),
        (changed(f"{SUM}.year", ...), ".money[0].year”"),
    ],
)
def test_json_that_is_not_as_it_is_given_out_gets_a_sentence_that_names_the_field(
    change: Callable[[Any], None], says: str, small: SmallPlan, data: dict[str, Any], client: Client, carol: User
) -> None:
    data["nodes"].sort(key=lambda node: bool(node["money"]))
    start_edition(small.plan, name="RP 2025.1", by=carol)
    change(data)
    answer = send(client, small.plan, json.dumps(data).encode())
    assert answer.status_code == 422
    assert says in text_of(answer)
    assert not ImportRun.objects.exists()


def chain(length: int) -> bytes:
    """Return an edition whose nodes stand each below the one before."""
    texts = dict.fromkeys(("code", "level", "title", "description", "result", "organization", "partners_note"), "A")
    others = dict.fromkeys(("starts_year", "starts_quarter", "ends_year", "ends_quarter", "state", "percent"))
    several: dict[str, Any] = {name: [] for name in ("partners", "areas", "topics", "serves", "goals", "money")}
    nodes = [{**texts, **others, **several, "id": one, "parent_id": one - 1 or None} for one in range(1, length + 1)]
    return json.dumps({"version": 1, "nodes": nodes}).encode()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"{", "not_json"),
        (b'{"version": 1,\n"nodes": [}', "not_json"),
        (b'{"version": "\xff"}', "not_json"),
        (b'{"version": 1, "nodes": [1e99999999999999999999]}', "not_json"),
        (b'{"version": ' + b"9" * 5000 + b"}", "not_json"),
        (b'{"nodes":' + b"[" * 200_000, "too_deep"),
        (b'{"a":' * 200_000, "too_deep"),
        (b"[[1]]", "wrong_kind"),
        (b'{"type": "FeatureCollection", "features": []}', "wrong_kind"),
        (chain(opendata.DEEPEST + 1), "too_deep"),
    ],
    ids=range(10),
)
def test_files_that_mean_harm_are_refused(content: bytes, code: str) -> None:
    assert opendata.looks_like(content)
    with pytest.raises(opendata.NotTaken) as refused:
        opendata.read(content)
    assert refused.value.code == code
    with translation.override("lv"):
        assert "%(" not in refused.value.says


def test_more_rows_than_a_table_may_have_are_refused(data: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opendata, "MOST_ROWS", 5)
    with pytest.raises(opendata.NotTaken) as refused:
        opendata.read(json.dumps(data).encode())
    assert refused.value.code == "too_large"


def test_levels_that_the_plan_has_not_are_said(
    process: Process, data: dict[str, Any], small: SmallPlan, client: Client, carol: User
) -> None:
    start_edition(small.plan, name="RP 2025.1", by=carol)
    data["nodes"][0]["level"] = "mērķis"
    send(client, small.plan, json.dumps(data).encode())
    page = client.get(address(small.plan, "preview_plan_import", ImportRun.objects.get().pk))
    assert "2. rinda, kolonna B „Līmenis”: „mērķis” nav šī plāna līmenis" in said(page)
