# SPDX-License-Identifier: EUPL-1.2
"""The Latvian catalogue: ``check`` that it says all that the code says, or ``update`` it from the code."""

import os
import re
import shutil
import string
import sys
import tempfile
from pathlib import Path

import django
import polib
from django.conf import settings
from django.core.management import call_command

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "src/talka/locale/lv/LC_MESSAGES/django.po"
WRAP = 110
PLURAL_FORMS = "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n != 0 ? 1 : 2);"
_PERCENT = re.compile(r"%(?:\((\w+)\))?[sd]")


def extracted() -> polib.POFile:
    """Return what the code and the templates say, by Django's own extraction."""
    settings.configure(INSTALLED_APPS=[], USE_I18N=True)
    django.setup()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "talka"
        shutil.copytree(ROOT / "src/talka", copy, ignore=shutil.ignore_patterns("static", "locale", "__pycache__"))
        (copy / "locale").mkdir()
        before = Path.cwd()
        os.chdir(copy)
        try:
            call_command("makemessages", locale=["xx"], add_location="file", verbosity=0)
        finally:
            os.chdir(before)
        return polib.pofile(str(copy / "locale/xx/LC_MESSAGES/django.po"))


def key(entry: polib.POEntry) -> tuple[str | None, str]:
    """Return what tells entries apart."""
    return entry.msgctxt or None, entry.msgid


def placeholders(text: str) -> set[str]:
    """Return the names that a text expects to be filled in, of both kinds.

    >>> sorted(placeholders("%(count)s of {total}"))
    ['count', 'total']
    """
    named = {match[1] for match in _PERCENT.finditer(text) if match[1]}
    try:
        braces = {name for _, name, _, _ in string.Formatter().parse(text) if name}
    except ValueError:
        braces = set()
    return named | braces


def faults(code: polib.POFile, catalogue: polib.POFile) -> list[str]:
    """Return a sentence for each text that is missing, not needed, unsure, or filled in wrongly."""
    said, known = {key(entry): entry for entry in code}, {key(entry): entry for entry in catalogue}
    found = [f"not in the catalogue: {msgid!r}" for ctx, msgid in said.keys() - known.keys()]
    found += [f"no longer in the code: {msgid!r}" for ctx, msgid in known.keys() - said.keys()]
    for identity in said.keys() & known.keys():
        entry, source = known[identity], said[identity]
        forms = list(entry.msgstr_plural.values()) if source.msgid_plural else [entry.msgstr]
        if "fuzzy" in entry.flags:
            found.append(f"unsure: {entry.msgid!r}")
        if entry.msgid_plural != source.msgid_plural:
            found.append(f"another form of many than in the code: {entry.msgid!r}")
        if not all(forms) or (source.msgid_plural and len(forms) != 3):
            found.append(f"not (wholly) translated: {entry.msgid!r}")
        allowed = placeholders(source.msgid) | placeholders(source.msgid_plural)
        needed = placeholders(source.msgid_plural or source.msgid)
        for number, form in enumerate(forms):
            has = placeholders(form)
            if has - allowed or (number == 0 and not source.msgid_plural and needed - has):
                found.append(f"other placeholders than in the code: {entry.msgid!r} → {form!r}")
    if catalogue.metadata.get("Plural-Forms") != PLURAL_FORMS:
        found.append("the rule for the plural forms is not the Latvian one")
    return sorted(found)


def update(code: polib.POFile, catalogue: polib.POFile) -> None:
    """Add what is new (to be translated), remove what is gone, keep the order of the alphabet."""
    known = {key(entry): entry for entry in catalogue}
    said = {key(entry): entry for entry in code}
    for entry in code:
        if key(entry) not in known:
            entry.occurrences, entry.comment, entry.flags = [], "", []
            catalogue.append(entry)
        else:
            known[key(entry)].msgid_plural = entry.msgid_plural
    for entry in [entry for entry in catalogue if key(entry) not in said]:
        catalogue.remove(entry)
    catalogue.sort(key=lambda entry: (entry.msgid, entry.msgctxt or ""))
    catalogue.save(str(CATALOGUE))
    catalogue.save_as_mofile(str(CATALOGUE.with_suffix(".mo")))


def main() -> int:
    """Run the command that was asked for."""
    if not CATALOGUE.exists():
        print(f"There is no catalogue at {CATALOGUE}", file=sys.stderr)
        return 1
    code, catalogue = extracted(), polib.pofile(str(CATALOGUE), wrapwidth=WRAP)
    if sys.argv[1:] == ["update"]:
        update(code, catalogue)
        print(f"{len(catalogue)} texts, {len(catalogue.untranslated_entries())} to translate in {CATALOGUE}")
        return 0
    found = faults(code, catalogue)
    print("\n".join(found) or f"{len(catalogue)} texts, all in Latvian")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
