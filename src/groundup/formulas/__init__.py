"""Room 1: the formulas. Pure functions of arrays: no data, no loops over rows, no randomness, no state."""
