"""Of late what Ravi and Sam qualify goes to Teo, who closes: waits, was taken over, came back."""

from datetime import timedelta

from baton.core.access.models import User
from baton.core.demo.slots import Story
from baton.qualification.handoff import actions
from baton.qualification.handoff.demo.acts import log
from baton.qualification.handoff.models import Agreement, Handoff
from baton.qualification.handoff.rules import Kind, Side
from baton.qualification.scoring import actions as scoring
from baton.records.people.models import Person
from baton.records.timeline.rules import Outcome

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
POOL = "Account executives"
TERMS = {"accept_minutes": 240, "respond_minutes": 960, "mqls_a_month": 10, "asks_owner": False}
NOTES = (
    "Decides with the head of maintenance; the budget is there since Monday",
    "Wants to see figures of a dairy before anything else",
    "Was friendly, but I could not make out who signs",
)


def tell_passing(story: Story) -> None:
    """After the deals, so that what a year's people became is not told anew."""
    if Agreement.objects.of_kind(Kind.EXECUTIVE).exists():
        return  # the company had one before the demo
    _agree(story)
    sdrs = [story.cast["users"][name] for name in ("ravi", "sam")]
    ids = [person.pk for person in story.cast["people"].values()]
    qualified = Person.objects.living().filter(pk__in=ids, stage="sql", owner__in=sdrs)
    free = qualified.exclude(pk__in=Handoff.objects.open().values("person"))
    for place, person in enumerate(free.select_related("owner").order_by("-pk")[: len(NOTES)]):
        story.keep(_hand_on(story, person, place=place))


def _agree(story: Story) -> None:
    users: dict[str, User] = story.cast["users"]
    at = story.at - 10 * DAY
    pool = actions.create_pool(name=POOL, by=users["nora"], at=at)
    actions.set_member(pool=pool, user=users["teo"], open_cap=8, by=users["nora"], at=at)
    draft = actions.amend_agreement(
        values=TERMS | {"pool_id": pool.pk}, by=users["nora"], at=at, kind=Kind.EXECUTIVE
    )
    for side, name in ((Side.SALES, "nora"), (Side.MARKETING, "ines")):
        draft = actions.sign_agreement(agreement=draft, side=side, by=users[name], at=at)
    story.keep(draft, pool)


def _hand_on(story: Story, person: Person, *, place: int) -> Handoff:
    """The first is talked to, the second waits, the third comes back."""
    sdr, teo = person.owner, story.cast["users"]["teo"]
    assert sdr  # noqa: S101 -- only such were asked for
    at = story.at - (2 * DAY, HOUR, DAY)[place]
    scoring.recompute_people(person_ids=[person.pk], at=at)  # nobody has heard the facts yet
    handoff = actions.hand_on(person=person, by=sdr, note=NOTES[place], executive=teo, at=at)
    if place == 0:
        handoff = actions.accept_handoff(handoff=handoff, by=teo, at=at + HOUR)
        log(handoff, Outcome.CONVERSATION, by=teo, at=at + 3 * HOUR, note="Visit on Thursday")
    elif place == 2:
        actions.reject_handoff(
            handoff=handoff, reason="need_unclear", note=NOTES[2], by=teo, at=at + HOUR
        )
    return handoff
