"""What the rows of a file name: other rows, companies, owners."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from baton.core.access.actions import ensure_imported_users
from baton.core.access.models import User
from baton.core.offers import ImportRow, ImportRun, Verdict
from baton.records.people.imports.making import failed


def named(rows: Sequence[ImportRow], name: str) -> list[str]:
    """What the rows say in this field, empty ones left out."""
    return [row.values[name] for row in rows if row.values.get(name)]


def owners_of(rows: Sequence[ImportRow], run: ImportRun) -> dict[str, User]:
    """The owners by their keys; whom nobody knows becomes a user without login."""
    keys = set(named(rows, "owner"))
    return (
        ensure_imported_users(source=run.source, names={key: key for key in keys}) if keys else {}
    )


def no_company(field: str, key: str) -> Verdict:
    words = _("There is no company “%(key)s”. Import it too, or mend it.")
    return failed(field, words % {"key": key[:60]})
