"""The address that other software reads."""

from django.urls import path

from releve.interop.ical import feed

urlpatterns = [path("agenda/flux/<str:key>.ics", feed.calendar, name="agenda-feed")]
