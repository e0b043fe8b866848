from django.urls import path

from baton.qualification.scoring import views

app_name = "scoring"
mounted_at = "score/"
urlpatterns = [
    path("", views.rules, name="rules"),
    path("new/", views.edit, name="new"),
    path("foresight/", views.foresight, name="foresight"),
    path("foresight/learn/", views.ask, name="learn"),
    path("foresight/stop/", views.stop, name="stop"),
    path("foresight/<uuid:key>/", views.foresight, name="version"),
    path("foresight/<uuid:key>/use/", views.use, name="use"),
    path("<uuid:key>/", views.edit, name="edit"),
    path("<uuid:key>/delete/", views.delete, name="delete"),
]
