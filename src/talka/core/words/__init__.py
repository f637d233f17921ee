# SPDX-License-Identifier: EUPL-1.2
"""Words of running text and the keys by which their forms belong together: ``skola``, ``skolām`` and ``Skolas`` share one.

A word that the Latvian dictionary knows (``lexicon``) has the dictionary form of each reading as a key; a name, a foreign
or a new word has its stem (``stems``), the same in every case. What is kept with a text and what is asked of it are both
made here, so they always agree.
"""

from talka.core.words.keys import VERSION, Word, asked_keys, keys_of, words_of

__all__ = ["VERSION", "Word", "asked_keys", "keys_of", "words_of"]
