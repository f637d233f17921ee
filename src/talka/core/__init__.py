# SPDX-License-Identifier: EUPL-1.2
"""What every app stands on: who may, why not, requests, text, dates, mail, lists.

No models and no words of civic life: whoever needs those is an app of its own."""
