# SPDX-License-Identifier: EUPL-1.2
"""A plan as files: what a council approves, and open data.

``facts`` asks the database once; ``composing`` makes papers of facts (headings, tables, charts); ``docx``, ``pdf`` and
``workbook`` write papers, ``tables`` the one table that can be imported again, ``opendata`` JSON, all of plain values."""
