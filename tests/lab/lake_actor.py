"""The roles of the lake's chaos tests; see ``tests.lab.hand``."""

import os
import signal
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import django

django.setup()

from django.db import OperationalError, transaction  # noqa: E402 -- after the set-up
from django.utils import timezone  # noqa: E402

from baton.core.facts import publish_many  # noqa: E402
from baton.core.facts.models import Cursor, FactRecord  # noqa: E402
from baton.core.facts.numbering import number_facts  # noqa: E402
from baton.insight.lake import actions  # noqa: E402
from baton.insight.lake.actions import files, sealing  # noqa: E402
from baton.insight.lake.models import LakeFile, Stream  # noqa: E402
from baton.insight.lake.queries import read  # noqa: E402
from baton.insight.lake.queries.engine import lake_root  # noqa: E402
from baton.marketing.capture.events import VisitMade  # noqa: E402
from tests.lab.hand import serve  # noqa: E402

AT = datetime(2026, 1, 31, 12, tzinfo=UTC)
ASKED = """
    SELECT COUNT(*) AS visits, COUNT(DISTINCT event_id) AS ids, MAX(event_id) AS latest FROM facts
"""
sealing.BITE = 40


def publish_noise(count: int) -> None:
    """Visits that cannot be pressed together."""
    publish(count, noise=400, pause=0)


def publish(count: int, *, noise: int = 0, pause: float = 0.02) -> None:
    """Visits of two months, twenty at a time."""
    Cursor.objects.get_or_create(name=Cursor.LINE)
    for start in range(0, count, 20):
        with transaction.atomic():
            publish_many(
                VisitMade(
                    happened_at=AT + timedelta(hours=turn % 48),
                    visit_id=turn,
                    channel="search",
                    pages=[os.urandom(noise).hex()],
                )
                for turn in range(start, start + 20)
            )
        number_facts()
        time.sleep(pause)


def seal_for(seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            actions.seal("facts", at=timezone.now())
            actions.merge("facts", at=timezone.now())
        except OperationalError:  # nobody gets the lock for ever
            time.sleep(0.01)


def be_killed(kills: int, seed: int) -> None:
    """Children seal, and die in the middle of it: with a file half there, whole but unknown, or
    known in a transaction that is still open."""
    for turn in range(kills):
        child = os.fork()
        if not child:
            dice = Random(seed * 1000 + turn)
            for module, name in [(files, "_flushed"), (files, "_flush_folder"), (sealing, "enter")]:
                setattr(module, name, _deadly(getattr(module, name), dice))
            seal_for(3)
            os._exit(0)
        os.waitpid(child, 0)


def _deadly(usual: Callable[..., Any], dice: Random) -> Callable[..., Any]:
    def act(*what: Any, **named: Any) -> Any:
        done = usual(*what, **named)
        if dice.random() < 0.3:
            os.kill(os.getpid(), signal.SIGKILL)
        return done

    return act


def look_for(seconds: float) -> None:
    """Each reader sees a whole beginning of the log, and never less than before."""
    with TemporaryDirectory() as folder:
        asked = Path(folder) / "asked.sql"
        asked.write_text(ASKED)
        until, before, looks = time.monotonic() + seconds, 0, 0
        while time.monotonic() < until:
            [found] = read(asked, user=None)
            whole = (found["visits"], found["ids"], found["latest"] or 0)
            assert len(set(whole)) == 1, whole
            assert whole[0] >= before, (whole, before)
            before, looks = whole[0], looks + 1
        assert looks > 1


def judge() -> dict[str, Any]:
    """What is left when all is over."""
    actions.bring_up_to_date(now=timezone.now)
    strays = set(_lying()) - set(LakeFile.objects.values_list("path", flat=True))
    actions.tidy(at=timezone.now() + timedelta(hours=2))
    current = LakeFile.objects.current()
    return {
        "facts": FactRecord.objects.count(),
        "sealed": Stream.objects.get(name="facts").sealed,
        "rows": sum(current.values_list("row_count", flat=True)),
        "left_behind": len(strays),
        "lying": sorted(_lying()) == sorted(current.values_list("path", flat=True)),
    }


def _lying() -> list[str]:
    root = lake_root()
    return [str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()]


if __name__ == "__main__":
    serve(globals())
