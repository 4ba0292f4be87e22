"""Addresses: the desk's, the public pages', the API's, those of other software."""

from django.urls import include, path

from releve.config import health

urlpatterns = [
    path("health", health.health, name="health"),
    path("api/v1/", include("releve.channels.api.urls")),
    path("", include("releve.interop.ical.urls")),
    path("", include("releve.channels.web.urls")),
    path("", include("releve.demo.urls")),
    path("", include("releve.desk.urls")),
]
