from uuid import UUID

from django import forms
from django.db.models import QuerySet

from baton.core.access.models import User
from baton.core.ui.widgets import KeptChoiceField

KEY = UUID(int=7)


def test_kept_choice_that_a_form_declares_is_shown_by_its_kept_question():
    asked: list[str] = []

    def among() -> QuerySet[User]:
        asked.append("among")
        return User.objects.none()

    class Form(forms.Form):
        owner = KeptChoiceField(
            among=among, shown=lambda: [User(pk=1, key=KEY, name="Mara")], to_field_name="key"
        )

    for _each in range(2):
        assert ">Mara</option>" in str(Form()["owner"])
    assert asked == []
