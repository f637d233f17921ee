# SPDX-License-Identifier: EUPL-1.2
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talka.core.editing import edit_page, sent
from talka.core.http import sign_in_required
from talka.files.downloads import attachment_response
from talka.plans.forms.documents import DocumentForm
from talka.plans.models import NodeDocument, NodeVersion, PlanNode
from talka.plans.opening import open_plan
from talka.plans.operations import documents as operations
from talka.processes.opening import actor


def _documents(process_slug: str, plan_slug: str, node_id: int) -> str:
    return reverse("plans:add_document", args=[process_slug, plan_slug, node_id])


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def add_document(request: HttpRequest, process_slug: str, plan_slug: str, node_id: int) -> HttpResponse:
    """Show the documents of a node and take further ones; they need no draft, for they hang on what lasts."""
    plan = open_plan(request.user, process_slug, plan_slug, "plans.change_plan")
    versions = NodeVersion.objects.filter(edition__plan=plan).order_by("-edition__number")
    version = versions.select_related("node", "edition", "level").filter(node=node_id).first()
    version = version or get_object_or_404(versions, node=node_id)
    version.node.plan = plan
    return edit_page(
        request, "plans/add_document.html", DocumentForm(*sent(request)),
        lambda **fields: operations.add_document(version.node, by=actor(request), **fields),
        to=_documents(process_slug, plan_slug, node_id), said=_("The document is added."), process=plan.process, plan=plan,
        version=version, documents=version.node.documents.select_related("attachment"),
    )  # fmt: skip


@sign_in_required
@require_POST
def remove_document(request: HttpRequest, process_slug: str, plan_slug: str, pk: int) -> HttpResponse:
    """Take a document off a node."""
    plan = open_plan(request.user, process_slug, plan_slug, "plans.change_plan")
    document = get_object_or_404(NodeDocument.objects.select_related("node__plan__process"), node__plan=plan, pk=pk)
    node_id = document.node_id
    operations.remove_document(document, by=actor(request))
    messages.success(request, _("The document is removed."))
    return redirect(_documents(process_slug, plan_slug, node_id))


@require_safe
def download_document(request: HttpRequest, process_slug: str, plan_slug: str, pk: int) -> FileResponse:
    """Hand out a document to those who may see its node."""
    documents = NodeDocument.objects.filter(
        node__in=PlanNode.objects.visible_to(request.user), attachment__isnull=False
    ).select_related("attachment")
    document = get_object_or_404(documents, node__plan__process__slug=process_slug, node__plan__slug=plan_slug, pk=pk)
    return attachment_response(document.attachment)  # type: ignore[arg-type]
