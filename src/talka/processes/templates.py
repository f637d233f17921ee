# SPDX-License-Identifier: EUPL-1.2
"""What a new process of each kind starts with: phases with what they allow, legal steps with their acts.

The steps of a development programme follow Cabinet Regulation No. 628 of 14 October 2014 on the
spatial planning documents of local governments; terms and lengths are proposals that the
coordinator changes, since acts change and municipalities decide more than the least.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta


@dataclass(frozen=True)
class LaidPhase:
    """A phase as it will be laid, with its days."""

    title: str
    starts_on: date | None
    ends_on: date | None
    allows: tuple[str, ...] = ()
    description: str = ""


@dataclass(frozen=True)
class LaidStep:
    """A legal step as it will be laid, with the day it is due."""

    title: str
    act: str
    responsible: str
    due_on: date | None


@dataclass(frozen=True)
class Frame:
    """What a new process starts with."""

    phases: tuple[LaidPhase, ...] = ()
    steps: tuple[LaidStep, ...] = ()


@dataclass(frozen=True)
class PhaseTemplate:
    """One phase: its title in Latvian and English, months from the start, length in months, what it allows."""

    title: dict[str, str]
    starts_after: int
    months: int
    allows: tuple[str, ...] = ()


@dataclass(frozen=True)
class StepTemplate:
    """One legal step: its title, act and who does it, in Latvian and English; months from the start until it is due."""

    title: dict[str, str]
    act: str
    responsible: dict[str, str]
    due_after: int


@dataclass(frozen=True)
class ProcessTemplate:
    """What a kind of process starts with."""

    phases: tuple[PhaseTemplate, ...]
    steps: tuple[StepTemplate, ...] = field(default_factory=tuple)


def _two(lv: str, en: str) -> dict[str, str]:
    return {"lv": lv, "en": en}


_COUNCIL = _two("dome", "council")
_LEAD = _two("izstrādes vadītājs", "lead of drafting")

TEMPLATES: dict[str, ProcessTemplate] = {
    "programme": ProcessTemplate(
        phases=(
            PhaseTemplate(_two("Uzsākšana", "Start"), 0, 2, ("propose",)),
            PhaseTemplate(_two("Darba grupas", "Working groups"), 2, 3, ("propose", "apply", "answer")),
            PhaseTemplate(_two("Stratēģiskā daļa", "Strategic part"), 5, 2, ("propose",)),
            PhaseTemplate(_two("Rīcības un investīciju plāns", "Action and investment plan"), 7, 2, ("propose",)),
            PhaseTemplate(_two("Publiskā apspriešana", "Public consultation"), 9, 1, ("propose", "object")),
            PhaseTemplate(_two("Apstiprināšana", "Approval"), 10, 2),
        ),
        steps=(
            StepTemplate(
                _two("Lēmums par izstrādes uzsākšanu", "Decision to start drafting"), "MK 628/2014", _COUNCIL, 0
            ),
            StepTemplate(
                _two("Izstrādes vadītāja iecelšana un darba uzdevums", "Lead of drafting and terms of reference"),
                "MK 628/2014, 2. p.",
                _COUNCIL,
                0,
            ),
            StepTemplate(
                _two(
                    "Paziņojums par izstrādes uzsākšanu TAPIS un tīmekļvietnē",
                    "Notice of the start in TAPIS and on the website",
                ),
                "MK 628/2014",
                _LEAD,
                1,
            ),
            StepTemplate(
                _two("Projekta nodošana publiskajai apspriešanai", "Draft put to public consultation"),
                "MK 628/2014",
                _COUNCIL,
                9,
            ),
            StepTemplate(
                _two("Pārskats par sabiedrības līdzdalību", "Report on public participation"),
                "MK 628/2014; MK 639/2024",
                _LEAD,
                10,
            ),
            StepTemplate(
                _two("Plānošanas reģiona atzinums", "Opinion of the planning region"),
                "MK 628/2014",
                _two("plānošanas reģions", "planning region"),
                11,
            ),
            StepTemplate(_two("Apstiprināšana", "Approval"), "MK 628/2014", _COUNCIL, 12),
            StepTemplate(_two("Publicēšana TAPIS", "Publication in TAPIS"), "MK 628/2014", _LEAD, 12),
        ),
    ),
    "merger": ProcessTemplate(
        phases=(
            PhaseTemplate(_two("Informācijas apkopošana", "Gathering information"), 0, 2, ("answer",)),
            PhaseTemplate(_two("Diskusijas pa jomām", "Discussions by field"), 1, 6, ("propose", "apply")),
            PhaseTemplate(_two("Struktūra un nolikuma projekts", "Structure and draft statute"), 5, 4, ("propose",)),
            PhaseTemplate(
                _two("Nolikuma projekta apspriešana", "Consultation on the draft statute"), 9, 1, ("propose", "object")
            ),
            PhaseTemplate(_two("Apstiprināšana", "Approval"), 10, 2),
        ),
        steps=(
            StepTemplate(
                _two("Vienošanās par kopīgu darbu", "Agreement to work together"),
                "",
                _two("visu pašvaldību domes", "councils of all the municipalities"),
                1,
            ),
            StepTemplate(
                _two("Pašvaldības nolikuma projekts", "Draft statute of the municipality"),
                "Pašvaldību likums",
                _two("darba grupas", "working groups"),
                9,
            ),
            StepTemplate(
                _two("Nolikuma apstiprināšana", "Approval of the statute"),
                "Pašvaldību likums",
                _two("jaunā dome", "new council"),
                12,
            ),
        ),
    ),
    "network": ProcessTemplate(
        phases=(
            PhaseTemplate(_two("Iepazīšanās", "Getting to know each other"), 0, 2, ("propose", "apply")),
            PhaseTemplate(_two("Resursi un vajadzības", "Resources and needs"), 1, 3, ("propose", "apply", "answer")),
            PhaseTemplate(_two("Vienošanās", "Agreements"), 4, 2, ("propose",)),
            PhaseTemplate(_two("Kopīgs darbs", "Working together"), 6, 12, ("propose", "apply")),
        ),
    ),
    "exchange": ProcessTemplate(
        phases=(
            PhaseTemplate(_two("Sagatavošana", "Preparation"), 0, 1, ("propose",)),
            PhaseTemplate(_two("Vizītes", "Visits"), 1, 2, ("propose",)),
            PhaseTemplate(_two("Secinājumi un vienošanās", "Lessons and agreements"), 2, 2, ("propose",)),
        ),
    ),
    "other": ProcessTemplate(
        phases=(
            PhaseTemplate(_two("Priekšlikumi", "Proposals"), 0, 2, ("propose",)),
            PhaseTemplate(_two("Izvērtēšana un atbildes", "Assessment and answers"), 2, 1),
        ),
    ),
}


def lay(kind: str, language: str, starts_on: date) -> Frame:
    """Return what the template of a kind lays from a first day on.

    >>> frame = lay("exchange", "en", date(2026, 1, 31))
    >>> [(phase.title, phase.starts_on.isoformat(), phase.ends_on.isoformat()) for phase in frame.phases][:2]
    [('Preparation', '2026-01-31', '2026-02-27'), ('Visits', '2026-02-28', '2026-04-27')]
    """
    template = TEMPLATES[kind]
    firsts = [starts_on + relativedelta(months=phase.starts_after) for phase in template.phases]
    return Frame(
        phases=tuple(
            LaidPhase(
                phase.title[language],
                first,
                first + relativedelta(months=phase.months) - timedelta(days=1),
                phase.allows,
            )
            for phase, first in zip(template.phases, firsts, strict=True)
        ),
        steps=tuple(
            LaidStep(
                step.title[language],
                step.act,
                step.responsible[language],
                starts_on + relativedelta(months=step.due_after),
            )
            for step in template.steps
        ),
    )
