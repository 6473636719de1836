"""WSGI entry point: pages are served over WSGI (measured cheaper than ASGI, see docs/adr)."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mosaique.config.settings")
application = get_wsgi_application()
