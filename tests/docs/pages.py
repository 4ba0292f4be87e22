"""Reads Markdown: sections by heading, tables, code blocks, links, anchors."""

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FENCE = re.compile(r"^ *```(\w*)\n(.*?)^ *```$", re.DOTALL | re.MULTILINE)
HEADING = re.compile(r"^(#{1,6}) (.+?)\s*$", re.MULTILINE)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


def markdown() -> list[Path]:
    """Every Markdown file of the project, its dependencies and data apart."""
    inside = [p for folder in ("docs", "bench", "src", "tests") for p in (ROOT / folder).rglob("*.md")]
    return sorted([*ROOT.glob("*.md"), *inside])


def reference(name: str) -> str:
    return (ROOT / "docs" / "reference" / f"{name}.md").read_text(encoding="utf-8")


def sections(text: str) -> dict[str, str]:
    """Heading, without its `backquotes`, to the text under it, sub-headings apart."""
    bare = FENCE.sub(lambda m: re.sub(r"(?m)^", "    ", m[0]), text)
    parts = HEADING.split(bare)
    return {parts[i + 1].replace("`", ""): parts[i + 2] for i in range(1, len(parts), 3)}


def table(section: str) -> dict[str, list[str]]:
    """First cell, without its `backquotes`, to the other cells."""
    rows = [[c.strip() for c in line.strip("|").split("|")] for line in section.splitlines() if line.startswith("|")]
    return {row[0].replace("`", ""): row[1:] for row in rows[2:]}


def blocks(path: Path) -> Iterator[tuple[str, str]]:
    """Language and code of each block; blocks of a list lose its indentation."""
    for match in FENCE.finditer(path.read_text(encoding="utf-8")):
        indent = len(match[0]) - len(match[0].lstrip(" "))
        yield match[1], re.sub(rf"(?m)^ {{1,{indent}}}", "", match[2]) if indent else match[2]


def links(path: Path) -> list[str]:
    """Relative targets, with their anchors."""
    prose = FENCE.sub("", path.read_text(encoding="utf-8"))
    return [target for target in LINK.findall(prose) if not re.match(r"[a-z]+:", target)]


def anchors(path: Path) -> set[str]:
    prose = FENCE.sub("", path.read_text(encoding="utf-8"))
    titles = (title for _, title in HEADING.findall(prose))
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}
