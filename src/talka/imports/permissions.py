# SPDX-License-Identifier: EUPL-1.2
"""Who may import is asked of the target: whoever may enter the same things one by one."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from talka.imports.models import ImportRun
from talka.imports.targets import Target, find_target

VERBS = {
    "start_import": _("sent a file for import"),
    "confirm_import": _("imported a file"),
    "resume_import": _("let an import go on"),
    "discard_import": _("discarded an import before anything was taken"),
    "undo_import": _("undid an import"),
}


def can_start_import(user: Any, target: Target) -> bool:
    """Whoever the target allows."""
    return bool(getattr(user, "is_authenticated", False)) and target.allows(user)


def can_prepare_import(user: Any, run: ImportRun) -> bool:
    """Whoever the target of the import allows."""
    target = find_target(run.place)
    return target is not None and can_start_import(user, target)


can_confirm_import = can_prepare_import
can_resume_import = can_prepare_import
can_discard_import = can_prepare_import
can_undo_import = can_prepare_import
