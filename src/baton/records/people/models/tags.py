from django.db import models

from baton.core.facts import batch_now
from baton.core.keys import KeyedModel

LONGEST = 60


class Tag(KeyedModel):
    """A word that people put on people and companies; whatever its case, it is one tag."""

    name = models.CharField(max_length=LONGEST)  # as it was written first
    normalised = models.CharField(max_length=LONGEST * 2, unique=True)
    batch = models.UUIDField(null=True, default=batch_now)  # of the import that made it

    def __str__(self) -> str:
        return self.name


class PersonTag(models.Model):
    person = models.ForeignKey(
        "people.Person", on_delete=models.CASCADE, related_name="tag_links", db_index=False
    )
    tag = models.ForeignKey(
        Tag, on_delete=models.CASCADE, related_name="person_links", db_index=False
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "tag"], name="tag_once_a_person")]
        indexes = [models.Index(fields=["tag", "person"], name="people_by_tag")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.tag_id}"


class CompanyTag(models.Model):
    company = models.ForeignKey(
        "people.Company",
        on_delete=models.CASCADE,
        related_name="tag_links",
        db_index=False,
    )
    tag = models.ForeignKey(
        Tag, on_delete=models.CASCADE, related_name="company_links", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["company", "tag"], name="tag_once_a_company")
        ]
        indexes = [models.Index(fields=["tag", "company"], name="companies_by_tag")]

    def __str__(self) -> str:
        return f"{self.company_id}: {self.tag_id}"
