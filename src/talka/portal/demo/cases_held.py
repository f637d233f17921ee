# SPDX-License-Identifier: EUPL-1.2
"""What groups of the real cases might have dealt with: the topics are theirs, what was said and by whom is invented."""

from talka.portal.demo.held import Dealt, Duty, Ruling

EDUCATION_SKILLS = (
    Dealt("Darba grupas uzdevums un darba kārtība", 10, "Grupa novērtē pašreizējo stāvokli un plāno rīcības septiņiem gadiem.", "information"),
    Dealt(
        "Pirmsskolas un vispārējā izglītība: kas ir un kā trūkst", 40,
        "Vecāku pārstāve lūdz garāku bērnudārza darba laiku. Skolu pārstāvji rāda, ka pagastos klases kļūst mazākas.",
        "decision", "",
        (Ruling("Rīcību plānā iekļaut pirmsskolas darba laika pagarināšanu.", (4, 0, 1)),),
    ),
    Dealt(
        "Mūžizglītība", 30, "Bibliotēku pārstāvji piedāvā telpas vakara kursiem.", "task", "",
        duties=(Duty("Apkopot pieaugušo kursu piedāvājumu pagastos", "Dalībniece no bibliotēkas", 14, ((10, "done", "Apkopoti 11 kursi piecos pagastos."),)),),
    ),
    Dealt("Jauniešu politika", 30, "Jaunieši lūdz vietu, kur satikties vakaros.", "postponed"),
)  # fmt: skip
"""Case 2, the session “Izglītība un prasmes”."""

EDUCATION_CITY = (
    Dealt("Ievads: programmas izstrāde un „prāta vētras” metode", 15, "Iepazīstas ar kārtību: vispirms raksta klusumā, tad grupē, tad balso.", "information"),
    Dealt(
        "Nozares stāvoklis un izaicinājumi", 60,
        "Pierakstīti 34 izaicinājumi, sagrupēti septiņās daļās. Visvairāk balsu: pedagogu trūkums un skolu ēku stāvoklis.",
        "decision", "",
        (Ruling("Nākamajā sēdē vispirms strādāt ar pedagogu piesaisti un skolu ēkām."),),
    ),
    Dealt(
        "Dati, kas vajadzīgi nākamajai sēdei", 20, "Trūkst ziņu par pedagogu vecumu.", "task", "",
        duties=(Duty("Sagatavot pārskatu par pedagogu skaitu un vecumu", "Dalībniece no skolas", 21, ((7, "under_way", "Ziņas pieprasītas skolām."),)),),
    ),
)  # fmt: skip
"""Case 4, the first meeting of the group “Izglītība”."""

SOCIAL_WORK = (
    Dealt("Apkopotā informācija par sociālajiem dienestiem", 30, "Salīdzina darbinieku skaitu, pabalstus un pakalpojumus sešās pašvaldībās.", "information"),
    Dealt(
        "Priekšlikumi vienotai kārtībai", 40, "Pašvaldības iesniegs savus risinājumus līdz nākamajai sanāksmei.", "task", "",
        duties=(Duty("Iesniegt savas pašvaldības risinājumus sociālā darba jautājumos", "Sociālā dienesta pārstāve", 12),),
    ),
    Dealt("Turpmākās sanāksmes", 10, "Vienojas tikties divas reizes mēnesī attālināti.", "decision", "", (Ruling("Sanāksmes rīkot divas reizes mēnesī."),)),
)  # fmt: skip
"""Case 1, the group on social work."""
