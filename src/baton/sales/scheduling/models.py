from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q, QuerySet
from django.urls import reverse

from baton.core.access.models import User
from baton.core.access.permissions import Permission
from baton.core.access.querysets import GuardedQuerySet
from baton.core.access.visibility import within
from baton.core.addresses import address
from baton.core.keys import LIVING, KeyedModel, RecordModel
from baton.core.limits import Columns, Masked
from baton.qualification.handoff.models import Handoff
from baton.records.people.models import Person
from baton.records.timeline.models import Activity, Task
from baton.sales.scheduling import permissions
from baton.sales.scheduling.rules import State, Terms


class BookingPageQuerySet(GuardedQuerySet["BookingPage"]):
    viewed_with = permissions.VIEW_BOOKINGS

    def open(self) -> "BookingPageQuerySet":
        """Where strangers can book: switched on, of somebody who is here."""
        return self.living().filter(is_on=True, user__is_active=True, user__deleted_at=None)

    def reached_by(self, user: User, permission: Permission) -> "BookingPageQuerySet":
        """Those in the trash, too."""
        return self.filter(within(user, permission, owner="user"))


class BookingPage(RecordModel):
    """Where anybody who has the link takes a free time of one seller."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="booking_pages")
    slug = models.CharField(max_length=60)
    title = models.CharField(max_length=120)
    minutes = models.PositiveSmallIntegerField(default=30)
    hours = models.JSONField(null=True)  # weekly, within the working hours; null = all of those
    zone = models.CharField(max_length=64, blank=True)  # of these hours; empty = the user's
    buffer_before = models.PositiveSmallIntegerField(default=0)  # minutes
    buffer_after = models.PositiveSmallIntegerField(default=0)
    notice_hours = models.PositiveSmallIntegerField(default=4)
    days_ahead = models.PositiveSmallIntegerField(default=30)
    most_per_day = models.PositiveSmallIntegerField(default=0)  # 0 = as many as fit
    place = models.CharField(max_length=10, default="phone")  # rules.Place
    place_text = models.CharField(max_length=300, blank=True)
    reminds = models.BooleanField(default=True)  # a mail the day before
    is_on = models.BooleanField(default=True)

    objects = BookingPageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["slug"], condition=Q(**LIVING), name="booking_page_slug_once"
            ),
            models.UniqueConstraint(
                fields=["user"], condition=Q(**LIVING), name="one_booking_page_a_user"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("scheduling:own")

    @property
    def is_open(self) -> bool:
        """As ``open`` of many."""
        is_here = self.user.is_active and self.user.deleted_at is None
        return self.is_on and self.deleted_at is None and is_here

    def public_path(self) -> str:
        """Where strangers book."""
        return reverse("scheduling:page", args=[self.slug])

    def terms(self) -> Terms:
        """As the rules take them."""
        return Terms(
            minutes=self.minutes,
            before=timedelta(minutes=self.buffer_before),
            after=timedelta(minutes=self.buffer_after),
            notice=timedelta(hours=self.notice_hours),
            days_ahead=self.days_ahead,
            most_per_day=self.most_per_day,
        )


class BookingQuerySet(QuerySet["Booking"]):
    def standing(self) -> "BookingQuerySet":
        """Still to be held, or held and not yet marked."""
        return self.filter(state=State.BOOKED)

    def ahead(self, at: datetime) -> "BookingQuerySet":
        return self.standing().filter(ends_at__gt=at)

    def visible_to(
        self, user: User, permission: Permission = permissions.VIEW_BOOKINGS
    ) -> "BookingQuerySet":
        """One's own, and those of the team or of all as the role has it."""
        return self.filter(within(user, permission, owner="rep"))


class Booking(Masked, KeyedModel):
    """One meeting that a buyer booked; cancelled ones stay, as what was said stays."""

    masked_as = "person"
    covers: ClassVar[Columns] = {"emails": ("email",), "phones": ("phone",), "zone": ()}

    page = models.ForeignKey(BookingPage, on_delete=models.PROTECT, related_name="bookings")
    rep = models.ForeignKey(User, on_delete=models.PROTECT, related_name="bookings", db_index=False)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="bookings", db_index=False
    )
    handoff = models.ForeignKey(Handoff, null=True, on_delete=models.SET_NULL, related_name="+")
    task = models.ForeignKey(Task, null=True, on_delete=models.SET_NULL, related_name="+")
    activity = models.ForeignKey(Activity, null=True, on_delete=models.SET_NULL, related_name="+")
    token = models.UUIDField(unique=True)  # one showing of the form: what is sent twice is one
    title = models.CharField(max_length=120)  # all as it was promised then
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    buffer_before = models.PositiveSmallIntegerField(default=0)
    buffer_after = models.PositiveSmallIntegerField(default=0)
    place = models.CharField(max_length=10)
    place_text = models.CharField(max_length=300, blank=True)
    zone = models.CharField(max_length=64)  # the visitor's clock
    name = models.CharField(max_length=200)  # as the visitor wrote it
    email = models.CharField(max_length=254)
    phone = models.CharField(max_length=40, blank=True)
    note = models.TextField(blank=True)
    network = models.CharField(max_length=64, blank=True)  # a digest, forgotten after a day
    state = models.CharField(max_length=10, default="booked")  # rules.State
    sequence = models.PositiveIntegerField(default=0)  # RFC 5545: raised by each move
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = models.ForeignKey(
        User, null=True, on_delete=models.SET_NULL, related_name="+"
    )  # null: the visitor
    remind_at = models.DateTimeField(null=True)  # null: no mail, or it was written

    objects = BookingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["rep", "starts_at"],
                condition=Q(state="booked"),
                name="one_booking_a_time",
            ),
            models.CheckConstraint(
                name="booking_ends_after_start", condition=Q(ends_at__gt=models.F("starts_at"))
            ),
        ]
        indexes = [
            models.Index(fields=["rep", "starts_at"], name="booking_of_rep"),
            models.Index(fields=["person", "-starts_at"], name="booking_of_person"),
            models.Index(
                fields=["remind_at"], condition=Q(remind_at__isnull=False), name="booking_remind"
            ),
            models.Index(
                fields=["network", "created_at"], condition=~Q(network=""), name="booking_network"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.starts_at}"

    def get_absolute_url(self) -> str:
        return address("scheduling:booking", self.key)
