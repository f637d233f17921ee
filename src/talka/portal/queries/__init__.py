# SPDX-License-Identifier: EUPL-1.2
"""What the gathering pages show, by page."""
