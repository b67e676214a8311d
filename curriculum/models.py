"""Speech in `public`, shared by all schools; courses and questions in each school's schema."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.db import Id, PublicModel, TenantModel, enum_type


class AudioState(StrEnum):
    """How far a spoken text is."""

    PENDING = "pending"
    READY = "ready"
    FAILED = "failed"


class Audio(PublicModel):
    """One spoken text. The id is the hash of text, voice, model and engine, so every school shares one file."""

    __tablename__ = "audio"
    # A file that is said to be ready exists and has a length.
    __table_args__ = (CheckConstraint("(state = 'ready') = (duration_ms IS NOT NULL)", name="ready_has_duration"),)

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    text: Mapped[str] = mapped_column(String(500))
    language: Mapped[str] = mapped_column(String(8))
    voice: Mapped[str] = mapped_column(String(64))
    state: Mapped[AudioState] = mapped_column(enum_type(AudioState))
    duration_ms: Mapped[int | None]
    byte_size: Mapped[int | None]
    failure: Mapped[str | None] = mapped_column(String(300))
    created_at: Mapped[datetime]


class CourseState(StrEnum):
    """Students see published courses only."""

    DRAFT = "draft"
    PUBLISHED = "published"


class Course(TenantModel):
    """A course the school owns. `key` and `pack_version` tell which pack it came from; one pack is adopted once."""

    __tablename__ = "course"

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(String(64), unique=True)
    pack_version: Mapped[int]
    title: Mapped[str] = mapped_column(String(120))
    description: Mapped[str] = mapped_column(String(500))
    language: Mapped[str] = mapped_column(String(8))
    source_language: Mapped[str] = mapped_column(String(8))
    cefr_level: Mapped[str] = mapped_column(String(2))
    state: Mapped[CourseState] = mapped_column(enum_type(CourseState))
    created_at: Mapped[datetime]
    published_at: Mapped[datetime | None]

    modules: Mapped[list["Module"]] = relationship(back_populates="course", order_by="Module.position")


class Module(TenantModel):
    """A part of a course with a CEFR level and what a student can do after it."""

    __tablename__ = "module"
    __table_args__ = (UniqueConstraint("course_id", "key"),)

    id: Mapped[Id]
    course_id: Mapped[UUID] = mapped_column(ForeignKey("course.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(64))
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(120))
    cefr_level: Mapped[str] = mapped_column(String(2))
    can_do: Mapped[list[str]] = mapped_column(ARRAY(String(300)))

    course: Mapped[Course] = relationship(back_populates="modules")
    lessons: Mapped[list["Lesson"]] = relationship(back_populates="module", order_by="Lesson.position")


class Lesson(TenantModel):
    """A sitting of a dozen questions. `icon` is a picture `{name, image, alt}` or nothing."""

    __tablename__ = "lesson"
    __table_args__ = (UniqueConstraint("module_id", "key"),)

    id: Mapped[Id]
    module_id: Mapped[UUID] = mapped_column(ForeignKey("module.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(64))
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(120))
    icon: Mapped[dict[str, str] | None] = mapped_column(JSONB(none_as_null=True))

    module: Mapped[Module] = relationship(back_populates="lessons")
    questions: Mapped[list["Question"]] = relationship(back_populates="lesson", order_by="Question.position")


class QuestionKind(StrEnum):
    """What a student does with a question."""

    PICK_PICTURE = "pick_picture"
    MULTIPLE_CHOICE = "multiple_choice"
    MINIMAL_PAIR = "minimal_pair"
    CLOZE_TAP = "cloze_tap"
    CLOZE_TYPE = "cloze_type"
    WORD_BANK = "word_bank"
    TRANSLATE = "translate"
    ORDER_WORDS = "order_words"
    DICTATION_BANK = "dictation_bank"
    DICTATION = "dictation"
    MATCH_PAIRS = "match_pairs"


#: Kinds that are answered by picking one of the options.
CHOICE_KINDS = frozenset(
    {QuestionKind.PICK_PICTURE, QuestionKind.MULTIPLE_CHOICE, QuestionKind.MINIMAL_PAIR, QuestionKind.CLOZE_TAP}
)


class Question(TenantModel):
    """A place in a lesson; what is asked there is its current version."""

    __tablename__ = "question"
    __table_args__ = (
        UniqueConstraint("lesson_id", "key"),
        # What is asked exists: a question cannot point at a version that was never written.
        ForeignKeyConstraint(
            ["id", "version"],
            ["question_version.question_id", "question_version.number"],
            name="fk_question_current_version",
            deferrable=True,
            initially="DEFERRED",
            use_alter=True,
        ),
    )

    id: Mapped[Id]
    lesson_id: Mapped[UUID] = mapped_column(ForeignKey("lesson.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(64))
    position: Mapped[int]
    version: Mapped[int]

    lesson: Mapped[Lesson] = relationship(back_populates="questions")
    versions: Mapped[list["QuestionVersion"]] = relationship(
        back_populates="question", foreign_keys="QuestionVersion.question_id"
    )


class QuestionVersion(TenantModel):
    """What was asked: immutable once published, so an attempt always points at what the student saw.

    `body` is the kind's own content as `curriculum/packs/reader.py` describes it; `spoken` lists the texts that
    need speech.
    """

    __tablename__ = "question_version"

    question_id: Mapped[UUID] = mapped_column(ForeignKey("question.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[QuestionKind] = mapped_column(enum_type(QuestionKind))
    body: Mapped[dict[str, Any]] = mapped_column(JSONB)
    spoken: Mapped[list[str]] = mapped_column(ARRAY(String(500)))
    created_at: Mapped[datetime]

    question: Mapped[Question] = relationship(back_populates="versions", foreign_keys=[question_id])
    answers: Mapped[list["Answer"]] = relationship(order_by="Answer.position", back_populates="asked")


class Answer(TenantModel):
    """An accepted answer of a question version, as a pattern of alternatives; the first is shown as the solution."""

    __tablename__ = "answer"
    __table_args__ = (
        Index("ix_answer_question_id_version", "question_id", "version"),
        ForeignKeyConstraint(
            ["question_id", "version"],
            ["question_version.question_id", "question_version.number"],
            ondelete="CASCADE",
        ),
    )

    id: Mapped[Id]
    question_id: Mapped[UUID]
    version: Mapped[int]
    position: Mapped[int]
    pattern: Mapped[str] = mapped_column(String(1000))

    asked: Mapped[QuestionVersion] = relationship(back_populates="answers")
