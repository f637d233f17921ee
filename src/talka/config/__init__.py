# SPDX-License-Identifier: EUPL-1.2
"""How an installation of Talka is put together and started.

Settings from the environment, addresses, the ``talka`` command, the embedded
database, health, logs. Knows every app; no app knows it.
"""
