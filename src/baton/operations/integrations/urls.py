from django.urls import path

from baton.operations.integrations import views

app_name = "integrations"
mounted_at = "settings/webhooks/"
urlpatterns = [
    path("", views.endpoints, name="endpoints"),
    path("new/", views.new_endpoint, name="new-endpoint"),
    path("<uuid:key>/", views.endpoint, name="endpoint"),
    path("<uuid:key>/edit/", views.edit, name="edit-endpoint"),
    path("<uuid:key>/switch/", views.switch, name="switch-endpoint"),
    path("<uuid:key>/test/", views.test, name="test-endpoint"),
    path("<uuid:key>/secret/", views.rotate, name="rotate-secret"),
    path("<uuid:key>/again/", views.replay_failed, name="replay-failed"),
    path("<uuid:key>/delete/", views.delete, name="delete-endpoint"),
    path("sent/<uuid:key>/", views.delivery, name="delivery"),
    path("sent/<uuid:key>/again/", views.replay, name="replay-delivery"),
]
