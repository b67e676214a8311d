import unicodedata

import pytest

from curriculum.spelling import words


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        pytest.param("en", "Don’t stop -- it's 'fun'!", ["don't", "stop", "it's", "fun"], id="English"),
        pytest.param("en", "rock 'n' roll, ''tis", ["rock", "n", "roll", "tis"], id="apostrophes outside"),
        pytest.param("en", "well‑known_thing", ["well", "known", "thing"], id="hyphen and underscore"),
        pytest.param("ru", "Ёжик\u00a0— НАШ", ["ежик", "наш"], id="Russian"),
        pytest.param("ru", "молоко́ 0'́", ["молоко", "0"], id="Russian stress"),
        pytest.param("tr", "I İ ı i", ["ı", "i", "ı", "i"], id="Turkish"),
        pytest.param("de", "Groß GROẞ", ["gross", "gross"], id="German"),
        pytest.param("el", "ΟΔΌΣ", ["οδόσ"], id="Greek"),
        pytest.param("ja", "猫 です。", ["猫", "で", "す"], id="Japanese"),
        pytest.param("th", "ที่นี่", ["ที่", "นี่"], id="Thai"),
        pytest.param("en", " \n", [], id="nothing"),
    ],
)
def test_words(language: str, text: str, expected: list[str]) -> None:
    assert words(text, language=language) == expected
    assert words(unicodedata.normalize("NFD", text), language=language) == expected
