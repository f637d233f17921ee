# SPDX-License-Identifier: EUPL-1.2
"""What measures Talka: ``python -m bench``, or one part of it with ``ONLY=name``."""
