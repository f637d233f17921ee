# SPDX-License-Identifier: EUPL-1.2
"""What a line of a table can say about a proposal, and how its column is usually called in Latvian, English and Russian."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from email.utils import parseaddr
from functools import cache
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone, translation
from django.utils.encoding import force_str
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from talka.core import clock
from talka.core.text import clean_line, clean_text
from talka.imports.problems import Wrong
from talka.imports.reading import Cell
from talka.imports.targets import ChoiceField, Field
from talka.imports.values import moment_of, number_of, text_of, truth_of
from talka.processes.models import Process
from talka.proposals.models import Author, Proposal, Regime
from talka.proposals.queries import areas_of, topics_of

MOST_TEXT = 20_000
DAMAGED = "\ufffd"


def _line(most: int) -> Callable[[Cell], str | None]:
    def read(cell: Cell) -> str | None:
        return _within(clean_line(text_of(cell)), most)

    return read


def _text(cell: Cell) -> str | None:
    return _within(clean_text(text_of(cell)), MOST_TEXT)


def _within(text: str, most: int) -> str | None:
    if DAMAGED in text:
        raise Wrong("damaged")
    if len(text) > most:
        raise Wrong("too_long", length=len(text), most=most)
    return text or None


def _email(cell: Cell) -> str | None:
    written = clean_line(text_of(cell)).removeprefix("mailto:")
    if not written.strip("-–."):
        return None
    address = parseaddr(written)[1] if "<" in written else written
    try:
        validate_email(address)
    except ValidationError:
        raise Wrong("not_an_email", value=written[:100]) from None
    return str(_within(address, 254)).lower()


def _within_the_day(moment: datetime | date, now: datetime) -> datetime:
    if not isinstance(moment, datetime):
        return now if moment == now.date() else datetime.combine(moment, time(12))
    if moment.tzinfo is not None:
        return timezone.localtime(moment).replace(tzinfo=None)
    return moment if moment.time() != time() else _within_the_day(moment.date(), now)


def _received(cell: Cell) -> datetime | None:
    """Return the moment of receipt, of local time and without a zone: noon of a day, as nobody notes the hour, now for today."""
    if not text_of(cell).strip():
        return None
    moment = moment_of(cell)
    shown = text_of(cell)[:60]
    if moment is None:
        raise Wrong("not_a_moment", value=shown)
    now = timezone.localtime(clock.now()).replace(tzinfo=None)
    moment = _within_the_day(moment, now)
    if not 1900 <= moment.year <= 2200:
        raise Wrong("year", value=shown)
    if moment > now:
        raise Wrong("future", value=shown)
    return moment


def _number(cell: Cell) -> float | None:
    if not text_of(cell).strip():
        return None
    number = number_of(cell)
    if number is None:
        raise Wrong("not_a_number", value=text_of(cell)[:60])
    return float(number)


def _truth(cell: Cell) -> bool | None:
    if not text_of(cell).strip():
        return None
    value = truth_of(cell)
    if value is None:
        raise Wrong("not_yes_or_no", value=text_of(cell)[:60])
    return value


@cache
def _labels(choices: type[Any]) -> dict[str, str]:
    """Return the value for each label of some choices, in every language of the site."""
    found: dict[str, str] = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found |= {force_str(label): force_str(value) for value, label in choices.choices}
    return found


def _options(choices: Iterable[Any]) -> tuple[tuple[str, str], ...]:
    return tuple((str(value), force_str(label)) for value, label in choices)


_CHANNELS = {
    "tīmeklis": "web", "tiešsaiste": "web", "mājaslapa": "web", "internets": "web", "interneta vietne": "web", "online": "web",
    "google forms": "web", "google": "web", "anketa": "web", "сайт": "web",
    "epasts": "email", "e-pasta vēstule": "email", "elektroniski": "email",
    "mail": "email", "email": "email", "e-mail": "email", "электронная почта": "email",
    "vēstule": "paper", "papīra": "paper", "pasts": "paper", "rakstiski": "paper", "iesniegums": "paper",
    "letter": "paper", "post": "paper", "письмо": "paper", "бумага": "paper",
    "klātiene": "desk", "klātienē": "desk", "mutiski": "desk", "apmeklējums": "desk", "pieņemšana": "desk", "in person": "desk", "лично": "desk",
    "telefons": "phone", "telefoniski": "phone", "zvans": "phone", "pa tālruni": "phone", "phone": "phone", "телефон": "phone",
    "sapulce": "meeting", "sanāksmē": "meeting", "apspriede": "meeting", "собрание": "meeting",
    "geolatvija": "geolatvija", "geolatvija.lv": "geolatvija", "ģeolatvija": "geolatvija",
}  # fmt: skip
_ANSWERS = {
    "e-pasts": "email", "epasts": "email", "e-pastā": "email", "email": "email", "elektroniski": "email", "pasts": "post", "vēstule": "post", "pa pastu": "post",
    "tālrunis": "phone", "telefons": "phone", "zvans": "phone", "nav": "none", "nevajag": "none", "nē": "none", "atbilde nav vajadzīga": "none", "no": "none",
}  # fmt: skip
_LANGUAGES = {
    "latviešu": "lv", "latviski": "lv", "latvian": "lv", "латышский": "lv", "lav": "lv", "angļu": "en", "angliski": "en", "english": "en", "английский": "en",
    "krievu": "ru", "krieviski": "ru", "russian": "ru", "русский": "ru", "rus": "ru",
}  # fmt: skip


def fields_of(process: Process) -> list[Field]:
    """Return what a line can say about a proposal of this process, in the order in which a page offers it."""
    topics, areas = topics_of([process]), areas_of(process)
    languages: Any = Proposal._meta.get_field("language").choices
    known = {value for value, _label in languages}
    return [
        Field("text", _("Text"), _text, (
            "text", "teksts", "priekšlikums", "priekšlikuma teksts", "jūsu priekšlikums", "ierosinājums", "jūsu ierosinājums", "ideja", "komentārs",
            "iesnieguma teksts", "saturs", "priekšlikuma būtība", "proposal", "comment", "suggestion", "предложение", "текст", "текст предложения",
        ), required=True, joins=True),
        Field("title", pgettext_lazy("of a proposal", "Title"), _line(200), (
            "title", "virsraksts", "nosaukums", "priekšlikuma nosaukums", "īsumā",
            "subject", "заголовок", "название",
        )),
        Field("received_at", _("Received"), _received, (
            "received", "saņemts", "saņemšanas datums", "saņemšanas laiks", "iesniegts", "iesniegšanas datums", "iesniegšanas laiks", "datums", "laiks",
            "laika zīmogs", "laikspiedols",
            "timestamp", "date", "submitted", "date received", "reģistrācijas datums", "отметка времени", "дата", "дата получения",
        ), required=True, fixed=True, day=True),
        ChoiceField("channel", _("How it came"), names=(
            "channel", "kanāls", "kā saņemts", "saņemšanas veids", "iesniegšanas veids", "avots", "how it came", "source", "способ", "канал",
        ), required=True, fixed=True, options=_options(Proposal.Channel.choices), synonyms=_CHANNELS | _labels(Proposal.Channel)),
        Field("source_reference", _("Number in the other register"), _line(100), (
            "number", "numurs", "nr", "reģistrācijas numurs", "reģ nr", "iesnieguma numurs",
            "priekšlikuma numurs", "priekšlikuma nr", "id", "lietas numurs", "dokumenta numurs", "номер",
        )),
        Field("name", pgettext_lazy("person", "Name"), _line(200), (
            "name", "vārds", "vārds uzvārds", "vārds un uzvārds", "jūsu vārds", "iesniedzējs", "autors", "author", "sender", "full name", "имя", "фамилия имя", "автор",
        )),
        Field("email", _("E-mail"), _email, (
            "email", "e-mail", "e-pasts", "epasts", "e-pasta adrese", "email address", "jūsu e-pasts", "эл почта", "электронная почта", "адрес электронной почты",
        )),
        Field("phone", _("Telephone"), _line(40), ("phone", "telephone", "tālrunis", "tālruņa numurs", "telefons", "tālr", "mob tālr", "телефон")),
        Field("postal_address", _("Postal address"), _line(300), (
            "postal address", "pasta adrese", "adrese", "dzīvesvieta", "dzīvesvietas adrese", "deklarētā adrese", "address", "адрес",
        )),
        ChoiceField("answer_by", _("How to answer"), names=(
            "how to answer", "kā atbildēt", "atbildes veids", "kā vēlaties saņemt atbildi", "vēlamais atbildes veids",
        ), fixed=True, options=_options(Author.AnswerBy.choices), synonyms=_ANSWERS | _labels(Author.AnswerBy)),
        ChoiceField("on_behalf", _("On whose behalf"), names=("on whose behalf", "kā vārdā", "iesniedzēja veids"),
            options=_options(Author.OnBehalf.choices), synonyms=_labels(Author.OnBehalf)),
        Field("on_behalf_name", _("Name of the organization"), _line(200), (
            "organizācija", "organizācijas nosaukums", "biedrība", "uzņēmums", "iestāde", "organization", "company", "организация",
        )),
        Field("name_public", _("The name may be published"), _truth, (
            "name may be published", "vārdu drīkst publicēt", "drīkst publicēt vārdu", "piekrītu vārda publicēšanai", "consent to publish name",
        )),
        ChoiceField("topic", _("Topic"), names=("topic", "temats", "tēma", "joma", "nozare", "kategorija", "category", "тема", "категория"),
            fixed=True, may_drop=True, options=tuple((str(one.pk), str(one)) for one in topics)),
        ChoiceField("area", _("Territory"), names=("territory", "teritorija", "pagasts", "apkaime", "pilsēta vai pagasts", "area", "parish", "территория", "волость"),
            fixed=True, may_drop=True, options=tuple((str(one.pk), str(one)) for one in areas)),
        Field("place_text", _("Place in words"), _line(300), ("place", "vieta", "atrašanās vieta", "kur tas ir", "objekta adrese", "location", "место")),
        Field("longitude", _("Longitude"), _number, ("longitude", "garums", "ģeogrāfiskais garums", "lon", "lng", "x", "x koordināta", "lks x", "долгота"),
            may_drop=True, hint=_("Degrees, or metres of LKS-92.")),
        Field("latitude", _("Latitude"), _number, ("latitude", "platums", "ģeogrāfiskais platums", "lat", "y", "y koordināta", "lks y", "широта"),
            may_drop=True, hint=_("Degrees, or metres of LKS-92.")),
        ChoiceField("regime", _("Treated as"), names=("treated as", "izskatīšanas kārtība", "iesnieguma veids"), fixed=True,
            options=_options(Regime.choices), synonyms=_labels(Regime)),
        Field("signed", _("Signed"), _truth, ("signed", "parakstīts", "ir parakstīts")),
        Field("keep_private", _("Only for the municipality"), _truth, ("only for the municipality", "tikai pašvaldībai", "nepublicēt", "private")),
        ChoiceField("language", _("Language"), names=("language", "valoda", "язык"), fixed=True, may_drop=True,
            options=_options(languages), synonyms={word: value for word, value in _LANGUAGES.items() if value in known}),
    ]  # fmt: skip
