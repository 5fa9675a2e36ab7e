"""Words of papers against the groups of a register: the right one, several, or none rather than a wrong guess."""

import pytest

from directives.group_matching import match_groups
from units.models import UnitGroup

THUOC, TRUC, SO = "Các đơn vị thuộc Bộ", "Các đơn vị trực thuộc Bộ", "Sở Y tế các tỉnh, thành phố"
HEALTH = (THUOC, TRUC, SO)
PROVINCE = (
    "Các phòng, đơn vị thuộc Sở Y tế",
    "UBND các xã, phường, đặc khu",
    "Các sở, ban, ngành",
    "Các trường học trên địa bàn",
)
EDUCATION = (
    "Các Vụ, Cục thuộc Bộ Giáo dục và Đào tạo",
    "Các đại học, học viện, trường đại học",
    "Sở Giáo dục và Đào tạo các tỉnh, thành phố trực thuộc Trung ương",
    "UBND các tỉnh, thành phố",
)
ONE = ("Các đơn vị thuộc, trực thuộc Bộ", SO)


def groups_of(names):
    return [UnitGroup(pk=n, code=f"nhom-{n}", name=name) for n, name in enumerate(names, start=1)]


@pytest.mark.parametrize(
    ("addressee", "names", "expected"),
    [
        # the ministry's own
        ("Các đơn vị thuộc Bộ", HEALTH, [THUOC]),
        ("các đơn vị thuộc Bộ Y tế", HEALTH, [THUOC]),
        ("cac don vi thuoc bo y te", HEALTH, [THUOC]),
        ("Các cơ quan, đơn vị thuộc Bộ", HEALTH, [THUOC]),
        ("Thủ trưởng các đơn vị thuộc Bộ Y tế", HEALTH, [THUOC]),
        ("các Vụ, Cục, Văn phòng Bộ, Thanh tra Bộ", HEALTH, [THUOC]),
        ("Các Vụ, Cục thuộc Bộ Y tế", HEALTH, [THUOC]),
        ("Vụ trưởng các Vụ, Cục trưởng các Cục", HEALTH, [THUOC]),
        ("Các Vụ, Cục, Tổng cục, Văn phòng Bộ và Thanh tra Bộ Y tế", HEALTH, [THUOC]),
        # attached
        ("Các đơn vị trực thuộc Bộ", HEALTH, [TRUC]),
        ("Các đơn vị sự nghiệp trực thuộc Bộ Y tế", HEALTH, [TRUC]),
        ("các đơn vị sự nghiệp công lập thuộc Bộ", HEALTH, [TRUC]),
        ("các bệnh viện, viện, trường và đơn vị trực thuộc Bộ", HEALTH, [TRUC]),
        ("Đơn vị trực thuộc", HEALTH, [TRUC]),
        # both
        ("Các đơn vị thuộc, trực thuộc Bộ", HEALTH, [THUOC, TRUC]),
        ("Các đơn vị thuộc, trực thuộc Bộ y tế", HEALTH, [THUOC, TRUC]),
        ("Các đơn vị thuộc và trực thuộc Bộ (để thực hiện)", HEALTH, [THUOC, TRUC]),
        ("đơn vị thuộc/trực thuộc Bộ", HEALTH, [THUOC, TRUC]),
        ("các Vụ, Cục, đơn vị trực thuộc Bộ Y tế", HEALTH, [THUOC, TRUC]),
        ("Các Vụ, Cục, Văn phòng Bộ, Thanh tra Bộ, các đơn vị trực thuộc", HEALTH, [THUOC, TRUC]),
        # departments
        ("Sở Y tế các tỉnh, thành phố trực thuộc Trung ương", HEALTH, [SO]),
        ("Sở Y tế các tỉnh, thành phố trực thuộc TW", HEALTH, [SO]),
        ("Sở Y tế", HEALTH, [SO]),
        ("các Sở Y tế", HEALTH, [SO]),
        ("34 Sở Y tế", HEALTH, [SO]),
        ("Giám đốc Sở Y tế các tỉnh/thành phố", HEALTH, [SO]),
        ("Sở Y tế các tỉnh, TP", HEALTH, [SO]),
        ("SYT các tỉnh, thành phố", HEALTH, [SO]),
        ("Sở Y tế các địa phương", HEALTH, [SO]),
        ("So Y te cac tinh thanh", HEALTH, [SO]),
        # enumerations
        ("Các đơn vị trực thuộc Bộ; Sở Y tế các tỉnh, thành phố", HEALTH, [TRUC, SO]),
        ("các đơn vị thuộc, trực thuộc Bộ và Sở Y tế các tỉnh, thành phố", HEALTH, [THUOC, TRUC, SO]),
        # one unit, a part, somebody else: nobody
        ("Văn phòng Bộ", HEALTH, []),
        ("Văn phòng Bộ Y tế", HEALTH, []),
        ("Vụ Kế hoạch - Tài chính", HEALTH, []),
        ("Các Vụ", HEALTH, []),
        ("Các bệnh viện trực thuộc Bộ", HEALTH, []),
        ("Sở Y tế thành phố Hải Phòng", HEALTH, []),
        ("Sở Y tế các tỉnh phía Nam", HEALTH, []),
        ("Sở Giáo dục và Đào tạo các tỉnh, thành phố", HEALTH, []),
        ("các Sở", HEALTH, []),
        ("Các đơn vị thuộc Bộ Công Thương", HEALTH, []),
        ("Các đơn vị thuộc Sở Y tế", HEALTH, []),
        ("Các đơn vị không thuộc Bộ", HEALTH, []),
        ("Các đơn vị", HEALTH, []),
        ("Ủy ban nhân dân các tỉnh, thành phố", HEALTH, []),
        ("Các đơn vị thuộc Bộ và Bảo hiểm xã hội Việt Nam", HEALTH, []),
        ("Bộ Y tế", HEALTH, []),
        ("", HEALTH, []),
        ("…", HEALTH, []),
        # one group holds both
        ("các đơn vị trực thuộc, thuộc Bộ Y tế", ONE, [ONE[0]]),
        ("Các Vụ, Cục và đơn vị trực thuộc Bộ", ONE, [ONE[0]]),
        ("Các đơn vị trực thuộc Bộ", ONE, []),
        # a province
        ("các phòng và đơn vị thuộc Sở", PROVINCE, [PROVINCE[0]]),
        ("Ủy ban nhân dân các xã, phường, đặc khu", PROVINCE, [PROVINCE[1]]),
        ("UBND cấp xã", PROVINCE, [PROVINCE[1]]),
        ("Chủ tịch UBND các phường, xã", PROVINCE, [PROVINCE[1]]),
        ("UBND các tỉnh, thành phố", PROVINCE, []),
        ("UBND phường Hồng Bàng", PROVINCE, []),
        ("Thủ trưởng các sở, ban, ngành", PROVINCE, [PROVINCE[2]]),
        ("các sở, ban, ngành; UBND các xã, phường, đặc khu", PROVINCE, [PROVINCE[1], PROVINCE[2]]),
        ("trường học trên địa bàn", PROVINCE, [PROVINCE[3]]),
        # another ministry
        ("các Cục, Vụ thuộc Bộ", EDUCATION, [EDUCATION[0]]),
        ("Các đơn vị thuộc Bộ Giáo dục và Đào tạo", EDUCATION, [EDUCATION[0]]),
        ("các Sở Giáo dục và Đào tạo", EDUCATION, [EDUCATION[2]]),
        ("Các sở giáo dục và đào tạo tỉnh, thành phố", EDUCATION, [EDUCATION[2]]),
        ("trường đại học, học viện, đại học", EDUCATION, [EDUCATION[1]]),
        ("UBND các tỉnh, thành phố trực thuộc trung ương", EDUCATION, [EDUCATION[3]]),
        ("Sở Y tế các tỉnh, thành phố", EDUCATION, []),
    ],
)
def test_words_of_a_paper(addressee, names, expected):
    groups = groups_of(names)
    assert [group.name for group in match_groups(addressee, groups)] == expected


def test_the_ministry_is_told_where_no_group_names_it():
    groups = groups_of((THUOC,))
    assert match_groups("Các đơn vị thuộc Bộ Công Thương", groups) == ()
    assert match_groups("Các đơn vị thuộc Bộ Công Thương", groups, ministry="Bộ Công Thương") == (groups[0],)
    assert match_groups("Các đơn vị thuộc Bộ", []) == ()


def test_two_groups_of_one_name_are_no_match():
    assert match_groups("Các đơn vị thuộc Bộ", groups_of((THUOC, "Đơn vị thuộc Bộ"))) == ()
