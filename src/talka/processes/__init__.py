# SPDX-License-Identifier: EUPL-1.2
"""Joint work with a beginning and an end.

A ``Process`` has phases that say what can be done now, legal steps that the law asks for,
organizations that take part, and people with roles for them. It knows nothing of what is
sent in or discussed: groups, proposals and meetings point at their process."""
