"""The certificate as another program reads it: whole with rare characters, one page of A4, its fonts in the file."""

import ctypes

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest

from core import fonts, pdf
from tests import factories
from tests.awards.conftest import HOME, LATER, text

A4 = (842, 595)  # in points, to the nearest
RARE = "䶮𠅤𬭎镕"


def certified(name, scheme="乡村振兴贡献奖", **fields):
    someone = {"person": factories.person(name, village=HOME)} if "collective" not in fields else {"person": None}
    return factories.award(
        scheme=factories.award_scheme(name=scheme), village=HOME, decided_on=LATER, document_no="清委〔2024〕20号",
        certificate_no="990121-BZ2024-00001", check_code="ABCDEFGHJKLM", certified_on=LATER, **someone, **fields,
    )  # fmt: skip


def opened(client, award):
    answer = client.get(f"/awards/{award.pk}/certificate.pdf")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    return pdfium.PdfDocument(answer.content)


def told(document):
    return "".join(document[0].get_textpage().get_text_range().split())


def faces(document):
    """{name of a font: whether its glyphs lie in the file} of the text on the first page."""
    found = {}
    for part in document[0].get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
        font = raw.FPDFTextObj_GetFont(part)
        name = ctypes.create_string_buffer(99)
        raw.FPDFFont_GetBaseFontName(font, name, 99)
        found[name.value.decode()] = bool(raw.FPDFFont_GetIsEmbedded(font))
    return found


def test_rare_characters_of_a_name_come_out_whole_on_one_page_of_a4(county):
    document = opened(county, certified(f"欧阳{RARE}", category="industry"))

    assert [tuple(round(edge) for edge in page.get_size()) for page in document] == [A4]
    assert told(document) == (
        f"荣誉证书欧阳{RARE}同志：在2024年度工作中成绩突出，被评为“乡村振兴贡献奖”先进个人（产业振兴），特发此证，以资鼓励。"
        "中共清源县委员会清源县人民政府2024年11月12日清委〔2024〕20号"
        "证书编号990121-BZ2024-00001校验码ABCD-EFGH-JKLM凭编号和校验码查验：http://testserver/verify/"
    )
    assert set(faces(document).values()) == {True}


def test_a_name_with_quotes_of_its_own_stands_in_quotes_as_the_standard_says(county):
    document = opened(county, certified("李明", scheme="先进“两委”班子"))

    assert "被评为“先进‘两委’班子”先进个人" in told(document)


def test_a_character_that_our_fonts_lack_is_left_to_the_reader_and_told_on_the_page(county):
    award = certified("张\U00020000")

    document = opened(county, award)

    assert "张\U00020000同志" in told(document)
    assert sorted(set(faces(document).values())) == [False, True]
    assert "字库里没有“\U00020000”" in text(county.get(f"/awards/{award.pk}/"))


def test_a_name_that_our_fonts_hold_is_told_nothing(county):
    assert "字库里没有" not in text(county.get(f"/awards/{certified(RARE).pk}/"))


def test_without_the_fonts_a_certificate_names_them(county, monkeypatch):
    """On an installation that lacks the two packages."""
    award = certified("张三")
    monkeypatch.setattr(fonts, "files", None)
    fonts.face.cache_clear()
    try:
        document = opened(county, award)
    finally:
        monkeypatch.undo()
        fonts.face.cache_clear()

    assert "张三同志" in told(document)
    assert set(faces(document).values()) == {False}


def test_the_longest_collective_stays_within_the_frame(county):
    """As many characters as a collective may have, of a scheme with as many, in a county with a long name."""
    award = certified("", collective="农" * 100)
    award.scheme.name = "奖" * 100
    award.scheme.save()
    award.scheme.division.name = "双江拉祜族佤族布朗族傣族自治县"
    award.scheme.division.save()

    document = opened(county, award)

    assert len(document) == 1
    assert told(document).count("农") == 100
    width, height = A4
    for part in document[0].get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
        left, bottom, right, top = part.get_bounds()
        assert (left >= 32, bottom >= 32, right <= width - 32, top <= height - 32) == (True, True, True, True)


@pytest.mark.parametrize("odd", ["", "\n", "a\x00b", "\ud800"])
def test_odd_text_makes_a_file_all_the_same(odd):
    page = pdf.Page("题")
    page.text(50, 50, odd, 12)

    assert len(pdfium.PdfDocument(page.bytes())) == 1
