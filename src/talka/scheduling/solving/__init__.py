# SPDX-License-Identifier: EUPL-1.2
"""Timetables as a problem for a solver: plain values in and out, nothing of the database and nothing of pages.

``problem`` says what is asked, ``model`` finds an answer (OR-Tools CP-SAT), ``checking`` looks at any answer without trusting
who made it, ``reasons`` says why a session has no place.
"""
