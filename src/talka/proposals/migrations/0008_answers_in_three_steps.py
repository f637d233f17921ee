# SPDX-License-Identifier: EUPL-1.2
"""Tell apart what stood in one row: the recommendation of who examined, the decision, and what was published."""

from django.db import migrations


def tell_apart(apps, schema_editor):
    """Make recommendations of the answers that somebody else than a coordinator wrote, and versions of those published.

    An answer that was published was decided when its coordinator published it. One that was only prepared by whoever
    examined it is a recommendation that waits for the decision.
    """
    Reply = apps.get_model("proposals", "Reply")
    Recommendation = apps.get_model("proposals", "Recommendation")
    ReplyVersion = apps.get_model("proposals", "ReplyVersion")
    Role = apps.get_model("processes", "Role")
    coordinators = set(Role.objects.filter(kind="coordinator").values_list("process", "person__user"))
    for reply in Reply.objects.select_related("proposal").iterator(chunk_size=1000):
        proposal = reply.proposal
        if (proposal.process_id, reply.decided_by_id) not in coordinators:
            recommended = Recommendation.objects.create(
                proposal=proposal,
                outcome=reply.outcome,
                reason=reply.reason,
                forwarded_to=reply.forwarded_to,
                group_id=proposal.assigned_group_id,
                person_id=reply.person_id,
                recommended_at=reply.decided_at,
                recommended_by_id=reply.decided_by_id,
            )
            if reply.published_at is None:
                reply.delete()
                continue
            reply.follows = recommended
            reply.decided_at, reply.decided_by_id = reply.published_at, reply.published_by_id
            reply.save(update_fields=["follows", "decided_at", "decided_by"])
        if reply.published_at is not None:
            ReplyVersion.objects.create(
                reply=reply,
                number=1,
                outcome=reply.outcome,
                reason=reply.reason,
                forwarded_to=reply.forwarded_to,
                signed_name=reply.signed_name,
                signed_title=reply.signed_title,
                published_at=reply.published_at,
                published_by_id=reply.published_by_id,
            )


class Migration(migrations.Migration):
    dependencies = [("proposals", "0007_answering"), ("processes", "0001_initial")]

    operations = [migrations.RunPython(tell_apart, migrations.RunPython.noop)]
