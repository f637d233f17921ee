# SPDX-License-Identifier: EUPL-1.2
"""When people come together: date, hours, place, link, papers.

A ``Meeting`` belongs to one process and to one or more of its groups. It is shown on the
calendar and in feeds (RFC 5545), where a change raises its sequence and a cancelled meeting
stays, marked as cancelled."""
