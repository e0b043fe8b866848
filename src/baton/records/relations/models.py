from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from baton.core.access.models import User
from baton.core.access.permissions import Permission
from baton.core.access.querysets import GuardedQuerySet
from baton.core.keys import RecordModel
from baton.records.people.models import Company, Person
from baton.records.people.permissions import VIEW_COMPANIES
from baton.records.relations.permissions import VIEW_RELATIONS


class RelationQuerySet(GuardedQuerySet["Relation"]):
    """Those of which both ends are seen; to edit one, a person of it must be one's to edit."""

    viewed_with = VIEW_RELATIONS

    def reached_by(self, user: User, permission: Permission) -> "RelationQuerySet":
        """Those in the trash, too. What two records had with each other before they became one
        is about nobody."""
        person, other = (_seen(user, VIEW_RELATIONS, end) for end in ("person", "other"))
        companies = Company.objects.visible_to(user, VIEW_COMPANIES)
        company = Exists(companies.filter(pk=OuterRef("company")))
        rows = self.filter(Q(person) & (Q(other) | Q(company))).exclude(person=F("other"))
        if permission == VIEW_RELATIONS:
            return rows
        return rows.filter(_seen(user, permission, "person") | _seen(user, permission, "other"))


def _seen(user: User, permission: Permission, end: str) -> Q:
    return Q(Exists(Person.objects.visible_to(user, permission).filter(pk=OuterRef(end))))


class Relation(RecordModel):
    """One person to another, or to a company. Of a merge both ends may become one person: such a
    row stays, since its undo parts them again, and nobody is shown it."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="relations")
    kind = models.CharField(max_length=20)  # rules.RelationKind, read from the person on
    other = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.CASCADE, related_name="relations_back"
    )
    company = models.ForeignKey(
        Company, null=True, blank=True, on_delete=models.CASCADE, related_name="relations"
    )
    title = models.CharField(max_length=160, blank=True)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)  # the last day, known or not: see is_past
    is_past = models.BooleanField(default=False)
    is_derived = models.BooleanField(default=False)  # of a change of employer, typed by nobody

    objects = RelationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="relation_has_one_other_end",
                condition=Q(other=None, company__isnull=False)
                | Q(other__isnull=False, company=None),
            ),
            models.CheckConstraint(
                name="relation_ends_after_it_begins",
                condition=Q(since=None) | Q(until=None) | Q(until__gte=F("since")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.other or self.company}"
