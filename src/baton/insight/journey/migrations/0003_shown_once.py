"""One content stands once in a stage, for each persona or for everybody; also of two presses."""

from django.db import migrations
from django.db.models import BigIntegerField, F, Q, UniqueConstraint, Value
from django.db.models.functions import Coalesce


def or_none(name: str) -> Coalesce:
    return Coalesce(F(name), Value(0), output_field=BigIntegerField())


class Migration(migrations.Migration):
    dependencies = [
        ("audience", "0001_initial"),
        ("campaigns", "0003_members_by_status"),
        ("capture", "0001_initial"),
        ("journey", "0002_take_away_doubles"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="shown",
            constraint=UniqueConstraint(
                F("code"),
                *(or_none(name) for name in ("persona", "page", "form", "campaign")),
                condition=Q(deleted_at=None),
                name="shown_there_once",
            ),
        )
    ]
