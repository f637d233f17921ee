# SPDX-License-Identifier: EUPL-1.2
"""Everything that is received about a process, and the answer to it.

A ``Proposal`` has a number in the register of its process; its ``Receipt`` keeps the text as it
came, its ``Author`` the personal data, apart. It is assigned to somebody (``Assignment``), who
recommends (``Recommendation``); the coordinator decides (``Reply``) and publishes (``ReplyVersion``), and the
answer goes to its author (``Delivery``). Its state follows from these facts and is stored nowhere."""
