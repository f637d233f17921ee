# SPDX-License-Identifier: EUPL-1.2
"""The read-only API over all that is public: OpenAPI at ``/api/openapi.json``, errors as ``{code, message}``."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.operation import Operation

from talka.core.errors import Refused
from talka.groups.api import router as groups
from talka.meetings.api import router as meetings
from talka.plans.api import router as plans
from talka.processes.api import router as processes
from talka.proposals.api import router as proposals


class Api(NinjaAPI):
    """An API whose operations are named by the verbs of the use cases."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """Name an operation after its verb."""
        return operation.view_func.__name__


api = Api(
    title="Talka",
    version="1",
    description="Processes, working groups, meetings, published proposals and plans; no personal data. Read-only, no key needed.",
    urls_namespace="api",
    docs_url=None,
)
for router in (processes, groups, meetings, proposals, plans):
    api.add_router("", router)


def _error(request: HttpRequest, status: int, code: str, message: str) -> HttpResponse:
    return api.create_response(request, {"code": code, "message": message}, status=status)


@api.exception_handler(Http404)
def answer_not_found(request: HttpRequest, _exception: Http404) -> HttpResponse:
    """Answer for what is absent or hidden."""
    return _error(request, 404, "not_found", _("There is nothing at this address."))


@api.exception_handler(PermissionDenied)
def answer_not_allowed(request: HttpRequest, _exception: PermissionDenied) -> HttpResponse:
    """Answer for what others may."""
    return _error(request, 403, "not_allowed", _("You may not see or do this"))


@api.exception_handler(Refused)
def answer_refused(request: HttpRequest, refused: Refused) -> HttpResponse:
    """Answer with the sentence of a refusal."""
    return _error(request, 409, refused.code, str(refused))


@api.exception_handler(ValidationError)
def answer_invalid(request: HttpRequest, invalid: ValidationError) -> HttpResponse:
    """Answer which part of the request could not be read."""
    parts = [f"{error['loc'][-1]}: {error['msg']}" for error in invalid.errors]
    return _error(request, 422, "invalid", "; ".join(parts))


@api.exception_handler(HttpError)
def answer_http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Answer what the framework itself refuses."""
    return _error(request, error.status_code, "bad_request", error.message)
