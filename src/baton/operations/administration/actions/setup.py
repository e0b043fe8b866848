from datetime import datetime

from django.db import transaction

from baton.core.access.actions import create_user
from baton.core.access.models import User
from baton.core.access.roles import Role
from baton.core.settings.actions import set_up_organisation
from baton.core.settings.models import Organisation
from baton.core.settings.slots import first_steps


@transaction.atomic
def set_up(
    *,
    admin_email: str,
    password: str | None,
    at: datetime,
    company: str = "",
    zone: str = "UTC",
    currency: str = "EUR",
    country: str = "",
) -> tuple[User, bool]:
    """The company, its first admin, and what each module needs; (admin, was the user made now).

    Safe to run again: an existing company and user stay as they are.
    """
    if not Organisation.objects.filter(pk=1).exists():
        set_up_organisation(
            name=company or "My company", zone=zone, base_currency=currency, country=country
        )
    admin = User.objects.filter(email__iexact=admin_email, deleted_at=None).first()
    is_new = admin is None
    if admin is None:
        name = admin_email.partition("@")[0].replace(".", " ").title()
        admin = create_user(name=name, role=Role.OWNER, email=admin_email, password=password)
    for step in sorted(first_steps, key=lambda step: step.order):
        step.run(admin.pk, at)
    return admin, is_new
