"""Threads of a space: a question with its four lines, posts that may take a position, moderation, the relevé.

Nouns: Thread, Post (with its kept PostVersions), Releve and its deliveries.
Doors: `services.open_thread`, `services.write_post`, `services.write_releve`; `destinations.register` (a room above
says where a relevé may be put); `queries.releve_doc` and `queries.position_lines` (what it holds, ready to use).
URL names: `threads`, `thread`, `thread_open`, `post_edit`, `releve_edit`, `releve_deliver`.
"""
