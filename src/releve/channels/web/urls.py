"""The patients' addresses."""

from django.urls import path
from django.views.i18n import set_language

from releve.channels.web import booking, codes, own, ticket, views

urlpatterns = [
    path("", views.home, name="home"),
    path("discussion/", views.news, name="chat-news"),
    path("langue/", set_language, name="page-language"),
    path("rendez-vous/", own.own, name="own"),
    path("rendez-vous/code/", codes.enter, name="own-code"),
    path("rendez-vous/terminer/", own.finish, name="own-finish"),
    path("rendez-vous/prendre/", booking.take, name="take"),
    path("rendez-vous/prendre/verifier/", booking.check, name="booking-check"),
    path("rendez-vous/prendre/fait/", booking.done, name="booking-done"),
    path("rendez-vous/<str:token>/", ticket.show, name="ticket"),
    path("rendez-vous/<str:token>/agenda.ics", ticket.ics, name="ticket-calendar"),
    path("rendez-vous/<str:token>/code/", ticket.ask_code, name="ticket-code"),
    path("rendez-vous/<str:token>/confirmer/", ticket.confirm, name="ticket-confirm"),
    path("rendez-vous/<str:token>/annuler/", ticket.cancel, name="ticket-cancel"),
    path("rendez-vous/<str:token>/deplacer/", ticket.move, name="ticket-move"),
]
