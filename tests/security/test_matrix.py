"""Every route × role × (own / neighbour's / missing) against the written table."""

import re
from urllib.parse import quote

import pytest
from django.urls import URLPattern, get_resolver, reverse

from tests import factories
from tests.security import table
from tests.security.world import ACTORS, MARKS, foreign_to, text_of

pytestmark = pytest.mark.django_db  # each test in a savepoint of the world it looks at
VARYING = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
OUTSIDE = {"anonymous", "token"}  # pages send them to sign in


def routes():
    """(name, pattern text) of everything that the resolver knows."""

    def walk(resolver, names, text):
        for pattern in resolver.url_patterns:
            here = text + str(pattern.pattern)
            if isinstance(pattern, URLPattern):
                yield ":".join([*names, pattern.name or f"({here})"]), here
            else:
                yield from walk(pattern, [*names, pattern.namespace] if pattern.namespace else names, here)

    return list(walk(get_resolver(), [], ""))


def cases():
    """route name → (method, model or None, arguments, seven statuses), from the table alone."""
    found = {name: (*row[:3], row[3].split()) for name, row in table.PAGES.items()}
    for prefix, model in table.REST.items():
        found[f"api:{prefix}-list"] = ("GET", None, {}, table.READS.split())
        found[f"api:{prefix}-detail"] = ("GET", model, {}, table.READS.split())
    for model in table.ADMIN:
        for view in table.ADMIN_VIEWS:
            keyed = model if view in {"change", "history", "delete"} else None
            name = f"admin:{model._meta.app_label}_{model._meta.model_name}_{view}"
            found[name] = ("GET", keyed, {}, table.admin_statuses(model, view))
    return found


CASES = cases()
# The admin's own: `<key>/` leads on to `<key>/change/`, an app's list to what the role may see, the rest is 404.
UNNAMED = re.compile(r"admin:\(admin/\w+/\w+/<path:object_id>/\)|admin:\(admin/\(\?P<url>\.\*\)\$\)|admin:app_list")


def address(world, name, model, arguments, whose):
    if model is None:
        return reverse(name, kwargs=arguments)
    key = world.key(model, whose)
    if name.startswith("admin:") and not name.endswith(("_reset", "_unlock", "_revoke")):
        key = world.rows[whose][model].pk if whose else key
        return reverse(name, args=[key])
    return reverse(name, kwargs=arguments | {("code" if hasattr(model, "code") else "pk"): key})


def test_every_route_has_a_row():
    names = {name for name, _ in routes() if not UNNAMED.fullmatch(name)}

    assert names - set(CASES) == set(), "routes without a row in tests/security/table.py"
    assert set(CASES) - names == set(), "rows of routes that are gone"


@pytest.mark.parametrize("name", CASES)
def test_own_place(world, name):
    method, model, arguments, expected = CASES[name]
    url = address(world, name, model, arguments, factories.OWN)

    found = [str(world.clients[actor].generic(method, url).status_code) for actor in ACTORS]

    assert dict(zip(ACTORS, found, strict=True)) == dict(zip(ACTORS, expected, strict=True))


KEYED = {name: case for name, case in CASES.items() if case[1] is not None}
WRITERS = ("county", "clerk", "token")


def answers_alike(world, name, actor, method):
    """The one status with which a foreign and a missing row answer; fails when anything tells them apart."""
    _, model, arguments, _ = CASES[name]
    urls = [address(world, name, model, arguments, whose) for whose in (foreign_to(actor), None)]
    foreign, missing = (world.clients[actor].generic(method, url) for url in urls)
    assert foreign.status_code == missing.status_code, (actor, method)
    told = [plain(answer, url) for answer, url in zip((foreign, missing), urls, strict=True)]
    assert told[0] == told[1], (actor, method)
    return foreign.status_code


def plain(answer, url):
    """An answer without its own address and what differs every time: CSRF token, id of the request."""
    text = answer.content.decode().replace(url, "").replace(quote(url, safe=""), "")
    return VARYING.sub("", text.replace(answer.headers.get("X-Request-Id", "-"), ""))


@pytest.mark.parametrize("name", KEYED)
def test_foreign_answers_like_missing(world, name):
    method, _, _, expected = KEYED[name]

    for actor, own in zip(ACTORS, expected, strict=True):
        status = str(answers_alike(world, name, actor, method))
        turned_away = own in {"401", "403"} or actor in OUTSIDE
        assert status == "404" or (turned_away and status == own), actor


@pytest.mark.parametrize("name", [name for name, case in KEYED.items() if case[0] == "GET"])
def test_foreign_rows_are_not_written_either(world, name):
    for actor in WRITERS:
        methods = ("POST", "PATCH", "DELETE") if name.startswith("api:") else ("POST",)
        for method in methods:
            assert answers_alike(world, name, actor, method) in {302, 403, 404, 405}, (actor, method)


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if "200" in case[3] and case[0] == "GET"])
def test_no_page_shows_the_place_beside(world, name):
    _, model, arguments, expected = CASES[name]
    url = address(world, name, model, arguments, factories.OWN)

    for actor, status in zip(ACTORS, expected, strict=True):
        page = text_of(world.clients[actor].get(url)) if status == "200" else ""
        assert MARKS[foreign_to(actor)] not in page, actor


def test_the_marks_are_really_there(world):
    page = world.clients["county"].get("/admin/talent/person/").content.decode()

    assert MARKS[factories.OWN] in page
    assert MARKS[factories.NEIGHBOUR] in page
    assert MARKS[factories.NEIGHBOUR] not in world.clients["clerk"].get("/admin/talent/person/").content.decode()
