from typing import Any

import django.db.models.deletion
from django.db import migrations, models

CARRIED = ("gives", "quiet_days", "checkin_well", "checkin_watch", "checkin_risk")
# What the kind of agreement does not use, as every first version has it.
UNUSED = {
    "threshold": 70,
    "grace_minutes": 30,
    "attempts": 5,
    "attempt_days": 10,
    "recycle_days": 90,
}


def carry_over(apps: Any, schema_editor: Any) -> None:
    """What was agreed as one row is version 1, in the name of the company's owner, in force since
    that row was made; what was handed over and is owed still goes on under it."""
    row = apps.get_model("customers", "FavourTerms").objects.filter(pk=1).first()
    users = apps.get_model("access", "User").objects.filter(deleted_at=None)
    signer = users.filter(role__in=["owner", "admin"]).order_by("-role", "pk").first()
    if row is None or signer is None:
        return
    minutes = {"accept_minutes": row.accept_minutes, "respond_minutes": row.call_minutes}
    agreement = apps.get_model("handoff", "Agreement").objects.create(
        kind="ae_to_owner",
        version=1,
        **UNUSED,
        **minutes,
        **{f"hand_raise_{name}": value for name, value in minutes.items()},
        **{name: getattr(row, name) for name in CARRIED},
        given_to_id=row.owner_id,
        signed_for_sales_by=signer,
        signed_for_sales_at=row.created_at,
        signed_for_customers_by=signer,
        signed_for_customers_at=row.created_at,
        valid_from=row.created_at,
    )
    customers = apps.get_model("customers", "Customer").objects
    customers.exclude(offered_at=None).update(agreement=agreement)


def tell_first_words(apps: Any, schema_editor: Any) -> None:
    """Of notes that are there nobody knows when they were written: with the handover."""
    customers = apps.get_model("customers", "Customer").objects
    customers.exclude(note="").exclude(offered_at=None).update(briefed_at=models.F("offered_at"))


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0010_time_to_sell_again"),
        ("handoff", "0014_agreement_after_the_win"),
    ]
    operations = [
        migrations.RenameModel("Terms", "FavourTerms"),
        # Its table stays: PostgreSQL would keep the old name in those of its constraints.
        migrations.AlterModelTable("FavourTerms", "customers_terms"),
        migrations.AlterModelOptions("favourterms", {"verbose_name": "favour terms"}),
        migrations.AddField(
            "customer",
            "agreement",
            models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="handoff.agreement",
            ),
        ),
        migrations.AddField("customer", "brief_due_at", models.DateTimeField(null=True)),
        migrations.AddField("customer", "briefed_at", models.DateTimeField(null=True)),
        migrations.AddField("customer", "value_due_on", models.DateField(null=True)),
        migrations.AddIndex(
            "customer",
            models.Index(
                condition=models.Q(("offered_at__isnull", False)),
                fields=["offered_at"],
                name="customer_by_handover",
            ),
        ),
        migrations.AddIndex(
            "customer",
            models.Index(
                condition=models.Q(("value_due_on__isnull", False)),
                fields=["value_due_on"],
                name="customer_by_value_due",
            ),
        ),
        # After the last change to that table: PostgreSQL changes none whose rows wait for a check.
        migrations.RunPython(carry_over, migrations.RunPython.noop, elidable=True),
        migrations.RunPython(tell_first_words, migrations.RunPython.noop, elidable=True),
        *(
            migrations.RemoveField("favourterms", name)
            for name in ("accept_minutes", "call_minutes", "owner", *CARRIED)
        ),
    ]
