"""How ways and acts are called."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from baton.core.changes.slots import tracked
from baton.core.whence import Way

WAYS: dict[str, Promise] = {
    Way.WEB: _("Screen"),
    Way.PAGE: _("Public page"),
    Way.KEY: _("API key"),
    Way.IMPORT: _("Import"),
    Way.JOB: _("Background"),
    Way.COMMAND: _("Command"),
}
VERBS: dict[str, Promise] = {
    "created": _("Added"),
    "edited": _("Edited"),
    "deleted": _("Deleted"),
    "restored": _("Restored"),
    "merged": _("Took in another"),
}


def kinds() -> Iterable[tuple[str, str]]:
    """Of records that have a history, by what they are called."""
    return sorted(((one.object_type, str(one.label)) for one in tracked), key=lambda one: one[1])


def kind_words(object_type: str) -> str:
    """Of a kind without a name: its own word."""
    named = tracked.find(object_type)
    return str(named.label) if named else object_type.replace("_", " ").capitalize()


def verb_words(verb: str) -> str:
    return str(VERBS.get(verb, verb.replace("_", " ").capitalize()))


def way_words(way: str | None, name: str | None) -> str:
    """“API key: Zapier”; empty where nobody wrote it down."""
    said = str(WAYS.get(way or "", ""))
    return f"{said}: {name}" if said and name else said
