"""A paused queue is told to those who can mend it, and goes on at the press of a button."""

from feedback.outbox import queries, service


def test_an_administrator_lets_a_paused_queue_go_on(login):
    """EML-11."""
    service.pause_queue("login", "535 wrong password")
    client = login("admin")
    assert "535 wrong password" in client.get("/campaigns").text
    assert client.post("/campaigns/resume-sending").status_code == 303
    assert queries.find_pause() is None


def test_a_manager_cannot_let_it_go_on(login):
    """SEC-09."""
    service.pause_queue("login", "535")
    assert login("manager").post("/campaigns/resume-sending").status_code == 403
    assert queries.find_pause() is not None
