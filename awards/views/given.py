"""An award given: its reward and certificate, withdrawal; the page where a certificate is verified; the sheet of a round."""

import hmac

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect, render

from awards import actions
from awards.models import Award
from awards.views import reading
from awards.views.access import award_or_404, round_or_404
from awards.views.forms import VerifyForm, WithdrawalForm
from core import certificates, pdf
from core.scope import inside, scope_code
from core.text import quoted
from core.views.access import business_page
from rosters.listing import download, workbook

PDF_TYPE = "application/pdf"
NOT_FOUND = "没有这本证书：编号和校验码对不上。请逐字核对证书上的编号和校验码。"
# Points: how wide the text of a certificate is, how deep it may be, and how large its characters are.
ACROSS, DEEP = 622, 220
SIZES = (22, 18, 15, 12)
HEADINGS = (
    ("推荐乡镇", 12), ("类型", 8), ("个人（集体）", 24), ("所在村", 14), ("工作单位及职务", 24), ("推荐奖项", 10), ("身份证号", 22),
    ("电话", 14), ("资格审核", 10), ("审核意见", 40), ("部门意见", 24), ("平均分", 8), ("名次", 8), ("进度", 12), ("公示结束", 12),
    ("表彰日期", 12), ("文号", 20), ("证书编号", 22),
)  # fmt: skip


@business_page
def award(request, pk):
    """One award; the county withdraws it here by a document."""
    row = award_or_404(request, pk)
    may = request.user.has_perm("awards.change_award") and row.withdrawn_on is None and row.decided_on is not None
    form = WithdrawalForm(request.POST or None, initial={"on": request.on}) if may else None
    if request.method == "POST":
        if form is None:
            raise PermissionDenied
        if form.is_valid() and _withdrawn(request, row, form):
            return redirect("award", pk=pk)
    sees_fund = request.user.has_perm("awards.view_fundentry")
    context = {
        "award": row,
        "code": spaced(row.check_code),
        "verify_address": certificates.address(request),
        "form": form,
        "payments": list(row.payments.select_related("made_by", "checked_by").order_by("on", "pk"))
        if sees_fund
        else [],
        "sees_person": row.person_id and inside(row.person.village_id, request.user.division_id),
        "lacking": pdf.lacking(row.winner) if row.certificate_no else "",
        "is_withdrawn": bool(row.withdrawn_on and row.withdrawn_on <= request.on),
    }
    return render(request, "awards/award.html", context, status=400 if form is not None and form.errors else 200)


def _withdrawn(request, row, form):
    try:
        actions.withdraw_award(row, **form.cleaned_data, by=request.user)
    except ValidationError as refused:
        form.add_error(None, refused.messages)
        return False
    messages.success(request, f"已撤销{row.winner}的表彰，证书同时失效。已付的奖金请在“奖励基金”登记追回。")
    return True


def spaced(code):
    """The code in groups of four, as it is printed."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


@business_page
def certificate(request, pk):
    """The certificate as a PDF of one page; none before it was issued, nor for a withdrawn award."""
    row = award_or_404(request, pk)
    if row.certificate_no is None or row.withdrawn_on:
        raise Http404
    return download(certificate_pdf(row, certificates.address(request)), f"荣誉证书 {row.certificate_no}.pdf", PDF_TYPE)


def certificate_pdf(award, address):
    """The bytes of the certificate of an award; `address` is where it is verified."""
    page = pdf.Page(f"荣誉证书 {award.certificate_no}")
    page.frame(24, 3)
    page.frame(32, 1)
    page.centred(130, "荣 誉 证 书", 44, pdf.HEI)
    kind = "先进个人" if award.person_id else "先进集体"
    category = f"（{award.get_category_display()}）" if award.category else ""
    _told(
        page, f"{award.winner}{' 同志' if award.person_id else ''}：",
        f"在 {award.year} 年度工作中成绩突出，被评为{quoted(award.scheme)}{kind}{category}，特发此证，以资鼓励。",
    )  # fmt: skip
    division, on = award.scheme.division, award.decided_on
    issuer = f"中共{division.name}委员会　{division.name}人民政府"
    page.right(732, 440, issuer, min(20, 20 * ACROSS / pdf.width(issuer, 20)))
    page.right(732, 475, f"{on.year}年{on.month}月{on.day}日", 20)
    page.text(60, 530, f"{award.document_no}", 11)
    page.text(
        60,
        548,
        f"证书编号 {award.certificate_no}　校验码 {spaced(award.check_code)}　凭编号和校验码查验：{address}",
        11,
    )
    return page.bytes()


def _told(page, winner, text):
    """Whom and what for, as large as it fits above the seal."""
    for size in SIZES:
        lines = len(pdf.wrapped(winner, size, ACROSS)) + len(pdf.wrapped(text, size, ACROSS, indent=2 * size))
        if lines * 2 * size <= DEEP:
            break
    y = page.paragraph(110, 215, winner, size, across=ACROSS, leading=2 * size, indented=False)
    page.paragraph(110, y, text, size, across=ACROSS, leading=2 * size)


@business_page
def verify(request):
    """Whether a certificate is genuine and still holds. Of people outside the user's area only the family name is told."""
    form, found = VerifyForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        found = _matching(**form.cleaned_data)
    context = {
        "form": form, "asked": form.is_bound and form.is_valid(), "award": found,
        "name": _name(request.user, found) if found else "", "missing": NOT_FOUND,
    }  # fmt: skip
    return render(request, "awards/verify.html", context, status=400 if form.errors else 200)


def _matching(number, code):
    typed = "".join(one for one in code.upper() if one.isalnum())
    rows = Award.objects.select_related("person", "scheme")
    found = rows.filter(certificate_no="".join(number.split())).first()
    return found if found is not None and hmac.compare_digest(found.check_code.encode(), typed.encode()) else None


def _name(user, found):
    if not found.person_id or inside(found.village_id, scope_code(user)):
        return found.winner
    return found.winner[0] + "*" * (len(found.winner) - 1)


@business_page
def sheet(request, pk):
    """Every nomination of a round that the reader sees, with how far it has come; ID numbers and phones masked."""
    held = round_or_404(request, pk)
    lines = reading.lines(request.user, held, request.on)
    told = f"{request.user.division}　{request.on:%Y-%m-%d} 时点"
    content = workbook(
        f"{held}推荐和评审汇总表", HEADINGS, [_cells(one) for one in lines], by=request.user.name, told=told
    )
    return download(content, f"{held}推荐和评审汇总表.xlsx")


def _cells(one):
    row, line, given = one["row"], one["line"], one["award"] if one["stage"] in ("awarded", "withdrawn") else None
    person = row.person
    opinions = [f"{said.department}不同意：{said.reason}" for said in one["refused"]]
    opinions += [f"待{name}意见" for name in one["waiting"]]
    return (
        row.township.name, row.get_nominee_type_display(), row.nominee, row.village.name if row.village_id else "", row.unit,
        row.get_category_display(), person.id_masked if person else "", person.phone_masked if person else row.phone_masked,
        row.get_eligibility_display(), row.eligibility_reasons, "；".join(opinions),
        float(line.mean) if line and line.mean is not None else None, line.rank if line else None, reading.STAGES[one["stage"]],
        row.publicity.ends_on if row.publicity else "", given.decided_on if given else "", given.document_no if given else "",
        given.certificate_no or "" if given else "",
    )  # fmt: skip
