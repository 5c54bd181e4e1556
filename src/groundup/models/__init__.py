"""Room 4: parameters and rows to scores; scores and labels to one number."""
