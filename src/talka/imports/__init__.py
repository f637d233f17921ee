# SPDX-License-Identifier: EUPL-1.2
"""Tables from outside: read, understood, shown beforehand, taken in line by line, taken back.

An ``ImportRun`` is one file on its way into one place. An app above declares a ``Target``: which
fields a line has, who may, how lines are taken and undone; this app knows nothing of what they
become. ``ImportedLine`` keeps what became of each line, so that none is taken twice;
``ColumnMapping`` remembers which column meant what. The pages are made here, the addresses above."""
