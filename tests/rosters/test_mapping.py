"""Which kind a file is, which column is which field, what a word means: recognised, asked once, remembered."""

import dataclasses
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from rosters import importer, spec
from rosters.models import LayoutMemory, Upload, ValueMeaning
from rosters.recognition import recognise
from rosters.sandbox import read_cells
from tests.rosters import county
from tests.rosters.background import drain
from tests.rosters.conftest import DATA
from tests.rosters.test_import_pages import upload_of
from tests.rosters.workbooks import PEOPLE, xlsx

pytestmark = pytest.mark.django_db
EXPECTED = sorted(DATA.glob("*.expected.json"))
NEIGHBOUR = "350723200"  # another township of 光泽县
# 时间 may be the day of joining the party or of taking the post; nothing but the clerk can tell.
VAGUE = ("村", "姓名", "身份证号", "职务", "时间", "联系电话")
SURE = ("村", "姓名", "身份证号", "职务", "任现职时间", "联系电话")
FIELDS = (1, 2, 6, 9, 10, 11)


@pytest.fixture
def guangze(db):
    county.load()


@pytest.fixture
def clerk(guangze, client):
    user = county.clerk()
    client.force_login(user)
    return user


def people(header, *, posts=None, order=(0, 1, 2, 3, 4, 5)):
    """A roster of four people below `header`, the columns in `order`; `posts` in place of their own."""
    rows = [[person[place] for place in FIELDS] for person in PEOPLE]
    for row, post in zip(rows, posts or (), strict=False):
        row[3] = post
    return xlsx([[header[place] for place in order], *[[row[place] for place in order] for row in rows]])


def send(client, content, name="名册.xlsx", **more):
    return upload_of(client.post(reverse("roster_upload"), {"file": SimpleUploadedFile(name, content), **more}))


def page(client, name, upload):
    return client.get(reverse(name, args=[upload.pk])).content.decode()


def choose(client, upload, **fields):
    """Press the mapping page's button with some columns changed, {letter: field}."""
    table = upload.tables["tables"][0]
    data = {f"c-{table['layout']}-{letter}": field for letter, field in fields.items()}
    return client.post(reverse("roster_mapping", args=[upload.pk]), data)


def tell(client, upload, field, word, value):
    data = {"field": field, "word": word, "value": value}
    return client.post(reverse("roster_words", args=[upload.pk]), data)


def again(upload):
    return Upload.objects.get(pk=upload.pk)


def values(upload, field):
    return [row.values.get(field) for row in upload.rows.order_by("order")]


# --- the kind


@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: path.name[:2])
def test_every_workbook_is_recognised(path, context):
    expected = json.loads(path.read_text(encoding="utf-8"))
    workbook = read_cells((DATA / expected["file"]).read_bytes())

    found = recognise(workbook, context)

    assert (found.roster.slug, found.close) == (expected["kind"], ())


@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: path.name[:2])
def test_a_workbook_without_titles_is_recognised_or_asked_about(path, context):
    """Without its titles and columns in reverse; 07 is then a roster of people with posts, like any committee's."""
    expected = json.loads(path.read_text(encoding="utf-8"))
    workbook = read_cells((DATA / expected["file"]).read_bytes())
    first = {table["sheet"]: table["header_rows"][0] - 1 for table in reversed(expected["tables"])}
    bare = [turned(sheet, first[sheet.name]) for sheet in workbook.sheets if sheet.name in first]

    found = recognise(dataclasses.replace(workbook, sheets=bare), context)

    assert expected["kind"] in {found.roster.slug, *(roster.slug for roster in found.close)}
    assert found.close == () or expected["kind"] == "trainees"


@pytest.mark.parametrize(
    ("title", "header", "cells", "meant"),
    [
        ("寨里镇2026年村干部培训需求汇总表", ("职务", "想参加什么"), ("党支部书记", "电商直播"), "wishes"),
        ("寨里镇2026年上半年村级后备干部研判表", ("研判结果", "研判意见"), ("优秀", "继续培养"), "reserve_assessments"),
    ],
)
def test_a_title_that_names_another_kind_is_asked_about(context, title, header, cells, meant):
    lines = [[person[1], person[2], person[6], *cells] for person in PEOPLE]

    found = recognise(read_cells(xlsx([[title], ["村", "姓名", "身份证号", *header], *lines])), context)

    assert meant in {roster.slug for roster in found.close}


def test_a_title_decides_between_kinds_that_explain_the_columns_alike(context):
    lines = [[person[1], person[2], person[6], "村委", "电商直播", 2026] for person in PEOPLE]
    header = ["村", "姓名", "身份证号", "职务", "培训需求", "年度"]

    found = recognise(read_cells(xlsx([["寨里镇2026年村干部培训需求汇总表"], header, *lines])), context)

    assert (found.roster.slug, found.close) == ("wishes", ())


def turned(sheet, top):
    """The sheet from row `top` on, its columns from right to left."""
    width = max(map(len, sheet.rows))
    rows = [[*[None] * (width - len(row)), *reversed(row)] for row in sheet.rows[top:]]
    merges = [(a - top, width - 1 - d, c - top, width - 1 - b) for a, b, c, d in sheet.merges if a >= top]
    hidden = frozenset(width - 1 - column for column in sheet.hidden_columns)
    return dataclasses.replace(sheet, name="Sheet1", rows=rows, merges=merges, hidden_columns=hidden)


def test_upload_without_a_kind_is_recognised(clerk, client):
    upload = send(client, county.FIRST.read_bytes(), county.FIRST.name)

    assert (upload.kind, upload.status, upload.counts["new"]) == ("committee", "read", 46)


def test_several_files_of_different_kinds_are_each_recognised(clerk, client):
    files = [
        SimpleUploadedFile("a.xlsx", county.FIRST.read_bytes()),
        SimpleUploadedFile("b.xlsx", next(DATA.glob("10*.xlsx")).read_bytes()),
        SimpleUploadedFile("c.xlsx", kinds_alike()),
    ]

    answer = client.post(reverse("roster_upload"), {"file": files})
    drain()
    page = client.get(answer.url).content.decode()

    kinds = dict(Upload.objects.values_list("filename", "kind"))
    assert (kinds["a.xlsx"], kinds["b.xlsx"]) == ("committee", "villages")
    assert "个要先选一下：是哪种名册、哪一期，或哪一列是什么" in page
    assert "待对列" in page
    assert '<td data-label="认作">行政村基本情况表</td>' in page


def test_upload_form_recognises_by_default(clerk, client):
    assert '<option value="">自动识别</option>' in client.get(reverse("roster_upload")).content.decode()


def test_file_without_any_roster_says_so(clerk, client):
    upload = send(client, xlsx([["今天", "天气"], ["很好", "没有雨"]]))

    assert (upload.status, upload.refusal_code) == ("refused", "no_table")


def kinds_alike():
    """A workbook that says nothing of its kind: names, villages, ID numbers."""
    rows = [[person[place] for place in (1, 2, 6)] for person in PEOPLE]
    return xlsx([["村", "姓名", "身份证号"], *rows])


def test_kinds_that_explain_it_as_well_are_asked_about_once(clerk, client):
    upload = send(client, kinds_alike())
    assert upload.status == "unsure"
    assert "这是哪一种名册？" in page(client, "roster_mapping", upload)

    client.post(reverse("roster_kind", args=[upload.pk]), {"kind": "committee"})

    assert (again(upload).kind, again(upload).tables["kinds"]) == ("committee", [])
    assert send(client, kinds_alike()).tables["kinds"] == []


def test_a_wrong_kind_is_corrected_from_the_kept_file(clerk, client):
    other = next(roster for roster in spec.all() if roster.slug == "reserve")
    upload = importer.upload(by=clerk, kind=other.slug, filename="a.xlsx", content=county.FIRST.read_bytes())

    client.post(reverse("roster_kind", args=[upload.pk]), {"kind": "committee"})

    assert (again(upload).kind, again(upload).status, again(upload).counts["new"]) == ("committee", "read", 46)


def test_unknown_kind_is_not_there(clerk, client):
    upload = send(client, people(SURE))

    assert client.post(reverse("roster_kind", args=[upload.pk]), {"kind": "none"}).status_code == 404


# --- the columns


def test_sure_columns_are_not_asked_about(clerk, client):
    assert send(client, people(SURE)).status == "read"


def test_vague_column_is_asked_about_and_read_as_chosen(clerk, client):
    upload = send(client, people(VAGUE), kind="committee")
    assert upload.status == "unsure"
    preview = client.get(reverse("roster_preview", args=[upload.pk]))
    assert preview["Location"] == reverse("roster_mapping", args=[upload.pk])
    assert "E 列：表头“时间”没有写明是哪一项" in page(client, "roster_mapping", upload)

    choose(client, upload, E="start_date")

    assert again(upload).status == "read"
    assert values(upload, "start_date") == ["2021-03", "2021-03", "2021-12", "2022-02"]


def test_unsure_upload_cannot_be_committed(clerk, client):
    upload = send(client, people(VAGUE), kind="committee")

    client.post(reverse("roster_confirm", args=[upload.pk]))

    assert again(upload).status == "unsure"


def test_next_month_the_moved_column_needs_no_click(clerk, client):
    choose(client, send(client, people(VAGUE), kind="committee"), E="start_date")

    upload = send(client, people(VAGUE, order=(4, 0, 1, 2, 3, 5)))

    assert upload.status == "read"
    assert upload.tables["tables"][0]["columns"]["start_date"] == "A"
    assert "列按记住的对应读" in page(client, "roster_preview", upload)


def test_a_layout_with_one_more_column_is_read_by_the_remembered_one(clerk, client):
    choose(client, send(client, people(VAGUE), kind="committee"), E="start_date")
    header = (*VAGUE, "性别")
    rows = [[*[person[place] for place in FIELDS], person[3]] for person in PEOPLE]

    upload = send(client, xlsx([header, *rows]))

    assert upload.status == "read"
    assert {"start_date", "sex"} <= upload.tables["tables"][0]["columns"].keys()


def test_a_column_that_was_dismissed_stays_unread(clerk, client):
    choose(client, send(client, people(VAGUE), kind="committee"), E="-")

    upload = send(client, people(VAGUE))

    assert upload.status == "read"
    assert "start_date" not in upload.tables["tables"][0]["columns"]


def test_memory_of_a_township_is_not_its_neighbours(clerk, client):
    choose(client, send(client, people(VAGUE), kind="committee"), E="start_date")
    neighbour = county.clerk(NEIGHBOUR)

    upload = importer.upload(by=neighbour, kind="committee", filename="a.xlsx", content=people(VAGUE))

    assert upload.status == "unsure"


def test_memory_of_the_county_holds_for_its_townships_unless_they_have_their_own(guangze, client):
    client.force_login(county.staff())
    choose(client, send(client, people(VAGUE), kind="committee"), E="start_date")
    client.force_login(county.clerk())

    upload = send(client, people(VAGUE), kind="committee")
    assert (upload.status, "start_date" in upload.tables["tables"][0]["columns"]) == ("read", True)

    choose(client, upload, E="party_joined")
    assert "party_joined" in send(client, people(VAGUE)).tables["tables"][0]["columns"]


def test_a_field_chosen_twice_is_refused_and_nothing_typed_is_lost(clerk, client):
    upload = send(client, people(VAGUE), kind="committee")

    response = choose(client, upload, E="start_date", F="start_date")

    text = response.content.decode()
    assert response.status_code == 400
    assert "“任现职时间”选了 E、F 列" in text
    assert text.count('<option value="start_date" selected>') == 2
    assert again(upload).status == "unsure"


def test_an_open_question_must_be_answered(clerk, client):
    upload = send(client, people(VAGUE), kind="committee")

    response = choose(client, upload, E="")

    assert response.status_code == 400
    assert "请先给 E 列选一项" in response.content.decode()
    assert not LayoutMemory.objects.exists()


@pytest.fixture
def rounds(monkeypatch):
    """The committee's roster as one that is handed in for a round."""
    known = {7: "2021年换届", 8: "2026年换届"}
    target = spec.Target(
        "换届", lambda user, on: list(known.items()), lambda user: list(known), lambda keys: {key: known[key] for key in keys},
        title="名册", missing="请选择换届。",
    )  # fmt: skip
    monkeypatch.setitem(spec._registry, "committee", dataclasses.replace(spec.get("committee"), target=target))


def test_what_the_rows_are_about_is_asked_and_kept(clerk, client, rounds):
    upload = send(client, people(SURE))
    assert upload.status == "unsure"
    assert "是哪个换届的名册" in page(client, "roster_mapping", upload)

    wrong = client.post(reverse("roster_mapping", args=[upload.pk]), {"target": "9"})
    assert (wrong.status_code, again(upload).target_id) == (400, None)

    client.post(reverse("roster_mapping", args=[upload.pk]), {"target": "8"})
    assert (again(upload).status, again(upload).target_id, again(upload).counts["new"]) == ("read", 8, 4)


def test_columns_can_be_changed_from_the_preview(clerk, client):
    upload = send(client, people(SURE))
    assert reverse("roster_mapping", args=[upload.pk]) in page(client, "roster_preview", upload)

    choose(client, upload, F="-")

    assert "phone" not in again(upload).tables["tables"][0]["columns"]
    assert again(upload).counts["new"] == 4


def test_what_was_corrected_in_the_page_survives(clerk, client):
    upload = send(client, people(VAGUE, posts=["护林员"]), kind="committee")
    choose(client, upload, E="start_date")
    importer.recheck(upload, {0: {"posts": "支委"}}, by=clerk)

    choose(client, again(upload), E="party_joined")

    assert values(upload, "posts")[0] == ["party_committee_member"]


def test_drawing_masks_numbers_of_persons(clerk, client):
    text = page(client, "roster_mapping", send(client, people(VAGUE), kind="committee"))

    for person in PEOPLE:
        assert person[6] not in text
        assert person[11] not in text
        assert person[2] in text


def test_mapping_is_too_late_once_committed(clerk, client):
    upload = send(client, people(SURE))
    client.post(reverse("roster_confirm", args=[upload.pk]))

    choose(client, upload, F="-")

    assert again(upload).status == "committed"
    assert "phone" in again(upload).tables["tables"][0]["columns"]


def test_forgotten_layout_is_asked_about_again(clerk, client):
    choose(client, send(client, people(VAGUE), kind="committee"), E="start_date")
    memory = LayoutMemory.objects.get()
    assert "时间 → 任现职时间" in client.get(reverse("roster_memory")).content.decode()

    client.post(reverse("roster_forget_layout", args=[memory.pk]))

    assert not LayoutMemory.objects.exists()
    assert send(client, people(VAGUE), kind="committee").status == "unsure"


@pytest.mark.parametrize(
    ("header", "asked"),
    [
        (("村", "姓名", "身份证号", "职务", "联系电话", "手机"), "“手机”和“联系电话”都像是联系电话，只能用一列"),
        (("村", "姓名", "联系电话", "职务", "任现职时间", "身份证号"), "表头是“联系电话”，格子里却是：18 位数字，多为身份证号"),
    ],
)  # fmt: skip
def test_what_headers_and_cells_leave_open_is_asked(clerk, client, header, asked):
    rows = [[person[place] for place in FIELDS] for person in PEOPLE]
    if "手机" in header:
        rows = [[*row[:4], row[5], row[5]] for row in rows]

    text = page(client, "roster_mapping", send(client, xlsx([header, *rows]), kind="committee"))

    assert asked in text.replace("&quot;", '"')


def test_education_beside_that_on_the_job_may_be_the_full_time_one(clerk, client):
    rows = [[*[person[place] for place in FIELDS], "大专", "本科"] for person in PEOPLE]
    upload = send(client, xlsx([(*SURE, "学历", "在职学历"), *rows]))

    assert [doubt["fields"] for doubt in upload.tables["tables"][0]["doubts"]] == [["education", "education_full_time"]]


# --- words


POSTS = ("支委、妇女主任", "妇女主任", "村委、妇女主任", "支委")


def test_unknown_word_is_listed_once_with_its_rows(clerk, client):
    upload = send(client, people(SURE, posts=POSTS))

    text = page(client, "roster_preview", upload)

    assert upload.counts["error"] == 3
    assert "有 1 个写法系统不认识" in text
    assert '“妇女主任”</td><td class="num">3</td>' in text


def test_told_word_is_read_so_in_all_rows_and_said_at_the_cell(clerk, client):
    upload = send(client, people(SURE, posts=POSTS))

    tell(client, upload, "posts", "妇女主任", "village_committee_member")

    assert again(upload).counts["error"] == 0
    assert values(upload, "posts")[:2] == [
        ["party_committee_member", "village_committee_member"],
        ["village_committee_member"],
    ]
    assert "“妇女主任”按上次的选择当作“村（居）委会委员”" in page(client, "roster_preview", upload)


def test_skipped_word_leaves_the_other_posts(clerk, client):
    upload = send(client, people(SURE, posts=POSTS))

    tell(client, upload, "posts", "妇女主任", "-")

    assert values(upload, "posts")[0] == ["party_committee_member"]
    assert [problem["code"] for problem in upload.rows.get(order=1).problems if problem["level"] == "error"] == [
        "missing_field:posts"
    ]


def test_told_word_needs_no_click_in_the_next_file(clerk, client):
    tell(client, send(client, people(SURE, posts=POSTS)), "posts", "妇女主任", "village_committee_member")

    upload = send(client, people(SURE, posts=["妇女主任"]))

    assert upload.counts["error"] == 0
    assert "按上次的选择" in page(client, "roster_preview", upload)


def test_word_of_one_township_is_not_its_neighbours(clerk, client):
    tell(client, send(client, people(SURE, posts=POSTS)), "posts", "妇女主任", "village_committee_member")
    neighbour = county.clerk(NEIGHBOUR)

    upload = importer.upload(by=neighbour, kind="committee", filename="a.xlsx", content=people(SURE, posts=POSTS))

    problems = [problem["code"] for row in upload.rows.all() for problem in row.problems]
    assert problems.count("unknown_post") == 3


def test_word_can_be_taken_back(clerk, client):
    upload = send(client, people(SURE, posts=POSTS))
    tell(client, upload, "posts", "妇女主任", "village_committee_member")

    tell(client, upload, "posts", "妇女主任", "")

    assert not ValueMeaning.objects.exists()
    assert again(upload).counts["error"] == 3


def test_value_that_is_not_allowed_is_not_taken(clerk, client):
    upload = send(client, people(SURE, posts=POSTS))

    tell(client, upload, "posts", "妇女主任", "emperor")

    assert not ValueMeaning.objects.exists()


def test_unknown_choice_is_told(clerk, client):
    rows = [[*[person[place] for place in FIELDS], "大普"] for person in PEOPLE]
    upload = send(client, xlsx([(*SURE, "学历"), *rows]))

    tell(client, upload, "education", "大普", "junior_college")

    assert values(upload, "education") == ["junior_college"] * 4


def test_who_is_sent_to_a_village_can_only_be_what_is_sent(clerk, client):
    rows = [[*(person[place] for place in FIELDS[:3]), "联络员", "县财政局"] for person in PEOPLE]
    upload = send(client, xlsx([("村", "姓名", "身份证号", "驻村职务", "派出单位"), *rows]), kind="stationed")

    text = page(client, "roster_preview", upload)

    assert "请写“第一书记”“工作队队长”或“工作队队员”" in text
    assert ">第一书记</option>" in text
    assert ">村（居）委会主任</option>" not in text


def test_nickname_of_a_village_is_told_and_only_for_ones_own(clerk, client):
    rows = [["茶山脚下", *[person[place] for place in FIELDS[1:]]] for person in PEOPLE]
    upload = send(client, xlsx([SURE, *rows]), kind="committee")
    word = upload.rows.first().problems[0]["texts"][0]

    tell(client, upload, "village", word, "350723200200")
    assert not ValueMeaning.objects.exists()

    own = next(code for code, name in options(client, upload) if name.endswith("茶富村"))
    tell(client, upload, "village", word, own)
    assert values(upload, "village") == ["茶富村"] * 4


def options(client, upload):
    from rosters import places

    return places.gazetteer_of("350723", upload.as_of).village_choices(upload.division_id)


def test_forgotten_word_is_asked_about_again(clerk, client):
    tell(client, send(client, people(SURE, posts=POSTS)), "posts", "妇女主任", "village_committee_member")
    assert "“妇女主任”" in client.get(reverse("roster_memory")).content.decode()

    client.post(reverse("roster_forget_word", args=[ValueMeaning.objects.get().pk]))

    assert send(client, people(SURE, posts=POSTS)).counts["error"] == 3


def test_neighbours_memory_answers_like_none(clerk, client):
    tell(client, send(client, people(SURE, posts=POSTS)), "posts", "妇女主任", "village_committee_member")
    stranger = Client()
    stranger.force_login(county.clerk(NEIGHBOUR))

    answer = stranger.post(reverse("roster_forget_word", args=[ValueMeaning.objects.get().pk]))

    assert answer.status_code == 404
    assert "妇女主任" not in stranger.get(reverse("roster_memory")).content.decode()


# --- the same number of queries for any number of rows


def many(count):
    rows = [[person[place] for place in FIELDS] for person in PEOPLE]
    rows = [["茶富村", f"陈{chr(0x4E00 + number)}", *rows[0][2:3], "妇女主任", *rows[0][4:]] for number in range(count)]
    return xlsx([SURE, *rows])


@pytest.mark.parametrize("act", ["upload", "mapping", "words", "page"])
def test_queries_do_not_grow_with_the_rows(clerk, client, act):
    def queries(count):
        upload = send(client, many(count))
        acts = {
            "upload": lambda: send(client, many(count)),
            "mapping": lambda: choose(client, upload, E="-"),
            "words": lambda: tell(client, upload, "posts", "妇女主任", "clerk"),
            "page": lambda: page(client, "roster_mapping", upload),
        }
        with CaptureQueriesContext(connection) as asked:
            acts[act]()
        LayoutMemory.objects.all().delete()
        ValueMeaning.objects.all().delete()
        return len(asked)

    assert queries(2) == queries(20)


def test_villages_of_another_office_are_not_asked_about(clerk, client):
    rows = [[f"外{place}村", *[PEOPLE[place % 4][field] for field in FIELDS[1:]]] for place in range(5)]
    text = page(client, "roster_preview", send(client, xlsx([SURE, *rows]), kind="committee"))

    assert "5 行中有 5 行的乡镇、村（社区）不是寨里镇的" in text
    assert "个写法系统不认识" not in text


def test_a_few_wrong_villages_are_no_foreign_roster(clerk, client):
    rows = [[person[place] for place in FIELDS] for person in (*PEOPLE, *PEOPLE)]
    rows[0][0] = "外头村"
    text = page(client, "roster_preview", send(client, xlsx([SURE, *rows]), kind="committee"))

    assert "多半是别处的名册" not in text
    assert "有 1 个写法系统不认识" in text
