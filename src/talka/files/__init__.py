# SPDX-License-Identifier: EUPL-1.2
"""Uploads, and what is made of them.

An ``Attachment`` is a file that has been looked at: its size, its real kind, its sum; pictures
are encoded anew. It does not know what it is attached to, so each app serves its own
attachments, after asking whether this person may see them."""
