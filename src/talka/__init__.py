# SPDX-License-Identifier: EUPL-1.2
"""Talka: municipalities and residents work together on plans, proposals, groups and meetings."""

__version__ = "0.1.0"
