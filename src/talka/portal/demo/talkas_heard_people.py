# SPDX-License-Identifier: EUPL-1.2
"""What the people of Talkas novads said about schools, culture and looking after one another."""

from talka.proposals.demo import Answer, Heard
from talka.proposals.operations.drafting import Sender

SCHOOL, CULTURE, CARE = "Izglītība un jaunatne", "Kultūra un mantojums", "Sociālais atbalsts un veselība"

HEARD_PEOPLE = (
    Heard(
        ago=47, at="20.31", title="Bērnudārza grupa Bērzlejā arī vasarā", topic="Pirmsskola", area="Bērzlejas pagasts", place="Bērzlejas pamatskola", point=(-7.0, 1.0),
        text="Jūlijā un augustā dārziņš slēgts, un mums abiem jāstrādā. Pietiktu ar vienu dežūrgrupu uz pagastu.",
        sender=Sender(name="Lauma Teiksma", email="lauma@talka.example", name_public=True), group=SCHOOL, followers=("vecaku.padome@talka.example",),
        answer=Answer("partly", "Dežūrgrupu atvērsim jūlijā, ja līdz maijam pieteiksies vismaz astoņi bērni. Augustā darbinieki ir atvaļinājumā un jāremontē telpas; tad vietu nodrošināsim Talkā ar autobusu.", 6, 9),
    ),
    Heard(
        ago=44, at="9.40", channel="desk", title="Angļu valoda pieaugušajiem pagastos", topic="Interešu izglītība", area="Meldrāju pagasts",
        text="Kursi ir tikai Talkā un tikai dienā. Ja vakarā bibliotēkā, nāktu kādi desmit.",
        sender=Sender(name="Anita Plaucēja", phone="60 000 190"), group=SCHOOL,
        answer=Answer("accepted", "No nākamā mēneša trešdienu vakaros nodarbības būs Meldrāju un Upkalnes bibliotēkā; pieteikušies jau 14 cilvēki, vajadzēja desmit.", 5, 7, posted=8),
    ),
    Heard(
        ago=37, at="17.58", title="Peldbaseins Talkā", topic="Skolas", area="Talka",
        text="Bērniem jāmāk peldēt. Tuvākais baseins ir 45 km. Lūdzu ierakstīt programmā baseinu pie vidusskolas.",
        sender=Sender(name="Rihards Pļavenieks", email="rihards@talka.example"), group=SCHOOL, followers=("lauma@talka.example", "sanita@talka.example"),
        answer=Answer("rejected", "Baseina būve maksātu ap 9 miljoniem, uzturēšana 480 000 eiro gadā; tā ir visa sporta un jaunatnes nauda. Tā vietā programmā paredzēsim braucienus: katrs trešklasnieks 20 nodarbības kaimiņu pilsētas baseinā, par ko novads maksā.", 9, 13,
            recommended=("partly", "Grupa iesaka programmā paredzēt baseina izpēti: cik bērnu brauktu, cik maksātu būve kopā ar Kaimiņu novadu un uzturēšana katrā pusē."),
        ),
    ),
    Heard(
        ago=29, at="13.13", title="Skolas pusdienas bez steigas", topic="Skolas", area="Talka",
        text="Starpbrīdis ir 15 minūtes, rinda 10. Bērns mājās pārnāk neēdis.", sender=Sender(name="Māris O.", email="maris.o@talka.example"), group=SCHOOL,
        answer=Answer("already", "No šī mēneša ir divi pusdienu starpbrīži pa 25 minūtēm: 1.–5. klasei un pārējiem. Skola pēc mēneša mērīs, cik ēdiena paliek šķīvjos.", 4, 6),
    ),
    Heard(
        ago=23, at="22.05", title="Jauniešu māja vakaros līdz desmitiem", topic="Jauniešu iespējas", area="Talka", place="Stacijas iela 8", point=(-0.5, -0.6),
        text="Seši ir pa agru, mēs tikai tad esam brīvi. Varam paši dežūrēt, mums ir 18.", sender=Sender(name="Elīza", email="eliza@talka.example", on_behalf="association", on_behalf_name="Jauniešu biedrība „Dzirksts”", name_public=True),
        group=SCHOOL,
        answer=Answer("accepted", "No nākamā mēneša piektdienās un sestdienās Jauniešu māja strādās līdz 22.00. Divi pilngadīgi biedri paraksta vienošanos par atslēgu.", 7, 10),
    ),
    Heard(
        ago=12, at="11.02", title="Robotikas pulciņš", topic="Interešu izglītība", area="Talka",
        text="Skolotājs ir (mans brālis, inženieris), telpas vidusskolā ir, vajag tikai sešus komplektus.", sender=Sender(name="Reinis", email="reinis.b@talka.example"), group=SCHOOL,
        answer=Answer("accepted", "Komplektus iegādāsimies, pulciņš sāksies nākamajā semestrī.", 8, None, decided=10),
    ),
    Heard(
        ago=5, at="16.16", title="Skolas autobuss no Meldrājiem brauc par agru", topic="Skolas", area="Meldrāju pagasts", place="Meldrāji", point=(9.0, -2.0),
        text="Bērns pieturā 6.50, stundas 8.30. Stundu sēž gaitenī.", sender=Sender(name="Kristaps P.", email="kristaps.p@talka.example"), group=SCHOOL,
    ),
    Heard(
        ago=46, at="12.20", title="Bērzlejas klēts jumts", topic="Kultūras mantojums", area="Bērzlejas pagasts", place="Bērzlejas klēts", point=(-7.2, 1.3),
        text="Klētij ir 190 gadu, jumts tek trijās vietās. Biedrība var atrast pusi naudas, ja pašvaldība dod otru pusi un meistaru ar sertifikātu.",
        sender=Sender(name="Velga Kārkle", email="velga@talka.example", on_behalf="association", on_behalf_name="Biedrība „Bērzlejas klēts”", name_public=True), group=CULTURE, followers=("modris@talka.example",),
        answer=Answer("accepted", "Pusi jumta (līdz 14 000 eiro) paredzēsim 2028. gadam. Pieminekļu pārvaldes atļauju kārtosim kopā; pirmais darbs ir uzmērījums pavasarī.", 7, 10),
    ),
    Heard(
        ago=38, at="19.00", title="Tautas nami: atstāt visus trīs", topic="Kultūras nami",
        text="Dzirdēju, ka Upkalnē taisās slēgt. Tas ir vienīgais, kas pagastā palicis. Lai brauc kaut reizi nedēļā, bet lai ir.",
        sender=Sender(name="Skaidrīte Zeltmate", email="skaidrite@talka.example"), group=CULTURE, followers=("sanita@talka.example", "juris.u@talka.example"),
        answer=Answer("partly", "Neslēgsim nevienu. Visi trīs vairs nevar strādāt katru dienu: Upkalnē un Meldrājos tautas nams būs atvērts ceturtdienās, piektdienās un pasākumu dienās, un būs viens pārvaldnieks uz abiem.", 8, 11),
    ),
    Heard(
        ago=11, at="10.50", channel="paper", title="Lielburtu grāmatas", topic="Bibliotēku darbs", area="Talka", place="Talkas novada bibliotēka", point=(0.35, 0.2),
        text="Acis vairs nerāda. Bibliotēkā ir četras grāmatas ar lieliem burtiem, visas izlasītas divreiz.",
        sender=Sender(name="Aina Mežmala", postal_address="Skolas iela 6–2, Talka, Talkas novads, LV-4101"), group=CULTURE,
        answer=Answer("accepted", "Pasūtījām 40 lielburtu grāmatas un divus audiogrāmatu atskaņotājus, ko dod līdzi uz mājām. Reizi mēnesī bibliotekāre grāmatas aiznesīs pati.", 5, 7),
    ),
    Heard(
        ago=16, at="20.09", title="Brīvdabas kino Upes ielas galā", topic="Kultūras nami", area="Talka", place="pļava pie upes", point=(-0.7, -0.9),
        text="Ekrāns, projektors un seanss augustā. Projektors mums ir, vajag elektrību.", sender=Sender(name="Toms Smilga", email="toms@talka.example"), group=CULTURE,
        answer=Answer("partly", "Divus seansus augustā atbalstīsim, elektrību pievadīsim no sūkņu stacijas. Pastāvīgu pieslēgumu nebūvēsim, kamēr nav skaidrs, vai pļava applūst.", 9, None, decided=13),
    ),
    Heard(
        ago=7, at="14.41", title="Music school for adults", text="I moved here last year. I would like to learn the accordion together with my neighbour (he is 70). The music school says only children. Could there be two evenings a week for adults, paid?",
        topic="Kultūras nami", area="Talka", sender=Sender(name="Hannah", email="hannah@talka.example", language="en", name_public=True), group=CULTURE,
    ),
    Heard(
        ago=47, at="11.15", channel="desk", title="Feldšeris Upkalnē divreiz nedēļā", topic="Ārsti un aptiekas", area="Upkalnes pagasts", place="Upkalnes bibliotēka", point=(6.1, 6.0),
        text="Ārsts ir Talkā, autobuss trīsreiz nedēļā, vecs cilvēks izbrauc septiņos un mājās ir piecos. Lai feldšeris brauc uz Upkalni.",
        sender=Sender(name="Jānis Kalnozols", phone="60 000 204"), group=CARE, followers=("ausma@talka.example",),
        answer=Answer("partly", "Vienu dienu nedēļā feldšeris Upkalnē būs pēc diviem mēnešiem; telpu bibliotēkā sagatavosim. Otrai dienai pietrūkst cilvēka, nevis naudas: konkursu izsludināsim vēlreiz, dzīvokli dodam.", 6, 8, posted=9),
    ),
    Heard(
        ago=43, at="15.09", title="Aprūpe mājās arī brīvdienās", topic="Aprūpe mājās",
        text="Mammai sestdienās un svētdienās neviens nenāk, un man brauc 160 km. Par brīvdienām es būtu gatava piemaksāt.",
        sender=Sender(name="Daina", email="daina@talka.example"), group=CARE,
        answer=Answer("accepted", "No nākamā ceturkšņa aprūpe mājās būs septiņas dienas nedēļā 23 cilvēkiem, kuriem tā visvajadzīgākā; piemaksa nav jāmaksā. Iesniegumu pieņems sociālais darbinieks mājās.", 7, 9),
    ),
    Heard(
        ago=40, at="16.30", title="Pandusi aptiekai un pastam", topic="Seniori", area="Talka", place="Tirgus laukums 3 un 5", point=(0.05, 0.02),
        text="Biedrība „Durvis vaļā” apsekoja 14 iestādes Talkā. Aptiekā un pastā ratiņkrēslā iekļūt nevar. Zem 5 cm slieksnis ir tikai trijās.",
        sender=Sender(name="Kristaps Zvejs", email="kristaps@talka.example", on_behalf="association", on_behalf_name="Biedrība „Durvis vaļā”", name_public=True), group=CARE, followers=("ausma@talka.example", "rita.k@talka.example"),
        answer=Answer("not_ours", "Abas ēkas ir privātas; uzbrauktuve jābūvē īpašniekam. Priekšlikumu pārsūtījām abiem. No novada puses piešķirsim 50 % par uzbrauktuvi bez pieteikšanās un jūsu apsekojumu liksim programmas pielikumā.", 4, 6, "ēku īpašnieki Tirgus laukumā 3 un 5"),
    ),
    Heard(
        ago=34, at="21.40", title="Atelpas brīdis vecākiem", topic="Ģimenes ar bērniem",
        text="Audzinu dēlu ar smagu invaliditāti viena. Neviens pieskatīt nevar, tāpēc strādāt arī nevaru.", private=True,
        sender=Sender(name="Agnese", email="agnese.t@talka.example", phone="60 000 215"), group=CARE,
        answer=Answer("accepted", "Atelpas brīža pakalpojumu jums piešķīrām no nākamās nedēļas (30 dienas gadā), un programmā paredzēsim to katrai ģimenei. Sociālā darbiniece sazināsies rīt.", 3, 4),
    ),
    Heard(
        ago=13, at="12.05", channel="phone", title="Silta ēdiena piegāde Meldrājos", topic="Seniori", area="Meldrāju pagasts",
        text="Kopš veikals ciet, vairāki kaimiņi vārītu ēdienu redz reizi nedēļā. Vai nevar piegādāt ar skolas busiņu?",
        sender=Sender(name="Lidija", phone="60 000 222"), group=CARE,
        answer=Answer("accepted", "Skolas busiņš pusdienās brauc tukšs. No nākamā mēneša ar to no skolas virtuves vedīsim pusdienas deviņiem cilvēkiem; cena 1,80 eiro, trūcīgajiem bez maksas.", 6, 8),
    ),
    Heard(
        ago=19, at="18.20", title="Grupa par zaudējumu", topic="Ārsti un aptiekas", text="Pēc vīra nāves nebija kur iet. Ja reizi mēnesī bibliotēkā būtu vieta, kur parunāt, nāktu arī citi.",
        sender=Sender(name="M.", email="milda@talka.example"), group=CARE,
        answer=Answer("accepted", "Psihologs reizi mēnesī vadīs grupu bibliotēkā, sākot ar nākamo mēnesi.", 6, None, decided=12),
    ),
    Heard(
        ago=11, at="9.25", title="Sociālais dienests bez pieraksta", topic="Ģimenes ar bērniem", area="Talka",
        text="Pierakstīties var tikai pa tālruni darba laikā, un tālrunis vienmēr aizņemts.", sender=Sender(email="vilnis@talka.example"), group=CARE, person="", note="Trešā sūdzība mēnesī.",
    ),
    Heard(
        ago=6, at="20.55", title="Dienas centrs Talkas senioriem", topic="Seniori", area="Talka", place="bijusī veikala ēka Tirgus laukumā 7", point=(0.08, -0.05),
        text="Biedrībā esam 74. Tikšanās vieta mums ir bibliotēkas stūris ar astoņiem krēsliem. Vecā veikala ēka ir pašvaldības un tukša trešo gadu.",
        sender=Sender(name="Ausma Pērkone", email="ausma@talka.example", on_behalf="association", on_behalf_name="Biedrība „Talkas seniori”", name_public=True), group=CARE,
        followers=("kristaps@talka.example",),
        extended=(4, "Lai atbildētu, vajadzīgs ēkas tehniskais atzinums; būvinženieris to sola nākamnedēļ."),
    ),
    Heard(
        ago=2, at="10.35", channel="email", title="Zobārsts", topic="Ārsti un aptiekas", text="Kad Talkā būs zobārsts, pie kura var tikt agrāk nekā pēc četriem mēnešiem? Lūdzu rakstīt programmā. Atbildi gaidu pa tālruni 20 000 186 vai gatis@talka.example.",
        sender=Sender(name="Gatis", email="gatis@talka.example"), public=False,
    ),
)  # fmt: skip
