# SPDX-License-Identifier: EUPL-1.2
"""Documents of nodes: files and addresses. They hang on what lasts, so that they need no decision of the council."""

from django.db import transaction

from talka.accounts.models import User
from talka.audit.operations import record
from talka.core import clock
from talka.core.permissions import authorize
from talka.files.forms import Upload
from talka.files.operations import store_attachment
from talka.plans.models import NodeDocument, PlanNode


@transaction.atomic
def add_document(node: PlanNode, *, title: str, by: User, upload: Upload | None = None, url: str = "") -> NodeDocument:
    """Lay a file or an address by a node; without a title it is called as the file or the address."""
    authorize(by, "plans.add_document", node)
    attachment = store_attachment(upload.inspected, name=upload.name, by=by) if upload is not None else None
    name = title or (attachment.name if attachment is not None else url)
    document = NodeDocument.objects.create(
        node=node, title=name[:200], attachment=attachment, url="" if attachment is not None else url,
        added_by=by, added_at=clock.now(),
    )  # fmt: skip
    record("plans.add_document", node, by=by, scope=node.plan.process, title=document.title)
    return document


@transaction.atomic
def remove_document(document: NodeDocument, *, by: User) -> None:
    """Take a document off a node."""
    node = document.node
    authorize(by, "plans.remove_document", node)
    record("plans.remove_document", node, by=by, scope=node.plan.process, title=document.title)
    document.delete()
