from django.urls import path

from baton.records.timeline import views

app_name = "timeline"
urlpatterns = [
    path("tasks/", views.tasks, name="tasks"),
    path("tasks/all/", views.all_tasks, name="all-tasks"),
    path("tasks/new/", views.new_task, name="new-task"),
    path("tasks/<uuid:key>/", views.edit_task, name="edit-task"),
    path("tasks/<uuid:key>/cell/<slug:name>/", views.edit_task_cell, name="task-cell"),
    path("tasks/<uuid:key>/finish/", views.finish_task, name="finish-task"),
    path("tasks/<uuid:key>/reopen/", views.reopen_task, name="reopen-task"),
    path("tasks/<uuid:key>/delete/", views.delete_task, name="delete-task"),
    path("notes/<uuid:key>/", views.edit_note, name="edit-note"),
    path("notes/<uuid:key>/delete/", views.delete_note, name="delete-note"),
    path("notes/<uuid:key>/pin/", views.pin_note, name="pin-note"),
    path("activities/<uuid:key>/", views.edit_activity, name="edit-activity"),
    path("activities/<uuid:key>/delete/", views.delete_activity, name="delete-activity"),
    path("activities/<uuid:key>/pin/", views.pin_activity, name="pin-activity"),
    path("undo/<uuid:batch>/", views.undo, name="undo"),
    path("<slug:kind>/<uuid:key>/", views.subject, name="subject"),
    path("<slug:kind>/<uuid:key>/write/", views.write, name="write"),
    path("<slug:kind>/<uuid:key>/draft/", views.draft, name="draft"),
    path("<slug:kind>/<uuid:key>/colleagues/", views.colleagues, name="colleagues"),
]
