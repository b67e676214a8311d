"""Expected failures: a class stands beside the function that raises it and derives from `DomainError`."""

from typing import ClassVar


class DomainError(Exception):
    """An expected failure that becomes one documented error body.

    `code` is stable and part of the API; the message is an English sentence that names the place and the mend.
    """

    status: ClassVar[int] = 400
    code: ClassVar[str]
    #: Whether the refusal itself leaves something that must stay, such as a session that it ends.
    is_kept: ClassVar[bool] = False

    def __init__(self, message: str, *, fields: dict[str, object] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.fields = fields


class NotFound(DomainError):
    """The object does not exist for this actor; missing and forbidden look alike on purpose."""

    status = 404
    code = "not_found"

    def __init__(self, what: str) -> None:
        super().__init__(f"There is no such {what} here.")
