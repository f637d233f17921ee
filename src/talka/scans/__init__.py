# SPDX-License-Identifier: EUPL-1.2
"""From a pile of paper to entries of the register.

A ``Stack`` is one file as it was brought; it is taken apart into ``Scan``, a letter each, with its
``ScanPage``. Machines render, turn and read (``confined``, ``rendering``, ``reading``); a person corrects
and registers. Entries, their files and their numbers are the app ``proposals``'."""
