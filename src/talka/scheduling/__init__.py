# SPDX-License-Identifier: EUPL-1.2
"""Finding the time: polls among members, and timetables that a solver makes of groups, people, rooms and days.

Both end in meetings, which know nothing of how their time was found.
"""
