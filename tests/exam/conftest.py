import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
collect_ignore_glob = ["second_catalogue/*", "third_catalogue/*", "fourth_catalogue/*"]
"""Candidates, which their tests load one by one; some need PyTorch."""
