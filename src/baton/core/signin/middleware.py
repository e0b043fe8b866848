"""Django's sessions, told who asks and from where."""

from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from baton.core.signin.store import SessionStore


class Sessions(SessionMiddleware):
    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        assert isinstance(request.session, SessionStore), "the engine of the settings"
        request.session.hear(
            agent=request.headers.get("User-Agent", ""), ip=request.META.get("REMOTE_ADDR", "")
        )

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        session = request.session
        if isinstance(session, SessionStore) and not session.modified:
            session.note_seen(timezone.now())
        return super().process_response(request, response)
