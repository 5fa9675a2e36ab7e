"""How the phrase of a deadline is read: date, boundary, time, repetition."""

import csv
import time as clock
import unicodedata
from datetime import date, time, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives.deadlines import (
    NO_DEADLINE,
    Boundary,
    Deadline,
    find_deadlines,
    format_phrase,
    read_deadline,
)

SHARED = Path(__file__).resolve().parents[3] / "shared"
HANOI = timezone(timedelta(hours=7))


def _brief(read: Deadline) -> str:
    at = read.time.strftime("%H:%M") if read.time else "-"
    return f"{read.due or '-'} {read.boundary} {at} {read.recurrence or '-'}"


# fragment, date of the paper, "due boundary time recurrence"
PHRASES: list[tuple[str, str | None, str]] = [
    ("Tới 7 giờ ngày 06/10/2026, mực nước ở mức 30,8 m.", "2026-10-06", "- none - -"),
    ("Đến 15 giờ ngày 06/10/2026, mới có 9 đơn vị gửi hồ sơ.", "2026-10-06", "- none - -"),
    ("Đến 17 giờ ngày 06/10/2026, các xã phải xong.", "2026-10-06", "2026-10-06 by_time 17:00 -"),
    ("thẩm định số liệu, chuyển Phòng Mẫu trong tháng 11/2026", None, "2026-11-30 on_or_before - -"),
    ("rà soát số liệu chuyển đổi số trong quý III/2026", None, "- none - -"),
    ("hạn chót nộp bài 16h30 ngày 20/11/2026", None, "2026-11-20 by_time 16:30 -"),
    ("hỗ trợ người dùng hằng ngày từ 7h30 đến 17h30", None, "- none - -"),
    (
        "hoàn thành việc rà soát danh mục áp dụng tại trạm trong quý II/2026",
        None,
        "2026-06-30 on_or_before - -",
    ),
    ("giải ngân hết số vốn kéo dài đến hết ngày 31/12/2026", None, "2026-12-31 on_or_before - -"),
    ("hoàn thành các nhiệm vụ trên trong năm 2026", None, "2026-12-31 on_or_before - -"),
    ("kết quả thực hiện trong năm 2026", None, "- none - -"),
    (
        "báo cáo vào ngày cuối quý",
        None,
        "- recurring - yearly:03-31;yearly:06-30;yearly:09-30;yearly:12-31",
    ),
    ("công khai sao kê vào tuần đầu mỗi tháng", None, "- recurring - monthly:07"),
    ("báo cáo trong tuần cuối hằng tháng", None, "- recurring - monthly:last"),
    ("gửi báo cáo trong 05 ngày đầu hằng tháng", None, "- recurring - monthly:05"),
    ("ứng trực từ ngày 01/9 đến ngày 30/11 hằng năm", None, "- none - -"),
    ("xong trong quý II, chậm nhất ngày 15/6/2026", "2026-03-10", "2026-06-15 on_or_before - -"),
    ("báo cáo nhanh trước 15h00 các ngày trong tuần", None, "- recurring 15:00 daily"),
    ("từ nay đến 30/4/2026 hoàn thành việc rà soát", None, "2026-04-30 on_or_before - -"),
    ("hoàn thành trong nửa đầu tháng 5", "2026-03-10", "2026-05-15 on_or_before - -"),
    ("hoàn thành trong nửa đầu năm 2026", None, "2026-06-30 on_or_before - -"),
    ("gửi báo cáo về Sở trước ngày 01 tháng 7 năm 2025", None, "2025-07-01 before - -"),
    ("chậm nhất là ngày 15/7/2025", None, "2025-07-15 on_or_before - -"),
    ("muộn nhất đến hết ngày 15/7/2025", None, "2025-07-15 on_or_before - -"),
    ("hạn cuối: 31/7/2025", None, "2025-07-31 on_or_before - -"),
    ("thời hạn hoàn thành: Quý IV/2025", None, "2025-12-31 on_or_before - -"),
    ("xong trước 30/9/2025", None, "2025-09-30 before - -"),
    ("hoàn thành trong tháng 9 năm 2025", None, "2025-09-30 on_or_before - -"),
    ("hoàn thành trong tháng 02/2028", None, "2028-02-29 on_or_before - -"),
    ("hoàn thành trong quý III", "2025-06-10", "2025-09-30 on_or_before - -"),
    ("hoàn thành trong quý I", "2025-06-10", "2026-03-31 on_or_before - -"),
    ("trước 16 giờ 30 phút ngày 12/6/2025", None, "2025-06-12 by_time 16:30 -"),
    ("chậm nhất 17 giờ ngày 12/6/2025", None, "2025-06-12 by_time 17:00 -"),
    ("trước 10h thứ Sáu, ngày 13/6/2025", None, "2025-06-13 by_time 10:00 -"),
    ("trước 15g30 ngày 13/6", "2025-06-10", "2025-06-13 by_time 15:30 -"),
    ("trước ngày 05/01", "2025-06-10", "2026-01-05 before - -"),
    ("trước ngày 10 của tháng tiếp theo", "2025-06-10", "- recurring - monthly:10"),
    ("định kỳ hằng tháng, trước ngày 20", "2025-06-10", "- recurring - monthly:20"),
    (
        "báo cáo định kỳ hằng quý (trước ngày 15 của tháng cuối quý)",
        None,
        "- recurring - quarterly:last-month:15",
    ),
    ("trước ngày 05 của tháng đầu quý sau", None, "- recurring - quarterly:next-month:05"),
    ("trước ngày 10 tháng đầu tiên của quý tiếp theo", None, "- recurring - quarterly:next-month:10"),
    ("hằng quý (trước ngày 10 của tháng tiếp theo)", None, "- recurring - quarterly:next-month:10"),
    ("trước ngày 15/6 và 15/12 hằng năm", None, "- recurring - yearly:06-15;yearly:12-15"),
    ("trước ngày 15/6 và trước ngày 15/12 hàng năm", None, "- recurring - yearly:06-15;yearly:12-15"),
    ("trước ngày 30 tháng 11 hằng năm", None, "- recurring - yearly:11-30"),
    ("hằng năm trước ngày 10/12", None, "- recurring - yearly:12-10"),
    ("từ ngày 20 đến ngày 25 hằng tháng", None, "- recurring - monthly:25"),
    ("ngày cuối cùng của tháng", None, "- recurring - monthly:last"),
    ("trước ngày cuối cùng của mỗi tháng", None, "- recurring - monthly:last"),
    ("báo cáo hằng ngày trước 16h00", None, "- recurring 16:00 daily"),
    ("trước 15 giờ 00 hằng ngày", None, "- recurring 15:00 daily"),
    ("báo cáo hằng ngày về Bộ", None, "- recurring - daily"),
    ("vào thứ Sáu hằng tuần", None, "- recurring - weekly:fri"),
    ("trước 11 giờ ngày thứ 5 hàng tuần", None, "- recurring 11:00 weekly:thu"),
    ("hằng tuần (trước 16h00 thứ Sáu)", None, "- recurring 16:00 weekly:fri"),
    ("chiều Chủ nhật hằng tuần", None, "- recurring - weekly:sun"),
    (
        "định kỳ hằng tháng (trước ngày 20), hằng quý (trước ngày 20 tháng cuối quý), hằng năm (trước ngày 15/12)",
        None,
        "- recurring - monthly:20;quarterly:last-month:20;yearly:12-15",
    ),
    ("kịp thời báo cáo khi có yêu cầu", None, "- none - -"),
    ("trong vòng 05 ngày làm việc kể từ ngày nhận được văn bản này", None, "- none - -"),
    ("chậm nhất 05 ngày kể từ ngày 15/10/2025", None, "- none - -"),
    ("thực hiện Công văn số 12/BYT-KCB ngày 15/9/2025", None, "- none - -"),
    (
        "thực hiện Công văn số 12/BYT-KCB ngày 15/9/2025, gửi báo cáo trước ngày 30/9/2025",
        None,
        "2025-09-30 before - -",
    ),
    (
        "số liệu tính từ ngày 15/12/2024 đến hết ngày 14/6/2025, báo cáo gửi chậm nhất ngày 20/6/2025",
        None,
        "2025-06-20 on_or_before - -",
    ),
    ("kết quả thực hiện trong quý II/2025", None, "- none - -"),
    ("trước ngày     tháng    năm 2025", None, "- none - -"),
    ("trước ngày ...../...../2025", None, "- none - -"),
    (
        "đã có văn bản yêu cầu gửi trước ngày 15/5/2025; đề nghị gửi trước ngày 20/6/2025",
        "2025-06-10",
        "2025-06-20 before - -",
    ),
    ("đã quá thời hạn (trước ngày 15/5/2025)", None, "- none - -"),
    ("Trước ngày 30/11, các đơn vị gửi báo cáo", "2025-03-01", "2025-11-30 before - -"),
    ("các văn bản đã ban hành trước ngày 01/7/2025", None, "- none - -"),
    ("có hiệu lực đến hết ngày 31/12/2025", None, "- none - -"),
    ("trong ngày 20/6/2025", None, "2025-06-20 on_or_before - -"),
    ("không muộn hơn ngày 20/6/2025", None, "2025-06-20 on_or_before - -"),
    ("không quá ngày 20/6/2025", None, "2025-06-20 on_or_before - -"),
    ("cuối tháng 9/2025", None, "2025-09-30 on_or_before - -"),
    ("TRƯỚC NGÀY 20/10/2025", None, "2025-10-20 before - -"),
    ("trước\n ngày 20/\n10/2025", None, "2025-10-20 before - -"),
    ("trước 17 giờ 00 phút, ngày 20 tháng 10 năm 2025", None, "2025-10-20 by_time 17:00 -"),
    ("trước ngày 20-10-2025", None, "2025-10-20 before - -"),
    ("thời gian gửi báo cáo: trước ngày 20/10/2025 (thứ Hai)", None, "2025-10-20 before - -"),
    ("thời hạn gửi báo cáo là ngày 20/10/2025", None, "2025-10-20 on_or_before - -"),
    ("gia hạn thời gian gửi báo cáo đến ngày 20/10/2025", None, "2025-10-20 on_or_before - -"),
    ("trước ngày 31/02/2025", None, "- none - -"),
    (
        "báo cáo 6 tháng (trước ngày 10/6) và báo cáo năm (trước ngày 10/12) hằng năm",
        None,
        "- recurring - yearly:06-10;yearly:12-10",
    ),
    ("hoàn thành trong năm 2025", None, "2025-12-31 on_or_before - -"),
    ("trước ngày 15 tháng 6 và tháng 12 hằng năm", None, "- recurring - yearly:06-15;yearly:12-15"),
    ("chậm nhất đến ngày 25 hàng tháng", None, "- recurring - monthly:25"),
    ("số liệu chốt đến 17 giờ 00 ngày 20/10/2025", None, "- none - -"),
    ("trước 24h00 ngày 20/10/2025", None, "2025-10-20 on_or_before - -"),
    ("chậm nhất vào ngày 28 của tháng", None, "- recurring - monthly:28"),
    ("Thời gian: từ ngày 01/10/2025 đến ngày 05/10/2025", None, "- none - -"),
    ("trước và trong ngày 20/10/2025", None, "2025-10-20 on_or_before - -"),
    ("trước hoặc trong ngày 20/10/2025", None, "2025-10-20 on_or_before - -"),
    ("gửi trước ngày 20/10/2025 và ngày 20/11/2025", None, "2025-10-20 before - -"),
    ("trước ngày 20/10 năm 2025", None, "2025-10-20 before - -"),
    ("trước 17h ngày 14/11 (thứ Sáu)", "2025-11-01", "2025-11-14 by_time 17:00 -"),
    ("hoàn thành chậm nhất trong tháng 8/2025", None, "2025-08-31 on_or_before - -"),
    ("chậm nhất tháng 8/2025", None, "2025-08-31 on_or_before - -"),
    (
        "Tại Công văn số 55/BYT-VPB1 ngày 02/5/2025, Bộ Y tế đề nghị gửi trước ngày 30/5/2025",
        "2025-06-10",
        "- none - -",
    ),
    (
        "trước ngày 15 các tháng 3, 6, 9, 12",
        None,
        "- recurring - yearly:03-15;yearly:06-15;yearly:09-15;yearly:12-15",
    ),
    ("ngày 20 hằng tháng", None, "- recurring - monthly:20"),
    ("trước ngày mùng 5 hằng tháng", None, "- recurring - monthly:05"),
    ("trước ngày 20/10/2025, riêng các bệnh viện trước ngày 25/10/2025", None, "2025-10-20 before - -"),
    ("trước ngày 20 tháng 10", "2025-06-10", "2025-10-20 before - -"),
    ("ngay sau khi hội nghị kết thúc", None, "- none - -"),
    ("trước khi trình Bộ trưởng", None, "- none - -"),
    ("báo cáo đột xuất khi phát sinh", None, "- none - -"),
    ("trước ngày 20 tháng này", "2025-06-10", "- none - -"),
    ("Đến cuối năm 2025, tỷ lệ đạt 95%", None, "- none - -"),
    ("Hội nghị tổ chức vào ngày 15/10/2025 tại Hà Nội", None, "- none - -"),
    ("Đại hội diễn ra trong tháng 10/2025", None, "- none - -"),
    ("tổ chức họp lúc 8h00 ngày 15/10/2025", None, "- none - -"),
    ("Đến ngày 30/9/2025, đã có 20 đơn vị gửi báo cáo", None, "- none - -"),
    ("hạn chế: ngày 15/10/2025 còn thiếu", None, "- none - -"),
    ("giai đoạn từ ngày 01/01/2021 đến hết ngày 31/12/2025", None, "- none - -"),
    ("Kỳ báo cáo: từ ngày 15 tháng 11 năm 2024 đến hết ngày 14 tháng 11 năm 2025", None, "- none - -"),
    ("Thông tư có hiệu lực từ ngày 01/7/2025", None, "- none - -"),
    ("trước ngày 01/7/2025, việc này do cấp huyện thực hiện", None, "2025-07-01 before - -"),
    ("gửi báo cáo về Vụ Tổ chức cán bộ chậm nhất trước ngày 20/11/2025", None, "2025-11-20 before - -"),
    ("hoàn thành trước quý IV/2025", None, "2025-10-01 before - -"),
    ("hoàn thành trước tháng 10/2025", None, "2025-10-01 before - -"),
    ("trước 17h00' ngày 20/11/2025 (thứ Năm)", None, "2025-11-20 by_time 17:00 -"),
    (
        "trước 17h00 ngày 20/11/2025 và bản mềm gửi qua địa chỉ vt@example.com",
        None,
        "2025-11-20 by_time 17:00 -",
    ),
    ("báo cáo tuần gửi trước 15h00 thứ Sáu hàng tuần", None, "- recurring 15:00 weekly:fri"),
    (
        "Báo cáo tháng: trước ngày 20 hằng tháng; báo cáo quý: trước ngày 20 của tháng cuối quý; báo cáo năm: trước ngày 10/12 hằng năm",
        None,
        "- recurring - monthly:20;quarterly:last-month:20;yearly:12-10",
    ),
    ("Báo cáo tháng gửi từ ngày 18 đến ngày 20 hằng tháng", None, "- recurring - monthly:20"),
    (
        "định kỳ 06 tháng (trước ngày 10/6) và hằng năm (trước ngày 10/12)",
        None,
        "- recurring - yearly:06-10;yearly:12-10",
    ),
    (
        "định kỳ 6 tháng, 1 năm báo cáo kết quả về Bộ trước ngày 15/6 và 15/12",
        None,
        "- recurring - yearly:06-15;yearly:12-15",
    ),
    (
        "Định kỳ hằng quý báo cáo Ban Tổ chức trước ngày 25 tháng cuối của quý",
        None,
        "- recurring - quarterly:last-month:25",
    ),
    (
        "định kỳ hằng quý trước ngày 05 của tháng đầu tiên quý kế tiếp",
        None,
        "- recurring - quarterly:next-month:05",
    ),
    ("trước ngày 25 của tháng cuối mỗi quý", None, "- recurring - quarterly:last-month:25"),
    ("định kỳ báo cáo trước ngày 28 hàng tháng", None, "- recurring - monthly:28"),
    ("trong tuần đầu tháng 10/2025", None, "- none - -"),
    ("trước Đại hội XIV của Đảng", None, "- none - -"),
    ("hoàn thành trong 6 tháng đầu năm 2026", None, "2026-06-30 on_or_before - -"),
    ("Thời gian thực hiện: Tháng 9 - 10/2025", None, "2025-10-31 on_or_before - -"),
    ("Thời gian hoàn thành: tháng 11 năm 2025.", None, "2025-11-30 on_or_before - -"),
    ("Thời gian báo cáo: Trước ngày 05/12/2025", None, "2025-12-05 before - -"),
    ("Thời hạn: Trước 30/6/2025", None, "2025-06-30 before - -"),
    ("hạn nộp: 16h30 ngày 30/6/2025", None, "2025-06-30 by_time 16:30 -"),
    ("không muộn hơn 17 giờ 00 ngày 22 tháng 8 năm 2025", None, "2025-08-22 by_time 17:00 -"),
    ("xong trước ngày 31 tháng 12 năm 2025", None, "2025-12-31 before - -"),
    ("trước ngày 15 tháng 11 hằng năm và đột xuất khi có yêu cầu", None, "- recurring - yearly:11-15"),
    ("báo cáo năm trước ngày 15 tháng 01 của năm kế tiếp", None, "- recurring - yearly:01-15"),
    ("định kỳ hằng năm (trước ngày 15/01 năm sau)", None, "- recurring - yearly:01-15"),
    (
        "trước ngày 14 tháng 6 đối với báo cáo 6 tháng và trước ngày 14 tháng 12 đối với báo cáo năm",
        None,
        "- recurring - yearly:06-14;yearly:12-14",
    ),
    ("gửi Văn phòng trước ngày làm việc cuối cùng của tháng", None, "- recurring - monthly:last"),
    ("báo cáo trước 10 giờ 00 hằng ngày", None, "- recurring 10:00 daily"),
    ("trước 16 giờ các ngày thứ Hai hằng tuần", None, "- recurring 16:00 weekly:mon"),
    ("Trước 14h00 thứ Tư hằng tuần gửi kết quả", None, "- recurring 14:00 weekly:wed"),
    ("thứ 6 hàng tuần", None, "- recurring - weekly:fri"),
    ("trước 14h ngày thứ Tư, 15/10/2025", None, "2025-10-15 by_time 14:00 -"),
    ("trước 14h00 ngày mai", "2025-10-15", "- none - -"),
    ("trước ngày 5 và ngày 20 hằng tháng", None, "- recurring - monthly:05;monthly:20"),
    ("ngày 15 và ngày 30 hằng tháng", None, "- recurring - monthly:15;monthly:30"),
    ("từ nay đến hết ngày 31/12/2025", None, "2025-12-31 on_or_before - -"),
    ("đến hết tháng 12/2025 hoàn thành", None, "2025-12-31 on_or_before - -"),
    ("hết quý I/2026", None, "2026-03-31 on_or_before - -"),
    ("chậm nhất cuối quý III/2025", None, "2025-09-30 on_or_before - -"),
    ("trong quý III và quý IV/2025", None, "2025-12-31 on_or_before - -"),
    ("TRƯỚC 17 GIỜ NGÀY 20/11/2025", None, "2025-11-20 by_time 17:00 -"),
    ("trước ngày 20/11/2025 theo địa chỉ email", None, "2025-11-20 before - -"),
    ("(trước 20/11/2025)", None, "2025-11-20 before - -"),
    ("trước ngày 20 / 11 /2025", None, "2025-11-20 before - -"),
    ("trước ngày 20.11", "2025-10-01", "2025-11-20 before - -"),
    ("kế hoạch 5 năm 2021-2025, hằng năm", None, "- none - -"),
    ("trong ngày làm việc", None, "- none - -"),
    ("đã quá hạn ngày 15/5/2025", None, "- none - -"),
    ("không để quá ngày 30/6/2025", None, "2025-06-30 on_or_before - -"),
    ("trước cuối giờ chiều ngày 20/10/2025", None, "2025-10-20 on_or_before - -"),
    ("trước thời điểm 30/6/2025", None, "2025-06-30 before - -"),
    ("hạn gửi 30/6/2026", None, "2026-06-30 on_or_before - -"),
    ("truớc ngày 20/10/2025", None, "2025-10-20 before - -"),
    ("trước ngày 25 của tháng cuối cùng trong quý", None, "- recurring - quarterly:last-month:25"),
    (
        "định kỳ hằng tháng (ngày 25), hằng quý (ngày 25 tháng cuối quý)",
        None,
        "- recurring - monthly:25;quarterly:last-month:25",
    ),
    (
        "trước ngày 15 tháng 6 (báo cáo 6 tháng) và ngày 15 tháng 12 (báo cáo năm) hằng năm",
        None,
        "- recurring - yearly:06-15;yearly:12-15",
    ),
    (
        "báo cáo 6 tháng (trước 15/6), năm (trước 15/12)",
        "2025-01-10",
        "- recurring - yearly:06-15;yearly:12-15",
    ),
    ("15h00 thứ 6 hàng tuần", None, "- recurring 15:00 weekly:fri"),
    ("báo cáo vào thứ Ba và thứ Sáu hằng tuần", None, "- recurring - weekly:tue;weekly:fri"),
    ("báo cáo trước 10h và 16h hằng ngày", None, "- recurring 10:00 daily"),
    ("trình UBND tỉnh xong trong quý I hằng năm", None, "- recurring - yearly:03-31"),
    ("trước ngày 20/6/2026 (6 tháng) và 25/11/2026 (năm)", None, "2026-06-20 before - -"),
    ("tổ chức sơ kết vào quý IV/2027", None, "2027-12-31 on_or_before - -"),
    ("vào cuối mỗi tháng", None, "- recurring - monthly:last"),
    ("định kỳ tuần thứ tư hằng tháng báo cáo tiến độ", None, "- none - -"),
    ("Chú trọng tuyên truyền nhân các ngày 18/4 và 03/12 hằng năm", None, "- none - -"),
    ("Thời gian: Quý II - quý III/2025", None, "2025-09-30 on_or_before - -"),
    ("Thời gian: tháng 10/2025; địa điểm: Hà Nội", None, "- none - -"),
    ("Thời gian thực hiện: từ tháng 3 đến tháng 12/2025", None, "2025-12-31 on_or_before - -"),
    ("Rà soát dự án, báo cáo kết quả trong quý II/2025", None, "2025-06-30 on_or_before - -"),
    ("nhiệm vụ được giao hoàn thành trước ngày 30/9/2025", None, "2025-09-30 before - -"),
    (
        "Công văn số 812-CV/ĐU ngày 25/9/2025 (yêu cầu trình trước ngày 10/10/2025); nay trình trước ngày 20/10/2025",
        "2025-09-30",
        "2025-10-20 before - -",
    ),
    ("thời hạn báo cáo\n1.1. Báo cáo tháng", "2025-01-10", "- none - -"),
    ("công việc hằng ngày của đơn vị", None, "- none - -"),
]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize(("fragment", "written", "expected"), PHRASES, ids=[row[0][:50] for row in PHRASES])
def test_read_deadline(fragment: str, written: str | None, expected: str, form: str) -> None:
    document_date = date.fromisoformat(written) if written else None
    assert _brief(read_deadline(unicodedata.normalize(form, fragment), document_date)) == expected


def test_nothing_read_is_no_deadline() -> None:
    assert read_deadline("Giao Văn phòng theo dõi việc thực hiện.") == NO_DEADLINE


@pytest.mark.parametrize(
    ("fragment", "inferred"),
    [
        ("trước ngày 16/6", True),
        ("trước ngày 16/6/2025", False),
        ("trong quý III", True),
        ("trong quý III/2025", False),
    ],
)
def test_an_inferred_year_is_marked(fragment: str, inferred: bool) -> None:
    assert read_deadline(fragment, date(2025, 1, 1)).inferred_year is inferred


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_span_indexes_the_original(form: str) -> None:
    text = unicodedata.normalize(form, "Đề nghị gửi báo cáo về Bộ trước ngày\n20/10/2025 để tổng hợp.")
    span = read_deadline(text).span
    assert span is not None
    assert unicodedata.normalize("NFC", text[slice(*span)]) == "trước ngày\n20/10/2025"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "trước ngày 15/6/2025 và ngày 15/12/2025",
            ["2025-06-15 before - -", "2025-12-15 before - -"],
        ),
        (
            "trước ngày 15/3, 15/6 và 15/9/2025",
            ["2025-03-15 before - -", "2025-06-15 before - -", "2025-09-15 before - -"],
        ),
        ("trước ngày 15/7/2025, ngày 10/8/2025 Bộ đã họp", ["2025-07-15 before - -"]),
        (
            "- Báo cáo tháng: trước ngày 20 hằng tháng.\n- Báo cáo quý: trước ngày 15 của tháng cuối quý.",
            ["- recurring - monthly:20", "- recurring - quarterly:last-month:15"],
        ),
        (
            "Vụ A gửi trước ngày 20 hằng tháng; Vụ B gửi trước ngày 25 hằng tháng",
            ["- recurring - monthly:20", "- recurring - monthly:25"],
        ),
    ],
)
def test_each_date_and_each_item_is_a_deadline(text: str, expected: list[str]) -> None:
    assert [_brief(read) for read in find_deadlines(text, date(2025, 1, 10))] == expected


def test_every_deadline_of_a_text() -> None:
    text = (
        "Các vụ gửi báo cáo trước ngày 20/10/2025. Các Sở Y tế gửi chậm nhất ngày 30/10/2025.\n"
        "Báo cáo nhanh được gửi trước 16h00 thứ Năm hằng tuần."
    )
    assert [_brief(read) for read in find_deadlines(text)] == [
        "2025-10-20 before - -",
        "2025-10-30 on_or_before - -",
        "- recurring 16:00 weekly:thu",
    ]


@given(
    st.text(alphabet="trướcngàyhằngthángquýcuốichậmnhất 0123456789/.,;()IV\n\u0301", max_size=200),
    st.none() | st.dates(date(1990, 1, 1), date(2090, 1, 1)),
)
def test_no_input_raises(text: str, document_date: date | None) -> None:
    for read in find_deadlines(text, document_date):
        assert (read.due is None) == (read.boundary == Boundary.RECURRING)
        assert (read.recurrence is not None) == (read.boundary == Boundary.RECURRING)


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.sampled_from(["before", "on_or_before"]))
def test_a_formatted_phrase_reads_back(day: date, boundary: str) -> None:
    read = read_deadline(format_phrase(boundary, day))
    assert (read.due, read.boundary) == (day, boundary)


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.times())
def test_a_formatted_time_reads_back(day: date, at: time) -> None:
    at = at.replace(second=0, microsecond=0)
    read = read_deadline(format_phrase("by_time", day, at))
    assert (read.due, read.boundary, read.time) == (day, "by_time", at)


def _seconds(text: str) -> float:
    best = []
    for _ in range(2):
        start = clock.process_time()
        find_deadlines(text, date(2025, 1, 1))
        best.append(clock.process_time() - start)
    return min(best)


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(row[0] for row in PHRASES) * 2,
        "ngày " * 1500,
        "trước ngày 1/1 và " * 500,
        "hạn " * 1500,
        "trước" + " " * 9000,
    ],
    ids=["prose", "ngày", "list", "hạn", "blanks"],
)
def test_cost_is_linear(text: str) -> None:
    once, fourfold = _seconds(text), _seconds(text * 4)
    assert fourfold <= max(2.6 * 2.6 * once, 0.1)


@pytest.mark.papers
def test_examples_beside_the_project() -> None:
    path = SHARED / "data" / "deadline_examples.tsv"
    if not path.exists():
        pytest.skip("no examples lie beside the project")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    for row in rows:
        written = date.fromisoformat(row["document_date"]) if row["document_date"] else None
        expected = f"{row['due']} {row['boundary']} {row['time']} {row['recurrence']}"
        assert _brief(read_deadline(row["fragment"], written)) == expected
