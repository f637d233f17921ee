# SPDX-License-Identifier: EUPL-1.2
"""The Sustainable Development Goals and the priorities of the national development plan, to be named by plans."""

from django.db import migrations

SDG = (
    ("1", "Novērsta nabadzība", "No poverty"),
    ("2", "Novērsts bads", "Zero hunger"),
    ("3", "Laba veselība un labklājība", "Good health and well-being"),
    ("4", "Kvalitatīva izglītība", "Quality education"),
    ("5", "Dzimumu līdztiesība", "Gender equality"),
    ("6", "Tīrs ūdens un sanitārija", "Clean water and sanitation"),
    ("7", "Pieejama un tīra enerģija", "Affordable and clean energy"),
    ("8", "Cienīgs darbs un ekonomikas izaugsme", "Decent work and economic growth"),
    ("9", "Rūpniecība, inovācijas un infrastruktūra", "Industry, innovation and infrastructure"),
    ("10", "Mazināta nevienlīdzība", "Reduced inequalities"),
    ("11", "Ilgtspējīgas pilsētas un kopienas", "Sustainable cities and communities"),
    ("12", "Atbildīgs patēriņš un ražošana", "Responsible consumption and production"),
    ("13", "Rīcība klimata jomā", "Climate action"),
    ("14", "Dzīve zem ūdens", "Life below water"),
    ("15", "Dzīve uz zemes", "Life on land"),
    ("16", "Miers, taisnīgums un spēcīgas institūcijas", "Peace, justice and strong institutions"),
    ("17", "Partnerība mērķu īstenošanai", "Partnerships for the goals"),
)
NAP2027 = (
    ("P1", "Stipras ģimenes, veseli un aktīvi cilvēki", "Strong families, a healthy and active population"),
    (
        "P2",
        "Zināšanas un prasmes personības un valsts izaugsmei",
        "Knowledge and skills for personal and national growth",
    ),
    ("P3", "Uzņēmumu konkurētspēja un materiālā labklājība", "Business competitiveness and material well-being"),
    ("P4", "Kvalitatīva dzīves vide un teritoriju attīstība", "Quality living environment and regional development"),
    ("P5", "Kultūra un sports aktīvai un pilnvērtīgai dzīvei", "Culture and sport for an active lifestyle"),
    ("P6", "Vienota, droša un atvērta sabiedrība", "A united and open, safe and secure society"),
)
LISTS = (
    (
        "nap2027", "Nacionālā attīstības plāna 2021.–2027. gadam prioritātes",
        "Priorities of the National Development Plan 2021–2027", "Saeimas 02.07.2020. lēmums Nr. 418/Lm13", NAP2027,
    ),
    (
        "sdg", "ANO Ilgtspējīgas attīstības mērķi", "UN Sustainable Development Goals",
        "ANO Ģenerālās asamblejas 25.09.2015. rezolūcija A/RES/70/1", SDG,
    ),
)  # fmt: skip


def lay_goals(apps, schema_editor):
    GoalList, Goal = apps.get_model("plans", "GoalList"), apps.get_model("plans", "Goal")
    for place, (slug, name, name_en, source, goals) in enumerate(LISTS):
        one = GoalList.objects.create(slug=slug, name=name, name_en=name_en, source=source, position=place)
        Goal.objects.bulk_create(
            Goal(list=one, code=code, name=latvian, name_en=english, position=position)
            for position, (code, latvian, english) in enumerate(goals)
        )


class Migration(migrations.Migration):
    dependencies = [("plans", "0001_initial")]

    operations = [migrations.RunPython(lay_goals, migrations.RunPython.noop)]
