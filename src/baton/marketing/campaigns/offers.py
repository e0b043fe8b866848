"""What can be asked of a campaign in lists."""

from collections.abc import Callable, Iterable, Iterator

from django.db.models import Case, Q, TextField, Value, When
from django.db.models.expressions import Combinable
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from baton.core.access.queries import colleagues
from baton.core.offers import FieldKind, FilterField, Label
from baton.marketing.campaigns.rules import State
from baton.marketing.campaigns.wording import STATES
from baton.marketing.capture.queries import CHANNELS

Ask = tuple[
    str,
    Label,
    FieldKind,
    str | Callable[[], Combinable],
    Callable[[], Iterable[tuple[str, Label]]] | None,
]
CHANGED = frozenset({"campaign.created", "campaign.changed"})


def _states() -> Iterable[tuple[str, Label]]:
    return [(state.value, badge.name) for state, badge in STATES.items()]


def _channels() -> Iterable[tuple[str, Label]]:
    return list(CHANNELS.items())


def state_today() -> Combinable:
    """As ``rules.state_of`` has it."""
    today = timezone.localdate()
    return Case(
        When(Q(starts_on__gt=today), then=Value(State.PLANNED.value)),
        When(Q(ends_on__lt=today), then=Value(State.OVER.value)),
        default=Value(State.RUNNING.value),
        output_field=TextField(),
    )


_FIELDS: list[Ask] = [
    ("name", _("Name"), FieldKind.TEXT, "name", None),
    ("state", _("State"), FieldKind.CHOICE, state_today, _states),
    ("channel", _("Channel"), FieldKind.CHOICE, "channel", _channels),
    ("starts_on", _("Starts on"), FieldKind.DATE, "starts_on", None),
    ("ends_on", _("Ends on"), FieldKind.DATE, "ends_on", None),
    ("owner", _("Owner"), FieldKind.RELATION, "owner", colleagues),
    ("brand", _("Brand"), FieldKind.TEXT, "brand__name", None),
    ("goal", _("Goal"), FieldKind.TEXT, "goal", None),
    ("code", _("Code"), FieldKind.TEXT, "code", None),
]


def campaign_fields() -> Iterator[FilterField]:
    """In the order in which forms offer them."""
    for name, label, kind, path, choices in _FIELDS:
        yield FilterField(
            object_type="campaign",
            name=name,
            label=label,
            kind=kind,
            path=path,
            choices=choices,
            changed_by=CHANGED,
        )
