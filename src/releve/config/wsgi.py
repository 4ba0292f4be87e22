"""The WSGI application that granian serves."""

import os
import signal

from django.core.wsgi import get_wsgi_application

from releve.config.parent import end_with_parent
from releve.language import warm

end_with_parent(signal.SIGKILL)  # granian's worker would go on without its parent, and keep the port
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "releve.config.settings")
application = get_wsgi_application()
warm()
