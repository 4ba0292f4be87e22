"""The public page's addresses."""

from django.urls import path

from releve.channels.web import views

urlpatterns = [
    path("", views.home, name="home"),
    path("discussion/", views.news, name="chat-news"),
]
