"""The WSGI application that granian serves."""

import os
import signal

import django
from django.conf import settings

from releve.config import serving
from releve.config.parent import end_with_parent
from releve.language import warm

end_with_parent(signal.SIGKILL)  # granian's worker would go on without its parent, and keep the port
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "releve.config.settings")
django.setup(set_prefix=False)
serving.attend(settings.ENVIRONMENT.data_dir)

from releve.config.requests import Handler  # noqa: E402 - needs the settings

application = Handler()
warm()
