# SPDX-License-Identifier: EUPL-1.2
"""Kaimiņu novads, invented: a programme of its own, whose indicators stand beside those of Talkas novads."""

from datetime import date

from talka.accounts.models import User
from talka.core import clock
from talka.directory.demo import Directory
from talka.directory.models import Organization
from talka.meetings.demo import local
from talka.plans.demo import (
    Fund,
    Ground,
    Measured,
    Part,
    Said,
    Work,
    add_levels,
    enter_values,
    lay_indicators,
    lay_out,
    tell,
)
from talka.plans.operations.editions import approve_edition, start_edition
from talka.plans.operations.plans import create_plan, publish_plan
from talka.processes import demo as processes

LEVELS = (
    ("group", "prioritāte", "prioritātes", "p", "{n}"),
    ("action", "rīcība", "rīcības", "r", "{p}.{n}"),
    ("investment", "projekts", "projekti", "j", "{p}.P{n}"),
)


def _parts(owner: str) -> tuple[Part, ...]:
    return (
        Part("Ceļi un vide", works=(
            Work("Grants ceļu remonts skolēnu autobusu maršrutos", owner, "", (2022, 1), (2028, 4), "40 km", said=(Said("2026-07-10", "under_way", 55, "Salaboti 22 km."),)),
            Work("Šķirošanas punkti katrā ciemā", owner, "", (2022, 1), (2025, 4), "Desmit punkti", said=(Said("2025-12-12", "done", 100, "Desmit punkti strādā."),)),
        ), projects=(
            Work("Veloceļš līdz stacijai", owner, "", (2024, 1), (2026, 4), "3,1 km", money=(Fund("municipal", 2025, 80), Fund("eu", 2026, 390, "ERAF")), said=(Said(50, "under_way", 60, "Klāj segumu."),)),
        )),
        Part("Cilvēki un darbs", works=(
            Work("Skolu ēkas jauniem mērķiem", owner, "", (2024, 1), (2027, 4), "Trīs ēkas lietošanā", said=(Said("2026-07-10", "under_way", 30, "Vāc priekšlikumus."),)),
            Work("Uzņēmēju brokastis reizi mēnesī", owner, "", (2023, 1), (2028, 4), "Divpadsmit tikšanās gadā", said=(Said("2026-07-10", "under_way", 50, ""),)),
        )),
    )  # fmt: skip


INDICATORS = (
    Measured("Pašvaldības ielas ar cietu segumu", "%", "up", 48, {2028: 60}, {2022: 48, 2023: 49, 2024: 51, 2025: 52, 2026: 54}, "1", "Kaimiņu novada pašvaldība", measure="Pašvaldības ielas ar cietu segumu"),
    Measured("Veloceļu garums", "km", "up", 1.5, {2028: 8}, {2023: 1.5, 2024: 1.5, 2025: 2.2, 2026: 3.4}, "1", "Kaimiņu novada pašvaldība", 1, measure="Veloceļu garums"),
    Measured("Dalīti savākti atkritumi", "%", "up", 38, {2028: 55}, {2023: 40, 2024: 44, 2025: 47, 2026: 49}, "1", "Kaimiņu novada pašvaldība", measure="Dalīti savākto atkritumu īpatsvars"),
    Measured("Iedzīvotāju skaits", "cilvēki", "keep", 9210, {2028: 8900}, {2023: 9120, 2024: 9034, 2025: 8951, 2026: 8907}, "2", "Oficiālās statistikas portāls", measure="Iedzīvotāju skaits gada sākumā"),
)  # fmt: skip


def build(directory: Directory, owner: Organization, coordinator: User) -> None:
    """Lay out the plan with its indicators."""
    with clock.at(local(date(2022, 2, 1), "9.00")):
        title = "Kaimiņu novada attīstības programma 2022.–2028. gadam"
        drafting = processes.build(
            coordinator=coordinator, by=directory.by, kind="programme", organization=owner, owner=owner, title=f"{title}: īstenošana",
            address_part="kaiminu-programma-2022-2028", covers_from=2022, covers_to=2028, summary="Ko Kaimiņu novads dara un kā tam sokas.",
        )  # fmt: skip
        drafting.phase("Īstenošana", starts_on=date(2022, 2, 1), ends_on=date(2028, 12, 31))
        drafting.publish()
        plan = create_plan(
            drafting.process, kind="programme", title=title, starts_year=2022, ends_year=2028, by=coordinator,
            summary="Divas prioritātes.", note="Kaimiņu novads un tā plāns ir izdomāti.", update_months=[],
        )  # fmt: skip
        levels = add_levels(plan, LEVELS, by=coordinator)
        edition = start_edition(plan, name="2022", by=coordinator)
        ground = Ground(by=coordinator, organizations={owner.name: owner})
        laid = lay_out(edition, list(levels.values()), _parts(owner.name), ground)
        measured = lay_indicators(edition, INDICATORS, baseline_year=2021, by=coordinator)
        approve_edition(
            edition,
            approved_on=date(2022, 1, 27),
            decision="Kaimiņu novada domes 27.01.2022. lēmums Nr. 5",
            by=coordinator,
        )
        publish_plan(plan, by=coordinator)
    tell(laid, ground)
    enter_values(measured, by=coordinator)
