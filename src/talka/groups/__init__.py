# SPDX-License-Identifier: EUPL-1.2
"""Working groups and who sits in them.

A ``WorkingGroup`` belongs to one process and has a topic; a ``Mandate`` says that a person sits
in it, for whom and in what capacity. When a group meets is left to ``meetings``, what it is
given to examine to ``proposals``."""
