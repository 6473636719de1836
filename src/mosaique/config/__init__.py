"""Settings, URLs, periodic work and server entry points: the only room that knows every other."""
