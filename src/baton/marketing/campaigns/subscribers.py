from baton.core.facts import Fact, on, on_batch
from baton.core.money.events import RateChanged, RateRemoved, RateSet
from baton.core.settings.queries import organisation
from baton.marketing.campaigns import actions, tasks
from baton.marketing.campaigns.events import CampaignChanged, CampaignCreated, CampaignRestored
from baton.marketing.campaigns.rules import Status
from baton.marketing.capture.events import FormSubmitted, VisitMade
from baton.records.people.events import PersonCreated


@on_batch(PersonCreated, FormSubmitted, VisitMade)
def enlist(facts: list[Fact]) -> None:
    """Whoever comes with a campaign's code is a member; who sends a form has responded."""
    actions.enlist(comings=[coming for fact in facts if (coming := _coming(fact))])


@on(CampaignCreated, CampaignChanged, CampaignRestored)
def enlist_who_came_before(fact: Fact) -> None:
    """A code that is new here may have been in links for long."""
    is_same_code = isinstance(fact, CampaignChanged) and "code" not in fact.fields
    if fact.campaign_id and not is_same_code:
        tasks.enlist_known.enqueue(campaign_id=fact.campaign_id)


@on(RateSet, RateRemoved)
def settle_unknown_costs(fact: RateChanged) -> None:
    """A cost in that currency may be known now, or worth something else."""
    if fact.base_currency == organisation().base_currency:
        actions.settle_costs(currency=fact.currency, on=fact.on)


def _coming(fact: Fact) -> actions.Coming | None:
    if not isinstance(fact, PersonCreated | FormSubmitted | VisitMade):
        return None
    if not fact.person_id or not fact.campaign:
        return None
    return actions.Coming(
        person_id=fact.person_id,
        code=fact.campaign,
        status=Status.RESPONDED if isinstance(fact, FormSubmitted) else Status.REACHED,
        at=fact.happened_at,
        cause=fact,
    )
