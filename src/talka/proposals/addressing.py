# SPDX-License-Identifier: EUPL-1.2
"""How people and organizations are addressed in Latvian: vocative, dative, salutation.

The cases follow the declensions of the Latvian grammar (LVPPV): I ``-s -š``, II ``-is``, III ``-us``, IV ``-a``, V ``-e``.
A name that is not clearly Latvian stays in the nominative, and who cannot be told a man or a woman is greeted without
either: a right neutral form is better than a wrong warm one.
"""

import re

_LATVIAN = frozenset("aābcčdeēfgģhiījkķlļmnņoprsštuūvzž")
_VOWELS = frozenset("aāeēiīouū")
_IN_US = {"ingus", "mikus", "markus", "edžus", "zemgus", "rihardus", "matejus", "jurģus", "pēterus"}
_NOT_LATVIAN = {
    "boris", "denis", "dennis", "chris", "elvis", "francis", "louis", "alexis", "morris", "travis", "aldous", "hans", "jens", "lars", "mats",
}  # fmt: skip

_DATIVE_OF_KINDS = {
    "biedrība": "biedrībai", "nodibinājums": "nodibinājumam", "fonds": "fondam", "arodbiedrība": "arodbiedrībai", "draudze": "draudzei",
    "zemnieku saimniecība": "zemnieku saimniecībai", "akciju sabiedrība": "akciju sabiedrībai", "kooperatīvā sabiedrība": "kooperatīvajai sabiedrībai",
    "pilnsabiedrība": "pilnsabiedrībai", "individuālais komersants": "individuālajam komersantam", "individuālais uzņēmums": "individuālajam uzņēmumam",
    "partija": "partijai", "skola": "skolai", "pamatskola": "pamatskolai", "vidusskola": "vidusskolai", "pirmsskola": "pirmsskolai",
    "bibliotēka": "bibliotēkai", "muzejs": "muzejam", "uzņēmums": "uzņēmumam", "iestāde": "iestādei", "klubs": "klubam", "kopiena": "kopienai",
    "vecāku padome": "vecāku padomei", "skolēnu padome": "skolēnu padomei", "senioru padome": "senioru padomei",
}  # fmt: skip


def _sex(word: str) -> str:
    """Return ``m`` or ``f`` for a given name with a clearly Latvian ending, else an empty text.

    >>> _sex("Jānis"), _sex("Anna"), _sex("John"), _sex("Thomas"), _sex("Boris")
    ('m', 'f', '', '', '')
    """
    small = word.lower()
    if len(small) < 3 or not set(small) <= _LATVIAN or small in _NOT_LATVIAN or not word[0].isupper():
        return ""
    if small[-1] in "ae":
        return "f"
    if small.endswith("is") or small[-1] == "š" or small in _IN_US:
        return "m"
    return "m" if small[-1] == "s" and small[-2] not in _VOWELS else ""


def _ending(word: str, masculine: bool) -> str:
    """Return the ending by which a name or surname is declined: one of ``-s -š -is -us -ais -a -e -ā``, else empty."""
    small = word.lower()
    if len(small) < 3 or not set(small) <= _LATVIAN or small in _NOT_LATVIAN:
        return ""
    if not masculine:
        return small[-1] if small[-1] in "aeā" else ""
    if small.endswith("ais"):
        return "ais"
    if small.endswith("is"):
        return "is"
    if small in _IN_US:
        return "us"
    if small[-1] in "šae":
        return small[-1]
    return "s" if small[-1] == "s" and small[-2] not in _VOWELS else ""


_VOCATIVE = {"s": "", "š": "", "is": "i", "us": "u"}
_DATIVE_M = {"s": "am", "š": "am", "is": "im", "us": "um", "ais": "ajam", "a": "am", "e": "em"}
_DATIVE_F = {"a": "ai", "e": "ei", "ā": "ajai"}


def _declined(name: str, endings: dict[str, str], masculine: bool) -> str:
    def one(match: re.Match[str]) -> str:
        word = match[0]
        ending = _ending(word, masculine)
        return word.removesuffix(ending) + endings[ending] if ending in endings else word

    return re.sub(r"[^\W\d_]+", one, name)


def _looks_like_a_name(words: list[str]) -> bool:
    """Say whether these are two to four words as names are written: no initials, no capitals alone."""
    return 1 < len(words) < 5 and all(
        re.fullmatch(r"[^\W\d_]+([-'’][^\W\d_]+)*", word) and word[0].isupper() and not word.isupper() for word in words
    )


def sex_of(name: str) -> str:
    """Tell a man (``m``) from a woman (``f``) by the full name, where its endings agree; else return an empty text.

    >>> sex_of("Līga Sarmule"), sex_of("Jānis Liepa"), sex_of("Nikita Petrovs"), sex_of("Ozols"), sex_of("J. Ozols")
    ('f', 'm', '', '', '')
    """
    words = name.split()
    if not _looks_like_a_name(words):
        return ""
    sex = _sex(words[0].split("-")[0])
    masculine_surname = _sex(words[-1].split("-")[-1]) == "m"
    return "" if sex == "f" and masculine_surname else sex


def vocative(name: str) -> str:
    """Return a full name as one calls somebody by it; in the nominative where no rule is sure.

    >>> vocative("Jānis Bērziņš"), vocative("Anna Kalniņa"), vocative("Kārlis Ozols"), vocative("Andrejs Liepa")
    ('Jāni Bērziņ', 'Anna Kalniņa', 'Kārli Ozol', 'Andrej Liepa')
    >>> vocative("Mikus Mazais"), vocative("Ilze Medne-Strazda"), vocative("Māris Lācis-Vītols"), vocative("Boriss Zīle")
    ('Miku Mazais', 'Ilze Medne-Strazda', 'Māri Lāci-Vītol', 'Boris Zīle')
    >>> vocative("Thomas Müller"), vocative("Dace"), vocative("Pagasta padome")
    ('Thomas Müller', 'Dace', 'Pagasta padome')
    """
    return _declined(name, _VOCATIVE, True) if sex_of(name) == "m" else name


def dative(name: str) -> str:
    """Return to whom a letter goes: a person's full name or an organization in the dative, where a rule is sure.

    >>> dative("Līga Sarmule"), dative("Jānis Bērziņš"), dative("Māris Egle"), dative("Anna Mazā"), dative("Uldis Mazais")
    ('Līgai Sarmulei', 'Jānim Bērziņam', 'Mārim Eglem', 'Annai Mazajai', 'Uldim Mazajam')
    >>> dative("Biedrība „Spieķis”"), dative("SIA „Ozols”"), dative("John Smith"), dative("Talkas Vecāku padome")
    ('Biedrībai „Spieķis”', 'SIA „Ozols”', 'John Smith', 'Talkas Vecāku padomei')
    """
    sex = sex_of(name)
    for kind, in_dative in _DATIVE_OF_KINDS.items():
        found = re.search(rf"(?<!\w){kind}(?!\w)", name, re.IGNORECASE)
        if found and (found.start() == 0 or found.end() == len(name)):
            written = in_dative.capitalize() if found[0][0].isupper() else in_dative
            return f"{name[: found.start()]}{written}{name[found.end() :]}"
    if sex:
        return _declined(name, _DATIVE_M if sex == "m" else _DATIVE_F, sex == "m")
    return name


def salutation(name: str, language: str = "lv") -> str:
    """Return the first line of a letter to somebody, as far as the name tells how to call them.

    >>> salutation("Līga Sarmule"), salutation("Jānis Bērziņš"), salutation("John Smith")
    ('Godātā Līga Sarmule!', 'Godātais Jāni Bērziņ!', 'Labdien, John Smith!')
    >>> salutation(""), salutation("Rita"), salutation("vecāku padome"), salutation("SIA Egle")
    ('Labdien!', 'Labdien!', 'Labdien!', 'Labdien!')
    >>> salutation("Jānis Bērziņš", "en"), salutation("", "en")
    ('Dear Jānis Bērziņš,', 'Good day!')
    """
    is_name = _looks_like_a_name(name.split())
    if language == "en":
        return f"Dear {name}," if is_name else "Good day!"
    sex = sex_of(name)
    if sex:
        return f"{'Godātais' if sex == 'm' else 'Godātā'} {vocative(name)}!"
    return f"Labdien, {name}!" if is_name else "Labdien!"
