# SPDX-License-Identifier: EUPL-1.2
"""Messages to people, and their choice to have them.

An ``Audience`` is whoever follows one thing; the thing points at it, never the other way. A
``Subscription`` is one address in an audience. A ``Notification`` is one message to one
address: written with the operation that caused it, sent by the queue, kept with its fate."""
