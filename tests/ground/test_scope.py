"""visible_to of every model for every role: own rows, never a neighbour's, none when in doubt."""

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from core import roles
from core.models import ApiToken, AuditEntry, Job, User
from core.scope import ScopedQuerySet, code_range, ensure_visible, inside, scope_code
from talent.models import Person
from tests import factories
from villages.models import Division

pytestmark = pytest.mark.django_db
BUSINESS = [
    model
    for model in apps.get_models()
    if model._meta.app_label in roles.BUSINESS
    and not model._meta.auto_created
    and getattr(model, "scope_area", "business") == "business"
]
READERS = ("county_staff", "township_clerk", "leader", "api_client")
OTHERS = ("auditor", "system_admin")


@pytest.fixture
def rows():
    """{township: {model: row}} for two townships of one county and one of another."""
    return {
        township: factories.one_of_each(township)
        for township in (factories.OWN, factories.NEIGHBOUR, f"{factories.OTHER_COUNTY}100")
    }


def seen(model, user):
    return set(model.objects.visible_to(user).values_list("pk", flat=True))


def test_every_business_model_is_scoped_and_built():
    built = factories.one_of_each(factories.OWN)

    assert set(BUSINESS) == set(built)
    for model in (*BUSINESS, User, ApiToken, AuditEntry, Job):
        assert isinstance(model._default_manager.all(), ScopedQuerySet), model
        assert model.scope_path


@pytest.mark.parametrize("role", READERS)
def test_a_township_sees_its_rows_and_no_neighbours(rows, role):
    user = factories.user(role, factories.OWN)

    for model in BUSINESS:
        assert rows[factories.OWN][model].pk in seen(model, user), model
        assert rows[factories.NEIGHBOUR][model].pk not in seen(model, user), model
        assert rows[f"{factories.OTHER_COUNTY}100"][model].pk not in seen(model, user), model


@pytest.mark.parametrize("role", READERS)
def test_a_county_sees_its_townships_and_no_other_county(rows, role):
    user = factories.user(role, factories.COUNTY)

    for model in BUSINESS:
        assert {rows[factories.OWN][model].pk, rows[factories.NEIGHBOUR][model].pk} <= seen(model, user), model
        assert rows[f"{factories.OTHER_COUNTY}100"][model].pk not in seen(model, user), model


@pytest.mark.parametrize("role", READERS)
def test_a_prefecture_sees_both_counties(rows, role):
    user = factories.user(role, factories.COUNTY[:4])

    for model in BUSINESS:
        assert {built[model].pk for built in rows.values()} <= seen(model, user), model


@pytest.mark.parametrize("role", OTHERS)
def test_who_keeps_accounts_or_the_log_sees_no_business(rows, role):
    user = factories.user(role, factories.COUNTY[:2])

    assert {model: seen(model, user) for model in BUSINESS if seen(model, user)} == {}


def doubtful_users():
    disabled = factories.user("county_staff", is_active=False)
    nowhere = factories.user("county_staff")
    nowhere.division_id = None
    unknown = factories.user("county_staff")
    unknown.role = "retired_role"
    return {
        "anonymous": AnonymousUser(),
        "disabled": disabled,
        "nowhere": nowhere,
        "unknown role": unknown,
        "none": None,
    }


@pytest.mark.parametrize("who", ["anonymous", "disabled", "nowhere", "unknown role", "none"])
def test_none_when_in_doubt(rows, who):
    user = doubtful_users()[who]

    for model in (*BUSINESS, User, ApiToken, AuditEntry, Job):
        assert not seen(model, user), model


def test_accounts_are_seen_by_who_keeps_them_within_the_division():
    county, other = factories.user("system_admin"), factories.user("county_staff", factories.OTHER_COUNTY)
    clerk = factories.user("township_clerk", factories.OWN)
    token, _ = factories.token(factories.user("api_client"))
    foreign, _ = factories.token(factories.user("api_client", factories.OTHER_COUNTY))

    assert {county.pk, clerk.pk} <= seen(User, county)
    assert other.pk not in seen(User, county)
    assert token.pk in seen(ApiToken, county)
    assert foreign.pk not in seen(ApiToken, county)
    for role in ("county_staff", "auditor", "leader", "township_clerk", "api_client"):
        assert not seen(User, factories.user(role))
        assert not seen(ApiToken, factories.user(role))


def test_the_log_is_seen_by_the_auditor_within_the_division():
    from core import audit

    own = audit.record(by=factories.user("township_clerk", factories.OWN), verb="create")
    foreign = audit.record(by=factories.user("county_staff", factories.OTHER_COUNTY), verb="create")
    unknown = audit.record(by=None, verb="login_failed", about="没有这个账号")
    system = audit.record(by=None, verb="load")

    assert seen(AuditEntry, factories.user("auditor")) == {own.pk, unknown.pk}
    assert not {foreign.pk, system.pk} & seen(AuditEntry, factories.user("auditor"))
    for role in ("county_staff", "system_admin", "leader", "township_clerk", "api_client"):
        assert not seen(AuditEntry, factories.user(role))


def test_uploads_are_seen_within_the_division():
    from rosters.models import Upload, UploadRow

    def upload(code):
        account = factories.user("township_clerk", code)
        kept = Upload.objects.create(
            by=account, division=account.division, kind="committee", filename="x.csv", digest="0" * 64, size=1,
            status="read", as_of=factories.START,
        )  # fmt: skip
        UploadRow.objects.create(upload=kept, order=0, excel_row=2, outcome="accept")
        return kept

    own, foreign = upload(factories.OWN), upload(factories.NEIGHBOUR)

    for role in READERS:
        assert seen(Upload, factories.user(role, factories.OWN)) == {own.pk}
        assert seen(UploadRow, factories.user(role, factories.OWN)) == set(own.rows.values_list("pk", flat=True))
        assert seen(Upload, factories.user(role)) == {own.pk, foreign.pk}
    for role in OTHERS:
        assert not seen(Upload, factories.user(role))
        assert not seen(UploadRow, factories.user(role))


def test_jobs_are_seen_within_the_division_by_who_hands_in_and_who_keeps_the_system():
    own, foreign = (
        Job.objects.create(kind="roster_read", by=account, division=account.division)
        for account in (factories.user("township_clerk", code) for code in (factories.OWN, factories.NEIGHBOUR))
    )

    for role in ("county_staff", "township_clerk", "system_admin"):
        assert seen(Job, factories.user(role, factories.OWN)) == {own.pk}
        assert seen(Job, factories.user(role)) == {own.pk, foreign.pk}
        assert not seen(Job, factories.user(role, factories.OTHER_COUNTY))
    for role in ("leader", "auditor", "api_client"):
        assert not seen(Job, factories.user(role))


@pytest.mark.parametrize(
    "held",
    [factories.appointment, factories.reserve, factories.stationing, factories.rural_talent, factories.candidate],
)
def test_a_role_in_a_village_shows_the_person_there(held):
    someone = factories.person(village=factories.village_in(factories.NEIGHBOUR))
    clerk = factories.user("township_clerk", factories.OWN)
    assert someone.pk not in seen(Person, clerk)

    held(person=someone, village=factories.village_in(factories.OWN))

    assert someone.pk in seen(Person, clerk)


def test_a_countys_classes_are_seen_by_its_townships_only(rows):
    county_session = factories.session(factories.COUNTY)
    clerk = factories.user("township_clerk", factories.OWN)
    stranger = factories.user("township_clerk", f"{factories.OTHER_COUNTY}100")

    assert county_session.pk in seen(type(county_session), clerk)
    assert county_session.pk not in seen(type(county_session), stranger)


def test_divisions_above_are_seen_the_ones_beside_are_not(rows):
    for code in ("99", "9901", factories.COUNTY):
        factories.division(code)

    codes = set(
        Division.objects.visible_to(factories.user("township_clerk", factories.OWN)).values_list("code", flat=True)
    )

    assert codes == {"99", "9901", factories.COUNTY, factories.OWN}


def test_ensure_visible_answers_missing_for_a_neighbours_row(rows):
    clerk = factories.user("township_clerk", factories.OWN)

    assert ensure_visible(clerk, rows[factories.OWN][Person])
    with pytest.raises(Http404):
        ensure_visible(clerk, rows[factories.NEIGHBOUR][Person])


@pytest.mark.parametrize("code", ["", None, factories.NEIGHBOUR, factories.COUNTY, "99012110"])
def test_inside_stops_at_the_division(code):
    assert inside(f"{factories.OWN}201", factories.OWN)
    assert inside(factories.OWN, factories.OWN)
    assert not inside(code, factories.OWN)
    assert not inside(factories.OWN, "")


@pytest.mark.parametrize(
    ("code", "bounds"), [("35", ("35", "36")), ("350729", ("350729", "35072:")), ("99", ("99", "9:"))]
)
def test_ranges_of_codes_hold_also_after_a_nine(code, bounds):
    assert code_range(code) == bounds
    assert bounds[0] <= f"{code}999999"[:12] < bounds[1]


def test_nobody_is_anybody_without_signing_in():
    assert scope_code(AnonymousUser()) is None
    assert scope_code(None) is None
