# SPDX-License-Identifier: EUPL-1.2
"""Talkas novads, invented: what proposals became in the plan that is carried out, across processes and years."""

from datetime import timedelta

from talka.accounts.models import User
from talka.core import clock
from talka.meetings.demo import local
from talka.plans.models import NodeVersion
from talka.plans.operations.progress import update_progress
from talka.portal.demo.talkas_plan import CARRIED_OUT, TITLE
from talka.proposals.models import Proposal
from talka.proposals.operations.becoming import link_nodes

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

OUTCOMES = ("accepted", "partly", "already")
FINISHED = "Ziemā kaisīt ietves stāvajās ielās"


def build(coordinator: User) -> None:
    """Link the answered ones, and let one action end since, so that its proposer is told."""
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
