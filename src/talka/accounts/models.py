# SPDX-License-Identifier: EUPL-1.2
import secrets
from datetime import timedelta
from typing import Any, ClassVar

import pghistory
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from talka.core import clock
from talka.core.permissions import is_allowed


class UserManager(BaseUserManager["User"]):
    """Makes users by address; the address is compared without regard to case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make a user; without a password they can sign in by a code sent to the address only."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make an administrator of the installation."""
        return self.create_user(email, password, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find a user by address, in any case of letters."""
        return self.get(email__iexact=username)


@pghistory.track(exclude=["password", "last_login"])
class User(AbstractBaseUser):
    """Somebody who can sign in."""

    email = models.EmailField(_("e-mail"), max_length=254)
    name = models.CharField(_("name"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="lv")
    gets_reminders = models.BooleanField(_("wants reminders of what they owe"), default=True)
    is_active = models.BooleanField(default=True)
    is_superuser = models.BooleanField(_("administrator of the installation"), default=False)
    date_joined = models.DateTimeField(default=clock.now)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="accounts_user_email_unique")]

    def __str__(self) -> str:
        return self.name or self.email

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Ask the app's rule for this verb."""
        return self.is_active and is_allowed(self, perm, obj)


def new_secret() -> str:
    """Return a text for a link that nobody can guess (192 bits)."""
    return secrets.token_urlsafe(24)


def invitation_deadline() -> Any:
    """Return until when a new invitation can be accepted."""
    return clock.now() + timedelta(days=settings.INVITATION_DAYS)


class Invitation(models.Model):
    """A letter asking somebody to sign in for the first time; what it opens is said by whoever points at it."""

    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="lv")
    secret = models.CharField(max_length=64, unique=True, default=new_secret)
    invited_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="invitations_sent")
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField(default=invitation_deadline)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="invitations_accepted")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="accounts_invitation_accepted_pair",
                condition=models.Q(accepted_at__isnull=False) | models.Q(accepted_by__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def is_open(self) -> bool:
        """Say whether it can still be accepted."""
        return self.accepted_at is None and self.expires_at > clock.now()
