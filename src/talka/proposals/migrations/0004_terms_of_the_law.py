"""The terms of the acts as they stand, and the days on which everything received until now is due."""

from datetime import date

from django.db import migrations
from django.db.models.functions import TruncDate

from talka.proposals.deadlines import SIGNED_BY_WAY, Calendar, Rule, Span, Unit, dates_for

# Iesniegumu likums, in force from 1 January 2008; amended on 5 February 2026, in force from 1 March 2026.
SUBMISSIONS, SUBMISSIONS_2026 = date(2008, 1, 1), date(2026, 3, 1)
TERMS = (
    {
        "regime": "submission", "valid_from": SUBMISSIONS_2026, "act": "Iesniegumu likums",
        "answer_number": 10, "answer_unit": "working_days", "forward_number": 5, "forward_unit": "working_days",
        "extension_number": 1, "extension_unit": "months",
    },
    {
        "regime": "submission", "valid_from": SUBMISSIONS, "act": "Iesniegumu likums (līdz 28.02.2026.)",
        "answer_number": 1, "answer_unit": "months", "forward_number": 7, "forward_unit": "working_days",
        "extension_number": 4, "extension_unit": "months",
    },
    {
        "regime": "consultation", "valid_from": SUBMISSIONS, "act": "publiskās apspriešanas kārtība",
        "counted_from": "consultation_end", "answer_number": 30, "answer_unit": "days",
    },
    {
        "regime": "information", "valid_from": SUBMISSIONS, "act": "Informācijas atklātības likums",
        "answer_number": 10, "answer_unit": "days", "extension_number": 30, "extension_unit": "days",
    },
)  # fmt: skip


def lay_terms(apps, schema_editor):
    Term = apps.get_model("proposals", "Term")
    for term in TERMS:
        Term.objects.create(**term)


def _span(number, unit):
    return Span(number, Unit(unit)) if number else None


def reckon(apps, schema_editor):
    """Give everything received its days, one statement for each day of receipt; all of it is submissions so far."""
    Proposal, Term = apps.get_model("proposals", "Proposal"), apps.get_model("proposals", "Term")
    Proposal.objects.filter(channel__in=SIGNED_BY_WAY).update(signed=True)
    rules = [
        Rule(
            term.regime, term.valid_from, _span(term.answer_number, term.answer_unit),
            _span(term.forward_number, term.forward_unit), _span(term.extension_number, term.extension_unit), key=term.pk,
        )
        for term in Term.objects.filter(regime="submission")
    ]  # fmt: skip
    days = Proposal.objects.annotate(day=TruncDate("received_at")).order_by().values_list("day", flat=True).distinct()
    for day in list(days):
        found = dates_for(day, signed=False, regime="submission", rules=rules, calendar=Calendar())
        if found is not None:
            Proposal.objects.filter(received_at__date=day).update(
                due_on=found.due_on, forward_by=found.forward_by, term_id=found.rule.key
            )


class Migration(migrations.Migration):
    dependencies = [("proposals", "0003_deadlines")]

    operations = [
        migrations.RunPython(lay_terms, migrations.RunPython.noop),
        migrations.RunPython(reckon, migrations.RunPython.noop),
    ]
