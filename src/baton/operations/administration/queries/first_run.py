from baton.core.access.queries import who_can_sign_in
from baton.core.settings.models import Organisation


def needs_set_up() -> bool:
    """No company, and nobody who could sign in and make one."""
    return not Organisation.objects.filter(pk=1).exists() and not who_can_sign_in().exists()
