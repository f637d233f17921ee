# SPDX-License-Identifier: EUPL-1.2
"""What is kept about people: found, given out and erased when they ask, and erased by itself after its term.

What is held stays in the apps that hold it, each behind a ``core.holdings.Holder``; this app has no models. It
holds the two that need all of them to be judged: accounts, and people of the directory."""
