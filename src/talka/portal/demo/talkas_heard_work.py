# SPDX-License-Identifier: EUPL-1.2
"""What the people of Talkas novads said about work, sports and the municipality itself."""

from talka.proposals.demo import Answer, Heard
from talka.proposals.operations.drafting import Sender

WORK, SPORT, OFFICE = "Uzņēmējdarbība un darbs", "Sports un tūrisms", "Pārvalde un līdzdalība"
RESIDENT = Sender(name="Līga Sarmule", email="iedzivotaja@talka.example", name_public=True)

HEARD_WORK = (
    Heard(
        ago=45, at="10.48", title="Tirgus nojume, lai lietū nav jāiet mājās", topic="Mājražotāji un tirgus", area="Talka", place="Tirgus laukums", point=(0.03, 0.03),
        text="Sestdienās tirgojas 22 mājražotāji. Kad līst, paliek pieci. Vajag jumtu, elektrību un ūdeni.",
        sender=Sender(name="Oskars Vītolnieks", email="oskars@talka.example", on_behalf="business", on_behalf_name="Z/s „Lejas Vītoli”", name_public=True), group=WORK, followers=("dace@talka.example",),
        answer=Answer("accepted", "Nojumi 24 galdiem, četrus elektrības punktus un ūdeni iekļausim 2028. gada investīcijās. Tirgotāji aicināti uz skici 14 dienas pirms iepirkuma.", 6, 9),
    ),
    Heard(
        ago=39, at="9.17", title="Dzīvokļi tiem, kas te strādā", topic="Darbs un mājoklis",
        text="Mums ir 11 brīvas vietas, bet strādniekiem nav kur dzīvot. Vai pašvaldība nevar remontēt savus tukšos dzīvokļus un izīrēt?",
        sender=Sender(name="Egils Ratnīks", email="egils@talka.example", on_behalf="business", on_behalf_name="SIA „Meldru koks”", name_public=True), group=WORK,
        answer=Answer("partly", "No 31 tukšā dzīvokļa remontējami ir 12. Sešus izremontēsim divos gados; par pārējiem rēķinām īres mājas projektu ar valsts garantiju.", 8, 11),
    ),
    Heard(
        ago=21, at="13.31", title="Kopstrādes telpa bibliotēkā", topic="Mazie uzņēmumi", area="Talka", place="Talkas novada bibliotēka", point=(0.35, 0.2),
        text="Strādāju no mājām, bet internets Dzirnupē ir lēns. Atstājiet bibliotēkas otro stāvu vaļā arī vakaros ar kodu.",
        sender=Sender(name="Zanda Kalve", email="zanda@talka.example", name_public=True), group=WORK, followers=("reinis.b@talka.example",),
        answer=Answer("accepted", "Otrais stāvs ar ieejas kodu būs pieejams no 7.00 līdz 22.00; astoņas vietas, bez maksas pirmo gadu.", 7, 10),
    ),
    Heard(
        ago=8, at="11.59", title="Uzņēmēju balva", text="Vienreiz gadā pasakiet paldies tiem, kas te maksā nodokļus.", topic="Mazie uzņēmumi", group=WORK, sender=Sender(name="Anonīms uzņēmējs"),
    ),
    Heard(
        ago=44, at="18.45", title="Ledus hokeja laukums", topic="Sporta laukumi", area="Talka", place="pie stadiona", point=(0.9, 0.5),
        text="Pļavu pie stadiona applūdināt un apgaismot. Šļūteni mums ir, vajag bortus.", sender=Sender(name="Mārtiņš", email="martins.h@talka.example"), group=SPORT, followers=("toms@talka.example",),
        answer=Answer("accepted", "Bortus un divus prožektorus iegādāsimies šoziem; ūdeni pievadīs ugunsdzēsēji, kopšana paliek jums.", 5, 8),
        corrected=("Ledus laukums pie stadiona", "Pļavu pie stadiona applūdināt un apgaismot. Šļūtene mums ir, vajag bortus.", "Labots virsraksts, lai līdzīgi priekšlikumi būtu atrodami, un drukas kļūda."),
    ),
    Heard(
        ago=41, at="7.33", title="Laivu piestātne Talkā", topic="Takas un naktsmājas", area="Talka", place="Talkupe aiz dzirnavām", point=(-0.75, -1.0),
        text="Laivotāji izkāpj dubļos un aizbrauc citur paēst. Viena laipa ar pakāpieniem, ugunskura vieta, zīme uz maiznīcu.",
        sender=Sender(name="Madara Ezeriņa-Vilka", email="laivas@talka.example", on_behalf="business", on_behalf_name="SIA „Kopezera laivas”", name_public=True), group=SPORT,
        answer=Answer("already", "Piestātne ir šī gada budžetā; būvē pēc palu beigām. Ugunskura vietu pievienosim, zīmi izveidos Tūrisma centrs.", 4, 6),
    ),
    Heard(
        ago=32, at="20.22", title="Āra trenažieri senioriem", topic="Sporta laukumi", area="Talka", place="Parka iela", point=(0.12, 0.52),
        text="Trenažieri pie skolas ir jauniešiem, mums par smagu. Pie parka vajag vieglos, ar soliņu blakus.", sender=Sender(name="Astrīda", phone="60 000 240"), channel="phone", group=SPORT,
        answer=Answer("partly", "Četrus vieglos trenažierus uzstādīsim. Vietu mainām uz bibliotēkas pagalmu: parkā nav apgaismojuma un tualetes.", 7, 10, posted=11),
    ),
    Heard(
        ago=18, at="15.44", title="Distanču slēpošana", topic="Takas un naktsmājas", area="Upkalnes pagasts", place="Upkalnes mežs", point=(6.9, 6.8),
        text="Tīriet trasi (3 km), mums ir sniega motocikls, tikai degviela jāpērk pašiem.", sender=Sender(name="Kaspars", email="kaspars.d@talka.example"), group=SPORT,
        withdrawn=(4, "Trasi sakārtosim paši ar mežsaimniecību."),
    ),
    Heard(
        ago=13, at="22.30", title="Riteņu noma visiem pagastiem", topic="Takas un naktsmājas", text="Divdesmit riteņi, pieci pagasti, viens app. Visiem patiks.",
        sender=Sender(name="Edvards", email="edvards@talka.example"), group=SPORT, withdrawn=(5, "Atsaucu, jo skaitļi vēl nav pārbaudīti."),
    ),
    Heard(
        ago=46, at="8.20", title="Viena pašvaldības tālruņa līnija", topic="Pakalpojumi klātienē un internetā",
        text="Katrai iestādei savs numurs, pusi laika neviens neceļ. Vajag vienu numuru, kas savieno.", sender=RESIDENT, group=OFFICE, followers=("ausma@talka.example",),
        answer=Answer("accepted", "Vienotais numurs 60 000 110 sāks darboties nākamajā mēnesī: darba dienās līdz 18.00, pēc tam automātiski pierakstām zvanu un atzvanām.", 5, 8),
    ),
    Heard(
        ago=36, at="16.10", title="Sēžu ieraksti ar subtitriem", topic="Iedzīvotāju līdzdalība", text="Skatos domes sēdes internetā, bet esmu vājdzirdīgs. Subtitri arī pēc sēdes būtu labi.",
        sender=Sender(name="Raimonds Cīrulnieks", email="raimonds@talka.example", name_public=True), group=OFFICE,
        answer=Answer("accepted", "Subtitrus pievienosim trešajā dienā pēc sēdes; sākam ar nākamo sēdi.", 5, 7,
            corrected=(11, "atbildē nebija teikts, kas notiks ar iepriekšējo sēžu ierakstiem.", "Subtitrus pievienosim trešajā dienā pēc sēdes; sākam ar nākamo sēdi. Pēdējā gada sēžu ierakstiem subtitrus pievienosim līdz pavasarim."),
        ),
    ),
    Heard(
        ago=24, at="17.45", title="Novada domē tikai septiņi deputāti", topic="Iedzīvotāju līdzdalība",
        text="Samazināt deputātu skaitu, ietaupīt.", sender=Sender(name="Visvaldis", email="visvaldis@talka.example"), group=OFFICE,
        answer=Answer("not_ours", "Deputātu skaitu nosaka Pašvaldību vēlēšanu likums pēc iedzīvotāju skaita; dome to mainīt nevar. Ja vēlaties ierosināt grozījumus likumā, tos iesniedz Saeimai.", 3, 5, "Latvijas Republikas Saeima"),
    ),
    Heard(
        ago=17, at="12.12", title="Kas nokavēts, lai redz visi", topic="Atklāti dati",
        text="Publicējiet, cik priekšlikumu nav atbildēts laikā. Neko nevajag skaidrot, tikai skaitli.", sender=Sender(name="Jurģis", email="jurgis@talka.example"), group=OFFICE, note="Sagatavot kopā ar statistiku; pozitīvi.",
        answer=Answer("accepted", "Skaitli rādīsim uz šī procesa lapas katru mēnesi, ar saņemtajiem, atbildētajiem un nokavētajiem.", 8, None),
    ),
    Heard(
        ago=15, at="23.58", title="Par deputāti personīgi", topic="Iedzīvotāju līdzdalība", text="Deputāte K. nekad nav mājās un viņas vīrs brauc ar dienesta mašīnu uz veikalu.",
        sender=Sender(email="anonims@talka.example"), confirmed=False, group=OFFICE, unpublished="Ziņas par privātpersonu, kas nav priekšlikums programmai.",
    ),
    Heard(
        ago=3, at="13.07", title="Kur var redzēt, ko Talkā būvē", topic="Atklāti dati", area="Talka", text="Uz Skolas ielas rok jau otro reizi gadā. Karte ar darbiem un datumiem ietaupītu simt zvanus.",
        sender=RESIDENT, group=OFFICE, regime="information",
    ),
)  # fmt: skip
