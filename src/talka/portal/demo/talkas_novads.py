# SPDX-License-Identifier: EUPL-1.2
"""Talkas novads, invented: its development programme in the middle of the work, today."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from talka.accounts import demo as accounts
from talka.accounts.models import User
from talka.core import clock
from talka.directory.demo import Directory
from talka.directory.models import Area, Organization, Person, Place, Topic
from talka.groups import demo as groups
from talka.groups.demo import Seat
from talka.groups.models import WorkingGroup
from talka.meetings.demo import local
from talka.portal.demo import (
    papers,
    talkas_calendar,
    talkas_circle,
    talkas_earlier,
    talkas_mail,
    talkas_network,
    talkas_paper,
    talkas_plan,
    talkas_reception,
    talkas_survey,
    talkas_thread,
)
from talka.portal.demo.talkas_heard_alike import HEARD_ALIKE, TOGETHER
from talka.portal.demo.talkas_heard_people import HEARD_PEOPLE
from talka.portal.demo.talkas_heard_streets import HEARD_STREETS
from talka.portal.demo.talkas_heard_work import HEARD_WORK
from talka.portal.demo.talkas_people import (
    AREAS,
    ASSOCIATIONS,
    COMPANIES,
    MUNICIPALITY,
    OFFICES,
    PLACES,
    SEATS,
    STEERING,
    TOPICS,
    TOWN,
    Seated,
)
from talka.processes import demo as processes
from talka.processes.demo import Drafting
from talka.processes.models import Process
from talka.proposals import demo as proposals
from talka.proposals.demo import DEGREES_PER_KM, Cast
from talka.proposals.models import Proposal
from talka.proposals.operations.bundling import bundle_proposals
from talka.proposals.operations.receiving import open_register
from talka.proposals.operations.searching import count_words

PROGRAMME = "talkas-programma-2028-2034"
PREPARED_DAYS_AGO = 165

COORDINATOR = "koordinatore@talka.example"
LEAD = "vaditajs@talka.example"
CLERK = "lietvede@talka.example"
RESIDENT = "iedzivotaja@talka.example"
MEMBER = "biedrs@talka.example"
STAFF = "darbiniece@talka.example"
ADMINISTRATOR = "administratore@talka.example"

PHASES = (
    ("Uzsākšana un darba uzdevums", -150, -96, ()),
    ("Iedzīvotāju aptauja", -95, -66, ("answer",)),
    ("Priekšlikumi", -55, 40, ("propose",)),
    ("Tematiskās darba grupas", -57, 45, ("propose", "apply")),
    ("Stratēģiskā daļa", 46, 100, ()),
    ("Rīcības un investīciju plāns", 101, 165, ()),
    ("Publiskā apspriešana", 166, 200, ("propose", "object")),
    ("Apstiprināšana", 201, 255, ()),
)
"""Title, first and last day counted from today, what can be done."""

STEPS = (
    ("Lēmums par izstrādes uzsākšanu", "MK 628/2014", "dome", -150, -150, "Domes lēmums Nr. 112; izstrādes vadītāja: Attīstības nodaļas vadītāja Inese Ozolkalne."),
    ("Darba uzdevuma apstiprināšana", "MK 628/2014, 2. p.", "dome", -135, -138, ""),
    ("Paziņojums par izstrādes uzsākšanu TAPIS un tīmekļvietnē", "MK 628/2014", "izstrādes vadītāja", -130, -131, ""),
    ("Projekta nodošana publiskajai apspriešanai", "MK 628/2014", "dome", 160, None, ""),
    ("Plānošanas reģiona atzinums", "MK 628/2014", "plānošanas reģions", 205, None, "Pieprasīs kopā ar publiskās apspriešanas sākumu."),
    ("Pārskats par sabiedrības līdzdalību", "MK 628/2014; MK 639/2024", "izstrādes vadītāja", 225, None, ""),
    ("Apstiprināšana", "MK 628/2014", "dome", 248, None, ""),
    ("Publicēšana TAPIS", "MK 628/2014", "izstrādes vadītāja", 255, None, ""),
)  # fmt: skip

PASSAGES = (
    (
        "Kāpēc vajadzīga jauna programma",
        "Pašreizējā programma beidzas 2027. gadā. Jaunā noteiks, kam novads dos naudu un laiku no 2028. līdz 2034. gadam: kuras ielas labos, kādus pakalpojumus atvērs pagastos, ko darīs ar tukšajām ēkām.",
    ),
    (
        "Ko teica aptaujā",
        "Aptaujā atbildēja 1 184 iedzīvotāji, no tiem 301 aizpildīja papīra anketu. Visbiežāk minēti ceļi un ietves (61 %), ārsta pieejamība pagastos (44 %) un darbs jauniešiem (38 %).",
    ),
    (
        "Kas notiek ar priekšlikumu",
        "1. Saņem numuru, un to izlasa Apmeklētāju centrā.\n2. Koordinatore nodod to darba grupai.\n3. Grupa sagatavo atbildi ar pamatojumu.\n4. Atbilde tiek publicēta un nosūtīta autoram.\n\n"
        "Izskatām arī anonīmus priekšlikumus; atbildi uz tiem var izlasīt tikai šeit.",
    ),
    (
        "Saistītie dokumenti",
        "- Talkas novada ilgtspējīgas attīstības stratēģija līdz 2040. gadam\n- Talkas novada teritorijas plānojums\n- Talkas novada attīstības programma 2021.–2027. gadam",
    ),
)


TEMPLATES = (
    (
        "Iekļausim programmā", "accepted",
        "{uzruna}\n\nPaldies par priekšlikumu „{virsraksts}” ({numurs}), kas saņemts {datums}. Darba grupa „{grupa}” to izskatīja un atbalsta: "
        "to iekļausim attīstības programmas rīcības plānā.\n\nRīcības plāna projekts būs publiskajā apspriešanā, kurā to varēsiet izlasīt un papildināt.",
    ),
    (
        "Jau ir darbu plānā", "already",
        "{uzruna}\n\nPaldies! Tas, ko lūdzat priekšlikumā {numurs} „{virsraksts}”, jau ir šī gada darbu plānā, tāpēc programmā to atkārtoti neierakstīsim.",
    ),
    (
        "Nav pašvaldības kompetencē", "not_ours",
        "{uzruna}\n\nPriekšlikumā {numurs} minēto jautājumu novada pašvaldība izlemt nevar. Esam to pārsūtījuši iestādei, kura par to atbild, "
        "un lūguši atbildēt Jums un informēt arī mūs.",
    ),
    (
        "Ielu apgaismojums un ietves", "partly",
        "{uzruna}\n\nPriekšlikums {numurs} ir izskatīts kopā ar citiem, kuros lūgts sakārtot ietves un apgaismojumu. Visas vietas vienā gadā sakārtot nevarēsim: "
        "sāksim ar ceļiem uz skolām, pārējās darīsim kārtībā, kādu noteiks programma.",
    ),
)  # fmt: skip
"""Templates of answers: name, outcome, text."""

LETTER_HEAD = (
    "Talkas novada pašvaldība\nRīgas iela 1, Talka, Talkas novads, LV-4101\nTālrunis 60 000 100, dome@talka.example"
)


@dataclass
class Town:
    """What the parts of the demonstration of Talkas novads have in common."""

    directory: Directory
    owner: Organization
    users: dict[str, User]
    areas: dict[str, Area] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    topics: dict[str, Topic] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    groups: dict[str, WorkingGroup] = field(default_factory=dict)

    def seat(self, seated: Seated) -> Seat:
        """Return the seat of somebody, who is entered if not known yet."""
        organization = self.directory.organization(seated.organization) if seated.organization else None
        self.titles.setdefault(seated.name, seated.title)
        person = self.directory.person(seated.name, seated.title, organization)
        return Seat(person, seated.title, organization, seated.function, seated.represents, seated.name_public)

    def person(self, name: str) -> Person:
        """Return somebody who has been entered."""
        return self.directory.person(name)


def _day(days: int) -> date:
    return clock.today() + timedelta(days=days)


def build(directory: Directory, names: Mapping[str, str]) -> None:
    """Lay out the municipality and its joint work."""
    this_year = clock.today().year
    with clock.at(local(_day(-160), "9.00")):
        town = _town(directory, names)
        proposals.move_known_days(this_year, by=town.users[ADMINISTRATOR])
    talkas_plan.build(town, town.users[COORDINATOR])
    with clock.at(local(_day(-150), "10.00")):
        drafting = _programme(town)
        mail_account = talkas_mail.connect(drafting.process, town.users[COORDINATOR])
    with clock.at(local(_day(-57), "9.30")):
        _groups(town, drafting)
    talkas_calendar.build(town, drafting)
    files = {upload.name: upload for upload in (papers.street_survey(), papers.crossing_sketch())}
    people = {name: town.person(name) for name in ("Linda Priedaine", "Zane Krastkalne", "Inese Ozolkalne")}
    cast = Cast(
        process=drafting.process, coordinator=town.users[COORDINATOR], clerk=town.users[CLERK], users=town.users, topics=town.topics,
        areas=town.areas, groups=town.groups, people=people, titles=town.titles, files=files, town=TOWN,
    )  # fmt: skip
    proposals.build(cast, [*HEARD_STREETS, *HEARD_PEOPLE, *HEARD_WORK, *HEARD_ALIKE])
    talkas_reception.build(town, drafting, town.users[CLERK])
    talkas_mail.build(mail_account, town.users[CLERK])
    proposals.build_templates(drafting.process, TEMPLATES, by=town.users[COORDINATOR])
    talkas_survey.build(drafting.process, town.users[CLERK])
    talkas_paper.build(drafting.process, clerk=town.users[CLERK])
    alike = Proposal.objects.filter(process=cast.process, title__in=TOGETHER)
    bundle_proposals(list(alike), by=cast.coordinator)
    count_words()
    talkas_network.build(town, town.users[COORDINATOR])
    talkas_earlier.build(town, town.users[COORDINATOR])
    talkas_thread.build(town, town.users[COORDINATOR])
    talkas_circle.build(town, drafting, town.users[COORDINATOR])


def _town(directory: Directory, names: Mapping[str, str]) -> Town:
    owner = directory.organization(MUNICIPALITY, "municipality")
    for name in OFFICES:
        directory.organization(name, "institution", parent=owner)
    for name in ASSOCIATIONS:
        directory.organization(name, "association")
    for name in COMPANIES:
        directory.organization(name, "company")
    town = Town(directory, owner, {})
    region = directory.area("Talkas novads", "municipality")
    town.areas = {name: directory.area(name, kind, region) for name, kind in AREAS}
    town.areas["Talkas novads"] = region
    for name, address, floor, room, access, about, (east, north) in PLACES:
        town.places[name] = directory.place(
            name, address=address, floor=floor, room=room, access=access, access_note=about, organization=owner,
            longitude=round(TOWN[0] + east * DEGREES_PER_KM[0], 5), latitude=round(TOWN[1] + north * DEGREES_PER_KM[1], 5),
        )  # fmt: skip
    for name, below in TOPICS.items():
        town.topics[name] = directory.topic(name)
        town.topics |= {one: directory.topic(one, town.topics[name]) for one in below}
    _ways_in(town, names)
    return town


def _ways_in(town: Town, names: Mapping[str, str]) -> None:
    """Let in those as whom one may sign in; the resident makes an account herself."""
    offices = {
        ADMINISTRATOR: ("Administratīvās nodaļas vadītāja", MUNICIPALITY),
        COORDINATOR: ("Attīstības nodaļas vadītāja", "Talkas novada Attīstības nodaļa"),
        LEAD: ("Ceļu un īpašumu nodaļas vadītājs", "Talkas novada Ceļu un īpašumu nodaļa"),
        CLERK: ("Apmeklētāju pieņemšanas centra lietvede", "Talkas novada Apmeklētāju pieņemšanas centrs"),
        STAFF: ("projektu vadītāja", "Talkas novada Kultūras pārvalde"),
        MEMBER: ("valdes loceklis", "Biedrība „Spieķis”"),
    }
    for email, (title, organization) in offices.items():
        office = town.directory.organization(organization)
        person = town.directory.person(names[email], title, office, email=email)
        town.titles[person.name] = title
        town.users[email] = town.directory.let_in(person)
        if email != MEMBER:
            town.directory.employ(person, town.owner, administrator=email == ADMINISTRATOR)
    town.users[RESIDENT] = accounts.sign_up(email=RESIDENT, name=names[RESIDENT])


def _programme(town: Town) -> Drafting:
    drafting = processes.build(
        coordinator=town.users[COORDINATOR], by=town.directory.by, organization=town.owner, kind="programme",
        title="Talkas novada attīstības programma 2028.–2034. gadam", address_part=PROGRAMME, owner=town.owner,
        area=town.areas["Talkas novads"], covers_from=2028, covers_to=2034,
        summary="Kopā izlemjam, kam Talkas novads septiņus gadus dos naudu un laiku. Šobrīd gaidām priekšlikumus un aicinām darba grupās.",
        description="Programmu izstrādā Attīstības nodaļa kopā ar astoņām darba grupām, kurās darbojas iestāžu, biedrību un uzņēmumu pārstāvji un iedzīvotāji.",
        easy_language="Novads raksta plānu septiņiem gadiem. Jūs varat pateikt, kas jādara. Rakstiet, zvaniet vai nāciet. Mēs atbildēsim katram.",
    )  # fmt: skip
    for title, first, last, allows in PHASES:
        drafting.phase(title, starts_on=_from_now(first), ends_on=_from_now(last), allows=list(allows))
    for title, act, responsible, due, done, note in STEPS:
        done_on = _from_now(done) if done is not None else None
        drafting.legal_step(title, act=act, responsible=responsible, due_on=_from_now(due), done_on=done_on, note=note)
    for title, body in PASSAGES:
        drafting.passage(title, body)
    _channels(town, drafting)
    drafting.takes_part(town.directory.organization("Talkas novada Attīstības nodaļa"), "izstrādā programmu")
    for name in ASSOCIATIONS:
        drafting.takes_part(town.directory.organization(name), "sūta pārstāvi darba grupās")
    drafting.role(town.person("Maruta Dzilna"), "clerk", town.owner)
    drafting.publish()
    open_register(drafting.process, prefix="TP", letter_head=LETTER_HEAD, by=town.users[COORDINATOR])
    return drafting


def _from_now(days: int) -> date:
    """Count from the day on which the demonstration is loaded, also while operations happen in the past."""
    return clock.today() + timedelta(days=150 + days)


def _channels(town: Town, drafting: Drafting) -> None:
    desk = town.places["Apmeklētāju pieņemšanas centrs"]
    drafting.channel(
        "email", "attistiba@talka.example", note="Atbildam uz katru e-pastu; numuru saņemsiet nākamajā darba dienā."
    )
    drafting.channel(
        "paper",
        place=desk,
        note="Veidlapa ir arī bibliotēkās un pie pagastu pārvaldniekiem; der arī lapa no burtnīcas.",
    )
    drafting.channel(
        "desk",
        place=desk,
        note="Darba dienās plkst. 8.30–17.00, pirmdienās līdz 18.00. Pierakstīsim jūsu stāstīto.",
    )
    drafting.channel("phone", "60 000 112", note="Darba dienās plkst. 9.00–16.00.")
    drafting.channel(
        "reception",
        "Attīstības nodaļas speciālisti",
        place=desk,
        note="Ceturtdienās plkst. 15.00–18.00. Laiku var pieteikt šeit vai pa tālruni 60 000 112; var nākt arī bez pieteikšanās.",
    )
    coordinator = town.person("Inese Ozolkalne")
    drafting.channel(
        "contact",
        "koordinatore@talka.example",
        person=coordinator,
        person_title="Attīstības nodaļas vadītāja, programmas izstrādes vadītāja",
    )


def _groups(town: Town, drafting: Drafting) -> None:
    steering = groups.build(
        drafting.process, name="Vadības grupa", kind="steering", by=drafting.by, seats=[town.seat(seated) for seated in STEERING],
        description="Izskata darba grupu sagatavoto un iesniedz to domei.",
    )  # fmt: skip
    town.groups["Vadības grupa"] = steering
    for name, subtopics in TOPICS.items():
        is_open = name != "Uzņēmējdarbība un darbs"
        town.groups[name] = groups.build(
            drafting.process, name=name, by=drafting.by, topic=town.topics[name], subtopics=[town.topics[below] for below in subtopics],
            joining="open" if is_open else "invitation",
            how_to_join="Nāciet uz sanāksmi vai piesakieties pie grupas vadītāja." if is_open else "Uzņēmējus aicina konsultants; ja vēlaties piedalīties, zvaniet 60 000 118.",
            description="Novērtē, kas šajā jomā ir un kā trūkst, izskata priekšlikumus un iesaka rīcības programmai.",
            seats=[town.seat(seated) for seated in SEATS[name]],
        )  # fmt: skip


def return_mail() -> None:
    """Let one answer come back, once the letters of past days have been sent."""
    process = Process.objects.get(slug=PROGRAMME)
    proposals.return_answer(process, "zanda@talka.example", because="550 5.1.1 User unknown")
