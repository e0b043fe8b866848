from django.urls import path

from baton.sales.scheduling.views import bookings, given, leads, own, public

app_name = "scheduling"
mounted_at = ""  # the public space is /meet/, the staff's /meetings/ and /account/
urlpatterns = [
    path("meet/lead/<str:token>/", leads.lead, name="lead"),
    path("meet/booked/<str:token>/", given.booked, name="booked"),
    path("meet/booked/<str:token>/meeting.ics", given.calendar, name="calendar"),
    path("meet/booked/<str:token>/move/", given.move, name="move"),
    path("meet/booked/<str:token>/cancel/", given.cancel, name="cancel"),
    path("meet/<slug:slug>/", public.page, name="page"),
    path("account/booking/", own.own, name="own"),
    path("account/booking/delete/", own.delete, name="delete-page"),
    path("meetings/", bookings.bookings, name="bookings"),
    path("meetings/<uuid:key>/", bookings.booking, name="booking"),
    path("meetings/<uuid:key>/move/", bookings.move, name="move-booking"),
    path("meetings/<uuid:key>/cancel/", bookings.cancel, name="cancel-booking"),
    path("meetings/<uuid:key>/mark/", bookings.mark, name="mark"),
    path("meetings/<uuid:key>/unmark/", bookings.unmark, name="unmark"),
]
