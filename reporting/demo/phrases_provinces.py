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
so-y-te-ha-noi | Hà Nội | * | DB | | Sơn Tây; Ba Vì; Sóc Sơn; Mỹ Đức; Đông Anh; Phú Xuyên | nâng cấp trạm y tế tại 126 xã, phường; cấp cứu ngoại viện 115; phòng sốt xuất huyết nội đô; quản lý hành nghề y tư nhân; khám sức khỏe cho người cao tuổi; giám sát bếp ăn trường học | người dân Thủ đô; lao động nhập cư; học sinh các trường bán trú
so-y-te-cao-bang | Cao Bằng | | MN | | Bảo Lạc; Hà Quảng; Trùng Khánh; Thạch An; Nguyên Bình; Quảng Hòa | y tế vùng biên giới; giảm tảo hôn và hôn nhân cận huyết; cấp cứu ngộ độc nấm; quân dân y kết hợp; sưu tầm bài thuốc của người Tày, Nùng; cấp nước sạch vùng lục khu | đồng bào Mông, Dao; cư dân biên giới; trẻ em vùng cao
so-y-te-tuyen-quang | Tuyên Quang | | MN | Hà Giang; Tuyên Quang | Đồng Văn; Mèo Vạc; Chiêm Hóa; Sơn Dương; Hoàng Su Phì; Na Hang | đỡ đẻ an toàn tại bản; y tế trên cao nguyên đá; phòng bệnh than và bạch hầu; trồng dược liệu dưới tán rừng; mô hình nhà chờ sinh; truyền thông bằng tiếng Mông | phụ nữ dân tộc Mông; hộ nghèo vùng cao; người dân xã biên giới
so-y-te-dien-bien | Điện Biên | | MN | | Mường Nhé; Tủa Chùa; Nậm Pồ; Mường Ảng; Tuần Giáo; Điện Biên Đông | phòng, chống HIV ở vùng trọng điểm; điều trị methadone tại xã; phối hợp bệnh xá quân dân y; đào tạo cô đỡ thôn bản; dinh dưỡng trẻ thấp còi; phát hiện lao ở vùng sâu | đồng bào Thái, Hà Nhì; người nghiện ma túy; trẻ suy dinh dưỡng
so-y-te-lai-chau | Lai Châu | | MN | | Sìn Hồ; Mường Tè; Phong Thổ; Than Uyên; Nậm Nhùn; Tam Đường | phát triển sâm Lai Châu; phòng sốt rét biên giới; đưa thầy thuốc về bản; tiêm chủng lưu động; phòng rét cho người già; y tế học đường bán trú | đồng bào La Hủ, Mảng; học sinh nội trú; người dân vùng biên
so-y-te-son-la | Sơn La | | MN | | Mộc Châu; Sốp Cộp; Mai Sơn; Thuận Châu; Phù Yên; Mường La | y tế vùng lòng hồ thủy điện; kế thừa thuốc nam của người Thái; y tế ứng phó lũ quét; điều trị thay thế cho người nghiện; quản lý tăng huyết áp; xây dựng bệnh viện vệ tinh | đồng bào Thái, Khơ Mú; người dân tái định cư; phụ nữ mang thai vùng cao
so-y-te-lao-cai | Lào Cai | | MN | Yên Bái; Lào Cai | Sa Pa; Bắc Hà; Mù Cang Chải; Trạm Tấu; Văn Chấn; Bảo Yên | kiểm dịch y tế cửa khẩu; bảo tồn bài lá tắm người Dao đỏ; khôi phục trạm y tế sau bão số 3; trồng quế và dược liệu; bảo đảm y tế du lịch; tư vấn phòng thalassemia | đồng bào Dao, Giáy; khách qua cửa khẩu; hộ mất nhà do sạt lở
so-y-te-thai-nguyen | Thái Nguyên | | MN | Bắc Kạn; Thái Nguyên | Định Hóa; Ba Bể; Chợ Đồn; Võ Nhai; Na Rì; Phổ Yên | chăm sóc sức khỏe công nhân khu công nghiệp; y tế vùng an toàn khu; trồng dược liệu hồ Ba Bể; liên thông xét nghiệm; y tế sau ngập lụt sông Cầu; phòng bệnh dại | công nhân; đồng bào Tày; người có công
so-y-te-lang-son | Lạng Sơn | | MN | | Đồng Đăng; Bắc Sơn; Hữu Lũng; Lộc Bình; Tràng Định; Chi Lăng | kiểm dịch cửa khẩu thông minh; dân số vùng biên; phát triển hồi và thuốc nam; phòng bệnh sốt phát ban; khám bệnh ở chợ phiên; phòng dịch bệnh qua biên giới | cư dân đường biên; tiểu thương; đồng bào Nùng
so-y-te-quang-ninh | Quảng Ninh | | DB | | Cô Tô; Bình Liêu; Vân Đồn; Hải Hà; Đầm Hà; Đông Triều | y tế biển đảo; cấp cứu khách du lịch Hạ Long; phòng bụi phổi cho thợ mỏ; mổ nội soi tuyến cơ sở; triển khai bệnh án điện tử; kiểm dịch tàu biển | ngư dân; thợ mỏ; đồng bào Sán Chỉ
so-y-te-bac-ninh | Bắc Ninh | | DB | Bắc Giang; Bắc Ninh | Sơn Động; Lục Ngạn; Yên Thế; Từ Sơn; Quế Võ; Gia Bình | y tế khu công nghiệp; kiểm soát bếp ăn ca; sức khỏe làng nghề tái chế; tư vấn sinh sản cho công nhân trẻ; an toàn mùa vải thiều; nhà trẻ cho con công nhân | nữ công nhân; cư dân làng nghề; con em người lao động
so-y-te-phu-tho | Phú Thọ | | MN | Vĩnh Phúc; Hòa Bình; Phú Thọ | Đà Bắc; Tân Sơn; Tam Đảo; Mai Châu; Thanh Thủy; Lập Thạch | hợp nhất ba trung tâm kiểm soát bệnh tật; khám chữa bệnh từ xa; kế thừa thuốc nam người Mường; phục hồi chức năng bằng suối khoáng; cấp cứu du lịch; tự chủ bệnh viện | đồng bào Mường; người dân vùng đất Tổ; hội viên Hội Đông y
so-y-te-hai-phong | Hải Phòng | * | DB | Hải Dương; Hải Phòng | Cát Hải; Bạch Long Vĩ; Thủy Nguyên; Chí Linh; Thanh Miện; Tiên Lãng | xây dựng trung tâm y tế vùng duyên hải; kiểm dịch cảng biển; vận hành tàu cấp cứu; vùng trồng dược liệu Chí Linh; khám bệnh cho đảo xa; quản lý bệnh phổi tắc nghẽn | cư dân đảo; công nhân cảng; người cao tuổi
so-y-te-hung-yen | Hưng Yên | | DB | Thái Bình; Hưng Yên | Khoái Châu; Tiền Hải; Thái Thụy; Phù Cừ; Văn Giang; Vũ Thư | trồng nghệ và cúc chi Nghĩa Trai; quản lý làng nghề thuốc bắc; thích ứng già hóa dân số; phát triển bệnh viện vệ tinh; khám phụ khoa ở nông thôn; y tế vùng nuôi trồng ven biển | nông dân; người cao tuổi neo đơn; ngư dân ven biển
so-y-te-ninh-binh | Ninh Bình | | DB | Hà Nam; Nam Định; Ninh Bình | Kim Sơn; Giao Thủy; Nho Quan; Hải Hậu; Lý Nhân; Gia Viễn | hợp nhất ba ngành y tế cũ; phát triển cụm bệnh viện Phủ Lý; truyền thông sức khỏe ở giáo xứ; y tế du lịch Tràng An; quản lý bệnh mạn tính ở nông thôn; nước sạch vùng ven biển | đồng bào Công giáo; nông dân; khách du lịch
so-y-te-thanh-hoa | Thanh Hóa | | BT | | Mường Lát; Quan Sơn; Bá Thước; Nghi Sơn; Nga Sơn; Như Xuân | củng cố y tế 166 xã, phường; cấp cứu khu kinh tế Nghi Sơn; giảm suy dinh dưỡng miền Tây; phòng đuối nước; quản lý bệnh viện tư nhân; phòng sốt rét biên giới | đồng bào Mông, Thái; công nhân lọc hóa dầu; ngư dân
so-y-te-nghe-an | Nghệ An | | BT | | Kỳ Sơn; Quế Phong; Con Cuông; Quỳ Châu; Diễn Châu; Tương Dương | phát triển sâm Puxailaileng; y tế sau bão lũ miền Tây; nâng cấp bệnh viện đa khoa khu vực; chuyển tuyến an toàn; sàng lọc thalassemia; khám bệnh nhân đạo | đồng bào Thái, Ơ Đu; hộ dân sau lũ; trẻ em miền Tây xứ Nghệ
so-y-te-ha-tinh | Hà Tĩnh | | BT | | Hương Khê; Kỳ Anh; Vũ Quang; Hương Sơn; Cẩm Xuyên; Nghi Xuân | phát huy di sản Hải Thượng Lãn Ông; nuôi hươu lấy nhung làm thuốc; y tế khu kinh tế Vũng Áng; ứng phó lũ lụt Hương Khê; phòng đuối nước; lập sổ sức khỏe điện tử | nông dân; công nhân gang thép; hội viên Đông y
so-y-te-quang-tri | Quảng Trị | | BT | Quảng Bình; Quảng Trị | Hướng Hóa; Minh Hóa; Cồn Cỏ; Lệ Thủy; Tuyên Hóa; Vĩnh Linh | hỗ trợ nạn nhân bom mìn; kiểm dịch cửa khẩu Lao Bảo; chăm sóc đồng bào Vân Kiều; tiêm chủng bản xa; lập hồ sơ người khuyết tật; cứu hộ mùa lũ | đồng bào Vân Kiều, Chứt; nạn nhân vật nổ; ngư dân Cồn Cỏ
so-y-te-hue | Huế | * | BT | | A Lưới; Phú Lộc; Quảng Điền; Phong Điền; Nam Đông; Thuận An | xây dựng trung tâm y tế chuyên sâu; nghiên cứu y học cung đình; ứng phó ngập lụt nội đô; phát triển du lịch y tế; trồng cây thuốc Thái Y Viện; y tế trong đô thị thông minh | người dân cố đô; đồng bào Pa Cô; du khách
so-y-te-da-nang | Đà Nẵng | * | NT | Quảng Nam; Đà Nẵng | Nam Trà My; Hội An; Phước Sơn; Tây Giang; Hòa Vang; Núi Thành | phát triển sâm Ngọc Linh; y tế Hoàng Sa; bệnh án điện tử toàn thành phố; bảo đảm y tế thể thao biển; y tế vùng cao Trà My; cấp cứu du lịch | đồng bào Xơ Đăng, Cơ Tu; du khách; công nhân
so-y-te-quang-ngai | Quảng Ngãi | | NT | Kon Tum; Quảng Ngãi | Lý Sơn; Ba Tơ; Đăk Glei; Trà Bồng; Ngọc Hồi; Tu Mơ Rông | trồng sâm dây; y tế đảo Lý Sơn; theo dõi viêm da dày sừng; phát triển quế Trà Bồng; phòng sốt rét ngã ba biên giới; chuyển tuyến qua đèo | đồng bào Hrê, Xơ Đăng; ngư dân Lý Sơn; người dân biên giới
so-y-te-gia-lai | Gia Lai | | TN | Bình Định; Gia Lai | An Lão; Chư Prông; Kbang; Krông Pa; Hoài Nhơn; Vân Canh | phòng bệnh dại; chăm sóc người bệnh phong Quy Hòa; phòng sốt xuất huyết cao nguyên; khám bệnh tại rẫy; y tế cho ngư dân đánh bắt xa bờ; thể thao quần chúng đất võ | đồng bào Ba Na, Gia Rai; ngư dân; công nhân cao su
so-y-te-khanh-hoa | Khánh Hòa | | NT | Ninh Thuận; Khánh Hòa | Trường Sa; Khánh Sơn; Bác Ái; Cam Ranh; Ninh Phước; Vạn Ninh | y tế Trường Sa; cấp nước sạch mùa khô hạn; phát triển trầm hương làm thuốc; chăm sóc đồng bào Chăm; an toàn lao động vụ nho; y tế du lịch biển | quân dân Trường Sa; đồng bào Raglai; khách quốc tế
so-y-te-dak-lak | Đắk Lắk | | TN | Phú Yên; Đắk Lắk | Buôn Đôn; Krông Bông; Sông Hinh; Ea Súp; Tuy An; M'Đrắk | phát triển bệnh viện vùng Tây Nguyên; y tế sau lũ ở Phú Yên cũ; tiêm bù vắc xin; phòng ngộ độc hóa chất trong trồng cà phê; y tế cho du khách; quản lý sức khỏe dân di cư | đồng bào Ê Đê, M'Nông; dân di cư; nông dân trồng cà phê
so-y-te-lam-dong | Lâm Đồng | | TN | Đắk Nông; Bình Thuận; Lâm Đồng | Đam Rông; Phú Quý; Tuy Đức; Đạ Huoai; Tánh Linh; Lạc Dương | y tế đặc khu Phú Quý; phát triển dược liệu atisô; phòng ngộ độc thuốc trừ sâu trong nhà kính; phòng sốt rét rừng; sức khỏe công nhân bô xít; y tế làng chài | đồng bào K'Ho, Mạ; ngư dân Phú Quý; công nhân bô xít
so-y-te-dong-nai | Đồng Nai | | ND | Bình Phước; Đồng Nai | Bù Gia Mập; Trảng Bom; Long Thành; Lộc Ninh; Định Quán; Nhơn Trạch | y tế công trường sân bay Long Thành; khám bệnh ở khu nhà trọ công nhân; loại trừ sốt rét Bù Gia Mập; phòng ngộ độc suất ăn; khám bệnh nghề nghiệp; chăm sóc trẻ nhiễm HIV | công nhân nhà trọ; đồng bào S'tiêng; trẻ em con công nhân
so-y-te-ho-chi-minh | Hồ Chí Minh | * | ND | Bà Rịa - Vũng Tàu; Bình Dương; Hồ Chí Minh | Cần Giờ; Côn Đảo; Dĩ An; Củ Chi; Phú Mỹ; Thủ Dầu Một | củng cố mạng lưới 168 trạm y tế; mở trạm cấp cứu vệ tinh; sàng lọc người cao tuổi; luân phiên bác sĩ về Côn Đảo; sức khỏe tâm thần đô thị; y tế chuyên sâu tầm khu vực | người dân đô thị; công nhân ba vùng công nghiệp; quân dân Côn Đảo
so-y-te-tay-ninh | Tây Ninh | | ND | Long An; Tây Ninh | Tân Biên; Đức Hòa; Mộc Hóa; Gò Dầu; Vĩnh Hưng; Châu Thành | kiểm dịch cửa khẩu Mộc Bài; phòng ngộ độc hóa chất ở vùng thanh long; phối hợp đông y với các cơ sở tôn giáo; y tế mùa nước nổi; hỗ trợ phòng chẩn trị từ thiện; sức khỏe công nhân Đức Hòa | tín đồ Cao Đài; công nhân; cư dân biên giới Campuchia
so-y-te-dong-thap | Đồng Tháp | | CL | Tiền Giang; Đồng Tháp | Gò Công; Hồng Ngự; Lai Vung; Cái Bè; Tháp Mười; Sa Đéc | phòng nhiễm độc ở làng hoa kiểng; phòng bệnh tay chân miệng; trồng sen và thuốc nam; phổ cập bơi mùa lũ; mô hình y học gia đình; phòng khám nhân đạo | nông dân; trẻ em vùng lũ; người già sống một mình
so-y-te-vinh-long | Vĩnh Long | | CL | Bến Tre; Trà Vinh; Vĩnh Long | Duyên Hải; Ba Tri; Trà Cú; Bình Minh; Thạnh Phú; Vũng Liêm | y tế cho người trồng dừa; thuốc nam ở chùa Khmer; nước sạch mùa xâm nhập mặn; liên kết ba bệnh viện đa khoa cũ; chăm sóc người cao tuổi; củng cố tổ y tế ấp | đồng bào Khmer; nông dân trồng dừa; người dân cù lao
so-y-te-an-giang | An Giang | | CL | Kiên Giang; An Giang | Phú Quốc; Tri Tôn; Tịnh Biên; Kiên Hải; Thoại Sơn; Giồng Riềng | phát triển dược liệu Bảy Núi; y tế đặc khu Phú Quốc; khám bệnh ở Thổ Châu; bảo đảm y tế lễ hội; phòng ngộ độc cá nóc; vận hành tàu y tế đảo xa | đồng bào Khmer, Chăm; cư dân đảo; du khách hành hương
so-y-te-can-tho | Cần Thơ | * | CL | Sóc Trăng; Hậu Giang; Cần Thơ | Vĩnh Châu; Phong Điền; Long Mỹ; Trần Đề; Thốt Nốt; Ngã Bảy | xây dựng trung tâm y tế vùng châu thổ; y tế chợ nổi; vận hành bệnh viện ung bướu mới; thể thao của đồng bào Khmer; phòng sốt xuất huyết; liên kết đào tạo bác sĩ | đồng bào Khmer, Hoa; sinh viên; nông dân trồng lúa
so-y-te-ca-mau | Cà Mau | | CL | Bạc Liêu; Cà Mau | Ngọc Hiển; Năm Căn; U Minh; Đầm Dơi; Giá Rai; Đông Hải | y tế mũi đất cực Nam; vận hành ca nô cấp cứu; khai thác mật ong rừng tràm làm thuốc; phòng bệnh da ở vùng nuôi tôm; nước sạch vùng ngập mặn; khám bệnh ở các hòn đảo | ngư dân; dân rừng ngập mặn; trẻ em ven biển
"""


def _province(row: str) -> tuple[str, Province]:
    """Split one row "code | name | * for a city | region | former | places | topics | served"."""
    code, name, city, region, *lists = (part.strip() for part in row.split("|"))
    former, places, topics, served = (
        tuple(item.strip() for item in part.split(";") if item.strip()) for part in lists
    )
    return code, Province(name, city == "*", region, former, places, topics, served)


PROVINCES: dict[str, Province] = dict(_province(row) for row in _ROWS.strip().splitlines())
