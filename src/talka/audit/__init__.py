# SPDX-License-Identifier: EUPL-1.2
"""Who did what, when, on what and why.

An ``Event`` is one finished operation. It points at nothing, so that the record never
stands in the way of the living data, and it cannot be changed or deleted. What rows looked
like before is kept by pghistory, beside the models it tracks."""
