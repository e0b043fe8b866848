from django.urls import path

from baton.core.changes.views import trash, undoing

app_name = "changes"
urlpatterns = [
    path("<uuid:batch>/undo/", undoing.undo, name="undo"),
    path("trash/", trash.trash, name="trash"),
    path("trash/<slug:kind>/<uuid:key>/restore/", trash.restore, name="restore"),
]
