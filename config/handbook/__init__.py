"""The pages of the handbook that are written from the code: one per kind of roster, and the answers by message."""

from pathlib import Path

from django.conf import settings

from config.handbook import answers, roster_pages
from rosters import spec

FOLDER = Path(settings.BASE_DIR) / "docs" / "handbook"


def pages():
    """{path below docs/handbook: text} of every generated page."""
    rosters = {f"rosters/{roster.slug}.md": roster_pages.page(roster) for roster in spec.importable()}
    return rosters | {"rosters/README.md": roster_pages.index(spec.importable()), "faq.md": answers.page()}
