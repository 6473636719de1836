"""The floor: session, user, membership check, one indexed query, one template. What any Django page of this kind costs."""
