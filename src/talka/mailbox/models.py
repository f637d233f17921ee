# SPDX-License-Identifier: EUPL-1.2
from typing import Any

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from talka.accounts.models import User
from talka.core import clock
from talka.directory.models import Organization
from talka.files.models import Attachment
from talka.meetings.models import Invitation
from talka.plans.models import UpdateRequest
from talka.processes.models import Process, Role
from talka.proposals.models import Addition, Proposal


class Trouble(models.TextChoices):
    """Why a mailbox cannot be read, in a sentence that says what to do."""

    HOST = "host", _("There is no server of this name. Check the name.")
    PORT = "port", _("The server does not answer at this port. Check the port, or whether a firewall is between.")
    SLOW = "slow", _("The server did not answer in time. Try again; if that does not help, ask who runs it.")
    SECURITY = "security", _("The server does not speak this kind of encryption at this port. Choose the other one.")
    CERTIFICATE = (
        "certificate",
        _("The server's certificate is not valid for this name. Check the name, or ask who runs the server."),
    )
    SIGN_IN = "sign_in", _("The server did not accept this user name and password.")
    FOLDER = "folder", _("There is no such folder in the mailbox.")
    MOVE_TO = "move_to", _("There is no folder to move read mail to. Make it in the mailbox, or choose another.")
    PLAIN = "plain", _("Without encryption only a server on this machine is read.")
    LOST = "lost", _("The connection was lost. What had been read is kept; the rest is read the next time.")
    KEY = "key", _("The password was kept under a secret key that is no longer there. Enter it again.")


class MailAccountQuerySet(models.QuerySet["MailAccount"]):
    """Mailboxes."""

    def visible_to(self, user: Any) -> "MailAccountQuerySet":
        """Keep those of processes that the person coordinates or that belong to an organization they administer."""
        if not user.is_authenticated:
            return self.none()
        if user.is_superuser:
            return self
        mine = Role.objects.active().filter(person__user=user, kind=Role.Kind.COORDINATOR).values("process")
        return self.filter(
            Q(process__in=mine) | Q(process__owner__in=Organization.objects.administered_by(user).values("pk"))
        )


@pghistory.track(exclude=["password_sealed", "last_read_at", "last_uid", "uid_validity"])
class MailAccount(models.Model):
    """The mailbox of a process, and how it is read."""

    class Security(models.TextChoices):
        TLS = "tls", _("TLS from the beginning (usually port 993)")
        STARTTLS = "starttls", _("STARTTLS (usually port 143)")
        PLAIN = "plain", _("none, only for a server on this machine")

    class Afterwards(models.TextChoices):
        LEAVE = "leave", _("stays as it is")
        MARK = "mark", _("is marked as read")
        MOVE = "move", _("is moved to another folder")

    process = models.OneToOneField(Process, on_delete=models.CASCADE, related_name="mail_account")
    address = models.EmailField(_("address of the mailbox"), max_length=254)
    host = models.CharField(_("server"), max_length=253, blank=True)
    port = models.PositiveIntegerField(_("port"), default=993)
    security = models.CharField(_("encryption"), max_length=10, choices=Security, default=Security.TLS)
    user = models.CharField(_("user name"), max_length=254, blank=True)
    password_sealed = models.TextField(blank=True)
    folder = models.CharField(_("folder to read"), max_length=200, default="INBOX")
    afterwards = models.CharField(
        _("mail that has been read"), max_length=10, choices=Afterwards, default=Afterwards.MARK
    )
    move_to = models.CharField(_("folder to move it to"), max_length=200, blank=True)
    read_since = models.DateField(_("read mail from this day on"))
    trusted_server = models.CharField(_("server whose checks of the sender are believed"), max_length=253, blank=True)
    enabled = models.BooleanField(_("read this mailbox"), default=True)
    uid_validity = models.BigIntegerField(default=0)
    last_uid = models.BigIntegerField(default=0)
    last_read_at = models.DateTimeField(null=True, blank=True)
    trouble = models.CharField(max_length=20, choices=Trouble, blank=True)
    trouble_since = models.DateTimeField(null=True, blank=True)

    objects = MailAccountQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["host", "user", "folder"], name="mailbox_account_folder_once", condition=~Q(host="")
            ),
            models.CheckConstraint(
                name="mailbox_account_says_where_to",
                condition=~Q(afterwards="move") | ~Q(move_to=""),
            ),
            models.CheckConstraint(
                name="mailbox_account_trouble_pair",
                condition=Q(trouble="", trouble_since__isnull=True) | (~Q(trouble="") & Q(trouble_since__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.address


class InboundMessageQuerySet(models.QuerySet["InboundMessage"]):
    """Mail that has arrived."""

    def visible_to(self, user: Any) -> "InboundMessageQuerySet":
        """Keep the mail of the processes whose register the person keeps."""
        if not user.is_authenticated:
            return self.none()
        kept = Role.objects.active().filter(person__user=user, kind__in=[Role.Kind.COORDINATOR, Role.Kind.CLERK])
        return self.filter(account__process__in=kept.values("process"))

    def in_folder(self, folder: str) -> "InboundMessageQuerySet":
        """Keep what lies in one folder of the page (a value of ``InboundMessage.Folder``)."""
        return self.filter(_folders()[InboundMessage.Folder(folder)])

    def count_folders(self) -> dict[str, int]:
        """Return how many lie in each folder."""
        counted = {folder.value: Count("pk", filter=condition) for folder, condition in _folders().items()}
        return dict(self.order_by().aggregate(**counted))


def _folders() -> "dict[InboundMessage.Folder, Q]":
    folders = InboundMessage.Folder
    kept = Q(set_aside_as="")
    landed = Q(Exists(Landing.objects.filter(message=OuterRef("pk"))))
    answers = (
        Q(addition__isnull=False)
        | Q(update_request__isnull=False)
        | Q(invitation__isnull=False)
        | Q(kind=InboundMessage.Kind.TASK)
    )
    settled = landed | answers
    broken = Q(kind=InboundMessage.Kind.BROKEN)
    return {
        folders.ALL: Q(pk__isnull=False),
        folders.LANDED: kept & landed & ~answers,
        folders.REPLIES: kept & answers,
        folders.AUTOMATIC: kept & ~settled & ~broken,
        folders.BROKEN: kept & ~settled & broken,
        folders.ASIDE: ~kept,
    }


class InboundMessage(models.Model):
    """One mail that has arrived. What became of it follows from its landings, its addition and whether it was set aside."""

    class Kind(models.TextChoices):
        NEW = "new", _("new mail")
        REPLY = "reply", _("reply to our letter")
        UPDATE = "update", _("reply about actions of a plan")
        INVITATION = "invitation", _("answer to an invitation")
        TASK = "task", _("reply about tasks")
        AUTO_REPLY = "auto_reply", _("automatic reply")
        BOUNCE = "bounce", _("returned letter")
        LIST = "list", _("mailing list")
        LOOP = "loop", _("our own letter")
        OWN = "own", _("sent from this mailbox")
        BROKEN = "broken", _("cannot be read whole")

    class Folder(models.TextChoices):
        LANDED = "landed", _("Proposals")
        REPLIES = "replies", _("Replies")
        BROKEN = "broken", _("To look at")
        AUTOMATIC = "automatic", _("Automatic")
        ASIDE = "aside", pgettext_lazy("mail", "Set aside")
        ALL = "all", _("All mail")

    class Aside(models.TextChoices):
        NOT_FOR_US = "not_for_us", _("not for us")
        SPAM = "spam", _("spam")

    account = models.ForeignKey(MailAccount, on_delete=models.CASCADE, related_name="messages")
    kind = models.CharField(max_length=12, choices=Kind)
    content_hash = models.CharField(max_length=64)
    message_id = models.CharField(max_length=250, blank=True)
    from_name = models.CharField(max_length=200, blank=True)
    from_address = models.CharField(max_length=320, blank=True)
    to = models.TextField(blank=True)
    subject = models.CharField(max_length=500, blank=True)
    written_at = models.DateTimeField(null=True, blank=True)
    received_at = models.DateTimeField()
    stored_at = models.DateTimeField(default=clock.now)
    own = models.TextField(blank=True, help_text="what the sender wrote")
    history = models.TextField(blank=True, help_text="quoted from earlier mail")
    signature = models.TextField(blank=True)
    checks = models.JSONField(default=dict, help_text="what the trusted server found out about the sender")
    report = models.CharField(max_length=300, blank=True, help_text="what a returned letter says of the reason")
    is_whole = models.BooleanField(default=True, help_text="false: too large, only the head was taken")
    acknowledged = models.BooleanField(default=False)
    about = models.ForeignKey(Proposal, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    addition = models.OneToOneField(Addition, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    update_request = models.ForeignKey(
        UpdateRequest, on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        help_text="the request for updates that it answers",
    )  # fmt: skip
    invitation = models.ForeignKey(
        Invitation, on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        help_text="the invitation to a meeting that it answers",
    )  # fmt: skip
    set_aside_as = models.CharField(max_length=12, choices=Aside, blank=True)
    set_aside_at = models.DateTimeField(null=True, blank=True)
    set_aside_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    set_aside_because = models.CharField(max_length=300, blank=True)

    objects = InboundMessageQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["account", "content_hash"], name="mailbox_message_once"),
            models.CheckConstraint(
                name="mailbox_message_aside_pair",
                condition=Q(set_aside_as="", set_aside_at__isnull=True)
                | (~Q(set_aside_as="") & Q(set_aside_at__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(fields=["account", "-received_at", "-id"], name="mailbox_message_received"),
            models.Index(fields=["message_id"], name="mailbox_message_id", condition=~Q(message_id="")),
        ]

    def __str__(self) -> str:
        return f"e-mail {self.pk}"


class Original(models.Model):
    """A mail byte for byte as the server gave it; it can never be changed."""

    message = models.OneToOneField(InboundMessage, on_delete=models.CASCADE, related_name="original")
    content = models.BinaryField()

    class Meta:
        triggers = [pgtrigger.Protect(name="mail_as_received", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"original of {self.message_id}"


class MessageFile(models.Model):
    """A file that came in a mail: kept, or refused with the reason; the whole mail holds it in any case."""

    class Refusal(models.TextChoices):
        UNKNOWN_KIND = "unknown_kind", _("of a kind that is not taken")
        TOO_LARGE = "too_large", _("too large")
        TOO_MANY_PIXELS = "too_many_pixels", _("a picture with too many pixels")
        EMPTY = "empty", _("empty")
        TOO_MANY = "too_many", _("one too many")

    message = models.ForeignKey(InboundMessage, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField(help_text="bytes, as sent")
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    refusal = models.CharField(max_length=20, choices=Refusal, blank=True)
    is_decoration = models.BooleanField(default=False, help_text="a small picture of the layout, such as a logo")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="mailbox_file_kept_or_refused",
                condition=Q(attachment__isnull=False, refusal="") | (Q(attachment__isnull=True) & ~Q(refusal="")),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Landing(models.Model):
    """A proposal that was made of a mail; a mail that was split has several."""

    message = models.ForeignKey(InboundMessage, on_delete=models.CASCADE, related_name="landings")
    proposal = models.OneToOneField(Proposal, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.message_id} → {self.proposal_id}"
