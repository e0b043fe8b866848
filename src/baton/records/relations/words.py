"""How relations are called, from either end."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from baton.records.relations.rules import BACK, BOTH_WAYS, OF_COMPANIES, RelationKind

WORDS: Mapping[str, tuple[Promise, Promise]] = {
    RelationKind.MANAGES: (_("Manager of"), _("Reports to")),
    RelationKind.ASSISTS: (_("Assistant of"), _("Has as assistant")),
    RelationKind.COLLEAGUE: (_("Colleague of"), _("Colleague of")),
    RelationKind.SUCCEEDS: (_("Successor of"), _("Succeeded by")),
    RelationKind.INTRODUCED: (_("Introduced"), _("Introduced by")),
    RelationKind.ADVISES: (_("Advises"), _("Advised by")),
    RelationKind.PARTNER: (_("Spouse or partner of"), _("Spouse or partner of")),
    RelationKind.RELATIVE: (_("Relative of"), _("Relative of")),
    RelationKind.FRIEND: (_("Friend of"), _("Friend of")),
    RelationKind.WORKS_AT: (_("Works at"), _("Works here")),
    RelationKind.FOUNDER: (_("Founder of"), _("Founder")),
    RelationKind.BOARD: (_("Board member of"), _("Board member")),
    RelationKind.INVESTOR: (_("Investor in"), _("Investor")),
    RelationKind.ADVISER: (_("Adviser of"), _("Adviser")),
}
PAST: Mapping[str, tuple[Promise, Promise]] = {
    RelationKind.MANAGES: (_("Was manager of"), _("Reported to")),
    RelationKind.ASSISTS: (_("Was assistant of"), _("Had as assistant")),
    RelationKind.COLLEAGUE: (_("Was colleague of"), _("Was colleague of")),
    RelationKind.ADVISES: (_("Advised"), _("Was advised by")),
    RelationKind.WORKS_AT: (_("Worked at"), _("Worked here")),
    RelationKind.BOARD: (_("Was board member of"), _("Was board member")),
    RelationKind.INVESTOR: (_("Was investor in"), _("Was investor")),
    RelationKind.ADVISER: (_("Was adviser of"), _("Was adviser")),
}


def words_of(kind: str, *, is_back: bool, is_over: bool) -> str:
    """As the page of one end says it."""
    pair = (PAST.get(kind) if is_over else None) or WORDS.get(kind)
    return str(pair[is_back]) if pair else kind


def ways_to_people() -> list[tuple[str, str]]:
    """What a person can be to another, either way round."""
    found: list[tuple[str, str]] = []
    for kind in RelationKind:
        if kind not in OF_COMPANIES:
            found.append((kind.value, str(WORDS[kind][0])))
            if kind not in BOTH_WAYS:
                found.append((kind.value + BACK, str(WORDS[kind][1])))
    return found


def ways_to_companies() -> list[tuple[str, str]]:
    """What a person can be to a company."""
    return [(kind.value, str(WORDS[kind][0])) for kind in RelationKind if kind in OF_COMPANIES]
