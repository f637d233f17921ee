# SPDX-License-Identifier: EUPL-1.2
"""People who can sign in: address, language, ways to sign in, invitations.

A ``User`` is a key to the door and nothing more. Who somebody is (name, office, membership)
stands in ``directory``; what they may do in a process stands in ``processes``."""
