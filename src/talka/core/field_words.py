# SPDX-License-Identifier: EUPL-1.2
"""Sentences of Django's form fields that our catalogue says in plainer Latvian than Django's own does."""

from django.utils.translation import gettext_noop as _
from django.utils.translation import ngettext_lazy

SENTENCES = (
    ngettext_lazy(
        "Ensure this value has at most %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at most %(limit_value)d characters (it has %(show_value)d).",
        "limit_value",
    ),
    _("Ensure this value is greater than or equal to %(limit_value)s."),
    _("Ensure this value is less than or equal to %(limit_value)s."),
    _("Enter a list of values."),
    _("Enter a number."),
    _("Enter a valid URL."),
    _("Enter a valid date."),
    _("Enter a valid email address."),
    _("Enter a valid time."),
    _("Enter a whole number."),
    _("No file was submitted."),
    _("Null characters are not allowed."),
    _("Select a valid choice. %(value)s is not one of the available choices."),
    _("Select a valid choice. That choice is not one of the available choices."),
    _("The submitted file is empty."),
    _("This field is required."),
)
