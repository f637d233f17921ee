# SPDX-License-Identifier: EUPL-1.2
"""What the people of Talkas novads said about roads and about their surroundings."""

from talka.proposals.demo import Answer, Forwarded, Heard
from talka.proposals.operations.drafting import Sender

ROADS, GREEN = "Mobilitāte un ceļi", "Vide un publiskā ārtelpa"
RESIDENT = Sender(name="Līga Sarmule", email="iedzivotaja@talka.example", name_public=True)

HEARD_STREETS = (
    Heard(
        ago=48, at="19.42", title="Gājēju pāreja Skolas ielā pie autobusa pieturas", topic="Satiksmes drošība", area="Talka",
        text="Bērni no autobusa uz skolu skrien pāri ielai, kur pagadās. Rītos mašīnas brauc uz 50, un pirms likuma nekas nav redzams. "
        "Lūdzu ierīkot pāreju ar labu apgaismojumu. Pielieku zīmējumu, kur man šķiet vislabāk.",
        place="Skolas iela, pretim vidusskolas vārtiem", point=(0.7, 0.38), sender=RESIDENT, group=ROADS, files=("pareja-pie-skolas.png",),
        followers=("aivars@talka.example", "vecaku.padome@talka.example"),
        answer=Answer(
            "accepted",
            "Piekrītam. Apsekojumā 40 minūtēs šajā vietā ielu šķērsoja 63 bērni. Pāreju ar virziena apgaismojumu un ātruma valni iekļausim rīcības plāna pirmajā gadā; "
            "līdz tam no nākamās nedēļas pie skolas būs zīme „30” un pagaidu vaļņi.",
        ),
    ),
    Heard(
        ago=47, at="8.15", title="Upes ielu noasfaltēt", topic="Ielas un ceļi", area="Talka", place="Upes iela", point=(-0.4, -0.3),
        text="Vasarā veļu žāvēt nevar, putekļi līdz otrajam stāvam. Solīts bija jau iepriekšējā programmā.",
        sender=Sender(name="Aivars", email="aivars@talka.example"), group=ROADS,
        answer=Answer(
            "partly",
            "Upes iela ir programmā, bet asfaltēt uzreiz nevar: zem tās jāliek jauns ūdensvads, un to darīs 2029. gadā. Segumu klāsim pēc tam. "
            "Līdz asfaltam divreiz vasarā kaisīsim pretputekļu materiālu.",
        ),
    ),
    Heard(
        ago=45, at="21.07", title="Veloceļš no Talkas līdz Kopezeram", topic="Veloceļi un ietves", area="Bērzlejas pagasts", place="gar Bērzlejas ceļu", point=(-3.5, 0.6),
        text="Biedrība „Spieķis” lūdz programmā paredzēt veloceļu no Talkas līdz Kopezeram, 6 km. Vasaras svētdienās pa ceļu brauc līdz 140 velosipēdu dienā "
        "(skaitījām trīs svētdienas jūlijā), nomales nav, un divi braucēji šogad ir iegrūsti grāvī. Trases skici varam atnest.",
        sender=Sender(name="Andris Krauklis", email="biedrs@talka.example", on_behalf="association", on_behalf_name="Biedrība „Spieķis”", name_public=True), group=ROADS,
        followers=("laivas@talka.example", "aivars@talka.example", "marta.s@talka.example"),
        answer=Answer(
            "accepted",
            "Iekļausim kā atsevišķu projektu 2029.–2031. gadam. Aprēķins: 6,2 km, apmēram 1,1 miljons eiro, no tā 85 % ceram saņemt no Eiropas fondiem. "
            "Lūdzam biedrību piedalīties trases izvēlē: pirmā apskate būs pavasarī.",
            6, 9,
        ),
    ),
    Heard(
        ago=43, at="10.30", channel="paper", title="Soliņš autobusa pieturā Meldrājos", topic="Sabiedriskais transports", area="Meldrāju pagasts", place="pietura „Meldrāji”", point=(9.0, -2.0),
        text="Gaidīt autobusu nākas stāvus. Kājas sāp. Uzlieciet, lūdzu, soliņu un jumtiņu. Jautājumos zvaniet Zentai Purmalei, 29 000 314, vakaros.",
        covered=True,
        sender=Sender(name="Zenta Purmale", postal_address="„Purmaļi”, Meldrāju pagasts, Talkas novads"), group=ROADS,
        answer=Answer("accepted", "Soliņu uzliksim mēneša laikā. Nojumi paredzēsim programmā kopā ar vēl četrām pieturām, kur cilvēki gaida ilgāk par 15 minūtēm.", 4, 7, posted=8),
    ),
    Heard(
        ago=41, at="7.50", title="Autobuss vakarā no Rīgas", topic="Sabiedriskais transports",
        text="Pēdējais autobuss pienāk 18.20. Kas strādā līdz sešiem, mājās netiek. Vajag vēl vienu ap 20.30, kaut vai piektdienās un svētdienās.",
        sender=Sender(name="Edgars Lejasbirze", email="edgars@talka.example", name_public=True), group=ROADS, followers=("aivars@talka.example",),
        answer=Answer(
            "not_ours",
            "Starppilsētu maršrutus pasūta Autotransporta direkcija, nevis novads. Jūsu priekšlikumu un vēl divus līdzīgus nosūtījām tai kopā ar datiem, cik cilvēku brauc ar pēdējo reisu. "
            "Par saņemto atbildi ziņosim šeit. No novada puses apmaksāsim pievedreisu no stacijas, ja vakara reiss būs.",
            3, 5, "Autotransporta direkcija",
        ),
    ),
    Heard(
        ago=39, at="12.12", title="Kalna ielā ziemā kaisīt smiltis", topic="Ielas un ceļi", area="Talka", place="Kalna iela", point=(0.5, -0.6),
        text="Kalna ielā ziemā nevar uzkāpt kājām. Pērn lauza roku divi cilvēki. Vajag kasti ar smiltīm augšā un lejā.",
        sender=Sender(name="Rita", email="rita.k@talka.example"), group=ROADS,
        answer=Answer("already", "Kastes ar smiltīm šonedēļ uzstādītas kalna augšā un pie Nr. 4. Smiltis drīkst ņemt ikviens; par tukšu kasti zvaniet 60 000 121.", 3, 6),
    ),
    Heard(
        ago=36, at="18.33", title="Aizliegt kravas mašīnas Vecajā ielā", topic="Satiksmes drošība", area="Talka", place="Vecā iela", point=(-0.15, 0.1),
        text="Bruģis ir simt gadus vecs, un pa to brauc baļķvedēji, jo tā ir īsāk. Aizliegt!",
        sender=Sender(name="Modris Ābelnieks", email="modris@talka.example", name_public=True), group=ROADS,
        answer=Answer("accepted", "Zīmi „Kravas automobiļiem braukt aizliegts” uzstādīsim abos Vecās ielas galos. Apbraucamais ceļš pa Stacijas ielu ir par 400 m garāks, un tur ir asfalts.", 6, 9),
        corrected=(
            "Aizliegt kravas mašīnas Vecajā ielā",
            "Bruģis ir simt gadus vecs, un pa to brauc baļķvedēji [uzņēmuma nosaukums izņemts], jo tā ir īsāk. Aizliegt!",
            "Izņemts uzņēmuma nosaukums, kas nebija vajadzīgs priekšlikumam.",
        ),
    ),
    Heard(
        ago=33, at="9.55", channel="phone", title="Ceļš uz Vītolu mājām neizbraucams", topic="Ielas un ceļi", area="Dzirnupes pagasts", place="ceļš uz „Vītoliem”", point=(1.6, -8.2),
        text="Zvanītājs stāsta: pavasarī un rudenī ceļš trīs kilometru garumā neizbraucams, piena mašīna vairs nebrauc. Ātrā palīdzība martā gāja kājām.",
        sender=Sender(name="Oskars Vītolnieks", phone="60 000 152", on_behalf="business", on_behalf_name="Z/s „Lejas Vītoli”"), group=ROADS,
        note="Ceļš C-14. Pārbaudīt, vai nav iekļauts lauku ceļu programmā.",
        answer=Answer("partly", "Ceļam C-14 nākamvasar uzbērsim granti sliktākajā kilometrā un iztīrīsim grāvjus. Pilna pārbūve 2030. gadā, ja būs lauku ceļu programmas nauda; pa šo ceļu brauc piecas saimniecības.", 7, 10, posted=11),
    ),
    Heard(
        ago=30, at="17.20", title="Ātrums Stacijas ielā", topic="Satiksmes drošība", area="Talka", place="Stacijas iela", point=(-0.5, -0.55),
        text="Uzlieciet radaru, lai rāda ātrumu. Naktīs tur sacenšas.",
        group=ROADS,
        answer=Answer("rejected", "Stacionāru radaru nevar uzstādīt pašvaldība. Uz divām nedēļām uzlikām ātruma rādītāju: 85 % brauca līdz 54 km/h, naktīs bez izņēmumiem. Tāpēc vispirms prasīsim policijai naktis pārbaudīt un pēc pusgada mērīsim vēlreiz.", 8, 12),
    ),
    Heard(
        ago=26, at="22.48", text="kāpēc ietve beidzas pie Nr 17? tālāk ar ratiem jāiet pa ielu", topic="Veloceļi un ietves", area="Talka", place="Dārza iela 17", point=(0.2, -0.9),
        sender=Sender(email="agnese.t@talka.example"), group=ROADS,
        answer=Answer("accepted", "Ietve beidzās tur, kur pirms desmit gadiem beidzās zemes īpašums. Tagad strīds ir atrisināts, un atlikušos 140 metrus izbūvēsim 2028. gadā.", 8, 11),
    ),
    Heard(
        ago=22, at="14.02", title="Elektroauto uzlāde pie stacijas", topic="Ielas un ceļi", area="Talka", place="stāvlaukums pie stacijas", point=(-0.9, -0.8),
        text="Tuvākā uzlāde ir 28 km attālumā. Stāvlaukumā pie stacijas ir vieta diviem stabiem.",
        sender=Sender(name="Kārlis", email="karlis.e@talka.example"), group=ROADS,
        answer=Answer("already", "Uzlādes staciju pie dzelzceļa stacijas būvē operators; darbi sāksies pavasarī. Zemes nomas līgums ir noslēgts.", 5, None, decided=12),
    ),
    Heard(
        ago=15, at="20.40", title="Velonovietne ar jumtu pie vidusskolas", topic="Veloceļi un ietves", area="Talka", place="Talkas vidusskola", point=(0.72, 0.42),
        text="Mums ir 600 skolēnu un 20 vietas velosipēdiem, visas lietū. Skolēnu padome savāca 214 parakstus.",
        sender=Sender(name="Skolēnu padome", email="padome@talka.example", on_behalf="others", on_behalf_name="Talkas vidusskolas skolēnu padome", name_public=True),
        group=ROADS, followers=("vecaku.padome@talka.example",),
        answer=Answer("accepted", "Nojumi 80 velosipēdiem iekļausim programmas pirmajā gadā; vietu izvēlēsimies kopā ar skolēnu padomi kopīgajā sanāksmē par drošu ceļu uz skolu.", 9, None),
    ),
    Heard(
        ago=24, at="6.58", title="Caurteka pie Upkalnes bibliotēkas", topic="Ielas un ceļi", area="Upkalnes pagasts", place="pie Upkalnes bibliotēkas", point=(6.1, 5.9),
        text="Caurteka aizdambējusies, ūdens iet pāri ceļam. Pie pirmā sala tur būs ledus.", sender=Sender(name="Juris", phone="60 000 163", email="juris.u@talka.example"), group=ROADS,
    ),
    Heard(
        ago=46, at="16.44", title="Peldvieta pie Talkupes", topic="Upes un ezeri", area="Talka", place="Talkupes līcis aiz dzirnavām", point=(-0.8, -1.1),
        text="Visi tur peldas tāpat. Ielieciet laipu, ģērbtuvi un pārbaudiet ūdeni.",
        sender=Sender(name="Marta Sniedze", email="marta.s@talka.example", name_public=True), group=GREEN, followers=("laivas@talka.example",),
        answer=Answer("partly", "Laipu un ģērbtuvi iekļausim. Par oficiālu peldvietu vieta vēl nekļūs: divos no četriem paraugiem baktēriju bija par daudz. Vispirms jāsakārto notekūdeņi augštecē, tas ir 2029. gada darbs.", 7, 10),
    ),
    Heard(
        ago=42, at="13.26", title="Apgaismojums uz Upkalnes skolas ceļa", topic="Apgaismojums", area="Upkalnes pagasts", place="no pieturas līdz bijušajai skolai", point=(6.3, 6.2),
        text="Bērni no autobusa nāk tumsā ar lukturīšiem. 300 metri, kādi seši stabi.",
        sender=Sender(name="Sanita", email="sanita@talka.example"), group=GREEN,
        answer=Answer("accepted", "Sešus saules paneļu gaismekļus uzstādīsim līdz nākamajam rudenim; elektrības kabelis tur izmaksātu trīsreiz dārgāk.", 6, 8),
    ),
    Heard(
        ago=12, at="11.08", channel="meeting", title="Niedres Kopezerā pļaut ziemā", topic="Upes un ezeri", area="Bērzlejas pagasts", place="Kopezers, ziemeļu krasts", point=(-7.4, 1.6),
        text="Teikts sanāksmē: niedres vasarā traucē laivām, bet putni ligzdo. Pļaut no ledus februārī, un savākt.",
        sender=Sender(name="Uldis Līdums", postal_address="Kopezera iela 4, Bērzleja, Bērzlejas pagasts, Talkas novads, LV-4105", answer_by="post", on_behalf="association", on_behalf_name="Biedrība „Kopezera draugi”", name_public=True), group=GREEN,
        answer=Answer("accepted", "Tā darīsim: pļausim no ledus līdz 1. martam trijās vietās, kuras iezīmēs biedrība. Naudu tam paredz ik gadu; ja ledus nebūs, pārcelsim uz nākamo ziemu.", 5, 8),
    ),
    Heard(
        ago=35, at="15.37", title="Bioloģisko atkritumu konteineri daudzdzīvokļu mājām", topic="Atkritumi", area="Talka",
        text="Kartupeļu mizas metam kopējā, jo citur nav kur. Uzlieciet brūnos konteinerus vismaz pie lielajām mājām.",
        sender=Sender(name="Ilga P.", email="ilga@talka.example"), group=GREEN,
        answer=Answer("already", "Brūnie konteineri no nākamā ceturkšņa būs pie visām mājām, kurās ir vairāk nekā 12 dzīvokļu; tas ir jaunajā atkritumu apsaimniekošanas līgumā. Saraksts ar adresēm ir domes tīmekļvietnē.", 4, 6),
    ),
    Heard(
        ago=31, at="19.03", title="Nocirst papeles Parka ielā", topic="Parki un pagalmi", area="Talka", place="Parka iela", point=(0.1, 0.5),
        text="Papeļu pūkas vasarā lien visur, bērnam alerģija. Nocirst un iestādīt kaut ko citu.",
        sender=Sender(name="Vents", email="vents@talka.example"), group=GREEN,
        answer=Answer("rejected", "Papeles ir veselas, tās aiztur putekļus un troksni no dzelzceļa, un pūkas nav alerģiju cēlonis: ziedputekšņi tajā laikā nāk no zālēm. Vecāko koku pie Nr. 9, kam ir trupe, gan nozāģēsim un vietā stādīsim divas liepas.", 7, 11),
    ),
    Heard(
        ago=28, at="21.21", title="Suņu laukums", topic="Parki un pagalmi", area="Talka", place="pļava aiz Jauniešu mājas", point=(-0.65, -0.7),
        text="Vieta, kur suni palaist. Žogs, divi vārti, soliņš, maisiņi.", sender=Sender(name="Kristīne", email="kristine.s@talka.example"), group=GREEN, followers=("rita.k@talka.example",),
        answer=Answer("partly", "Žogu un vārtus uzliksim pļavā aiz Jauniešu mājas nākamvasar. Soliņus un šķēršļus lūdzam pieteikt līdzdalības budžeta konkursā, jo par tiem jālemj kaimiņiem.", 8, 11),
    ),
    Heard(
        ago=20, at="10.10", channel="email", title="Bebri Dzirnupē", topic="Upes un ezeri", area="Dzirnupes pagasts", place="Dzirnupe lejpus tilta", point=(1.1, -9.2),
        text="Bebru dambis applūdina manu pļavu (1,5 ha) un draud ceļam. Kas to drīkst jaukt un kas maksās?",
        sender=Sender(name="Arvīds Grāvītis", email="arvids@talka.example", phone="60 000 177"), group=GREEN,
        answer=Answer("not_ours", "Dambi privātā zemē drīkst nojaukt īpašnieks pats, saskaņojot ar Dabas aizsardzības pārvaldi; jūsu e-pastu tai pārsūtījām. Ceļa pusē caurteku iztīrīsim mēs.", 3, 5, "Dabas aizsardzības pārvalde"),
    ),
    Heard(
        ago=14, at="18.52", title="Koku stādīšana pie jaunās maiznīcas", topic="Parki un pagalmi", area="Talka", place="Tirgus laukums", point=(0.1, 0.0),
        text="Laukums ir viens asfalts, vasarā +40. Iestādiet astoņas liepas, mēs apņemamies laistīt.",
        sender=Sender(name="Dace Klaipa", email="dace@talka.example", on_behalf="business", on_behalf_name="SIA „Talkas maiznīca”", name_public=True), group=GREEN,
        answer=Answer("accepted", "Stādīsim sešas liepas, divām nav vietas virs ūdensvada. Līgumu par laistīšanu noslēgsim pavasarī.", 8, None),
    ),
    Heard(
        ago=9, at="12.41", title="Tualete Kopezera krastā", topic="Upes un ezeri", area="Bērzlejas pagasts", place="Kopezera pludmale", point=(-6.8, 1.2),
        text="Piektdienu vakaros cilvēki iet krūmos. Vajag kaut vai pārvietojamo no maija līdz septembrim.",
        sender=Sender(name="Ieva", email="ieva.k@talka.example", name_public=False), group=GREEN,
    ),
    Heard(
        ago=4, at="8.08", title="Kapsētā nav ūdens", topic="Parki un pagalmi", area="Upkalnes pagasts", place="Upkalnes kapi", point=(5.8, 6.4),
        text="Krāns slēgts jau trīs mēnešus, ūdeni ved no mājām.", sender=Sender(name="Mudīte", phone="60 000 181"), channel="phone",
        extended=(2, "Ūdensvads pieder draudzei; gaidām tās atbildi, vai krānu drīkst atvērt ziemā."),
    ),
    Heard(
        ago=1, at="19.19", title="Salūtu gadumijā vajag tikai vienā vietā", text="Suns trīs dienas nenāk no pagultes. Lūdzu atļaut šaut tikai Tirgus laukumā un tikai līdz 00.30.", topic="Parki un pagalmi",
        sender=Sender(email="solvita@talka.example"), confirmed=False, public=False,
    ),
    Heard(
        ago=16, at="17.20", title="Robežceļš uz Lejas ciemu", text="Ceļš no Upkalnes uz Lejas ciemu mūsu pusē ir nogreiderēts, aiz novada robežas – bedre pie bedres. Bērnus uz skolu ved ar līkumu. Vai nevar sarunāt ar kaimiņiem?",
        place="ceļš Upkalne–Lejas ciems", sender=Sender(name="Ginta Robežniece", email="ginta@talka.example"), group=ROADS,
        forwarded=Forwarded(
            3, "Kaimiņu novada pašvaldība", "Ceļa posms no novada robežas līdz Lejas ciemam ir Kaimiņu novada pašvaldības īpašums. Lūdzam atbildēt iesniedzējai; savu posmu greiderējam reizi mēnesī.",
            process="kaiminu-skolas", is_theirs=True,
            answered=(8, "accepted", "Posmu nogreiderēsim divu nedēļu laikā un turpmāk darīsim to vienā dienā ar Talkas novadu."),
        ),
    ),
    Heard(
        ago=11, at="9.44", title="Lašu ceļš gar dzirnavām", text="Pie Talkas dzirnavām zivis netiek augšā. Kur citur ir zivju ceļi, pavasarī atbrauc skatītāji. Vai pie mums tādu drīkst?",
        topic="Upes un ezeri", area="Talka", place="Talkas dzirnavas", point=(-0.7, -0.9), sender=Sender(name="Valters", email="valters@talka.example"), group=GREEN,
        forwarded=Forwarded(
            4, "Dabas aizsardzības pārvalde", "Gatavojam atbildi par zivju ceļu pie Talkas dzirnavām. Lūdzam jūsu viedokli, kādi nosacījumi jāievēro un vai upes posmam tie jau ir izdoti.", email="daba@talka.example",
            answered=(7, "", "Nosacījumi šim posmam nav izdoti. Iesniedziet aizsprosta augstumu un caurplūdumu; skici saskaņosim mēneša laikā."),
        ),
    ),
)  # fmt: skip
