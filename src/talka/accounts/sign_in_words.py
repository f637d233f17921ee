# SPDX-License-Identifier: EUPL-1.2
"""Sentences of django-allauth that our catalogue says in plainer Latvian than its own does."""

from django.utils.translation import gettext_noop as _

SENTENCES = (
    _("A user is already registered with this email address."),
    _("Authenticator code"),
    _("Backup key"),
    _("Be patient, you are sending too many requests."),
    _("Incorrect code."),
    _("Incorrect password."),
    _("Key nr. {number}"),
    _("Master key"),
    _("Please type your current password."),
    _("The email address and/or password you specified are not correct."),
    _("The new value must be different from the current one."),
    _("This account is currently inactive."),
    _("This email address is already associated with this account."),
    _("Too many failed login attempts. Try again later."),
    _("You cannot activate two-factor authentication until you have verified your email address."),
    _("You cannot deactivate two-factor authentication."),
    _("You must type the same password each time."),
)
