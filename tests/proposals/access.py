# SPDX-License-Identifier: EUPL-1.2
import uuid
from datetime import date, timedelta

from django.contrib.auth.models import AnonymousUser

from talka.core import clock
from talka.files.inspection import Inspected
from talka.files.operations import store_attachment
from talka.imports.operations import preparing
from talka.processes.models import Process
from talka.proposals.models import (
    Became,
    Bundle,
    Delivery,
    Extension,
    Forwarding,
    MovedDay,
    Proposal,
    ProposalFile,
    Redaction,
    Reply,
    ReplyTemplate,
    ReplyVersion,
    Term,
    Unredacted,
)
from talka.proposals.operations.correspondence import receive_addition
from tests.access import Row, World
from tests.imports import samples
from tests.plans.access import of_plan, small
from tests.proposals.importing import confirmed, list_of, started, unique


def _file(proposal: Proposal, *, is_public: bool = False) -> int:
    inspected = Inspected("application/pdf", ".pdf", b"%PDF-1.7 tabulai")
    attachment = store_attachment(inspected, name="plāns.pdf", by=AnonymousUser())
    return ProposalFile.objects.create(proposal=proposal, attachment=attachment, is_public=is_public).pk


def _addition(proposal: Proposal) -> int:
    return receive_addition(
        proposal, text="Vēl.", key=uuid.uuid4(), channel="email", received_at=clock.now(), from_author=True
    ).pk


def _link(w: World) -> list[object]:
    link = Became.objects.get_or_create(proposal=w.hidden, node=small(w).action.node)[0]
    return [*_hidden(w), link.pk]


def _redaction(w: World) -> int:
    Unredacted.objects.update_or_create(proposal=w.hidden, defaults={"title": w.hidden.title, "text": w.hidden.text})
    return Redaction.objects.get_or_create(
        proposal=w.hidden, part="text", start=0, defaults={"end": 5, "kind": "other"}
    )[0].pk


def _forwarding(proposal: Proposal, *, file: bool = False) -> list[object]:
    forwarding = Forwarding.objects.create(
        proposal=proposal, whom="Valsts ceļi", way="email", email="celi@example.lv", explanation="Ceļš nav mūsu.",
        text=proposal.text, with_author=True, is_theirs=False,
    )  # fmt: skip
    if not file:
        return [forwarding.secret]
    key = _file(proposal)
    forwarding.files.set([key])
    return [forwarding.secret, key]


def _forwarding_key(proposal: Proposal) -> int:
    return Forwarding.objects.get(secret=_forwarding(proposal)[0]).pk


def _public(w: World) -> list[object]:
    return [w.process.slug, w.public.number]


def _hidden(w: World) -> list[object]:
    return [w.process.slug, w.hidden.number]


def _secret(w: World) -> list[object]:
    return [w.hidden.author.secret]


def _extension(w: World) -> int:
    due = w.hidden.due_on or clock.today()
    return Extension.objects.create(
        proposal=w.hidden, due_before=due, until=due + timedelta(days=5), reason="Jāsagaida atbilde."
    ).pk


def _term(process: Process | None = None) -> Term:
    """Return a second term for submissions, of the installation or of a process."""
    known = {"process": process, "regime": "submission", "valid_from": date(2030, 1, 1)}
    return Term.objects.get_or_create(**known, defaults={"answer_number": 10, "act": "Akts"})[0]


def _moved() -> int:
    return MovedDay.objects.get_or_create(day=date(2030, 5, 3), is_working=False, reason="Rīkojums")[0].pk


def _process(w: World) -> list[object]:
    return [w.process.slug]


def _template(w: World) -> list[object]:
    template, _made = ReplyTemplate.objects.get_or_create(process=w.process, name="Sagatave", defaults={"text": "Jā."})
    return [w.process.slug, template.pk]


def _delivery(w: World) -> list[object]:
    said = {"outcome": "accepted", "reason": "Jā.", "signed_name": "Karola"}
    reply, _made = Reply.objects.get_or_create(proposal=w.public, defaults=said)
    version, _made = ReplyVersion.objects.get_or_create(reply=reply, number=1, defaults=said)
    delivery, _made = Delivery.objects.get_or_create(
        version=version, author=w.public.author, defaults={"way": Delivery.Way.PHONE}
    )
    return [w.process.slug, delivery.pk]


def _draft(w: World) -> list[object]:
    return [w.process.slug, started(w.process, samples.google_csv(), by=w.clara).pk]


def _mapped(w: World) -> list[object]:
    run = started(w.process, samples.google_csv(), by=w.clara)
    preparing.map_columns(run, columns={2: "text"}, fixed={"channel": "paper"}, leave_out=False, by=w.clara)
    return [w.process.slug, run.pk]


def _imported(w: World) -> list[object]:
    return [w.process.slug, confirmed(w.process, list_of(unique()), by=w.clara).pk]


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
    Row("proposals:print_blank_form", _process, everyone=200),
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
    Row("proposals:start_import", _process, visitor=302, everyone=403, **KEEPERS),
    Row("proposals:start_import", _process, method="post", visitor=302, everyone=403, carol=422, clara=422),
    *(Row(name, parts, visitor=302, everyone=403, **KEEPERS) for name, parts in (
        ("proposals:choose_table", _draft), ("proposals:map_columns", _draft), ("proposals:preview_import", _mapped),
        ("proposals:show_import", _imported), ("proposals:undo_import", _imported), ("proposals:export_wrong_lines", _imported),
    )),
    *(Row(name, parts, method="post", visitor=302, everyone=403, carol=302, clara=302) for name, parts in (
        ("proposals:confirm_import", _mapped), ("proposals:discard_import", _draft), ("proposals:resume_import", _imported),
    )),
    Row("proposals:show_import", lambda w: [w.process.slug, 999_999], visitor=302, everyone=403, carol=404, clara=404),
    Row("proposals:manage_proposal", _hidden, **ENTRY, **KEEPERS),
    Row("proposals:assign_proposal", _hidden, **ENTRY, carol=200, clara=403),
    Row("proposals:add_note", _hidden, **ENTRY, **KEEPERS),
    Row("proposals:publish_proposal", _hidden, method="post", **ENTRY, carol=302, clara=302),
    Row("proposals:unpublish_proposal", _public, **ENTRY, **KEEPERS),
    Row("proposals:correct_proposal", _hidden, **ENTRY, **KEEPERS),
    Row("proposals:redact_proposal", _hidden, **ENTRY, **KEEPERS),
    Row("proposals:undo_redaction", lambda w: [*_hidden(w), _redaction(w)], method="post", **ENTRY, carol=302, clara=302),
    Row("proposals:view_original", lambda w: [*_hidden(w), _redaction(w)][:2], **ENTRY, **KEEPERS),
    Row("proposals:change_keeping", _process, visitor=302, everyone=403, carol=200),
    Row("proposals:show_file", lambda w: [*_hidden(w), _file(w.hidden)], method="post", **ENTRY, carol=302, clara=302),
    Row("proposals:read_addition", lambda w: [*_hidden(w), _addition(w.hidden)], method="post", **ENTRY, carol=302, clara=302),
    Row("proposals:withdraw_proposal", _hidden, **ENTRY, carol=200, clara=403),
    Row("proposals:recommend_outcome", _hidden, **ENTRY, carol=200, clara=403),
    Row("proposals:follow_recommendation", _hidden, method="post", **ENTRY, carol=409, clara=403),
    Row("proposals:prepare_reply", _hidden, **ENTRY, carol=200, clara=403),
    Row("proposals:correct_reply", _hidden, **ENTRY, carol=409, clara=403),
    Row("proposals:prepare_replies", _process, visitor=302, everyone=403, carol=302),
    Row("proposals:list_reply_templates", _process, visitor=302, everyone=403, carol=200),
    Row("proposals:create_reply_template", _process, visitor=302, everyone=403, carol=200),
    Row("proposals:change_reply_template", _template, visitor=302, everyone=403, carol=200),
    Row("proposals:delete_reply_template", _template, visitor=302, everyone=403, carol=200),
    Row("proposals:list_deliveries", _process, visitor=302, everyone=403, **KEEPERS),
    Row("proposals:print_letters", _process, method="post", visitor=302, everyone=403, carol=302, clara=302),
    Row("proposals:mark_letters_sent", _process, method="post", data=lambda _w: {"sent_on": "2026-11-02"}, visitor=302, everyone=403, carol=302, clara=302),
    Row("proposals:record_call", _delivery, visitor=302, everyone=403, **KEEPERS),
    Row("proposals:deliver_otherwise", _delivery, visitor=302, everyone=403, **KEEPERS),
    Row("proposals:open_short_link", lambda w: [w.process.pk, w.public.number], everyone=302),
    Row("proposals:open_short_link", lambda w: [w.process.pk, w.hidden.number], everyone=404, carol=302, clara=302),
    Row("proposals:publish_reply", _hidden, method="post", **ENTRY, carol=409, clara=403),
    Row("proposals:reopen_proposal", _hidden, **ENTRY, carol=200, clara=403),
    Row("proposals:forward_proposal", _hidden, **ENTRY, carol=200, clara=403),
    Row("proposals:enter_forwarding_reply", lambda w: [*_hidden(w), _forwarding_key(w.hidden)], **ENTRY, **KEEPERS),
    Row("proposals:print_forwarding", lambda w: [*_hidden(w), _forwarding_key(w.hidden)], **ENTRY, **KEEPERS),
    Row("proposals:show_forwarded", lambda w: _forwarding(w.hidden), everyone=200),
    Row("proposals:show_forwarded", lambda _w: ["nav-tadas"], everyone=404),
    Row("proposals:show_forwarded", lambda w: _forwarding(w.hidden), method="post", everyone=422),
    Row("proposals:download_forwarded_file", lambda w: _forwarding(w.hidden, file=True), everyone=200),
    Row("proposals:change_regime", _hidden, **ENTRY, **KEEPERS),
    Row("proposals:change_author", _hidden, **ENTRY, **KEEPERS),
    Row("proposals:link_nodes", _process, visitor=302, everyone=403, carol=302, clara=302),
    Row("proposals:plan_proposal", _hidden, **ENTRY, **KEEPERS),
    Row("proposals:unlink_node", _link, method="post", **ENTRY, carol=302, clara=302),
    Row("proposals:link_proposals", lambda w: [*of_plan(w), small(w).action.node_id], visitor=302, everyone=403, leo=200, **KEEPERS),
    Row("proposals:extend_term", _hidden, **ENTRY, carol=200, clara=403),
    Row("proposals:note_extension_told", lambda w: [*_hidden(w), _extension(w)], **ENTRY, **KEEPERS),
    Row("proposals:list_owed", visitor=302, everyone=200),
    Row("proposals:list_late", visitor=302, everyone=403, carol=200, eve=200, root=200),
    Row("proposals:remind_of_late", method="post", visitor=302, everyone=403, carol=302, eve=302, root=302),
    Row("proposals:list_terms", visitor=302, everyone=200, alice=403, bob=403),
    Row("proposals:save_term", visitor=302, everyone=403, root=200),
    Row("proposals:change_term", lambda _w: [_term().pk], visitor=302, everyone=403, root=200),
    Row("proposals:delete_term", lambda _w: [_term().pk], method="post", visitor=302, everyone=403, root=302),
    Row("proposals:list_process_terms", _process, visitor=302, everyone=403, carol=200),
    Row("proposals:save_process_term", _process, visitor=302, everyone=403, carol=200),
    Row("proposals:change_process_term", lambda w: [*_process(w), _term(w.process).pk], visitor=302, everyone=403, carol=200),
    Row("proposals:delete_process_term", lambda w: [*_process(w), _term(w.process).pk], method="post",
        visitor=302, everyone=403, carol=302),
    Row("proposals:list_moved_days", visitor=302, everyone=200, alice=403, bob=403),
    Row("proposals:move_day", visitor=302, everyone=403, adam=200, eve=200, root=200),
    Row("proposals:restore_day", lambda _w: [_moved()], method="post", visitor=302, everyone=403, adam=302, eve=302, root=302),
]  # fmt: skip
