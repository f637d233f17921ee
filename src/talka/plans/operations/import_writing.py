# SPDX-License-Identifier: EUPL-1.2
"""The difference between a table and a draft written into the draft, whole tables at a time."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import Max

from talka.accounts.models import User
from talka.core import clock
from talka.core.permissions import is_allowed
from talka.core.text import fold
from talka.directory.models import Organization
from talka.directory.operations import create_organization
from talka.notifications.models import Audience
from talka.plans.codes import make_code, numbers_of
from talka.plans.importing.difference import SEVERAL, Change, Difference, Stored, new_organizations
from talka.plans.importing.names import NewOrganization
from talka.plans.models import (
    Edition,
    FormerCode,
    Funding,
    Level,
    NodeVersion,
    PlanImport,
    PlanImportChange,
    PlanNode,
    ProgressUpdate,
    Removal,
)  # fmt: skip
from talka.plans.operations.progress import enter_update
from talka.plans.queries.imports import rows_of

BATCH = 500


def write(
    about: PlanImport, difference: Difference, *, leaving: Sequence[Stored], reason: str, said_on: date | None, by: User
) -> None:
    """Write what a table says into a locked draft; ``said_on``: the day of which its statuses speak, if they are taken."""
    writer = _Writer(about.edition, by)
    told = difference.told if said_on is not None else []
    touched = [one.stored.node for one in difference.changed if one.stored] + [one.node for one in leaving]
    before = rows_of(about.edition, touched)
    writer.make_levels(difference)
    writer.make_organizations(difference.changes)
    nodes = writer.add(difference.new)
    writer.change(difference.changed, nodes)
    writer.remove(leaving, reason)
    after = rows_of(about.edition, [*nodes.values(), *touched])
    updates = {id(one): writer.tell(one, nodes, said_on) for one in told}
    _keep(about, difference, leaving, nodes, before, after, updates)
    about.created, about.changed = len(difference.new), len(difference.changed)
    about.removed, about.unchanged = len(leaving), difference.unchanged
    about.step = PlanImport.Step.WRITING
    about.save(update_fields=["created", "changed", "removed", "unchanged", "step"])


def _keep(
    about: PlanImport, difference: Difference, leaving: Sequence[Stored], nodes: dict[int, int],
    before: dict[int, Any], after: dict[int, Any], updates: dict[int, ProgressUpdate],
) -> None:  # fmt: skip
    """Keep what was made of each node, so that it can be put back."""
    action = PlanImportChange.Action
    rows = []
    for change in difference.changes:
        update = updates.get(id(change))
        if not (change.is_new or change.is_changed or update):
            continue
        node = change.stored.node if change.stored is not None else nodes[id(change)]
        said = after.get(node, {})
        title = said.get("title") or change.item.title
        code = said.get("code") or change.item.code or ""
        sort = action.CREATED if change.is_new else action.CHANGED if change.is_changed else action.TOLD
        rows.append(
            PlanImportChange(
                plan_import=about, node_id=node, action=sort, code=code, title=title, before=before.get(node),
                after=after.get(node), update=update,
            )
        )  # fmt: skip
    rows += [
        PlanImportChange(
            plan_import=about, node_id=one.node, action=action.REMOVED, code=one.values["code"] or "",
            title=one.values["title"], before=before[one.node],
        )
        for one in leaving
    ]  # fmt: skip
    PlanImportChange.objects.bulk_create(rows, batch_size=BATCH)


class _Writer:
    def __init__(self, edition: Edition, by: User) -> None:
        self.edition, self.by = edition, by
        self.levels = {level.letter: level for level in edition.plan.levels.all()}
        self.organizations: dict[str, int] = {}

    def make_levels(self, difference: Difference) -> None:
        """Make the levels that the codes of the file stand for, in a plan that has none."""
        if not difference.rungs:
            return
        last = max((level.position for level in self.levels.values()), default=-1)
        made = Level.objects.bulk_create(
            Level(
                plan=self.edition.plan, kind=rung.kind, name=rung.name, plural=rung.plural, letter=rung.letter,
                pattern=rung.pattern, position=last + 1 + place,
            )
            for place, rung in enumerate(difference.rungs)
        )  # fmt: skip
        self.levels |= {level.letter: level for level in made}

    def make_organizations(self, changes: Sequence[Change]) -> None:
        """Enter institutions that were chosen to be new, as part of the municipality where the person may."""
        owner = self.edition.plan.owner
        for one in new_organizations(changes):
            classification = _classification(one.name)
            own = classification in (Organization.Classification.INSTITUTION, Organization.Classification.DEPARTMENT)
            parent = owner if own and is_allowed(self.by, "directory.create_organization", owner) else None
            made = create_organization(name=one.name, classification=classification, parent=parent, by=self.by)
            self.organizations[one.key] = made.pk

    def _key(self, value: Any) -> Any:
        return self.organizations[value.key] if isinstance(value, NewOrganization) else value

    # --- New ones ---------------------------------------------------------------------------------

    def add(self, changes: Sequence[Change]) -> dict[int, int]:
        """Add what is new, in the order of the file, the last below what it stands below; return nodes by their changes."""
        if not changes:
            return {}
        now = clock.now()
        audiences = Audience.objects.bulk_create([Audience() for _one in changes], batch_size=BATCH)
        nodes = PlanNode.objects.bulk_create(
            [
                PlanNode(plan_id=self.edition.plan_id, kind=change.rung.kind, audience=audience, created_at=now)
                for change, audience in zip(changes, audiences, strict=True)
            ],
            batch_size=BATCH,
        )
        made = {id(change): node.pk for change, node in zip(changes, nodes, strict=True)}
        coder = _Coder(self.edition, self.levels, made)
        places = _Places(self.edition)
        versions = []
        for change, node in zip(changes, nodes, strict=True):
            parent = node_of(change.parent, made)
            values = {
                _column(name): self._key(value) for name, (_old, value) in change.fields.items() if name not in SEVERAL
            }
            if "code" not in change.fields:
                values["code"] = coder.code_of(change, parent)
            coder.know(node.pk, parent, change.rung.letter, values["code"])
            versions.append(
                NodeVersion(
                    edition=self.edition, node=node, level=self.levels[change.rung.letter], parent_id=parent,
                    position=places.next(parent), **values,
                )
            )  # fmt: skip
        NodeVersion.objects.bulk_create(versions, batch_size=BATCH)
        self._set_several({version.pk: change for version, change in zip(versions, changes, strict=True)}, are_new=True)
        self._set_funding({version.pk: change for version, change in zip(versions, changes, strict=True)})
        return made

    # --- Changed ones -----------------------------------------------------------------------------

    def change(self, changes: Sequence[Change], made: dict[int, int]) -> None:
        """Write what becomes otherwise; ``made``: nodes that have just been made, by their changes."""
        by_node = {change.stored.node: change for change in changes if change.stored is not None}
        versions = list(
            NodeVersion.objects.select_for_update(of=("self",)).filter(edition=self.edition, node__in=by_node)
        )
        places = _Places(self.edition)
        written: set[str] = set()
        former = []
        for version in versions:
            change = by_node[version.node_id]
            for name, (_old, value) in change.fields.items():
                if name in SEVERAL:
                    continue
                if name == "code" and version.code:
                    former.append(FormerCode(node_id=version.node_id, code=version.code))
                if name == "level":
                    version.level = self.levels[value]
                else:
                    setattr(version, _column(name), self._key(value))
                written.add("organization" if name == "organization" else name)
            if change.moves:
                version.parent_id = node_of(change.parent, made)
                version.position = places.next(version.parent_id)
                written |= {"parent", "position"}
        FormerCode.objects.bulk_create(former, ignore_conflicts=True)
        if written:
            NodeVersion.objects.bulk_update(versions, sorted(written), batch_size=BATCH)
        by_version = {version.pk: by_node[version.node_id] for version in versions}
        self._set_several(by_version)
        self._set_funding(by_version)

    def _set_several(self, changes: dict[int, Change], *, are_new: bool = False) -> None:
        """Let versions hold exactly what the changes say of fields with several things."""
        for name in SEVERAL:
            chosen = {pk: change.fields[name][1] for pk, change in changes.items() if name in change.fields}
            if not chosen:
                continue
            field: Any = NodeVersion._meta.get_field(name)
            through = getattr(NodeVersion, name).through
            mine, other = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
            if not are_new:
                through.objects.filter(**{f"{mine}__in": list(chosen)}).delete()
            through.objects.bulk_create(
                [
                    through(**{mine: pk, other: key})
                    for pk, values in chosen.items()
                    for key in dict.fromkeys(map(self._key, values))
                ],
                batch_size=BATCH,
            )

    def _set_funding(self, changes: dict[int, Change]) -> None:
        """Let versions plan exactly the money that the changes say."""
        chosen = {pk: change.funding for pk, change in changes.items() if change.funding is not None}
        if not chosen:
            return
        Funding.objects.filter(version__in=list(chosen)).delete()
        Funding.objects.bulk_create(
            [
                Funding(version_id=pk, source=source, fund=fund, year=year, planned=planned)
                for pk, rows in chosen.items()
                for (source, fund, year), planned in rows.items()
            ],
            batch_size=BATCH,
        )

    # --- Others -----------------------------------------------------------------------------------

    def remove(self, leaving: Sequence[Stored], reason: str) -> None:
        """Take nodes out of the draft; those that stood in the edition before with the reason."""
        nodes = [one.node for one in leaving]
        FormerCode.objects.bulk_create(
            [FormerCode(node_id=one.node, code=one.values["code"]) for one in leaving if one.values["code"]],
            ignore_conflicts=True,
        )
        NodeVersion.objects.filter(edition=self.edition, node__in=nodes).delete()
        there = set(Removal.objects.filter(edition=self.edition, node__in=nodes).values_list("node", flat=True))
        Removal.objects.bulk_create(
            Removal(edition=self.edition, node_id=one.node, reason=reason)
            for one in leaving
            if one.stood and one.node not in there
        )

    def tell(self, change: Change, nodes: dict[int, int], said_on: date | None) -> ProgressUpdate:
        """Enter the status that the file gives of a node."""
        assert change.told is not None  # noqa: S101 - only those are passed
        state, percent = change.told
        node = PlanNode.objects.get(pk=change.stored.node if change.stored is not None else nodes[id(change)])
        return enter_update(
            node, state=state, percent=percent, text="", said_on=said_on, person=None, entered_by=self.by,
            channel=ProgressUpdate.Channel.IMPORT,
        )  # fmt: skip


def node_of(parent: Change | int | None, made: dict[int, int]) -> int | None:
    """Return the key of the node that something stands below, also one that has just been made."""
    if isinstance(parent, Change):
        return parent.stored.node if parent.stored is not None else made[id(parent)]
    return parent


def _column(name: str) -> str:
    return "organization_id" if name == "organization" else name


def _classification(name: str) -> str:
    """Guess what kind of institution has this name."""
    folded = fold(name)
    kinds = Organization.Classification
    if folded.startswith(("sia ", "as ", "a/s ")) or "kapitalsabiedrib" in folded:
        return kinds.COMPANY
    if "biedrib" in folded or "nodibinajum" in folded:
        return kinds.ASSOCIATION
    return kinds.DEPARTMENT if "nodala" in folded or "dala" in folded.split() else kinds.INSTITUTION


class _Places:
    """Gives the next place below each node."""

    def __init__(self, edition: Edition) -> None:
        rows: Iterable[Any] = edition.versions.order_by().values_list("parent").annotate(last=Max("position"))
        self.last: dict[int | None, int] = dict(rows)

    def next(self, parent: int | None) -> int:
        self.last[parent] = self.last.get(parent, -1) + 1
        return self.last[parent]


class _Coder:
    """Gives codes by the patterns of the levels to nodes of a file that has no codes."""

    def __init__(self, edition: Edition, levels: dict[str, Level], made: dict[int, int]) -> None:
        self.levels, self.made = levels, made
        self.above: dict[int, tuple[int | None, str, str]] = {}
        self.count: dict[tuple[int | None, str], int] = {}
        self.taken: set[str] = set()
        for node, parent, letter, code in edition.versions.order_by().values_list(
            "node", "parent", "level__letter", "code"
        ):
            self.know(node, parent, letter, code)

    def know(self, node: int, parent: int | None, letter: str, code: str | None) -> None:
        """Take note of a node of the draft."""
        self.above[node] = (parent, letter, code or "")
        self.count[parent, letter] = self.count.get((parent, letter), 0) + 1
        if code:
            self.taken.add(code)

    def code_of(self, change: Change, parent: int | None) -> str | None:
        """Return the next code of a level below a node; nothing where the level has no pattern."""
        level = self.levels[change.rung.letter]
        if not level.pattern:
            return None
        numbers, over = {}, parent
        while over is not None and over in self.above:
            above, letter, code = self.above[over]
            numbers[letter] = numbers_of(self.levels[letter].pattern, code)
            over = above
        number = self.count.get((parent, level.letter), 0) + 1
        while (code := make_code(level.pattern, number, numbers)) in self.taken:
            if "{n}" not in level.pattern:
                return None
            number += 1
        return code
