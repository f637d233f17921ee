# SPDX-License-Identifier: EUPL-1.2
"""Figures over everything; reads only.

The report of a register says what was received, what became of it and whether that was in time. Every
number is counted in one place (``queries``), the same way for paper, the web and all other channels."""
