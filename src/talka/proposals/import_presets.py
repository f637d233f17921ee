# SPDX-License-Identifier: EUPL-1.2
"""Kinds of tables that are recognized by the names of their columns: our own export, geolatvija.lv, Google Forms."""

from collections.abc import Sequence
from functools import cache

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from talka.imports.headers import name_key
from talka.imports.targets import Preset
from talka.proposals.models import Proposal

_OWN = {
    "Received": "received_at", "How it came": "channel", "Text as received": "text", "Topic": "topic", "Territory": "area", "Place": "place_text",
    "Longitude": "longitude", "Latitude": "latitude", "Author": "name", "E-mail": "email", "Telephone": "phone", "Postal address": "postal_address",
    "On whose behalf": "on_behalf", "Its name": "on_behalf_name", "Name may be published": "name_public",
    "Treated as": "regime", "Signed": "signed",
}  # fmt: skip
"""The columns of the register's export that are taken; what happened to an entry later is not imported."""

_STAMPS = frozenset(map(name_key, ("Timestamp", "Laika zīmogs", "Laikspiedols", "Отметка времени")))

_GEOLATVIJA = {
    "Priekšlikuma ID": "source_reference", "Priekšlikuma numurs": "source_reference", "Priekšlikuma Nr.": "source_reference",
    "Priekšlikuma teksts": "text", "Priekšlikums": "text", "Priekšlikuma nosaukums": "title", "Iesniegšanas datums": "received_at",
    "Iesniegšanas datums un laiks": "received_at", "Iesniedzējs": "name", "Iesniedzēja vārds, uzvārds": "name", "Iesniedzēja e-pasts": "email",
    "X koordināta": "longitude", "Y koordināta": "latitude", "LKS-92 X": "longitude", "LKS-92 Y": "latitude", "Adrese vai kadastra apzīmējums": "place_text",
}  # fmt: skip
_GEOLATVIJA_ONLY = frozenset(
    map(
        name_key,
        (
            "Priekšlikuma ID",
            "Plānošanas dokuments",
            "Plānošanas dokumenta nosaukums",
            "Publiskā apspriešana",
            "X koordināta",
            "LKS-92 X",
        ),
    )
)
_GEOLATVIJA_KEYS = {name_key(name): key for name, key in _GEOLATVIJA.items()}


def _is_geolatvija(keys: Sequence[str]) -> bool:
    return sum(key in _GEOLATVIJA_KEYS for key in keys) >= 3 and any(key in _GEOLATVIJA_ONLY for key in keys)


def _is_google(keys: Sequence[str]) -> bool:
    return bool(keys) and keys[0] in _STAMPS


@cache
def _own_columns(language: str) -> dict[str, str]:
    """Return the columns of the register's export as they are called in a language."""
    with translation.override(language):
        columns = {name_key(gettext(name)): key for name, key in _OWN.items()}
        columns[name_key(pgettext("of a proposal", "Number"))] = "source_reference"
        columns[name_key(pgettext("of a proposal", "Title"))] = "title"
        return columns


def _own(language: str) -> Preset:
    columns = _own_columns(language)
    with translation.override(language):
        needed = {
            name_key(gettext(name)) for name in ("Text as received", "Published text", "Registered", "How it came")
        }
    return Preset("talka", _("Register of Talka"), lambda keys: needed <= set(keys), columns, is_whole=True)


def presets() -> list[Preset]:
    """Return the kinds of tables that are known, the surest first."""
    return [
        *(_own(language) for language, _name in settings.LANGUAGES),
        Preset(
            "geolatvija",
            "geolatvija.lv",
            _is_geolatvija,
            _GEOLATVIJA_KEYS,
            {"channel": Proposal.Channel.GEOLATVIJA.value},
        ),
        Preset(
            "google",
            "Google Forms",
            _is_google,
            dict.fromkeys(_STAMPS, "received_at"),
            {"channel": Proposal.Channel.WEB.value},
        ),
    ]
