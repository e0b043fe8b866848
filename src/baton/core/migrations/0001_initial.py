from typing import Any

import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import baton.core.keys

# These rows are rewritten in place: a fact when it is numbered, a job when it is taken and done.
# Room in each page keeps that out of the indexes; the planner must see growth early.
TABLES = {"core_factrecord": (85, 0.05), "core_job": (70, 0.02), "core_cursor": (50, 0.02)}


def tune_postgres(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor != "postgresql":
        return
    for table, (fill, share) in TABLES.items():
        schema_editor.execute(
            f"ALTER TABLE {table} SET (fillfactor = {fill},"
            f" autovacuum_vacuum_scale_factor = {share}, autovacuum_analyze_scale_factor = {share})"
        )


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Cursor",
            fields=[
                ("name", models.CharField(max_length=200, primary_key=True, serialize=False)),
                ("position", models.PositiveBigIntegerField(default=0)),
                ("batch", models.PositiveSmallIntegerField(default=500)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("retry_at", models.DateTimeField(null=True)),
                ("error", models.TextField(default="")),
                ("replay_until", models.PositiveBigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="FactRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.UUIDField(default=baton.core.keys.new_key, editable=False, unique=True),
                ),
                (
                    "position",
                    models.PositiveBigIntegerField(editable=False, null=True, unique=True),
                ),
                ("name", models.CharField(max_length=80)),
                ("version", models.PositiveSmallIntegerField(default=1)),
                ("happened_at", models.DateTimeField()),
                (
                    "recorded_at",
                    models.DateTimeField(default=django.utils.timezone.now),
                ),
                ("person_id", models.BigIntegerField(null=True)),
                ("company_id", models.BigIntegerField(null=True)),
                ("deal_id", models.BigIntegerField(null=True)),
                ("campaign_id", models.BigIntegerField(null=True)),
                ("actor_id", models.BigIntegerField(null=True)),
                ("side", models.CharField(max_length=10)),
                ("touch", models.CharField(max_length=15)),
                ("origin", models.CharField(max_length=10)),
                ("batch", models.UUIDField(null=True)),
                ("payload", models.JSONField()),
                ("depth", models.PositiveSmallIntegerField(default=0)),
                ("retracted_at", models.DateTimeField(null=True)),
                (
                    "caused_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="core.factrecord",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Firing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("due_at", models.DateTimeField()),
                (
                    "fired_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("name", "due_at"), name="fires_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Job",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("task", models.CharField(max_length=200)),
                ("arguments", models.JSONField()),
                ("queue", models.CharField(max_length=40)),
                ("priority", models.SmallIntegerField()),
                ("due_at", models.DateTimeField()),
                ("dedupe_key", models.CharField(max_length=64, null=True, unique=True)),
                ("owner", models.CharField(default="", max_length=80)),
                ("attempt", models.PositiveSmallIntegerField(default=0)),
                (
                    "enqueued_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("started_at", models.DateTimeField(null=True)),
                ("finished_at", models.DateTimeField(null=True)),
                ("result", models.JSONField(null=True)),
                ("error", models.TextField(default="")),
                ("is_dead", models.BooleanField(default=False)),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.OrderBy(models.F("priority"), descending=True),
                        models.F("due_at"),
                        models.F("id"),
                        condition=models.Q(("finished_at", None)),
                        name="job_open",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ParkedFact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("subscriber", models.CharField(max_length=200)),
                ("error", models.TextField()),
                (
                    "parked_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                (
                    "fact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="core.factrecord"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="factrecord",
            index=models.Index(
                condition=models.Q(("position", None)), fields=["id"], name="fact_unnumbered"
            ),
        ),
        migrations.AddIndex(
            model_name="factrecord",
            index=models.Index(fields=["name", "happened_at"], name="fact_by_name"),
        ),
        migrations.AddIndex(
            model_name="factrecord",
            index=models.Index(
                condition=models.Q(("batch__isnull", False)), fields=["batch"], name="fact_of_batch"
            ),
        ),
        migrations.AddIndex(
            model_name="factrecord",
            index=models.Index(
                condition=models.Q(("person_id__isnull", False)),
                fields=["person_id", "happened_at"],
                name="fact_of_person",
            ),
        ),
        migrations.AddIndex(
            model_name="factrecord",
            index=models.Index(
                condition=models.Q(("company_id__isnull", False)),
                fields=["company_id", "happened_at"],
                name="fact_of_company",
            ),
        ),
        migrations.AddIndex(
            model_name="factrecord",
            index=models.Index(
                condition=models.Q(("deal_id__isnull", False)),
                fields=["deal_id", "happened_at"],
                name="fact_of_deal",
            ),
        ),
        migrations.AddIndex(
            model_name="factrecord",
            index=models.Index(
                condition=models.Q(("campaign_id__isnull", False)),
                fields=["campaign_id", "happened_at"],
                name="fact_of_campaign",
            ),
        ),
        migrations.AddConstraint(
            model_name="parkedfact",
            constraint=models.UniqueConstraint(fields=("subscriber", "fact"), name="parked_once"),
        ),
        migrations.RunPython(tune_postgres, migrations.RunPython.noop, elidable=False),
    ]
