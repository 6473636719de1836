"""The floor's own settings: Django's defaults, the same database engine and options as ours, debug off."""

import copy

from mosaique.config import settings as ours

DATA = ours.DATA
SECRET_KEY = ours.SECRET_KEY
ALLOWED_HOSTS = ["*"]
DEBUG = False
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "mosaique.bench.floor",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
ROOT_URLCONF = "mosaique.bench.floor.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]
DATABASES = copy.deepcopy(ours.DATABASES)
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["NAME"] = str(DATA / "floor.sqlite3")
else:
    # The same server, apart from our tables.
    DATABASES["default"].setdefault("OPTIONS", {})["options"] = "-c search_path=floor"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LOGIN_URL = "/"
USE_TZ = True
