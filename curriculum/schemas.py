"""What the curriculum endpoints give: courses, lessons, and one question schema a kind."""

import flask_smorest
from marshmallow import fields, validate

from core.http import Choice, Schema
from curriculum.models import CourseState, QuestionKind


class CourseSchema(Schema):
    """A course as students see it."""

    id = fields.UUID(required=True)
    title = fields.String(required=True)
    language = fields.String(required=True, metadata={"description": "The language taught."})
    source_language = fields.String(required=True, metadata={"description": "The language it is explained in."})


class AudioSchema(Schema):
    """Speech of a text."""

    id = fields.String(required=True)
    url = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(("ready", "pending", "failed", "unavailable")))


class ChoiceSchema(Schema):
    """One option; `choice` is what is sent back."""

    choice = fields.String(required=True)


class PictureChoiceSchema(ChoiceSchema):
    """An option that is a picture."""

    image_url = fields.String(required=True)
    alt = fields.String(required=True)


class _QuestionSchema(Schema):
    id = fields.UUID(required=True)
    version = fields.Integer(required=True)
    picture_url = fields.String(required=True, allow_none=True)
    picture_alt = fields.String(required=True, allow_none=True)
    audio = fields.Nested(AudioSchema, required=True, allow_none=True)


def _kind(kind: QuestionKind) -> fields.String:
    return fields.String(required=True, validate=validate.OneOf((kind.value,)))


class _PromptSchema(_QuestionSchema):
    prompt = fields.String(required=True)
    prompt_language = fields.String(required=True)


class PickPictureSchema(_QuestionSchema):
    """Pick the picture of a word."""

    kind = _kind(QuestionKind.PICK_PICTURE)
    word = fields.String(required=True)
    options = fields.List(fields.Nested(PictureChoiceSchema), required=True)


class MultipleChoiceSchema(_PromptSchema):
    """Pick the text that answers the prompt."""

    kind = _kind(QuestionKind.MULTIPLE_CHOICE)
    options = fields.List(fields.Nested(ChoiceSchema), required=True)


class MinimalPairSchema(_QuestionSchema):
    """Tell two words apart by ear."""

    kind = _kind(QuestionKind.MINIMAL_PAIR)
    options = fields.List(fields.Nested(ChoiceSchema), required=True)


class ClozeTypeSchema(_QuestionSchema):
    """Type the missing word; the gap is `___`."""

    kind = _kind(QuestionKind.CLOZE_TYPE)
    sentence = fields.String(required=True)
    translation = fields.String(required=True)


class ClozeTapSchema(ClozeTypeSchema):
    """Tap the missing word."""

    kind = _kind(QuestionKind.CLOZE_TAP)
    options = fields.List(fields.Nested(ChoiceSchema), required=True)


class TranslateSchema(_PromptSchema):
    """Translate by typing."""

    kind = _kind(QuestionKind.TRANSLATE)
    answer_language = fields.String(required=True)


class WordBankSchema(TranslateSchema):
    """Translate with chips."""

    kind = _kind(QuestionKind.WORD_BANK)
    bank = fields.List(fields.String(), required=True)


class OrderWordsSchema(_QuestionSchema):
    """Put all the chips in order."""

    kind = _kind(QuestionKind.ORDER_WORDS)
    prompt = fields.String(required=True)
    bank = fields.List(fields.String(), required=True)


class DictationSchema(_QuestionSchema):
    """Type what is heard."""

    kind = _kind(QuestionKind.DICTATION)


class DictationBankSchema(_QuestionSchema):
    """Build what is heard with chips."""

    kind = _kind(QuestionKind.DICTATION_BANK)
    bank = fields.List(fields.String(), required=True)


class MatchLeftSchema(Schema):
    """The left side of a pair."""

    text = fields.String(required=True)
    audio = fields.Nested(AudioSchema, required=True, allow_none=True)


class MatchPairsSchema(_QuestionSchema):
    """Match pairs; with `left_is_audio` the left side is heard and not shown."""

    kind = _kind(QuestionKind.MATCH_PAIRS)
    left = fields.List(fields.Nested(MatchLeftSchema), required=True)
    right = fields.List(fields.String(), required=True)
    left_is_audio = fields.Boolean(required=True)


QUESTION_SCHEMAS: dict[QuestionKind, type[Schema]] = {
    QuestionKind.PICK_PICTURE: PickPictureSchema,
    QuestionKind.MULTIPLE_CHOICE: MultipleChoiceSchema,
    QuestionKind.MINIMAL_PAIR: MinimalPairSchema,
    QuestionKind.CLOZE_TAP: ClozeTapSchema,
    QuestionKind.CLOZE_TYPE: ClozeTypeSchema,
    QuestionKind.WORD_BANK: WordBankSchema,
    QuestionKind.TRANSLATE: TranslateSchema,
    QuestionKind.ORDER_WORDS: OrderWordsSchema,
    QuestionKind.DICTATION_BANK: DictationBankSchema,
    QuestionKind.DICTATION: DictationSchema,
    QuestionKind.MATCH_PAIRS: MatchPairsSchema,
}


def _component(schema: type[Schema]) -> str:
    return schema.__name__.removesuffix("Schema") + "Question"


def question_field() -> fields.Raw:
    """A question of any kind. The values are built from stored, checked content and go out as they are."""
    references = [f"#/components/schemas/{_component(schema)}" for schema in QUESTION_SCHEMAS.values()]
    return fields.Raw(metadata={"oneOf": [{"$ref": reference} for reference in references]})


def register_question_schemas(api: flask_smorest.Api) -> None:
    """Make the question schemas known to the API's documentation, once each."""
    for schema in QUESTION_SCHEMAS.values():
        api.spec.components.schema(_component(schema), schema=schema)


class PackSchema(Schema):
    """A course pack that ships with the product."""

    key = fields.String(required=True)
    version = fields.Integer(required=True)
    title = fields.String(required=True)
    description = fields.String(required=True)
    language = fields.String(required=True)
    source_language = fields.String(required=True)
    cefr_level = fields.String(required=True)


class PacksSchema(Schema):
    """The packs a school may adopt."""

    packs = fields.List(fields.Nested(PackSchema), required=True)


class StaffCourseSchema(CourseSchema):
    """A course as those see it who publish."""

    key = fields.String(required=True)
    state = Choice(CourseState, required=True)


class SpeechProgressSchema(Schema):
    """How far a course's speech is, in spoken texts."""

    total = fields.Integer(required=True)
    ready = fields.Integer(required=True)
    failed = fields.Integer(required=True)
    pending = fields.Integer(required=True)
