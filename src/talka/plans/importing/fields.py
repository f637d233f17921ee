# SPDX-License-Identifier: EUPL-1.2
"""What a column of a plan's table can mean, and how such columns are called in the plans of municipalities."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from talka.imports.targets import Field


def _field(key: str, label: Promise, names: str = "") -> Field:
    """Return a field; ``names``: names of columns that mean it, with strokes between."""
    return Field(key, label, names=tuple(filter(None, (name.strip() for name in names.split("|")))))


FIELDS = (
    _field(
        "code", _("Code"),
        "Kods | Nr. | Nr. p. k. | N. p. k. | Numurs | Pasākuma nr. | Projekta nr. | Rīcības nr. | Code",
    ),
    _field(
        "title", _("Title"),
        "Nosaukums | Pasākums | Pasākuma nosaukums | Rīcība | Darbība | Aktivitāte | Projekta nosaukums | "
        "Projekts | Investīciju projekts | Uzdevumi un pasākumi | Pasākumi | Rīcības | Title | Action",
    ),
    _field(
        "level", _("Level"),
        "Līmenis | Level",
    ),
    _field(
        "parent", _("Code of what it stands below"),
        "Augstākā punkta kods | Uzdevuma kods | Uzdevuma nr. | Saskaņa ar VTP RV U | Atbilstība uzdevumam | "
        "Atbilstība VTP RV U | Saskaņa ar uzdevumu | Saistītais uzdevums",
    ),
    _field(
        "group", _("What it stands below, with its title"),
        "Prioritāte | Vidēja termiņa prioritāte | VTP | Rīcības virziens | Rīcības virziens uzdevums | "
        "Uzdevums | Priority",
    ),
    _field(
        "description", _("Description"),
        "Apraksts | Projekta apraksts | Īss apraksts | Papildinātība ar citiem projektiem | Piezīmes | "
        "Description",
    ),
    _field(
        "result", _("Expected result"),
        "Sagaidāmais rezultāts | Rezultāts | Rezultatīvie rādītāji | Rezultatīvais rādītājs | Rādītājs | "
        "Rādītāji | Indikatori | Darbības rezultāti | Plānotie darbības rezultāti | "
        "Plānotie darbības rezultāti un to rezultatīvie rādītāji | Result",
    ),
    _field(
        "organization", _("Responsible institution"),
        "Atbildīgā iestāde | Atbildīgais | Atbildīgie | Atbildīgā institūcija | Atbildīgā struktūrvienība | "
        "Atbildīgais izpildītājs | Izpildītājs | Īstenotājs | Atbildīgais par projekta īstenošanu | "
        "Responsible",
    ),
    _field(
        "partners", _("Partners"),
        "Sadarbības partneri | Sadarbības partneris | Partneri | Iesaistītie | Iesaistītās puses | "
        "Līdzatbildīgie | Partners",
    ),
    _field(
        "partners_note", _("Other partners, as text"),
        "Citi partneri",
    ),
    _field(
        "term", _("Term"),
        "Termiņš | Izpildes termiņš | Realizācijas periods | Realizācijas laiks | Īstenošanas laiks | "
        "Īstenošanas periods | Ieviešanas periods | Ieviešanas laiks | Plānotais laika posms | Izpildes laiks | "
        "Laika posms | Term",
    ),
    _field(
        "starts", _("Starts"),
        "Sākums | Uzsākšana | Uzsākšanas gads | Projekta uzsākšanas datums | Plānotais laika posms sākums | "
        "Start",
    ),
    _field(
        "ends", _("Ends"),
        "Beigas | Pabeigšana | Pabeigšanas gads | Noslēgums | Projekta pabeigšanas datums | "
        "Plānotais laika posms beigas | End",
    ),
    _field(
        "areas", _("Territories"),
        "Teritorijas | Teritorija | Teritoriālā vienība | Pagasts",
    ),
    _field(
        "topics", _("Topics"),
        "Temati | Tēma | Tēmas",
    ),
    _field(
        "serves", _("Serves, codes of other plans"),
        "Īsteno kodi",
    ),
    _field(
        "goals", _("Goals"),
        "Mērķi | Ilgtspējīgas attīstības mērķi | NAP mērķi",
    ),
    _field(
        "state", _("Status"),
        "Statuss | Izpildes statuss | Izpildes stāvoklis | Status",
    ),
    _field(
        "percent", _("Done, per cent"),
        "Paveikts | Izpildes procents | Izpilde",
    ),
    _field(
        "money", _("Money: a sum"),
        "Finansējums | Summa | Indikatīvā summa | Plānotais finansējums",
    ),
    _field("share", _("Money: a share of the total, per cent")),
    _field(
        "total", _("Money: the total, to be checked"),
        "Kopā | Summa kopā | Finansējums kopā | Kopējās izmaksas | Projekta kopējās izmaksas | "
        "Plānotās izmaksas | Pavisam kopā | Total",
    ),
    _field(
        "source", _("Money: from which source"),
        "Finansējuma avots | Finanšu avots | Finanšu resursi | Finansēšanas avots | Avots | Finansējuma avoti | "
        "Source",
    ),
    _field(
        "fund", _("Money: name of the fund"),
        "Fonds | Finanšu instruments | Fonda nosaukums | Fund",
    ),
    _field(
        "year", _("Money: in which year"),
        "Gads | Finansējuma gads | Year",
    ),
)  # fmt: skip
BY_KEY = {one.key: one for one in FIELDS}
MANY = {"group", "description", "result", "money", "share"}
"""Several columns can mean these."""

MONEY = {"money", "share"}
