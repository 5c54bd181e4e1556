"""Every example in README and docs is run, every link is followed: a page that lies fails the build.

python scripts/check_docs.py
"""

import doctest
import re
import sys
import warnings
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
FLAGS = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS


def examples(page: Path) -> list[str]:
    """The examples of a page that do not print what the page says."""
    said: list[str] = []
    test = doctest.DocTestParser().get_doctest(
        page.read_text(encoding="utf-8").replace("\n```", "\n\n```"), {"__name__": "__main__"}, page.name, str(page), 0
    )
    doctest.DocTestRunner(optionflags=FLAGS, verbose=False).run(test, out=said.append)
    return ["".join(said)] if said else []


def links(page: Path) -> list[str]:
    """The links of a page that lead to no file."""
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    targets = re.findall(r"\]\(([^)\s]+)\)", text)
    local = [t.partition("#")[0] for t in targets if not t.startswith(("http://", "https://", "mailto:", "#"))]
    return [f"{page.relative_to(ROOT)}: the link {t} leads nowhere" for t in local if not (page.parent / t).exists()]


def main() -> int:
    """Say what is wrong; 1 when anything is."""
    warnings.simplefilter("error")
    wrong = [line for page in PAGES for line in [*examples(page), *links(page)]]
    print("\n".join(wrong) or f"{len(PAGES)} pages: every example runs, every link leads somewhere")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
