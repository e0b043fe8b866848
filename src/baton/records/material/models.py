from typing import ClassVar

from django.db import models
from django.db.models import Q

from baton.core.access.models import User
from baton.core.access.permissions import Permission
from baton.core.access.querysets import CommonQuerySet
from baton.core.access.visibility import within
from baton.core.addresses import address
from baton.core.keys import LIVING, LivingQuerySet, RecordModel
from baton.records.audience.models import Persona
from baton.records.material import permissions
from baton.records.people.models import Person
from baton.records.purchases.models import Product


class MaterialQuerySet(CommonQuerySet["Material"]):
    viewed_with = permissions.VIEW_MATERIAL


class Material(RecordModel):
    """Something to read for a buyer: a link, or a file that lies on it."""

    title = models.CharField(max_length=160)
    sort_key = models.CharField(max_length=160)  # casefolded title, written with it
    sentence = models.CharField(max_length=400, blank=True)  # approved: what a mail says of it
    link = models.URLField(max_length=500, blank=True)
    stage = models.CharField(max_length=12, blank=True)  # of the buyer's journey; "" is any
    objection = models.CharField(max_length=250, blank=True)  # that it answers
    competitor = models.CharField(max_length=120, blank=True)
    product = models.ForeignKey(
        Product, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    language = models.CharField(max_length=10, blank=True)
    owner = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    valid_until = models.DateField(null=True, blank=True)  # the last day on which it is right
    is_retired = models.BooleanField(default=False)

    objects = MaterialQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sort_key"], condition=Q(**LIVING), name="material_title_once"
            )
        ]
        indexes = [
            models.Index(fields=["sort_key", "id"], name="material_by_title"),
            models.Index(fields=["valid_until", "id"], name="material_by_last_day"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return address("material:material", self.key)


class MaterialPersona(models.Model):
    """One of those whom the material is for; none is everybody."""

    material = models.ForeignKey(
        Material, on_delete=models.CASCADE, related_name="persona_links", db_index=False
    )
    persona = models.ForeignKey(Persona, on_delete=models.CASCADE, related_name="+")

    objects: ClassVar[models.Manager["MaterialPersona"]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["material", "persona"], name="material_persona_once")
        ]

    def __str__(self) -> str:
        return f"{self.material_id}: {self.persona_id}"


class MaterialUseQuerySet(LivingQuerySet["MaterialUse"]):
    def visible_to(
        self, user: User, permission: Permission = permissions.VIEW_SENT
    ) -> "MaterialUseQuerySet":
        """What was sent to people whom one sees."""
        if not user.may(permission):
            return self.none()
        seen = Person.objects.visible_to(user).filter(pk=models.OuterRef("person_id"))
        return self.living().filter(models.Exists(seen))

    def reached_by(self, user: User, permission: Permission) -> "MaterialUseQuerySet":
        """What one sent oneself, or may take back; in the trash, too."""
        return self.filter(within(user, permission, owner="by"))


class MaterialUse(RecordModel):
    """One time that somebody was sent a material."""

    material = models.ForeignKey(
        Material, on_delete=models.CASCADE, related_name="uses", db_index=False
    )
    title = models.CharField(max_length=160)  # as it was called then
    material_version = models.PositiveIntegerField()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_index=False)
    deal_id = models.PositiveBigIntegerField(null=True)  # its module lies above
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    objects = MaterialUseQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["person", "-at"], name="material_of_person"),
            models.Index(fields=["material", "-at"], name="uses_of_material"),
            models.Index(
                fields=["deal_id"], condition=Q(deal_id__isnull=False), name="material_of_deal"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return address("people:person", self.person.key)
