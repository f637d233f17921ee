# SPDX-License-Identifier: EUPL-1.2
import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.core import clock
from talka.plans.models.nodes import NodeVersion, PlanNode, frozen_with_edition
from talka.plans.models.plans import year_field


class Source(models.TextChoices):
    """Where money comes from."""

    MUNICIPAL = "municipal", _("municipal budget")
    EU = "eu", _("EU fund")
    STATE = "state", _("state budget")
    PRIVATE = "private", _("private money")
    LOAN = "loan", _("loan")
    OTHER = "other", _("other source")
    OPEN = "open", _("source still to be found")


@pghistory.track()
class Funding(models.Model):
    """Money that an edition plans for an action or an investment: so much from one source in one year, in EUR.

    A row without a year holds for the whole term. Totals are never stored; they are asked of these rows and of ``Outlay``.
    """

    version = models.ForeignKey(NodeVersion, on_delete=models.CASCADE, related_name="funding")
    source = models.CharField(_("source"), max_length=12, choices=Source)
    fund = models.CharField(_("name of the fund"), max_length=150, blank=True)
    year = year_field(_("year"), null=True, blank=True)
    planned = models.DecimalField(_("planned, EUR"), max_digits=14, decimal_places=2)

    class Meta:
        ordering = ["version", "year", "source", "fund"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "source", "fund", "year"], name="plans_funding_once", nulls_distinct=False
            ),
            models.CheckConstraint(name="plans_funding_not_negative", condition=Q(planned__gte=0)),
        ]
        triggers = [frozen_with_edition("SELECT v.edition_id FROM plans_nodeversion v WHERE v.id = OLD.version_id")]

    def __str__(self) -> str:
        return f"{self.get_source_display()} {self.fund} {self.year or ''}: {self.planned}"


@pghistory.track()
class Outlay(models.Model):
    """Money committed and spent on a node from one source in one year, in EUR, as last reported."""

    node = models.ForeignKey(PlanNode, on_delete=models.CASCADE, related_name="outlays")
    source = models.CharField(_("source"), max_length=12, choices=Source)
    fund = models.CharField(_("name of the fund"), max_length=150, blank=True)
    year = year_field(_("year"))
    committed = models.DecimalField(_("committed, EUR"), max_digits=14, decimal_places=2, default=0)
    spent = models.DecimalField(_("spent, EUR"), max_digits=14, decimal_places=2, default=0)
    reported_at = models.DateTimeField(default=clock.now)
    reported_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["node", "year", "source", "fund"]
        constraints = [
            models.UniqueConstraint(fields=["node", "source", "fund", "year"], name="plans_outlay_once"),
            models.CheckConstraint(name="plans_outlay_not_negative", condition=Q(committed__gte=0, spent__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.get_source_display()} {self.fund} {self.year}: {self.spent}"
