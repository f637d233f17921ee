# SPDX-License-Identifier: EUPL-1.2
from talka.core.alphabet import Alphabetical
from talka.directory.models import Organization, Topic
from talka.processes.models import Process
from talka.processes.queries import organizations_near


def topic_choices() -> list[tuple[int, str]]:
    """Return the tree of topics for choosing from: key and name, sub-topics after their topic and set in by dashes."""
    below: dict[int | None, list[Topic]] = {}
    for topic in Topic.objects.all():
        below.setdefault(topic.parent_id, []).append(topic)
    found: list[tuple[int, str]] = []

    def walk(parent: int | None, depth: int) -> None:
        for topic in below.get(parent, []):
            found.append((topic.pk, f"{'– ' * depth}{topic.name}"))
            walk(topic.pk, depth + 1)

    walk(None, 0)
    return found


def organizations_to_represent(process: Process) -> list[str]:
    """Return the names of organizations that members may represent: those near the process, associations and companies."""
    kinds = [
        Organization.Classification.ASSOCIATION,
        Organization.Classification.COMPANY,
        Organization.Classification.INFORMAL,
    ]
    known = organizations_near(process) | Organization.objects.current().filter(classification__in=kinds)
    return list(known.distinct().order_by(Alphabetical("name")).values_list("name", flat=True)[:1000])
