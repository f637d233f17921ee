# SPDX-License-Identifier: EUPL-1.2
"""Pages about paper: the pile (``piles``) and the sheet that lies open (``entering``)."""
