from django.urls import path

from baton.records.audience import views

app_name = "audience"
mounted_at = "personas/"
urlpatterns = [
    path("", views.personas, name="personas"),
    path("new/", views.edit, name="new"),
    path("assign/<uuid:key>/", views.assign, name="assign"),
    path("<uuid:key>/", views.persona, name="persona"),
    path("<uuid:key>/edit/", views.edit, name="edit"),
    path("<uuid:key>/delete/", views.delete, name="delete"),
]
