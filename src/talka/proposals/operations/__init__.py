# SPDX-License-Identifier: EUPL-1.2
"""The verbs, one module a stretch of the way: ``drafting`` and ``receiving`` from the first word to the public page,
``redacting``, ``bundling`` and ``searching`` on its words, ``terms``, ``deadlines`` and ``reminding`` on its time,
``examining``, ``answering``, ``forwarding``, ``deliveries`` and ``correspondence`` to the answer in the author's hand,
``importing`` for many at once, ``erasing`` at the end."""
