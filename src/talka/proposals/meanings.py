# SPDX-License-Identifier: EUPL-1.2
"""Words that mean the same, or speak of the same wish, where residents write to their municipality.

A line is one matter; a word may stand in several. Dictionary forms, in any order; extend it by what people really write.
"""

MATTERS = """
velosipēds ritenis velosipēdists velo veloceliņš velotūrists divritenis velomaršruts velonovietne velostatīvs velonoma velobrauciens
statīvs velonovietne velostatīvs pieslēgt
bērnudārzs dārziņš pirmsskola pii grupiņa audzinātāja
vieta rinda gaidīt grupiņa trūkt
auto automašīna mašīna automobilis autovadītājs šoferis
trotuārs ietve gājējceliņš
gājējs kājāmgājējs pāreja zebra šķērsot pāriet
apgaismojums laterna lampa apgaismot gaisma tumšs tumsa prožektors nedegt degt spīdēt
bedre nolietots izdrupt asfaltēt noasfaltēt asfalts segums bruģis noklāt seguma
grants greiderēt greiders izlīdzināt uzbērt putekļi dubļi izmirkt
soliņš sols sēdvieta apsēsties sēdēt atpūsties
autobuss buss sabiedrisks transports reiss maršruts kursēt autobusiņš
grafiks saraksts laiks saskaņot atiet
reiss biežs bieži kursēt
pietura apstāties pieturvieta
nojume jumts pajumte pārsegt lietus mirkt segts lapene
vilciens dzelzceļš stacija
tualete labierīcība wc
atkritums miskaste urna konteiners atkritumi izvest pārpildīt
izgāztuve nelegāls izgāzt piemēslot
šķirot šķirošana dalīts plastmasa stikls nodot
deponija poligons
ekskrements izkārnījums suns maisiņš
patversme klaiņojošs bezsaimnieks
pensionārs seniors sirmgalvis vecs gadagājums ļaudis vientuļš
jaunietis pusaudzis jaunatne jaunieši
jaunietis centrs satikties pulcēties
skolēns audzēknis klase bērns skola
skolotājs pedagogs skolotāja
pulciņš interešu nodarbība kolektīvs
ārsts mediķis dakteris medicīna feldšeris prakse
pieņemt pieņemšana vizīte pierakstīties rinda
slimnīca poliklīnika nodaļa
zobārsts zobs zobārstniecība
dzemdības dzemdēt dzemdību
pediatrija bērns nodaļa
neatliekams palīdzība brigāde ātrs
aptieka zāles medikaments
aprūpe aprūpētājs pansionāts sanitāre kopt kopējs
pabalsts atbalsts kompensācija līdzfinansējums finansējums subsīdija apmaksāt nauda segt palīdzēt grants stipendija
bezmaksas maksa brīvs apmaksāt atcelt
invalīds invaliditāte ratiņkrēsls kustība pielāgot pacēlājs lifts panduss uzbraukt pieejams ratiņi kāpnes uzbrauktuve
neredzīgs redze nedzirdīgs dzirde tulks surdotulks
autisms traucējums asistents palīgs īpašs vajadzība
nodoklis nodeva
atlaide atvieglot atvieglojums atbrīvot samazināt atlaist
augsts dārgs samazināt lēts nesamaksājams
slēgt likvidēt aizvērt saglabāt atstāt neslēgt noturēt
izmaksa cena tarifs maksa rēķins
salabot remonts remontēt labot atjaunot izremontēt bojāt salauzt renovācija restaurēt bojāts pārrauts sabrukt
nojaukt grausts pamests sabrukt demontēt nojaukšana
iztīrīt tīrīt sakopt netīrs aizsērēt aizaugt apkopt uzkopt notīrīt sakopšana nolaists
pļaut izpļaut nopļaut zāle nepļauts zālājs
niedre niedrājs aizaugt
izcirst nozāģēt zāģēt ciršana cirst izzāģēt kailcirte kritala nolūzt
stādīt stādījums apstādīt apstādījums koks zaļš zaļumi skvērs parks
kapsēta kapi
kapsēta ūdens krāns laistīt
rotaļa laukums spēle rotaļlaukums šūpoles slidkalniņš rotaļlaukums
skrituļdēlis skeitparks rampa skeitbords
trenažieris stienis vingrot vingrošana pievilkšanās
dzīvoklis mājoklis īre nams mājvieta īrēt
bezpajumtnieks pārnakšņot patversme
pludmale peldvieta peldēt pelde
peldvieta ģērbtuve pārģērbties
glābējs pieskatīt
baseins peldētava peldēt
kultūra tautas nams
skatuve estrāde
koncerts pasākums svētki festivāls
kora koris tērps kostīms
deja dejotājs mēģināt mēģinājums
internets tīkls optisks savienojums
mobilais tīkls tornis zona sakari neķert
mobilais telefons viedierīce tālrunis
lietotne aplikācija ziņot
mājaslapa vietne tīmekļvietne
sēde tiešraide translēt pārraidīt internets
deputāts dome mērs priekšsēdētājs
alga atalgojums maksāt
balsot līdzdalība budžets projekts
uzklausīt padome aptauja pajautāt
stāvvieta stāvlaukums autostāvvieta novietot
pusdienas ēdināšana ēdiens ēdienkarte maltīte paēst barot zupa
produkts vietējs zemnieks saimniecība mājražotājs lauksaimnieks
tirgus tirdziņš tirgotājs tirgoties
luksofors signāls gaismas
ātrums ātri ātrumvalnis ierobežojums traukties guļošs policists
spogulis pārredzamība redzēt
krustojums nogriezties izbraukt
smags kravas apvedceļš
apkure siltums kurināmais malka
siltināt siltināšana renovācija nosiltināt
policija kārtībnieks patruļa patrulēt iecirknis policists
videonovērošana kamera
troksnis skaļš rūkt traucēt skaņa
smaka smirdēt smārds smakot smird
dzeramais ūdens krāns rūsains brūns atdzelžošana
ūdensvads aka centralizēts
kanalizācija notekūdeņi pieslēgums pieslēgt
grāvis novadgrāvis applūst drenāža meliorācija ūdens lietus
plūdi applūst pārplūst appludināt dambis
upe gultne krasts krastmala upmala
tilts tiltiņš laipa
laiva laivotājs piestātne steķis piestāt airēt airētājs
makšķernieks makšķerēšana zivs
maluzvejnieks tīkls inspektors
jūra krasts piekraste kāpa stāvkrasts
erozija grauzt stiprināt
ziema sniegs tīrīt šķūrēt apledojis slidens kaisīt
sāls smiltis šķembas kaisīt
slidotava hokejs ledus slidošana slidot
slēpot slēpotājs slēpe slēpošana distance
stadions sports laukums skrejceļš
futbols komanda treniņš trenēties
teniss korts
treneris vadītājs
mākslīgs sintētisks
hallē grīda segums
mūzika mūzikas
māksla māksliniek
muzejs ekspozīcija izstāde
bibliotēka grāmata lasītājs lasīt
sestdiena brīvdiena svētdiena
vakars pēc darbs strādājošs
darbs laiks atvērt atvērts strādāt ilgāk pagarināt
nakts naktī
dators portatīvs planšete datorika programmēšana robotika
senioru dators kurss apmācība
kurss mācīt mācīties apmācība nodarbība izglītība iemācīt
valoda kurss iemācīties
bēglis ukrainis ukraina
psihologs psiholoģisks
vardarbība krīze patvērums cietušais
narkotika viela atkarība alkohols alkoholiķis lietot
dzērājs iereibis alkohols
dzēriens alkohols krogs bārs veikals
smēķēt smēķēšana pīpēt
trūcīgs maznodrošināts mazturīgs nabags
ģimene daudzbērnu trīs
mazulis zīdainis mamma māmiņa dekrēts
auklīte aukle
vasara nometne
pagarināts dienas grupa pieskatīšana pēc stunda
skapītis skapis
vēdināšana ventilācija smacīgs gaiss
karsts karstums kondicionieris vēss
auksts siltāks temperatūra
skola slēgšana likvidēšana
apvienot savienot
elektroauto elektromobilis uzlāde uzlādēt
saule panelis baterija elektrība
vējš ģenerators vēja
elektrība strāva vads kabelis
sirēna trauksme signāls
patvertne slēptuve civils aizsardzība
ugunsdzēsējs glābējs hidrants depo
kaķis sterilizēt kastrācija
balodis putns barot
latvānis invazīvs
gliemezis kailgliemezis
lapa savākt maiss
komposts kompostētājs bioloģisks
drēbes tekstils apģērbs
pudele depozīts taromāts tara
tūrists ceļotājs viesis tūrisms
norāde zīme norādīt marķēt
taka celiņš pastaigāties
ugunskurs uguns
kempings kemperis telts
gids ekskursija vadīts
velo noma iznomāt
kafejnīca terase galdiņš
kino filma
piemineklis monuments piemiņa
nosaukums pārdēvēt
vecpilsēta sens vēsturisks
fasāde siena grafiti apzīmēt
skursteņslauķis dūmvads
uzņēmējs bizness uzņēmums investors ražotne
darbavieta darbs strādāt
birojs kopstrāde attālināts
pasts pastnieks
bankomāts skaidrs nauda
veikals tirdzniecība
avīze izdevums drukāt ziņas
e-pasts vēstule atbildēt
juridisks jurists
salūts pirotehnika
rotājums lampiņa rotāt ziemassvētki
gaiss elpot kvalitāte piesārņot
dūmi skurstenis sodrēji rūpnīca fabrika
plauktu apmaiņa atdot
sociāls dienests
dienas centrs īpašs
strūklaka
skats tornis platforma
dzirdēt klausīt
dārzs dārziņš dobe dārzeņi audzēt mazdārziņš
stends stabs afiša
žogs sēta
"""
