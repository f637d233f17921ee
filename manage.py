#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Django's commands, with the embedded database running where one is used."""

import sys

from talka.config.cli import manage

if __name__ == "__main__":
    sys.exit(manage(sys.argv))
