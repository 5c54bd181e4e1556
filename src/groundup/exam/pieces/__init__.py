"""Pieces of a file that learn nothing by themselves: layers, losses, scalers, splits. Each module knows one kind.

kind_of(thing)    whether a class or function is one of them
a class           what its questions are asked of: the thing, and how to call it
QUESTIONS         the questions, in order
"""
