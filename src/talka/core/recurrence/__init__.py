# SPDX-License-Identifier: EUPL-1.2
"""Rules by which something comes again (RFC 5545, 3.3.10): read, written, and turned into days and hours.

Plain values in and out, in the time of one place: an hour is what the clock on the wall shows. Who needs moments asks
``core.local_time``. Why this is not left to a library: decision 35."""
