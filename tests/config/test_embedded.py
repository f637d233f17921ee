# SPDX-License-Identifier: EUPL-1.2
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from talka.config import embedded


@pytest.fixture
def server(tmp_path: Path) -> Iterator[embedded.Server]:
    with embedded.Server(tmp_path / "postgres", expendable=True) as server:
        yield server


def ask(server: embedded.Server, question: str) -> object:
    with psycopg.connect(embedded.url(server.data, "postgres"), autocommit=True) as connection:
        cursor = connection.execute(question)
        return cursor.fetchone()[0] if cursor.description else None


def number_of(server: embedded.Server) -> int:
    return int((server.data / "postmaster.pid").read_text().splitlines()[0])


def test_a_new_folder_becomes_a_database_that_knows_latvian_letters(server: embedded.Server) -> None:
    assert ask(server, "SELECT lower('ĀČĒĢĪĶĻŅŠŪŽ')") == "āčēģīķļņšūž"


def test_what_was_saved_is_there_after_a_kill(tmp_path: Path) -> None:
    with embedded.Server(tmp_path / "postgres") as server:
        ask(server, "CREATE TABLE kept AS SELECT 7 AS number")
        os.kill(number_of(server), signal.SIGKILL)
        deadline = time.monotonic() + 5
        while server.running() and time.monotonic() < deadline:
            time.sleep(0.01)
        assert not server.running()
        server.start()
        assert ask(server, "SELECT number FROM kept") == 7


def test_a_note_whose_number_another_program_has_by_now_does_not_stop_the_start(tmp_path: Path) -> None:
    with embedded.Server(tmp_path / "postgres", expendable=True) as server:
        note = (server.data / "postmaster.pid").read_text()
    (server.data / "postmaster.pid").write_text(note.replace(note.splitlines()[0], str(os.getpid()), 1))
    with server:
        assert ask(server, "SELECT 1") == 1


def test_the_last_one_to_leave_stops_it(server: embedded.Server) -> None:
    second = embedded.Server(server.data)
    second.start()
    second.leave()
    assert server.running()
    server.leave()
    assert not server.running()


def test_a_first_start_that_was_cut_off_is_begun_anew(tmp_path: Path) -> None:
    (tmp_path / "postgres.new").mkdir()
    (tmp_path / "postgres.new" / "PG_VERSION").write_text("18")
    with embedded.Server(tmp_path / "postgres", expendable=True) as server:
        assert ask(server, "SELECT 1") == 1


def test_a_folder_with_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres" / "letter.txt").write_text("Labdien!")
    with pytest.raises(embedded.DatabaseUnavailable, match="holds no database"):
        embedded.Server(tmp_path / "postgres").start()
    assert (tmp_path / "postgres" / "letter.txt").read_text() == "Labdien!"


def test_data_of_another_version_are_named(tmp_path: Path) -> None:
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres" / "PG_VERSION").write_text("16\n")
    with pytest.raises(embedded.DatabaseUnavailable, match="of PostgreSQL 16"):
        embedded.Server(tmp_path / "postgres").start()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(embedded.DatabaseUnavailable, match="Set TALKA_VAR"):
        embedded.Server(tmp_path / "file" / "postgres").start()


def test_a_deep_folder_has_its_socket_elsewhere(tmp_path: Path) -> None:
    deep = tmp_path / ("long-name-" * 12)
    with embedded.Server(deep / "postgres", expendable=True) as server:
        assert ask(server, "SELECT 1") == 1


def test_a_server_that_cannot_start_says_why(tmp_path: Path) -> None:
    with embedded.Server(tmp_path / "postgres", expendable=True) as server:
        pass
    (server.data / "postgresql.conf").write_text("shared_buffers = 'a lot'\n")
    (server.data / "global" / "pg_control").unlink()
    with pytest.raises(embedded.DatabaseUnavailable, match="did not start"):
        server.start()
