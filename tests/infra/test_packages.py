"""What is installed, and what must never be."""

import importlib.metadata
import importlib.util
import re
import subprocess
import sys
from pathlib import Path

from django.db.backends.postgresql.psycopg_any import is_psycopg3

ROOT = Path(__file__).resolve().parents[2]
DIRECT, BROUGHT_ALONG = (ROOT / "requirements.txt").read_text(encoding="utf-8").split("# What those bring along")


def normal(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def needed_by(name):
    """The packages that `name` asks for here, all the way down."""
    found = {normal(name)}
    for requirement in importlib.metadata.requires(name) or ():
        wanted = re.match(r"[\w.-]+", requirement).group()
        if "extra ==" not in requirement and _installed(wanted) and normal(wanted) not in found:
            found |= needed_by(wanted)
    return found


def _installed(name):
    return any(importlib.metadata.distributions(name=name))


def test_psycopg_3_cannot_be_imported():
    """Django prefers it silently; everything here is tried on psycopg2."""
    assert importlib.util.find_spec("psycopg") is None
    assert is_psycopg3 is False


def test_what_is_installed_fits_together():
    done = subprocess.run([sys.executable, "-m", "pip", "check"], capture_output=True, text=True)

    assert done.returncode == 0, done.stdout


def test_every_direct_requirement_has_its_reason():
    lines = [line for line in DIRECT.splitlines() if line and not line.startswith("#")]

    assert [line for line in lines if not re.fullmatch(r"[\w.-]+==[\w.]+  # \w.{10,}", line)] == []


def test_every_direct_requirement_is_used():
    """By an import, by a name in the settings, or as a program."""
    sources = [path for path in ROOT.rglob("*.py") if ".venv" not in path.parts]
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources) + (ROOT / "script" / "test").read_text()
    names = re.findall(r"^([\w.-]+)==", DIRECT, re.M)

    assert [name for name in names if not any(module in text for module in _modules(name))] == []


def _modules(name):
    """What can be imported of a distribution, as it would stand in a source."""
    provided = importlib.metadata.packages_distributions()
    modules = [module for module, names in provided.items() if normal(name) in map(normal, names)]
    return [f"{word} {module}" for module in modules for word in ("import", "from")] + [
        f'"{module}' for module in modules
    ]


def test_the_second_block_is_what_the_first_brings_along():
    direct = {normal(name) for name in re.findall(r"^([\w.-]+)==", DIRECT, re.M)}
    listed = {normal(name) for name in re.findall(r"^([\w.-]+)==", BROUGHT_ALONG, re.M)}

    assert set().union(*map(needed_by, direct)) - direct == listed
