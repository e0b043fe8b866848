from django.urls import path

from baton.core.editing import views

app_name = "editing"
mounted_at = "bulk/"
urlpatterns = [
    path("runs/<uuid:key>/", views.run, name="run"),
    path("runs/<uuid:key>/cancel/", views.cancel, name="cancel"),
    path("runs/<uuid:key>/undo/", views.take_back, name="undo"),
    path("<slug:listing>/which/field/", views.many, name="many"),
    path("<slug:listing>/<slug:name>/", views.act, name="act"),
]
