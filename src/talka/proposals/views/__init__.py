# SPDX-License-Identifier: EUPL-1.2
"""Pages: ``sending``, ``receipts``, ``lists`` and ``reading`` for the public; ``register``, ``entries`` and ``answers`` for the workspace."""
