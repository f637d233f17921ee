# SPDX-License-Identifier: EUPL-1.2
"""Mail that arrives, and where it goes.

A ``MailAccount`` is the mailbox of a process, read over IMAP. Each mail becomes an ``InboundMessage``,
kept byte for byte (``Original``), with its files (``MessageFile``). A new one lands as a proposal
(``Landing``); an answer to our letter becomes an addition to its proposal; automatic mail is kept
and answered by nobody. What a mail says is found out by pure modules that believe nothing in it.
Proposals know nothing of mail; how letters leave is the matter of ``notifications``."""
