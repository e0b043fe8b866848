"""What deals tell in the inbox: whose one is now, and to who leads a seller what was closed."""

from collections.abc import Collection, Iterable, Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from baton.core.access.models import User
from baton.core.access.queries import leaders_of
from baton.core.colleagues.interests import followed_notice
from baton.core.facts import Fact
from baton.core.notices.rules import AT_ONCE
from baton.core.notices.slots import News, NoticeKind
from baton.qualification.handoff.events import PricesSeen, VerdictReplied
from baton.sales.deals.events import DealGiven, DealLost, DealMoved, DealReopened, DealWon
from baton.sales.deals.models import Deal
from baton.sales.deals.permissions import EDIT_DEALS, MANAGE_PIPELINES, VIEW_DEALS
from baton.sales.deals.queries.people import parted_deals


def _seen(user: User, ids: Collection[int]) -> Collection[int]:
    rows = Deal.objects.living().visible_to(user).filter(pk__in=ids)
    return set(rows.values_list("pk", flat=True))


def _news_of(deal: Deal, fact: Fact, *, to: int, what: str = "") -> News:
    return News(
        user_id=to,
        cause=f"fact {fact.id}",
        what=what or deal.name,
        url=deal.get_absolute_url(),
        at=fact.happened_at,
        about_id=deal.pk,
    )


def tell_closed(facts: Sequence[DealWon | DealLost]) -> Iterable[News]:
    """To who leads the owner; not to who closed it."""
    ids = {fact.deal_id for fact in facts if fact.deal_id}
    deals = Deal.objects.living().select_related("owner__team").in_bulk(ids)
    for fact in facts:
        deal = deals.get(fact.deal_id or 0)
        for leader in leaders_of(deal.owner) if deal and deal.owner else ():
            if deal and leader != fact.actor_id:
                yield _news_of(deal, fact, to=leader)


def tell_given(facts: Sequence[DealGiven]) -> Iterable[News]:
    """To the owner, as long as it is theirs."""
    deals = Deal.objects.living().in_bulk({fact.deal_id for fact in facts if fact.deal_id})
    for fact in facts:
        deal = deals.get(fact.deal_id or 0)
        if deal and deal.owner_id == fact.owner_id != fact.actor_id:
            yield _news_of(deal, fact, to=fact.owner_id)


def tell_answers(facts: Sequence[VerdictReplied]) -> Iterable[News]:
    """To who said why it was lost."""
    deals = Deal.objects.living().in_bulk({fact.deal_id for fact in facts if fact.deal_id})
    for fact in facts:
        deal = deals.get(fact.deal_id or 0)
        if deal and fact.rep_id and fact.rep_id != fact.actor_id:
            yield _news_of(deal, fact, to=fact.rep_id)


def tell_prices(facts: Sequence[PricesSeen]) -> Iterable[News]:
    """To who owns an open deal of which they are any part; of several deals of one owner, of the
    one that closes first."""
    people = {fact.person_id for fact in facts if fact.person_id}
    told: set[tuple[int, int]] = set()
    deals = parted_deals(people)
    for fact in facts:
        for person, deal in deals.get(fact.person_id or 0, ()):
            if deal.owner_id and (fact.id, deal.owner_id) not in told:
                told.add((fact.id, deal.owner_id))
                yield _news_of(deal, fact, to=deal.owner_id, what=f"{person}, {deal.name}")


_FOLLOWED = (
    (DealMoved, _("%(what)s is in another stage"), _("%(n)s deals are in other stages"), "move"),
    (DealWon, _("Won: %(what)s"), _("%(n)s deals are won"), "won"),
    (DealLost, _("Lost: %(what)s"), _("%(n)s deals are lost"), "lost"),
    (DealReopened, _("Open again: %(what)s"), _("%(n)s deals are open again"), "undo"),
    (DealGiven, _("%(what)s has a new owner"), _("%(n)s deals have new owners"), "deal"),
)
_LABELS = {
    DealMoved: _("A deal that I follow moves on"),
    DealWon: _("A deal that I follow is won"),
    DealLost: _("A deal that I follow is lost"),
    DealReopened: _("A deal that I follow is open again"),
    DealGiven: _("A deal that I follow gets a new owner"),
}
FOLLOWED = tuple(
    followed_notice(fact, label=_LABELS[fact], title=title, many=many, icon=icon)
    for fact, title, many, icon in _FOLLOWED
)
KINDS = (
    NoticeKind(
        name="deal.given",
        label=_("Somebody makes a deal mine"),
        title=_("Your deal now: %(what)s"),
        many=_("%(n)s deals are yours now"),
        icon="deal",
        many_url=lambda: f"{reverse('deals:deals')}?as=table",
        fact=DealGiven,
        tell=tell_given,
        seen=_seen,
        permission=EDIT_DEALS.name,
        ways=AT_ONCE,
    ),
    NoticeKind(
        name="deal.won",
        label=_("A deal of my team is won"),
        title=_("Won: %(what)s"),
        many=_("%(n)s deals of your team are won"),
        icon="won",
        many_url=lambda: f"{reverse('deals:deals')}?as=table&view=won",
        fact=DealWon,
        tell=tell_closed,
        seen=_seen,
        permission=MANAGE_PIPELINES.name,
    ),
    NoticeKind(
        name="deal.lost",
        label=_("A deal of my team is lost"),
        title=_("Lost: %(what)s"),
        many=_("%(n)s deals of your team are lost"),
        icon="lost",
        many_url=lambda: f"{reverse('deals:deals')}?as=table&view=lost",
        fact=DealLost,
        tell=tell_closed,
        seen=_seen,
        permission=MANAGE_PIPELINES.name,
    ),
    NoticeKind(
        name="deal.replied",
        label=_("Marketing answers why I lost a deal"),
        title=_("Marketing answers why %(what)s was lost"),
        many=_("Marketing answers why %(n)s deals were lost"),
        icon="reply",
        many_url=lambda: f"{reverse('deals:deals')}?as=table&view=lost",
        fact=VerdictReplied,
        tell=tell_answers,
        seen=_seen,
        permission=VIEW_DEALS.name,
    ),
    NoticeKind(
        name="deal.prices",
        label=_("Somebody of my open deal looks at the prices"),
        title=_("Looked at the prices: %(what)s"),
        many=_("People of %(n)s deals looked at the prices"),
        icon="eye",
        many_url=lambda: f"{reverse('deals:deals')}?as=table",
        fact=PricesSeen,
        tell=tell_prices,
        seen=_seen,
        permission=EDIT_DEALS.name,
        ways=AT_ONCE,
    ),
    *FOLLOWED,
)
