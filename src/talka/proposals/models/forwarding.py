# SPDX-License-Identifier: EUPL-1.2
"""What was passed on to another organization, and what it said."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from talka.accounts.models import User, new_secret
from talka.core import clock
from talka.directory.models import Organization
from talka.proposals.models.entries import Proposal, ProposalFile


class Forwarding(models.Model):
    """A proposal passed on: what was sent, to whom, when, and the reply.

    ``is_theirs``: the other organization answers the author (Iesniegumu likums on what lies outside the competence);
    else it is asked for its part, and the answer stays ours. Sent into a register of this installation, the reply
    is that of ``arrived_as`` and is stored nowhere else.
    """

    class Way(models.TextChoices):
        REGISTER = "register", pgettext_lazy("way of forwarding", "into its register")
        EMAIL = "email", pgettext_lazy("way of forwarding", "by e-mail")
        POST = "post", pgettext_lazy("way of forwarding", "by letter")

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="forwardings")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    whom = models.CharField(_("to whom"), max_length=300)
    way = models.CharField(max_length=10, choices=Way)
    email = models.EmailField(_("e-mail"), max_length=254, blank=True)
    arrived_as = models.OneToOneField(
        Proposal, on_delete=models.PROTECT, null=True, blank=True, related_name="arrived_from"
    )
    explanation = models.TextField(_("why it is forwarded"))
    title = models.CharField(max_length=200, help_text="as it was sent")
    text = models.TextField(help_text="as it was sent")
    with_author = models.BooleanField(_("with name and contacts of the author"))
    is_theirs = models.BooleanField(_("the other organization answers"))
    files: "models.ManyToManyField[ProposalFile, models.Model]" = models.ManyToManyField(
        ProposalFile, blank=True, related_name="+"
    )
    secret = models.CharField(max_length=64, unique=True, default=new_secret)
    forwarded_at = models.DateTimeField(default=clock.now)
    forwarded_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    reply = models.TextField(_("its reply"), blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    reply_entered_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["forwarded_at", "pk"]
        constraints = [
            models.CheckConstraint(name="proposals_forwarding_names_whom", condition=~Q(whom="")),
            models.CheckConstraint(
                name="proposals_forwarding_arrives",
                condition=Q(way="register", arrived_as__isnull=False)
                | (~Q(way="register") & Q(arrived_as__isnull=True)),
            ),
            models.CheckConstraint(name="proposals_forwarding_has_address", condition=~Q(way="email") | ~Q(email="")),
            models.CheckConstraint(
                name="proposals_forwarding_reply_pair",
                condition=Q(reply="", replied_at__isnull=True) | (~Q(reply="") & Q(replied_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.whom

    @property
    def outcome(self) -> str:
        """Return the outcome in the other register once its answer is published there, in words, or an empty text."""
        arrived = self.arrived_as
        reply = getattr(arrived, "reply", None) if arrived is not None and arrived.answered_at is not None else None
        return str(reply.get_outcome_display()) if reply is not None else ""
