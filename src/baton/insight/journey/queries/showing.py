"""What we show in which stage, and what there is to choose from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.insight.journey.models import Shown
from baton.insight.journey.rules import Code
from baton.marketing.campaigns.models import Campaign
from baton.marketing.campaigns.permissions import VIEW_CAMPAIGNS
from baton.marketing.capture.models import Form, Page
from baton.marketing.capture.permissions import VIEW_PAGES
from baton.records.audience.models import Persona
from baton.records.audience.permissions import VIEW_PERSONAS

MOST = 500  # of each kind to choose from


@dataclass(frozen=True, kw_only=True)
class Content:
    """``url`` is empty for who may not see the thing itself; its name goes with it."""

    key: UUID
    code: Code
    kind: str  # page, form, campaign, sentences
    name: str
    url: str
    persona: Persona | None


def contents_of(user: User) -> list[Content]:
    """All that is shown, in the order in which it was said; one query."""
    rows = Shown.objects.visible_to(user).select_related("persona", "page", "form", "campaign")
    return [_content(row, user) for row in rows.order_by("pk")]


def _content(row: Shown, user: User) -> Content:
    record: Page | Form | Campaign | Persona
    if row.page:
        kind, record, may = "page", row.page, user.may(VIEW_PAGES)
    elif row.form:
        kind, record, may = "form", row.form, user.may(VIEW_PAGES)
    elif row.campaign:
        kind, record, may = "campaign", row.campaign, user.may(VIEW_CAMPAIGNS)
    else:
        sentences: Any = row.persona  # a constraint says that there is one
        kind, record, may = "sentences", sentences, user.may(VIEW_PERSONAS)
    name = _("Approved sentences") if kind == "sentences" else str(record)
    return Content(
        key=row.key,
        code=Code(row.code),
        kind=kind,
        name=name if may else _("Not yours to see"),
        url=record.get_absolute_url() if may else "",
        persona=row.persona,
    )


def living_personas(user: User) -> list[Persona]:
    return list(Persona.objects.visible_to(user).order_by("position", "pk"))


def shown_to_choose(user: User) -> Sequence[tuple[str, list[tuple[str, str]]]]:
    """By kind what can be shown: (``page:KEY``, its name)."""
    pages = Page.objects.visible_to(user).order_by("sort_key", "pk")
    forms = Form.objects.visible_to(user).order_by("sort_key", "pk")
    campaigns = Campaign.objects.visible_to(user).order_by("sort_key", "pk")
    return [
        (_("Pages"), [(f"page:{one.key}", one.title) for one in pages[:MOST]]),
        (_("Forms"), [(f"form:{one.key}", one.name) for one in forms[:MOST]]),
        (_("Campaigns"), [(f"campaign:{one.key}", one.name) for one in campaigns[:MOST]]),
        (_("Sentences"), [("sentences:", _("Approved sentences of the persona"))]),
    ]
