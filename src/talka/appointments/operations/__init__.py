# SPDX-License-Identifier: EUPL-1.2
"""The verbs: ``hours`` sets when somebody is there, ``bookings`` is who comes, ``visits`` what came of it, ``memory`` the clock's part."""
