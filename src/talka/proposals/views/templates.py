# SPDX-License-Identifier: EUPL-1.2
"""The texts from which the answers of a process begin."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from talka.core.http import sign_in_required, unsent_fields
from talka.core.permissions import authorize
from talka.processes.models import Process
from talka.proposals import queries
from talka.proposals.forms.answers import FIELD_MEANINGS, ReplyTemplateForm, say_empty_fields
from talka.proposals.models import ReplyTemplate
from talka.proposals.operations import answering
from talka.proposals.views.register import find_process, me


def _find_process(request: HttpRequest, process_slug: str) -> Process:
    process = find_process(request, process_slug)
    authorize(request.user, "proposals.write_reply_templates", process)
    return process


@sign_in_required
@require_safe
def list_reply_templates(request: HttpRequest, process_slug: str) -> HttpResponse:
    """List the templates of the process."""
    process = _find_process(request, process_slug)
    context = {"process": process, "templates": queries.reply_templates(process)}
    return render(request, "proposals/list_reply_templates.html", context)


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def create_reply_template(request: HttpRequest, process_slug: str) -> HttpResponse:
    """Make a template."""
    return _edit(request, _find_process(request, process_slug), None)


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def change_reply_template(request: HttpRequest, process_slug: str, pk: int) -> HttpResponse:
    """Change a template."""
    process = _find_process(request, process_slug)
    return _edit(request, process, get_object_or_404(ReplyTemplate, process=process, pk=pk))


def _edit(request: HttpRequest, process: Process, template: ReplyTemplate | None) -> HttpResponse:
    kept = {name: getattr(template, name) for name in ("name", "outcome", "text")} if template else {}
    typed = unsent_fields(request)
    initial = kept if typed is None else {name: values[-1] for name, values in typed.items() if values}
    posted = request.POST if request.method == "POST" else None
    form = ReplyTemplateForm(posted, initial=initial, entries=queries.entries_to_preview(process))
    status = 200
    preview: dict[str, Any] | None = None
    if posted is not None and form.is_valid():
        if posted.get("do") == "preview":
            preview = _preview(form, request)
        else:
            fields = {name: form.cleaned_data[name] for name in ("name", "outcome", "text")}
            try:
                _save(process, template, by=me(request), **fields)
            except answering.TemplateExists as refused:
                form.add_error("name", str(refused))
                status = 409
            else:
                messages.success(request, _("The template is saved."))
                return redirect("proposals:list_reply_templates", process.slug)
    elif form.errors:
        status = 422
    context = {
        "process": process, "form": form, "template": template, "preview": preview,
        "fields": [(f"{{{name}}}", meaning) for name, meaning in FIELD_MEANINGS.items()],
    }  # fmt: skip
    return render(request, "proposals/change_reply_template.html", context, status=status)


def _save(process: Process, template: ReplyTemplate | None, **fields: Any) -> None:
    if template is None:
        answering.create_reply_template(process, **fields)
    else:
        answering.change_reply_template(template, **fields)


def _preview(form: ReplyTemplateForm, request: HttpRequest) -> dict[str, Any] | None:
    """Return the text as it would reach the author of an entry; nothing where the register is empty."""
    proposal = form.previewed()
    if proposal is None:
        form.add_error("entry", _("There is no entry yet with which to show it."))
        return None
    text, signature = form.cleaned_data["text"], str(me(request))
    say_empty_fields(form, "text", queries.empty_fields(text, [proposal], signature))
    return {
        "proposal": proposal,
        "greeting": proposal.author.greeting,
        "text": queries.filled(text, proposal, signature),
    }


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete_reply_template(request: HttpRequest, process_slug: str, pk: int) -> HttpResponse:
    """Delete a template, after one more question."""
    process = _find_process(request, process_slug)
    template = get_object_or_404(ReplyTemplate, process=process, pk=pk)
    if request.method == "POST":
        answering.delete_reply_template(template, by=me(request))
        messages.success(request, _("The template is deleted. Answers made from it stay as they are."))
        return redirect("proposals:list_reply_templates", process.slug)
    return render(request, "proposals/delete_reply_template.html", {"process": process, "template": template})
