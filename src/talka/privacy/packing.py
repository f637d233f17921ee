# SPDX-License-Identifier: EUPL-1.2
"""One person's data as a ZIP: for each holder a JSON file that says what its keys mean, and the files beside it."""

import json
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import IO

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone
from django.utils.translation import gettext as _

from talka.core import clock
from talka.core.holdings import Found, Holder

IN_MEMORY = 5_000_000


def pack(picked: Sequence[tuple[Holder, Found]]) -> IO[bytes]:
    """Return the ZIP, at its beginning; large ones lie on the disk until they are closed."""
    packed = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - closed by the response
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_("READ-ME.txt"), _about(picked))
        for holder in dict.fromkeys(holder for holder, _found in picked):
            _write(archive, holder, [found for one, found in picked if one is holder])
    packed.seek(0)
    return packed


def _write(archive: zipfile.ZipFile, holder: Holder, items: Sequence[Found]) -> None:
    values = []
    for number, found in enumerate(items, 1):
        copy = holder.copy(found)
        names = []
        for name, opened in copy.files:
            path = f"{holder.name}/{number}/{PurePosixPath(name).name}"
            while path in archive.NameToInfo:
                path = f"{path.removesuffix(PurePosixPath(path).suffix)}-{PurePosixPath(path).suffix}"
            with opened() as content, archive.open(path, "w") as kept:
                while block := content.read(1 << 16):
                    kept.write(block)
            names.append(path)
        values.append(copy.values | ({"files": names} if names else {}))
    keys = {name: str(words) for name, words in holder.keys.items()}
    text = json.dumps(
        {"about": str(holder.label), "keys": keys, "items": values}, ensure_ascii=False, indent=2, cls=DjangoJSONEncoder
    )
    archive.writestr(f"{holder.name}.json", text + "\n")


def _about(picked: Sequence[tuple[Holder, Found]]) -> str:
    lines = [
        _("What this site holds about one person."),
        _("Made: %(moment)s") % {"moment": timezone.localtime(clock.now()).strftime("%d.%m.%Y. %H.%M")},
        "",
        _(
            "Each .json file is text in UTF-8: “about” says what it is, “keys” what the names in it mean, “items” is what is held."
        ),
        _("Internal notes are left out unless they name the person. Texts of others are not searched."),
        "",
        *dict.fromkeys(f"{holder.name}.json: {holder.label}" for holder, _found in picked),
    ]
    return "\n".join(lines) + "\n"
