# SPDX-License-Identifier: EUPL-1.2
"""The gathering pages, by subject."""
