"""The only door out of the house: nothing else here opens a connection to the world. Looked up
once, every address judged, connected to the one that was judged."""

from baton.core.http.sending import Answer, Refused, Unreachable, check_url, post

__all__ = ["Answer", "Refused", "Unreachable", "check_url", "post"]
