# SPDX-License-Identifier: EUPL-1.2
from typing import cast

from django.http import HttpRequest

from talka.accounts.models import User


def signed_in(request: HttpRequest) -> User:
    """Return who sends a request, in a view that lets nobody in who is not signed in."""
    return cast("User", request.user)
