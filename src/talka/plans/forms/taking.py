# SPDX-License-Identifier: EUPL-1.2
"""What people outside the plan's own pages type to point at its nodes, or to have a new one."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from talka.core.editing import offer
from talka.core.forms import LineField, TextField
from talka.directory.models import Area, Organization, Topic
from talka.plans.models import FIRST_YEAR, LAST_YEAR, Edition, Level, NodeVersion, PlanNode
from talka.plans.queries.finding import drafts_written_by, versions_by_code
from talka.plans.queries.shown import shown_versions
from talka.plans.queries.tree import grow, in_order
from talka.processes.models import Process
from talka.processes.queries import areas_near, organizations_near

MOST_CODES = 50


class NodesField(LineField):
    """Nodes of plans by their codes, with commas between them."""

    user: Any
    process: Process

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", _("Codes with commas between them, such as R1.1.1, I2.1.1."))
        super().__init__(max_length=1000, required=False, **options)

    def ask(self, *, user: Any, process: Process) -> None:
        """Say who asks, and for a thing of which process; to be called by the form."""
        self.user, self.process = user, process

    def clean(self, value: Any) -> Any:
        """Return the nodes; refuse, naming it, a code that nothing or more than one thing has."""
        codes = [code.strip() for code in super().clean(value).split(",") if code.strip()]
        if len(codes) > MOST_CODES:
            raise forms.ValidationError(_("At most %(limit)d codes.") % {"limit": MOST_CODES})
        nodes: dict[int, PlanNode] = {}
        for code in codes:
            version = self._found(code)
            nodes[version.node_id] = version.node
        return list(nodes.values())

    def _found(self, code: str) -> NodeVersion:
        found = versions_by_code(code, self.user, self.process)
        if not found:
            raise forms.ValidationError(_("No plan that you see has the code %(code)s.") % {"code": code})
        if len(found) > 1:
            ways = ", ".join(f"{one.edition.plan.slug}/{one.code}" for one in found[:5])
            raise forms.ValidationError(
                _("Several plans have the code %(code)s. Write which one you mean: %(ways)s.")
                % {"code": code, "ways": ways}
            )
        return found[0]


def codes_of(nodes: Iterable[PlanNode], *, user: Any, process: Process) -> tuple[str, list[PlanNode]]:
    """Return the codes of nodes as ``NodesField`` reads them, and those nodes that the person cannot name in this way."""
    kept = {node.pk: node for node in nodes}
    written = []
    for key, version in shown_versions(list(kept), user).items():
        for code in (version.code, f"{version.edition.plan.slug}/{version.code}") if version.code else ():
            if [one.node_id for one in versions_by_code(str(code), user, process)] == [key]:
                written.append(str(code))
                del kept[key]
                break
    return ", ".join(sorted(written)), list(kept.values())


def year_input(label: Any) -> forms.IntegerField:
    """Return a field for a year that may be left empty."""
    return forms.IntegerField(label=label, required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR)


class NewNodeForm(forms.Form):
    """A new action or investment in a draft, begun from what asked for it."""

    title = LineField(label=_("Title"), max_length=1000)
    level = forms.ChoiceField(label=_("What it is"))
    under = forms.ChoiceField(label=_("Stands below"), help_text=_("Where in the draft it is to stand."))
    description = TextField(label=_("Description"), required=False, rows=4)
    organization = forms.ModelChoiceField(
        label=_("Responsible institution"), queryset=Organization.objects.none(), required=False
    )
    starts_year = year_input(_("Starts, year"))
    ends_year = year_input(_("Ends, year"))
    area = forms.ModelChoiceField(label=_("Territory"), queryset=Area.objects.none(), required=False)
    topic = forms.ModelChoiceField(label=_("Topic"), queryset=Topic.objects.none(), required=False)

    def __init__(self, *args: Any, process: Process, drafts: Iterable[Edition], **options: Any) -> None:
        super().__init__(*args, **options)
        self.drafts = {draft.pk: draft for draft in drafts}
        levels = Level.objects.filter(plan__in=[draft.plan_id for draft in self.drafts.values()])
        self.levels = {str(level.pk): level for level in levels.exclude(kind=Level.Kind.GROUP)}
        self.places: dict[str, tuple[Edition, PlanNode | None]] = {}
        named = len(self.drafts) > 1
        offer(
            self,
            level=[(key, self._level_name(level, named)) for key, level in self.levels.items()],
            under=self._offered_places(),
            organization=organizations_near(process),
            area=areas_near(process),
            topic=Topic.objects.all(),
        )

    def _level_name(self, level: Level, named: bool) -> str:
        if not named:
            return level.name
        plan = next(draft.plan for draft in self.drafts.values() if draft.plan_id == level.plan_id)
        return f"{level.name} ({plan})"

    def _offered_places(self) -> list[Any]:
        """Offer every part of the tree of each draft, and its top last: few actions stand below nothing."""
        groups: dict[int, list[NodeVersion]] = {}
        parts = NodeVersion.objects.filter(edition__in=self.drafts, node__kind=Level.Kind.GROUP)
        for version in parts.select_related("node"):
            groups.setdefault(version.edition_id, []).append(version)
        offered: list[Any] = [("", _("choose"))]
        for draft in self.drafts.values():
            choices = []
            for branch in in_order(grow(groups.get(draft.pk, []))):
                key = f"{draft.pk}:{branch.version.node_id}"
                self.places[key] = (draft, branch.version.node)
                choices.append((key, f"{'– ' * branch.depth}{branch.version}"))
            self.places[f"{draft.pk}:"] = (draft, None)
            choices.append((f"{draft.pk}:", str(_("on top, below nothing"))))
            offered.append((f"{draft.plan}, {draft}", choices))
        return offered

    def clean(self) -> dict[str, Any]:
        """See that the level belongs to the plan of the place, and that the years are in order."""
        data = super().clean() or {}
        place, level = self.places.get(data.get("under", "")), self.levels.get(data.get("level", ""))
        if place is not None and level is not None and place[0].plan_id != level.plan_id:
            self.add_error("level", _("This level belongs to another plan than the place."))
        starts, ends = data.get("starts_year"), data.get("ends_year")
        if starts and ends and ends < starts:
            self.add_error("ends_year", _("It cannot end before it starts."))
        return data

    def node(self) -> dict[str, Any]:
        """Return draft, level, parent and fields, as ``create_node`` takes them."""
        data = self.cleaned_data
        edition, parent = self.places[data["under"]]
        names = ("title", "description", "organization", "starts_year", "ends_year")
        return {
            "edition": edition, "level": self.levels[data["level"]], "parent": parent,
            "areas": [data["area"]] if data["area"] else [], "topics": [data["topic"]] if data["topic"] else [],
            **{name: data[name] for name in names},
        }  # fmt: skip


def new_node_form(data: Any, *, user: Any, process: Process, initial: dict[str, Any]) -> NewNodeForm | None:
    """Return the form for a new node in the drafts that somebody writes, those of the process first; nothing where there is none."""
    drafts = sorted(drafts_written_by(user), key=lambda draft: draft.plan.process_id != process.pk)
    return NewNodeForm(data, process=process, drafts=drafts, initial=initial) if drafts else None
