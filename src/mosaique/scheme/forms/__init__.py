"""Forms of the scheme: what a person may type, read strictly, refused in French."""
