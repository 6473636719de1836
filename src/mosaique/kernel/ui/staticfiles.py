"""Static files under names that carry their digest: a browser keeps them for ever and never shows an old one."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Storage(CompressedManifestStaticFilesStorage):
    """Hashed and compressed by `collectstatic`; plain names as long as it has not run (tests, a fresh checkout)."""

    def url(self, name: str, force: bool = False) -> str:
        if not self.hashed_files:
            return f"{self.base_url}{name}"
        return super().url(name, force)
