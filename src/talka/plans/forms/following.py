# SPDX-License-Identifier: EUPL-1.2
from django import forms
from django.utils.translation import gettext_lazy as _

from talka.core.forms import VisitorForm


class FollowNodeForm(VisitorForm):
    """An address to which news of an action is sent."""

    min_seconds = 0

    email = forms.EmailField(label=_("E-mail"), max_length=254)
