# SPDX-License-Identifier: EUPL-1.2
from tests.access import Row

ROWS: list[Row] = []
