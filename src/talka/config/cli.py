# SPDX-License-Identifier: EUPL-1.2
"""The ``talka`` command: everything that an installation needs to be started and looked after."""

import argparse
import getpass
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from talka.config import embedded, processes

SETTINGS = "talka.config.settings"
LOG_BYTES_KEPT = 20_000_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; what is wrong is said in a sentence."""
    options = _parser().parse_args(arguments)
    if options.mode:
        os.environ["TALKA_MODE"] = os.environ.get("TALKA_MODE") or options.mode
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    if os.environ.get(processes.SUPERVISED):
        processes.follow_parent()
    return _guarded(lambda: options.run(options))


def manage(arguments: Sequence[str]) -> int:
    """Run one of Django's commands, with the embedded database where one is used."""
    from django.core.management import execute_from_command_line

    os.environ.setdefault("TALKA_MODE", "production" if "DATABASE_URL" in os.environ else "development")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)

    def run() -> int:
        with _database():
            execute_from_command_line(list(arguments))
        return 0

    return _guarded(run)


def _guarded(run: Callable[[], int]) -> int:
    from django.core.exceptions import ImproperlyConfigured

    try:
        return run()
    except (ImproperlyConfigured, embedded.DatabaseUnavailable, processes.CannotStart) as problem:
        print(problem, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="talka", description="Start Talka and look after it.")
    commands = parser.add_subparsers(required=True, metavar="command")

    def command(name: str, run: object, text: str, mode: str = "") -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=text, description=text)
        added.set_defaults(run=run, mode=mode)
        return added

    local = [
        command("demo", _run_demo, "A living site with example data on this machine.", "demo"),
        command("run", _run_local, "An empty site on this machine, to work on.", "development"),
    ]
    serve = command("serve", _serve, "The web server.")
    for added in (*local, serve):
        added.add_argument(
            "--host",
            default="127.0.0.1",
            help="address to listen on; 0.0.0.0 for all of this machine (default: 127.0.0.1)",
        )
        added.add_argument("--port", type=int, default=8000, help="port to listen on (default: 8000)")
        added.add_argument("--workers", type=int, default=0, help="server processes (default: one per core)")
        added.add_argument("--threads", type=int, default=4, help="requests at once per process (default: 4)")
    worker = command("worker", _work, "The worker, which sends mail and does what the clock says.")
    worker.add_argument("--concurrency", type=int, default=2, help="jobs at once (default: 2)")
    command("migrate", _migrate, "Bring the database up to date; safe to run at every start.")
    command("check", _check, "Say whether this installation is set up as it should be.")
    erase = command(
        "erase-due", _erase_due, "Erase personal data whose term has ended, as the worker does every night."
    )
    erase.add_argument("--dry-run", action="store_true", help="only say how much is due, by process")
    admin = command("create-admin", _create_admin, "Make an administrator of the installation.")
    admin.add_argument("--email", default=os.environ.get("TALKA_ADMIN_EMAIL", ""), help="or TALKA_ADMIN_EMAIL")
    admin.add_argument("--name", default=os.environ.get("TALKA_ADMIN_NAME", ""), help="or TALKA_ADMIN_NAME")
    return parser


@contextmanager
def _database() -> Iterator[embedded.Server | None]:
    """Hold the embedded server when this installation has no database of its own elsewhere."""
    from django.conf import settings

    if settings.PRODUCTION or os.environ.get("DATABASE_URL"):
        yield None
        return
    with embedded.Server(embedded.folder(settings.VAR, settings.MODE), expendable=settings.TESTING) as server:
        _make_database()
        yield server


def _make_database() -> None:
    """Make the database itself on an embedded server that is new."""
    import psycopg
    from django.conf import settings
    from psycopg import sql

    name = settings.DATABASES["default"]["NAME"]
    address = embedded.url(embedded.folder(settings.VAR, settings.MODE), "postgres")
    with psycopg.connect(address, autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))


def _bring_up_to_date() -> None:
    from django.core.management import call_command

    from talka.config.health import unapplied_migrations

    if unapplied_migrations():
        call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)


def _run_demo(options: argparse.Namespace) -> int:
    return _run(options, demo=True)


def _run_local(options: argparse.Namespace) -> int:
    return _run(options, demo=False)


def _run(options: argparse.Namespace, *, demo: bool) -> int:
    """Database, server and worker on this machine, until Ctrl-C."""
    began = time.monotonic()
    processes.check_port(options.host, options.port)
    address = f"http://127.0.0.1:{options.port}"
    os.environ.setdefault("TALKA_URL", address)
    if options.host != "127.0.0.1":
        os.environ.setdefault("TALKA_HOSTS", "*")
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    log = settings.VAR / "logs" / "processes.log"
    _keep_short(log)
    _keep_short(settings.VAR / "logs" / "talka.log")
    with _database() as server:
        _bring_up_to_date()
        if demo:
            call_command("load_demo")
        serving = ["serve", f"--host={options.host}", f"--port={options.port}"]
        serving += [f"--workers={options.workers}", f"--threads={options.threads}"]
        children = [processes.Child("web server", serving), processes.Child("worker", ["worker"])]

        def look_after() -> None:
            if server is not None and not server.running():
                print("The database has ended; starting it again.", flush=True)
                server.start()

        def started() -> None:
            print(_welcome(address, demo, settings.VAR, time.monotonic() - began), flush=True)

        processes.Supervisor(children, log, look_after).run(address, started)
        print("\nStopping.", flush=True)
    return 0


def _keep_short(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and path.stat().st_size > LOG_BYTES_KEPT:
        path.replace(path.with_suffix(".old.log"))


def _welcome(address: str, demo: bool, var: Path, seconds: float) -> str:
    if demo:
        from django.utils import translation

        from talka.portal.demo import PASSWORD, WAYS_IN

        with translation.override("en"):
            people = "".join(f"\n  {way.email:<34} {way.role}" for way in WAYS_IN)
        ways = (
            f"\n  Sign in            {address}/lv/demo/"
            f"\n\nSign in as (the password of all is {PASSWORD}):{people}"
            "\n\nTry first: open the process of Talkas novads, submit a proposal without an account,"
            "\nthen sign in as its coordinator, find the proposal in the register, and answer it. As the clerk: read the"
            "\ne-mail, enter the letters on paper, and print the answers that go by post. Then see under Plans what became of"
            "\nproposals, and as the staff say how your actions are going. As the lead of a group: make the agenda of the next"
            "\nmeeting, write its minutes, have them approved, and see the tasks that came of it."
        )
    else:
        ways = (
            "\n\nMake an administrator:\n  TALKA_MODE=development .venv/bin/talka create-admin --email you@example.lv"
        )
    return (
        f"\nTalka is ready (after {seconds:.1f} s).\n"
        f"\n  Latviski           {address}/lv/"
        f"\n  In English         {address}/en/{ways}"
        f"\n\nData, mails and logs are in {var}. Stop with Ctrl-C."
    )


def _serve(options: argparse.Namespace) -> int:
    processes.check_port(options.host, options.port)
    with _database():
        processes.serve(options.host, options.port, options.workers or os.cpu_count() or 2, options.threads)
    return 0


def _work(options: argparse.Namespace) -> int:
    import django

    django.setup()
    with _database():
        processes.work(options.concurrency)
    return 0


def _migrate(_options: argparse.Namespace) -> int:
    import django

    django.setup()
    with _database():
        _bring_up_to_date()
    return 0


def _check(_options: argparse.Namespace) -> int:
    import django
    from django.core.management import CommandError, call_command

    django.setup()
    from talka.config.health import problems

    with _database():
        try:
            call_command("check", deploy=True, fail_level="WARNING")
        except CommandError as error:
            print(error, file=sys.stderr)
            return 1
        found = problems()
    for sentence in found:
        print(sentence, file=sys.stderr)
    return 1 if found else 0


def _erase_due(options: argparse.Namespace) -> int:
    import django

    django.setup()
    from talka.core import clock
    from talka.core.holdings import holders
    from talka.privacy.operations import erase_due

    with _database():
        if options.dry_run:
            for holder in holders():
                for scope, number in holder.count_due(until=clock.today()):
                    print(f"{number:6}  {holder.name}  {scope}")
        else:
            for name, number in erase_due(holders()).items():
                print(f"{number:6}  {name}")
    return 0


def _create_admin(options: argparse.Namespace) -> int:
    import django

    django.setup()
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email

    from talka.accounts.operations import create_administrator

    email = options.email or input("E-mail: ").strip()
    name = options.name or (input("Name: ").strip() if sys.stdin.isatty() else "")
    password = os.environ.get("TALKA_ADMIN_PASSWORD") or (
        getpass.getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    )
    try:
        validate_email(email)
        validate_password(password)
    except ValidationError as error:
        print(*error.messages, sep="\n", file=sys.stderr)
        return 1
    with _database():
        create_administrator(email=email, name=name, password=password)
    print(f"{email} is an administrator and can sign in.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
