"""Packs, courses, pictures and speech over HTTP."""

from uuid import UUID

from flask import redirect, request
from flask.views import MethodView
from werkzeug import Response

from core import clock
from core.auth import Permission, current_actor
from core.errors import NotFound
from core.http import Blueprint
from core.storage import storage
from curriculum import access, schemas, service
from curriculum.access import StoredFile
from curriculum.models import Course
from curriculum.packs import reader
from curriculum.packs.reader import Pack
from curriculum.queries import SpeechProgress, get_speech_progress
from curriculum.service import CourseAdopted

blp = Blueprint("curriculum", __name__, description="Courses, pictures and speech")

YEAR_SECONDS = 365 * 24 * 3600


@blp.route("/packs")
class Packs(MethodView):
    """The packs that ship with the product."""

    @blp.permission(Permission.COURSE_PUBLISH)
    @blp.response(200, schemas.PacksSchema)
    def get(self) -> dict[str, list[Pack]]:
        """The packs a school may adopt."""
        return {"packs": [reader.read_shipped(key) for key in reader.shipped_keys()]}


@blp.route("/packs/<string:key>/adopt")
class AdoptPack(MethodView):
    """A pack becoming a course."""

    @blp.permission(Permission.COURSE_PUBLISH)
    @blp.response(201, schemas.StaffCourseSchema)
    @blp.fails(NotFound, CourseAdopted)
    def post(self, key: str) -> Course:
        """Copy a pack into the school as a draft course of its own."""
        if key not in reader.shipped_keys():
            raise NotFound("pack")
        return service.adopt_pack(reader.read_shipped(key), now=clock.now())


@blp.route("/course/<uuid:course_id>/publish")
class PublishCourse(MethodView):
    """A course going live."""

    @blp.permission(Permission.COURSE_PUBLISH)
    @blp.response(200, schemas.StaffCourseSchema)
    @blp.fails(NotFound)
    def post(self, course_id: UUID) -> Course:
        """Show a course to the students; its speech is made in the background."""
        return service.publish_course(access.access_course(current_actor(), course_id), now=clock.now())


@blp.route("/course/<uuid:course_id>/speech")
class CourseSpeech(MethodView):
    """The making of a course's speech."""

    @blp.permission(Permission.COURSE_PUBLISH)
    @blp.response(200, schemas.SpeechProgressSchema)
    @blp.fails(NotFound)
    def get(self, course_id: UUID) -> SpeechProgress:
        """How many of the course's texts are spoken already."""
        return get_speech_progress(access.access_course(current_actor(), course_id))


@blp.route("/audio/<string:audio_id>")
class AudioFile(MethodView):
    """Speech."""

    @blp.permission(Permission.ACCOUNT_MANAGE)
    @blp.documented(responses={"200": {"description": "MP3", "content": {"audio/mpeg": {}}}})
    @blp.fails(NotFound)
    def get(self, audio_id: str) -> Response:
        """The MP3 of a text that this school's lessons speak, or a short-lived link to it."""
        return _file_response(access.access_audio(audio_id))


@blp.route("/image/<string:image>")
class ImageFile(MethodView):
    """A picture."""

    @blp.permission(Permission.ACCOUNT_MANAGE)
    @blp.documented(responses={"200": {"description": "SVG", "content": {"image/svg+xml": {}}}})
    @blp.fails(NotFound)
    def get(self, image: str) -> Response:
        """A picture of a lesson."""
        return _file_response(access.access_image(image))


def _file_response(file: StoredFile) -> Response:
    """Content-addressed, so it may be kept for a year; private, because it was asked for with a session."""
    if link := storage().link(file.key, content_type=file.content_type):
        return redirect(link, 302)
    is_known = request.if_none_match.contains(file.etag)  # then nobody wants the bytes
    response = Response(b"" if is_known else access.read_file(file), mimetype=file.content_type)
    response.set_etag(file.etag)
    response.cache_control.private = True
    response.cache_control.max_age = YEAR_SECONDS
    response.cache_control.immutable = True
    # A picture opened on its own must not run anything, whatever is in it.
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response.make_conditional(request, accept_ranges=True, complete_length=response.content_length)
