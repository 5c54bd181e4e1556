"""Room 5: the familiar face: fit, predict, score. No mathematics here."""
