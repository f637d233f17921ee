# SPDX-License-Identifier: EUPL-1.2
"""From the file to the preview, as the clerk walks it."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from talka.accounts.models import User
from talka.audit.models import Event
from talka.directory.models import Topic
from talka.groups.models import WorkingGroup
from talka.imports.models import ImportRun
from talka.imports.operations import preparing
from talka.processes.models import Process
from talka.proposals.models import Proposal
from tests.imports import samples
from tests.proposals.conftest import text_of
from tests.proposals.importing import address, confirmed, list_of, problems_of, started, upload


def last_run() -> ImportRun:
    return ImportRun.objects.latest("pk")


# --- The file -------------------------------------------------------------------------------------


def test_a_plain_file_leads_straight_to_its_columns(
    process: Process, clara: User, sign_in: Callable[[User], Client]
) -> None:
    response = upload(sign_in(clara), process, samples.google_csv(), "../Aptauja/atbildes.csv")
    run = last_run()
    assert response["Location"] == address(process, "map_columns", run.pk)
    assert (run.file_name, run.started_by, run.preset, run.total) == ("atbildes.csv", clara, "google", 3)
    assert run.columns == {"0": "received_at", "1": "email", "2": "text", "4": "name", "5": "area"}
    assert run.fixed == {"channel": "web"}
    assert Event.objects.filter(verb="imports.start_import").count() == 1


def test_a_file_with_titles_or_several_sheets_leads_to_the_choice_of_its_table(
    process: Process, clara: User, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(clara)
    content = samples.xlsx_of([samples.OTHER_HEADER, *samples.OTHER_LINES], titles=["Iesniegumi", "2025"], other=True)
    response = upload(client, process, content, "registrs.xlsx")
    run = last_run()
    assert response["Location"] == address(process, "choose_table", run.pk)
    assert (run.sheet, run.header) == (1, 3)
    page = client.get(response["Location"])
    assert "Sagatavoja Lietvedības nodaļa" in text_of(page)
    chosen = client.post(response["Location"], {"sheet": "1", "header": "3"})
    assert chosen["Location"] == address(process, "map_columns", run.pk)
    for wrong in ({"sheet": "1", "header": "99"}, {"sheet": "1", "header": "6"}, {"sheet": "7", "header": "1"}, {}):
        assert client.post(response["Location"], wrong).status_code == 422


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "tukša"),
        (b"%PDF-1.7", "nav tabula"),
        (samples.with_macros(), "makro"),
        (samples.encrypted_office(), "paroli"),
        (samples.far_cell(), "pārāk liela"),
        (samples.zip_bomb(), "pārāk liela"),
        (samples.xlsx_of([("a",)])[:-90], "bojāta"),
        (b"<html></html>", "tīmekļa lapa"),
    ],
)
def test_a_file_that_cannot_be_taken_is_answered_with_a_sentence(
    process: Process, clara: User, sign_in: Callable[[User], Client], content: bytes, says: str
) -> None:
    response = upload(sign_in(clara), process, content, "tabula.xlsx")
    assert response.status_code == 422
    assert says in text_of(response)
    assert not ImportRun.objects.exists()


def test_too_large_a_file_and_none_at_all_are_refused(
    process: Process, clara: User, sign_in: Callable[[User], Client], settings: Any
) -> None:
    settings.MAX_FILE_BYTES = 100
    client = sign_in(clara)
    assert upload(client, process, samples.google_csv()).status_code == 422
    assert client.post(address(process, "start_import")).status_code == 422


def test_the_list_of_imports_is_that_of_the_process(
    process: Process, clara: User, eve: User, sign_in: Callable[[User], Client]
) -> None:
    confirmed(process, samples.google_csv(), by=clara)
    started(Process.objects.get(slug="kaimini"), list_of("Svešs."), by=eve, name="svesa.csv")
    client = sign_in(clara)
    page = text_of(client.get(address(process, "start_import")))
    assert "tabula.csv" in page
    assert "svesa.csv" not in page
    assert client.get(address(process, "map_columns", last_run().pk)).status_code == 404


# --- Columns --------------------------------------------------------------------------------------


def mapping(run: ImportRun, **fields: str) -> dict[str, str]:
    """Return the form of the columns as it is suggested, with changes."""
    return (
        {f"column_{column}": key for column, key in run.columns.items()}
        | {f"fixed_{key}": value for key, value in run.fixed.items()}
        | {"leave_out": "no"}
        | fields
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"column_1": "text"},
        {"column_2": "", "column_3": ""},
        {"column_0": "", "fixed_received_at": ""},
        {"fixed_channel": ""},
        {"fixed_channel": "dūmi"},
        {"column_0": "", "fixed_received_at": "2999-01-01"},
        {"column_0": "", "fixed_received_at": "nekad"},
        {"column_4": "parole"},
        {"leave_out": ""},
    ],
)
def test_columns_that_do_not_fit_are_said_beside_them_and_nothing_chosen_is_lost(
    process: Process, clara: User, sign_in: Callable[[User], Client], wrong: dict[str, str]
) -> None:
    run = started(process, samples.google_csv(), by=clara)
    client = sign_in(clara)
    response = client.post(address(process, "map_columns", run.pk), mapping(run, **{"column_3": "text+"} | wrong))
    assert response.status_code == 422
    run.refresh_from_db()
    assert run.mapped_at is None


def test_the_columns_chosen_lead_to_the_preview(
    process: Process, clara: User, sign_in: Callable[[User], Client]
) -> None:
    run = started(process, samples.google_csv(), by=clara)
    client = sign_in(clara)
    assert "Google Forms" in text_of(client.get(address(process, "map_columns", run.pk)))
    assert client.get(address(process, "preview_import", run.pk))["Location"] == address(process, "map_columns", run.pk)
    response = client.post(address(process, "map_columns", run.pk), mapping(run, column_3="text+"))
    assert response["Location"] == address(process, "preview_import", run.pk)
    page = text_of(client.get(response["Location"]))
    assert "Pārņemt 3 rindas" in page
    assert "Anna Kļaviņa" in page
    assert "24.11.2025. 14.05" in page
    assert not Proposal.objects.exists()


@pytest.mark.parametrize(
    ("header", "key"),
    [
        ("Jūsu e-pasta adrese (nav obligāti)", "email"),
        ("Ваше предложение", "text"),
        ("Электронная почта", "email"),
        ("Reģ.nr.", "source_reference"),
        ("Iesnieguma saņemšanas datums", "received_at"),
        ("TĀLRUŅA NUMURS", "phone"),
        ("Pagasts", "area"),
        ("Piezīmes lietvedim", ""),
    ],
)
def test_columns_are_recognized_by_their_names(process: Process, clara: User, header: str, key: str) -> None:
    run = started(process, samples.csv_of([("Kārtas skaitlis", header), ("1", "x")]), by=clara)
    assert run.columns.get("1", "") == key


# --- The preview ----------------------------------------------------------------------------------


def test_mistakes_are_said_with_row_and_column_and_come_back_as_a_table(
    process: Process, clara: User, sign_in: Callable[[User], Client]
) -> None:
    content = samples.csv_of([
        ("Priekšlikums", "Datums", "Kanāls", "E-pasts"),
        ("Vajag soliņus.", "12.05.2025", "e-pasts", "anna@example.lv"),
        ("Tilts.", "32.05.2025", "e-pasts", "nav adrese"),
    ])  # fmt: skip
    run = started(process, content, by=clara)
    preparing.map_columns(
        run, columns={int(c): key for c, key in run.columns.items()}, fixed={}, leave_out=False, by=clara
    )
    client = sign_in(clara)
    page = text_of(client.get(address(process, "preview_import", run.pk)))
    assert "3. rinda · Saņemts (kolonna B „Datums”): „32.05.2025” nav datums" in page
    assert "Pārņemt 1 rindu" in page
    table = client.get(address(process, "export_wrong_lines", run.pk))
    book = CalamineWorkbook.from_filelike(io.BytesIO(table.content))
    header, line = book.get_sheet_by_index(0).to_python()
    assert header == ["Priekšlikums", "Datums", "Kanāls", "E-pasts", "Kas nav kārtībā"]
    assert line[:4] == ["Tilts.", "32.05.2025", "e-pasts", "nav adrese"]
    assert "„nav adrese” nav e-pasta adrese" in str(line[4])


def test_words_that_are_not_known_are_chosen_once_and_remembered(
    process: Process, group: WorkingGroup, clara: User, sign_in: Callable[[User], Client]
) -> None:
    content = list_of("Veloceliņš.", "Tilts.", Kategorija="Ceļi un tilti")
    run = started(process, content, by=clara)
    preparing.map_columns(
        run, columns={int(c): key for c, key in run.columns.items()}, fixed={}, leave_out=False, by=clara
    )
    assert problems_of(run) == [(2, "topic", "unknown_word"), (3, "topic", "unknown_word")]
    topic = Topic.objects.get(name="Mobilitāte")
    client = sign_in(clara)
    assert "Ceļi un tilti" in text_of(client.get(address(process, "preview_import", run.pk)))
    client.post(address(process, "preview_import", run.pk), {"word_0": str(topic.pk)})
    run.refresh_from_db()
    assert problems_of(run) == []
    client.post(address(process, "confirm_import", run.pk))
    again = started(process, list_of("Ietve.", Kategorija="ceļi un  TILTI"), by=clara)
    assert problems_of(again) == []


def test_a_word_that_is_nearly_known_is_offered(process: Process, group: WorkingGroup, clara: User) -> None:
    run = started(process, list_of("Tilts.", Temats="Mobilitate"), by=clara)
    assert problems_of(run) == []
    run = started(process, list_of("Tilts.", Temats="Mobilitātes"), by=clara)
    assert problems_of(run) == [(2, "topic", "unknown_word_like")]


def test_what_is_not_known_can_be_left_out(process: Process, group: WorkingGroup, clara: User) -> None:
    run = confirmed(process, list_of("Tilts.", Temats="Kas cits", X="abc"), by=clara, leave_out=True)
    assert (run.taken, Proposal.objects.get().topic) == (1, None)


@pytest.mark.parametrize(
    ("x", "y", "point"),
    [
        ("24,1133", "56,9514", (24.1133, 56.9514)),
        ("506891.70", "311981.73", (24.1133, 56.9514)),
        ("311981,73", "506891,70", (24.1133, 56.9514)),
        ("", "", (None, None)),
    ],
)
def test_a_point_comes_in_degrees_or_metres(
    process: Process, clara: User, x: str, y: str, point: tuple[Any, Any]
) -> None:
    assert confirmed(process, list_of("Tilts.", X=x, Y=y), by=clara).taken == 1
    proposal = Proposal.objects.get()
    assert (proposal.longitude, proposal.latitude) == (
        pytest.approx(point[0], abs=1e-5),
        pytest.approx(point[1], abs=1e-5),
    )


@pytest.mark.parametrize(("x", "y"), [("24,1", ""), ("", "56,9"), ("900", "900"), ("kur", "tur")])
def test_half_a_point_and_none_on_earth_are_mistakes(process: Process, clara: User, x: str, y: str) -> None:
    assert problems_of(started(process, list_of("Tilts.", X=x, Y=y), by=clara))


def test_a_file_can_be_discarded_before_anything_is_taken(
    process: Process, clara: User, sign_in: Callable[[User], Client]
) -> None:
    run = started(process, list_of("Tilts."), by=clara)
    assert sign_in(clara).post(address(process, "discard_import", run.pk)).status_code == 302
    assert not ImportRun.objects.exists()


# --- Whatever a table holds -----------------------------------------------------------------------

anything = st.one_of(
    st.text(max_size=60), st.sampled_from(["12.05.2025", "anna@example.lv", "jā", "56,9", "e-pasts", "99999999999"])
)


@pytest.mark.django_db(transaction=False)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_table_understood_in_any_way_is_taken_or_said_to_be_wrong(
    process: Process, clara: User, sign_in: Callable[[User], Client], data: st.DataObject
) -> None:
    from talka.proposals.importing import RegisterTarget

    keys = ["", "text+", *(one.key for one in RegisterTarget(process).fields if one.key != "text")]
    width = data.draw(st.integers(1, 5))
    rows = data.draw(st.lists(st.lists(anything, min_size=width, max_size=width), min_size=1, max_size=5))
    columns = {column: data.draw(st.sampled_from(keys)) for column in range(1, width + 1)}
    content = samples.csv_of(
        [["Teksts", *(f"K{n}" for n in range(width))], *([f"Teksts {n}", *row] for n, row in enumerate(rows))]
    )
    single = {
        column: key for column, key in columns.items() if key.endswith("+") or list(columns.values()).count(key) == 1
    }
    before = Proposal.objects.count()
    run = confirmed(
        process,
        content,
        by=clara,
        columns={0: "text"} | single,
        fixed={"channel": "paper", "received_at": "2025-05-12"},
    )
    assert run.state == "finished"
    assert run.taken + run.known + run.wrong == run.total
    assert Proposal.objects.count() == before + run.taken
    assert sign_in(clara).get(address(process, "show_import", run.pk)).status_code == 200


def test_a_page_of_the_form_survives_any_upload_name(
    process: Process, clara: User, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(clara)
    for name in ("a" * 300 + ".csv", "<b>\u202egnp.csv", "…/..//x", " .csv"):
        file = SimpleUploadedFile("x.csv", list_of("Tilts."))
        file._name = name  # type: ignore[attr-defined]
        assert client.post(reverse("proposals:start_import", args=[process.slug]), {"file": file}).status_code in {
            302,
            422,
        }
