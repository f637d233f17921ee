# SPDX-License-Identifier: EUPL-1.2
"""Pages: ``public`` for everybody, ``own`` behind the link of a booking, ``hours``, ``days`` and ``visits`` for the workspace."""
