"""What is spoken, and by which voice: the identity of a piece of speech, known without the speech engine."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass

MAX_TEXT = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """A voice as speech is addressed by: another model, engine or speed is another voice."""

    language: str
    name: str
    engine: str
    model_sha256: str


#: The voices an installation speaks with. A language that is missing has no speech; never another language's voice.
VOICES: dict[str, Voice] = {
    "en": Voice(
        language="en",
        name="en_US-joe-medium",
        engine="piper-1.8.0",
        model_sha256="58afce0321b8d9c46d7cdf9c16500cc55a793b4220212dba6b70fb788b3baf06",
    )
}

_SCRIPTS = {"en": "LATIN", "es": "LATIN", "fr": "LATIN", "de": "LATIN", "ru": "CYRILLIC"}


class Unspeakable(ValueError):
    """The text cannot be spoken in this language; the message says why."""


def normalise(text: str, *, language: str) -> str:
    """The text as it is handed to a voice: NFC, blanks collapsed. Raises `Unspeakable`.

    A voice given nothing is silent, and given emoji or a foreign script it makes noise without an error, so both are
    refused here.
    """
    spoken = re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip()
    if not any(char.isalnum() for char in spoken):
        raise Unspeakable("there is nothing to say in it")
    if len(spoken) > MAX_TEXT:
        raise Unspeakable(f"it is longer than {MAX_TEXT} characters")
    script = _SCRIPTS.get(language)
    for char in spoken:
        if unicodedata.category(char) in ("So", "Cs", "Co"):
            raise Unspeakable(f"it contains {char!r}, which has no sound")
        if script and char.isalpha() and not unicodedata.name(char, "").startswith(script):
            raise Unspeakable(f"{char!r} is not a letter of {language!r}")
    return spoken


def audio_id(text: str, voice: Voice) -> str:
    """The content address of `text` (normalised) spoken by `voice`: 64 hexadecimal digits."""
    parts = (text, voice.name, voice.model_sha256, voice.engine)
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def audio_key(audio: str) -> str:
    """Where the MP3 lies in storage."""
    return f"audio/{audio[:2]}/{audio}.mp3"


def image_key(image: str) -> str:
    """Where a picture lies in storage; `image` is `<sha256>.svg`."""
    return f"image/{image[:2]}/{image}"
