"""The demonstration's one address, for signed-in people."""

from releve.demo import views
from releve.desk.urls import staff

urlpatterns = [staff("demonstration/", views.speed, "simulation")]
