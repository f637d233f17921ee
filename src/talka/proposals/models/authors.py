# SPDX-License-Identifier: EUPL-1.2
"""Who sent a proposal in: personal data, apart from the text."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from talka.accounts.models import User, new_secret
from talka.core.finding import Folded
from talka.core.text import fold
from talka.core.words import words_of
from talka.proposals.addressing import salutation
from talka.proposals.models.entries import Proposal
from talka.proposals.searching import Lexemes


class AuthorQuerySet(models.QuerySet["Author"]):
    """Authors, for those who keep the register."""

    def named_like(self, words: str) -> "AuthorQuerySet":
        """Keep those in whose name every word begins some word; diacritics do not matter."""
        beginnings = [fold(word.text) for word in words_of(words)][:12]
        if not beginnings:
            return self.none()
        return self.annotate(words=_NAME_WORDS).filter(words=Lexemes(" & ".join(f"'{word}':*" for word in beginnings)))


_NAME_WORDS = SearchVector(Folded("name"), config="simple")


class Author(models.Model):
    """Who sent a proposal in: personal data, in a table of its own, seen by those who keep the register only."""

    class OnBehalf(models.TextChoices):
        SELF = "self", _("myself")
        ASSOCIATION = "association", _("an association")
        BUSINESS = "business", _("a business")
        INSTITUTION = "institution", _("an institution")
        OTHERS = "others", _("a group of people")

    class AnswerBy(models.TextChoices):
        EMAIL = "email", pgettext_lazy("way of answering", "by e-mail")
        POST = "post", pgettext_lazy("way of answering", "by letter")
        PHONE = "phone", pgettext_lazy("way of answering", "by telephone")
        NOT_AT_ALL = "none", pgettext_lazy("way of answering", "no answer wanted")

    proposal = models.OneToOneField(Proposal, on_delete=models.CASCADE, related_name="author")
    user = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    name = models.CharField(_("name"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail"), max_length=254, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    postal_address = models.CharField(_("postal address"), max_length=300, blank=True)
    answer_by = models.CharField(
        _("how to answer"),
        max_length=10,
        choices=AnswerBy,
        blank=True,
        help_text="empty: nobody asked; by what is known, e-mail before letter before telephone",
    )
    on_behalf = models.CharField(_("on whose behalf"), max_length=20, choices=OnBehalf, default=OnBehalf.SELF)
    on_behalf_name = models.CharField(_("its name"), max_length=200, blank=True)
    name_public = models.BooleanField(_("my name may be published"), default=False)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="lv")
    secret = models.CharField(max_length=64, unique=True, default=new_secret)
    salutation = models.CharField(
        _("how the author is addressed"), max_length=200, blank=True, help_text="empty: by the rules of ``addressing``"
    )
    mail_secret = models.CharField(
        max_length=64, default=new_secret, help_text="stands in the first letter only, and proves that it was read"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    objects = AuthorQuerySet.as_manager()

    class Meta:
        indexes = [GinIndex(SearchVector(Folded("name"), config="simple"), name="proposals_author_name")]
        constraints = [
            models.CheckConstraint(
                name="proposals_author_confirms_address", condition=Q(confirmed_at__isnull=True) | ~Q(email="")
            ),
            models.CheckConstraint(
                name="proposals_author_erased_whole",
                condition=Q(erased_at__isnull=True)
                | Q(user__isnull=True, name="", email="", phone="", postal_address="", on_behalf_name=""),
            ),
        ]

    def __str__(self) -> str:
        return f"author of {self.proposal_id}"

    @property
    def mailing_address(self) -> str:
        """Return the address to which letters go, or an empty text.

        On the web anybody can type anybody's address, so there it counts once its owner has confirmed it; the same holds for
        what another institution forwarded. Who wrote from an address, or gave it to the municipality in writing or in person,
        asked to be answered there.
        """
        given = self.proposal.channel not in {Proposal.Channel.WEB, Proposal.Channel.FORWARDED}
        return self.email if given or self.confirmed_at is not None else ""

    @property
    def greeting(self) -> str:
        """Return how a letter to the author begins."""
        return self.salutation or salutation(self.name, self.language)

    @property
    def way_of_answering(self) -> "Author.AnswerBy":
        """Return how the answer reaches the author: as they asked, else by what is known of them."""
        if self.answer_by:
            return self.AnswerBy(self.answer_by)
        known = {
            self.AnswerBy.EMAIL: self.email,
            self.AnswerBy.POST: self.postal_address,
            self.AnswerBy.PHONE: self.phone,
        }
        return next((way for way, address in known.items() if address), self.AnswerBy.NOT_AT_ALL)

    @property
    def public_name(self) -> str:
        """Return what may be shown of who sent it: the name if released, the organization if it speaks for one."""
        parts = [self.name if self.name_public else "", self.on_behalf_name if self.name_public else ""]
        return ", ".join(part for part in parts if part)
