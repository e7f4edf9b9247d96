"""Letters out of the door: queued with the deed that causes them, claimed, sent, recorded."""
