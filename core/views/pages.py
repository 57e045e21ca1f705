"""Long lists in pages."""

from django.core.paginator import Paginator

PAGE_SIZE = 500


def page_of(request, rows, size=PAGE_SIZE):
    """The page of `rows` that `?p=` asks for (the nearest there is), and the links to the others."""
    page = Paginator(rows, size).get_page(request.GET.get("p"))
    return {"page": page, "page_links": [_link(request, page, number) for number in _numbers(page)]}


def _numbers(page):
    return list(page.paginator.get_elided_page_range(page.number)) if page.paginator.num_pages > 1 else []


def _link(request, page, number):
    asked = request.GET.copy()
    asked["p"] = number
    is_page = isinstance(number, int)
    return {"number": number, "url": f"?{asked.urlencode()}" if is_page else "", "current": number == page.number}
