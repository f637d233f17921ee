# SPDX-License-Identifier: EUPL-1.2
"""The demonstration is built, every public page of it opens in both languages, and each case shows its facts."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from talka.accounts.models import User
from talka.core import clock
from talka.directory.models import Organization
from talka.imports.models import ImportRun
from talka.mailbox.models import InboundMessage
from talka.meetings.models import Meeting
from talka.notifications.models import Notification
from talka.portal.demo import PASSWORD, WAYS_IN, WayIn, talkas_novads
from talka.processes.models import Process
from talka.proposals.languages import language_of
from talka.proposals.models import Proposal, Reply
from talka.proposals.queries import groups_of_similar
from talka.scans.models import Scan

JEKABPILS, ILUKSTE, LIEPAJA = "jekabpils-novads", "ilukste-2020-2026", "liepaja-2021-2027"
ASSOCIATIONS, PREILI = "jekabpils-biedribas", "preili-pieredze"

FACTS = {
    JEKABPILS: (
        "Jēkabpils pilsētas pašvaldība", "Krustpils novada pašvaldība", "Jēkabpils novada pašvaldība (līdz 2021. gadam)", "Salas novada pašvaldība",
        "Viesītes novada pašvaldība", "Aknīstes novada pašvaldība", "30.06.2021.", "Sociālais darbs un sociālie pakalpojumi",
        "Kristīne Ozola", "Jēkabpils pilsētas domes priekšsēdētāja vietniece", "Larisa Laizāne", "Jēkabpils Sociālā dienesta vadītāja",
        "Bāriņtiesa un bērnu tiesību aizstāvība", "bāriņtiesu priekšsēdētāju sanāksme", "paziņojuma nedēļas piektdienā", "divas reizes mēnesī",
        "attālināti", "savus risinājumus", "apmainīties ar informāciju", "iesniegt ierosinājumus", "pašvaldības nolikuma projekt", "turpmākajos mēnešos",
        "Sabiedrisko attiecību nodaļa", "Kaspars Siliņš",
    ),
    ILUKSTE: (
        "Ilūkstes novada pašvaldība", "Izglītība un prasmes", "Kultūrvide, sports, tūrisms", "Sociālā aizsardzība, veselības aprūpe, ģimenes, seniori",
        "Tehniskā infrastruktūra, drošība un vide", "Pārvalde, iesaiste un uzņēmējdarbības atbalsts", "13.00–15.00", "16.00–18.00", "9.00–11.00",
        "12.30–14.30", "15.30–17.30", "2020. gada 12. februār", "2020. gada 13. februār", "sēžu zāle", "Brīvības iela 7, Ilūkste", "2. stāvs",
        "Pirmsskolas izglītība", "Vispārējā izglītība", "Profesionālās ievirzes izglītība", "Interešu izglītība", "Mūžizglītība", "Jauniešu politika",
        "Kultūras iestādes", "Pasākumi", "Infrastruktūra", "Bibliotēkas", "Sports un aktīvā atpūta", "Tūrisms",
        "Sociālā palīdzība un sociālie pakalpojumi", "Veselības aprūpe", "Veselīgs dzīvesveids", "Ģimeņu atbalsts", "Senioru politika",
        "Teritorijas labiekārtojums", "Publiskā ārtelpa", "Atpūtas vietas", "Ceļi, ielas un inženiertīkli", "Mājokļi un apsaimniekošana",
        "Vides aizsardzība un vides kvalitāte", "Dabas resursu izmantošana",
        "Pašvaldības un valsts atbalsta instrumenti", "Pasākumi uzņēmējiem", "Pārvalde un iekšējā sadarbība", "Sabiedrības iesaiste un komunikācija",
        "Nevalstiskais sektors", "Sēlijas reģiona attīstība", "aptaujāti", "pakalpojumu un infrastruktūras kvalitāti", "septiņos gados",
        "iedzīvotāji un uzņēmēji", "Dace Stalidzāne", "Stratēģiskās plānošanas nodaļas vadītāja",
    ),
    ASSOCIATIONS: (
        "Dienas centrs „Kopā būt”", "Jēkabpils NVO resursu centrs", "21. septembr", "L. Kļaviņa", "domes priekšsēdētāja vietniece sociālajos jautājumos",
        "Laizāne", "Sociālā dienesta vadītāja", "I. Lapiņa", "Īpašumu apsaimniekošanas departamenta vadītāja", "Santa Lazare", "īpašumu nodaļas vadītāja",
        "Ritma Komarova", "Agita Pleiko", "Jaunā iela 39i", "2019. gada otrajā pusē", "trenažier", "pieejamīb", "apmeklētāju skaitu", "ikdienas darbu",
        "mērķa grupu lielums", "apmeklēt savas nodarbības", "ar katru biedrību atsevišķi", "franču, vācu, krievu, angļu un latviešu", "Volunteers discovery",
        "Erasmus+", "vietējie brīvprātīgie", "Sociālā rehabilitācija", "senioru vecuma", "jauniešus no sociālā atstumtības riska ģimenēm", "citu jomu profesionāļi",
        "Pirmais darba gads",
    ),
    LIEPAJA: (
        "Izglītība", "Kristīne Niedre-Lathere", "Izglītības pārvaldes vadītāja", "Kultūra", "Juris Jirgens", "Kultūras pārvaldes vadītājs",
        "Veselības aprūpe", "Elīna Tolmačova", "Vides, veselības un sabiedrības līdzdalības nodaļas vadītāja", "Sports", "Elans Strazdiņš", "Sporta pārvaldes vadītājs",
        "Sociālā aizsardzība", "Linda Krasovska", "Sociālā dienesta vadītāja", "Mobilitāte", "Didzis Jēriņš", "Liepājas pašvaldības izpilddirektora vietnieks",
        "Drošība", "Nataļja Vecvagare", "Domes priekšsēdētāja padomniece starptautisko attiecību jautājumos", "Ekonomika", "Arnis Vītols", "Ekonomikas nodaļas vadītājs",
        "Jaunatnes politika", "Ance Medne-Strazda", "Jauniešu mājas vadītāja", "Vide", "Dace Liepniece", "Vides daļas vadītāja",
        "Pārvaldība un digitalizācija", "Antra Brūna", "izpilddirektora padomniece", "Teritoriālā sadarbība", "Aksels Ruperts", "eksperts stratēģiskās plānošanas jautājumos",
        "Vadības grupa", "Jānis Vilnītis", "Uldis Sesks", "vietnieks stratēģiskās plānošanas jautājumos", "Gunārs Ansiņš", "pilsētas attīstības un sadarbības jautājumos",
        "Atis Deksnis", "kultūras un sporta jautājumos", "Ronalds Fricbergs", "pašvaldības izpilddirektors", "Mārtiņš Tīdens", "Vilnis Vitkovskis",
        "Attīstības komitejas priekšsēdētājs", "Gaļina Skorobogatova", "Liepājas domes deputāte", "2020. gada 7. janvār", "Rožu laukums 5/6",
        "bijušās Liepājas tūrisma biroja telpas", "prāta vētras", "attistiba@liepaja.lv", "Apmeklētāju pieņemšanas centrs", "Rožu iela 6, Liepāja, LV-3401",
        "reizi nedēļā", "Attīstības pārvaldes speciālisti", "www.liepaja.lv/attistiba", "Attīstības pārvalde", "stratēģija līdz 2030. gadam", "teritorijas plānojums",
        "pašreizējās situācijas analīze", "stratēģiskā daļa", "investīciju projekti", "ikgadējos darbības plānus un budžetu", "03.01.2020.", "Zita Lazdāne",
        "Sabiedrisko attiecību un mārketinga daļas vadītāja", "22 017 277", "zita.lazdane@liepaja.lv", "no putna lidojuma",
    ),
    PREILI: (
        "Preiļu novada Labklājības pārvalde", "Jelgavas Sociālo lietu pārvalde", "Rita Stūrāne", "Lauris Pastars", "Labklājības pārvaldes direktors", "krīzes centra",
        "Liene Gžibovska", "Dienas aprūpes centra (DAC) vadītāja", "2018. gada 21. septembr", "2018. gada 28. septembr", "animācijas film", "oktobra otrajā pusē",
        "Siguldas Iespēju mājā", "Kristīne Freiberga", "Cerību spārni", "Siguldas dienas centrs", "daudzbērnu ģimen", "2013. gada", "pozitīvs dabiskais pieaugums",
        "pērk no biedrības", "no bērnudārza līdz darbam", "Specializētās darbnīcas", "Visi var", "Cerību māja", "atelpas brīža", "grupu dzīvokļi", "jaunās māmiņas",
        "papīrfabrikas ciemats", "Līgatnes dienas centrs", "gides vadībā", "Anita Gāga", "direktora vietnieks administratīvi saimnieciskajos jautājumos",
        "03.10.2018.", "23.10.2018.",
    ),
}  # fmt: skip
"""What each announcement says, as it must stand on a page of its process."""

ENGLISH = re.compile(r"\b(?:the|and|your|this|with|has been|of the)\b", re.IGNORECASE)
NOT_PAGES = re.compile(r"/account/|\.(?:ics|atom|csv|xlsx|json|pdf|png|docx)$|/files/|/download")


class _Page(HTMLParser):
    """The links of a page, and its text with the parts in another language apart."""

    VOID = frozenset({"br", "img", "input", "link", "meta", "hr", "source", "wbr"})

    def __init__(self) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.language = ""
        self.text: list[tuple[str, str]] = []
        self._open: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "a":
            self.links.add((values.get("href") or "").partition("#")[0].partition("?")[0])
        if tag == "html":
            self.language = values.get("lang") or ""
        if tag not in self.VOID:
            inherited = self._open[-1][1] if self._open else ""
            self._open.append((tag, values.get("lang") or inherited))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1][0] not in {"script", "style"}:
            self.text.append((self._open[-1][1], data))

    def words(self, language: str = "") -> str:
        """Return the text, of one language or all, with single spaces."""
        return " ".join(" ".join(data for own, data in self.text if not language or own == language).split())


def read(html: str) -> _Page:
    """Take a page apart."""
    page = _Page()
    page.feed(html)
    return page


@dataclass
class Walk:
    """What a visitor finds who follows every link from the home page, in both languages."""

    pages: dict[str, _Page] = field(default_factory=dict)
    statuses: dict[str, int] = field(default_factory=dict)


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """Build the demonstration for this module, in one transaction that is taken back; return what the command said."""
    said = StringIO()
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_demo", stdout=said)
        yield said.getvalue()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def walk(demo: str) -> Walk:
    client, walk, ahead = Client(), Walk(), ["/lv/", "/en/"]
    while ahead:
        address = ahead.pop()
        if address in walk.statuses:
            continue
        response = client.get(address)
        walk.statuses[address] = response.status_code
        if response.status_code == 200 and response["Content-Type"].startswith("text/html"):
            page = walk.pages[address] = read(response.content.decode())
            ahead += [link for link in page.links if link.startswith(("/lv/", "/en/")) and not NOT_PAGES.search(link)]
        elif response.streaming:
            b"".join(response)  # a file that is handed out is closed at its end
    return walk


def test_every_public_page_opens_in_both_languages(walk: Walk) -> None:
    # A way out to a page for those who are signed in leads to the sign-in page.
    assert {address: status for address, status in walk.statuses.items() if status not in {200, 302}} == {}
    for language in ("lv", "en"):
        pages = [page for address, page in walk.pages.items() if address.startswith(f"/{language}/")]
        assert len(pages) > 100
        assert {page.language for page in pages} == {language}


def test_no_english_is_left_on_latvian_pages(walk: Walk) -> None:
    left = {
        address: ENGLISH.findall(page.words("lv")) for address, page in walk.pages.items() if address.startswith("/lv/")
    }
    assert {address: words for address, words in left.items() if words} == {}


@pytest.mark.parametrize("slug", FACTS)
def test_every_fact_of_a_case_stands_on_a_page_of_its_process(slug: str, walk: Walk) -> None:
    of_process = [page.words() for address, page in walk.pages.items() if address.startswith(f"/lv/p/{slug}/")]
    told = " ".join(of_process).casefold()
    assert [fact for fact in FACTS[slug] if fact.casefold() not in told] == []


def test_the_sessions_of_ilukste_have_their_own_hours_hall_and_floor(walk: Walk, demo: str) -> None:
    for meeting in Meeting.objects.filter(process__slug=ILUKSTE):
        words = walk.pages[f"/lv/p/{ILUKSTE}/meetings/{meeting.pk}/"].words()
        assert meeting.groups.count() == 1
        assert all(part in words for part in ("Brīvības iela 7", "2. stāvs", "2020. gada", meeting.groups.get().name))


def test_the_six_municipalities_are_followed_by_the_new_one(demo: str) -> None:
    follower = Organization.objects.get(name="Jēkabpils novada pašvaldība")
    assert follower.predecessors.count() == 6
    assert {str(organization.valid_to) for organization in follower.predecessors.all()} == {"2021-06-30"}
    assert str(follower.valid_from) == "2021-07-01"


def test_the_five_cases_keep_their_years_and_are_closed(demo: str) -> None:
    cases = Process.objects.filter(slug__in=FACTS)
    assert len(cases) == 5
    assert all(case.published_at and case.published_at.year in range(2018, 2022) and case.closed_at for case in cases)


def test_talkas_novads_has_more_than_sixty_proposals_in_all_states(demo: str) -> None:
    proposals = Proposal.objects.filter(process__slug=talkas_novads.PROGRAMME)
    number = proposals.count()
    assert number >= 60
    assert [proposal.number for proposal in proposals.order_by("number")] == list(range(1, number + 1))
    assert proposals.filter(bundle__isnull=False).count() == 2
    assert any(len(group) >= 3 for group in groups_of_similar(proposals[0].process, proposals))
    assert {proposal.state for proposal in proposals} == set(Proposal.State)
    arrived_elsewhere = {Proposal.Channel.FORWARDED}
    assert set(proposals.values_list("channel", flat=True)) | arrived_elsewhere == set(Proposal.Channel)
    replies = Reply.objects.filter(proposal__process__slug=talkas_novads.PROGRAMME)
    assert set(replies.filter(published_at__isnull=False).values_list("outcome", flat=True)) == set(Reply.Outcome)
    assert replies.filter(published_at__isnull=True).exists()
    assert proposals.filter(keep_private=True).exists()
    assert proposals.filter(corrected_at__isnull=False).exists()
    assert not proposals.get(title="Par deputāti personīgi").published_at


def test_an_answered_survey_of_a_parish_was_imported_and_another_file_waits(demo: str) -> None:
    waiting, elsewhere, done = ImportRun.objects.all()
    assert (done.state, done.taken, done.wrong) == ("finished", 7, 2)
    assert (elsewhere.preset, elsewhere.taken) == ("geolatvija", 2)
    assert waiting.state == "draft"


def test_three_letters_on_paper_wait_and_one_has_been_entered_with_its_scan(demo: str) -> None:
    scans = Scan.objects.filter(process__slug=talkas_novads.PROGRAMME)
    assert [scan.state for scan in scans.order_by("pk")] == [Scan.State.REGISTERED, *[Scan.State.WAITING] * 3]
    assert all(page.text and page.read_at for scan in scans for page in scan.pages.all())
    entered = scans.get(proposal__isnull=False).proposal
    assert entered is not None
    assert entered.files.count() == 1
    assert any(language_of(page.text, otherwise="lv") == "ru" for scan in scans for page in scan.pages.all())


def test_things_can_be_done_in_talkas_novads_today(demo: str) -> None:
    process = Process.objects.get(slug=talkas_novads.PROGRAMME)
    assert process.allows("propose")
    assert process.allows("apply")
    ahead = Meeting.objects.filter(process=process, starts_at__gt=clock.now())
    assert ahead.count() >= 8
    assert Counter(meeting.is_cancelled for meeting in ahead)[True] == 1


def test_the_mailboxes_show_every_fate_of_a_mail(demo: str) -> None:
    mail = InboundMessage.objects.filter(account__process__slug=talkas_novads.PROGRAMME)
    assert all(mail.in_folder(folder).exists() for folder in InboundMessage.Folder.values)
    assert {message.kind for message in mail} >= {"new", "reply", "auto_reply", "bounce", "list", "broken"}
    assert Notification.objects.returned().count() == 1
    liepaja = InboundMessage.objects.filter(account__process__slug=LIEPAJA)
    assert sorted(message.landings.count() for message in liepaja) == [1, 1, 2]


def test_letters_of_past_days_were_sent_on_their_day(demo: str) -> None:
    assert not Notification.objects.exclude(state=Notification.State.SENT).exists()
    assert Notification.objects.count() > 100
    assert all(
        letter.sent_at and (letter.sent_at - letter.created_at).total_seconds() < 60
        for letter in Notification.objects.all()
    )


@pytest.mark.parametrize("way", WAYS_IN, ids=lambda way: way.email.partition("@")[0])
def test_everybody_who_may_enter_sees_what_their_role_opens(way: WayIn, demo: str, settings: Any) -> None:
    settings.DEMO = True  # where a second step at sign-in is advised only
    user = User.objects.get(email=way.email)
    assert user.check_password(PASSWORD)
    assert user.emailaddress_set.filter(verified=True).exists()
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get("/lv/").status_code == 200
    register = client.get(f"/lv/workspace/p/{talkas_novads.PROGRAMME}/register/")
    runs = {talkas_novads.COORDINATOR, talkas_novads.LEAD, talkas_novads.CLERK}
    assert register.status_code == (200 if user.email in runs else 403), register.headers


def test_loading_twice_changes_nothing(demo: str) -> None:
    before = Process.objects.count(), Proposal.objects.count(), User.objects.count()
    said = StringIO()
    call_command("load_demo", stdout=said)
    assert "there already" in said.getvalue()
    assert (Process.objects.count(), Proposal.objects.count(), User.objects.count()) == before
