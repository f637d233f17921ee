# SPDX-License-Identifier: EUPL-1.2
"""What comes in: ``public`` from visitors, ``workspace`` from those who keep reception hours."""
