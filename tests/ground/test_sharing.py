"""Equal texts of a large set as one object."""

from core.collecting import in_pieces, packing, sharing, unpacked
from talent.models import Person
from tests import factories


def fresh(text):
    """The text as an object of its own, as a parser makes one for every cell."""
    return "".join(list(text))


def test_equal_texts_become_one_object():
    share = sharing()
    first, second = share([fresh("汉族"), 1]), share({fresh("name"): fresh("汉族")})

    assert first[0] is second["name"]


def test_values_that_only_compare_equal_stay_what_they_are():
    assert [type(value) for value in sharing()(["1", 1, 1.0, True, None, [1]])] == [
        str,
        int,
        float,
        bool,
        type(None),
        list,
    ]


def test_a_text_as_long_as_an_id_number_is_not_remembered():
    share, number = sharing(), "350723198003150017"
    first, second = share([fresh(number)]), share([fresh(number)])

    assert first == second
    assert first[0] is not second[0]


def test_what_is_packed_comes_back_and_shares_its_names():
    pack, rows = packing(), [{"name": "张三", "age": 5}, {"name": None, "age": 5.0}, {}]
    packed = [pack(row) for row in rows]

    assert [unpacked(row) for row in packed] == rows
    assert packed[0][0] is packed[1][0]


def test_rows_in_pieces_are_the_rows(db):
    village = factories.village()
    known = [factories.person(name, village=village) for name in ("甲乙", "丙丁")]

    found = list(in_pieces(Person.objects.order_by("pk"), "village_id"))

    assert found == known
    assert found[0].village_id is found[1].village_id
