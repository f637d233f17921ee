# SPDX-License-Identifier: EUPL-1.2
"""One paper: a later file in the place of the one before, and the item of the agenda to which it belongs."""

from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from talka.core.editing import edit_page, sent
from talka.core.http import SignedInRequest, sign_in_required
from talka.core.permissions import authorize
from talka.files.downloads import attachment_response
from talka.files.forms import Upload
from talka.meetings.forms.papers import ChangePaperForm
from talka.meetings.models import AgendaItem, Meeting, Paper, PaperVersion
from talka.meetings.operations.papers import give_paper_to, replace_paper


def _paper(request: SignedInRequest, process_slug: str, paper_pk: int, verb: str) -> Paper:
    papers = Paper.objects.filter(meeting__in=Meeting.objects.visible_to(request.user))
    papers = papers.select_related("attachment", "item", "meeting__process__owner", "meeting__place")
    paper = get_object_or_404(papers, meeting__process__slug=process_slug, pk=paper_pk)
    authorize(request.user, verb, paper.meeting)
    return paper


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def change_paper(request: SignedInRequest, process_slug: str, paper_pk: int) -> HttpResponse:
    """Replace the file of a paper, or give the paper to an item of the agenda; list its earlier files."""
    paper = _paper(request, process_slug, paper_pk, "meetings.replace_paper")

    @transaction.atomic
    def save(*, file: list[Upload], item: AgendaItem | None) -> None:
        give_paper_to(paper, item=item, by=request.user)
        for one in file:
            replace_paper(paper, name=one.name, inspected=one.inspected, by=request.user)

    return edit_page(
        request, "meetings/change_paper.html", ChangePaperForm(*sent(request), paper=paper), save,
        to=reverse("meetings:add_paper", args=[process_slug, paper.meeting_id]), said=_("The paper is saved."),
        process=paper.meeting.process, meeting=paper.meeting, paper=paper,
        versions=paper.versions.select_related("attachment"),
    )  # fmt: skip


@sign_in_required
@require_safe
def download_earlier_paper(request: SignedInRequest, process_slug: str, paper_pk: int, number: int) -> HttpResponse:
    """Hand out an earlier file of a paper to those who run its meeting."""
    paper = _paper(request, process_slug, paper_pk, "meetings.read_earlier_papers")
    version = get_object_or_404(PaperVersion.objects.select_related("attachment"), paper=paper, number=number)
    response: Any = attachment_response(version.attachment)
    return response
