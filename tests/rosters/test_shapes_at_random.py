"""Sheets of no list in endless variety: whatever the order of the labels, how many stand in a row and what stands around them."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rosters import spec
from rosters.reading import read
from tests.rosters.layouts import FOOTERS, POSTS, SPELLINGS, TITLES, UNKNOWN, person, unknown_value
from tests.rosters.workbooks import xlsx

NEEDED = ("village", "name", "id_number", "posts", "sex", "phone")
KEPT = ("village", "name", "id_number", "phone")
AT_RANDOM = settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
VILLAGES = ("茶富村", "太银村", "桃林村")


@st.composite
def drawn(draw):
    """(labels in their order, [{label: cell}], titles, footers)"""
    optional = [name for name in SPELLINGS if name not in (*NEEDED, "remarks")]
    chosen = draw(st.lists(st.sampled_from(optional), unique=True, max_size=len(optional)))
    unknown = draw(st.lists(st.sampled_from(UNKNOWN), unique=True, max_size=3))
    fields = draw(st.permutations([*NEEDED, *chosen, *unknown]))
    labels = [draw(st.sampled_from(SPELLINGS[name])) if name in SPELLINGS else name for name in fields]
    first = draw(st.integers(1, 400))
    people = [person(first + number, VILLAGES[number % 3]) for number in range(draw(st.integers(2, 6)))]
    cells = [[one[name] if name in one else unknown_value(name, first) for name in fields] for one in people]
    titles = [[text] for text in draw(st.lists(st.sampled_from(TITLES), unique=True, max_size=3))]
    footers = [[text] for text in draw(st.lists(st.sampled_from(FOOTERS), unique=True, max_size=2))]
    return labels, people, cells, titles, footers


def check(content, people, context):
    reading = read(spec.get("committee"), content, "表.xlsx", context)

    assert [[row.values[name] for name in KEPT] for row in reading.rows] == [
        [one[name] for name in KEPT] for one in people
    ]
    assert [row.values["posts"] for row in reading.rows] == [POSTS[one["posts"]] for one in people]
    return reading


@AT_RANDOM
@given(drawn(), st.booleans())
def test_a_column_for_each_person(context, sample, margin):
    labels, people, cells, titles, footers = sample
    rows = [*titles, *([label, *line] for label, line in zip(labels, zip(*cells, strict=True), strict=True)), *footers]

    reading = check(xlsx([[None, *row] if margin else row for row in rows]), people, context)

    assert [table.shape for table in reading.tables] == ["turned"]


@AT_RANDOM
@given(drawn(), st.integers(1, 4), st.booleans(), st.booleans())
def test_a_form_for_each_person(context, sample, abreast, several_sheets, spaced):
    labels, people, cells, titles, footers = sample
    forms = []
    for line in cells:
        pairs = list(zip(labels, line, strict=True))
        lines = [pairs[start : start + abreast] for start in range(0, len(pairs), abreast)]
        forms.append([*titles, *([cell for pair in row for cell in pair] for row in lines), *footers])
    gap = [[]] * (2 if spaced else 1)
    content = xlsx(*forms) if several_sheets else xlsx([row for form in forms for row in (*form, *gap)])

    reading = check(content, people, context)

    assert {table.shape for table in reading.tables} == {"form"}


@AT_RANDOM
@given(drawn(), st.integers(1, 4), st.sampled_from(("  ", "　", "\n", None)), st.booleans(), st.booleans())
def test_labels_and_values_in_one_cell(context, sample, abreast, between, several_sheets, spaced):
    labels, people, cells, titles, footers = sample
    forms = []
    for values in cells:
        texts = [f"{label}：{value}" for label, value in zip(labels, values, strict=True)]
        lines = [texts[start : start + abreast] for start in range(0, len(texts), abreast)]
        forms.append([*titles, *(lines if between is None else [[between.join(line)] for line in lines]), *footers])
    gap = [[]] * (2 if spaced else 1)
    content = xlsx(*forms) if several_sheets else xlsx([row for form in forms for row in (*form, *gap)])

    reading = check(content, people, context)

    assert {table.shape for table in reading.tables} == {"form"}


@AT_RANDOM
@given(drawn(), st.integers(3, 6), st.booleans())
def test_values_below_their_labels(context, sample, width, several_sheets):
    labels, people, cells, titles, footers = sample
    forms = []
    for values in cells:
        width = min(width, len(labels) - 1)
        starts = range(0, len(labels), width)
        lines = [line[start : start + width] for start in starts for line in (labels, values)]
        forms.append([*titles, *lines, *footers])
    content = xlsx(*forms) if several_sheets else xlsx([row for form in forms for row in (*form, [])])

    reading = check(content, people, context)

    assert {table.shape for table in reading.tables} == {"form"}


@AT_RANDOM
@given(drawn())
def test_two_rows_for_each_person(context, sample):
    labels, people, cells, titles, footers = sample
    half = -(-len(labels) // 2)
    rows = [line[start : start + half] for line in (labels, *cells) for start in (0, half)]

    reading = check(xlsx([*titles, *rows, *footers]), people, context)

    assert [table.shape for table in reading.tables] == ["paired"]


@AT_RANDOM
@given(drawn(), st.data(), st.booleans())
def test_a_table_folded_in_two(context, sample, data, several_sheets):
    labels, people, cells, titles, footers = sample
    name = next(place for place, label in enumerate(labels) if label in SPELLINGS["name"])
    half = data.draw(st.integers(max(name + 1, len(labels) // 3), len(labels) - 1)) if name < len(labels) - 1 else 0
    if not half:
        return
    first = [line[:half] for line in (labels, *cells)]
    second = [[line[name], *line[half:]] for line in (labels, *cells)]
    parts = [*titles, *first], [*second, *footers]

    check(xlsx(*parts) if several_sheets else xlsx([*parts[0], [], *parts[1]]), people, context)
