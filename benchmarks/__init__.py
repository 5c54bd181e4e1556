"""Ratios against the usual choices, measured in one run: `make bench` for all, `python -m benchmarks.small` for one."""
