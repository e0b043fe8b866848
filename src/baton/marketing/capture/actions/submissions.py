"""A sent form becomes a person, their visits before it, and a fact: in one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.db import IntegrityError, transaction

from baton.core.access.models import User
from baton.core.facts import publish
from baton.core.fields.rules import has_value
from baton.marketing.capture.actions.visits import publish_visits
from baton.marketing.capture.events import FormSubmitted
from baton.marketing.capture.models import Form, Page, Submission, Visit, Visitor
from baton.marketing.capture.rules.channels import Source
from baton.marketing.capture.rules.fields import FieldKind, Fills, FormField, filled, first_of
from baton.marketing.capture.rules.visits import QUIET
from baton.records.people import actions as people
from baton.records.people import queries as known_people
from baton.records.people.models import Company, Consent, Person
from baton.records.people.rules import Origin, domain_of

NEWSLETTER = "newsletter"


@dataclass(frozen=True, kw_only=True)
class Sender:
    """What the request said about who sends: its own source, its visitor if any, its address."""

    source: Source
    visitor: UUID | None = None
    ip: str | None = None


@dataclass(frozen=True, kw_only=True)
class Sent:
    """``is_new`` is False for a form that was sent before: nothing was written again."""

    submission: Submission
    is_new: bool


@dataclass(frozen=True, kw_only=True)
class _Trail:
    """How the sender came: ``first`` makes the person's source, ``present`` this form's."""

    visitor: Visitor | None
    visit: Visit | None
    first: Source
    present: Source


@transaction.atomic
def submit_form(
    *,
    form: Form,
    values: Mapping[str, str],
    token: UUID,
    sender: Sender,
    at: datetime,
    own: Mapping[str, Any] | None = None,
    page: Page | None = None,
    by: User | None = None,
) -> Sent:
    """Keep the answers, find or make the person, tie the browser's visits to them, tell it.

    ``values`` are cleaned answers, ``own`` those for own fields (queries.Asked). Raises the
    refusals of people: no name, an unreadable address, a text too long.
    """
    submission = _keep(Submission(form=form, page=page, token=token, values=dict(values), at=at))
    if submission is None:
        return Sent(submission=Submission.objects.get(token=token), is_new=False)
    trail = _trail(sender, at=at)
    person = _person(form.questions(), values, own or {}, trail=trail, by=by, at=at)
    submission.person, submission.visit = person, trail.visit
    submission.channel, submission.campaign = trail.present.channel, trail.present.campaign
    submission.save(update_fields=["person", "visit", "channel", "campaign"])
    _tie_visits(trail, person=person, at=at)
    _keep_consent(submission, ip=sender.ip, by=by)
    publish(_told(submission, person=person, by=by))
    return Sent(submission=submission, is_new=True)


def _keep(submission: Submission) -> Submission | None:
    """None when the token was used: of two that come at once the unique index lets one in."""
    try:
        with transaction.atomic():
            submission.save(force_insert=True)
    except IntegrityError:
        if Submission.objects.filter(token=submission.token).exists():
            return None
        raise
    return submission


def _trail(sender: Sender, *, at: datetime) -> _Trail:
    if sender.visitor is None:
        return _Trail(visitor=None, visit=None, first=sender.source, present=sender.source)
    visitor = Visitor.objects.select_for_update().filter(key=sender.visitor).first()
    visits = Visit.objects.filter(visitor=visitor).order_by("started_at", "pk")
    first, latest = visits.first(), visits.last()
    visit = latest if latest and latest.ended_at > at - QUIET else None
    present = visit.origin() if visit else sender.source
    # Somebody else used this browser before: their first visit says nothing about this person.
    is_lent = visitor is not None and visitor.person_id is not None
    source = first.origin() if first and not is_lent else present
    return _Trail(visitor=visitor, visit=visit, first=source, present=present)


def _person(
    fields: list[FormField],
    values: Mapping[str, str],
    own: Mapping[str, Any],
    *,
    trail: _Trail,
    by: User | None,
    at: datetime,
) -> Person:
    """Who sent it; of somebody known only what is empty is filled."""
    email = first_of(fields, FieldKind.EMAIL, values)
    phone = first_of(fields, FieldKind.PHONE, values)
    texts = {str(name): value for name, value in filled(fields, values).items()}
    company = _company(first_of(fields, FieldKind.COMPANY, values), email=email, by=by, at=at)
    new = {
        "at": at,
        "origin": Origin.MARKETING,
        "emails": [email] if email else [],
        "phones": [phone] if phone else [],
        "company": company,
        "channel": trail.first.channel,
        "campaign": trail.first.campaign,
        "landing_page": trail.first.landing_page,
        "custom": own,
        **texts,
    }
    person, is_new = people.find_or_create_person(
        by=by, cause="form", **cast(people.NewPerson, new)
    )
    if is_new:
        return person
    missing = _missing(person, texts=texts, phone=phone, company=company) | _own(person, own)
    if not missing:
        return person
    return people.edit_person(
        person=person, values=missing, version=None, by=by, at=at, cause="form"
    )


def _company(name: str, *, email: str, by: User | None, at: datetime) -> Company | None:
    """By the address' domain before the name that was typed; made only when a name was typed."""
    domain = domain_of(known_people.normalised(email))
    if not name:
        return known_people.company_by_domain(domain) if domain else None
    company, _is_new = people.find_or_create_company(
        name=name, domain=domain, at=at, by=by, cause="form"
    )
    return company


def _missing(
    person: Person, *, texts: Mapping[str, str], phone: str, company: Company | None
) -> dict[str, Any]:
    has_name = bool(person.first_name or person.last_name)
    missing: dict[str, Any] = {
        name: value
        for name, value in texts.items()
        if not (has_name if name in _NAMES else getattr(person, name))
    }
    if company and not person.company_id:
        missing["company"] = company
    if phone and not known_people.phones_of([person.pk])[person.pk]:
        missing["phones"] = [phone]
    return missing


def _own(person: Person, own: Mapping[str, Any]) -> dict[str, Any]:
    """The person's own fields with what they lack, as they stand now: they are written whole."""
    if not own:
        return {}
    known = Person.objects.select_for_update().get(pk=person.pk).custom
    lacking = {code: value for code, value in own.items() if not has_value(known, code)}
    return {"custom": known | lacking} if lacking else {}


_NAMES = frozenset({Fills.FULL_NAME, Fills.FIRST_NAME, Fills.LAST_NAME})


def _tie_visits(trail: _Trail, *, person: Person, at: datetime) -> None:
    """The browser's visits become the person's, unless the browser is known as somebody else's.

    Two people whom we know are never made one because of a cookie.
    """
    visitor = trail.visitor
    if visitor is None or visitor.person_id not in {None, person.pk}:
        return
    if visitor.person_id is None:
        visitor.person, visitor.known_at = person, at
        visitor.save(update_fields=["person", "known_at"])
    visits = Visit.objects.filter(visitor=visitor)
    visits.filter(person=None).update(person=person)
    untold = visits.filter(person=person, told_at=None).order_by("started_at", "pk")
    publish_visits(list(untold), at=at)


def _keep_consent(submission: Submission, *, ip: str | None, by: User | None) -> None:
    """A ticked consent field allows the newsletter to the address in the form.

    Nobody has shown that the address is theirs: it does not count against what was said before.
    """
    form, values = submission.form, submission.values
    fields = form.questions()
    email = first_of(fields, FieldKind.EMAIL, values)
    ticked = next(
        (one for one in fields if one.kind is FieldKind.CONSENT and values.get(one.code)), None
    )
    if not email or ticked is None:
        return
    people.record_consent(
        email=email,
        purpose=NEWSLETTER,
        is_given=True,
        basis=Consent.UNCONFIRMED,
        source=f"form {form.code}"[:120],
        wording=form.consent_wording or " ".join(filter(None, [ticked.label, ticked.help])),
        ip=ip,
        by=by,
        at=submission.at,
    )


def _told(submission: Submission, *, person: Person, by: User | None) -> FormSubmitted:
    page = submission.page
    return FormSubmitted(
        happened_at=submission.at,
        person_id=person.pk,
        company_id=person.company_id,
        actor_id=by.pk if by else None,
        submission_id=submission.pk,
        form_code=submission.form.code,
        form_name=submission.form.name,
        page=page.title if page else "",
        channel=submission.channel,
        campaign=submission.campaign,
    )
