# SPDX-License-Identifier: EUPL-1.2
"""Talkas novads, invented: the programme in force, its strategy, its work plan of a year, and how all of it is going."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.text import slugify

from talka.accounts.models import User
from talka.core import clock
from talka.core.text import fold
from talka.directory.models import Place
from talka.meetings.demo import local
from talka.plans.demo import Ground, Laid, Part, Work, add_levels, enter_values, lay_indicators, lay_out, tell
from talka.plans.models import Edition, Level, Plan, PlanNode
from talka.plans.operations.editions import approve_edition, start_edition
from talka.plans.operations.nodes import FundingLine, change_node, create_node, remove_node
from talka.plans.operations.plans import create_plan, publish_plan
from talka.plans.operations.progress import update_progress
from talka.plans.operations.replies import take_reply
from talka.plans.operations.rounds import open_round, send_requests
from talka.portal.demo.talkas_people import SEATS, TOWN
from talka.portal.demo.talkas_plan_people import PEOPLE
from talka.portal.demo.talkas_plan_places import PLACES
from talka.portal.demo.talkas_plan_work import INDICATORS, WORK
from talka.processes import demo as processes
from talka.processes.models import Process
from talka.proposals.demo import DEGREES_PER_KM

if TYPE_CHECKING:
    from talka.portal.demo.talkas_novads import Town

CARRIED_OUT = "talkas-programma-2021-2027"
TITLE = "Talkas novada attīstības programma 2021.–2027. gadam"
PARTS = (PLACES, PEOPLE, WORK)

LEVELS = (
    ("group", "vidēja termiņa prioritāte", "vidēja termiņa prioritātes", "p", "VTP{n}"),
    ("group", "rīcības virziens", "rīcības virzieni", "v", "RV{p}.{n}"),
    ("group", "uzdevums", "uzdevumi", "u", "U{v}.{n}"),
    ("action", "pasākums", "pasākumi", "r", "R{u}.{n}"),
    ("investment", "investīciju projekts", "investīciju projekti", "i", "I{u}.{n}"),
)
STRATEGY_LEVELS = (
    ("group", "stratēģiskais mērķis", "stratēģiskie mērķi", "s", "SM{n}"),
    ("group", "ilgtermiņa prioritāte", "ilgtermiņa prioritātes", "i", "IP{s}.{n}"),
)
STRATEGY = (
    Part("Droša un zaļa vide", below=(Part("Ceļi un ielas, pa kurām nokļūst ikviens"), Part("Daba, ko atstājam bērniem"))),
    Part("Cilvēki, kas paliek un atgriežas", below=(Part("Izglītība tuvu mājām"), Part("Veselība, kultūra un kaimiņi"))),
    Part("Darbs un atvērta pašvaldība", below=(Part("Vietējie uzņēmumi un mājokļi"), Part("Pašvaldība, kas skaidro un klausās"))),
)  # fmt: skip

DROPPED_LATER = Work(
    "Pludmales volejbola laukums Kopezerā", "Talkas novada Sporta un tūrisma centrs", "Kaspars Strēlis", (2023, 2), (2024, 2),
    result="Divi laukumi", topic="Sporta laukumi", area="Bērzlejas pagasts",
)  # fmt: skip

THIS_YEAR = (
    (
        "Iepirkt Skolas ielas pārejas būvdarbus",
        "Ierīkot gājēju pārejas ar apgaismojumu pie skolām",
        (2026, 2),
        "under_way",
        80,
    ),
    ("Izvēlēties veloceļa trasi kopā ar biedrībām", "Veloceļš Talka–Kopezers", (2026, 4), "under_way", 50),
    ("Pieņemt Vecā parka rotaļu laukumu", "Vecā parka atjaunošana", (2026, 3), "done", 100),
    ("Sagatavot īres mājas dzīvokļu sarakstu", "Īres māja 24 dzīvokļiem", (2026, 4), "under_way", 30),
    ("Apmācīt pirmos 20 darbiniekus vieglajā valodā", "Vieglā valoda vēstulēs un lēmumos", (2026, 4), "under_way", 70),
)
"""Of the work plan of 2026: what, which node of the programme it serves, until when, how it is going."""


def build(town: Town, coordinator: User) -> None:
    """Lay out the plans as they were approved, one edition after the other, and what was said of them since."""
    with clock.at(local(date(2023, 1, 9), "9.00")):
        process = _process(town, coordinator)
        ground = _ground(town, coordinator)
        strategy = _strategy(process, ground)
        plan = create_plan(
            process, kind="programme", title=TITLE, starts_year=2021, ends_year=2027, parents=[strategy], by=coordinator,
            summary="Trīs prioritātes, desmit uzdevumi, pasākumi un investīciju projekti ar atbildīgajiem, naudu un rādītājiem.",
            note="Talkas novads, tā plāni, skaitļi un cilvēki ir izdomāti.",
        )  # fmt: skip
        _spatial_plan(process, plan, coordinator)
        levels = add_levels(plan, LEVELS, by=coordinator)
        first = start_edition(plan, name="RP 2023.1", by=coordinator)
    order = list(levels.values())
    above = {version.code or "": version.node for version in strategy.editions.get().versions.select_related("node")}
    ground = Ground(**{**vars(ground), "above": above})
    with clock.at(local(date(2023, 1, 12), "9.00")):
        laid = lay_out(
            first, order, PARTS, ground, chosen=lambda work: work.starts is not None and work.starts[0] < 2025
        )
        _put_dropped(first, levels, ground)
        measured = lay_indicators(first, INDICATORS, baseline_year=2022, by=coordinator)
    with clock.at(local(date(2023, 1, 30), "11.00")):
        decision = "Talkas novada domes 26.01.2023. lēmums Nr. 14 „Par rīcības un investīciju plānu”"
        approve_edition(first, approved_on=date(2023, 1, 26), decision=decision, by=coordinator)
        publish_plan(plan, by=coordinator)
    laid |= _second(plan, order, laid, ground)
    tell(laid, ground)
    enter_values(measured, by=coordinator)
    _this_year(process, plan, laid, ground)
    _draft(plan, laid, coordinator)
    _ask(plan, coordinator)


def _process(town: Town, coordinator: User) -> Process:
    drafting = processes.build(
        coordinator=coordinator, by=town.directory.by, organization=town.owner, kind="programme", title=f"{TITLE}: īstenošana",
        address_part=CARRIED_OUT, owner=town.owner, area=town.areas["Talkas novads"], covers_from=2021, covers_to=2027,
        summary="Kas no pašreizējās programmas ir izdarīts, kas tiek darīts un kas kavējas. Atbildīgie ziņo divreiz gadā.",
    )  # fmt: skip
    drafting.phase("Īstenošana un uzraudzība", starts_on=date(2023, 1, 26), ends_on=date(2027, 12, 31))
    drafting.publish()
    return drafting.process


def _ground(town: Town, by: User) -> Ground:
    """Enter who answers for works, with office and address, and the places of works."""
    parts, works = list(PARTS), [DROPPED_LATER]
    while parts:
        part = parts.pop()
        parts.extend(part.below)
        works.extend((*part.works, *part.projects))
    offices = {seated.name: (seated.title, seated.organization) for seats in SEATS.values() for seated in seats}
    people, places = {}, dict(town.places)
    for work in works:
        if work.owner and work.owner not in people:
            title, office = offices.get(work.owner, ("", work.office))
            address = f"{slugify(fold(work.owner)).replace('-', '.')}@talka.example"
            people[work.owner] = town.directory.person(
                work.owner, title, town.directory.organization(office), email=address
            )
        if work.point is not None:
            places[work.title] = _place(town, work)
    names = {work.office for work in works} | {name for work in works for name in work.partners}
    organizations = {name: town.directory.organization(name) for name in names}
    return Ground(
        by=by, organizations=organizations, people=people, topics=town.topics, areas=town.areas, places=places
    )


def _place(town: Town, work: Work) -> Place:
    east, north = work.point or (0.0, 0.0)
    return town.directory.place(
        work.title[:200], area=town.areas.get(work.area), longitude=round(TOWN[0] + east * DEGREES_PER_KM[0], 5),
        latitude=round(TOWN[1] + north * DEGREES_PER_KM[1], 5),
    )  # fmt: skip


def _strategy(process: Process, ground: Ground) -> Plan:
    plan = create_plan(
        process, kind="strategy", title="Talkas novada ilgtspējīgas attīstības stratēģija līdz 2040. gadam", starts_year=2016, ends_year=2040,
        summary="Trīs stratēģiskie mērķi, kurus īsteno attīstības programmas.", update_months=[], by=ground.by,
    )  # fmt: skip
    levels = add_levels(plan, STRATEGY_LEVELS, by=ground.by)
    edition = start_edition(plan, name="IAS 2016", by=ground.by)
    lay_out(edition, list(levels.values()), STRATEGY, ground)
    approve_edition(
        edition, approved_on=date(2016, 3, 31), decision="Talkas novada domes 31.03.2016. lēmums Nr. 61", by=ground.by
    )
    publish_plan(plan, by=ground.by)
    return plan


def _spatial_plan(process: Process, plan: Plan, by: User) -> None:
    spatial = create_plan(
        process, kind="spatial", title="Talkas novada teritorijas plānojums", starts_year=2018, ends_year=2030,
        url="https://talka.example/teritorijas-planojums", summary="Kur drīkst būvēt un kas jāsaglabā.", update_months=[], by=by,
    )  # fmt: skip
    publish_plan(spatial, by=by)
    plan.parents.add(spatial)


def _put_dropped(edition: Edition, levels: dict[str, Level], ground: Ground) -> None:
    below = edition.versions.select_related("node").get(code="U2.3.1")
    work = DROPPED_LATER
    starts, ends = work.starts or (None, None), work.ends or (None, None)
    create_node(
        edition, level=levels["r"], parent=below.node, title=work.title, result=work.result, by=ground.by,
        organization=ground.organizations[work.office], owner=ground.people[work.owner],
        starts_year=starts[0], starts_quarter=starts[1], ends_year=ends[0], ends_quarter=ends[1],
    )  # fmt: skip


def _second(plan: Plan, levels: list[Level], laid: Laid, ground: Ground) -> Laid:
    """Make the edition of 2025: works added, a few changed with the reason, one removed."""
    by = ground.by
    with clock.at(local(date(2025, 1, 8), "9.00")):
        edition = start_edition(
            plan, name="RP 2025.1", note="Ikgadējā aktualizācija pēc budžeta apstiprināšanas.", by=by
        )
        added = lay_out(
            edition,
            levels,
            PARTS,
            ground,
            chosen=lambda work: work.starts is not None and work.starts[0] >= 2025,
            more=True,
        )
        removed = edition.versions.select_related("node").get(title=DROPPED_LATER.title)
        remove_node(removed, by=by, reason="Laukumus izbūvēja biedrība par saviem līdzekļiem.")
        lights = edition.versions.get(node=laid["Nomainīt ielu gaismekļus pret LED"][0].node)
        change_node(lights, ends_year=2025, ends_quarter=4, result="Visi 1 140 gaismekļi nomainīti, arī pagastos",
                    change_reason="Konkursā iegūta zemāka cena, tāpēc nomainīs arī gaismekļus pagastos.", by=by)  # fmt: skip
        house = edition.versions.get(node=laid["Īres māja 24 dzīvokļiem"][0].node)
        lines = [FundingLine(row.source, row.planned, row.year, row.fund) for row in house.funding.all()]
        lines[-1] = FundingLine(lines[-1].source, lines[-1].planned + Decimal(50_000), lines[-1].year, lines[-1].fund)
        change_node(
            house,
            funding=lines,
            change_reason="Būvmateriālu cenu kāpums; aizņēmums palielināts ar domes lēmumu.",
            by=by,
        )
    with clock.at(local(date(2025, 1, 31), "15.20")):
        approve_edition(
            edition, approved_on=date(2025, 1, 30), decision="Talkas novada domes 30.01.2025. lēmums Nr. 9", by=by
        )
    return added


def _this_year(process: Process, plan: Plan, laid: Laid, ground: Ground) -> None:
    by = ground.by
    with clock.at(local(date(2026, 1, 15), "10.00")):
        yearly = create_plan(
            process, kind="yearly", title="Talkas novada pašvaldības 2026. gada darba plāns", starts_year=2026, ends_year=2026, parents=[plan],
            summary="Ko no programmas dara šogad.", update_months=[], by=by,
        )  # fmt: skip
        levels = add_levels(yearly, (("action", "darbs", "darbi", "d", "D{n}"),), by=by)
        edition = start_edition(yearly, name="2026", by=by)
        works = []
        for title, serves, (year, quarter), state, percent in THIS_YEAR:
            above, work = laid[serves]
            version = create_node(
                edition, level=levels["d"], title=title, organization=above.organization, owner=ground.people[work.owner],
                starts_year=year, ends_year=year, ends_quarter=quarter, serves=[above.node], by=by,
            )  # fmt: skip
            works.append((version.node, state, percent))
        approve_edition(
            edition, approved_on=date(2026, 1, 14), decision="Izpilddirektora 14.01.2026. rīkojums Nr. 3", by=by
        )
        publish_plan(yearly, by=by)
    _tell_this_year(works, by)


def _tell_this_year(works: list[tuple[PlanNode, str, int]], by: User) -> None:
    for node, state, percent in works:
        with clock.at(local(date(2026, 9, 30), "14.00")):
            update_progress(node, state=state, percent=percent, person=node.owner, by=by)


def _draft(plan: Plan, laid: Laid, by: User) -> None:
    """Leave the next edition half done, as it is today."""
    draft = start_edition(plan, name="RP 2027.1", note="Aktualizācija pēc 2027. gada budžeta.", by=by)
    bridge = draft.versions.get(node=laid["Tilta pār Dzirnupi pārbūve"][0].node)
    change_node(bridge, ends_year=2027, ends_quarter=3, change_reason="Pirmais iepirkums beidzās bez rezultāta.", by=by)
    station = draft.versions.select_related("node").get(node=laid["Kopstrādes telpa Talkas stacijā"][0].node)
    create_node(
        draft, level=station.level, parent=station.parent, title="Kopstrādes telpa vecajā pastā", organization=station.organization,
        owner=station.node.owner, starts_year=2027, starts_quarter=1, ends_year=2027, ends_quarter=4, result="Kopstrādes telpa 20 cilvēkiem", by=by,
    )  # fmt: skip
    remove_node(station, by=by, reason="Stacijas ēku nodeva citam lietotājam; vietā ir vecā pasta ēka.")


def _ask(plan: Plan, by: User) -> None:
    """Ask owners how it is going; some have answered since, one of them by a mail that nobody can read a state from."""
    asked_on = clock.today() - timedelta(days=22)
    with clock.at(local(asked_on, "8.30")):
        update_round = open_round(plan, name="Izpilde rudenī", due_on=asked_on + timedelta(days=24), by=by)
        send_requests(update_round.pk)
    request = update_round.requests.select_related("person").get(person__name="Baiba Rudmane")
    received_at = local(clock.today() - timedelta(days=5), "13.40")
    with clock.at(received_at):
        take_reply(
            request, text="Labdien! Par šo vēl jārunā ar direktoriem, atbildēšu nākamnedēļ.", mail_key="<skolas@talka.example>",
            from_address=request.person.email, received_at=received_at,
        )  # fmt: skip
