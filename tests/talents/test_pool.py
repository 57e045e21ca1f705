"""The pool of talents: the list and its filters, counts by class, who stayed, the yearly confirmation, the form."""

import datetime
import io

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from core import indicators, rules
from core.models import AuditEntry
from talent import merging, timeline
from talent.models import Person, RuralTalent, TalentConfirmation
from tests import factories
from training.models import StudyTerm

pytestmark = pytest.mark.django_db
ON = datetime.date(2026, 6, 30)


@pytest.fixture
def county(sign_in):
    client = sign_in()
    client.get("/", {"on": ON.isoformat()})
    return client


@pytest.fixture
def clerk(sign_in):
    return sign_in("township_clerk")


def talent(name="陈茶农", **fields):
    place = factories.village(fields.pop("village", "990121100201"))
    return factories.rural_talent(person=factories.person(name, village=place), village=place, **fields)


def listed(client, **asked):
    page = client.get(reverse("talents"), {"on": ON.isoformat()} | asked).content.decode()
    return {name for name in ("陈茶农", "林主播", "邻镇人") if name in page}


@pytest.mark.parametrize(
    "asked",
    [
        {"class": "industry"}, {"class": "e_commerce"}, {"type": "business"}, {"tag": "土专家"}, {"origin": "returned"}, {"business": "commerce"}, {"q": "直播"},
        {"q": "林主播"}, {"division": factories.NEIGHBOUR, "q": "林"},
    ],
    ids=str,
)  # fmt: skip
def test_list_is_narrowed_by_what_is_asked(county, asked):
    talent(category="skill", business="planting")
    talent(
        "林主播", village="990121101201", talent_class="industry", sub_class="e_commerce", category="business", tags="退役军人、土专家",
        origin="returned", skills="直播、短视频", business="commerce",
    )  # fmt: skip

    assert listed(county, **asked) == {"林主播"}


def test_list_tells_whose_business_is_not_filled_in(county):
    talent(business="planting")
    talent("林主播", village="990121101201")

    assert listed(county, business="none") == {"林主播"}


def test_list_answers_for_the_date(county):
    talent(start=datetime.date(2024, 1, 1), end=datetime.date(2025, 1, 1))

    assert listed(county) == set()
    assert listed(county, on="2024-06-30") == {"陈茶农"}


def test_tag_is_a_whole_word(county):
    talent(tags="土专家协会会员")

    assert listed(county, tag="土专家") == set()


def test_list_as_excel_has_the_rows_of_the_list(county):
    talent(tags="土专家", scale="茶园 20 亩", households_led=12)
    talent("林主播", tags="退役军人")

    answer = county.get(reverse("talents_excel"), {"tag": "土专家", "on": ON.isoformat()})

    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert [row[2].value for row in sheet.iter_rows(min_row=4)] == ["陈茶农"]
    assert 12 in [cell.value for cell in sheet[4]]


def test_counts_stand_by_class_and_township(county):
    talent(talent_class="industry", sub_class="e_commerce")
    talent("林主播", village="990121101201", talent_class="industry", sub_class="e_commerce")
    talent("未分类人")

    content = county.get(reverse("talent_counts_excel"), {"on": ON.isoformat()}).content

    sheet = load_workbook(io.BytesIO(content)).active
    rows = {row[0].value.strip(): [cell.value for cell in row[1:]] for row in sheet.iter_rows(min_row=4)}
    assert rows["合计"] == [2, 1, 3]
    assert rows["农村电商人才"] == rows["农村二三产业发展人才"] == [1, 1, 2]
    assert rows["未分类"] == [1, 0, 1]


def test_counts_of_a_clerk_are_by_village_and_only_own(clerk):
    talent(talent_class="industry", sub_class="e_commerce")
    factories.village("990121101201", "邻乡村")

    page = clerk.get(reverse("talent_counts")).content.decode()

    assert "第201村" in page
    assert "邻乡村" not in page


@pytest.mark.parametrize("asked", [{}, {"xlsx": "1"}], ids=["page", "sheet"])
def test_a_villages_page_and_sheet_tell_the_class(county, asked):
    talent(talent_class="industry", sub_class="e_commerce", category="")

    assert "农村电商人才" in told(county.get("/villages/990121100201/", {"on": ON.isoformat()} | asked))


def told(answer):
    """The text of a page, or of a workbook's first sheet."""
    if answer["Content-Type"].startswith("text/html"):
        return answer.content.decode()
    return "\n".join(f"{cell}" for row in load_workbook(io.BytesIO(answer.content)).active.values for cell in row)


# --- who stayed


@pytest.mark.parametrize(
    ("end", "stayed"),
    [(None, [1, 1]), (datetime.date(2023, 4, 1), [1, 0]), (datetime.date(2022, 1, 1), [0, 0])],
    ids=["still", "left-between", "left-early"],
)
def test_whoever_left_before_the_milestone_did_not_stay(end, stayed):
    start = datetime.date(2021, 6, 1)
    talent(origin="returned", came_from="厦门", came_on=datetime.date(2021, 5, 1), start=start, end=end)
    user = factories.user()

    figures = [indicators.figure(f"talents_stayed_{years}", user, ON) for years in (1, 3)]

    assert [figure.numerator for figure in figures] == stayed
    assert [figure.denominator for figure in figures] == [1, 1]


def test_who_moved_to_another_villages_pool_is_still_here(county):
    came = {"origin": "returned", "came_on": datetime.date(2021, 5, 1)}
    first = talent(start=datetime.date(2021, 6, 1), end=datetime.date(2022, 1, 1), **came)
    second = factories.village("990121100202", "乙村")
    factories.rural_talent(person=first.person, village=second, start=datetime.date(2022, 1, 2), **came)

    figures = [indicators.figure(f"talents_stayed_{years}", county.user, ON) for years in (1, 3)]
    page = county.get(reverse("talent_origins"), {"on": ON.isoformat()})

    assert [(figure.numerator, figure.denominator) for figure in figures] == [(1, 1), (1, 1)]
    assert [(mark["stayed"], mark["of"]) for mark in page.context["marks"][:2]] == [(1, 1), (1, 1)]
    assert "已不在" not in page.content.decode()


def test_who_grew_here_is_followed_from_the_entry(county):
    talent(origin="local", start=datetime.date(2021, 6, 1), end=datetime.date(2023, 4, 1))

    figures = [indicators.figure(f"talents_local_stayed_{years}", county.user, ON) for years in (1, 3)]
    asked = {"on": ON.isoformat(), "side": "local"}
    page = county.get(reverse("talent_origins"), asked)
    sheet = load_workbook(io.BytesIO(county.get(reverse("talent_origins_excel"), asked).content)).active

    assert [(figure.numerator, figure.denominator) for figure in figures] == [(1, 1), (0, 1)]
    assert [line["stays"] for line in page.context["lines"]] == [["仍在", "已不在"]]
    assert any("陈茶农" in row for row in sheet.values)
    assert "陈茶农" not in county.get(reverse("talent_origins"), {"on": ON.isoformat()}).content.decode()


def test_whose_years_are_not_full_is_in_no_denominator(county):
    talent(origin="introduced", came_on=datetime.date(2025, 12, 1), start=datetime.date(2025, 12, 1))

    assert indicators.figure("talents_stayed_1", county.user, ON).denominator == 0
    assert "未满" in county.get(reverse("talent_origins"), {"on": ON.isoformat()}).content.decode()


# --- once a year


def test_a_talent_nobody_confirmed_for_a_year_is_stale(county):
    recent = talent(start=datetime.date(2021, 1, 1))
    talent("林主播", start=datetime.date(2021, 1, 1))
    factories.talent_confirmation(talent=recent, year=2025, confirmed_on=datetime.date(2025, 7, 1))

    figure = indicators.figure("talents_stale", county.user, ON)

    assert (figure.numerator, figure.denominator) == (1, 2)
    assert listed(county, stale="1") == {"林主播"}
    assert [found.code for found in rules.findings(county.user, ON, only="talent_stale")] == ["talent_stale"]


def test_the_months_are_the_countys(county):
    from core.models import ParameterValue

    talent(start=datetime.date(2025, 12, 1))
    ParameterValue.objects.create(
        division=factories.division(factories.COUNTY), key="talent_stale_months", start=ON, value=3, basis="会议纪要"
    )

    assert indicators.figure("talents_stale", county.user, ON).numerator == 1


def test_one_click_confirms_a_row(clerk):
    found = talent()

    clerk.post(reverse("talents_answer"), {"here": found.pk})

    kept = TalentConfirmation.objects.get()
    assert (kept.talent, kept.is_here, kept.year, kept.by) == (found, True, timezone.localdate().year, clerk.user)


def test_one_click_confirms_a_village_but_for_whom_an_answer_stands(clerk):
    here, gone = talent(), talent("林主播")
    other = talent("另村人", village="990121100202")
    clerk.post(reverse("talents_answer"), {"gone": gone.pk})

    clerk.post(reverse("talents_answer"), {"village": here.village_id})

    answers = dict(TalentConfirmation.objects.values_list("talent", "is_here"))
    assert answers == {here.pk: True, gone.pk: False}
    assert other.pk not in answers


def test_whoever_is_gone_leaves_the_pool_and_comes_back_by_a_second_click(clerk):
    found = talent()
    clerk.post(reverse("talents_answer"), {"gone": found.pk})
    found.refresh_from_db()
    left = found.end
    page = clerk.get(reverse("talents_confirm")).content.decode()

    clerk.post(reverse("talents_answer"), {"here": found.pk})

    found.refresh_from_db()
    assert left == timezone.localdate() - datetime.timedelta(days=1)
    assert "改回仍在" in page
    assert (found.end, found.end_reason) == (None, "")
    assert TalentConfirmation.objects.get().is_here


def test_a_neighbours_talent_is_not_confirmed(clerk):
    found = talent(village="990121101201")

    answer = clerk.post(reverse("talents_answer"), {"here": found.pk})

    assert answer.status_code == 404
    assert not TalentConfirmation.objects.exists()


def test_a_neighbours_village_is_not_confirmed(clerk):
    talent(village="990121101201")

    clerk.post(reverse("talents_answer"), {"village": "990121101201"})

    assert not TalentConfirmation.objects.exists()


# --- the form


def form_of(found, **more):
    told = {name: getattr(found, name) for name in ("category", "specialty", "start")}
    return told | {"talent_class": "", "sub_class": "", "willing": "", "origin": ""} | more


def test_the_form_keeps_class_tags_and_words(clerk):
    found = talent()

    answer = clerk.post(
        reverse("talent", args=[found.pk]),
        form_of(
            found, sub_class="craftsman", tags=["土专家", "退役军人"], skills="竹编，直播 带徒", households_led="8"
        ),
    )

    assert answer.status_code == 302
    found.refresh_from_db()
    assert (found.talent_class, found.sub_class, found.tags) == ("industry", "craftsman", "土专家、退役军人")
    assert (found.skills, found.households_led) == ("竹编、直播、带徒", 8)
    assert AuditEntry.objects.filter(model="talent.ruraltalent", verb="change").count() == 1


def test_a_wrong_form_keeps_what_was_typed(clerk):
    found = talent()

    answer = clerk.post(
        reverse("talent", args=[found.pk]), form_of(found, talent_class="service", sub_class="law", scale="茶园 9 亩")
    )

    page = answer.content.decode()
    assert "这个小类不属于所选的大类" in page
    assert "茶园 9 亩" in page


def test_the_persons_page_tells_the_talent_and_the_time_line_the_answers(clerk):
    found = talent(tags="土专家", households_led=30)
    clerk.post(reverse("talents_answer"), {"here": found.pk})

    page = clerk.get(reverse("person", args=[found.person_id])).content.decode()

    assert "30 户" in page
    assert f"{timezone.localdate().year} 年度确认仍在" in page


def test_merging_two_files_keeps_the_answers_and_matches_of_both(county):
    kept, other = talent(), talent("陈茶农")
    for one, years in ((kept, (2024, 2025)), (other, (2025, 2026))):
        for year in years:
            factories.talent_confirmation(talent=one, year=year)
    match = factories.match(talent=other)

    merging.merge(kept.person, other.person, by=county.user, reason="核对了身份证原件")

    match.refresh_from_db()
    assert match.talent == kept
    assert sorted(kept.confirmations.values_list("year", flat=True)) == [2024, 2025, 2026]


@pytest.mark.parametrize("sent", [{"gone": "²"}, {"here": "9" * 5000}, {"village": "9\0"}])
def test_an_odd_key_is_nobodys(sign_in, sent):
    assert sign_in("township_clerk").post(reverse("talents_answer"), sent).status_code in {302, 404}


# --- entering one person


def entering(**fields):
    """The form as a browser sends it."""
    return {
        "village": "990121100201", "name": "周巧手", "id_number": factories.id_number(), "phone": "", "t-talent_class": "",
        "t-sub_class": "e_commerce", "t-tags": ["土专家"], "t-skills": "直播，摄影", "t-start": "2026-05-01",
    } | fields  # fmt: skip


def enter(client, **fields):
    return client.post(reverse("talent_new"), entering(**fields))


def test_the_list_leads_to_the_form(clerk):
    factories.village("990121100201")

    assert reverse("talent_new") in clerk.get(reverse("talents")).content.decode()
    assert "身份证号" in clerk.get(reverse("talent_new")).content.decode()


@pytest.mark.parametrize("role", ["county", "clerk"])
def test_somebody_new_gets_a_file_and_a_place_in_the_pool(request, role):
    factories.village("990121100201")

    answer = enter(request.getfixturevalue(role))

    kept = RuralTalent.objects.get()
    assert answer.url == reverse("person", args=[kept.person_id])
    assert (kept.person.name, kept.person.village_id, kept.village_id) == ("周巧手", "990121100201", "990121100201")
    assert (kept.talent_class, kept.sub_class, kept.tags, kept.skills) == (
        "industry",
        "e_commerce",
        "土专家",
        "直播、摄影",
    )
    assert kept.start == datetime.date(2026, 5, 1)


def test_somebody_known_keeps_the_file(clerk):
    someone = factories.person("周巧手", village=factories.village("990121100201"))

    enter(clerk, id_number=someone.id_number)

    assert RuralTalent.objects.get().person == someone


def test_who_is_in_the_pool_already_is_refused_and_what_was_typed_stays(clerk):
    known = talent("周巧手")

    answer = enter(clerk, id_number=known.person.id_number)

    assert answer.status_code == 400
    assert "这个人在这段时间已在乡村人才库中" in answer.content.decode()
    assert "直播，摄影" in answer.content.decode()
    assert RuralTalent.objects.count() == 1


def test_a_clerk_enters_nobody_in_another_township(clerk):
    factories.village("990121100201")
    factories.village("990121101201")

    assert enter(clerk, village="990121101201").status_code == 400
    assert not Person.objects.exists()


def test_whoever_entered_another_pool_since_does_not_come_back_by_a_click(clerk):
    found = talent()
    clerk.post(reverse("talents_answer"), {"gone": found.pk})
    factories.rural_talent(person=found.person, village="990121100202", start=timezone.localdate())

    page = clerk.post(reverse("talents_answer"), {"here": found.pk}, follow=True).content.decode()

    found.refresh_from_db()
    assert "此后又在别处入库，不能改回仍在" in page
    assert found.end_reason
    assert not TalentConfirmation.objects.get().is_here


def test_the_confirmation_is_in_pages_and_an_answer_stays_on_its_page(clerk, monkeypatch):
    from core.views import pages

    monkeypatch.setattr(pages.page_of, "__defaults__", (3,))
    people = [talent(f"人{number}", village=f"99012110020{1 + number // 4}") for number in range(8)]

    first = clerk.get(reverse("talents_confirm")).content.decode()
    second = clerk.get(reverse("talents_confirm"), {"p": "2"}).content.decode()
    answer = clerk.post(reverse("talents_answer"), {"here": people[3].pk, "p": "2", "open": "1"})

    assert "共 8 人，还有 8 人没有确认" in first
    assert [name for name in ("人2", "人3") if f">{name}</a>" in first] == ["人2"]
    assert ">人3</a>" in second
    assert "没确认的 4 人都仍在" in second  # of the village, though its last only stands on this page
    assert answer.url == f"{reverse('talents_confirm')}?p=2&open=1#v{people[3].village_id}"


def test_the_pages_lead_to_rosters_that_come_back(clerk):
    talent()

    page = clerk.get(reverse("talents")).content.decode()
    confirm = clerk.get(reverse("talents_confirm")).content.decode()

    for kind in ("talent", "confirmations"):
        assert reverse("roster_export", args=[kind]) in page
    assert reverse("roster_export", args=["confirmations"]) in confirm
    assert f"{reverse('roster_upload')}?kind=confirmations" in confirm


def test_the_time_line_tells_visits_to_needs_and_terms_of_a_study(clerk):
    found = talent()
    day = datetime.date(2026, 3, 12)
    match = factories.match(talent=found, invited_on=day, accepted_on=day)
    factories.demand_visit(match=match, days="1.5", done="教村民直播")
    study = factories.degree_study(person=found.person, village="990121100201")
    StudyTerm.objects.create(study=study, year=2025, season="2", credits="12.5", failed=1)

    told = [(event.kind, event.text, event.detail) for event in timeline.events(found.person)]

    assert (
        "服务",
        f"{match.demand.township} {match.demand.asker_text} 上门服务 1.5 天：教村民直播",
        match.demand.post,
    ) in told
    assert ("学历提升", "开放大学 2025 年秋季学期", "正常　取得学分 12.5　1 门未通过") in told
