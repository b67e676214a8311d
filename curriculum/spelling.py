"""How words are written: what is no difference between two spellings, what is only an accent, what is a letter."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

_APOSTROPHES = "'’‘‛ʼʻʹ`´′＇"
_ONE_APOSTROPHE = str.maketrans(dict.fromkeys(_APOSTROPHES, "'"))

# Letters (and signs) that are two ways of writing the same word, after lower case.
_SAME_SPELLING: Mapping[str, Mapping[str, str]] = {
    "ru": {"ё": "е"},  # the dots are optional
    "de": {"ß": "ss"},  # Swiss spelling, and capitals before 2017
    "el": {"ς": "σ"},  # sigma at the end of a word
    "ro": {"ş": "ș", "ţ": "ț"},  # cedillas of older keyboards for commas below
}

# Marks that are no part of the spelling: the acute shows stress in Russian textbooks.
_UNSPELT = {"ru": "\u0301"}

# Lower case differs: the dotted and the dotless i are two letters.
_TURKIC = frozenset({"tr", "az"})
_TURKIC_LOWER = str.maketrans({"I": "ı", "İ": "i"})

# Scripts that put no spaces between words: their words are compared sign by sign.
_SPACELESS = frozenset({"ja", "zh", "th"})
# Their keyboards write Latin letters, digits and kana in full and in half width.
_WIDTHS = frozenset({"ja", "zh"})

# Letters in their own right: leaving their mark off is another letter, not a missing accent.
_OWN_LETTERS: Mapping[str, frozenset[str]] = {
    language: frozenset(letters)
    for language, letters in {
        "es": "ñ",  # between n and o in the alphabet: año is year, ano is not
        "gl": "ñ",
        "ru": "й",  # a consonant, и is a vowel: мой is my, мои its plural
        "uk": "йї",  # й as in Russian; ї is [ji]: їм is I eat, ім is nothing
        "be": "йў",  # ў is the consonant of у
        "bg": "й",
        "tr": "ıışçğöü",  # other sounds: ılık/ilik, şık/sık, aç/ac, öl/ol; only â î û carry an accent
        "az": "ıışçğöü",
        "sv": "åäö",  # vowels at the end of the alphabet: får sheep, far father
        "fi": "åäö",  # näin I saw, nain I marry
        "et": "õäöüšž",
        "da": "åæø",
        "nb": "åæø",
        "nn": "åæø",
        "no": "åæø",
        "eo": "ĉĝĥĵŝŭ",  # each is one sound of its own
        "vi": "ăâđêôơư",  # letters of the alphabet; the tone marks on them are accents
        "zh": "ü",  # pinyin: lǜ green, lù road
    }.items()
}

# Joined letters and letters with a stroke, which Unicode does not take apart. They fold where they are no letters in
# their own right.
_PLAIN_LETTERS = {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ı": "i"}

# The usual way round a keyboard without the letter; worth no more than a missing accent.
_SPELT_OUT = {"de": str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})}


class _Signs(dict[int, str]):
    """str.translate table, one sign for one: parts of words stay, apostrophes become one, all else becomes a space."""

    _MAX_REMEMBERED = 20_000

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        is_of_word = unicodedata.category(sign)[0] in "LMN"
        kept = "'" if sign in _APOSTROPHES else sign if is_of_word else " "
        if len(self) < self._MAX_REMEMBERED:
            self[code] = kept
        return kept


_SIGNS = _Signs()
# Apostrophes inside a word belong to it; those around it are quotation marks.
_WORD = re.compile("[^ ']+(?:'[^ ']+)*")


class Token(NamedTuple):
    written: str
    normal: str


@lru_cache(maxsize=256)
def base_language(language: str) -> str:
    """`es` of `es-MX`."""
    return language.replace("_", "-").partition("-")[0].lower()


def is_spaced(language: str) -> bool:
    return language not in _SPACELESS


def tokenise(text: str, language: str) -> list[Token]:
    """The words (in spaceless scripts: signs with their marks) of a text, as written and as compared."""
    if not text.isascii():
        # Soft hyphens, joiners and direction marks are invisible: nobody can be asked to type them.
        text = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
        text = composed(text, language)
        if language in _UNSPELT:
            text = unicodedata.normalize("NFC", text.replace(_UNSPELT[language], ""))
    spans = _word_spans(text) if is_spaced(language) else _sign_spans(text)
    tokens = (Token(written, _normal(written, language)) for written in spans)
    return [token for token in tokens if token.normal]


def composed(text: str, language: str) -> str:
    """NFC, and one width in the languages whose keyboards have two."""
    return unicodedata.normalize("NFKC" if language in _WIDTHS else "NFC", text)


def _word_spans(text: str) -> Iterator[str]:
    return (text[found.start() : found.end()] for found in _WORD.finditer(text.translate(_SIGNS)))


def _sign_spans(text: str) -> Iterator[str]:
    span = ""
    for sign, kept in zip(text, text.translate(_SIGNS), strict=True):
        if span and unicodedata.category(sign)[0] == "M":
            span += sign
            continue
        if span:
            yield span
        span = sign if kept not in " '" else ""
    if span:
        yield span


def _normal(word: str, language: str) -> str:
    if language in _TURKIC:
        word = word.translate(_TURKIC_LOWER)
    word = word.translate(_ONE_APOSTROPHE).lower()
    if word.isascii():
        return word
    # Lower case can leave a letter apart from its mark, and another spelling can meet a mark: hence the loop.
    before = ""
    while before != word:
        before = word
        word = unicodedata.normalize("NFC", word)
        for one, other in _SAME_SPELLING.get(language, {}).items():
            word = word.replace(one, other)
    return word


def words(text: str, *, language: str) -> list[str]:
    """The words of a text as they are compared; in languages written without spaces, its signs.

    NFC (full and half width made one in Japanese and Chinese), no punctuation (a hyphen parts words), one kind of
    apostrophe, lower case by language, ё = е in Russian, ß = ss in German. Normalising the result again changes
    nothing. A lexicon is built of these.
    """
    return [token.normal for token in tokenise(text, base_language(language))]


def capital(letter: str, language: str) -> str:
    return "İ" if letter == "i" and language in _TURKIC else letter.upper()


def fold(word: str, language: str) -> str:
    """A normalised word without its accents, letters in their own right kept."""
    if word.isascii():
        return word
    return "".join([_fold_letter(letter, language) for letter in word])


def spellings(word: str, language: str) -> set[str]:
    """What a word is on a keyboard without accents."""
    folded = fold(word, language)
    return {folded, word.translate(_SPELT_OUT[language])} if language in _SPELT_OUT else {folded}


def without_apostrophes(word: str) -> str:
    return word.replace("'", "")


def lacks_only_apostrophes(word: str, other: str) -> bool:
    """Whether `word` is `other` with some of its apostrophes left out; both normalised, of the same letters."""
    signs = iter(other)
    return all(sign in signs for sign in word)


@lru_cache(maxsize=8_192)
def _fold_letter(letter: str, language: str) -> str:
    own = _OWN_LETTERS.get(language, frozenset())
    if letter in own:
        return letter
    folded = ""
    for part in unicodedata.normalize("NFD", letter):
        whole = unicodedata.normalize("NFC", folded + part)
        if whole in own:
            folded = whole  # Vietnamese ế is ê with a tone: the tone goes, the letter stays
        elif not is_accent(part):
            folded += part
    return _PLAIN_LETTERS.get(folded, folded)


def is_accent(mark: str) -> bool:
    """Marks on Latin, Greek and Cyrillic letters, Hebrew and Arabic points; other scripts write sounds as marks."""
    return "\u0300" <= mark <= "\u036f" or ("\u0591" <= mark <= "\u05c7" or "\u064b" <= mark <= "\u0652")
