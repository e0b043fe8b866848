"""An index that repeats the beginning of another one: rows pay for it, no question needs it."""

from typing import Any

from django.db.migrations.operations.fields import FieldOperation
from django.db.migrations.state import ProjectState
from django.db.models import Index


class DropRepeatedIndex(FieldOperation):
    """A field loses the index of its own (``db_index=False``).

    For the same Django makes the whole table anew on SQLite; here only the index goes, found by
    its column, whatever it is called.
    """

    def __init__(self, model_name: str, name: str) -> None:
        super().__init__(model_name, name)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, [self.model_name, self.name], {}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        field = state.models[app_label, self.model_name_lower].fields[self.name].clone()
        field.db_index = False
        state.alter_field(app_label, self.model_name_lower, self.name, field, preserve_default=True)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: Any,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        model = from_state.apps.get_model(app_label, self.model_name)
        column = model._meta.get_field(self.name).column
        kept = {one.name for one in (*model._meta.indexes, *model._meta.constraints)}
        found = schema_editor._constraint_names(
            model, [column], index=True, unique=False, type_=Index.suffix, exclude=kept
        )
        for name in found:
            schema_editor.execute(schema_editor._delete_index_sql(model, name))

    def database_backwards(
        self,
        app_label: str,
        schema_editor: Any,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        model = to_state.apps.get_model(app_label, self.model_name)
        for sql in schema_editor._field_indexes_sql(model, model._meta.get_field(self.name)):
            schema_editor.execute(sql)

    def describe(self) -> str:
        return f"Drop the index of {self.name} on {self.model_name} that repeats another one"

    @property
    def migration_name_fragment(self) -> str:
        return f"{self.model_name_lower}_{self.name_lower}_index"
