# SPDX-License-Identifier: EUPL-1.2
from talka.accounts.models import Invitation
from talka.accounts.reminders import stop_url
from tests.access import Row

# The whole cast has an authenticator app. Signed in without having said a password, it is asked for one ("302")
# before anything important about signing in can be changed.
ROWS = [
    Row("accounts:change_account", visitor=302, everyone=200),
    Row(
        "accounts:accept_invitation",
        lambda _w: [Invitation.objects.create(email="jauns@example.lv").secret],
        everyone=200,
    ),
    Row("accounts:stop_reminders", lambda w: [stop_url(w.leo).rstrip("/").rpartition("/")[2]], everyone=200),
    Row("accounts:stop_reminders", lambda _w: ["1:cits"], everyone=404),
    Row("account_login", visitor=200, everyone=302),
    Row("account_logout", visitor=302, everyone=200),
    Row("account_inactive", everyone=200),
    Row("account_signup", visitor=200, everyone=302),
    Row("account_reauthenticate", visitor=302, everyone=200),
    Row("account_email", visitor=302, everyone=200),
    Row("account_email_verification_sent", visitor=302, everyone=302),
    Row("account_change_password", visitor=302, everyone=200),
    Row("account_set_password", visitor=302, everyone=302),
    Row("account_reset_password", everyone=200),
    Row("account_confirm_login_code", everyone=302),
    Row("account_confirm_password_reset_code", everyone=302),
    Row("account_complete_password_reset", everyone=302),
    Row("account_password_reset_completed", everyone=200),
    Row("account_request_login_code", visitor=200, everyone=302),
    Row("mfa_index", visitor=302, everyone=200),
    Row("mfa_authenticate", everyone=302),
    Row("mfa_reauthenticate", visitor=302, everyone=200),
    Row("mfa_activate_totp", visitor=302, everyone=302),
    Row("mfa_deactivate_totp", visitor=302, everyone=302),
    Row("mfa_view_recovery_codes", visitor=302, everyone=404),
    Row("mfa_generate_recovery_codes", visitor=302, everyone=302),
    Row("mfa_download_recovery_codes", visitor=302, everyone=404),
    Row("mfa_list_webauthn", visitor=302, everyone=200),
    Row("mfa_add_webauthn", visitor=302, everyone=302),
    Row("mfa_reauthenticate_webauthn", visitor=302, everyone=302),
    Row("mfa_remove_webauthn", lambda _w: [1], visitor=302, everyone=302),
    Row("mfa_edit_webauthn", lambda _w: [1], visitor=302, everyone=302),
    Row("mfa_login_webauthn", everyone=302),
    Row("usersessions_list", visitor=302, everyone=200),
    Row("account_logout", method="post", everyone=302),
]
