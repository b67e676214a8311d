"""What may be spoken, and the address of a piece of speech."""

from dataclasses import replace

import pytest

from curriculum import speech
from curriculum.speech import VOICES, Unspeakable, audio_id, normalise

VOICE = VOICES["en"]


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("Hello", "Hello"),
        ("  Hello,\n Tom! ", "Hello, Tom!"),
        ("cafe\u0301", "café"),
        ("It's 5 o’clock.", "It's 5 o’clock."),
        ("a\u00a0b", "a b"),
        ("x" * 300, "x" * 300),
        ("50 %", "50 %"),
    ],
)
def test_a_text_is_made_ready_for_a_voice(text: str, spoken: str) -> None:
    assert normalise(text, language="en") == spoken
    assert normalise(spoken, language="en") == spoken


@pytest.mark.parametrize(
    ("text", "language", "reason"),
    [
        ("", "en", "nothing to say"),
        (" \n", "en", "nothing to say"),
        ("...!?", "en", "nothing to say"),
        ("x" * 301, "en", "longer than 300"),
        ("Hello 😀", "en", "no sound"),
        ("привет", "en", "not a letter"),
        ("cаt", "en", "not a letter"),  # a Cyrillic а among Latin letters
        ("hello", "ru", "not a letter"),
        ("a\ue000", "en", "no sound"),
        ("a\ud800", "en", "no sound"),
    ],
)
def test_a_voice_is_given_nothing_that_it_would_make_noise_of(text: str, language: str, reason: str) -> None:
    with pytest.raises(Unspeakable, match=reason):
        normalise(text, language=language)


def test_the_address_is_of_text_voice_model_and_engine() -> None:
    address = audio_id("Hello", VOICE)
    assert len(address) == 64
    assert audio_id("Hello", VOICE) == address
    others = [
        audio_id("hello", VOICE),
        audio_id("Hello", replace(VOICE, name="other")),
        audio_id("Hello", replace(VOICE, engine="other")),
        audio_id("Hello", replace(VOICE, model_sha256="0" * 64)),
    ]
    assert len({address, *others}) == 5


def test_a_voice_speaks_its_own_language_only() -> None:
    for language, voice in VOICES.items():
        assert voice.language == language
    assert "ru" not in VOICES


def test_files_lie_by_their_address() -> None:
    assert speech.audio_key("ab" + "0" * 62) == "audio/ab/ab" + "0" * 62 + ".mp3"
    assert speech.image_key("cd" + "0" * 62 + ".svg") == "image/cd/cd" + "0" * 62 + ".svg"
