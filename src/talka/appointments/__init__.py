# SPDX-License-Identifier: EUPL-1.2
"""Reception hours: when somebody of the municipality sits down with whoever comes, about one process.

A ``Reception`` keeps its weekly rule (RFC 5545) and hours; days and slots follow from it (``slots``) and are stored nowhere.
A ``Booking`` is a slot that somebody took, without an account, or a visit without one. What was said becomes a proposal of
``proposals`` where the visitor agrees; else only the fact of the visit is kept."""
