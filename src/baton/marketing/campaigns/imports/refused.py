"""What cannot come in."""

from baton.core.offers import ImportStatus, Verdict


class Refused(Exception):
    """The row cannot come in; ``field`` says where."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field

    def verdict(self) -> Verdict:
        return Verdict(ImportStatus.FAILED, self.field, str(self))
