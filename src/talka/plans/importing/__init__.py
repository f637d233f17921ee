# SPDX-License-Identifier: EUPL-1.2
"""Tables of plans as municipalities have them, understood: plain values in and out, nothing written.

``layout`` finds header, merged cells, headings, totals and footnotes; ``columns`` what columns mean; ``values`` what cells say;
``schemes`` which level a code stands for; ``lines`` makes items of rows; ``names`` finds what they name; ``difference``
compares with the draft. ``operations.importing`` takes it."""
