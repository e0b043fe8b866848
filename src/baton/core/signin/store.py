"""Sessions in our own table. Django finds ``SessionStore`` by the name of this file."""

from contextlib import suppress
from datetime import datetime, timedelta
from ipaddress import ip_address
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db import OperationalError
from django.utils import timezone

from baton.core.prepared import Prepared
from baton.core.signin.models import Session

TICK = timedelta(minutes=10)
LONGEST = 300
_OPEN = Prepared(lambda key, now: Session.objects.filter(session_key=key, expire_date__gt=now)[:1])


class SessionStore(DatabaseStore):
    """Remembers the row that it was read from: whoever saves it again keeps its key and age."""

    row: Session | None = None
    agent, ip = "", ""  # of the request, told by the middleware

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def hear(self, *, agent: str, ip: str) -> None:
        """Who asks, from where."""
        self.agent, self.ip = agent[:LONGEST], _address(ip)

    def load(self) -> dict[str, Any]:
        key = self.session_key
        self.row = _OPEN.first(key=key, now=timezone.now()) if key else None
        if self.row is None:
            self._session_key = None
            return {}
        return self.decode(self.row.session_data)

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        made = super().create_model_instance(data)
        assert isinstance(made, Session), "the class above"
        before = self.row
        if before is not None and before.session_key == made.session_key:
            made.key, made.created_at = before.key, before.created_at
            made.agent, made.ip = before.agent, before.ip
        made.agent, made.ip = self.agent or made.agent, self.ip or made.ip
        made.user_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        self.row = made
        return made

    def note_seen(self, at: datetime) -> None:
        """When somebody's session was used, to ten minutes; one tick that is lost is no harm."""
        row = self.row
        if row is None or row.user_id is None or at - row.seen_at < TICK:
            return
        with suppress(OperationalError):
            Session.objects.filter(pk=row.pk).update(
                seen_at=at, agent=self.agent or row.agent, ip=self.ip or row.ip
            )


def _address(said: str) -> str:
    """ "" for what is none, such as the name of a socket."""
    try:
        return str(ip_address(said))
    except ValueError:
        return ""
