"""What comes in, as Baton reads it."""

from django.core.handlers.wsgi import WSGIRequest


class Request(WSGIRequest):
    """In UTF-8, whatever a stranger says: Python knows charsets that are no text ("hex"), or hide
    half a sign, and Django reads the address in them before anything of ours is asked."""

    @property
    def encoding(self) -> None:
        """What it is read in: None is UTF-8."""

    @encoding.setter
    def encoding(self, said: str) -> None:
        """Not believed."""
