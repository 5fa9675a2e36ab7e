"""What sets one province's health service apart: region, places, hardships, features.

One line per province after the mergers of 01/7/2025. The region keys follow `REGIONS`.
Places are areas people still call by these names, not administrative units of any one year.
"""

from __future__ import annotations

from typing import NamedTuple


class Province(NamedTuple):
    """One province or city: name, kind of government, region key, former names, phrases about it."""

    name: str
    is_city: bool
    region: str
    former: tuple[str, ...]
    places: tuple[str, ...]
    topics: tuple[str, ...]
    served: tuple[str, ...]


#: region key → (name of the region, which of B/T/N it belongs to for exchange between hospitals)
REGIONS: dict[str, tuple[str, str]] = {
    "MN": ("miền núi phía Bắc", "B"),
    "DB": ("đồng bằng sông Hồng", "B"),
    "BT": ("Bắc Trung Bộ", "T"),
    "NT": ("duyên hải Nam Trung Bộ", "T"),
    "TN": ("Tây Nguyên", "T"),
    "ND": ("Đông Nam Bộ", "N"),
    "CL": ("đồng bằng sông Cửu Long", "N"),
}

_ROWS = """
so-y-te-ha-noi | Hà Nội | * | DB | | Sơn Tây; Ba Vì; Sóc Sơn; Mỹ Đức; Đông Anh; Phú Xuyên | trạm y tế tại 126 xã, phường; cấp cứu ngoại viện 115; phòng sốt xuất huyết nội đô; quản lý hành nghề y tư nhân; khám sức khỏe cho người cao tuổi; an toàn bếp ăn trường học | người dân Thủ đô; lao động nhập cư; học sinh các trường bán trú
so-y-te-cao-bang | Cao Bằng | | MN | | Bảo Lạc; Hà Quảng; Trùng Khánh; Thạch An; Nguyên Bình; Quảng Hòa | y tế vùng biên giới; tảo hôn và hôn nhân cận huyết; cấp cứu ngộ độc nấm; quân dân y kết hợp; bài thuốc của người Tày, Nùng; nước sạch vùng lục khu | đồng bào Mông, Dao; cư dân biên giới; trẻ em vùng cao
so-y-te-tuyen-quang | Tuyên Quang | | MN | Hà Giang; Tuyên Quang | Đồng Văn; Mèo Vạc; Chiêm Hóa; Sơn Dương; Hoàng Su Phì; Na Hang | đỡ đẻ an toàn tại bản; y tế cao nguyên đá; phòng bệnh than và bạch hầu; dược liệu dưới tán rừng; nhà chờ sinh; truyền thông bằng tiếng Mông | phụ nữ dân tộc Mông; hộ nghèo vùng cao; người dân xã biên giới
so-y-te-dien-bien | Điện Biên | | MN | | Mường Nhé; Tủa Chùa; Nậm Pồ; Mường Ảng; Tuần Giáo; Điện Biên Đông | phòng, chống HIV ở vùng trọng điểm; điều trị methadone tại xã; bệnh xá quân dân y; cô đỡ thôn bản; dinh dưỡng trẻ thấp còi; lao ở vùng sâu | đồng bào Thái, Hà Nhì; người nghiện ma túy; trẻ suy dinh dưỡng
so-y-te-lai-chau | Lai Châu | | MN | | Sìn Hồ; Mường Tè; Phong Thổ; Than Uyên; Nậm Nhùn; Tam Đường | sâm Lai Châu; sốt rét biên giới; thầy thuốc về bản; tiêm chủng lưu động; phòng rét cho người già; y tế học đường bán trú | đồng bào La Hủ, Mảng; học sinh nội trú; người dân vùng biên
so-y-te-son-la | Sơn La | | MN | | Mộc Châu; Sốp Cộp; Mai Sơn; Thuận Châu; Phù Yên; Mường La | y tế lòng hồ thủy điện; thuốc nam của người Thái; phòng lũ quét; điều trị thay thế; quản lý tăng huyết áp; bệnh viện vệ tinh | đồng bào Thái, Khơ Mú; người dân tái định cư; phụ nữ mang thai vùng cao
so-y-te-lao-cai | Lào Cai | | MN | Yên Bái; Lào Cai | Sa Pa; Bắc Hà; Mù Cang Chải; Trạm Tấu; Văn Chấn; Bảo Yên | kiểm dịch y tế cửa khẩu; lá tắm người Dao đỏ; phục hồi sau bão số 3; quế và dược liệu; du lịch an toàn; thalassemia | đồng bào Dao, Giáy; khách qua cửa khẩu; hộ mất nhà do sạt lở
so-y-te-thai-nguyen | Thái Nguyên | | MN | Bắc Kạn; Thái Nguyên | Định Hóa; Ba Bể; Chợ Đồn; Võ Nhai; Na Rì; Phổ Yên | sức khỏe công nhân khu công nghiệp; y tế vùng an toàn khu; dược liệu hồ Ba Bể; liên thông xét nghiệm; ngập lụt sông Cầu; phòng bệnh dại | công nhân; đồng bào Tày; người có công
so-y-te-lang-son | Lạng Sơn | | MN | | Đồng Đăng; Bắc Sơn; Hữu Lũng; Lộc Bình; Tràng Định; Chi Lăng | cửa khẩu thông minh; dân số vùng biên; hồi và thuốc nam; sốt phát ban; y tế chợ phiên; dịch bệnh qua biên giới | cư dân đường biên; tiểu thương; đồng bào Nùng
so-y-te-quang-ninh | Quảng Ninh | | DB | | Cô Tô; Bình Liêu; Vân Đồn; Hải Hà; Đầm Hà; Đông Triều | y tế biển đảo; du lịch Hạ Long; bệnh bụi phổi thợ mỏ; mổ nội soi tuyến cơ sở; bệnh án điện tử; kiểm dịch tàu biển | ngư dân; thợ mỏ; đồng bào Sán Chỉ
so-y-te-bac-ninh | Bắc Ninh | | DB | Bắc Giang; Bắc Ninh | Sơn Động; Lục Ngạn; Yên Thế; Từ Sơn; Quế Võ; Gia Bình | y tế khu công nghiệp; bếp ăn ca; làng nghề tái chế; mức sinh của công nhân trẻ; vải thiều an toàn; nhà trẻ cho con công nhân | nữ công nhân; cư dân làng nghề; con em người lao động
so-y-te-phu-tho | Phú Thọ | | MN | Vĩnh Phúc; Hòa Bình; Phú Thọ | Đà Bắc; Tân Sơn; Tam Đảo; Mai Châu; Thanh Thủy; Lập Thạch | sáp nhập ba trung tâm kiểm soát bệnh tật; khám chữa bệnh từ xa; thuốc nam người Mường; suối khoáng phục hồi chức năng; cấp cứu du lịch; bệnh viện tự chủ | đồng bào Mường; người dân vùng đất Tổ; hội viên Hội Đông y
so-y-te-hai-phong | Hải Phòng | * | DB | Hải Dương; Hải Phòng | Cát Hải; Bạch Long Vĩ; Thủy Nguyên; Chí Linh; Thanh Miện; Tiên Lãng | trung tâm y tế vùng duyên hải; kiểm dịch cảng biển; tàu cấp cứu; vùng trồng dược liệu Chí Linh; khám cho đảo xa; quản lý bệnh phổi tắc nghẽn | cư dân đảo; công nhân cảng; người cao tuổi
so-y-te-hung-yen | Hưng Yên | | DB | Thái Bình; Hưng Yên | Khoái Châu; Tiền Hải; Thái Thụy; Phù Cừ; Văn Giang; Vũ Thư | nghệ và cúc chi Nghĩa Trai; làng nghề thuốc bắc; già hóa dân số; bệnh viện vệ tinh; phụ nữ nông thôn; nuôi trồng ven biển | nông dân; người cao tuổi neo đơn; ngư dân ven biển
so-y-te-ninh-binh | Ninh Bình | | DB | Hà Nam; Nam Định; Ninh Bình | Kim Sơn; Giao Thủy; Nho Quan; Hải Hậu; Lý Nhân; Gia Viễn | hợp nhất ba ngành y tế cũ; cụm bệnh viện Phủ Lý; y tế giáo xứ; du lịch Tràng An; bệnh mạn tính ở nông thôn; nước sạch vùng ven biển | đồng bào Công giáo; nông dân; khách du lịch
so-y-te-thanh-hoa | Thanh Hóa | | BT | | Mường Lát; Quan Sơn; Bá Thước; Nghi Sơn; Nga Sơn; Như Xuân | y tế 166 xã, phường; khu kinh tế Nghi Sơn; suy dinh dưỡng miền Tây; phòng đuối nước; bệnh viện tư nhân; sốt rét biên giới | đồng bào Mông, Thái; công nhân lọc hóa dầu; ngư dân
so-y-te-nghe-an | Nghệ An | | BT | | Kỳ Sơn; Quế Phong; Con Cuông; Quỳ Châu; Diễn Châu; Tương Dương | sâm Puxailaileng; bão lũ miền Tây; bệnh viện đa khoa khu vực; chuyển tuyến an toàn; thalassemia; làng trẻ em và nhân đạo | đồng bào Thái, Ơ Đu; hộ dân sau lũ; trẻ em miền Tây xứ Nghệ
so-y-te-ha-tinh | Hà Tĩnh | | BT | | Hương Khê; Kỳ Anh; Vũ Quang; Hương Sơn; Cẩm Xuyên; Nghi Xuân | quê hương Hải Thượng Lãn Ông; nhung hươu; khu kinh tế Vũng Áng; lũ lụt Hương Khê; đuối nước; sổ sức khỏe điện tử | nông dân; công nhân gang thép; hội viên Đông y
so-y-te-quang-tri | Quảng Trị | | BT | Quảng Bình; Quảng Trị | Hướng Hóa; Minh Hóa; Cồn Cỏ; Lệ Thủy; Tuyên Hóa; Vĩnh Linh | nạn nhân bom mìn; kiểm dịch Lao Bảo; đồng bào Vân Kiều; tiêm chủng bản xa; hồ sơ người khuyết tật; cứu hộ mùa lũ | đồng bào Vân Kiều, Chứt; nạn nhân vật nổ; ngư dân Cồn Cỏ
so-y-te-hue | Huế | * | BT | | A Lưới; Phú Lộc; Quảng Điền; Phong Điền; Nam Đông; Thuận An | trung tâm y tế chuyên sâu; ngự y và y học cung đình; ngập lụt nội đô; du lịch y tế; cây thuốc Thái Y Viện; đô thị thông minh | người dân cố đô; đồng bào Pa Cô; du khách
so-y-te-da-nang | Đà Nẵng | * | NT | Quảng Nam; Đà Nẵng | Nam Trà My; Hội An; Phước Sơn; Tây Giang; Hòa Vang; Núi Thành | sâm Ngọc Linh; đội y tế Hoàng Sa; bệnh án điện tử toàn thành phố; thể thao biển; y tế vùng cao Trà My; chuyển đổi số | đồng bào Xơ Đăng, Cơ Tu; du khách; công nhân
so-y-te-quang-ngai | Quảng Ngãi | | NT | Kon Tum; Quảng Ngãi | Lý Sơn; Ba Tơ; Đăk Glei; Trà Bồng; Ngọc Hồi; Tu Mơ Rông | sâm dây; y tế đảo Lý Sơn; viêm da dày sừng; quế Trà Bồng; sốt rét ngã ba biên giới; đường chuyển tuyến qua đèo | đồng bào Hrê, Xơ Đăng; ngư dân Lý Sơn; người dân biên giới
so-y-te-gia-lai | Gia Lai | | TN | Bình Định; Gia Lai | An Lão; Chư Prông; Kbang; Krông Pa; Hoài Nhơn; Vân Canh | bệnh dại; phong Quy Hòa; sốt xuất huyết cao nguyên; y tế rẫy; ngư dân cá ngừ; đất võ và thể thao quần chúng | đồng bào Ba Na, Gia Rai; ngư dân; công nhân cao su
so-y-te-khanh-hoa | Khánh Hòa | | NT | Ninh Thuận; Khánh Hòa | Trường Sa; Khánh Sơn; Bác Ái; Cam Ranh; Ninh Phước; Vạn Ninh | y tế Trường Sa; khô hạn và nước sạch; trầm hương; đồng bào Chăm; vụ mùa nho; đua thuyền | quân dân huyện đảo cũ; đồng bào Raglai; khách quốc tế
so-y-te-dak-lak | Đắk Lắk | | TN | Phú Yên; Đắk Lắk | Buôn Đôn; Krông Bông; Sông Hinh; Ea Súp; Tuy An; M'Đrắk | bệnh viện vùng Tây Nguyên; lũ Phú Yên; tiêm bù vắc xin; cà phê và hóa chất bảo vệ thực vật; voi du lịch an toàn; dân di cư tự do | đồng bào Ê Đê, M'Nông; dân di cư; nông dân trồng cà phê
so-y-te-lam-dong | Lâm Đồng | | TN | Đắk Nông; Bình Thuận; Lâm Đồng | Đam Rông; Phú Quý; Tuy Đức; Đạ Huoai; Tánh Linh; Lạc Dương | đặc khu Phú Quý; dược liệu atisô; nhà kính và thuốc trừ sâu; sốt rét rừng; khai thác bô xít; nước mắm và ngư dân | đồng bào K'Ho, Mạ; ngư dân Phú Quý; công nhân bô xít
so-y-te-dong-nai | Đồng Nai | | ND | Bình Phước; Đồng Nai | Bù Gia Mập; Trảng Bom; Long Thành; Lộc Ninh; Định Quán; Nhơn Trạch | sân bay Long Thành; nhà trọ công nhân; sốt rét Bù Gia Mập; ngộ độc suất ăn; bệnh nghề nghiệp; làng trẻ nhiễm HIV | công nhân nhà trọ; đồng bào S'tiêng; trẻ em con công nhân
so-y-te-ho-chi-minh | Hồ Chí Minh | * | ND | Bà Rịa - Vũng Tàu; Bình Dương; Hồ Chí Minh | Cần Giờ; Côn Đảo; Dĩ An; Củ Chi; Phú Mỹ; Thủ Dầu Một | mạng lưới 168 trạm y tế; trạm cấp cứu vệ tinh; sàng lọc người cao tuổi; bác sĩ luân phiên về Côn Đảo; sức khỏe tâm thần đô thị; y tế chuyên sâu ASEAN | người dân đô thị; công nhân ba vùng công nghiệp; quân dân Côn Đảo
so-y-te-tay-ninh | Tây Ninh | | ND | Long An; Tây Ninh | Tân Biên; Đức Hòa; Mộc Hóa; Gò Dầu; Vĩnh Hưng; Châu Thành | cửa khẩu Mộc Bài; thanh long và hóa chất; Đông y tôn giáo; mùa nước nổi; phòng chẩn trị từ thiện; công nhân Đức Hòa | tín đồ Cao Đài; công nhân; cư dân biên giới Campuchia
so-y-te-dong-thap | Đồng Tháp | | CL | Tiền Giang; Đồng Tháp | Gò Công; Hồng Ngự; Lai Vung; Cái Bè; Tháp Mười; Sa Đéc | hoa kiểng và thuốc trừ sâu; tay chân miệng; sen và thuốc nam; phổ cập bơi mùa lũ; y học gia đình; phòng khám nhân đạo | nông dân; trẻ em vùng lũ; người già sống một mình
so-y-te-vinh-long | Vĩnh Long | | CL | Bến Tre; Trà Vinh; Vĩnh Long | Duyên Hải; Ba Tri; Trà Cú; Bình Minh; Thạnh Phú; Vũng Liêm | dừa và sinh kế; chùa Khmer làm thuốc nam; xâm nhập mặn; ba bệnh viện đa khoa cũ; chăm sóc người cao tuổi; tổ y tế ấp | đồng bào Khmer; nông dân trồng dừa; người dân cù lao
so-y-te-an-giang | An Giang | | CL | Kiên Giang; An Giang | Phú Quốc; Tri Tôn; Tịnh Biên; Kiên Hải; Thoại Sơn; Giồng Riềng | dược liệu Bảy Núi; đặc khu Phú Quốc; Thổ Châu; vía Bà và hội đua bò; ngộ độc cá nóc; tàu y tế đảo xa | đồng bào Khmer, Chăm; cư dân đảo; du khách hành hương
so-y-te-can-tho | Cần Thơ | * | CL | Sóc Trăng; Hậu Giang; Cần Thơ | Vĩnh Châu; Phong Điền; Long Mỹ; Trần Đề; Thốt Nốt; Ngã Bảy | trung tâm y tế vùng châu thổ; chợ nổi; bệnh viện ung bướu mới; ghe ngo và thể thao Khmer; sốt xuất huyết; đào tạo bác sĩ | đồng bào Khmer, Hoa; sinh viên; nông dân trồng lúa
so-y-te-ca-mau | Cà Mau | | CL | Bạc Liêu; Cà Mau | Ngọc Hiển; Năm Căn; U Minh; Đầm Dơi; Giá Rai; Đông Hải | y tế mũi đất cực Nam; ca nô cấp cứu; mật ong rừng tràm; nuôi tôm và da liễu; nước mặn; hòn Khoai, hòn Chuối | ngư dân; dân rừng ngập mặn; trẻ em ven biển
"""


def _province(row: str) -> tuple[str, Province]:
    """Split one row "code | name | * for a city | region | former | places | topics | served"."""
    code, name, city, region, *lists = (part.strip() for part in row.split("|"))
    former, places, topics, served = (
        tuple(item.strip() for item in part.split(";") if item.strip()) for part in lists
    )
    return code, Province(name, city == "*", region, former, places, topics, served)


PROVINCES: dict[str, Province] = dict(_province(row) for row in _ROWS.strip().splitlines())
