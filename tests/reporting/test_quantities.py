import pytest

from reporting.quantities import LARGEST, NotAQuantity, format_amount, parse_amount, percent_change


@pytest.mark.parametrize(
    ("typed", "decimals", "amount"),
    [
        ("", 0, None),
        ("   ", 1, None),
        ("0", 0, 0),
        ("4", 0, 4),
        ("1286", 0, 1286),
        ("1.286", 0, 1286),
        ("1 286", 0, 1286),
        ("1\u00a0286", 0, 1286),
        (" 214.730 ", 0, 214730),
        ("1.200.000", 0, 1200000),
        ("98,5", 1, 985),
        ("98,50", 1, 985),
        ("98", 1, 980),
        ("98,5%", 1, 985),
        ("98,5 %", 1, 985),
        ("1.286,25", 2, 128625),
        ("0,05", 2, 5),
        ("12,0", 0, 12),
        ("-3", 0, -3),
        ("-1,5", 1, -15),
        ("007", 0, 7),
    ],
)
def test_numbers_are_read_as_people_write_them(typed, decimals, amount):
    assert parse_amount(typed, decimals) == amount


@pytest.mark.parametrize(
    ("typed", "decimals"),
    [
        ("abc", 0),
        ("4 5", 0),
        ("12.34", 0),
        ("98.5", 1),
        ("1,286", 0),
        ("98,55", 1),
        ("12,", 1),
        (",5", 1),
        ("1.286.5", 0),
        ("1 286.000", 0),
        ("--5", 0),
        ("-", 0),
        ("%", 0),
        ("1,2,3", 2),
        ("1e5", 0),
        ("٣", 0),
        ("²", 0),
        ("1,²", 1),
        ("khoảng 20", 0),
    ],
)
def test_what_is_not_a_number_says_how_to_type_one(typed, decimals):
    if typed == "%":  # the sign alone is a blank field
        assert parse_amount(typed, decimals) is None
        return
    with pytest.raises(NotAQuantity, match="Nhập số"):
        parse_amount(typed, decimals)


def test_the_message_shows_the_decimals_that_are_taken():
    with pytest.raises(NotAQuantity, match="tối đa 2 chữ số"):
        parse_amount("1,234", 2)
    with pytest.raises(NotAQuantity, match="1.286"):
        parse_amount("1,5", 0)


@pytest.mark.parametrize("typed", ["9" * 16, "9" * 18, "9" * 5000, "999.999.999.999.999.999"])
@pytest.mark.parametrize("decimals", [0, 1, 3])
def test_a_number_no_column_could_hold_is_refused(typed, decimals):
    with pytest.raises(NotAQuantity, match="quá lớn"):
        parse_amount(typed, decimals)


def test_the_largest_number_fits():
    assert parse_amount(str(LARGEST - 1), 0) == LARGEST - 1


@pytest.mark.parametrize(
    ("amount", "decimals", "shown"),
    [
        (None, 0, ""),
        (0, 0, "0"),
        (1286, 0, "1.286"),
        (1200000, 0, "1.200.000"),
        (985, 1, "98,5"),
        (980, 1, "98"),
        (5, 2, "0,05"),
        (128625, 2, "1.286,25"),
        (-15, 1, "-1,5"),
        (-3, 0, "-3"),
    ],
)
def test_amounts_are_written_as_people_read_them(amount, decimals, shown):
    assert format_amount(amount, decimals) == shown
    assert parse_amount(shown, decimals) == amount


@pytest.mark.parametrize(
    ("before", "now", "change"),
    [
        (0, 5, None),
        (100, 100, 0),
        (612, 745, 22),
        (100, 150, 50),
        (100, 50, -50),
        (200, 201, 1),
        (1000, 1004, 0),
        (1000, 995, -1),
        (1000, 996, 0),
        (3, 2, -33),
        (100, 0, -100),
    ],
)
def test_percent_change_rounds_half_away_from_zero(before, now, change):
    assert percent_change(before, now) == change
