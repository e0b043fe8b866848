"""One of each kind of record, all of the north's: what somebody of the south must not reach."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from baton.core.access.actions import create_api_key
from baton.core.calendars.actions import trash_leaves
from baton.core.calendars.tests.factories import a_free_day, a_leave
from baton.core.colleagues.interests import set_followed, set_pinned
from baton.core.colleagues.slots import record_kinds
from baton.core.editing.actions import do_bite, start_run
from baton.core.editing.slots import bulk_acts
from baton.core.fields.actions import save_rule, trash_fields, trash_rules
from baton.core.fields.rules import Option
from baton.core.fields.tests.factories import a_field
from baton.core.mail.actions import write_mail
from baton.core.notices.actions import finish_notices
from baton.core.notices.models import Device, Notice
from baton.core.notices.tests.browsers import BrowserKeys
from baton.core.saved.actions import create_view, trash_views
from baton.core.signin.actions import begin_second_step, invite
from baton.core.signin.models import SecondStep
from baton.insight.goals.actions import remove_goal, set_goal
from baton.insight.improvements.actions import remove_improvement
from baton.insight.improvements.tests.factories import an_improvement
from baton.insight.journey.actions import draw_map, hide_content
from baton.insight.journey.queries import spots
from baton.insight.journey.tests.factories import a_content
from baton.insight.plans.actions import discard_plan
from baton.insight.plans.tests.factories import a_plan
from baton.insight.reviews.actions import add_point
from baton.marketing.campaigns.actions import remove_cost, trash_campaign
from baton.marketing.campaigns.tests.factories import a_campaign, a_cost
from baton.marketing.capture.tests.factories import AT
from baton.marketing.traffic.tests.factories import count_sessions
from baton.operations.administration.actions import save_rate
from baton.operations.exchange.actions import exporting, receiving, uploads
from baton.operations.exchange.actions.choosing import choose_columns
from baton.operations.exchange.queries import taken
from baton.operations.exchange.rules.chosen import Chosen, digest_of
from baton.operations.exchange.rules.exports import State
from baton.operations.integrations.actions import create_endpoint, edit_endpoint, send_test
from baton.qualification.handoff.actions import name_accounts, save_territory, set_availability
from baton.qualification.handoff.models import Agreement, Clock
from baton.qualification.scoring.tests.factories import a_trial
from baton.qualification.scoring.tests.test_foresight_learning import a_foresight
from baton.records.audience.actions import trash_personas
from baton.records.audience.tests.factories import a_persona
from baton.records.duplicates.actions import look_again
from baton.records.people.actions import trash_companies, trash_people
from baton.records.people.models import Company, Person
from baton.records.people.tests.factories import a_company, a_person
from baton.records.purchases.actions import trash_products
from baton.records.purchases.tests.factories import a_product
from baton.records.relations.rules import RelationKind
from baton.records.relations.tests.factories import a_relation
from baton.records.timeline import actions as timeline
from baton.sales.deals.actions import trash_deals
from baton.sales.deals.tests.factories import a_deal
from baton.sales.scheduling.queries import free_days
from baton.sales.scheduling.tests.factories import a_booking
from baton.sales.scheduling.tests.factories import a_page as a_booking_page
from tests.flows.acts import Desk, ask_for_demo, handoff_of
from tests.flows.handing import amend_both
from tests.flows.hanging import put_files, send, tell
from tests.flows.house import House
from tests.flows.selling import buy, sell

GOLD = {"field": "person.custom.tier", "op": "is", "value": "gold"}
RULE = {"message": "Gold", "condition": GOLD, "is_on": False}
HELGA = {"name": "Helga Lund", "email": "helga@lund.example", "title": "Head of plants"}


def fill_house(house: House, clock: Any, settle: Callable[[], None]) -> None:
    """Jonas waits for an answer, Helga has one; a deal is lost, one won; notes, calls, tasks."""
    set_availability(user=house.otto, is_available=False, by=None, at=AT)
    helga = ask_for_demo(house, clock, HELGA)
    settle()
    teo = Desk(house.teo)
    handoff = handoff_of(helga)
    teo.press("handoff:accept", handoff.key)
    teo.press("handoff:need", handoff.key, need="Meters", impact="Grants")
    ask_for_demo(house, clock)
    settle()
    _write(house, Person.objects.get(pk=helga.pk))
    Company.objects.update(owner=house.teo)
    teo.press("lifecycle:move", helga.key, to_stage="lead", reason="Not before summer")
    sell(teo, helga, by=house.teo)
    create_api_key(user=house.teo, name="Teo's")
    _listen(house)
    invite(email="eva@x.example", name="", role="rep", team=None, by=house.ada, at=AT)
    begin_second_step(user=house.nora)
    SecondStep.objects.update(confirmed_at=AT)
    create_view(
        list_name="people", name="Warm", state="stage=mql", sharing="team", by=house.teo, at=AT
    )
    buy(house, Person.objects.get(pk=helga.pk))
    _run(house)
    a_field("Tier", kind="choice", options=[Option("gold", "Gold")])
    save_rule(object_type="person", values=RULE, by=house.ada, at=AT)
    a_leave(house.teo, days=300)
    a_free_day(days=310)
    _throw_away(house)
    save_rate(currency="USD", on=AT.date(), rate=Decimal("0.9"), by=house.ada, at=AT)
    settle()
    finish_notices(Notice.objects.of(house.teo), at=AT)


def _owe(house: House, person: Person) -> None:
    """Teo has not answered what she wrote."""
    moments = dict.fromkeys(("began_at", "since", "due_at"), AT)
    agreement = Agreement.objects.of_kind("marketing_to_sales").signed().get()
    Clock.objects.create(
        kind="reply", person=person, owner=house.teo, agreement=agreement, **moments
    )


def _aim(house: House) -> None:
    """What Teo is to win, and what nobody wants any more; and when he can be met."""
    _meet(house)
    quarter: dict[str, Any] = {"unit": "quarter", "day": AT.date()}
    gone = set_goal(figure="won", target=Decimal(9), rep=house.teo, by=house.ada, at=AT, **quarter)
    remove_goal(goal=gone, by=house.ada, at=AT)
    add_point(day=AT.date(), kind="minute", text="Said", by=house.ada, at=AT)
    gone_wrong = an_improvement(title="Wrong", by=house.ada)
    remove_improvement(improvement=gone_wrong, by=house.ada, at=AT)
    an_improvement(by=house.ada, owner=house.teo)
    hide_content(shown=a_content(code="solution", by=house.ada), by=house.ada, at=AT)
    a_content(by=house.ada)
    draw_map(drawn=[replace(spot, question="Why?") for spot in spots()], by=house.ada, at=AT)
    discard_plan(plan=a_plan(by=house.ada), by=house.ada, at=AT)
    a_plan(by=house.ada)
    set_goal(figure="won", target=Decimal(50), rep=house.teo, by=house.ada, at=AT, **quarter)


def _look_ahead(house: House) -> None:
    """Terms that nobody has signed, what was learned and tried, and whose Iceland is."""
    amend_both(house)
    a_foresight(by=house.ada)
    a_trial(by=house.ada)
    place = {"name": "Iceland", "countries": ["Iceland"], "rep": house.teo}
    save_territory(values=place, by=house.ada, at=AT)
    name_accounts(text="kelda.example", rep=house.teo, by=house.ada, at=AT)


def _meet(house: House) -> None:
    """Teo can be booked; somebody has."""
    page = a_booking_page(house.teo)
    [day], _later = free_days(page, zone=ZoneInfo("UTC"), at=AT, most=1)
    a_booking(page, start=day.starts[0])


def _listen(house: House) -> None:
    """An endpoint that is off, so that nobody is called, and what it is owed."""
    hook, _secret = create_endpoint(
        url="https://example.org/", facts=["deal.won"], description="", by=house.ada, at=AT
    )
    edit_endpoint(endpoint=hook, values={"is_on": False}, by=house.ada, at=AT)
    send_test(endpoint=hook, at=AT)
    write_mail(kind="test", to="ada@fennmark.example", subject="Test", text="A test", at=AT)
    # Of no push service: nobody is called.
    keys = {"p256dh": BrowserKeys().p256dh, "auth": BrowserKeys().auth}
    Device.objects.create(user=house.teo, endpoint="http://127.0.0.1/", name="Chrome", **keys)


def _write(house: House, person: Person) -> None:
    _owe(house, person)
    about: dict[str, Any] = {"person": person, "by": house.teo, "at": AT}
    note = timeline.add_note(body="Wants it before summer", **about)
    a_relation(person=person, other=a_person(owner=house.teo), kind=RelationKind.MANAGES)
    call = timeline.log_activity(kind="call", outcome="conversation", **about)
    timeline.add_task(title="Send the plan", owner=house.teo, **about)
    timeline.edit_note(note=note, body="Before August", version=note.version, by=house.teo, at=AT)
    assert call.pk
    put_files(person, by=house.teo)
    tell(person, by=house.teo)
    send(person, by=house.teo)
    kind = record_kinds.find("person")
    assert kind
    set_followed(kind=kind, record=person, user=house.teo, at=AT)
    set_pinned(kind=kind, record=person, user=house.teo, at=AT)


def _run(house: House) -> None:
    """An act on all that match, done."""
    person, act = a_person(owner=house.teo, full_name="Ida Blom"), bulk_acts.find("people.delete")
    assert act
    run = start_run(act=act, asked="q=blom", value="", total=1, last=person.pk, by=house.teo)
    do_bite(run_id=run.pk, at=AT)
    of = taken("people", "q=blom", user=house.teo)
    assert of
    file = exporting.begin_export(of=of, total=1, state=State.RUNNING, at=AT)
    exporting.write_bite(export_id=file.pk, at=timezone.now())
    text = b"Contact ID,Lifecycle Stage,Email\nc1,Lead,no address\n"
    uploaded = [SimpleUploadedFile("contacts.csv", text)]
    record = receiving.receive_files(files=uploaded, zone="UTC", by=house.ada, at=AT)
    uploads.look_through(import_id=record.pk, at=AT)
    record.refresh_from_db()
    uploads.begin_import(record=record, at=AT)
    uploads.run_import(import_id=record.pk, at=timezone.now())
    _choose(house)
    _look_ahead(house)


def _choose(house: House) -> None:
    """Files whose columns somebody chose, not yet brought in."""
    uploaded = [SimpleUploadedFile("list.csv", b"Wer,Elektropost\nIda Holm,ida@holm.example\n")]
    record = receiving.receive_files(files=uploaded, zone="UTC", by=house.ada, at=AT)
    uploads.look_through(import_id=record.pk, at=AT)
    record.refresh_from_db()
    columns = {"Wer": "full_name", "Elektropost": "email"}
    chosen = {digest_of(columns): Chosen(kind="person", columns=columns)}
    assert choose_columns(record=record, chosen=chosen, source="list", at=AT)
    uploads.look_through(import_id=record.pk, at=AT)


def _meet_twice(house: House) -> None:
    """Two who may be one."""
    twice = [a_person(owner=house.teo, full_name="Ada Holm", phones=["+4681"]) for _ in range(2)]
    firms = [a_company(owner=house.teo, name="Holm & Holm", city="Lund") for _ in range(2)]
    look_again(object_type="person", ids=[one.pk for one in twice], at=AT)
    look_again(object_type="company", ids=[one.pk for one in firms], at=AT)


def _throw_away(house: House) -> None:
    """One of each kind into the trash."""
    person, company = a_person(owner=house.teo), a_company(owner=house.teo)
    trash_people(people_ids=[person.pk], by=house.teo, at=AT)
    trash_companies(company_ids=[company.pk], by=house.teo, at=AT)
    trash_deals(deal_ids=[a_deal(by=house.teo).pk], by=house.teo, at=AT)
    cold = create_view(list_name="people", name="Cold", state="", by=house.teo, at=AT)
    trash_views(view_ids=[cold.pk], by=house.teo, at=AT)
    trash_personas(persona_ids=[a_persona().pk], by=house.ada, at=AT)
    trash_products(product_ids=[a_product().pk], by=house.ada, at=AT)
    trash_campaign(campaign=a_campaign(), by=house.ada, at=AT)
    remove_cost(cost=a_cost(), by=house.ada, at=AT)
    count_sessions(AT.date(), sessions=120, at=AT)
    trash_leaves(leave_ids=[a_leave(house.teo, days=320).pk], by=house.teo, at=AT)
    trash_fields(field_ids=[a_field("Old").pk], by=house.ada, at=AT)
    named = {"message": "No", "condition": {"field": "person.job_title", "op": "is_empty"}}
    rule = save_rule(object_type="person", values={**named, "is_on": False}, by=house.ada, at=AT)
    trash_rules(rule_ids=[rule.pk], by=house.ada, at=AT)
    _meet_twice(house)
    _aim(house)
