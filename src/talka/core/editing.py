# SPDX-License-Identifier: EUPL-1.2
"""Pages with a form that lose nothing: a refusal, somebody else's change and a session that ended keep what was typed."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import FieldDoesNotExist
from django.db.models import ManyToManyField, Model, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.choices import flatten_choices
from django.utils.translation import gettext as _

from talka.core.errors import Changed, Refused
from talka.core.http import unsent_fields


def _stored(row: Model, name: str) -> Any:
    """Return what a form would start with: keys for relations, the plain value for everything else."""
    try:
        field = row._meta.get_field(name)
    except FieldDoesNotExist:
        return getattr(row, name)
    if isinstance(field, ManyToManyField):
        return sorted(getattr(row, name).values_list("pk", flat=True))
    return field.value_from_object(row)  # type: ignore[union-attr]


def _known(row: Model, names: Iterable[str]) -> list[str]:
    return sorted(name for name in names if hasattr(type(row), name))


def changed_names(row: Model, fields: Mapping[str, Any]) -> list[str]:
    """Name the fields whose value differs from the stored one, in the order of the alphabet; to be asked before saving."""
    stored = type(row)._base_manager.get(pk=row.pk)
    return sorted(name for name, value in fields.items() if _stored(stored, name) != _as_stored(row, name, value))


def _as_stored(row: Model, name: str, value: Any) -> Any:
    if isinstance(row._meta.get_field(name), ManyToManyField):
        return sorted(one.pk for one in value)
    return value.pk if isinstance(value, Model) else value


def version_of(row: Model, names: Iterable[str]) -> str:
    """Return a short text that changes with any of these fields or properties of the row; other names are passed over."""
    values = [(name, _stored(row, name)) for name in _known(row, names)]
    return hashlib.sha256(repr(values).encode()).hexdigest()[:16]


def check_unchanged(row: Model, names: Iterable[str], seen: str) -> None:
    """Raise ``Changed`` when the row, which the caller has locked, is not as it was seen; an empty ``seen`` asks nothing."""
    if seen and version_of(row, names) != seen:
        raise Changed


class RowForm(forms.Form):
    """A form over fields of one row, which knows what the row was like when the form was shown."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, row: Model | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.row = row
        self.theirs: list[tuple[str, str]] = []
        if row is None:
            del self.fields["seen"]
        else:
            for name in self._row_fields():
                self.initial.setdefault(name, _stored(row, name))
            self.initial["seen"] = version_of(row, self.fields)

    def _row_fields(self) -> list[str]:
        return _known(self.row, self.fields) if self.row is not None else []

    def show_theirs(self) -> None:
        """Keep what was typed, and list beside it what somebody else has saved in the same fields."""
        if self.row is None:
            return
        self.row.refresh_from_db()
        for name in self._row_fields():
            stored = _stored(self.row, name)
            if self.fields[name].has_changed(stored, self[name].data):
                self.theirs.append((str(self.fields[name].label), self._written(name, stored)))
        data: Any = self.data
        self.data = data.copy()
        self.data[self.add_prefix("seen")] = version_of(self.row, self.fields)  # type: ignore[index]

    def _written(self, name: str, stored: Any) -> str:
        choices = getattr(self.fields[name], "choices", None)
        if choices is None:
            return str(stored) if stored not in (None, "") else "–"
        wanted = {str(one) for one in stored} if isinstance(stored, list | tuple) else {str(stored)}
        flat: list[tuple[Any, Any]] = list(flatten_choices(choices))
        return ", ".join(str(label) for value, label in flat if str(value) in wanted) or "–"


def offer(form: forms.Form, **choices: Any) -> None:
    """Set what the fields of a form let choose from: querysets for rows, pairs of value and label for words."""
    for name, offered in choices.items():
        field = form.fields[name]
        if isinstance(field, forms.ModelChoiceField) and field.empty_label is not None:
            field.empty_label = "–"
        setattr(field, "queryset" if isinstance(offered, QuerySet) else "choices", offered)


def sent(request: HttpRequest) -> tuple[Any, Any]:
    """Return what a form is bound to: the fields and files of a POST, nothing otherwise."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _refill(request: HttpRequest, form: forms.Form) -> None:
    """Put back, once, what the person was sending when the session ended."""
    fields = unsent_fields(request)
    if fields is None:
        return
    data = QueryDict(mutable=True)
    for name, values in fields.items():
        data.setlist(name, values)
    for name, field in form.fields.items():
        if not isinstance(field, forms.FileField):
            form.initial[name] = field.widget.value_from_datadict(data, {}, form.add_prefix(name))
    messages.info(request, _("You had to sign in again. What you had written is kept here; send it once more."))


def edit_page(
    request: HttpRequest,
    template: str,
    form: forms.Form,
    save: Callable[..., Any],
    *,
    to: str | Callable[[Any], str],
    said: str,
    **context: Any,
) -> HttpResponse:
    """Show a form; once it is sent and right, call ``save`` with its cleaned fields and go on to ``to``.

    A refusal is shown in the form with status 409, wrong input with 422. A button named ``preview`` shows
    the page again with ``preview`` true and saves nothing.
    """
    status, preview = 200, False
    if request.method != "POST":
        _refill(request, form)
    elif not form.is_valid():
        status = 422
    elif "preview" in request.POST:
        preview = True
    else:
        try:
            result = save(**form.cleaned_data)
        except Refused as refused:
            if isinstance(refused, Changed) and isinstance(form, RowForm):
                form.show_theirs()
            form.add_error(None, str(refused))
            status = 409
        else:
            messages.success(request, said)
            return redirect(to(result) if callable(to) else to)
    return render(request, template, {**context, "form": form, "preview": preview}, status=status)
