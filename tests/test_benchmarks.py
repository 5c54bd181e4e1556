"""The page about the benchmarks is written from what they recorded. Nothing is timed here."""

import json

import pytest

from benchmarks import paired, report


@pytest.fixture
def recorded(tmp_path, monkeypatch):
    file = tmp_path / "record.jsonl"
    monkeypatch.setenv("GROUNDUP_BENCH", str(file))
    paired.line("a slow job", "a peer", paired.Ratio(0.2, 0.1, 0.5), 2.0)
    paired.line("a quick job", "a peer", paired.Ratio(0.1, 0.4, 4.0), 2.0)
    paired.line("a job to look at", "a peer", paired.Ratio(0.1, 0.4, 4.0), 0)
    paired.missing("a quick job", "glum")
    paired.fact("memory", 12.0, "MB", "100 MB", met=True)
    paired.point("rows", "groundup", 10, 0.1)
    paired.point("rows", "groundup", 100, 1.0)
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def test_the_page_keeps_what_people_wrote(recorded, tmp_path, monkeypatch):
    """Kills: a page without its first half, a second run beside the first, dropped goals, a hidden cut."""
    pytest.importorskip("matplotlib", reason="the pictures are matplotlib's")
    (tmp_path / "pictures").mkdir()
    page = tmp_path / "performance.md"
    page.write_text(f"Words.\n\n{report.FIRST}\nold\n{report.LAST}\nMore words.\n", encoding="utf-8")
    monkeypatch.setattr(report, "DOCS", tmp_path)
    for _ in range(2):
        report.write({"lasso": recorded, "small": []}, {"lasso": "", "small": "a line\n(cut off after 9 s)\n"}, 60.0)
    text = page.read_text(encoding="utf-8")
    assert text.startswith("Words.")
    assert text.endswith("More words.\n")
    assert text.count(report.FIRST) == 1
    assert "old" not in text
    goals = text.partition("### Goals")[2].partition("###")[0]
    assert "| a slow job | a peer | 0.50 times faster | 2 | NOT MET |" in goals
    assert "| a quick job | a peer | 4.00 times faster | 2 | met |" in goals
    assert "a job to look at" not in goals
    assert "| memory | | 12 MB | 100 MB | met |" in goals
    assert "| a quick job | glum | | | | | not installed |" in text
    assert "(cut off after 9 s)" in text
    assert (tmp_path / "pictures" / "performance_rows.png").exists()
    assert len(json.loads((tmp_path / "performance.json").read_text(encoding="utf-8"))["records"]["lasso"]) == 7


def test_nothing_is_recorded_without_a_file(monkeypatch, tmp_path):
    monkeypatch.delenv("GROUNDUP_BENCH", raising=False)
    monkeypatch.chdir(tmp_path)
    assert paired.line("job", "peer", paired.Ratio(1.0, 2.0, 2.0), 3.0).endswith("| 2.00 | 3 | NOT MET |")
    assert not list(tmp_path.iterdir())
