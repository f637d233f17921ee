# SPDX-License-Identifier: EUPL-1.2
"""From the form of one node to what the operation takes."""

from talka.plans.forms.updates import UpdateForm
from talka.plans.operations.answering import Answer
from talka.plans.operations.progress import Spent


def answer_of(form: UpdateForm) -> Answer:
    """Return what a right form says."""
    return Answer(**form.said(), money=tuple(Spent(**line) for line in form.money()))
