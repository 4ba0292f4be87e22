from django.urls import path

from releve.channels.api import views

urlpatterns = [
    path("conversations", views.conversations, name="api-conversations"),
    path("conversations/<uuid:conversation>/messages", views.messages, name="api-messages"),
    path("<path:rest>", views.unknown, name="api-unknown"),
]
