# SPDX-License-Identifier: EUPL-1.2
from django.contrib.auth.models import AnonymousUser

from talka.files.inspection import Inspected
from talka.files.operations import store_attachment
from talka.proposals.models import Bundle, Proposal, ProposalFile
from tests.access import Row, World


def _file(proposal: Proposal, *, is_public: bool = False) -> int:
    inspected = Inspected("application/pdf", ".pdf", b"%PDF-1.7 tabulai")
    attachment = store_attachment(inspected, name="plāns.pdf", by=AnonymousUser())
    return ProposalFile.objects.create(proposal=proposal, attachment=attachment, is_public=is_public).pk


def _public(w: World) -> list[object]:
    return [w.process.slug, w.public.number]


def _hidden(w: World) -> list[object]:
    return [w.process.slug, w.hidden.number]


def _secret(w: World) -> list[object]:
    return [w.hidden.author.secret]


def _process(w: World) -> list[object]:
    return [w.process.slug]


def _bundle(w: World) -> list[object]:
    return [w.process.slug, Bundle.objects.create(process=w.process).pk]


KEEPERS = {"carol": 200, "clara": 200}
ENTRY = {"visitor": 302, "everyone": 403, "leo": 404}

ROWS = [
    Row("proposals:list_proposals", everyone=200),
    Row("proposals:list_process_proposals", _process, everyone=200),
    Row("proposals:map_points", everyone=200),
    Row("proposals:export_proposals", everyone=200),
    Row("proposals:submit_proposal", _process, everyone=200),
    Row("proposals:submit_proposal", _process, method="post", everyone=422),
    Row("proposals:show_proposal", _public, everyone=200),
    Row("proposals:show_proposal", _hidden, everyone=404, **KEEPERS),
    Row("proposals:show_similar", _public, everyone=200),
    Row("proposals:show_similar", _hidden, everyone=404),
    Row("proposals:find_similar", _process, method="post", everyone=200),
    Row("proposals:list_similar", _process, visitor=302, everyone=403, **KEEPERS),
    Row("proposals:find_similar_entries", _process, method="post", visitor=302, everyone=403, leo=200, **KEEPERS),
    Row("proposals:bundle_proposals", _process, method="post", visitor=302, everyone=403, carol=302, clara=302),
    Row("proposals:reject_similar", _process, method="post", visitor=302, everyone=403, carol=302, clara=302),
    Row("proposals:show_bundle", _bundle, visitor=302, everyone=403, **KEEPERS),
    Row("proposals:show_bundle", lambda w: [w.process.slug, 999_999], visitor=302, everyone=403, carol=404, clara=404),
    Row("proposals:take_out_of_bundle", _bundle, method="post", visitor=302, everyone=403, carol=302, clara=302),
    Row("proposals:dissolve_bundle", _bundle, method="post", visitor=302, everyone=403, carol=302, clara=302),
    Row("proposals:undo_bundle_step", _bundle, method="post", visitor=302, everyone=403, carol=302, clara=302),
    Row("proposals:follow_proposal", _public, everyone=200),
    Row("proposals:follow_proposal", _public, method="post", visitor=422, everyone=302),
    Row("proposals:follow_proposal", _hidden, method="post", everyone=404, carol=409, clara=409),
    Row("proposals:download_file", lambda w: [*_public(w), _file(w.public, is_public=True)], everyone=200),
    Row("proposals:download_file", lambda w: [*_public(w), _file(w.public)], everyone=404, **KEEPERS),
    Row("proposals:download_file", lambda w: [*_hidden(w), _file(w.hidden, is_public=True)], everyone=404, **KEEPERS),
    Row("proposals:show_receipt", _secret, everyone=200),
    Row("proposals:show_receipt", lambda _w: ["nav-tadas"], everyone=404),
    Row("proposals:confirm_address", lambda w: [w.hidden.author.secret, w.hidden.author.mail_secret], everyone=200),
    Row("proposals:withdraw_own_proposal", _secret, everyone=200),
    Row("proposals:withdraw_own_proposal", _secret, method="post", everyone=302),
    Row("proposals:download_own_file", lambda w: [*_secret(w), _file(w.hidden)], everyone=200),
    Row("proposals:download_own_file", lambda w: [*_secret(w), _file(w.public)], everyone=404),
    Row("proposals:show_register", _process, visitor=302, everyone=403, leo=200, **KEEPERS),
    Row("proposals:export_register", lambda w: [w.process.slug, "csv"], visitor=302, everyone=403, leo=200, **KEEPERS),
    Row("proposals:export_register", lambda w: [w.process.slug, "exe"], visitor=302, everyone=403, leo=404, carol=404, clara=404),
    Row("proposals:change_register", _process, visitor=302, everyone=403, carol=200),
    Row("proposals:register_proposal", _process, visitor=302, everyone=403, **KEEPERS),
    *(
        Row(
            name, _process, method="post", data=lambda w: {"pick": [w.hidden.number], "to": f"group-{w.group.pk}"},
            visitor=302, everyone=403, carol=302, clara=clara, leo=302,
        )
        for name, clara in (
            ("proposals:assign_proposals", 403), ("proposals:publish_proposals", 302), ("proposals:publish_replies", 403),
        )
    ),
    Row("proposals:manage_proposal", _hidden, **ENTRY, **KEEPERS),
    Row("proposals:assign_proposal", _hidden, **ENTRY, carol=200, clara=403),
    Row("proposals:add_note", _hidden, **ENTRY, **KEEPERS),
    Row("proposals:publish_proposal", _hidden, method="post", **ENTRY, carol=302, clara=302),
    Row("proposals:unpublish_proposal", _public, **ENTRY, **KEEPERS),
    Row("proposals:correct_proposal", _hidden, **ENTRY, **KEEPERS),
    Row("proposals:show_file", lambda w: [*_hidden(w), _file(w.hidden)], method="post", **ENTRY, carol=302, clara=302),
    Row("proposals:withdraw_proposal", _hidden, **ENTRY, carol=200, clara=403),
    Row("proposals:prepare_reply", _hidden, **ENTRY, carol=200, clara=403),
    Row("proposals:publish_reply", _hidden, method="post", **ENTRY, carol=409, clara=403),
    Row("proposals:reopen_proposal", _hidden, **ENTRY, carol=200, clara=403),
]  # fmt: skip
