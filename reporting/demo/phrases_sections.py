"""Sentence patterns for the sections after "1": inspection, reviews, cooperation, meetings, and "6", "7".

A section is a tuple of stages; of each stage so many patterns are taken, in order. Figure slots bear
the indicator's own code (`{hoi_nghi}`, `{kinh_phi_thuc_hien}` …) so that text and table agree.
"""

from __future__ import annotations

from typing import NamedTuple


class Stage(NamedTuple):
    """Part of a section: `most` patterns at the most, `least` at the least; `needs` a figure above 0."""

    least: int
    most: int
    patterns: tuple[str, ...]
    needs: str = ""


SECTIONS: dict[str, tuple[Stage, ...]] = {
    "2": (
        Stage(
            1,
            1,
            (
                "[Trong năm|Năm {y}|Từ đầu năm], {S} [tiến hành|tổ chức|thực hiện] {kiem_tra} cuộc kiểm tra, giám sát [tại|đối với] {don_vi_kiem_tra} [đơn vị, bộ phận|đầu mối|nơi được kiểm tra], [nội dung|trọng tâm] [gồm|là] {T} và [việc học tập|việc triển khai] [các chỉ thị, kết luận của Đảng|văn bản về khoa giáo]",
                "{kiem_tra} cuộc kiểm tra, giám sát [về {T}|ở các bộ phận|của {dang}] [đã được|được] [hoàn thành|thực hiện] [theo|đúng] {plan}, [đến|tới] {don_vi_kiem_tra} [bộ phận|đơn vị|đầu mối]; [đoàn|tổ kiểm tra] do {dang} [chủ trì|thành lập], [có|mời] {K} [tham gia|cùng làm]",
                "[Chương trình|Kế hoạch] kiểm tra, giám sát năm {y} của {dang} [gồm|có] {kiem_tra} cuộc, [đã xem xét|chạm tới] {don_vi_kiem_tra} [đơn vị|chi bộ, khoa phòng|đầu mối], [bắt đầu|khởi động] từ {m} [ở|tại] {K}",
                "[Việc kiểm tra|Công tác giám sát] [chia thành|gồm] {kiem_tra} đợt, [làm với|đến] {don_vi_kiem_tra} [nơi|đơn vị], [kết hợp|gắn] kiểm tra [chuyên môn|hành chính] về {T} với [kiểm tra|xem xét] [nhận thức|việc ghi sổ nghị quyết|kết quả học tập] của {staff}",
                "{L} [chỉ đạo|yêu cầu] [làm gọn|không chồng chéo] [các đoàn|việc kiểm tra]: [cả năm|đến nay] [có|chỉ] {kiem_tra} cuộc [với|tại] {don_vi_kiem_tra} [đầu mối|đơn vị], [tập trung|xoáy] vào {T}",
                "[Đoàn giám sát|Tổ công tác] [do|của] {K} [nòng cốt|phụ trách] [đã đi|hoàn thành] {kiem_tra} cuộc, {don_vi_kiem_tra} [đơn vị|đầu mối] [được kiểm tra|được làm việc], [lần|đợt] [kỹ nhất|dài nhất] [vào|trong] {m} về {T}",
                "[Có|Tổng cộng] {kiem_tra} cuộc [kiểm tra, giám sát|kiểm tra] [đột xuất và định kỳ|theo chuyên đề|theo kế hoạch] [được ghi nhận|đã kết luận], [liên quan|bao quát] {don_vi_kiem_tra} [đơn vị|đầu mối]; {P} [cử người dự|phối hợp] [một số|hai|ba] cuộc",
            ),
        ),
        Stage(
            2,
            3,
            (
                "[Qua kiểm tra|Đoàn kiểm tra] [phát hiện|nhắc nhở|chỉ ra] {n:2-27} [thiếu sót|tồn tại|điểm chưa đúng], [phổ biến|nhiều nhất] [là|ở khâu] [ghi chép sổ sách|lưu trữ tài liệu|báo cáo chậm], [đã|hầu hết được] [khắc phục|sửa] [trong|trước] {m}",
                "[Ưu điểm|Điểm tốt] [được ghi nhận|qua giám sát] là [tinh thần chủ động|kỷ luật báo cáo|phân công rõ người|lưu hồ sơ tốt] [khi làm|đối với] {T} [của|ở] {K}; [hạn chế|mặt chưa được] là [số liệu|hồ sơ] về {T} [chưa đủ|còn thiếu minh chứng]",
                "[Kết luận|Thông báo kết quả] [được gửi|công khai] [tới|cho] {staff} [trong|sau] {n:5-15} ngày; {n:2-16} [kiến nghị|nội dung] [được|đã được] [phúc tra|theo dõi tiếp] [vào|trong] {m}",
                "[Không|Chưa] [có|phát hiện] [tập thể, cá nhân|đảng viên|viên chức, công chức] [ở {K}|làm {T}|được kiểm tra] [phải|bị] [xử lý kỷ luật|đề nghị kỷ luật]; {n:1-9} [trường hợp|bộ phận] [bị nhắc|phải giải trình] [liên quan|về] {T}",
                "[Tự kiểm tra|Chấm điểm chéo] [giữa các|giữa] [khoa, phòng|bộ phận|chi bộ] [được thử|áp dụng] [từ|trong] {m}, [giúp|nhờ thế] {K} [thấy|sửa ngay] [lỗi|chỗ hở] trong {T}",
                "[Ý kiến|Phản ánh] của {B} ({n:8-190} lượt [qua đường dây nóng|qua hòm thư|trên cổng phản ánh]), [nhất là|nhiều nhất] về {T}, [được dùng|là một căn cứ] để [chọn nội dung|chọn nơi|{K} lập danh sách] kiểm tra",
                "[Bài học|Kinh nghiệm] [là|rút ra là] [kiểm tra|giám sát|mỗi cuộc kiểm tra] [phải|nên] [đi cùng|kèm] [hướng dẫn|tháo gỡ ngay|lắng nghe {B}], [nhất là với|như trường hợp] {T} [tại|ở] {K}",
                "[Phần mềm|Bảng theo dõi] [kết luận kiểm tra|nhiệm vụ sau kiểm tra] [do|của] {K} [vận hành|xây dựng] [cho biết|báo] {pctmid} [nội dung|việc] [đã xong|hoàn thành đúng hạn], [còn lại|phần chậm] [thuộc|về] {T}",
            ),
        ),
        Stage(
            0,
            1,
            (
                "[Năm|Kế hoạch] {y1} [sẽ|dự kiến] [tập trung|ưu tiên] [xem xét|kiểm tra] {T} và [việc|kết quả] [khắc phục|thực hiện kết luận] của [{n:2-9} đầu mối|{K}]",
                "{S} [đề nghị|mong] {P} [cùng tham gia|chia sẻ kết quả] [các cuộc|đợt] [kiểm tra|giám sát] [tới|trong quý I/{y1}], [tránh|để không] [trùng lặp|gây phiền hà]",
                "[Lịch|Danh mục] kiểm tra [quý I/{y1}|năm {y1}] [đã|đang] [được trao đổi|thống nhất] với {P}, [chọn|lấy] {T} [làm|là] [việc đầu tiên|chuyên đề mở đầu]",
            ),
        ),
    ),
    "3": (
        Stage(
            1,
            1,
            (
                "{S} [tổ chức|tiến hành|hoàn thành] {so_ket} [cuộc|hội nghị] sơ kết, tổng kết, [trong đó|gồm] [có một cuộc|cuộc|một phiên] [gắn với|dành cho|bàn sâu về] {T} [do {K} chuẩn bị|cùng {P}|có {B} dự] [vào|trong] {m}",
                "[Số cuộc|Các cuộc] sơ kết, tổng kết [trong năm|năm {y}] là {so_ket}, [báo cáo|tài liệu] do {K} [chuẩn bị|chủ trì soạn], [lấy ý kiến|gửi trước] {L} [trước|từ] {n:7-20} ngày",
                "[Việc|Công tác] sơ kết, tổng kết [được|đã được] [làm gọn|lồng vào giao ban|ghép với hội nghị của {K}]: {so_ket} [cuộc|lần], [đánh giá|nhìn lại] {T} và [phần việc|chỉ tiêu] của {K}",
                "[Theo|Thực hiện] {plan}, {so_ket} [cuộc sơ kết, tổng kết|hội nghị sơ, tổng kết] [đã diễn ra|được tổ chức] [từ|trong] {m}, [do|có] {dang} [điều hành|chủ trì], [mời|cùng] {P}",
                "{dang} [chỉ đạo|giao] {K} [tham mưu|chuẩn bị] {so_ket} [báo cáo|cuộc] sơ kết, tổng kết, [nội dung|phần] [nặng nhất|được bàn nhiều nhất] là {T}",
                "{so_ket} [lần|cuộc] sơ kết, tổng kết [được|đã được] [thực hiện|tổ chức] [theo từng khối|trực tuyến với {P}|kết hợp giao ban {m}], [rút ra|nêu] {n:4-17} [bài học|nhận xét] về {T}",
            ),
        ),
        Stage(
            2,
            3,
            (
                "[Kết quả|Đánh giá chung] [qua sơ kết|tại hội nghị]: {n:5-18}/{n:19-24} [chỉ tiêu|nhiệm vụ] [đạt và vượt|hoàn thành], [phần|mảng] [chưa đạt|chậm] [là|rơi vào] {T} [và|cùng] [nghiên cứu|khảo sát] về {R}",
                "[Nguyên nhân|Lý do] của [hạn chế|chỗ chậm|mặt chưa được] [trong|về] {T} [gồm|là] [thiếu kinh phí|nhân sự biến động|hướng dẫn ban hành chậm], [riêng|đặc biệt] [với|ở] {K} [còn|là] [thiếu thiết bị|quá tải]",
                "[Đại biểu|Người dự] [nêu|góp] {n:9-64} ý kiến, [nhiều ý kiến|phần đông] [đề nghị|mong muốn] [có cơ chế|làm rõ trách nhiệm|bố trí thêm người] [cho|trong] {T}",
                "[Tập thể|Cán bộ] {K} [được|đã được] [biểu dương|chọn báo cáo điển hình|mời phát biểu] [tại|trong] [hội nghị|buổi sơ kết {m}|phiên làm việc với {P}] [nhờ|vì] [cách làm|kết quả] [về|trong] {T}",
                "[Báo cáo|Văn bản] tổng hợp [đã gửi|được gửi] [Bộ Y tế|cấp trên|{P}] [trong|vào] {m}, [kèm|có] {n:2-11} [phụ lục|biểu số liệu] và [đề xuất|kiến nghị] về {T}",
                "[Chỉ tiêu|Mục tiêu] [cho|của] năm {y1} [được|đã được] [thảo luận|điều chỉnh] ngay [tại|trong] [hội nghị|cuộc họp]: [tăng|giảm] {pctsmall} đối với [phần việc|chỉ số] [liên quan|thuộc] {T}",
                "[So sánh|Đối chiếu] [số liệu|kết quả] {y0} - {y} cho thấy [mức tăng|chênh lệch] {pctsmall} [ở|trong] {T}, [có lợi|tích cực] cho {B}",
            ),
        ),
    ),
    "4": (
        Stage(
            1,
            1,
            (
                "{S} [đăng|phát hành|biên tập] {tin_bai} tin, bài [tuyên truyền|truyền thông] [trên|qua] [trang thông tin điện tử|mạng xã hội và báo chí|các kênh của đơn vị], [chủ đề|mảng] [được đọc nhiều|chiếm nhiều nhất] là {T} [và|cùng] {T}",
                "[Tổng số|Số] tin, bài [trong năm|đến {cut}] là {tin_bai}, [trong đó|riêng] [bài|chuyên mục] về {T} [thu hút|có] {n:1200-98000} lượt [xem|tiếp cận], [chủ yếu|phần lớn] [từ|là] {B}",
                "[Kênh|Phương tiện] truyền thông của {S} [gồm|có] [trang web, Zalo và bảng tin|Facebook, YouTube và bản tin in|cổng thông tin, loa nội bộ], [đã đưa|đăng tải] {tin_bai} tin, bài; [đợt cao điểm|thời gian nhiều nhất] là {m} [với|về] {T}",
                "{tin_bai} tin, bài [được|đã được] [đăng|phát hành|biên tập và đăng] [kể từ|từ] {m} [trên|qua] [{P}|trang của đơn vị|báo ngành], [do|phần nhiều do] {K} [viết|cung cấp], [nói về|giới thiệu] {T} [và|cũng như] [công việc của|đời sống] {B}",
                "[Tổ truyền thông|Nhóm cộng tác viên] [gồm|có] {n:4-32} người [của|thuộc] {S} [hoàn thành|viết] {tin_bai} tin, bài và {n:3-64} [video ngắn|đồ họa], [bám|gắn với] {T}",
                "[Năm|Trong năm] {y} {S} [ban hành|phát hành] {van_ban} văn bản [chỉ đạo, hướng dẫn|về khoa giáo], [đồng thời|song song] [đăng|đưa] {tin_bai} tin, bài, [nhấn|tập trung] vào {T}",
            ),
        ),
        Stage(
            2,
            2,
            (
                "[Quan hệ|Việc] phối hợp với {P} [được|đã được] [cụ thể hóa|ghi] [trong|thành] {plan}, [theo đó|qua đó] [hai bên|các bên] [chia sẻ|trao đổi] [dữ liệu|tài liệu|chuyên gia] về {T} [hằng tháng|mỗi quý|khi có yêu cầu]",
                "{S} [cùng|phối hợp với] {P} [và|cùng] {P} [tổ chức|làm] {n:2-13} [hoạt động chung|sự kiện], [nổi bật|đáng nhớ] là [đợt|buổi] [truyền thông|giao lưu] về {T} [trong|vào] {m}",
                "[Đầu mối|Người] [phát ngôn|cung cấp thông tin] được [phân công rõ|công khai] [ở|tại] {K}, [trả lời|phản hồi] {n:6-74} [câu hỏi|đề nghị] của báo chí, [nhiều|đa số] [liên quan|xoay quanh] {T}",
                "[Nắm bắt|Theo dõi] [dư luận|tư tưởng] [qua|bằng] [khảo sát nhanh|họp tổ|mạng xã hội] [cho thấy|ghi nhận] {B} [hỏi|băn khoăn] [nhiều nhất|trước hết] về {T}",
                "{n:3-46} [tin giả|thông tin sai lệch|bài đăng sai] [về|liên quan đến] {T} [được|đã được] [tổ truyền thông|bộ phận truyền thông|cộng tác viên] [phát hiện|phản hồi|báo cơ quan chức năng] [trong|sau] {n:4-48} giờ",
            ),
        ),
        Stage(
            0,
            1,
            (
                "[Pa nô, tờ rơi|Tài liệu in|Ấn phẩm] [gồm|có] {n:800-46000} [bản|tờ], [phân bổ|gửi] [về|tới] [{site}|{K}|{P}] [trong|từ] {m}",
                "[Hạn chế|Điểm yếu] là [nội dung|sản phẩm] [còn khô|ít tương tác|chưa đều], [phần|mảng] {R} [chưa có|còn ít] [bài sâu|sản phẩm cho người trẻ]",
                "[Công cụ|Cách] đo [hiệu quả|mức lan tỏa] [mới chỉ|còn] [dựa vào|dừng ở] [lượt xem|số bài]; {K} [đang thử|sẽ] [khảo sát|hỏi ý kiến] {B} [từ|trong] quý I/{y1}",
            ),
        ),
    ),
    "5": (
        Stage(
            1,
            1,
            (
                "{S} [tổ chức|chủ trì] {hoi_nghi} hội nghị, hội thảo [quán triệt|chuyên đề|có nội dung] về {T} với {luot_nguoi} lượt người [dự|tham gia]; [{K} tổng hợp được|thống kê đến {cut} cho thấy|điểm danh cho thấy] {ty_le}% cán bộ, đảng viên [được quán triệt|học tập|dự đủ], [số còn lại|người vắng] [của {K}|] [chủ yếu|phần lớn] do [bận trực|đi công tác|nghỉ chế độ|lo {T}]",
                "[Có|Tổng số] {hoi_nghi} hội nghị [được mở|đã diễn ra], {luot_nguoi} lượt [người dự|đại biểu], [đạt|bằng] {ty_le}% [cán bộ, đảng viên|số phải học]; [hội nghị|cuộc] [đông nhất|lớn nhất] vào {m} [bàn|nói] về {T}",
                "[Số liệu|Kết quả] [đến|chốt đến] {cut}: {hoi_nghi} hội nghị, {luot_nguoi} lượt người, {ty_le}% [cán bộ, đảng viên|đối tượng] [được|đã được] [học tập, quán triệt|nghe phổ biến], [trong đó có|kể cả] [người của {K}|{P}|lãnh đạo {K}]",
                "[Từ đầu năm|Năm {y}], {L} [chủ trì|cho mở] {hoi_nghi} hội nghị và tọa đàm [thu hút|có] {luot_nguoi} lượt người; [qua điểm danh|thống kê] {ty_le}% cán bộ, đảng viên [có mặt|được học|học đủ], [trong đó|riêng] {K} [chủ trì|đăng cai] [phiên|buổi] về {T}",
                "[Qua|Thông qua] {hoi_nghi} hội nghị, {luot_nguoi} lượt [cán bộ|người] [nắm được|tiếp cận] [nội dung|yêu cầu] [các văn bản|chỉ đạo], [bằng|tương đương] {ty_le}% [đảng viên và cán bộ|diện triệu tập]; {P} [cử|giới thiệu] báo cáo viên",
            ),
        ),
        Stage(
            1,
            1,
            (
                "{lop_tap_huan} lớp tập huấn [được|đã được] [mở|tổ chức] cho {luot_tap_huan} lượt [học viên|người], [giảng viên|báo cáo viên] [là|đến từ] {P} và {K}, [nội dung|bài giảng] [về|gắn với] {T}",
                "{S} [mở|hoàn thành] {lop_tap_huan} lớp [tập huấn|bồi dưỡng] với {luot_tap_huan} lượt người [dự|học], [phần|thời lượng] [thực hành|thảo luận nhóm] chiếm {pctmid}, [chú trọng|đi sâu] vào {T}",
                "[Về tập huấn|Công tác tập huấn]: {lop_tap_huan} lớp, {luot_tap_huan} lượt [học viên|người tham dự]; [lớp|khóa] về {T} [tổ chức|mở] [trong|vào] {m} [được|đã được] [đánh giá tốt|đề nghị mở lại]",
                "[Kỹ năng|Nghiệp vụ] [tham mưu, tổng hợp|làm báo cáo|truyền thông] và {T} là [nội dung|chủ đề] của {lop_tap_huan} lớp tập huấn [dành cho|có] {luot_tap_huan} lượt người",
                "[Khảo sát|Đánh giá] sau {lop_tap_huan} lớp tập huấn ({luot_tap_huan} lượt người) [cho thấy|ghi nhận] {pctmid} [học viên|người học] [vận dụng được|hài lòng], [nhất là|trước hết ở] [bài|phần] {T}",
            ),
            needs="lop_tap_huan",
        ),
        Stage(
            1,
            1,
            (
                "[Chất lượng|Hiệu quả] [hội nghị|hội thảo] [được nâng lên|tốt hơn] nhờ [gửi tài liệu trước|bớt đọc báo cáo|có câu hỏi gợi ý], [thời lượng|thời gian] [rút|giảm] {pctsmall}, [dành|nhường] [chỗ|phần] cho [trao đổi|thảo luận] về {T}",
                "[Hội thảo|Tọa đàm] về {R} [quy tụ|có] {n:24-310} [đại biểu|nhà khoa học] [từ|của] {P} và {prov}, [công bố|trình bày] {n:5-48} báo cáo",
                "[Các hội nghị|Những buổi họp|Các phiên] [trực tuyến|kết nối điểm cầu] [của {K}|về {T}|mở rộng] [tới|với] {site} và [điểm cầu|các điểm] {prov} [tiết kiệm|giảm] {n:20-640} triệu đồng [chi phí|tiền đi lại]",
                "[Đối tượng|Thành phần] [mở rộng|thêm] [đại diện|một số] {B}, [nhờ đó|qua đó] [ý kiến|phản hồi] về {T} [thực tế hơn|sát hơn]",
                "[Chuyên đề|Phiên thảo luận] [hay nhất|được ghi nhận] là [phần|bài] của {K} về {T}, [sau đó|tiếp đó] [được|đã được] [in|ghi hình] [phục vụ|gửi] {staff}",
                "[Khó|Vướng] [nhất|chính] là [bố trí thời gian|tìm báo cáo viên|kinh phí thuê hội trường], [do|vì] {staff} {K} [vừa học vừa phải|cùng lúc phải] [bảo đảm|lo] {T}",
            ),
        ),
    ),
    "6.1": (
        Stage(
            1,
            1,
            (
                "[Công tác khoa giáo|Hoạt động khoa giáo] năm {y} [tại|của] {S} [đi vào|có] [nền nếp|chiều sâu|bước tiến], [gắn|bám sát] [việc|nhiệm vụ] [chuyên môn|hằng ngày], [rõ nhất|điển hình] ở {T}",
                "[Với|Nhờ] sự [chỉ đạo|lãnh đạo] của {L}, [các nội dung|phần việc] khoa giáo [cơ bản|đã] [hoàn thành|đạt yêu cầu], {pctmid} [nhiệm vụ|đầu việc] [xong trước hạn|đúng tiến độ], [có|kể cả] {T}",
                "[Ưu điểm|Mặt mạnh] [năm nay|nổi lên] là [phân công rõ|làm đến cùng|gắn với người hưởng lợi]: {K} [phối hợp tốt|cùng các bộ phận lo chu đáo|bám sát tiến độ] [trong|đối với] {T}, [được|và được] {B} [đánh giá|phản hồi] [tốt|tích cực]",
                "[Tự đánh giá|Nhìn lại] năm {y}, {S} [hoàn thành|đạt] [loại tốt|mức khá|phần lớn mục tiêu], [đặc biệt|nhất là] [trong|về] {T}; [số liệu|kết quả] [cụ thể|chi tiết] [đã nêu|có] ở các mục trên",
                "[So với|Khác với] năm {y0}, [năm nay|lần này] {S} [làm ít việc hơn nhưng sâu hơn|chú ý kết quả cuối|giảm hẳn giấy tờ], [lấy|coi] {T} [làm|là] [thước đo|trọng tâm]",
            ),
        ),
        Stage(
            2,
            3,
            (
                "[Khó khăn|Vướng mắc] [thứ nhất|trước tiên] là [thiếu|mỏng về] nhân lực: {K} [chỉ có|còn] {n:2-12} [người|biên chế] [vừa làm|kiêm] [chuyên môn|nghiệp vụ], [vừa lo|vừa phụ trách] {T}",
                "[Kinh phí|Nguồn chi] [cho|dành cho] [{T}|phần việc của {K}|nội dung này] [chưa có mục riêng|phải lồng ghép|thấp], [nhất là|đặc biệt] [với|đối với] [khảo sát|nghiên cứu] về {R}",
                "[Dữ liệu|Số liệu] [giữa|của] {K} và {P} [chưa liên thông|còn lệch], [mất|phải thêm] {n:2-12} ngày [để|mới] [tổng hợp|đối chiếu]",
                "[Một số|Có] [quy định|hướng dẫn] về {T} [chưa rõ|chồng chéo|chậm sửa], [cách hiểu|việc áp dụng] [giữa|ở] [các nơi|từng địa phương] [còn khác|không giống nhau]",
                "[Biến động|Sắp xếp|Thay đổi] [tổ chức|địa bàn|nhân sự] [từ|sau] [giữa năm 2025|ngày 01/7/2025] [làm|khiến] [đầu mối|người phụ trách] {T} [thay đổi|phải bàn giao], [ảnh hưởng|tác động] [đến|tới] [tiến độ của {K}|việc báo cáo|số liệu về {B}]",
                "[Nhận thức|Sự quan tâm] của [một bộ phận|một số] {staff} [về|đối với] {T} [chưa đầy đủ|còn hình thức|chưa đều], [nhất là|chủ yếu] [ở|tại] [khối gián tiếp|{K}|nơi ít tiếp xúc với {B}]",
                "[Trang thiết bị|Cơ sở vật chất] [phục vụ|cho] {T} [xuống cấp|chưa đồng bộ], {n:2-14} [thiết bị|hạng mục] [quá hạn sử dụng|chờ thay|hỏng] [ở|tại] {K}, [mà|trong khi] [thủ tục|kế hoạch] mua sắm [kéo dài|chậm]",
                "[Áp lực|Cường độ] công việc [tăng|cao], [lượng|số] {B} [nhiều hơn|vượt dự kiến] {pctsmall}, [trong khi|mà] [biên chế|nhân lực] {K} [không tăng|giảm]",
            ),
        ),
        Stage(
            0,
            1,
            (
                "[Nguyên nhân|Lý do] [chủ quan|từ phía đơn vị] là [chưa|còn thiếu] [đôn đốc|kiểm tra] [thường xuyên|đúng mức] [ở|với] {K}; [khách quan|bên ngoài] là [giá cả|dịch bệnh, thiên tai|chính sách] [thay đổi|biến động]",
                "{L} [đã họp|nhận trách nhiệm] và [giao|yêu cầu] {K} [khắc phục|có phương án] [trước|trong] [quý I/{y1}|tháng 12/{y}], [ưu tiên|bắt đầu từ] {T}",
            ),
        ),
    ),
    "6.2": (
        Stage(
            1,
            1,
            (
                "[Trong năm|Năm {y}], {khen} [được|đã được] [khen thưởng|biểu dương] [về|vì] [thành tích|kết quả] [trong|ở] [công tác khoa giáo|mảng khoa giáo], [nổi bật|tiêu biểu] là {K} [với|nhờ] {T}",
                "{S} [khen thưởng|tặng giấy khen] {khen}, [đa số|phần nhiều] [là|thuộc] [người trực tiếp|bộ phận] làm {T} [và|hoặc] [nghiên cứu|khảo sát] về {R}",
                "[Hội đồng thi đua|{L}] [xét|thống nhất] [khen|đề nghị khen] {khen}, [căn cứ|theo] [sản phẩm|kết quả] [cụ thể|đo được] về {T}, [công bố|trao thưởng] [vào|trong] {m}",
                "[Kết quả|Về] khen thưởng: {khen} [được|đã được] [ghi nhận|vinh danh] [tại|trong] [hội nghị|lễ sơ kết] {m}, [có|gồm] [đại diện|tập thể] {K} và [cộng tác viên|đầu mối] [làm|về] {T}",
                "{khen} [của|thuộc] {S} [nhận|được tặng] giấy khen, bằng khen [các cấp|trong năm], [trong số này|nổi lên] [có|là] {K} [đóng góp|có sáng kiến] [cho|về] {T}",
            ),
        ),
        Stage(
            2,
            3,
            (
                "[Gương|Điển hình] [được nhắc nhiều|đáng học tập] là [nỗ lực|sự bền bỉ|cách làm sáng tạo|tinh thần kiên trì] của {K} [trong|khi triển khai] {T}, [tạo|để lại] [ấn tượng|niềm tin] với {B}",
                "[Việc|Công tác] khen thưởng [chú ý|ưu tiên|hướng tới] [người trực tiếp làm {T}|{staff} {K}|cán bộ trẻ của {K}], [chiếm|bằng] {pctmid} [số được khen|tổng số]; [mức thưởng|tiền thưởng] [khoảng|bình quân] {n:300-2400} nghìn đồng, [trích|lấy] từ [quỹ thi đua|quỹ phúc lợi]",
                "{n:1-9} [sáng kiến|giải pháp] về {T} [được|đã được] [công nhận|nhân rộng], [tác giả|nhóm tác giả] [được|sẽ được] {L} [xét nâng lương sớm|cộng điểm thi đua|ưu tiên cử đi học]",
                "[Bài viết|Phóng sự] về [điển hình|tập thể] {K} [được|đã được] [đăng|phát] [trên|qua] [trang của đơn vị|báo ngành|bản tin nội bộ] [trong|vào] {m}, {n:300-9000} lượt [xem|chia sẻ]",
                "[Hồ sơ|Đề nghị] [khen cấp Bộ|khen đột xuất] cho [tập thể|nhóm] [làm|phụ trách] {T} [đã được|được] [hoàn thiện|gửi đi] trong {m}",
                "[Tồn tại|Điểm cần sửa] là [tiêu chí|cách xét] khen [về|cho|đối với] [{T}|nghiên cứu về {R}|{staff}] [còn chung|chưa lượng hóa|chưa rõ], [khó|chưa dễ] [so sánh|đối chiếu|xếp] {K} với [các bộ phận|nơi] khác",
            ),
        ),
    ),
    "6.3": (
        Stage(
            1,
            1,
            (
                "[Kinh phí|Dự toán] [cho|dành cho] công tác khoa giáo năm {y} của {S} là {kinh_phi_du_kien} triệu đồng, [đến|tới] [kỳ báo cáo|{cut}] [đã chi|thực hiện] {kinh_phi_thuc_hien} triệu đồng, [đạt|bằng] {ty_le_chi}%",
                "[Dự kiến|Kế hoạch] [chi|kinh phí] {kinh_phi_du_kien} triệu đồng, thực hiện {kinh_phi_thuc_hien} triệu đồng ({ty_le_chi}%), [nguồn|chủ yếu] [từ|lấy từ] [dự toán thường xuyên|nguồn thu sự nghiệp|kinh phí lồng ghép], [chi nhiều nhất|phần lớn] cho {T}",
                "{S} [bố trí|được giao] {kinh_phi_du_kien} triệu đồng và [đã sử dụng|chi] {kinh_phi_thuc_hien} triệu đồng, [tỷ lệ|mức] [thực hiện|giải ngân] {ty_le_chi}%, [do|có] {K} [quản lý|theo dõi]",
                "[Số chi|Thực hiện] {kinh_phi_thuc_hien} triệu đồng [trên|so với] [dự kiến|dự toán] {kinh_phi_du_kien} triệu đồng, [tương ứng|bằng] {ty_le_chi}%; [khoản|mục] [lớn nhất|chính] [là|dành cho] {T}",
            ),
        ),
        Stage(
            2,
            3,
            (
                "[Cơ cấu|Các khoản] chi [gồm|là] [hội nghị, tập huấn|tài liệu truyền thông|khảo sát, kiểm tra] {pctmid}, [còn lại|phần khác] [phục vụ|cho] {T} [và|cùng] [nghiên cứu|đề cương] về {R}",
                "[Phần|Khoản] chưa chi [thuộc về|là] [hoạt động|hợp đồng] {T} [thực hiện|nghiệm thu] [trong|vào] [tháng 11 và tháng 12|quý IV/{y}], [hồ sơ|chứng từ] [do|hiện do] {K} [giữ|hoàn thiện]",
                "[Nhờ|Do] [họp trực tuyến|dùng tài liệu điện tử|xã hội hóa], {S} [tiết kiệm|bớt] [khoảng|được] {pctsmall}, [chuyển sang|dồn cho] {T}",
                "[Tài trợ|Đóng góp] từ {P} [bằng|quy đổi] {n:15-480} triệu đồng [không tính|chưa gộp] [vào|trong] [số trên|dự toán], [dùng cho|dành cho] {B}",
                "[Định mức|Mức chi] [báo cáo viên|khảo sát|nghiên cứu] [còn thấp|chưa cập nhật], [gây khó|làm khó] cho {K} [khi|trong việc] [mời chuyên gia|làm sâu] về {R}",
                "[Năm|Dự kiến] {y1} {S} [đề nghị|cần] [tăng|thêm] {pctsmall} [để|nhằm] [làm|mở rộng] {T} [tại|với] [{site}|{K}|{prov}]",
                "[Thanh toán|Chứng từ] [được|đã được] [công khai|kiểm tra] [tại|trong] [hội nghị viên chức|giao ban] {m}; [ban thanh tra nhân dân|{K}] [không có|chưa nêu] [ý kiến|kiến nghị] [nào|khác]",
            ),
        ),
    ),
    "6.4": (
        Stage(
            1,
            1,
            (
                "[Từ|Qua] [thực tế|công việc] năm {y}, {S} [kiến nghị|có ý kiến|nêu] với [Bộ Y tế|Bộ Y tế và {P}|lãnh đạo Bộ|Bộ và {P}] [một số|các|mấy] [điểm|nội dung|việc], [trước hết|nhất] là về {T}",
                "[Để|Nhằm] [gỡ|tháo gỡ] [khó khăn|vướng mắc] [trong|của] {T}, {S} [xin|trân trọng] [đề nghị|kiến nghị] [mấy|những] [việc|nội dung] [sau|cụ thể]",
                "{S} [xin nêu|gửi tới Bộ Y tế] [các|một số] [kiến nghị|đề xuất] [đã được|được] [thảo luận|thống nhất] [với|cùng] {K} [trong|vào] {m}",
                "[Căn cứ|Dựa trên] [ý kiến|phản ánh] của {B} và {staff} {K}, {S} [đề xuất|kiến nghị]",
            ),
        ),
        Stage(
            3,
            4,
            (
                "[Bộ Y tế|Đề nghị Bộ Y tế] [sớm|xem xét] [ban hành|sửa|bổ sung] [hướng dẫn|định mức|tiêu chuẩn] về {T}, [nhất là|trong đó] [có|làm rõ] [phần|quy định] [dành cho|đối với] {B}",
                "[Bố trí|Cấp] [một khoản|nguồn] [kinh phí riêng|chi ổn định] cho [nghiên cứu|khảo sát] về {R} [trong|từ] [năm|dự toán] {y1}",
                "[Tạo|Có] [cơ chế|quy định] [liên thông|chia sẻ] dữ liệu giữa {K} và {P}, [phục vụ|để] [triển khai|theo dõi] {T}",
                "[Mở|Tổ chức] [lớp|khóa] [bồi dưỡng|tập huấn] [nghiệp vụ khoa giáo|kỹ năng tham mưu|cách làm báo cáo] [cho|dành cho] {staff} [vùng|ở] {prov} [và|cùng] {prov}",
                "[Giảm|Gộp] các báo cáo [trùng nhau|giống nhau|gửi nhiều nơi] về {T}, [dùng|chuyển sang] [biểu mẫu|cổng] điện tử [thống nhất|chung], [tránh|để {K} khỏi] [làm lại|nhập nhiều lần]",
                "[Nâng|Điều chỉnh] [phụ cấp|chế độ] cho [người|{staff}] [làm|trực tiếp làm] {T}, [nhất là|ưu tiên] [ở|tại] [vùng khó khăn|nơi thiếu nhân lực|{K}]",
                "[Cho phép|Thí điểm] [giao|phân cấp cho] {S} [quyết định|chủ động] [một số|vài] [khâu|thủ tục] [trong|của] {T}, [có|kèm] [giám sát|đánh giá] sau {n:12-24} tháng",
                "[Tăng|Thêm] [chỉ tiêu|suất] [đào tạo|biên chế] [về|trong] {F}, [trước mắt|ít nhất] {n:2-30} [người|suất] [mỗi năm|cho năm {y1}]",
                "[Đề nghị|Mong] {P} [phối hợp|hỗ trợ] [truyền thông|đưa tin|vận động] [nhiều hơn|thường xuyên] về {T}",
            ),
        ),
    ),
    "6.5": (
        Stage(
            1,
            1,
            (
                "[Bước sang|Trong] năm {y1}, {S} [xác định|chọn] {T} và {T} là [hai|những] [việc|trọng tâm] [lớn|chính], [gắn|đi cùng] [học tập|thực hiện] [nghị quyết|văn bản] [của Đảng|về khoa giáo]",
                "[Nhiệm vụ|Việc] trọng tâm năm {y1} [đã được|được] {L} [thông qua|cho ý kiến] [trong|vào] {m}, [gồm|với] {n:4-11} [nhóm việc|đầu việc], [đứng đầu|trước hết] là {T}",
                "[Kế hoạch|Chương trình] khoa giáo {y1} của {S} [xoay quanh|hướng vào] {B}, [với|lấy] {T} [làm|là] [điểm nhấn|khâu then chốt]",
                "{S} [dự kiến|đặt mục tiêu] [năm|trong năm] {y1} [hoàn thành|làm xong] [các|những] [việc|phần] [còn dở|đã khởi động] về {T}, [đồng thời|song song] [mở|triển khai] [hướng mới|nghiên cứu] về {R}",
            ),
        ),
        Stage(
            3,
            4,
            (
                "[Tiếp tục|Duy trì] [học tập|quán triệt|phổ biến] [cho {staff}|ở {K}|với {B}] [các văn bản|nghị quyết|chủ trương] về [khoa giáo|{F}|chăm sóc sức khỏe], [mỗi quý|sáu tháng|hai tháng|mỗi kỳ họp] một [chuyên đề|buổi|câu chuyện] [gắn với|liên hệ|về] {T}",
                "[Đẩy mạnh|Mở rộng] {T} [tại|với] {site}, [phấn đấu|để] [tăng|đạt] [thêm|mức] {pctsmall} [trước|vào] [quý III/{y1}|cuối năm {y1}]",
                "[Hoàn thành|Nghiệm thu] [đề tài|nghiên cứu] về {R} và [đưa|chuyển] [kết quả|khuyến nghị] [vào|thành] [hướng dẫn|quy trình] [của|tại] {K}",
                "[Đào tạo|Bồi dưỡng] {n:8-240} [lượt|người] {staff} về {T} và [kỹ năng|nghiệp vụ] [tham mưu|truyền thông|số]",
                "[Ký|Gia hạn] [chương trình|thỏa thuận] phối hợp với {P}, [bổ sung|đưa thêm] nội dung về {T}",
                "[Kiểm tra|Giám sát] [ít nhất|từ] {n:2-16} [đơn vị|đầu mối] về {T}, [công khai|gửi] [kết quả|kết luận] [trong|sau] {n:5-15} ngày",
                "[Số hóa|Chuẩn hóa] [hồ sơ|quy trình] [liên quan|thuộc] {T} [tại|ở] {K}, [giảm|bớt] {pctsmall} [thời gian|giấy tờ] [cho|đối với] {B}",
                "[Chăm lo|Cải thiện|Quan tâm] [đời sống|môi trường làm việc|việc học tập] của {staff} [{K}|làm {T}|phục vụ {B}], [phát hiện|khen] [kịp thời|thường xuyên] [điển hình|sáng kiến] [trong|về] {T}",
                "[Tham mưu|Đề xuất] [sửa|bổ sung] [quy định|cơ chế] về {T} [trên cơ sở|từ] [tổng kết|thực tiễn] [ở|tại] [{prov}|{K}|{P}]",
            ),
        ),
    ),
    "7": (
        Stage(
            1,
            1,
            (
                "[Năm|Trong năm] {y}, [công tác|hoạt động] khoa giáo của {S} [được|đã được] [triển khai|thực hiện] [đồng bộ|có trọng tâm|đúng kế hoạch], [kết hợp|gắn] [chặt|liền] với {T}, [hoàn thành|đạt] {pctmid} [chỉ tiêu|đầu việc] [đặt ra|đã đăng ký]",
                "[Đánh giá chung|Tổng quát], {S} [làm được|hoàn thành] [ba|bốn|năm] việc [lớn|chính] [trong|của] năm {y}: [học tập|quán triệt] {ty_le}% cán bộ, đảng viên; [tập trung cho|củng cố] {T}; [chăm lo|phục vụ] {B}",
                "{L} [đánh giá|nhận định] [kết quả|công tác] năm {y} [ở mức|là] [tốt|khá|đáng khích lệ], [căn cứ|dựa vào] {hoi_nghi} hội nghị, {van_ban} văn bản [đã ban hành|đã phát hành] và [chuyển biến|tiến bộ] [trong|về] {T}",
                "[Nhìn lại|Qua] một năm, [chuyển biến|bước tiến] [rõ|đáng kể] [nhất|hơn cả] [tại|của] {S} [nằm ở|là] {T}, [nhờ|do] [sự vào cuộc|nỗ lực] của {K} [và|cùng] {P}",
            ),
        ),
        Stage(
            2,
            3,
            (
                "[Mặt|Điểm] [mạnh|tích cực] [khác|cần phát huy|đáng ghi nhận] [về|trong] {T} là [tính chủ động|sự phối hợp|việc dùng công nghệ] của {K}, [giúp|nhờ đó] công việc [trôi chảy|nhanh hơn|ít sai sót]",
                "[Điểm|Mặt] [chưa hài lòng|cần khắc phục] [gồm|là] [tiến độ|chất lượng] [khảo sát|nghiên cứu] về {R} và [công tác|khâu] [thống kê|báo cáo|truyền thông]",
                "[Tỷ lệ hài lòng|Mức hài lòng] của {B} [đạt|lên] {pctmid}, [tăng|nhích] {pctsmall} [so với|từ] năm {y0}, [phần|góp phần] [nhờ|do] {T}",
                "[Bài học|Kinh nghiệm] [lớn nhất|rút ra] là [người đứng đầu|cấp ủy] [phải|cần] [vào việc|kiểm tra] [từ sớm|hằng tháng], [giao|chọn] [đúng người|đúng việc] [như|giống] [cách làm|trường hợp] ở {K}",
                "[Nguồn lực|Kinh phí] [thực hiện|đã dùng] {kinh_phi_thuc_hien} triệu đồng [được|đã được] [ưu tiên|dành] cho {T} [và|sau đó là] {T}",
                "[Triển vọng|Hướng tới] năm {y1}, {S} [tự tin|có cơ sở] [mở rộng|làm tốt hơn] {T} [nhờ|với] [sự hỗ trợ|sự phối hợp] của {P}",
            ),
        ),
    ),
}

#: said instead of the training stage when a unit held no class of its own
NO_TRAINING: tuple[str, ...] = (
    "[Năm|Trong kỳ] {y} {S} [không mở lớp tập huấn riêng|chưa mở lớp tập huấn nào], [chỉ cử|cử] {n:2-14} [người|lượt] [dự|theo học] [lớp|khóa] của {P} về {T}",
    "[Do|Vì] [kinh phí hạn hẹp|ít biên chế|đang sắp xếp bộ máy], {S} [không tổ chức|lùi] [lớp tập huấn|việc tập huấn] [sang|đến] năm {y1}; {K} [tự học|sinh hoạt chuyên môn] về {T} [mỗi tháng|hằng quý]",
)

#: reasons for "nothing to report", by section; "1" stands for every subsection 1.x
NIL_REASONS: dict[str, tuple[str, ...]] = {
    "1": (
        "[Trong kỳ|Đến {cut}], {S} [chưa phát sinh|không có] [hoạt động|việc] [riêng|cụ thể] [theo|về] [nội dung này|văn bản này]; [đã|mới] [phổ biến|gửi tài liệu] [tới|cho] {staff}.",
        "{S} [mới|chỉ] [nghiên cứu|tiếp thu] văn bản, [việc làm cụ thể|hoạt động riêng] [dự kiến|sẽ có] [trong|từ] quý [I|II]/{y1}.",
        "[Không phát sinh|Chưa có] [kết quả|số liệu] [trong|của] năm {y}: [phần việc|hoạt động] [được|đã được] [chuyển|dời] sang năm {y1} [do|vì] [chờ kinh phí|thay đổi nhân sự|ưu tiên việc khác].",
    ),
    "2": (
        "[Năm|Trong năm] {y} {S} [không tổ chức|chưa tiến hành] [cuộc|đợt] kiểm tra, giám sát [chuyên đề|riêng] [nào|về khoa giáo]; [việc|nội dung] này [dự kiến|sẽ] [làm|bố trí] [trong|vào] quý [I|II]/{y1}.",
        "[Chưa phát sinh|Không có] cuộc kiểm tra [riêng|độc lập]; {dang} [chỉ|mới] [nhắc việc|giám sát thường xuyên] [qua|tại] [giao ban|họp chi bộ] [từ|trong] {m}.",
    ),
    "3": (
        "[Trong năm|Năm {y}] [không có|chưa đến kỳ] sơ kết, tổng kết [văn bản|nghị quyết] [nào|thuộc phạm vi] của {S}.",
        "{S} [chưa|không] [tổ chức|có] [hội nghị|cuộc] sơ kết, tổng kết [riêng|trong kỳ]; [dự kiến|sẽ] [thực hiện|làm] [cùng|gộp vào] [tổng kết công tác năm|hội nghị viên chức] {y1}.",
        "[Không phát sinh|Không có]: [các|những] [văn bản|chỉ thị] [được giao|liên quan] [chưa tới|không rơi vào] [mốc|kỳ] tổng kết [trong|của] năm {y}.",
    ),
    "6.2": (
        "[Đến|Tính tới] {cut}, {S} [chưa|không] [khen thưởng|xét khen] [riêng|chuyên đề] về công tác khoa giáo; [hồ sơ|danh sách] [sẽ|dự kiến] [xét|trình] [cùng|vào] [tổng kết năm|cuối năm] {y}.",
        "[Trong kỳ|Năm {y}] [không có|chưa phát sinh] [tập thể, cá nhân|trường hợp] [nào|được khen] [về|thuộc] [nội dung|lĩnh vực] này [tại|ở] {S}.",
    ),
    "6.4": (
        "{S} [không có|chưa có] [kiến nghị|đề xuất] [mới|thêm] [trong|cho] [kỳ|đợt] này.",
        "[Các|Những] [kiến nghị|đề xuất] [năm {y0}|trước đây] của {S} [đã|đều được] [giải quyết|trả lời]; [kỳ này|năm {y}] [không phát sinh|chưa có] thêm.",
    ),
}

#: why a paper lies outside a unit's work
NOT_MINE: dict[str, tuple[str, ...]] = {
    "1.3": (
        "[Chức năng|Nhiệm vụ] của {S} là {F}, không [gồm|bao gồm] [nội dung|công tác] thể dục, thể thao.",
        "{S} không được giao [nhiệm vụ|việc] về thể dục, thể thao.",
        "[Lĩnh vực|Mảng] thể thao [nằm ngoài|không thuộc] [chức năng|phạm vi] của {S} ({F}).",
    ),
    "1.4": (
        "{S} [phụ trách|làm] {F}, [không có|không được giao] nhiệm vụ [chăm sóc|bảo vệ] trẻ em.",
        "[Công tác|Nội dung] trẻ em không thuộc [chức năng|nhiệm vụ] của {S}.",
        "[Đối tượng|Người] mà {S} phục vụ là {B}, không [có|gồm] trẻ em.",
    ),
    "1.5": (
        "{S} không được giao [việc|nhiệm vụ] [liên quan đến|về] trật tự, an toàn giao thông.",
        "An toàn giao thông [nằm ngoài|không thuộc] [chức năng|phạm vi] {F} của {S}.",
    ),
    "1.6": (
        "{S} [không có|không được giao] [nhiệm vụ|hoạt động] ở tuyến y tế cơ sở; [việc|phần] chính là {F}.",
        "[Chức năng|Nhiệm vụ] {F} không gắn [trực tiếp|] với y tế cơ sở.",
    ),
    "1.7": (
        "{S} không có [hoạt động|khoa, phòng] y học cổ truyền [hay|hoặc] [tổ chức|hội viên] của Hội Đông y.",
        "[Lĩnh vực|Mảng] {F} không [bao gồm|có] y học cổ truyền.",
        "Y học cổ truyền [nằm ngoài|không thuộc] [chức năng|nhiệm vụ] của {S}.",
    ),
}

#: added to a section when the report came back for more detail
SUPPLEMENTS: tuple[str, ...] = (
    "[Bổ sung|Làm rõ thêm]: [riêng|cụ thể] về {T}, {K} [thực hiện|ghi nhận] {n:12-860} [lượt|trường hợp] trong năm {y}, [tăng|giảm] {pctsmall} so với năm {y0}, [phục vụ|liên quan] {B}",
    "[Số liệu chi tiết|Minh chứng] [do {K} cung cấp|đối chiếu đến {cut}]: {n:3-48} [hoạt động|buổi] về {T} [tại|với] {site}, {pctmid} [người dự|người được hỏi] [hài lòng|vận dụng được]",
    "[Ví dụ cụ thể|Điển hình] là [việc|phần việc] {T} do {K} [phụ trách|chủ trì] từ {m}: [giảm|rút ngắn] {pctsmall} [thời gian chờ|thời gian xử lý], {B} [được hưởng lợi trực tiếp|đánh giá tốt]",
    "[Theo góp ý|Tiếp thu góp ý], {S} [ghi rõ|bổ sung]: [căn cứ|văn bản] là {plan}; [người phụ trách|đầu mối] là {K}; [kết quả|sản phẩm] đến {cut} đạt {pctmid} về {T}",
)
