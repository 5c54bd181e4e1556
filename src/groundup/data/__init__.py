"""Room 2: where rows come from. It knows nothing of models."""
