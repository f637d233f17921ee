# SPDX-License-Identifier: EUPL-1.2
from talka.notifications.models import Notification
from tests.access import Row
from tests.notifications.factories import make_letter, make_subscription

ROWS = [
    Row("notifications:confirm_following", lambda _w: [make_subscription().secret], everyone=200),
    Row("notifications:unfollow", lambda _w: [make_subscription().secret], everyone=200),
    Row("notifications:unfollow", lambda _w: [make_subscription().secret], method="post", everyone=200),
    Row("notifications:list_sent_mails", visitor=302, everyone=403, root=200),
    Row("notifications:show_sent_mail", lambda _w: [make_letter().pk], visitor=302, everyone=403, root=200),
    Row("notifications:list_failed_mails", visitor=302, everyone=403, root=200),
    Row("notifications:send_again", method="get", visitor=302, everyone=405),
    Row(
        "notifications:send_again", method="post", data=lambda _w: {"pick": make_letter(Notification.State.FAILED).pk},
        visitor=302, everyone=403, root=302,
    ),
]  # fmt: skip
