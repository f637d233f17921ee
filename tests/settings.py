# SPDX-License-Identifier: EUPL-1.2
"""The settings of the site, in the mode for tests."""

import os

os.environ["TALKA_MODE"] = "test"

from talka.config.settings import *  # noqa: F403
