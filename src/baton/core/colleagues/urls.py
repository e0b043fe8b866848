from django.urls import path

from baton.core.colleagues import views

app_name = "colleagues"
urlpatterns = [
    path("<slug:kind>/<uuid:key>/share/", views.share, name="share"),
    path("<slug:kind>/<uuid:key>/unshare/", views.unshare, name="unshare"),
]
