"""What is wrong with this installation, and how to mend it."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http.request import validate_host

from baton.core.access.models import User
from baton.core.access.roles import Role
from baton.core.addresses import is_here_alone
from baton.core.facts.models import ParkedFact
from baton.core.jobs.models import Firing, Job
from baton.core.search.indexes import indexes
from baton.core.search.keeping import count_wrong, lacks_triggers
from baton.core.settings.models import Organisation
from baton.core.signin.queries import broken_rows
from baton.insight.lake.queries import states
from baton.marketing.capture.queries import torn_files

MOST_WAITING = 200_000  # rows of the log that a report has to read
LEAST_DISK = 500_000_000  # bytes
SILENCE = timedelta(minutes=3)  # a worker fires something each minute
_AGAIN = "baton {0} names the error. Mend its cause, then run baton {0} --retry"
NETWORK_FILE_SYSTEMS = {"nfs", "nfs4", "cifs", "smbfs", "smb3", "fuse.sshfs", "overlay"}


@dataclass(frozen=True)
class Finding:
    """``is_bad``: somebody loses something; else worth knowing. ``remedy`` says what to do."""

    what: str
    remedy: str
    is_bad: bool = True


def findings(*, at: datetime, reads_all: bool = True) -> list[Finding]:
    """All that is wrong, worst first; a broken database ends the look. ``reads_all``: of a million
    records that takes half a minute, which is too long for a page."""
    found: list[Finding] = []
    for look in (_folder, _disk, _file_system, _address):
        found += look(at)
    try:
        found += _migrations(at)
        if not found or all("migrations" not in finding.remedy for finding in found):
            for look in (
                _company,
                _users,
                _worker,
                _dead_jobs,
                _parked,
                _torn_hits,
                _lake,
                _search if reads_all else _search_kept,
                _sealed,
                _armed,
            ):
                found += look(at)
    except DatabaseError as error:
        first = str(error).partition("\n")[0]
        found.append(Finding(f"The database does not answer: {first}", "Check DATABASE_URL."))
    return sorted(found, key=lambda finding: not finding.is_bad)


def _folder(at: datetime) -> Iterator[Finding]:
    home = Path(settings.HOME)
    if not os.access(home if home.exists() else home.parent, os.W_OK):
        yield Finding(f"{home} cannot be written.", "Give it to the user that runs Baton.")
    if home.exists() and home.stat().st_mode & 0o077:
        yield Finding(f"{home} can be read by others.", f"chmod -R go= {home}")
    secret = home / "keys" / "secret"
    if secret.exists() and secret.stat().st_mode & 0o077:
        yield Finding(f"{secret} can be read by others.", f"chmod 600 {secret}")


def _disk(at: datetime) -> Iterator[Finding]:
    home = Path(settings.HOME)
    free = shutil.disk_usage(home if home.exists() else home.parent).free
    if free < LEAST_DISK:
        yield Finding(f"Only {free / 1e6:.0f} MB of disk are free.", "Make room: writes fail soon.")


def _file_system(at: datetime) -> Iterator[Finding]:
    """SQLite's write-ahead log needs a local disk."""
    mounts = Path("/proc/mounts")
    if connection.vendor != "sqlite" or not mounts.exists():
        return
    home = str(Path(settings.HOME).resolve())
    rows = [line.split()[1:3] for line in mounts.read_text().splitlines()]
    around = [(len(place), kind) for place, kind in rows if home.startswith(place)]
    if around and max(around)[1] in NETWORK_FILE_SYSTEMS - {"overlay"}:
        yield Finding(
            "The SQLite database lies on a network file system.",
            "Move BATON_HOME to a local disk, or use PostgreSQL (DATABASE_URL).",
        )


def _address(at: datetime) -> Iterator[Finding]:
    """What the world calls us must be let in, and over TLS a proxy must be believed."""
    address = urlsplit(settings.SITE_URL)
    if not validate_host(address.hostname or "", settings.ALLOWED_HOSTS):
        yield Finding(
            f"Requests for {address.hostname} are refused, though SITE_URL says it is ours.",
            f"Add {address.hostname} to ALLOWED_HOSTS.",
        )
    is_alone = not settings.TRUSTED_PROXIES
    if address.scheme == "http" and is_alone and not is_here_alone():
        yield Finding(
            f"{address.hostname} is reached without a proxy: a few slow senders could hold it up.",
            "Put a proxy before it that takes requests in whole (docs/operations.md).",
            is_bad=False,
        )
    if address.scheme == "https" and is_alone:
        yield Finding(
            "SITE_URL is https, but no proxy is trusted to say so: every form is refused.",
            "Put the address of the proxy that ends TLS into TRUSTED_PROXIES.",
        )


def _migrations(at: datetime) -> Iterator[Finding]:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        yield Finding(
            f"{len(plan)} migrations have not been applied.", "Run baton init, or baton migrate."
        )


def _company(at: datetime) -> Iterator[Finding]:
    if not Organisation.objects.filter(pk=1).exists():
        yield Finding(
            "There is no company yet.",
            "Open it in a browser, or run baton init --admin you@company.example",
        )


def _users(at: datetime) -> Iterator[Finding]:
    able = User.objects.filter(role__in=[Role.OWNER, Role.ADMIN], is_active=True)
    if not able.exclude(email=None).exists():
        yield Finding("Nobody can administer Baton.", "Run baton init --admin you@company.example")


def _worker(at: datetime) -> Iterator[Finding]:
    latest = Firing.objects.order_by("-fired_at").values_list("fired_at", flat=True).first()
    if latest is None or at - latest > SILENCE:
        since = f"since {latest:%d %b %H:%M} UTC" if latest else "ever"
        yield Finding(f"No worker has run {since}.", "Start baton up, or baton worker.")


def _dead_jobs(at: datetime) -> Iterator[Finding]:
    for task in Job.objects.filter(is_dead=True).values_list("task", flat=True).distinct():
        count = Job.objects.filter(is_dead=True, task=task).count()
        yield Finding(f"{count} jobs of {task} have failed for good.", _AGAIN.format("jobs"))


def _parked(at: datetime) -> Iterator[Finding]:
    if count := ParkedFact.objects.count():
        yield Finding(f"{count} facts are parked.", _AGAIN.format("wiring"))


def _torn_hits(at: datetime) -> Iterator[Finding]:
    """Lines that a killed process did not finish: nobody was told that they were kept."""
    if names := torn_files():
        remedy = f"Look at {', '.join(names[:3])} in {settings.SPOOL_ROOT}, then delete them."
        yield Finding(f"{len(names)} files of hits could not be read.", remedy, is_bad=False)


def _sealed(at: datetime) -> Iterator[Finding]:
    """After a restore without the old key: only recovery codes open the second step then."""
    if count := broken_rows():
        yield Finding(
            f"{count} second steps cannot be read: they were sealed with another key.",
            f"Add the lines of the old file to {Path(settings.HOME) / 'keys' / 'sealing'}.",
        )


def _search_kept(at: datetime) -> Iterator[Finding]:
    """Whoever is not in the index is not found, and nobody notices."""
    if lacking := [index.record for index in indexes if lacks_triggers(index)]:
        tables = ", ".join(lacking)
        yield Finding(f"Search is not kept up to date for {tables}.", "Run baton search --anew")


def _search(at: datetime) -> Iterator[Finding]:
    """The same, and what was written past it."""
    lacking = list(_search_kept(at))
    yield from lacking
    if not lacking and (wrong := sum(count_wrong(index) for index in indexes)):
        yield Finding(f"Search is wrong about {wrong:,} records.", "Run baton search --anew")


def _lake(at: datetime) -> Iterator[Finding]:
    for state in states():
        if state.broken:
            yield Finding(
                f"{len(state.broken)} files of the lake are not sound: {state.broken[0]}",
                "Reports read the log instead, and are slower. Run baton lake --check",
                is_bad=False,
            )
        if state.waiting > MOST_WAITING:
            yield Finding(
                f"{state.waiting:,} rows of {state.name} wait to be sealed: reports are slow.",
                "See that a worker runs and the disk has room, or run baton lake --seal",
                is_bad=False,
            )


def _armed(at: datetime) -> Iterator[Finding]:
    if Organisation.objects.filter(pk=1, is_armed=False).exists():
        yield Finding(
            "This copy was restored and is disarmed: no clock rings, nothing is sent.",
            "If it is the one to work with: baton restore --arm",
            is_bad=False,
        )
