from django.urls import path

from baton.core.files import views

app_name = "files"
urlpatterns = [
    path("<slug:kind>/<uuid:key>/", views.record, name="record"),
    path("<uuid:key>/", views.file, name="file"),
    path("<uuid:key>/remove/", views.remove, name="remove"),
]
