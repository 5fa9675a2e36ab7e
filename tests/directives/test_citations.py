"""Citations found in running text: every way papers print them, and what only looks like one."""

import csv
import time
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives.citations import Citation, find_citations
from directives.codes import kind_label, parse_code

SHARED = Path(__file__).resolve().parents[3] / "shared"


def _brief(citations: list[Citation]) -> list[str]:
    return [f"{each.kind} {each.code} {each.issued_on or '-'}" for each in citations]


CASES: list[tuple[str, list[str]]] = [
    (
        "Căn cứ Nghị định số 42/2025/NĐ-CP ngày 27 tháng 02 năm 2025 của Chính phủ quy định chức năng",
        ["NĐ 42/2025/NĐ-CP 2025-02-27"],
    ),
    (
        "Thực hiện Công văn số 5566/VPCP-KGVX ngày 12/6/2025 của Văn phòng Chính phủ về việc báo cáo",
        ["CV 5566/VPCP-KGVX 2025-06-12"],
    ),
    ("Luật Khám bệnh, chữa bệnh số 15/2023/QH15 ngày 09 tháng 01 năm 2023", ["Luật 15/2023/QH15 2023-01-09"]),
    ("Nghị quyết số 98/2023/QH15 của Quốc hội", ["NQ 98/2023/QH15 -"]),
    (
        "các Nghị quyết số 18-NQ/TW và 19-NQ/TW ngày 25/10/2017 của Hội nghị lần thứ sáu",
        ["NQ 18-NQ/TW 2017-10-25", "NQ 19-NQ/TW 2017-10-25"],
    ),
    ("Nghị quyết số 18, 19-NQ/TW ngày 25/10/2017", ["NQ 18-NQ/TW 2017-10-25", "NQ 19-NQ/TW 2017-10-25"]),
    (
        "Quyết định số 1624/QĐ-TTg ngày 14/12/2023, Quyết định số 89/QĐ-TTg ngày 23/01/2024 của Thủ tướng Chính phủ",
        ["QĐ 1624/QĐ-TTg 2023-12-14", "QĐ 89/QĐ-TTg 2024-01-23"],
    ),
    ("theo Kế hoạch số 12-KH/TU trước ngày 20/10/2025", ["KH 12-KH/TU -"]),
    (
        "Nghị quyết Đại hội XIII của Đảng, khoản 2 Điều 5 Luật Dược năm 2016, điện thoại 024.62732273, kinh phí 15.000.000 đồng",
        [],
    ),
    (
        "Mẫu số 02/BC-BYT ban hành kèm theo Thông tư số 37/2019/TT-BYT ngày 30/12/2019",
        ["TT 37/2019/TT-BYT 2019-12-30"],
    ),
    ("Thông báo kết luận số 15-TB/TW ngày 5-3-2024", ["TB 15-TB/TW 2024-03-05"]),
    ("Công văn ngày 26/5/2020 số 12/BTP-VP của Bộ Tư pháp", ["CV 12/BTP-VP 2020-05-26"]),
    (
        "Nghị quyết số 45-NQ/TW của Ban Chấp hành Trung ương khóa XIII ngày 24/11/2023 về xây dựng",
        ["NQ 45-NQ/TW 2023-11-24"],
    ),
    (
        "NGHỊ QUYẾT SỐ 45-NQ/TW NGÀY 24 THÁNG 11 NĂM 2023 CỦA BAN CHẤP HÀNH TRUNG ƯƠNG",
        ["NQ 45-NQ/TW 2023-11-24"],
    ),
    (
        "Chỉ thị 25-CT/TW (ngày 25/10/2023) và Chỉ thị 28-CT/TW (25/12/2023)",
        ["CT 25-CT/TW 2023-10-25", "CT 28-CT/TW 2023-12-25"],
    ),
    ("Căn cứ Luật Tổ chức chính quyền địa phương ngày 16/6/2025;", []),
    (
        "Quyết định số 288/QĐ-BYT; Quyết định số 289/QĐ-BYT ngày 01/02/2024",
        ["QĐ 288/QĐ-BYT -", "QĐ 289/QĐ-BYT 2024-02-01"],
    ),
    ("Kết luận số 45 NQ/TW", ["KL 45-KL/TW -"]),
    ("Nghị quyết 45 NQ/TW ngày 24/11/2023", ["NQ 45-NQ/TW 2023-11-24"]),
    (
        "Tờ trình số 155/TTr-SYT ngày 2/3/2024; Báo cáo thẩm định số 77/BC-STP ngày 1/3/2024 của Sở Tư pháp",
        ["TTr 155/TTr-SYT 2024-03-02", "BC 77/BC-STP 2024-03-01"],
    ),
    ("Chương trình hành động số 50-CTr/TU, ngày 10/01/2018", ["CTr 50-CTr/TU 2018-01-10"]),
    (
        "Ngày 15/7/2024, Thủ tướng Chính phủ đã ký ban hành Chỉ thị số 20/CT-TTg về",
        ["CT 20/CT-TTg 2024-07-15"],
    ),
    ("Huyết áp 120/80 mmHg; tỷ lệ 12/BV; đạt 5/7 chỉ tiêu; HIV/AIDS", []),
    ("Quy chuẩn QCVN 01:2018/BYT", []),
    ("Thông tư liên tịch số 08/2015/TTLT-BYT-BNV ngày 27/5/2015", ["TTLT 08/2015/TTLT-BYT-BNV 2015-05-27"]),
    ("Lưu: VT, VPB9. Số nhà 138A Giảng Võ", []),
    ("Công điện số 1103/CĐ-TTg ngày 23/10/2024", ["CĐ 1103/CĐ-TTg 2024-10-23"]),
    ("văn bản số 1234/SGDĐT-VP ngày 5/6/2024", ["CV 1234/SGDĐT-VP 2024-06-05"]),
    (
        "các văn bản: số 5501/BYT-KCB ngày 02/8/2024, số 5601/BYT-DP ngày 9/8/2024",
        ["CV 5501/BYT-KCB 2024-08-02", "CV 5601/BYT-DP 2024-08-09"],
    ),
    ("Quyết định số 4858/QĐ-BYT ngày 31/02/2013", ["QĐ 4858/QĐ-BYT -"]),
    ("Pháp lệnh số 02/2022/UBTVQH15 ngày 18/8/2022", ["PL 02/2022/UBTVQH15 2022-08-18"]),
    (
        "Nghị quyết số 1211/2016/UBTVQH13 ngày 25 tháng 5 năm 2016 của Ủy ban Thường vụ Quốc hội",
        ["NQ 1211/2016/UBTVQH13 2016-05-25"],
    ),
    (
        "Luật sửa đổi, bổ sung một số điều của Luật Bảo hiểm y tế số 51/2024/QH15 ngày 27/11/2024",
        ["Luật 51/2024/QH15 2024-11-27"],
    ),
    ("Căn cứ Luật Ban hành văn bản quy phạm pháp luật số 64/2025/QH15", ["Luật 64/2025/QH15 -"]),
    (
        "Kế hoạch số 45/KH-UBND ngày 3/4/2025 của UBND tỉnh; thực hiện Kế hoạch số 45/KH-UBND",
        ["KH 45/KH-UBND 2025-04-03"],
    ),
    (
        "Nghị quyết số 20-NQ/TW ngày 01/11/2012 và Nghị quyết số 20-NQ/TW ngày 25/10/2017",
        ["NQ 20-NQ/TW 2012-11-01", "NQ 20-NQ/TW 2017-10-25"],
    ),
    ("Hướng dẫn số 36- HD/ VPTW , ngày 03 / 4 / 2018", ["HD 36-HD/VPTW 2018-04-03"]),
    ("Quy định số 08-QĐi/TW ngày 25/10/2018", ["QĐi 08-QĐi/TW 2018-10-25"]),
    ("Nghị định số 63/CP ngày 24/10/1996", ["NĐ 63/CP 1996-10-24"]),
    ("Nghị định 63-CP ngày 24/10/1996", ["NĐ 63-CP 1996-10-24"]),
    (
        "QĐ số 1624/QĐ-TTg; NĐ 30/2020/NĐ-CP; CV 123/BYT-KCB",
        ["QĐ 1624/QĐ-TTg -", "NĐ 30/2020/NĐ-CP -", "CV 123/BYT-KCB -"],
    ),
    ("(theo Công văn số 12/BYT-KCB ngày 15/9/2025) trước ngày 20/10/2025", ["CV 12/BYT-KCB 2025-09-15"]),
    ("Kế hoạch số 12/KH-BYT\n- UBND các tỉnh, thành phố", ["KH 12/KH-BYT -"]),
    ("Chương trình phối hợp số 04-CTr/BTGTW-BYT", ["CTr 04-CTr/BTGTW-BYT -"]),
    ("Kế hoạch phối hợp liên ngành số 15/KHPH-BYT-BGDĐT ngày 9/9/2024", ["KH 15/KHPH-BYT-BGDĐT 2024-09-09"]),
    ("Báo cáo số 499/BC-UBND của Ủy ban nhân dân tỉnh, ngày 14/6/2024", ["BC 499/BC-UBND 2024-06-14"]),
    (
        "Thông báo số 12/TB-VPCP ngày 10/01/2025 của Văn phòng Chính phủ thông báo kết luận của Phó Thủ tướng",
        ["TB 12/TB-VPCP 2025-01-10"],
    ),
    (
        "Nghị quyết số 57-NQ/TW ngày 22/12/2024, Nghị quyết số 59-NQ/TW ngày 24/01/2025, Nghị quyết số 66-NQ/TW ngày 30/4/2025, Nghị quyết số 68-NQ/TW ngày 04/5/2025",
        [
            "NQ 57-NQ/TW 2024-12-22",
            "NQ 59-NQ/TW 2025-01-24",
            "NQ 66-NQ/TW 2025-04-30",
            "NQ 68-NQ/TW 2025-05-04",
        ],
    ),
    (
        "Căn cứ Điều lệ Đảng, Quy định số 24-QĐ/TW, ngày 30/7/2021 của Ban Chấp hành Trung ương",
        ["QĐ 24-QĐ/TW 2021-07-30"],
    ),
    ("số 15/KP2, phường 3; tổ 12/KP3", []),
    ("Giấy phép hoạt động số 123/BYT-GPHĐ; hợp đồng số 12/HĐKT-BV", []),
    (
        "theo Quyết định số 1234/QĐ-UBND ngày 5/3/2024 và Công văn số 567/SYT-NVY ngày 6/3/2024 của Sở Y tế, đề nghị báo cáo trước ngày 15/3/2024",
        ["QĐ 1234/QĐ-UBND 2024-03-05", "CV 567/SYT-NVY 2024-03-06"],
    ),
    ("Nghị quyết số 08 -\nNQ/TU", ["NQ 08-NQ/TU -"]),
    ("Chỉ thị số\n 25-CT/TW ngày\n 25/10/2023", ["CT 25-CT/TW 2023-10-25"]),
    ("Quyết định số 922 /QĐ-UBND", ["QĐ 922/QĐ-UBND -"]),
    ("Nghị quyết của Chính phủ số 01/NQ-CP ngày 05/01/2024", ["NQ 01/NQ-CP 2024-01-05"]),
    (
        "Nghị quyết số 29-NQ/TW, Kết luận số 91-KL/TW cùng ngày 12/8/2024",
        ["NQ 29-NQ/TW 2024-08-12", "KL 91-KL/TW 2024-08-12"],
    ),
    (
        "Nghị quyết số 05/2020/NQ-HĐND ngày 10/7/2020 của Hội đồng nhân dân tỉnh",
        ["NQ 05/2020/NQ-HĐND 2020-07-10"],
    ),
    ("Thông tư số 12/2022/TT - BYT", ["TT 12/2022/TT-BYT -"]),
    ("theo công văn số 3457/BHXH – CSYT ngày 1/10/2024", ["CV 3457/BHXH-CSYT 2024-10-01"]),
    ("Công văn số 1234/ BYT- KCB", ["CV 1234/BYT-KCB -"]),
    ("Công văn số: 1234-CV/BTGTW ngày 11/3/2024", ["CV 1234-CV/BTGTW 2024-03-11"]),
    (
        "Kết luận 14-KL/TW ngày 22-9-2021 của Bộ Chính trị; Thông tri số 03-TT/TW",
        ["KL 14-KL/TW 2021-09-22", "TT 03-TT/TW -"],
    ),
    (
        "Quyết định số 13-QĐ/ĐU ngày 01/6/2025 của Ban Thường vụ Đảng ủy; Kế hoạch 05-KH/ĐUCP",
        ["QĐ 13-QĐ/ĐU 2025-06-01", "KH 05-KH/ĐUCP -"],
    ),
    ("Chỉ thị số 25-CT/TW của Ban Bí thư được ban hành ngày 25/10/2023", ["CT 25-CT/TW 2023-10-25"]),
    ("Công văn của Bộ Nội vụ số 777/BNV-CCVC ngày 14/2/2025", ["CV 777/BNV-CCVC 2025-02-14"]),
    ("Bộ Y tế có Công văn số 777/BYT-TCCB ngày 14/2/2025 gửi các đơn vị", ["CV 777/BYT-TCCB 2025-02-14"]),
    ("Ngày 14/2/2025, Bộ Y tế có Công văn số 777/BYT-TCCB gửi các đơn vị", ["CV 777/BYT-TCCB 2025-02-14"]),
    ("Nghị quyết liên tịch số 01/2022/NQLT-CP-UBTWMTTQVN", ["NQLT 01/2022/NQLT-CP-UBTWMTTQVN -"]),
    ("Văn bản hợp nhất số 15/VBHN-BYT ngày 1/9/2023", ["VBHN 15/VBHN-BYT 2023-09-01"]),
    ("Bộ luật Lao động số 45/2019/QH14 ngày 20/11/2019", ["Luật 45/2019/QH14 2019-11-20"]),
    (
        "Kế hoạch số 324-KH/TU ngày 29/12/2023; trên cơ sở Kế hoạch số 324-KH/TU (sau đây gọi là Kế hoạch 324)",
        ["KH 324-KH/TU 2023-12-29"],
    ),
    ("Nghị quyết số 28 - NQ/TW (khóa XII) ngày 25/10/2017", ["NQ 28-NQ/TW 2017-10-25"]),
    ("theo Văn bản số 1234/UBND-KGVX ngày 12 tháng 3 năm 2025", ["CV 1234/UBND-KGVX 2025-03-12"]),
    ("Quyết định số 2345 QĐ/BYT", ["QĐ 2345-QĐ/BYT -"]),
    ("Kết luận số 123- KL/TW, ngày 24-1-2025 của Ban Chấp hành Trung ương", ["KL 123-KL/TW 2025-01-24"]),
    ("Công văn số 1888/BTP-VP,1889/BTP-VP", ["CV 1888/BTP-VP -", "CV 1889/BTP-VP -"]),
    (
        "Thực hiện Chương trình công tác năm 2025, Quyết định số 55-QĐ/BTGDVTW ngày 3/3/2025 của Ban Tuyên giáo và Dân vận Trung ương",
        ["QĐ 55-QĐ/BTGDVTW 2025-03-03"],
    ),
    (
        "Căn cứ Nghị quyết số 190/2025/QH15 ngày 19 tháng 02 năm 2025 của Quốc hội quy định về xử lý",
        ["NQ 190/2025/QH15 2025-02-19"],
    ),
    (
        "Căn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15;\nCăn cứ Luật Ngân sách nhà nước số 83/2015/QH13",
        ["Luật 72/2025/QH15 -", "Luật 83/2015/QH13 -"],
    ),
    (
        "Nghị quyết số 71/NQ-CP ngày 01/4/2025 của Chính phủ sửa đổi, bổ sung cập nhật Chương trình hành động của Chính phủ thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị",
        ["NQ 71/NQ-CP 2025-04-01", "NQ 57-NQ/TW 2024-12-22"],
    ),
    ("Kế hoạch số 02-KH/BCĐTW ngày 19/6/2025 của Ban Chỉ đạo Trung ương", ["KH 02-KH/BCĐTW 2025-06-19"]),
    ("Thông báo số 48-TB/BCĐTW", ["TB 48-TB/BCĐTW -"]),
    (
        "Công văn số 1234/BYT-VPB1 ngày 10/6/2025 và các Công văn số 345/BYT-KHTC ngày 11/6/2025, số 367/BYT-KHTC ngày 12/6/2025 của Bộ Y tế",
        ["CV 1234/BYT-VPB1 2025-06-10", "CV 345/BYT-KHTC 2025-06-11", "CV 367/BYT-KHTC 2025-06-12"],
    ),
    (
        "Quyết định số 2222/QĐ-BYT ngày 25 tháng 8 năm 2024, sửa đổi Quyết định số 1111/QĐ-BYT",
        ["QĐ 2222/QĐ-BYT 2024-08-25", "QĐ 1111/QĐ-BYT -"],
    ),
    (
        "Kết luận số 126-KL/TW ngày 14/02/2025, số 127-KL/TW ngày 28/02/2025 của Bộ Chính trị, Ban Bí thư",
        ["KL 126-KL/TW 2025-02-14", "KL 127-KL/TW 2025-02-28"],
    ),
    (
        "Kết luận của Bộ Chính trị (số 126-KL/TW, ngày 14/02/2025; số 127-KL/TW, ngày 28/02/2025)",
        ["KL 126-KL/TW 2025-02-14", "KL 127-KL/TW 2025-02-28"],
    ),
    ("Hướng dẫn liên ngành số 12/HDLN-SYT-BHXH ngày 5/5/2024", ["HD 12/HDLN-SYT-BHXH 2024-05-05"]),
    ("Kế hoạch liên tịch số 01/KHLT-SYT-SGDĐT", ["KH 01/KHLT-SYT-SGDĐT -"]),
    ("Quy chế số 01-QC/ĐU-UBND", ["QC 01-QC/ĐU-UBND -"]),
    ("Quy chế phối hợp số 05-QCPH/BTGTW-BYT ngày 1/1/2020", ["QC 05-QCPH/BTGTW-BYT 2020-01-01"]),
    ("Đề án số 06/ĐA-TTg", ["ĐA 06/ĐA-TTg -"]),
    ("Đề án 06 của Chính phủ theo Quyết định số 06/QĐ-TTg ngày 06/01/2022", ["QĐ 06/QĐ-TTg 2022-01-06"]),
    (
        "Phương án số 22/PA-SYT; Giấy mời số 33/GM-UBND ngày 2/2/2024",
        ["PA 22/PA-SYT -", "GM 33/GM-UBND 2024-02-02"],
    ),
    (
        "Thông tư số 43/2013/TT-BYT ngày 11 tháng 12 năm 2013 của Bộ trưởng Bộ Y tế",
        ["TT 43/2013/TT-BYT 2013-12-11"],
    ),
    (
        "Chỉ thị số 30-CT/TW, ngày 22-1-2019 của Ban Bí thư Trung ương Đảng khóa XII",
        ["CT 30-CT/TW 2019-01-22"],
    ),
    ("thực hiện Nghị quyết 20 của Trung ương; Nghị quyết Trung ương 6 khóa XII; Nghị quyết 19", []),
    ("Nghị quyết số 20-NQ/TW, 21-NQ/TW (khóa XII)", ["NQ 20-NQ/TW -", "NQ 21-NQ/TW -"]),
    (
        "Nghị quyết số 20-NQ/TW và số 21-NQ/TW, ngày 25/10/2017",
        ["NQ 20-NQ/TW 2017-10-25", "NQ 21-NQ/TW 2017-10-25"],
    ),
    ("Số: 1234/SYT-NVY       Hà Nội, ngày 12 tháng 3 năm 2025", ["CV 1234/SYT-NVY -"]),
    ("Theo Báo cáo số 123/BC-SYT, tổng số 1.234 bệnh nhân, trong đó 12/34 ca", ["BC 123/BC-SYT -"]),
    ("Tiêu chuẩn TCVN 8092:2021, ISO 15189:2022; mã số 12/ABC-XYZ", []),
    ("Công văn số 45/CV-SYT", ["CV 45/CV-SYT -"]),
    ("Quyết định số 36/2025/QĐ-UBND", ["QĐ 36/2025/QĐ-UBND -"]),
    (
        "thay thế Quyết định số 12/2023/QĐ-UBND ngày 4/5/2023 và bãi bỏ Quyết định số 13/2023/QĐ-UBND ngày 5/5/2023",
        ["QĐ 12/2023/QĐ-UBND 2023-05-04", "QĐ 13/2023/QĐ-UBND 2023-05-05"],
    ),
    ("Công văn hỏa tốc số 789/BYT-DP ngày 8/8/2024", ["CV 789/BYT-DP 2024-08-08"]),
    (
        "Tại Thông báo số 123/TB-BYT ngày 9/9/2024 về kết luận của Thứ trưởng; Công văn số 55 /BYT-KCB",
        ["TB 123/TB-BYT 2024-09-09", "CV 55/BYT-KCB -"],
    ),
    ("Nghị quyết số 10-NQ/ĐUBYT ngày 1/2/2024 của Đảng ủy Bộ Y tế", ["NQ 10-NQ/ĐUBYT 2024-02-01"]),
    ("Nghị quyết số 10 NQ/ĐUBYT", ["NQ 10-NQ/ĐUBYT -"]),
    ("Kế hoạch số 115/KH UBND ngày 1/2/2024", ["KH 115/KH-UBND 2024-02-01"]),
    ("Nghị định số 30/2020/NĐ CP ngày 05/3/2020", ["NĐ 30/2020/NĐ-CP 2020-03-05"]),
    ("Công văn số 4396/BYT KH TC ngày 2/3/2024", ["CV 4396/BYT-KH-TC 2024-03-02"]),
    ("Công văn số 1888/BTP VP", ["CV 1888/BTP-VP -"]),
    ("Kết luận số 226 KL/TU; Chương trình số 50 CTr/TU", ["KL 226-KL/TU -", "CTr 50-CTr/TU -"]),
    ("KẾT LUẬN SỐ 226-KL/TU NGÀY 30/12/2022 CỦA BAN THƯỜNG VỤ", ["KL 226-KL/TU 2022-12-30"]),
    ("CHƯƠNG TRÌNH HÀNH ĐỘNG SỐ 50-CTR/TU", ["CTr 50-CTr/TU -"]),
    ("TỜ TRÌNH SỐ 155/TTR-SYT NGÀY 02/3/2024", ["TTr 155/TTr-SYT 2024-03-02"]),
    (
        "Căn cứ Quyết định số 19/2025/QĐ-TTg ngày 30/6/2025 của Thủ tướng Chính phủ ban hành Bảng danh mục",
        ["QĐ 19/2025/QĐ-TTg 2025-06-30"],
    ),
    ("Công văn số 12/SYT-VP\nngày 3/4/2025", ["CV 12/SYT-VP 2025-04-03"]),
    ("Công văn số 12/SYT-\nVP ngày 3/4/2025", ["CV 12/SYT-VP 2025-04-03"]),
    ("Nghị định số 30/2020/\nNĐ-CP", ["NĐ 30/2020/NĐ-CP -"]),
    ("Nghị định số 30/\n2020/NĐ-CP", ["NĐ 30/2020/NĐ-CP -"]),
    ("Nghị quyết số\n45-NQ/\nTW ngày 24/11/\n2023", ["NQ 45-NQ/TW 2023-11-24"]),
    ("Kế hoạch\nsố 45/KH-UBND", ["KH 45/KH-UBND -"]),
    (
        "Ngày 10/9/2020, Bộ Y tế ban hành Kế hoạch số 1/KH-BYT và Hướng dẫn số 2/HD-BYT",
        ["KH 1/KH-BYT 2020-09-10", "HD 2/HD-BYT -"],
    ),
    ("Từ ngày 10/9/2020, Bộ Y tế ban hành Kế hoạch số 1/KH-BYT", ["KH 1/KH-BYT -"]),
    ("Hội nghị ngày 10/9/2020 theo Kế hoạch số 1/KH-BYT", ["KH 1/KH-BYT -"]),
    ("Hợp tác theo Nghị quyết số 18-NQ/TW của Đảng và kết quả đến ngày 30/9/2025", ["NQ 18-NQ/TW -"]),
    ("Quyết định số 100/QĐ-BYT của Bộ trưởng Bộ Y tế, báo cáo trước ngày 15/10/2025", ["QĐ 100/QĐ-BYT -"]),
    ("Nghị quyết số 42-NQ/TW ngày 24 tháng 11 năm 2023, Hội nghị lần thứ tám", ["NQ 42-NQ/TW 2023-11-24"]),
    ("Công văn số 567/UBND-VX3 ngày 4.5.2024", ["CV 567/UBND-VX3 2024-05-04"]),
    ("Công văn 8765/VPCP-QHĐP, ngày 3 tháng 9 năm 2024", ["CV 8765/VPCP-QHĐP 2024-09-03"]),
    ("Công văn số 1111/BTNMT-TTr; công văn 222/TTCP-C.II", ["CV 1111/BTNMT-TTr -", "CV 222/TTCP-C -"]),
    ("Lệnh số 05/2025/L-CTN ngày 1/7/2025", ["L 05/2025/L-CTN 2025-07-01"]),
    ("Quyết định số 1234/QĐ-CTN", ["QĐ 1234/QĐ-CTN -"]),
    ("báo cáo số liệu 12/KCB; có 5/BYT", []),
    ("Biểu mẫu 01/BC-TH, 02/BC-TH kèm theo", []),
    ("(Mẫu số 01, 02/BC-BYT)", []),
    ("theo Phụ lục 1/KH-BYT", []),
    (
        "Nghị quyết 128/NQ-CP; Nghị quyết 128/NQ-CP ngày 11/10/2021; Nghị quyết 128/NQ-CP",
        ["NQ 128/NQ-CP 2021-10-11"],
    ),
    ("điện thoại: 0243.846/BYT-VP", []),
    ("Văn phòng Chính phủ (Công văn số 12/VPCP-KGVX)", ["CV 12/VPCP-KGVX -"]),
    ("Thông báo Kết luận số 1234-TB/TU, ngày 6/6/2024", ["TB 1234-TB/TU 2024-06-06"]),
    ("Kết luận thanh tra số 12/KL-TTr ngày 5/5/2024", ["KL 12/KL-TTr 2024-05-05"]),
    ("Thông báo kết luận thanh tra số 12/TB-TTr", ["TB 12/TB-TTr -"]),
    ("Công văn số 1234/BYT-KCB,ngày 5/5/2024", ["CV 1234/BYT-KCB 2024-05-05"]),
    ("Nghị quyết số 18-NQ/TW,19-NQ/TW", ["NQ 18-NQ/TW -", "NQ 19-NQ/TW -"]),
    (
        "Nghị quyết số 18-NQ/TW; 19-NQ/TW, 20-NQ/TW ngày 25/10/2017",
        ["NQ 18-NQ/TW 2017-10-25", "NQ 19-NQ/TW 2017-10-25", "NQ 20-NQ/TW 2017-10-25"],
    ),
    ("Công văn 1234/BYT-KCB ngày 05/5 của Bộ Y tế", ["CV 1234/BYT-KCB -"]),
    ("Chương trình số 12/CTr-UBND", ["CTr 12/CTr-UBND -"]),
    ("Chương trình hành động số 15/CTHĐ-BYT", ["CTHĐ 15/CTHĐ-BYT -"]),
    ("Kế hoạch hành động số 15/KHHĐ-BYT", ["KH 15/KHHĐ-BYT -"]),
    ("Chương trình phối hợp số 15/CTPH-BYT-HND", ["CTr 15/CTPH-BYT-HND -"]),
]


@pytest.mark.parametrize("encoding", ["as printed", "decomposed", "en dashes", "carriage returns"])
@pytest.mark.parametrize(("fragment", "expected"), CASES, ids=[case[0][:50] for case in CASES])
def test_fragments(fragment: str, expected: list[str], encoding: str) -> None:
    changed = {
        "as printed": fragment,
        "decomposed": unicodedata.normalize("NFD", fragment),
        "en dashes": fragment.replace("-", "–"),
        "carriage returns": fragment.replace("\n", "\r\n"),
    }[encoding]
    assert _brief(find_citations(changed)) == expected


@pytest.mark.parametrize(
    ("fragment", "issuer"),
    [
        ("Kết luận số 14-KL/TW ngày 22/9/2021 của Bộ Chính trị về chủ trương", "Bộ Chính trị"),
        ("Quyết định 4667/QĐ-BYT của Bộ Y tế", "Bộ Y tế"),
        (
            "Kế hoạch số 45/KH-UBND ngày 3/4/2025 của Ủy ban nhân dân tỉnh Lào Cai, Sở Y tế",
            "Ủy ban nhân dân tỉnh Lào Cai",
        ),
        ("Ngày 14/2/2025, Bộ Nội vụ có Công văn số 777/BNV-CCVC gửi các bộ", "Bộ Nội vụ"),
        ("Chỉ thị số 25-CT/TW ngày 25/10/2023 của Ban Bí thư\nvề y tế cơ sở", "Ban Bí thư"),
        ("Chỉ thị số 25-CT/TW", ""),
    ],
)
def test_issuer(fragment: str, issuer: str) -> None:
    assert [each.issuer for each in find_citations(fragment)] == [issuer]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_spans_index_the_original(form: str) -> None:
    text = unicodedata.normalize(
        form, "Để triển khai Nghị quyết số 07-\nNQ/TU, ngày 02/8/2018 và Kết luận 226-KL/TU của Thành ủy."
    )
    found = find_citations(text)
    printed = [unicodedata.normalize("NFC", text[slice(*each.span)]) for each in found]
    assert printed == ["Nghị quyết số 07-\nNQ/TU, ngày 02/8/2018", "Kết luận 226-KL/TU"]


def test_mentions_are_all_kept() -> None:
    text = "Chỉ thị số 25-CT/TW ngày 25/10/2023; thực hiện Chỉ thị số 25-CT/TW; theo Chỉ thị 25-CT/TW."
    (only,) = find_citations(text)
    assert only.issued_on == date(2023, 10, 25)
    assert len(only.mentions) == 3
    assert only.mentions[0] == only.span


def test_a_later_date_completes_an_earlier_mention() -> None:
    text = "Quán triệt Chỉ thị số 25-CT/TW.\n\nCăn cứ Chỉ thị số 25-CT/TW ngày 25/10/2023 của Ban Bí thư"
    assert _brief(find_citations(text)) == ["CT 25-CT/TW 2023-10-25"]


def test_the_number_of_the_paper_itself_is_left_out() -> None:
    text = "Số: 12/KH-SYT\n\nCăn cứ Kế hoạch số 45/KH-UBND ngày 3/4/2025. Kế hoạch số 12/KH-SYT này thay thế."
    assert _brief(find_citations(text, own_code="12/KH-SYT")) == ["KH 45/KH-UBND 2025-04-03"]


def test_an_older_paper_of_the_same_number_stays() -> None:
    text = "Kế hoạch số 12/KH-SYT ngày 5/2/2024"
    same = find_citations(text, own_code="12/KH-SYT", own_issued_on=date(2024, 2, 5))
    older = find_citations(text, own_code="12/KH-SYT", own_issued_on=date(2025, 2, 5))
    assert (same, _brief(older)) == ([], ["KH 12/KH-SYT 2024-02-05"])


def test_a_correction_is_explained() -> None:
    (only,) = find_citations("Kết luận số 86-KT/TW ngày 10/7/2024 của Ban Bí thư")
    assert "86-KT/TW" in only.note


_IN_PRINT = [
    lambda text: text,
    lambda text: unicodedata.normalize("NFD", text),
    lambda text: text.replace("-", "–"),
    lambda text: text.replace("-", "\u2011"),
    lambda text: text.replace("-", " - "),
    lambda text: text.replace("/", " / "),
    lambda text: text.replace("-", "-\n\n    ", 1),
    lambda text: text.replace("/", "/\n", 1),
    lambda text: text.replace("TW", "TƯ"),
]
_DAYS = ["{0.day}/{0.month}/{0.year}", "{0:%d-%m-%Y}", "{0:%d.%m.%Y}", "{0.day} tháng {0.month} năm {0.year}"]


@given(
    st.sampled_from(
        ["45-NQ/TW", "04-CTr/BTGTW-BYT", "288/QĐ-BYT", "30/2020/NĐ-CP", "202/2025/QH15", "4396/BYT-KH-TC"]
    ),
    st.lists(st.sampled_from(_IN_PRINT), min_size=1, max_size=3),
    st.sampled_from(_DAYS),
    st.dates(date(1946, 1, 1), date(2040, 12, 31)),
    st.sampled_from(["số ", "số: ", ""]),
    st.sampled_from([" ngày ", ", ngày ", " (ngày ", " của Bộ Chính trị ngày "]),
)
def test_any_printed_citation_reads_back(
    code: str, quirks: list, form: str, day: date, number_word: str, lead: str
) -> None:
    read = parse_code(code)
    assert read is not None
    printed = code
    for quirk in quirks:
        printed = quirk(printed)
    text = f"Thực hiện {kind_label(read.kind).split(' /')[0]} {number_word}{printed}{lead}{form.format(day)}) về việc chung."
    assert _brief(find_citations(text)) == [f"{read.kind} {code} {day}"]


@given(st.text(alphabet="0123456789/-.,;() \n\tNQKHTWCPBYTđĐsốngàyvàLuậtKếhoạch–\u0301\u200b", max_size=300))
def test_no_input_raises(text: str) -> None:
    for citation in find_citations(text):
        start, end = citation.span
        assert 0 <= start < end <= len(text)


# About twenty pages of dense prose with a citation in every other line.
_PAGES = "\n".join(fragment for fragment, _ in CASES) * 3


def _seconds(text: str) -> float:
    best = []
    for _ in range(2):
        start = time.process_time()
        find_citations(text)
        best.append(time.process_time() - start)
    return min(best)


@pytest.mark.parametrize(
    "text", [_PAGES, "12/BYT-KCB, " * 1000, "số 1" + " " * 60000, "Luật " * 9000 + "số 1/2023/QH15"]
)
def test_cost_is_linear(text: str) -> None:
    # Fourfold text tells a quadratic rule (sixteenfold) from a linear one on a busy machine too.
    once, fourfold = _seconds(text), _seconds(text * 4)
    assert fourfold <= max(2.6 * 2.6 * once, 0.1)


@pytest.mark.papers
def test_examples_beside_the_project() -> None:
    path = SHARED / "data" / "citation_examples.tsv"
    if not path.exists():
        pytest.skip("no examples lie beside the project")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    for row in rows:
        found = find_citations(row["fragment"].replace("\\n", "\n"))
        assert _brief(found) == [
            f"{row['kind']} {code.strip()} {row['issued_on']}" for code in row["code"].split(";")
        ]


@pytest.mark.papers
@pytest.mark.parametrize(("pattern", "count"), [("000_*.txt", 10), ("004_*.txt", 6)])
def test_papers_beside_the_project(pattern: str, count: int) -> None:
    papers = list((SHARED / "seeds").glob(pattern))
    if not papers:
        pytest.skip("no papers lie beside the project")
    found = find_citations(papers[0].read_text(encoding="utf-8"))
    assert len(found) == count
    assert all(each.issued_on for each in found)
