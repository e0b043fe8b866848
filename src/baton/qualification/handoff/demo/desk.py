"""What lies on the desks when the story is told: late, fresh, taken, and in the queue."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from baton.core.access.models import User
from baton.core.demo.slots import Story
from baton.core.facts.models import FactRecord
from baton.core.keys import new_key
from baton.marketing.capture.actions import Sender, submit_form
from baton.marketing.capture.events import FormSubmitted
from baton.marketing.capture.rules import Source
from baton.qualification.handoff import actions
from baton.qualification.handoff.demo.acts import hand, log
from baton.qualification.handoff.models import Agreement, Handoff
from baton.qualification.scoring.queries import Histories, histories
from baton.records.people.models import Person
from baton.records.people.queries import emails_of
from baton.records.timeline.rules import Outcome

MINUTE = timedelta(minutes=1)
# Minutes since the offer. The clock gives 60, and 30 to a raised hand.
BY_SCORE = (66, 130, 75, 9, 48, 150, 21, 34)
BY_HAND = (34, 11, 4)
TAKEN = (130, 150)  # of those above: accepted, the second one answered, too
WORDS = (
    "The auditor comes in six weeks and we have paper lists for two halls. Can you show us a "
    "dairy like ours?",
    "Our compressor runs all night and nobody believes me. I want to see it on one page.",
    "We compare three suppliers until Friday week. What do 40 points cost?",
)


def lay_on_desk(
    story: Story,
    agreement: Agreement,
    *,
    by_score: list[Person],
    by_hand: list[Person],
    past: Histories,
) -> Iterator[Handoff]:
    """Offered within the last hours, by the same routing as any."""
    for person, minutes in zip(by_score, BY_SCORE, strict=False):
        at = story.at - minutes * MINUTE
        handoff = hand(person, agreement=agreement, form=None, past=past, at=at)
        if minutes in TAKEN:
            _take(story, handoff, is_answered=minutes == TAKEN[-1])
        yield handoff
    sending = [person for person in by_hand if person.origin != "sales"]
    for place, (person, minutes) in enumerate(zip(sending, BY_HAND, strict=False)):
        at = story.at - minutes * MINUTE
        yield _raises_hand(story, agreement, person, words=WORDS[place], at=at)
    yield from _queue(story, agreement, sending[len(BY_HAND) :])


def _take(story: Story, handoff: Handoff, *, is_answered: bool) -> None:
    rep: User = handoff.rep or story.cast["users"]["teo"]
    at = story.at - story.dice.randint(60, 100) * MINUTE
    actions.accept_handoff(handoff=handoff, by=rep, at=at)
    log(handoff, Outcome.UNANSWERED, by=rep, at=at + 4 * MINUTE)
    if is_answered:
        log(handoff, Outcome.CONVERSATION, by=rep, at=at + 22 * MINUTE, note="Sends the bill")


def _queue(story: Story, agreement: Agreement, people: list[Person]) -> Iterator[Handoff]:
    """For a moment nobody was free: two wait for whoever takes them."""
    manager, at = story.cast["users"]["nora"], story.at - 17 * MINUTE
    free = User.objects.filter(pool_memberships__is_available=True).distinct().order_by("pk")
    reps = list(free)
    for rep in reps:
        actions.set_availability(user=rep, is_available=False, by=manager, at=at)
    for person in people[:2]:
        yield _raises_hand(story, agreement, person, words=WORDS[0], at=at)
    for rep in reps:
        actions.set_availability(user=rep, is_available=True, by=manager, at=at)


def _raises_hand(
    story: Story, agreement: Agreement, person: Person, *, words: str, at: datetime
) -> Handoff:
    form = _sends(story, person, words=words, at=at)
    person.refresh_from_db()
    past = histories([person.pk], at=at)
    return hand(person, agreement=agreement, form=form, past=past, at=at)


def _sends(story: Story, person: Person, *, words: str, at: datetime) -> FormSubmitted:
    """They ask for a demo on the page for it."""
    email = emails_of([person.pk])[person.pk][0].address
    submit_form(
        form=story.cast["forms"]["request-demo"],
        page=story.cast["pages"]["demo"],
        values={"name": person.full_name, "email": email, "need": words},
        token=new_key(),
        sender=Sender(source=Source(channel="direct", landing_page="/p/demo/")),
        at=at,
    )
    rows = FactRecord.objects.filter(name=FormSubmitted.name, person_id=person.pk)
    fact = rows.latest("pk").as_fact()
    assert isinstance(fact, FormSubmitted)  # noqa: S101 -- it has just been published
    return fact
