from django.urls import path

from baton.core.calendars import views

app_name = "calendars"
mounted_at = ""
urlpatterns = [
    path("account/leave/", views.own, name="own"),
    path("account/leave/<uuid:key>/", views.edit, name="edit"),
    path("account/leave/<uuid:key>/delete/", views.delete, name="delete"),
    path("settings/users/<uuid:key>/leave/", views.of_user, name="of"),
]
