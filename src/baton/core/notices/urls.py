from django.urls import path

from baton.core.notices import chats, choosing, pwa, views

app_name = "notices"
mounted_at = ""
urlpatterns = [
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/read/", views.read, name="read"),
    path("inbox/read/<int:stamp>/undo/", views.unread, name="unread"),
    path("inbox/done/", views.done, name="done"),
    path("inbox/done/<int:stamp>/undo/", views.undone, name="undone"),
    path("inbox/<uuid:key>/", views.open_one, name="open"),
    path("account/notices/", choosing.kinds, name="kinds"),
    path("account/notices/times/", choosing.times, name="times"),
    path("account/notices/chat/", chats.own, name="chat"),
    path("account/notices/devices/", pwa.add, name="add-device"),
    path("account/notices/devices/<uuid:key>/remove/", pwa.remove, name="remove-device"),
    path("account/notices/devices/<uuid:key>/test/", pwa.test, name="test-device"),
    path("worker.js", pwa.worker, name="worker"),
    path("manifest.webmanifest", pwa.manifest, name="manifest"),
    path("p/notices/fewer/", choosing.fewer, name="fewer"),
]
