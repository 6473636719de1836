"""One settings file, typed by the environment (see README: PORT, MOSAIQUE_DATA, DATABASE_URL, EMAIL_URL, MOSAIQUE_URL)."""

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

import environ

PACKAGE = Path(__file__).resolve().parent.parent
ROOT = PACKAGE.parent.parent
env = environ.Env()

DATA = Path(env.str("MOSAIQUE_DATA", default=str(ROOT / "var"))).resolve()
DATA.mkdir(parents=True, exist_ok=True)
DEMO = env.bool("MOSAIQUE_DEMO", default=False)
DEBUG = env.bool("MOSAIQUE_DEBUG", default=False)


def _secret_key() -> str:
    """Made once, kept beside the data: a key in a repository or an environment ends up copied."""
    path = DATA / "secret.key"
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:  # two processes starting at once: the first one's key is the key
            return path.read_text().strip()
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(48))
        return path.read_text().strip()


SECRET_KEY = _secret_key()
PUBLIC_URL = env.str("MOSAIQUE_URL", default=f"http://localhost:{env.str('PORT', default='8000')}").rstrip(
    "/"
)
_public = urlsplit(PUBLIC_URL)
SECURE = _public.scheme == "https"
ALLOWED_HOSTS = [_public.hostname or "localhost", "localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if SECURE else []

ROOMS = [
    "bench", "demo", "desk", "notices", "consultation", "scheme", "costing", "inventory",
    "discussions", "files", "spaces", "assistance", "accounts", "journal", "access", "territory", "kernel",
]  # fmt: skip
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_tasks",
    "django_tasks_db",
    "mosaique.kernel.ui",
    *[f"mosaique.{room}" for room in ROOMS],
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "mosaique.config.compression.CompressText",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "mosaique.access.middleware.ActorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "mosaique.config.urls"
WSGI_APPLICATION = "mosaique.config.wsgi.application"
LOADERS = ["mosaique.kernel.ui.loader.Loader"]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "OPTIONS": {
            "loaders": [("django.template.loaders.cached.Loader", LOADERS)] if not DEBUG else LOADERS,
            "builtins": ["mosaique.kernel.ui.templatetags.ui"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "mosaique.config.chrome.chrome",
            ],
        },
    }
]
FORM_RENDERER = "mosaique.kernel.ui.forms.Renderer"

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{DATA / 'mosaique.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # IMMEDIATE: a read-then-write transaction never meets "database is locked"; FULL: an acknowledged
    # commit survives a power cut (docs/adr/0009).
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=20000; "
            "PRAGMA foreign_keys=ON; PRAGMA cache_size=-8000;"
        ),
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
# One connection a process, kept: opening one costs a page as much as a third of its queries.
DATABASES["default"]["CONN_MAX_AGE"] = None
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "kernel_cache",
        "OPTIONS": {
            "MAX_ENTRIES": 100_000
        },  # one entry per address and hour: rate limits must not be culled early
    }
}
SCHEDULE = "mosaique.config.schedule"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

AUTH_USER_MODEL = "access.Person"
AUTHENTICATION_BACKENDS = ["mosaique.access.auth.MailboxBackend"]
_VALIDATION = "django.contrib.auth.password_validation."
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": _VALIDATION + "UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("given_name", "family_name", "email")},
    },
    {"NAME": _VALIDATION + "MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": _VALIDATION + "CommonPasswordValidator"},
    {"NAME": _VALIDATION + "NumericPasswordValidator"},
]
LOGIN_URL = "sign_in"
SESSION_ENGINE = "mosaique.kernel.sessions"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SESSION_COOKIE_NAME = "mosaique_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
CSRF_FAILURE_VIEW = "mosaique.kernel.ui.errors.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 30 if SECURE else 0
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "mosaique.kernel.ui.staticfiles.Storage"},
}
MEDIA_ROOT = DATA / "fichiers"
MEDIA_URL = ""
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 6000  # an inventory of 300 lines sent without JavaScript

if DEMO:  # messages are read at /demo/courrier/: invented people receive none
    EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
elif env.str("EMAIL_URL", default=""):
    vars().update(env.email("EMAIL_URL"))
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DATA / "courrier"
#: Who runs this instance for the bodies (« processor »), as written on « Vos données »: name, address, e-mail.
HOST_NAME = env.str(
    "MOSAIQUE_HOST", default="Personne : cette démonstration tourne sur votre machine." if DEMO else ""
)
DEFAULT_FROM_EMAIL = env.str(
    "MOSAIQUE_FROM", default=f"Mosaïque <ne-pas-repondre@{_public.hostname or 'localhost'}>"
)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
SILENCED_SYSTEM_CHECKS = [
    "auth.W004",  # USERNAME_FIELD names a unique handle; e-mail is deliberately not unique (docs/adr/0003)
    "security.W005",  # binding every subdomain of a commune's domain to HTTPS is not ours to decide,
    "security.W021",  # nor is entering it in the browsers' lists, which is hard to undo;
    "security.W008",  # the proxy that holds the certificate redirects.
]
