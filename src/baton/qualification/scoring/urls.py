from django.urls import path

from baton.qualification.scoring import views

app_name = "scoring"
mounted_at = "score/"
urlpatterns = [
    path("", views.rules, name="rules"),
    path("new/", views.edit, name="new"),
    path("<uuid:key>/", views.edit, name="edit"),
    path("<uuid:key>/delete/", views.delete, name="delete"),
]
