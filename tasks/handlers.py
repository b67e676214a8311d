"""What follows each event. Handlers are thin, carry ids, and are safe to repeat."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from core.db import db
from core.events import Event, commit, publish_public
from core.storage import storage
from curriculum import speech
from curriculum.models import Audio, AudioState
from curriculum.queries import list_spoken_texts
from curriculum.service import CoursePublished
from learners import service
from learners.answering import LessonCompleted
from tasks import synthesis
from tasks.delivery import HIGH, LOW, Delivery, on


@dataclass(frozen=True, slots=True)
class SpeechRequested(Event):
    """A text wants to be spoken; belongs to no school, because speech is shared by all."""

    kind: ClassVar[str] = "speech_requested"
    audio_id: str


@on(LessonCompleted, priority=HIGH)
def reward_lesson(delivery: Delivery) -> None:
    """The streak day and the achievements of a completed lesson."""
    user_id, on_date = UUID(delivery.payload["user_id"]), date.fromisoformat(delivery.payload["completed_on"])
    service.grant_streak_day(user_id=user_id, on_date=on_date)
    service.grant_achievements(user_id=user_id, today=on_date, now=delivery.now)


@on(CoursePublished, priority=HIGH)
def request_speech(delivery: Delivery) -> None:
    """Ask for the speech of every text that no school has had spoken yet; what failed before is tried again."""
    language, texts = list_spoken_texts(UUID(delivery.payload["course_id"]))
    voice = speech.VOICES.get(language)
    if voice is None:
        return
    with db.public_session() as session:
        for text in texts:
            audio_id = speech.audio_id(text, voice)
            row = insert(Audio).values(
                id=audio_id,
                text=text,
                language=language,
                voice=voice.name,
                state=AudioState.PENDING,
                created_at=delivery.now,
            )
            wanted = row.on_conflict_do_update(
                index_elements=[Audio.id],
                set_={"state": AudioState.PENDING, "failure": None},
                where=Audio.state == AudioState.FAILED,
            ).returning(Audio.id)
            if session.scalar(wanted):
                publish_public(session, SpeechRequested(audio_id=audio_id))
        commit(session)


@on(SpeechRequested, priority=LOW)
def make_speech(delivery: Delivery) -> None:
    """Speak one text and store it as MP3. A text that cannot be spoken is noted with its reason; others go on."""
    audio = delivery.session.get(Audio, delivery.payload["audio_id"])
    if audio is None or audio.state is AudioState.READY:
        return
    try:
        spoken = synthesis.speak(audio.text, speech.VOICES[audio.language])
    except (speech.Unspeakable, synthesis.VoiceUnusable) as error:
        audio.state, audio.failure = AudioState.FAILED, str(error)[:300]
        return
    storage().put(speech.audio_key(audio.id), spoken.mp3, content_type="audio/mpeg")
    audio.duration_ms, audio.byte_size = spoken.duration_ms, len(spoken.mp3)
    audio.state = AudioState.READY
