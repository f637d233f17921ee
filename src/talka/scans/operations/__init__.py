# SPDX-License-Identifier: EUPL-1.2
"""What is done with paper: brought and read (``bringing``), entered by a person (``entering``), forgotten with an author (``forgetting``)."""
