# SPDX-License-Identifier: EUPL-1.2
"""The migration that tells recommendations, decisions and published versions apart."""

from collections.abc import Callable
from importlib import import_module

from django.apps import apps

from talka.accounts.models import User
from talka.core import clock
from talka.groups.models import WorkingGroup
from talka.proposals.models import Proposal, Recommendation, Reply, ReplyVersion
from talka.proposals.operations.examining import assign_proposals

tell_apart = import_module("talka.proposals.migrations.0008_answers_in_three_steps").tell_apart


def test_what_a_lead_wrote_becomes_a_recommendation_and_what_is_out_a_version(
    make_proposal: Callable[..., Proposal], group: WorkingGroup, carol: User, leo: User
) -> None:
    waiting, answered, prepared = make_proposal("A"), make_proposal("B"), make_proposal("C")
    assign_proposals([waiting, answered, prepared], by=carol, group=group)
    told = {"outcome": "accepted", "signed_name": "Leo", "person": leo.person}
    Reply.objects.create(proposal=waiting, reason="Gaida.", decided_by=leo, **told)
    Reply.objects.create(
        proposal=answered, reason="Atbildēts.", decided_by=leo, published_at=clock.now(), published_by=carol, **told
    )
    Reply.objects.create(proposal=prepared, reason="Izlemts.", decided_by=carol, **told)
    tell_apart(apps, None)
    assert set(Recommendation.objects.values_list("proposal", "reason", "group", "recommended_by")) == {
        (waiting.pk, "Gaida.", group.pk, leo.pk),
        (answered.pk, "Atbildēts.", group.pk, leo.pk),
    }
    assert set(Reply.objects.values_list("proposal", "decided_by")) == {
        (answered.pk, carol.pk),
        (prepared.pk, carol.pk),
    }
    assert list(ReplyVersion.objects.values_list("reply__proposal", "number", "reason")) == [
        (answered.pk, 1, "Atbildēts.")
    ]
