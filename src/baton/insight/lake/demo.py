"""The lake has nothing of its own to tell: it is made anew when the demo has left the log."""

from django.utils import timezone

from baton.core.demo.slots import Chapter, chapters
from baton.insight.lake import actions
from baton.insight.lake.queries import STREAMS


def _begin_anew() -> None:
    for name in STREAMS:
        actions.forget(name, at=timezone.now())


chapters.add(Chapter(name="lake", order=99, tell=lambda story: None, clear=_begin_anew))
