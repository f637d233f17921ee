# SPDX-License-Identifier: EUPL-1.2
"""Who is answered what on the workspace pages of a process."""

from typing import Any

from tests.access import Row, World

RUNS = {"visitor": 302, "everyone": 403, "carol": 200}
WORKS = {**RUNS, "clara": 200, "leo": 200}
DOES = {"visitor": 302, "everyone": 403, "carol": 302, "method": "post"}
STAFFS = {"visitor": 302, "everyone": 403, "carol": 200, "adam": 200, "root": 200}


def of_process(world: World) -> list[Any]:
    """The address of the process."""
    return [world.process.slug]


def first(name: str) -> Any:
    """The address of the first of the process's parts of this kind."""

    def parts(world: World) -> list[Any]:
        part = getattr(world.process, name).first()
        return [world.process.slug, part.pk if part else 0]

    return parts


ROWS = [
    Row("processes:choose_template", visitor=302, everyone=403, carol=200, adam=200, eve=200, root=200),
    Row(
        "processes:create_process",
        lambda _w: ["programme"],
        visitor=302,
        everyone=403,
        carol=200,
        adam=200,
        eve=200,
        root=200,
    ),
    Row("processes:manage_process", of_process, **WORKS),
    Row("processes:change_texts", of_process, **RUNS),
    Row("processes:change_frame", of_process, **RUNS),
    Row("processes:publish_process", of_process, **DOES),
    Row("processes:unpublish_process", of_process, **RUNS),
    Row("processes:close_process", of_process, **RUNS),
    Row("processes:reopen_process", of_process, **RUNS),
    Row("processes:move_part", lambda w: [w.process.slug, "phases", w.process.phases.all()[0].pk], **DOES),
    Row("processes:save_phase", of_process, **RUNS),
    Row("processes:save_phase", first("phases"), **RUNS),
    Row("processes:delete_phase", first("phases"), **DOES),
    Row("processes:save_legal_step", of_process, **RUNS),
    Row("processes:save_legal_step", first("legal_steps"), **RUNS),
    Row("processes:complete_legal_step", first("legal_steps"), **RUNS),
    Row("processes:delete_legal_step", first("legal_steps"), **DOES),
    Row("processes:save_channel", of_process, **RUNS),
    Row("processes:delete_channel", first("channels"), method="post", visitor=302, everyone=403, carol=404),
    Row("processes:save_passage", of_process, **RUNS),
    Row("processes:delete_passage", first("passages"), method="post", visitor=302, everyone=403, carol=404),
    Row("processes:add_participant", of_process, **RUNS),
    Row("processes:change_participant", first("participants"), **RUNS),
    Row("processes:remove_participant", first("participants"), method="post", visitor=302, everyone=403, carol=409),
    Row("processes:list_people", of_process, **{**STAFFS, "clara": 200, "leo": 200}),
    Row("processes:give_role", of_process, **STAFFS),
    Row("processes:end_role", first("roles"), method="post", visitor=302, everyone=403, carol=302, adam=302, root=302),
    Row(
        "processes:invite_person",
        first("roles"),
        method="post",
        visitor=302,
        everyone=403,
        carol=409,
        adam=409,
        root=409,
    ),
    Row("processes:show_history", of_process, **RUNS),
    Row("processes:download_document", lambda w: [w.process.slug, 0], everyone=404),
]
