# SPDX-License-Identifier: EUPL-1.2
"""A large plan to measure on: 2,000 actions, 1,000 investments with 8,000 funding rows, 500 indicators over ten years."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

SLUG, PLAN = "liels-plans", "liela-programma"
EMAIL = "plani@bench.example"
PRIORITIES, DIRECTIONS, TASKS = 5, 4, 10
"""Of each level below one of the level above: 200 tasks in all."""
ACTIONS, INVESTMENTS, FUNDINGS = 10, 5, 8
"""Actions and investments below a task, funding rows of an investment."""
INDICATORS, YEARS = 500, 10
FIRST = 2021

LEVELS = (
    ("group", "prioritāte", "p", "VTP{n}"),
    ("group", "virziens", "v", "RV{p}.{n}"),
    ("group", "uzdevums", "u", "U{v}.{n}"),
    ("action", "pasākums", "r", "R{u}.{n}"),
    ("investment", "projekts", "i", "I{u}.{n}"),
)

VERBS = ("Pārbūvēt", "Atjaunot", "Izveidot", "Paplašināt", "Sakārtot", "Pilnveidot", "Ieviest")
THINGS = (
    "ielas un ietves", "skolas sporta zāli", "dienas centru", "veloceļu gar upi", "bibliotēkas telpas", "ielu apgaismojumu",
    "jauniešu darbnīcas", "tilta balstus", "e-pakalpojumus",
)  # fmt: skip
PLACES = ("Bērzlejā", "Upkalnē", "Dzirnupē", "Meldrājos", "Talkas centrā", "pie stacijas", "visos pagastos")


def lay(tasks: int = TASKS, indicators: int = INDICATORS) -> Any:
    """Lay the plan if it is not there, and return its edition in force."""
    from django.db import transaction

    from talka.accounts.models import User
    from talka.core import clock
    from talka.directory.models import Organization, Person
    from talka.plans.models import Plan
    from talka.plans.operations.editions import approve_edition, start_edition
    from talka.plans.operations.plans import add_level, create_plan, publish_plan
    from talka.processes.models import Process, Role

    plan = Plan.objects.filter(process__slug=SLUG, slug=PLAN).first()
    if plan is not None:
        return plan.editions.approved().first()
    with transaction.atomic():
        town = Organization.objects.create(name="Lielais novads", slug="lielais-novads", classification="municipality")
        user = User.objects.create_user(EMAIL, "parole-ko-zina-bench", name="Plānotāja")
        user.emailaddress_set.create(email=EMAIL, verified=True, primary=True)
        person = Person.objects.create(name="Plānotāja", email=EMAIL, user=user)
        process = Process.objects.create(
            kind="programme", title="Liels plāns", slug=SLUG, owner=town, published_at=clock.now()
        )
        Role.objects.create(process=process, person=person, organization=town, kind=Role.Kind.COORDINATOR)
        plan = create_plan(
            process, kind="programme", title="Liela programma", starts_year=FIRST, ends_year=FIRST + YEARS - 1, by=user
        )
        Plan.objects.filter(pk=plan.pk).update(slug=PLAN)
        levels = [
            add_level(plan, kind=kind, name=name, plural=f"{name}s", letter=letter, pattern=pattern, by=user)
            for kind, name, letter, pattern in LEVELS
        ]  # fmt: skip
        edition = start_edition(plan, name=f"RP {FIRST}.1", by=user)
        _fill(edition, levels, town, user, tasks)
        _measure_what(edition, indicators, user)
        edition = approve_edition(edition, approved_on=date(FIRST, 1, 28), decision="Lēmums Nr. 1", by=user)
        publish_plan(plan, by=user)
    return edition


def new_draft(edition: Any) -> Any:
    """Return the empty draft of one more plan beside that of the edition."""
    from talka.accounts.models import User
    from talka.plans.operations.editions import start_edition
    from talka.plans.operations.plans import add_level, create_plan

    user, process = User.objects.get(email=EMAIL), edition.plan.process
    number = process.plans.count()
    plan = create_plan(
        process, kind="programme", title=f"Plāns {number}", starts_year=FIRST, ends_year=FIRST + YEARS - 1, by=user
    )
    for kind, name, letter, pattern in LEVELS:
        add_level(plan, kind=kind, name=name, plural=f"{name}s", letter=letter, pattern=pattern, by=user)
    return start_edition(plan, name="1", by=user)


def _tree(tasks: int) -> Iterator[tuple[int, str, str | None, int, str]]:
    """Return level, code, code above, position and title of every node, those above first."""
    number = count()
    for p in range(1, PRIORITIES + 1):
        yield 0, f"VTP{p}", None, p, f"Prioritāte {p}"
        for v in range(1, DIRECTIONS + 1):
            yield 1, f"RV{p}.{v}", f"VTP{p}", v, f"Rīcības virziens {p}.{v}"
            for u in range(1, tasks + 1):
                task = f"{p}.{v}.{u}"
                yield 2, f"U{task}", f"RV{p}.{v}", u, f"Uzdevums {task}: {THINGS[next(number) % len(THINGS)]}"
                for level, letter, how_many in ((3, "R", ACTIONS), (4, "I", INVESTMENTS)):
                    for n in range(1, how_many + 1):
                        i = next(number)
                        title = (
                            f"{VERBS[i % len(VERBS)]} {THINGS[i % len(THINGS)]} {PLACES[i % len(PLACES)]}, {i}. kārta"
                        )
                        yield level, f"{letter}{task}.{n}", f"U{task}", (level - 3) * ACTIONS + n, title


def _fill(edition: Any, levels: list[Any], town: Any, user: Any, tasks: int) -> None:
    from talka.directory.models import Organization, Person
    from talka.notifications.models import Audience
    from talka.plans.models import Funding, NodeVersion, Outlay, PlanNode, ProgressUpdate

    offices = Organization.objects.bulk_create(
        Organization(name=f"Iestāde {n}", slug=f"iestade-{n}", classification="institution", parent=town)
        for n in range(25)
    )
    people = Person.objects.bulk_create(Person(name=f"Atbildīgais {n}", email=f"a{n}@bench.example") for n in range(60))
    rows = list(_tree(tasks))
    audiences = Audience.objects.bulk_create([Audience() for _row in rows])
    nodes = PlanNode.objects.bulk_create(
        PlanNode(
            plan_id=edition.plan_id,
            kind=levels[level].kind,
            audience=audience,
            owner=people[i % 60] if level > 2 else None,
        )
        for i, ((level, *_rest), audience) in enumerate(zip(rows, audiences, strict=True))
    )
    by_code = {code: node for (_level, code, *_rest), node in zip(rows, nodes, strict=True)}
    versions = NodeVersion.objects.bulk_create(
        NodeVersion(
            edition=edition, node=by_code[code], level=levels[level], parent=by_code[above] if above else None, position=position,
            code=code, title=title, description="Apraksts par to, kas jādara un kāpēc. " * 3 if level > 2 else "",
            result="Sakārtota vieta" if level > 2 else "", organization=offices[i % 25] if level > 2 else None,
            starts_year=FIRST + i % 4 if level > 2 else None, ends_year=FIRST + 3 + i % 6 if level > 2 else None,
        )
        for i, (level, code, above, position, title) in enumerate(rows)
    )  # fmt: skip
    sources = (("municipal", ""), ("eu", "ERAF"), ("state", ""), ("loan", ""))
    Funding.objects.bulk_create(
        Funding(version=version, source=sources[k % 4][0], fund=sources[k % 4][1], year=FIRST + k, planned=Decimal(10_000 + 37 * k + version.pk % 900))
        for version in versions if version.level_id == levels[4].pk for k in range(FUNDINGS)
    )  # fmt: skip
    works = [node for node in nodes if node.kind != "group"]
    states = ("under_way", "done", "not_started", "under_way", "dropped", "under_way")
    updates = ProgressUpdate.objects.bulk_create(
        ProgressUpdate(
            node=node, state=states[i % 6], percent=100 if states[i % 6] == "done" else i % 90, text="Darbs rit, kā plānots.",
            said_on=date(2025 + round_, 1 + i % 6, 10), entered_by=user,
        )
        for round_ in range(2) for i, node in enumerate(works)
    )  # fmt: skip
    for update in updates[len(works) :]:
        update.node.latest = update
    PlanNode.objects.bulk_update(works, ["latest"], batch_size=500)
    Outlay.objects.bulk_create(
        Outlay(node=version.node, source="municipal", year=FIRST + 4, committed=Decimal(9_000), spent=Decimal(4_500), reported_by=user)
        for version in versions if version.level_id == levels[4].pk
    )  # fmt: skip


def _measure_what(edition: Any, how_many: int, user: Any) -> None:
    from talka.plans.models import Indicator, IndicatorTarget, IndicatorValue, IndicatorVersion

    tasks = list(edition.versions.filter(level__letter="u").order_by("pk"))
    indicators = Indicator.objects.bulk_create(Indicator(plan_id=edition.plan_id) for _n in range(how_many))
    versions = IndicatorVersion.objects.bulk_create(
        IndicatorVersion(
            edition=edition, indicator=indicator, code=f"N{n + 1}", name=f"Rādītājs par {THINGS[n % len(THINGS)]}, {n}", unit="skaits",
            baseline=Decimal(n), baseline_year=FIRST - 1, position=n, direction="up" if n % 3 else "down",
        )
        for n, indicator in enumerate(indicators)
    )  # fmt: skip
    about = IndicatorVersion.nodes.through
    about.objects.bulk_create(
        about(indicatorversion_id=version.pk, plannode_id=tasks[n % len(tasks)].node_id)
        for n, version in enumerate(versions)
    )
    years = range(FIRST, FIRST + YEARS)
    IndicatorTarget.objects.bulk_create(
        IndicatorTarget(version=version, year=year, value=version.baseline + year - FIRST)
        for version in versions
        for year in years
    )
    IndicatorValue.objects.bulk_create(
        IndicatorValue(indicator=version.indicator, year=year, value=version.baseline + year - FIRST + Decimal("0.5"), entered_by=user)
        for version in versions for year in years
    )  # fmt: skip
