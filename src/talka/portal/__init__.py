# SPDX-License-Identifier: EUPL-1.2
"""The pages that gather: home, process, group, my page, workspace, search, about.

No models: each page asks the apps below for what this person may see."""
