# SPDX-License-Identifier: EUPL-1.2
"""Lines become entries: all of the good ones, none twice, whoever is killed on the way."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from talka.accounts.models import User
from talka.audit.models import Event, key_of
from talka.core import clock
from talka.core.errors import Refused
from talka.imports.models import ColumnMapping, ImportedLine, ImportRun
from talka.imports.operations import preparing, taking
from talka.processes.models import Process
from talka.processes.operations import close_process, end_role
from talka.proposals.models import Author, Proposal, Receipt, Register, Tally
from tests.imports import samples
from tests.proposals.conftest import letters
from tests.proposals.importing import address, confirmed, list_of, started, unique, upload

ROOT = Path(__file__).resolve().parent.parent.parent


def test_a_file_of_google_forms_becomes_entries_with_their_moments_and_senders(process: Process, clara: User) -> None:
    run = confirmed(process, samples.google_csv(), by=clara)
    assert (run.state, run.taken, run.known, run.wrong) == ("finished", 3, 0, 0)
    first, second, third = Proposal.objects.order_by("number")
    assert [one.reference for one in (first, second, third)] == ["TP-1", "TP-2", "TP-3"]
    assert first.text == "Vajag veloceliņu no skolas līdz Dzirnupei."
    assert timezone.localtime(first.received_at).replace(tzinfo=None) == datetime(2025, 11, 24, 14, 5, 33)
    assert (first.author.name, first.author.email, first.channel) == ("Anna Kļaviņa", "anna@example.lv", "web")
    assert (first.registered_by, first.published_at, third.author.name) == (clara, None, "Jānis Šķēle")
    assert Receipt.objects.get(proposal=first).text == first.text
    assert Register.objects.get(process=process).last_number == 3
    assert sum(Tally.objects.values_list("number", flat=True)) == 3
    assert letters("proposals/submit_proposal") == []


def test_the_log_of_an_entry_tells_of_it_and_the_log_of_the_process_of_the_whole(process: Process, clara: User) -> None:
    run = confirmed(process, samples.google_csv(), by=clara)
    proposal = Proposal.objects.get(number=1)
    (entered,) = Event.objects.filter(object_key=key_of(proposal))
    assert (entered.verb, entered.actor_id, entered.scope) == ("proposals.register_proposal", clara.pk, "")
    (whole,) = Event.objects.filter(object_key=key_of(run), verb="imports.confirm_import")
    assert (whole.scope, whole.details) == (key_of(process), {"lines": 3})


def test_other_columns_are_added_to_the_text_under_their_names(process: Process, clara: User) -> None:
    confirmed(process, samples.google_csv(), by=clara, columns={3: "text+"})
    first, second, _third = Proposal.objects.order_by("number")
    assert (
        first.text
        == "Vajag veloceliņu no skolas līdz Dzirnupei.\n\nKāpēc tas ir vajadzīgs?\nBērni brauc pa šosejas malu."
    )
    assert first.title == "Vajag veloceliņu no skolas līdz Dzirnupei."
    assert second.text == "Atjaunojiet rotaļu laukumu pie bibliotēkas, šūpoles ir salūzušas."


def test_a_table_like_that_of_geolatvija_brings_number_and_place(process: Process, clara: User) -> None:
    run = confirmed(process, samples.xlsx_of([samples.GEOLATVIJA_HEADER, *samples.GEOLATVIJA_LINES]), by=clara)
    assert (run.preset, run.taken) == ("geolatvija", 2)
    first, second = Proposal.objects.order_by("number")
    assert (first.source_reference, first.channel) == ("8101", "geolatvija")
    assert (first.longitude, first.latitude) == (pytest.approx(24.1133, abs=1e-4), pytest.approx(56.9514, abs=1e-4))
    assert (second.longitude, second.author.name) == (None, "SIA „Priede”")


def test_another_register_brings_its_ways_and_dates_in_words(process: Process, clara: User) -> None:
    content = samples.xlsx_of([samples.OTHER_HEADER, *samples.OTHER_LINES], titles=["Iesniegumi"], empty_after=30)
    assert confirmed(process, content, by=clara).taken == 3
    rows = Proposal.objects.order_by("number").values_list(
        "source_reference", "channel", "author__phone", "author__postal_address"
    )
    assert list(rows) == [
        ("1-11/204", "paper", "29123456", "Lauku iela 1, Talka, LV-4101"),
        ("1-11/205", "phone", "+371 20 000 001", ""),
        ("1-11/206", "desk", "", ""),
    ]
    days = [
        timezone.localtime(one).date().isoformat()
        for one in Proposal.objects.order_by("number").values_list("received_at", flat=True)
    ]
    assert days == ["2025-03-03", "2025-03-05", "2025-03-06"]


# --- None twice -----------------------------------------------------------------------------------


def test_the_same_file_again_brings_nothing(process: Process, clara: User) -> None:
    confirmed(process, samples.google_csv(), by=clara)
    again = confirmed(process, samples.google_csv(), by=clara)
    assert (again.taken, again.known, Proposal.objects.count()) == (0, 3, 3)


def test_a_later_export_brings_only_what_is_new_whichever_kind_of_file_it_is(process: Process, clara: User) -> None:
    confirmed(process, samples.google_csv(), by=clara)
    rows = [
        (datetime.strptime(line[0], "%d.%m.%Y %H:%M:%S"), *(cell or None for cell in line[1:]), None)
        for line in samples.GOOGLE_LINES
    ]
    new = (
        datetime(2025, 11, 30, 8, 1, 2),
        "",
        "Vajag jaunu tiltu pār Dzirnupi, vecais brūk.",
        "",
        "",
        "",
        "jauna atbilde",
    )
    later = samples.xlsx_of([(*samples.GOOGLE_HEADER, "Jauns jautājums"), *rows, new])
    run = confirmed(process, later, by=clara)
    assert (run.taken, run.known) == (1, 3)


def test_a_line_is_known_again_when_the_columns_are_understood_otherwise(process: Process, clara: User) -> None:
    confirmed(process, samples.google_csv(), by=clara)
    run = confirmed(process, samples.google_csv(), by=clara, columns={4: "", 3: "text+"})
    assert (run.taken, run.known) == (0, 3)


def test_a_line_of_another_register_is_known_by_its_number_when_its_state_has_changed(
    process: Process, clara: User
) -> None:
    confirmed(process, list_of("Vajag soliņus pie ezera.", **{"Reģ. Nr.": "1-2/7", "Stāvoklis": "saņemts"}), by=clara)
    run = confirmed(
        process, list_of("Vajag soliņus pie ezera.", **{"Reģ. Nr.": "1-2/7", "Stāvoklis": "atbildēts"}), by=clara
    )
    assert (run.taken, run.known) == (0, 1)


def test_the_same_number_in_two_registers_is_two_things(process: Process, clara: User) -> None:
    confirmed(process, list_of("Vajag soliņus pie ezera.", **{"Reģ. Nr.": "7"}), by=clara)
    assert confirmed(process, list_of("Salabojiet tiltu.", **{"Reģ. Nr.": "7"}), by=clara).taken == 1


def test_what_stands_in_the_file_twice_is_taken_once_or_as_often_as_is_wished(process: Process, clara: User) -> None:
    content = list_of("Vajag soliņus.", "Salabojiet tiltu.", "Vajag soliņus.")
    once = confirmed(process, content, by=clara)
    assert (once.taken, once.known) == (2, 1)
    every = confirmed(process, content, by=clara, repeats=True)
    assert (every.taken, every.known) == (1, 2)
    assert confirmed(process, content, by=clara, repeats=True).taken == 0


def test_the_database_itself_refuses_a_line_twice(process: Process, clara: User) -> None:
    run = confirmed(process, list_of(unique()), by=clara)
    line = run.lines.get()
    line.pk, line.number = None, 99
    with pytest.raises(Exception, match="imports_line_"):
        line.save(force_insert=True)


def test_another_process_takes_the_same_lines(process: Process, clara: User, eve: User) -> None:
    confirmed(process, samples.google_csv(), by=clara)
    theirs = Process.objects.get(slug="kaimini")
    assert confirmed(theirs, samples.google_csv(), by=eve).taken == 3


# --- Mistakes -------------------------------------------------------------------------------------


def test_the_good_lines_are_taken_and_the_wrong_ones_kept_with_what_is_wrong(process: Process, clara: User) -> None:
    content = samples.csv_of([
        ("Priekšlikums", "Datums", "Kanāls", "E-pasts"),
        ("Vajag soliņus.", "12.05.2025", "e-pasts", "anna@example.lv"),
        ("", "12.05.2025", "e-pasts", ""),
        ("Tilts.", "32.05.2025", "e-pasts", "nav adrese"),
        ("Bedres.", "12.05.2125", "dūmu signāls", ""),
    ])  # fmt: skip
    run = confirmed(process, content, by=clara)
    assert (run.taken, run.wrong) == (1, 3)
    found = [
        (line.number, [(one["field"], one["code"]) for one in line.problems]) for line in run.lines.filter(made="")
    ]
    assert found == [
        (3, [("text", "required")]),
        (4, [("received_at", "not_a_moment"), ("email", "not_an_email")]),
        (5, [("received_at", "future"), ("channel", "unknown_word")]),
    ]


def test_a_line_that_the_database_does_not_take_stops_no_other(
    process: Process, clara: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    from talka.proposals import importing

    real = importing.RegisterTarget._entry

    def spoilt(self: Any, values: Any) -> Any:
        entry = real(self, values)
        if "slikts" in values["text"]:
            object.__setattr__(entry, "channel", "x" * 500)
        return entry

    monkeypatch.setattr(importing.RegisterTarget, "_entry", spoilt)
    run = confirmed(process, list_of("pirmais", "slikts", "trešais", "ceturtais"), by=clara)
    assert (run.taken, run.wrong) == (3, 1)
    assert [one.number for one in Proposal.objects.order_by("number")] == [1, 2, 3]
    assert run.lines.get(made="").problems[0]["code"] == "not_taken"


# --- Who, and whether now -------------------------------------------------------------------------


def test_letters_go_to_authors_only_if_that_is_chosen(process: Process, clara: User) -> None:
    confirmed(process, samples.google_csv(), by=clara, options={"with_letters": True})
    assert sorted(letter.email for letter in letters("proposals/submit_proposal")) == [
        "anna@example.lv",
        "janis@example.lv",
    ]


def test_where_proposals_appear_at_once_imported_ones_do_too(process: Process, clara: User) -> None:
    Register.objects.filter(process=process).update(publishing="at_once")
    confirmed(process, list_of(unique()), by=clara)
    assert Proposal.objects.get().published_at is not None


def test_what_came_in_time_is_imported_after_the_process_has_ended(process: Process, carol: User, clara: User) -> None:
    close_process(process, by=carol)
    assert confirmed(process, list_of(unique()), by=clara).taken == 1


def test_confirming_twice_is_one_import(process: Process, clara: User, sign_in: Callable[[User], Client]) -> None:
    run = confirmed(process, list_of(unique()), by=clara, run_it=False)
    client = sign_in(clara)
    for _ in range(2):
        response = client.post(address(process, "confirm_import", run.pk))
        assert response["Location"] == address(process, "show_import", run.pk)
    assert ProcrastinateJob.objects.filter(task_name="talka.imports.tasks.run_import").count() == 1
    taking.run_import(run.pk)
    taking.run_import(run.pk)
    assert Proposal.objects.count() == 1


def test_nothing_is_confirmed_before_the_columns_are(
    process: Process, clara: User, sign_in: Callable[[User], Client]
) -> None:
    run = started(process, list_of(unique()), by=clara)
    assert sign_in(clara).post(address(process, "confirm_import", run.pk)).status_code == 409
    run.refresh_from_db()
    assert run.confirmed_at is None


def test_nothing_changes_once_confirmed(process: Process, clara: User) -> None:
    run = confirmed(process, list_of(unique()), by=clara, run_it=False)
    with pytest.raises(Refused):
        preparing.map_columns(run, columns={0: "title"}, fixed={}, leave_out=False, by=clara)
    with pytest.raises(Refused):
        preparing.discard_import(run, by=clara)


def test_an_import_whose_person_lost_the_role_stops_and_another_lets_it_go_on(
    process: Process, carol: User, clara: User, sign_in: Callable[[User], Client]
) -> None:
    run = confirmed(process, list_of(unique()), by=clara, run_it=False)
    end_role(clara.person.roles.get(process=process), by=carol)
    taking.run_import(run.pk)
    run.refresh_from_db()
    assert (run.state, Proposal.objects.count()) == ("stopped", 0)
    assert "apstāj" in letters("imports/finish_import")[0].subject
    assert sign_in(carol).post(address(process, "resume_import", run.pk)).status_code == 302
    taking.run_import(run.pk)
    run.refresh_from_db()
    assert (run.state, Proposal.objects.count()) == ("finished", 1)


def test_a_letter_tells_of_the_end_of_an_import_that_took_long(process: Process, clara: User) -> None:
    confirmed(process, list_of(unique()), by=clara)
    assert letters("imports/finish_import") == []
    run = confirmed(process, list_of(unique()), by=clara, run_it=False)
    with clock.at(clock.now() + timedelta(minutes=2)):
        taking.run_import(run.pk)
    (letter,) = letters("imports/finish_import")
    assert letter.email == clara.email
    assert address(process, "show_import", run.pk) in letter.text


def test_what_the_columns_meant_is_remembered_for_the_owner_of_the_process_only(
    process: Process, clara: User, eve: User
) -> None:
    content = samples.csv_of([("Kas", "Kad"), ("Vajag soliņus pie ezera un arī pie skolas.", "12.05.2025")])
    confirmed(process, content, by=clara, columns={0: "text", 1: "received_at"}, fixed={"channel": "meeting"})
    assert ColumnMapping.objects.count() == 1
    again = started(process, content, by=clara)
    assert (again.columns, again.fixed) == ({"0": "text", "1": "received_at"}, {"channel": "meeting"})
    theirs = started(Process.objects.get(slug="kaimini"), content, by=eve)
    assert theirs.columns == {"0": "text"}


def test_old_files_are_forgotten_and_what_was_taken_is_still_known(process: Process, clara: User) -> None:
    content = samples.csv_of(
        [("Priekšlikums", "Datums", "Kanāls"), ("Soli.", "12.5.2025", "pasts"), ("Tilts.", "kaut kad", "pasts")]
    )
    run = confirmed(process, content, by=clara)
    draft = started(process, list_of(unique()), by=clara)
    with clock.at(clock.now() + timedelta(days=31)):
        assert taking.forget_old_imports() == 1
        assert not ImportRun.objects.filter(pk=draft.pk).exists()
        assert run.lines.get(number=3).problems[0]["facts"] == {}
        assert confirmed(process, content, by=clara).taken == 0


# --- Killed on the way ----------------------------------------------------------------------------

_RUN = "import django; django.setup(); from talka.imports.operations import taking; taking.BATCH = 20; taking.run_import({run})"


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_killed_on_the_way_loses_and_doubles_nothing(process: Process, clara: User) -> None:
    run = confirmed(process, samples.csv_of(samples.many_lines(600)), by=clara, run_it=False)
    parameters = connection.get_connection_params()
    url = f"postgresql://{parameters['user']}@/{parameters['dbname']}?host={parameters['host']}"
    environment = os.environ | {"DATABASE_URL": url, "TALKA_MODE": "test", "DJANGO_SETTINGS_MODULE": "tests.settings"}
    kills = 0
    for _ in range(40):
        before = ImportRun.objects.get(pk=run.pk).position
        worker = subprocess.Popen([sys.executable, "-c", _RUN.format(run=run.pk)], cwd=ROOT, env=environment)
        while worker.poll() is None and ImportRun.objects.get(pk=run.pk).position <= before + 100:
            time.sleep(0.005)
        if worker.poll() is None:
            os.kill(worker.pid, signal.SIGKILL)
            kills += 1
        worker.wait(60)
        if ImportRun.objects.get(pk=run.pk).finished_at is not None:
            break
    run.refresh_from_db()
    assert kills >= 3
    assert (run.state, run.taken, run.position) == ("finished", 600, 600)
    assert sorted(Proposal.objects.values_list("number", flat=True)) == list(range(1, 601))
    assert len(set(Receipt.objects.values_list("text", flat=True))) == 600
    assert Author.objects.count() == ImportedLine.objects.count() == 600
    assert sum(Tally.objects.values_list("number", flat=True)) == 600


@pytest.mark.usefixtures("clara")
def test_who_does_not_keep_the_register_imports_nothing(
    process: Process, eve: User, leo: User, dora: User, sign_in: Callable[[User], Client]
) -> None:
    for person in (eve, leo, dora):
        assert upload(sign_in(person), process, samples.google_csv()).status_code == 403
    assert not ImportRun.objects.exists()
