# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from talka.proposals.views import (
    answers,
    bundles,
    deadlines,
    entries,
    forwarding,
    lists,
    owing,
    reading,
    receipts,
    register,
    sending,
    terms,
)

app_name = "proposals"

_PROCESS = "p/<slug:process_slug>/proposals/"
_PROPOSAL = f"{_PROCESS}<int:number>/"
_RECEIPT = "receipt/<slug:secret>/"
_REGISTER = "workspace/p/<slug:process_slug>/register/"
_ENTRY = f"{_REGISTER}<int:number>/"
_BUNDLE = f"{_REGISTER}together/<int:bundle_id>/"
_TERMS = "workspace/administration/terms/"
_OWN_TERMS = f"{_REGISTER}terms/"
_DAYS = "workspace/administration/working-days/"

urlpatterns = [
    path("proposals/", lists.list_proposals, name="list_proposals"),
    path("proposals/points/", lists.map_points, name="map_points"),
    path("proposals/export/", lists.export_proposals, name="export_proposals"),
    path(_PROCESS, lists.list_process_proposals, name="list_process_proposals"),
    path(f"{_PROCESS}new/", sending.submit_proposal, name="submit_proposal"),
    path(f"{_PROCESS}similar/", sending.find_similar, name="find_similar"),
    path(_PROPOSAL, reading.show_proposal, name="show_proposal"),
    path(f"{_PROPOSAL}similar/", reading.show_similar, name="show_similar"),
    path(f"{_PROPOSAL}follow/", reading.follow_proposal, name="follow_proposal"),
    path(f"{_PROPOSAL}files/<int:file_id>/", reading.download_file, name="download_file"),
    path(_RECEIPT, receipts.show_receipt, name="show_receipt"),
    path(f"{_RECEIPT}confirm/<slug:mail_secret>/", receipts.confirm_address, name="confirm_address"),
    path(f"{_RECEIPT}withdraw/", receipts.withdraw_own_proposal, name="withdraw_own_proposal"),
    path(f"{_RECEIPT}files/<int:file_id>/", receipts.download_own_file, name="download_own_file"),
    path(_REGISTER, register.show_register, name="show_register"),
    path(f"{_REGISTER}export/<str:kind>/", register.export_register, name="export_register"),
    path(f"{_REGISTER}settings/", register.change_register, name="change_register"),
    path(f"{_REGISTER}assign/", register.assign_proposals, name="assign_proposals"),
    path(f"{_REGISTER}publish/", register.publish_proposals, name="publish_proposals"),
    path(f"{_REGISTER}publish-answers/", register.publish_replies, name="publish_replies"),
    path(f"{_REGISTER}similar/", bundles.list_similar, name="list_similar"),
    path(f"{_REGISTER}similar/typed/", bundles.find_similar_entries, name="find_similar_entries"),
    path(f"{_REGISTER}similar/bundle/", bundles.bundle_proposals, name="bundle_proposals"),
    path(f"{_REGISTER}similar/reject/", bundles.reject_similar, name="reject_similar"),
    path(_BUNDLE, bundles.show_bundle, name="show_bundle"),
    path(f"{_BUNDLE}take-out/", bundles.take_out_of_bundle, name="take_out_of_bundle"),
    path(f"{_BUNDLE}dissolve/", bundles.dissolve_bundle, name="dissolve_bundle"),
    path(f"{_BUNDLE}undo/", bundles.undo_bundle_step, name="undo_bundle_step"),
    path(f"{_REGISTER}new/", entries.register_proposal, name="register_proposal"),
    path(_ENTRY, entries.manage_proposal, name="manage_proposal"),
    path(f"{_ENTRY}assign/", entries.assign_proposal, name="assign_proposal"),
    path(f"{_ENTRY}note/", entries.add_note, name="add_note"),
    path(f"{_ENTRY}publish/", entries.publish_proposal, name="publish_proposal"),
    path(f"{_ENTRY}unpublish/", entries.unpublish_proposal, name="unpublish_proposal"),
    path(f"{_ENTRY}correct/", entries.correct_proposal, name="correct_proposal"),
    path(f"{_ENTRY}files/<int:file_id>/", entries.show_file, name="show_file"),
    path(f"{_ENTRY}withdraw/", entries.withdraw_proposal, name="withdraw_proposal"),
    path(f"{_ENTRY}answer/", answers.prepare_reply, name="prepare_reply"),
    path(f"{_ENTRY}answer/publish/", answers.publish_reply, name="publish_reply"),
    path(f"{_ENTRY}answer/take-back/", answers.reopen_proposal, name="reopen_proposal"),
    path(f"{_ENTRY}forward/", forwarding.forward_proposal, name="forward_proposal"),
    path(
        f"{_ENTRY}forward/<int:forwarding_id>/reply/", forwarding.enter_forwarding_reply, name="enter_forwarding_reply"
    ),
    path(f"{_ENTRY}forward/<int:forwarding_id>/letter.pdf", forwarding.print_forwarding, name="print_forwarding"),
    path("forwarded/<slug:secret>/", forwarding.show_forwarded, name="show_forwarded"),
    path(
        "forwarded/<slug:secret>/files/<int:file_id>/",
        forwarding.download_forwarded_file,
        name="download_forwarded_file",
    ),
    path(f"{_ENTRY}act/", deadlines.change_regime, name="change_regime"),
    path(f"{_ENTRY}extend/", deadlines.extend_term, name="extend_term"),
    path(f"{_ENTRY}extensions/<int:extension_id>/told/", deadlines.note_extension_told, name="note_extension_told"),
    path("workspace/owed/", owing.list_owed, name="list_owed"),
    path("workspace/late/", owing.list_late, name="list_late"),
    path("workspace/late/remind/", owing.remind_of_late, name="remind_of_late"),
    path(_TERMS, terms.list_terms, name="list_terms"),
    path(f"{_TERMS}new/", terms.save_term, name="save_term"),
    path(f"{_TERMS}<int:pk>/", terms.save_term, name="change_term"),
    path(f"{_TERMS}<int:pk>/remove/", terms.delete_term, name="delete_term"),
    path(_OWN_TERMS, terms.list_terms, name="list_process_terms"),
    path(f"{_OWN_TERMS}new/", terms.save_term, name="save_process_term"),
    path(f"{_OWN_TERMS}<int:pk>/", terms.save_term, name="change_process_term"),
    path(f"{_OWN_TERMS}<int:pk>/remove/", terms.delete_term, name="delete_process_term"),
    path(_DAYS, terms.list_moved_days, name="list_moved_days"),
    path(f"{_DAYS}new/", terms.move_day, name="move_day"),
    path(f"{_DAYS}<int:pk>/remove/", terms.restore_day, name="restore_day"),
]
