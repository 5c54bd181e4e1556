"""Room 3: how to go downhill. It knows an objective only by its methods, never a model."""
