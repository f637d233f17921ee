# SPDX-License-Identifier: EUPL-1.2
"""Pages of meetings: for everybody, for calendar programs, for those who call them."""
