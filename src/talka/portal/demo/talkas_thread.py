# SPDX-License-Identifier: EUPL-1.2
"""Talkas novads, invented: what proposals became in the plan that is carried out, across processes and years."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

from talka.accounts.models import User
from talka.core import clock
from talka.groups.operations.asking import plan_action, refuse_action, take_action
from talka.meetings.demo import local
from talka.meetings.models import Meeting
from talka.meetings.operations.decisions import add_decision
from talka.plans.models import NodeVersion, PlanNode
from talka.plans.operations.progress import update_progress
from talka.portal.demo.talkas_plan import CARRIED_OUT, TITLE
from talka.proposals.models import Proposal
from talka.proposals.operations.becoming import link_nodes

if TYPE_CHECKING:
    from talka.portal.demo.talkas_novads import Town

BECAME = {
    "Gājēju pāreja Skolas ielā pie autobusa pieturas": "Ierīkot gājēju pārejas ar apgaismojumu pie skolām",
    "Upes ielu noasfaltēt": "Upes ielas un ūdensvada pārbūve",
    "Veloceļš no Talkas līdz Kopezeram": "Veloceļš Talka–Kopezers",
    "Soliņš autobusa pieturā Meldrājos": "Uzlabot autobusu pieturas: soliņi, nojumes, uzbrauktuves",
    "Kalna ielā ziemā kaisīt smiltis": "Ziemā kaisīt ietves stāvajās ielās",
    "Velonovietne ar jumtu pie vidusskolas": "Uzstādīt velonovietnes pie iestādēm",
    "Apgaismojums uz Upkalnes skolas ceļa": "Uzstādīt apgaismojumu pagastu centros",
    "Bioloģisko atkritumu konteineri daudzdzīvokļu mājām": "Ieviest tekstila un bioloģisko atkritumu šķirošanu",
    "Atelpas brīdis vecākiem": "Atelpas brīdis ģimenēm, kas kopj tuvinieku",
    "Aprūpe mājās arī brīvdienās": "Paplašināt aprūpi mājās visos pagastos",
    "Feldšeris Upkalnē divreiz nedēļā": "Ģimenes ārsta pieņemšana pagastos reizi nedēļā",
    "Pandusi aptiekai un pastam": "Uzbrauktuves un lifti iestādēs",
    "Tirgus nojume, lai lietū nav jāiet mājās": "Tirgus laukuma nojumes",
    "Dzīvokļi tiem, kas te strādā": "Īres māja 24 dzīvokļiem",
    "Sēžu ieraksti ar subtitriem": "Domes sēžu zāle ar tiešraidi un indukcijas cilpu",
    "Kas nokavēts, lai redz visi": "Atklāti dati par budžetu, līgumiem un plānu",
    "Virtuve, kur gatavot kopā": "Jauniešu mājas pārbūve",
    "Skaņas studija pagrabā": "Jauniešu mājas pārbūve",
    "Velonovietne pie ieejas": "Jauniešu mājas pārbūve",
}
"""Title of a proposal: title of what it became; those not answered so that they could become anything are passed over."""

ASKED_FOR = (
    ("Mobilitāte un ceļi", "Pāreju un ātruma vaļņu saraksts pie visām skolām", "Skolas ielas pāreja ir viena no septiņām; vecāki jautā pēc pārējām.", 2028, 2029, "Ierīkot gājēju pārejas ar apgaismojumu pie skolām", ""),
    ("Mobilitāte un ceļi", "Veloceļš Talka–Upkalne", "No Upkalnes uz vidusskolu ar riteni brauc 34 skolēni.", 2029, 2032, "", ""),
    ("Mobilitāte un ceļi", "Autobuss vakarā no Rīgas", "Pēdējais autobuss pienāk 18.20.", 2028, None, "", "Starppilsētu maršrutus pasūta Autotransporta direkcija, nevis novads."),
    ("Izglītība un jaunatne", "Jauniešu māja atvērta līdz desmitiem", "Pēc treniņiem citur nav kur palikt.", 2028, 2034, "", ""),
)  # fmt: skip
"""What groups ask for: group, what, why, from and to (years), what it became, why it is not taken in."""

OUTCOMES = ("accepted", "partly", "already")
FINISHED = "Ziemā kaisīt ietves stāvajās ielās"


def build(town: Town, coordinator: User) -> None:
    """Link the answered ones, and let one action end since, so that its proposer is told; then what meetings and groups asked for."""
    nodes = {
        version.title: version.node
        for version in NodeVersion.objects.filter(
            edition__plan__process__slug=CARRIED_OUT, edition__plan__title=TITLE, edition__approved_at__isnull=False
        ).select_related("node").order_by("edition__number")
    }  # fmt: skip
    answered = Proposal.objects.filter(title__in=BECAME, reply__published_at__isnull=False, reply__outcome__in=OUTCOMES)
    for proposal in answered.filter(process__owner__plans__title=TITLE).distinct().order_by("pk"):
        link_nodes([proposal], [nodes[BECAME[proposal.title]]], by=coordinator)
    with clock.at(local(clock.today() - timedelta(days=3), "11.05")):
        update_progress(
            nodes[FINISHED],
            state="done",
            text="Kastes ar smiltīm ir visās četrpadsmit ielās.",
            by=coordinator,
            person=nodes[FINISHED].owner,
        )
    _decided(town, nodes, coordinator)
    _asked_for(town, nodes, coordinator)


def _decided(town: Town, nodes: Mapping[str, PlanNode], by: User) -> None:
    """Write down what one meeting decided about the plan."""
    meeting = Meeting.objects.get(title="Ielas, ietves un autobuss: kur sāp visvairāk")
    day = meeting.first_day or clock.today()
    with clock.at(local(day + timedelta(days=1), "10.00")):
        crossing = Proposal.objects.filter(
            process=meeting.process, title="Gājēju pāreja Skolas ielā pie autobusa pieturas"
        )
        add_decision(
            meeting, number="1", decided_on=day, by=by, proposals=crossing, nodes=[nodes["Ierīkot gājēju pārejas ar apgaismojumu pie skolām"]],
            text="Skolas ielas pāreju ierīkot pirmo; projektu pasūtīt šogad.",
        )  # fmt: skip
        add_decision(
            meeting, number="2", decided_on=day, by=by, nodes=[nodes["Uzlabot autobusu pieturas: soliņi, nojumes, uzbrauktuves"]],
            text="Soliņu un nojumi vispirms likt pieturās, kurās gaida ilgāk par 15 minūtēm.",
        )  # fmt: skip


def _asked_for(town: Town, nodes: Mapping[str, PlanNode], by: User) -> None:
    for group, title, why, starts, ends, became, refused in ASKED_FOR:
        with clock.at(local(clock.today() - timedelta(days=14), "16.30")):
            action = plan_action(town.groups[group], title=title, reason=why, starts_year=starts, ends_year=ends, by=by)
        with clock.at(local(clock.today() - timedelta(days=7), "9.10")):
            if became:
                take_action(action, node=nodes[became], by=by)
            elif refused:
                refuse_action(action, reason=refused, by=by)
