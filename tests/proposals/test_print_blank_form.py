# SPDX-License-Identifier: EUPL-1.2
import re
import shutil
import subprocess
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from talka.accounts.models import User
from talka.core import clock
from talka.directory.models import Organization, Place
from talka.processes.models import Channel, Process
from talka.processes.operations import close_process, create_process

SAYS = shutil.which("pdftotext")


def text_of(content: bytes) -> str:
    """Return what a PDF says, in one line."""
    said = subprocess.run([str(SAYS), "-", "-"], input=content, capture_output=True, check=True)
    return " ".join(said.stdout.decode().split())


def form(process: Process, language: str = "lv") -> bytes:
    with translation.override(language):
        response: Any = Client().get(reverse("proposals:print_blank_form", args=[process.slug]))
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    return bytes(response.content)


def test_the_form_is_two_accessible_pages(process: Process) -> None:
    content = form(process)
    assert content.startswith(b"%PDF-")
    assert b"pdfuaid:part" in content
    assert b"/StructTreeRoot" in content
    assert len(re.findall(rb"/Type\s*/Page\b", content)) == 2


@pytest.mark.skipif(SAYS is None, reason="pdftotext is not installed")
def test_the_form_says_where_and_until_when_and_leaves_room_for_the_number(
    process: Process, town: Organization
) -> None:
    place = Place.objects.create(name="Apmeklētāju centrs", address="Tirgus laukums 1, Talka", organization=town)
    Channel.objects.create(process=process, kind=Channel.Kind.PAPER, place=place)
    phases = [phase for phase in process.open_phases() if "propose" in phase.allows]
    for phase in phases:
        phase.ends_on = clock.today() + timedelta(days=10)
        phase.save()
    said = text_of(form(process))
    for words in (
        process.title, town.name, "Apmeklētāju centrs, Tirgus laukums 1, Talka", "Aizpilda pašvaldība", "Numurs", "Ko jūs ierosināt?",
        "Manu vārdu drīkst publicēt", "kas kārto priekšlikumu reģistru", "vēstulē", "Paraksts",
        f"Priekšlikumus pieņem līdz {phases[0].ends_on:%d.%m.%Y}.",
    ):  # fmt: skip
        assert words in said, words
    assert "The form" not in said
    assert "What do you propose?" in text_of(form(process, "en"))


@pytest.mark.skipif(SAYS is None, reason="pdftotext is not installed")
def test_a_title_that_looks_like_markup_is_only_text_and_a_closed_process_says_so(
    town: Organization, carol: User, process: Process
) -> None:
    Process.objects.filter(pk=process.pk).update(title='#panic() $x$ "[*]" <b>')
    close_process(process, by=carol)
    process.refresh_from_db()
    said = text_of(form(process))
    assert '#panic() $x$ "[*]" <b>' in said
    assert "nevienā" in said or "neviens" in said.lower() or "nav atvērts" in said


def test_a_process_that_is_not_published_has_no_form_for_others(town: Organization, root: User) -> None:
    draft = create_process(kind="other", title="Slepens", owner=town, by=root, summary="x", address_part="slepens")
    assert Client().get(reverse("proposals:print_blank_form", args=[draft.slug])).status_code == 404


def test_the_page_of_the_process_leads_to_the_form(process: Process, town: Organization) -> None:
    Channel.objects.create(process=process, kind=Channel.Kind.PAPER, value="Tirgus laukums 1")
    html = Client().get(reverse("portal:show_process", args=[process.slug])).content.decode()
    assert reverse("proposals:print_blank_form", args=[process.slug]) in html
