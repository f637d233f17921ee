# SPDX-License-Identifier: EUPL-1.2
"""Documents of plans that take long: asked for, made in the queue, kept for some days."""

import secrets
from datetime import timedelta
from hashlib import sha256
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.audit.operations import record
from talka.core import clock
from talka.core.errors import Refused
from talka.core.jobs import put_off
from talka.core.permissions import authorize
from talka.files.inspection import Inspected
from talka.files.operations import delete_attachment, store_attachment
from talka.notifications.operations import send_letter
from talka.plans.documents.facts import stamp_of
from talka.plans.documents.making import FORMATS, Kind, Wish, make
from talka.plans.models import Edition, PlanDocument

KEEP = timedelta(days=2)
"""How long a finished file is kept, and an unfinished one waited for."""


class NoSuchDocument(Refused):
    message = _("There is no such document of this plan.")


def check_wish(edition: Edition, wish: Wish, by: Any) -> None:
    """Raise ``NoSuchDocument`` for what does not exist, ``PermissionDenied`` for what is not for this person."""
    authorize(by, "plans.ask_document", edition)
    if wish.kind == Kind.WORKING:
        authorize(by, "plans.ask_working_table", edition)
    if wish.format not in FORMATS.get(wish.kind, ()):
        raise NoSuchDocument
    if (wish.kind == Kind.DIFFERENCE) != (wish.since is not None) or (wish.kind == Kind.YEAR) != (
        wish.year is not None
    ):
        raise NoSuchDocument


def _key(edition: Edition, wish: Wish, *, is_shared: bool) -> str:
    """Return what two askers of the same have in common; drafts change all the time, so theirs are never the same."""
    if not is_shared or edition.is_draft or (wish.since is not None and wish.since.is_draft):
        return secrets.token_hex(32)
    parts = (edition.pk, wish.kind, wish.format, wish.language, wish.year, wish.since.pk if wish.since else None)
    return sha256(f"{parts}|{stamp_of(edition)}".encode()).hexdigest()


def kept_document(edition: Edition, wish: Wish) -> PlanDocument | None:
    """Return the file of an approved edition that was made for everybody and is still true, ready or being made; no other."""
    if not _is_shared(edition, wish):
        return None
    documents = PlanDocument.objects.select_related("file")
    return documents.filter(key=_key(edition, wish, is_shared=True), failed_at__isnull=True).first()


def _is_shared(edition: Edition, wish: Wish) -> bool:
    """Say whether everybody may have the file: of editions that everybody sees, without names of persons."""
    seen = Edition.objects.visible_to(AnonymousUser()).filter(plan=edition.plan_id)
    wanted = {edition.pk, *([wish.since.pk] if wish.since is not None else [])}
    return wish.kind != Kind.WORKING and wanted <= set(seen.values_list("pk", flat=True))


@transaction.atomic
def ask_document(edition: Edition, wish: Wish, *, by: Any) -> PlanDocument:
    """Put the making of a document into the queue and return it; one that is ready or being made for everybody is not made twice."""
    check_wish(edition, wish, by)
    is_shared = _is_shared(edition, wish)
    asked_by = by if by.is_authenticated else None
    key = _key(edition, wish, is_shared=is_shared)
    PlanDocument.objects.filter(key=key, failed_at__isnull=False).delete()
    document, is_new = PlanDocument.objects.get_or_create(
        key=key,
        defaults={
            "edition": edition, "kind": wish.kind, "format": wish.format, "language": wish.language, "year": wish.year,
            "since": wish.since, "is_shared": is_shared, "asked_by": asked_by, "asked_at": clock.now(),
        },
    )  # fmt: skip
    if is_new:
        put_off("talka.plans.tasks.make_document", lock="plan_documents", document_id=document.pk)
        record(
            "plans.ask_document", edition, by=asked_by, scope=edition.plan.process, kind=wish.kind, format=wish.format
        )
    return document


def make_document(document_id: int) -> None:
    """Make a document that was asked for and keep it; tell who asked, if that person has an account. Does nothing a second time."""
    documents = PlanDocument.objects.select_related(
        "edition__plan__process", "edition__plan__owner", "since", "asked_by"
    )
    document = documents.filter(pk=document_id, finished_at__isnull=True, failed_at__isnull=True).first()
    if document is None:
        return
    edition = document.edition
    if document.since is not None:
        document.since.plan = edition.plan
    wish = wish_of(document)
    viewer = AnonymousUser() if document.is_shared else document.asked_by or AnonymousUser()
    content = make(edition, wish, viewer, lambda percent: _advance(document_id, percent))
    _advance(document_id, 95)
    _finish(document, wish, content)


def wish_of(document: PlanDocument) -> Wish:
    """Return what was wished for."""
    return Wish(document.kind, document.format, document.language, document.year, document.since)


def _advance(document_id: int, percent: int) -> None:
    PlanDocument.objects.filter(pk=document_id, progress__lt=percent).update(progress=percent)


@transaction.atomic
def _finish(document: PlanDocument, wish: Wish, content: bytes) -> None:
    stored = (
        PlanDocument.objects.select_for_update(of=("self",)).filter(pk=document.pk, finished_at__isnull=True).first()
    )
    if stored is None:
        return
    name = f"{wish.name(document.edition)}.{wish.format}"
    stored.file = store_attachment(Inspected(wish.media, f".{wish.format}", content), name=name, by=None)
    stored.finished_at, stored.progress = clock.now(), 100
    stored.save(update_fields=["file", "finished_at", "progress"])
    user = document.asked_by
    if user is not None:
        _tell(document, user)


def _tell(document: PlanDocument, user: User) -> None:
    plan = document.edition.plan
    with translation.override(document.language):
        path = reverse("plans:show_document", args=[plan.process.slug, plan.slug, document.pk])
        send_letter(
            "plans/finish_document", email=user.email, language=document.language, user=user,
            title=document.get_kind_display(), format=document.get_format_display(), plan=plan.title, path=path,
            days=KEEP.days,
        )  # fmt: skip


@transaction.atomic
def give_document_up(document_id: int) -> None:
    """Mark a document that could not be made, time after time."""
    PlanDocument.objects.filter(pk=document_id, finished_at__isnull=True).update(failed_at=clock.now())


@transaction.atomic
def remove_old_documents() -> int:
    """Delete files that were made some days ago, and what never came to be; return how many there were."""
    old = PlanDocument.objects.select_related("file").select_for_update(of=("self",)).filter(
        Q(finished_at__lt=clock.now() - KEEP) | Q(finished_at__isnull=True, asked_at__lt=clock.now() - KEEP)
    )  # fmt: skip
    documents = list(old)
    for document in documents:
        file = document.file
        document.delete()
        if file is not None:
            delete_attachment(file)
    return len(documents)
