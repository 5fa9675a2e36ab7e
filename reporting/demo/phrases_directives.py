"""Sentence patterns for the seven subsections "1.x", each about one paper of the Party.

`OPENING`, `PAPER` and `OUTCOME` fit every paper; `FIELD_WORK` holds what a kind of unit does about
one of them. Group keys: clinic, prevention, school, tech (testing, production, forensics), centre
(ministry departments and support units), province.
"""

from __future__ import annotations

#: short ways to name the papers of one subsection
CITATIONS: dict[str, tuple[str, ...]] = {
    "1.1": ("Nghị quyết số 45-NQ/TW", "Nghị quyết 45-NQ/TW", "Kế hoạch số 20-KH/TW", "Nghị quyết 45"),
    "1.2": ("Nghị quyết số 20-NQ/TW", "Nghị quyết 20-NQ/TW", "Nghị quyết 20-NQ/TW (khóa XI)"),
    "1.3": ("Kết luận số 70-KL/TW", "Kết luận 70-KL/TW", "Kết luận 70 về thể dục, thể thao"),
    "1.4": ("Chỉ thị số 28-CT/TW", "Chỉ thị 28-CT/TW", "Chỉ thị 28 về trẻ em"),
    "1.5": ("Chỉ thị số 23-CT/TW", "Chỉ thị 23-CT/TW", "Chỉ thị 23 về an toàn giao thông"),
    "1.6": ("Chỉ thị số 25-CT/TW", "Chỉ thị 25-CT/TW", "Chỉ thị 25 về y tế cơ sở"),
    "1.7": ("Kết luận số 86-KL/TW", "Kết luận 86-KL/TW", "Kết luận 86 về y học cổ truyền"),
}

OPENING: tuple[str, ...] = (
    "{m}, {L} [đưa|đã đưa|bố trí] {D} vào [nội dung sinh hoạt|chương trình học tập|buổi sinh hoạt chuyên đề|lịch giao ban] của [{K}|các chi bộ|{staff} {K}|khối đoàn thể|chi bộ thuộc {K}], [có liên hệ với|gắn với|lấy ví dụ từ] {T}",
    "[Việc học tập|Việc quán triệt|Việc phổ biến] {D} được {L} tổ chức [trong|vào] {m} [theo hình thức|bằng cách|qua] [kết hợp trực tiếp và trực tuyến|lồng ghép vào giao ban của {K}|hội nghị báo cáo viên|sinh hoạt chuyên đề|giao lưu với {P}], [chú trọng|dành thời gian cho|nhấn mạnh|xoáy vào] [phần|nội dung] [liên quan đến|gắn với|nói về] {T}",
    "[Xác định|Nhận thức|Thấy] rõ [ý nghĩa|yêu cầu|tầm quan trọng] của {D} đối với [{F}|{T}|{B}], {S} đã [giao|phân công] {K} [làm đầu mối|chủ trì tham mưu|soạn tài liệu tóm tắt] [gắn với {T}|cho {staff}|cùng {P}] và [hoàn thành|làm xong] việc [phổ biến|học tập] [trong|từ] {m}",
    "{S} [phát|gửi|đăng tải] [tài liệu hỏi đáp|bản tóm tắt|đề cương giới thiệu|bộ câu hỏi trắc nghiệm] về {D} [tới|cho] {staff} [từ|trong] {m}; {pct} [người|số người] [được hỏi|làm bài kiểm tra|nộp thu hoạch] [nắm được|trả lời đúng|nêu đúng] [nội dung chính|điểm mới|phần việc của mình|mối liên hệ với {T}]",
    "[Ngay từ|Từ|Trong] {m}, {L} [đã họp|họp chuyên đề|có buổi làm việc] để [rà lại|kiểm điểm|đánh giá] [phần việc|nhiệm vụ] theo {D} [mà|do] {K} [đang đảm nhận|phụ trách|được giao]",
    "[Tiếp nối|Kế thừa|Trên cơ sở] kết quả [của năm|đã có từ] {y0}, {S} [tiếp tục|vẫn duy trì việc|đẩy mạnh việc] [nghiên cứu|học tập|phổ biến] {D}, [lần này|năm nay|đợt này] [hướng vào|tập trung cho|ưu tiên] {staff} [trực tiếp làm|ở bộ phận phụ trách|mới được giao] {T}",
    "[Báo cáo viên|Bí thư các chi bộ|Lãnh đạo {K}] [trực tiếp giới thiệu|truyền đạt|trình bày] {D} [cho|trước] {staff} [vào|trong] {m}, [sau đó|kế tiếp] [mỗi bộ phận|từng chi bộ|từng tổ] [thảo luận|đăng ký phần việc|liên hệ thực tế|đặt câu hỏi] về {T}",
    "Nội dung {D} [được lồng vào|được đưa vào|trở thành một phần của] [hội nghị của {K}|lớp bồi dưỡng chính trị|giao ban tháng|ngày pháp luật|buổi làm việc với {P}] [tổ chức|diễn ra] [vào|trong] {m}, [với sự tham gia|có mặt] của [{L}|{P}|{B}] và {K}",
    "{L} [ký cam kết|thống nhất|quyết định] [chọn|lấy] {T} [làm khâu|là nơi] [đột phá|thể hiện rõ nhất] khi [thực hiện|triển khai|cụ thể hóa] {D} năm {y}",
    "[Thực hiện|Triển khai|Chấp hành] {D}, [đến|tính đến|tới] {cut} [toàn bộ các|{pct}] [chi bộ|tổ đảng|bộ phận] của {S} đã [học tập xong|có bản đăng ký việc làm|hoàn thành thu hoạch], [trong đó|riêng] {K} [tổ chức|mở] [tọa đàm|buổi trao đổi|sinh hoạt mở rộng] về {T}",
    "[Năm|Trong năm] {y}, {S} [coi|xem] {D} là [căn cứ|chỗ dựa] để [sắp xếp lại|điều chỉnh|bổ sung] [cách làm|phần việc|chỉ tiêu] [về|đối với] {T} và [thông báo|phổ biến] tới {staff} [qua|bằng] [bản tin nội bộ|nhóm điều hành công việc|hệ thống văn bản điện tử|giao ban khối]",
    "[Ở|Tại] {S}, {D} [được giới thiệu|được học|được nhắc lại] [hai|ba|bốn] lần [trong năm|từ đầu năm], lần [gần nhất|đông nhất|đầy đủ nhất] vào {m} do {dang} [chủ trì|tổ chức|điều hành] [cùng|phối hợp với] {P}",
    "[Qua|Bằng] [sổ tay điện tử|mã QR tài liệu|bản tin {K}|bảng tin khoa, phòng], {staff} [có thể tra cứu|đọc được|tiếp cận] {D} [bất cứ lúc nào|ngay tại nơi làm việc|trên điện thoại]; [lượng truy cập|số lượt mở] [tính đến|tới] {cut} đạt {n:120-3900}",
    "[Sau khi có|Theo|Nhận được] [hướng dẫn|kế hoạch|công văn] của [Bộ Y tế|Bộ|cấp trên], {dang} [giao {K} lập tổ giúp việc|cử người của {K} theo dõi việc|yêu cầu {K} xây dựng chương trình|cùng {K} bàn cách] [thực hiện|triển khai] {D}; [buổi quán triệt|đợt học tập] [trong|vào] {m} [dành riêng|dành nhiều thời gian] cho [câu chuyện|vấn đề] {T}",
)

PAPER: tuple[str, ...] = (
    "[Cụ thể hóa|Để triển khai|Nhằm thực hiện] [các yêu cầu trên|tinh thần đó|phần việc được giao|nhiệm vụ của {K}], {S} [ban hành|đã có|xây dựng|ra] {plan}, [xác định|nêu|phân công] {n:4-14} [đầu việc|nhiệm vụ|nhóm việc], [trong đó có|nhất là|kể cả] {T}",
    "{plan} [của {S}|do {L} ký] [nêu rõ|quy định rõ] [người làm|thời hạn|sản phẩm] [của từng|đối với từng] [khoa, phòng|bộ phận|nhóm việc], [đưa|gắn] {T} vào [chỉ tiêu thi đua|tiêu chí xếp loại|chương trình công tác quý]",
    "[Phần việc|Nội dung] này được [lồng ghép|đưa] vào {plan} và [bản phân công của {K}|lịch công tác {m} của {dang}|kế hoạch riêng về {T}]",
    "{K} được giao [theo dõi|đôn đốc] [tiến độ|kết quả], nhất là phần {T}, và [báo cáo|phản ánh] {L} [hằng tháng|hằng quý|mỗi kỳ giao ban|khi có phát sinh|trước ngày 25 hằng tháng], [theo|đúng|như] {plan}",
    "[Không ban hành kế hoạch riêng|Để giảm giấy tờ|Cùng với {T}], {S} [ghép|lồng] [nhiệm vụ này|phần việc này|các yêu cầu] vào [kế hoạch công tác năm|chương trình về {T}|kế hoạch chuyên môn của {K}]",
    "[Trước khi|Khi] ban hành {plan}, {S} [lấy ý kiến|tham khảo] {K}, {P} [cùng|và] [đại diện {B}|một số chuyên gia|các đoàn thể]",
    "{S} [sửa đổi|bổ sung|rà soát] [quy chế phối hợp|quy trình nội bộ|bảng phân công] [của {K}|giữa {K} và các nơi|với {P}] cho [khớp|phù hợp|sát] với [yêu cầu về {T}|việc thực hiện {T}|cách làm {T}], [thể hiện|ghi|cụ thể] tại {plan}",
    "[Theo|Căn cứ] {plan}, [đến|tới] {cut} {S} [hoàn thành|làm xong] {n:7-9}/{n:10-14} [đầu việc|nhiệm vụ|hoạt động]; [việc còn lại|phần chưa xong] [thuộc về|chủ yếu là|liên quan] {T}",
)

OUTCOME: tuple[str, ...] = (
    "[Nhìn chung|Đánh giá chung], [chuyển biến|tiến bộ|kết quả] [rõ nhất|dễ thấy nhất|đáng kể nhất] là ở {T}; [phần|mặt|khâu] [còn yếu|cần cố gắng|chậm] là [nguồn lực nghiên cứu|nhân lực nghiên cứu|số liệu] về {R}",
    "[So với|Đối chiếu với] năm {y0}, [số việc|khối lượng việc|phần việc] [của {K}|về {T}|thuộc {T}] [hoàn thành đúng hạn|làm xong trước hạn] [tăng|cao hơn|nhiều hơn] {pctsmall}, [được|và được] {B} [ghi nhận|đánh giá tốt|phản hồi tích cực]",
    "[Khó khăn|Trở ngại|Vướng mắc] [hiện nay|lớn nhất|chính] là [thiếu người làm|kinh phí còn ít|quy định chưa đồng bộ|dữ liệu chưa liên thông] [đối với|trong|ở] {T}, [đang được|sẽ được] {K} [đề xuất cách gỡ|rà soát|báo cáo {dang}]",
    "[Cách làm|Kinh nghiệm|Bài học] [rút ra|đáng chia sẻ] [từ {K}|từ {T}|qua việc phục vụ {B}] là gắn [việc học|văn bản|bài học|lý luận] với [{T}|việc hằng ngày|quyền lợi của {B}], [để|giúp] {staff} [dễ nhớ, dễ làm|chủ động hơn|thấy rõ phần mình]",
    "[Những việc|Các việc] [của {K}|thuộc {plan}|liên quan {B}] [chưa xong|còn dang dở] [được chuyển sang|sẽ làm tiếp trong|được đưa vào] [quý I/{y1}|kế hoạch {y1}|sáu tháng đầu năm {y1}], [trước hết|ưu tiên] là {T} và [nghiên cứu về|tài liệu về|khảo sát] {R}",
    "[Từ thực tế|Qua công việc] [tại|của] {K}, {S} [nhận thấy|cho rằng] [cần thêm|nên có] [hướng dẫn|cơ chế|nguồn kinh phí] [riêng|cụ thể hơn] [cho|về] {T}",
    "{B} [là nhóm|thuộc nhóm] [hưởng lợi|thấy rõ thay đổi|được quan tâm] [nhiều nhất|trước tiên]: qua {T}, [thời gian chờ|số ý kiến chưa hài lòng|số lần phải đi lại] [giảm|bớt|ít đi] {pctsmall} so với [năm {y0}|đầu năm|khi bắt đầu làm]",
    "[Ý thức|Nhận thức|Trách nhiệm] của {staff} {K} [được nâng lên|chuyển biến rõ|có thay đổi], [biểu hiện ở|thể hiện qua] {n:6-48} [sáng kiến|đề xuất|cải tiến nhỏ] [về|quanh] {T} [gửi về|được ghi nhận tại] [bộ phận thi đua|hội đồng sáng kiến|công đoàn]",
    "[Tuy vậy|Mặc dù thế|Tuy nhiên], [tiến độ|chất lượng|mức độ quan tâm] [về|đối với] {T} [giữa các bộ phận|ở từng khâu|giữa {K} và các nơi] [chưa đều|còn khác nhau|còn chênh]; {K} [được yêu cầu|đã nhận việc|được giao] [làm rõ nguyên nhân|đề ra giải pháp|cùng {P} tháo gỡ] [trước|trong] [quý I/{y1}|dịp cuối năm {y}]",
)

FIELD_WORK: dict[str, dict[str, tuple[str, ...]]] = {
    "1.1": {
        "clinic": (
            "[Đội ngũ|Lực lượng] [trí thức|cán bộ khoa học] của {S} [hiện có|gồm] {n:2-38} giáo sư, phó giáo sư, {n:14-160} tiến sĩ, bác sĩ chuyên khoa II, [phần lớn|đa số|nhiều người] [ở {K}|là người trẻ|trên 45 tuổi|được đào tạo ở nước ngoài] và [làm việc|gắn bó] với {T}",
            "{S} [cử|bố trí cho] {n:4-46} [bác sĩ|cán bộ trẻ|viên chức] đi [học sau đại học|đào tạo chuyên sâu|tu nghiệp ở nước ngoài] về {T}, [hỗ trợ|chi trả] [học phí|một phần sinh hoạt phí|toàn bộ tiền lương]",
            "[Chuyên gia đầu ngành|Các thầy thuốc cao tuổi] [được mời ở lại|tiếp tục] [làm cố vấn|hướng dẫn kỹ thuật|giảng bài] cho {K}, [góp phần|giúp] [giữ|truyền] [nghề|kinh nghiệm] [trong|về] {T}",
            "[Quy chế|Chính sách] [trọng dụng người tài|thu nhập tăng thêm|đãi ngộ chuyên gia] [được sửa|thay đổi] theo hướng [trả theo kết quả|ưu tiên ca khó|không cào bằng]; {n:3-21} [người|bác sĩ] [làm việc về|phụ trách] {T} [được nâng lương trước hạn|hưởng mức cao nhất|được tuyển thẳng]",
            "[Nhóm|Tổ] [nghiên cứu trẻ|chuyên gia] về {R} [mới thành lập|ra đời trong năm|lập từ {m}] [tập hợp|quy tụ] {n:7-29} [người|thành viên], [có cả|trong đó có] [người từ|cộng tác viên của] {P}",
            "{S} [tiếp nhận học viên của|cử chuyên gia hỗ trợ] [{site}|{site} và {site}] [để|nhằm] [đào tạo|bồi dưỡng] đội ngũ [bác sĩ|điều dưỡng|kỹ thuật viên] về {T}",
        ),
        "prevention": (
            "[Cán bộ|Nghiên cứu viên] có trình độ [thạc sĩ trở lên|sau đại học] [chiếm|đạt] {pctmid} [biên chế|tổng số], [tham gia|có tên trong] {n:3-17} [hội đồng chuyên môn|nhóm kỹ thuật] [của Bộ|quốc gia|khu vực] về {T}",
            "{S} [lập|duy trì] [câu lạc bộ|diễn đàn] [nhà khoa học trẻ|dịch tễ trẻ], [mỗi quý|mỗi tháng] [trao đổi|báo cáo] một lần về {R}",
            "[Chế độ|Mức] [phụ cấp chống dịch|hỗ trợ viết bài quốc tế|khuyến khích học tiến sĩ] [được nâng|được thông qua], [giữ chân|thu hút] {n:2-11} [cán bộ|chuyên gia] [làm|chuyên về] {T}",
            "[Chuyên gia|Nhà khoa học] của {S} [dẫn đầu|tham gia] {n:2-9} đoàn [công tác|hỗ trợ kỹ thuật] tới {site} [khi có dịch|theo đề nghị của địa phương], [vừa làm vừa|kết hợp] [hướng dẫn|chỉ dẫn] [cán bộ trẻ|đồng nghiệp] về {T}",
            "[Thiếu|Khó tuyển] [người nghiên cứu|cán bộ chuyên sâu] về {R} [vẫn là|đang là] [điểm nghẽn|khó khăn] [về nhân lực|trong xây dựng đội ngũ trí thức] của {S}",
        ),
        "school": (
            "[Giảng viên|Đội ngũ giảng viên] cơ hữu có {pctsmall} [trình độ tiến sĩ|học vị tiến sĩ]; [trong năm|từ đầu năm] có thêm {n:2-9} [phó giáo sư|giảng viên cao cấp] và {n:3-18} [người|thầy cô] [bảo vệ luận án|đi làm nghiên cứu sinh] về {R}",
            "{S} [mời|ký hợp đồng với] {n:5-26} [giảng viên thỉnh giảng|nhà khoa học Việt Nam ở nước ngoài|chuyên gia bệnh viện] [dạy|hướng dẫn nghiên cứu] về {T}",
            "[Quỹ|Chương trình] [nghiên cứu cho giảng viên trẻ|tài năng trẻ] [cấp|tài trợ] {n:6-31} đề tài, [mỗi đề tài|mức cao nhất] {n:30-120} triệu đồng, [ưu tiên|trong đó có nhóm] {R}",
            "[Chuẩn|Tiêu chuẩn] [tuyển dụng|bổ nhiệm] [được nâng|thay đổi], [nhận|tiếp nhận] {n:2-14} [thạc sĩ, tiến sĩ|bác sĩ nội trú] [về|làm việc tại] [bộ môn|{K}] [phục vụ|gắn với] {T}",
        ),
        "tech": (
            "{S} có {n:4-28} [thạc sĩ, tiến sĩ|cán bộ sau đại học], [được giao|đảm nhận] [vị trí chủ chốt|những khâu khó] [trong|của] {T}",
            "[Việc thu hút|Việc giữ] [người giỏi|chuyên gia] [gặp khó|chưa dễ] do [thu nhập|phụ cấp] [thấp hơn|kém] [doanh nghiệp|khu vực tư]; {L} [đã đề xuất|áp dụng] [trả thêm|khoán kinh phí] cho [nhóm|người] làm {T}",
            "{n:2-12} [cán bộ|viên chức] [được cử|đi] [học|thực tập] [tại|ở] [nước ngoài|{P}|cơ sở đầu ngành] về {R}, [trở về|hiện] [làm việc ở|phụ trách] {K}",
            "[Hội đồng|Nhóm] [khoa học|chuyên gia] của {S} [họp|phản biện] {n:3-12} [lần|hồ sơ], [cho ý kiến|góp ý] [về|đối với] {T} và {R}",
        ),
        "centre": (
            "{S} [tham mưu|góp ý|trình Bộ] [chính sách|cơ chế] [đãi ngộ|trọng dụng|thu hút] [trí thức|chuyên gia] [ngành y|y tế] [từ góc độ|gắn với] {T}",
            "[Công chức|Chuyên viên] có trình độ [sau đại học|thạc sĩ trở lên] [chiếm|đạt] {pctmid}; {n:2-9} [người|trường hợp] [được cử|đang] [học|nghiên cứu] về {R}",
            "[Nhóm chuyên gia tư vấn|Mạng lưới cộng tác viên] [gồm|có] {n:8-45} [nhà khoa học|thầy thuốc, nhà quản lý] [được hỏi ý kiến|tham gia phản biện] [khi|trong lúc] [bàn về|xây dựng văn bản về] {T}",
            "{L} [gặp mặt|đối thoại với] [cán bộ trẻ|chuyên gia] [trong|vào] {m}, [ghi nhận|tiếp thu] {n:5-26} [kiến nghị|ý kiến] [quanh|về] {T}",
            "[Hồ sơ|Danh sách] chuyên gia về {R} [được cập nhật|được lập mới] [để|nhằm] [giao việc|mời tham gia hội đồng] [đúng người|nhanh hơn]",
        ),
        "province": (
            "[Toàn ngành|Y tế {tinh}] [hiện có|có] {n:9-26},{n:1-9} bác sĩ trên một vạn dân, {n:120-900} [người|cán bộ] có trình độ [chuyên khoa II, tiến sĩ|sau đại học], [phân bố|tập trung] [chưa đều|nhiều ở trung tâm], [thiếu nhất|mỏng nhất] [ở|tại] {place}",
            "[Nghị quyết của HĐND|Chính sách của] {tinh} về [thu hút bác sĩ|đãi ngộ nhân lực y tế] [giúp|đưa] {n:8-74} [bác sĩ|người] [về làm việc|nhận công tác] [ở|tại] {place}, {place}, [mức hỗ trợ|cao nhất] {n:150-500} triệu đồng [một người|mỗi bác sĩ]",
            "[Ngành|{S}] [cử|chọn] {n:15-140} [viên chức|bác sĩ] [đi đào tạo|học chuyên khoa], [ưu tiên cho|dành chỉ tiêu cho] {place} và [lĩnh vực|mảng] {T}",
            "[Hội Y học|Liên hiệp các hội khoa học và kỹ thuật] {tinh} [phối hợp|cùng {S}] [tổ chức|lập] [diễn đàn trí thức|câu lạc bộ thầy thuốc cao tuổi|tổ tư vấn chuyên gia], [góp ý|hiến kế] về {T}",
            "[Sau|Từ khi] [sắp xếp bộ máy|hợp nhất], [số|lượng] [cán bộ xin nghỉ sớm|người chuyển công tác] [là|lên tới] {n:6-70}, [nhiều nhất|chủ yếu] [thuộc|ở] {place}; {S} [đã điều động|bố trí lại] [để|nhằm] [không gián đoạn|giữ] {T}",
        ),
    },
    "1.2": {
        "clinic": (
            "[Hội đồng khoa học|{K}] [nghiệm thu|thông qua] {n:6-74} [đề tài cấp cơ sở|sáng kiến, đề tài], [nổi bật|đáng chú ý] là [nghiên cứu|công trình] về {R}",
            "{S} [làm chủ|đưa vào thường quy|chuyển giao] {n:2-13} [kỹ thuật mới|kỹ thuật khó] [thuộc|trong] {T}, [thực hiện cho|đem lại lợi ích cho] {n:40-960} [lượt|trường hợp] {B}",
            "[Số bài báo|Công bố khoa học] [trong năm|đến nay] [là|đạt] {n:8-142}, [gồm|trong đó] {n:2-39} [bài quốc tế|bài thuộc danh mục Scopus], [chủ đề|tập trung vào] {R} và {R}",
            "[Bệnh án điện tử|Trí tuệ nhân tạo|Hệ thống PACS] [được dùng|đã vận hành] [tại|ở] {K}, [rút ngắn|giảm] [thời gian chờ|thời gian trả kết quả] {pctsmall}, [tạo thuận lợi|hữu ích] cho {T}",
            "[Hợp tác nghiên cứu|Đề tài phối hợp] với {P} và {site} về {R} [đã thu tuyển|đang theo dõi] {n:60-1400} [người bệnh|đối tượng], [dự kiến|sẽ] [kết thúc|công bố] [năm|trong năm] {y1}",
            "[Kinh phí|Nguồn chi] [cho|dành cho] nghiên cứu [trích từ|lấy từ] [quỹ phát triển sự nghiệp|tài trợ và hợp tác|nguồn thu hợp pháp] [là|đạt|bằng] {n:180-7400} triệu đồng, [tăng|cao hơn năm trước] {pctsmall}, [ưu tiên|trước hết cho] nghiên cứu về {R}",
        ),
        "prevention": (
            "{S} [chủ trì|thực hiện] {n:2-8} đề tài [cấp Bộ|cấp quốc gia|hợp tác quốc tế] và {n:4-19} đề tài cơ sở, [trọng tâm|hướng chính] là {R}",
            "[Phòng xét nghiệm|{K}] [được công nhận|duy trì] [chuẩn ISO 15189|an toàn sinh học cấp III|ISO/IEC 17025], [thêm|mở rộng] {n:2-16} [phép thử|quy trình] [phục vụ|dùng cho] {T}",
            "[Giải trình tự gen|Mô hình dự báo dịch|Bản đồ số] [được áp dụng|dùng] [trong|để] [theo dõi|phân tích] {R}, [cho kết quả|có bản tin] [sau|trong] {n:2-7} ngày",
            "[Công bố|Đăng] {n:9-58} bài [báo|khoa học], [có|gồm] {n:3-24} bài quốc tế về {R}; [kết quả|số liệu] [được dùng|trở thành căn cứ] [để sửa|khi xây dựng] [hướng dẫn|kế hoạch] về {T}",
        ),
        "school": (
            "[Sinh viên|Người học] và [giảng viên|thầy cô] [thực hiện|tham gia] {n:24-180} [đề tài|nhiệm vụ khoa học], {n:2-11} [đề tài|công trình] [đoạt giải|được trao giải] [cấp Bộ|toàn quốc], [có|trong đó] [đề tài|nhóm] về {R}",
            "{S} [đăng|công bố] {n:30-410} bài, [riêng|trong đó] {n:12-190} bài [quốc tế|trong danh mục WoS/Scopus], [nổi lên|mạnh nhất] là [nhóm|hướng] {R}",
            "[Phòng thí nghiệm|Trung tâm nghiên cứu] về {T} [được đầu tư|bổ sung thiết bị] {n:2-36} tỷ đồng, [mở cửa|phục vụ] cho {B} [trong|ngoài] [giờ học|trường]",
            "[Chuyển giao|Thương mại hóa] [kết quả|sản phẩm] [về|từ nghiên cứu] {R} [đem lại|thu] {n:120-2400} triệu đồng; {n:1-6} [hồ sơ sáng chế|giải pháp hữu ích] [đã nộp|được chấp nhận đơn]",
        ),
        "tech": (
            "[Phòng thử nghiệm|{K}] [xây dựng|thẩm định] {n:4-27} [quy trình|phương pháp] [mới|phân tích], [phục vụ|trực tiếp cho] {T}",
            "{S} [nghiệm thu|hoàn thành] {n:1-9} đề tài về {R} và [đăng|công bố] {n:3-29} bài [trên tạp chí chuyên ngành|trong nước và quốc tế]",
            "[Thiết bị|Máy móc] [đầu tư từ|mua bằng] [nguồn năm {y0}|quỹ sự nghiệp] [đã phát huy|được khai thác] {pctmid} công suất, [giảm|rút ngắn] [thời gian|thời hạn] [thực hiện|giải quyết] {T}",
            "[Dữ liệu|Hồ sơ] của {n:5-18} năm [được số hóa|đưa lên phần mềm], [tạo điều kiện|giúp] [nghiên cứu|phân tích] {R} [và|đồng thời] [tra cứu nhanh|phục vụ] {B}",
        ),
        "centre": (
            "{S} [đặt hàng|đề xuất] {n:1-8} [nhiệm vụ khoa học|đề tài cấp Bộ] về {R}, [lấy kết quả|dùng bằng chứng] [để|nhằm] [soạn|sửa] [quy định|văn bản] về {T}",
            "[Chuyển đổi số|Ứng dụng công nghệ] trong {T} [giúp|làm cho] {pctmid} [hồ sơ|việc] [được xử lý trực tuyến|giải quyết trước hạn]",
            "[Gắn|Kết hợp] với Nghị quyết số 57-NQ/TW, {S} [lập|duyệt] [danh mục|bản đồ] [dữ liệu dùng chung|bài toán công nghệ] [phục vụ|cho] {T}, [giao|phân công] {K} [chủ trì|vận hành]",
            "[Hai|Ba|Bốn] [chuyên đề|báo cáo] [nghiên cứu|phân tích] về {R} [được trình|gửi] [lãnh đạo Bộ|{L}|hội đồng] [trong|vào] {m}",
        ),
        "province": (
            "[Hội đồng khoa học|{S}] [xét duyệt|công nhận] {n:22-210} [sáng kiến|đề tài cấp cơ sở] [của|từ] [các đơn vị trực thuộc|khối bệnh viện|khối dự phòng và trạm y tế|vùng {place}], [nhiều đề tài|trong đó có nhóm] về {R}",
            "[Toàn ngành|Ngành y tế {tinh}] có {n:3-24} [bệnh viện|cơ sở] [triển khai bệnh án điện tử|bỏ in phim], [đi đầu|sớm nhất] là {place}; [tỷ lệ|mức] [kết nối dữ liệu|lập sổ sức khỏe điện tử] [ở|tại] {place} [đạt|lên] {pctmid}",
            "[Đề tài|Dự án] [do {tinh} quản lý|của địa phương|mới được duyệt] về {R} [được bố trí|dùng] {n:400-3200} triệu đồng, [thực hiện|khảo sát] [ở|tại] {place} và {place}",
            "[Khám, chữa bệnh từ xa|Telemedicine|Hội chẩn trực tuyến] [nối|giữa] {place}, {place} với {P} [thực hiện|giúp xử trí] {n:35-1800} [ca|lượt], [hữu ích|có tác dụng] [cho|nhất với] {B}",
            "[Kỹ thuật mới|Thêm {n:5-48} kỹ thuật] [được chuyển giao|triển khai] [về|tại] [tuyến khu vực|{place}], [giảm|làm giảm] [tỷ lệ chuyển tuyến|số ca phải chuyển đi] {pctsmall}; [riêng|trong đó] {T} [có bước tiến|tiến bộ] [rõ|nhiều]",
        ),
    },
    "1.3": {
        "clinic": (
            "[Công đoàn|Đoàn Thanh niên] {S} [tổ chức|mở] [giải cầu lông|giải bóng đá mini|hội thao|giải chạy] [nhân|chào mừng] [Ngày Thầy thuốc Việt Nam|ngày thành lập đơn vị|Đại hội đảng bộ] với {n:8-32} đội, {n:80-620} [vận động viên|người dự]",
            "[Bài tập|Chương trình vận động] [dành cho|phù hợp với] {B} được {K} [biên soạn|quay thành video], [phát|chiếu] [tại phòng chờ|trên trang thông tin|ở buồng bệnh] [từ|trong] {m}",
            "[Khoảng|Hiện] {pctmid} {staff} [tập luyện thường xuyên|chơi ít nhất một môn|có luyện tập], [tăng|thêm] {pctsmall}, [đông nhất|sôi nổi nhất] là [câu lạc bộ yoga|đội bóng chuyền hơi|nhóm chạy bộ|lớp dưỡng sinh] [của|do] {K} [khởi xướng|duy trì]",
            "{S} [bảo đảm y tế|cử kíp trực] cho {n:2-14} [giải thể thao|sự kiện thể thao] [cấp tỉnh|toàn quốc|của ngành], [xử trí|sơ cứu] {n:6-88} [ca|trường hợp] chấn thương",
            "[Phòng tập|Sân chơi|Khu thể thao] [cạnh|trong khuôn viên] {K} [được sửa chữa|được bổ sung dụng cụ] [bằng|từ] [quỹ phúc lợi|nguồn xã hội hóa] {n:12-240} triệu đồng, [mở cửa|phục vụ] [ngoài giờ|cả ngày nghỉ]",
        ),
        "prevention": (
            "[Công đoàn|Chi đoàn] {S} [duy trì|lập] {n:2-6} [câu lạc bộ|nhóm] [bóng bàn|cầu lông|đi bộ|bơi] và [tổ chức|đăng cai] [giải|hội thao] [trong|vào] {m}",
            "[Khuyến nghị|Tài liệu] về [vận động thể lực|đi bộ 10.000 bước|tập tại nơi làm việc] [được soạn|phổ biến] [gắn với|kèm theo] [hướng dẫn|nội dung] {T}, [gửi tới|phát cho] {B}",
            "[Khảo sát|Điều tra] [nhanh|mẫu] {n:320-4100} người [cho thấy|ghi nhận] [tỷ lệ|mức] [thiếu vận động|ít hoạt động thể lực] là {pctsmall}, [số liệu|kết quả] [được gửi|đã báo cáo] {P}",
        ),
        "school": (
            "[Giáo dục thể chất|Môn thể dục] [được đổi mới|dạy theo] [câu lạc bộ tự chọn|học phần tự chọn] với {n:5-12} môn; {pctmid} [sinh viên|người học] [đạt chuẩn|tham gia thường xuyên]",
            "[Hội thao sinh viên|Giải thể thao {S}] [thu hút|có] {n:400-2600} [lượt sinh viên|vận động viên], [đội tuyển|đoàn] [trường|của trường] [đoạt|giành] {n:2-17} huy chương [ở|tại] [giải khu vực|hội thao khối trường y dược]",
            "[Nhà thi đấu|Sân bóng|Phòng tập] [được nâng cấp|mở thêm giờ], [ưu tiên|phục vụ] {B} và [người dân lân cận|viên chức]",
            "[Bài giảng|Chuyên đề] về [y học thể thao|chấn thương thể thao|dinh dưỡng vận động] [được đưa vào|lồng trong] [chương trình|học phần] [liên quan|gắn với] {T}",
        ),
        "tech": (
            "[Công đoàn|Đoàn thanh niên] {S} [vận động|tổ chức cho] {staff} [tập giữa giờ|đi bộ|chơi cầu lông], {pctmid} [đăng ký|tham gia]",
            "[Hội thao|Giải bóng bàn|Giải kéo co] [vào|trong] {m} có {n:40-190} người dự, [nhiều nhất|đông nhất] từ {K}",
            "[Đoàn|Đội] [vận động viên|thể thao] của {S} [dự|tham gia] [hội thao khối|giải của Công đoàn Y tế Việt Nam] và [được|đạt] {n:1-6} giải",
        ),
        "centre": (
            "{S} [lồng|đưa] [khuyến cáo|nội dung] về [vận động thể lực|rèn luyện sức khỏe] vào [tài liệu|chương trình] {T}, [hướng tới|dành cho] {B}",
            "[Công đoàn|Chi đoàn] [bộ phận|cơ quan] [duy trì|lập] [đội bóng bàn|nhóm chạy|câu lạc bộ cầu lông] với {n:9-64} [thành viên|người], [dự|tham gia] [hội thao ngành|giải của cơ quan Bộ] [vào|trong] {m}",
            "[Phong trào|Việc] [tập luyện|rèn luyện] [được|đã được] [đưa vào|gắn với] [tiêu chí thi đua|văn hóa công sở], {pctmid} {staff} [duy trì đều|đăng ký] [tập|chơi] [một môn|ít nhất ba buổi mỗi tuần]",
            "[Phối hợp|Cùng] với {P}, {S} [góp ý|tham gia] [tiêu chí|nội dung] [sức khỏe học đường|thể lực người Việt|bảo đảm y tế cho thể thao] [có liên quan đến|từ góc nhìn] {T}",
        ),
        "province": (
            "[Các trạm y tế|Đội y tế cơ động] [bảo đảm y tế|trực cấp cứu] cho {n:12-96} [giải|sự kiện] thể thao, [nhiều|đông] nhất [ở|tại] {place} và {place}",
            "[Câu lạc bộ|Nhóm] [dưỡng sinh|đi bộ|bóng chuyền hơi] [do|có] [trạm y tế|cán bộ y tế] [hướng dẫn|tư vấn] [ở|tại] {place} [thu hút|có] {n:140-2900} [người|hội viên], [đa số|phần đông] là {B}",
            "{S} [ký|có] [chương trình phối hợp|kế hoạch liên ngành|thỏa thuận] với [ngành thể thao|cơ quan văn hóa, thể thao|ngành giáo dục] {tinh} về [rèn luyện thể lực|phòng đuối nước|sức khỏe học đường]; [điểm làm thử|nơi triển khai trước] là {place}",
            "[Hội thao|Giải thể thao] ngành y tế {tinh} [vào|tổ chức] {m} [quy tụ|có] {n:24-68} [đơn vị|đội], {n:310-1500} [vận động viên|người dự], [gồm cả|có] [đoàn|đội] {place}",
            "[Kiểm tra|Đánh giá] [sức khỏe|thể lực] cho {n:1800-46000} [học sinh|người] [tại|ở] {place} [phát hiện|ghi nhận] {pctsmall} [thừa cân|cong vẹo cột sống], [được|đã được] [tư vấn|hướng dẫn] [tập luyện|vận động]",
        ),
    },
    "1.4": {
        "clinic": (
            "[Số trẻ|Lượng trẻ em] được [khám|điều trị] [là|đạt] {n:900-48000} lượt, [trong đó|riêng] {n:40-2600} [lượt|trẻ] [liên quan|cần] {T}",
            "[Khám sàng lọc|Đợt khám miễn phí] cho {n:180-3600} trẻ [tại|ở] {prov} và {prov} [phát hiện|giúp tìm ra] {n:9-210} [ca bệnh|trẻ cần can thiệp], [được|đã được] [mổ|điều trị|hẹn theo dõi]",
            "[Phòng công tác xã hội|{K}] [vận động|kết nối] {n:120-3800} triệu đồng [giúp|hỗ trợ] {n:14-340} [trẻ em|bệnh nhi] [có hoàn cảnh khó khăn|mồ côi|là con người bệnh nghèo]",
            "[Quy trình|Bảng kiểm] [phát hiện|xử trí] [trẻ bị bạo lực, xâm hại|trẻ bị bỏ rơi] [được áp dụng|đã tập huấn] [tại|ở] {K}, [gắn với|có nối máy] Tổng đài 111",
            "[Góc|Phòng] [chơi|đọc sách|học tập] cho [bệnh nhi|trẻ theo bố mẹ vào viện|con em {B}] [được mở|bắt đầu đón trẻ] [trong|từ] {m} [cạnh|tại] {K}; [Trung thu|Ngày 01/6] [tặng|trao] {n:90-1200} [suất quà|phần quà]",
            "[Bác sĩ|Nhân viên] {K} [hướng dẫn|chuyển giao] cho {site} [cách|quy trình] [cấp cứu trẻ em|sàng lọc sớm|chăm sóc sau viện] [có liên quan đến|trong phạm vi] {T}",
        ),
        "prevention": (
            "[Giám sát|Phân tích] [tình hình|số liệu] [sức khỏe trẻ em|tiêm chủng ở trẻ] [tại|ở] {prov}, {prov} [gắn với|qua] {T} [cho thấy|ghi nhận] [tỷ lệ bao phủ|mức tiếp cận dịch vụ] {pctmid}",
            "{S} [hỗ trợ|hướng dẫn] {site} [triển khai|mở rộng] {T} cho {n:600-22000} trẻ [dưới 5 tuổi|ở tuổi học đường]",
            "[Tài liệu|Bộ tranh, phim ngắn] về [an toàn cho trẻ|vệ sinh cá nhân|phòng bệnh học đường] [được in|chuyển] [tới|cho] {n:20-260} [trường|cơ sở giáo dục], [có phần|lồng nội dung] về {T}",
        ),
        "school": (
            "[Sinh viên tình nguyện|Đội hình tình nguyện] [khám|chăm sóc răng miệng|truyền thông] cho {n:300-4200} [trẻ em|học sinh] [tại|ở] {prov} [dịp|trong] [mùa hè xanh|hè {y}]",
            "[Học phần|Nội dung] [nhi khoa|bảo vệ trẻ em|chăm sóc trẻ khuyết tật] [được cập nhật|được rà soát] [theo|gắn với] [yêu cầu mới|{T}], [dạy cho|có] {n:180-900} [người học|sinh viên]",
            "{S} [nhận đỡ đầu|trao học bổng cho] {n:8-60} [trẻ mồ côi|con viên chức khó khăn|học sinh nghèo] và [tặng|trang bị] [tủ sách|bộ sơ cứu] cho [trường|điểm trường] [ở|tại] {prov}",
        ),
        "tech": (
            "[Công đoàn|Ban Nữ công] {S} [tặng quà|khen thưởng] {n:20-180} [cháu|con viên chức] [học giỏi|nhân ngày 01/6], [thăm|giúp] {n:3-24} [cháu|trẻ] [mồ côi|khuyết tật] [ở|tại] {prov}",
            "[Trong|Từ] {T}, {S} [ưu tiên|xử lý trước] [mẫu|hồ sơ] [liên quan đến|có] trẻ em; [số việc|khối lượng] [là|đạt] {n:14-420} [mẫu|hồ sơ|vụ việc]",
            "[Cán bộ|Chuyên gia] {K} [tham gia|góp ý] [hướng dẫn|quy chuẩn] [bảo vệ trẻ em|an toàn cho trẻ] [do|của] {P} [soạn thảo|chủ trì]",
        ),
        "centre": (
            "[Rà soát|Xem xét] [các quy định|chính sách] về trẻ em [trong phạm vi|gắn với] {T}, {S} [đề nghị sửa|kiến nghị bổ sung] {n:2-11} [điều|nội dung]",
            "{S} [phối hợp|làm việc] với {P} [đưa|bổ sung] [chỉ tiêu về|nội dung bảo vệ] trẻ em vào [kế hoạch|chương trình] {T}",
            "[Các chuyến công tác|Đoàn công tác] [tới|về] {prov}, {prov} [kết hợp|dành thời gian] [thăm|kiểm tra] [cơ sở trợ giúp trẻ em|khoa nhi|trường nội trú], [tặng|trao] {n:40-600} suất quà",
            "[Tin, bài|Chuyên đề] về [phòng đuối nước|an toàn trên mạng|dinh dưỡng cho trẻ] [được|đã được] [đăng|chia sẻ] [kèm|cùng] [nội dung|thông tin] về {T}, [hướng tới|dành cho] {B}",
            "[Các cháu|Trẻ em] [là con|là con em] {staff} [được|đã được] [khám sức khỏe|tham gia trại hè|tặng sách], [riêng|trong đó] {n:6-70} cháu [học giỏi|vượt khó] [được tuyên dương|nhận thưởng] [vào|trong] {m}",
        ),
        "province": (
            "[Tỷ lệ|Mức] [uống vitamin A|tiêm chủng đầy đủ|khám sức khỏe định kỳ] ở trẻ [dưới 5 tuổi|dưới 1 tuổi] [tại|ở] {place} [đạt|là] {pctmid}, [chênh lệch|khác biệt] [đáng kể|nhiều] [với|so với] {place}",
            "[Hợp nhất|Từ khi nhận] [mảng|lĩnh vực] trẻ em [từ ngành lao động|về ngành y tế], {S} [rà|cập nhật] [hồ sơ|danh sách] {n:900-21000} trẻ [có hoàn cảnh đặc biệt|cần bảo vệ], [nhiều nhất|tập trung] ở {place}",
            "[Phẫu thuật|Mổ] [tim|mắt|khe hở môi] miễn phí cho {n:12-160} trẻ [ở|quê] {place}, {place} [nhờ|qua] [kết nối|hỗ trợ] của {P}",
            "[Mô hình|Lớp] [dạy bơi|phòng đuối nước|ngôi nhà an toàn|cha mẹ thay đổi] [mở|làm] [tại|ở] {place} với {n:90-2700} [trẻ|lượt trẻ em]; [số vụ|số trẻ] [tai nạn|đuối nước] [giảm|ít hơn] {n:2-14} [vụ|trường hợp]",
            "[Trạm y tế|Cộng tác viên trẻ em] [tại|ở] {place} [phát hiện|chuyển tuyến] {n:7-130} [trường hợp|trẻ] [bị bạo lực|có dấu hiệu tự kỷ|nghi bị xâm hại], [tất cả|phần lớn] [được can thiệp|có hồ sơ quản lý]; [đầu mối theo dõi|nơi lập hồ sơ] là {K}",
        ),
    },
    "1.5": {
        "clinic": (
            "[Cấp cứu|Xử trí] {n:160-9400} [nạn nhân|trường hợp] tai nạn giao thông, [tăng|giảm] {pctsmall} [so với|đối chiếu] [cùng kỳ|năm {y0}]; [nạn nhân|người bệnh] [đi xe máy|là nam giới|dưới 45 tuổi] [chiếm|là] {pctmid}",
            "[Lái xe|Đội xe cấp cứu] {S} [ký cam kết|tập huấn] [không uống rượu, bia|lái xe an toàn|xử trí khi va chạm], [không để|chưa để] [xảy ra|có] [tai nạn|vi phạm]",
            "[Phân luồng|Sắp xếp lại] [cổng vào|bãi xe|đường nội bộ] [gần|trước] {K} [giúp|để] [xe cấp cứu|{B}] [đi lại|ra vào] [nhanh|an toàn], [giảm ùn tắc|bớt ùn ứ] [giờ cao điểm|buổi sáng]",
            "[Xét nghiệm|Đo] nồng độ cồn [trong máu|theo đề nghị của công an] [cho|đối với] {n:40-3100} [người|ca], [kết quả|số liệu] [được gửi|đã chuyển] [cơ quan công an|ban an toàn giao thông địa phương]",
            "{staff} [vi phạm|bị xử phạt] giao thông [là|có] {n:1-9} trường hợp, [đều|tất cả] [kiểm điểm|nhắc nhở] [trước|tại] {K}; [tỷ lệ|số] [đăng ký|cam kết] [chấp hành|không vi phạm] [đạt|là] {pct}",
            "[Bài học|Tình huống] từ [ca chấn thương|ca bệnh] [do tai nạn|sau va chạm] [được|đã được] {K} [dựng thành|biên tập làm] [video|bản tin] [truyền thông|cảnh báo] cho {B}",
        ),
        "prevention": (
            "[Dữ liệu|Số liệu] [tai nạn thương tích|tử vong do giao thông] [từ|của] {prov}, {prov} [được|đã được] [phân tích|đưa vào báo cáo], [gợi ý|đề xuất] [can thiệp|điểm đen cần xử lý]",
            "[Đoàn công tác|Xe đi thực địa] của {S} [đi|chạy] {n:14-180} nghìn ki-lô-mét [phục vụ|cho] {T}, [không|chưa] [xảy ra|có] [tai nạn|vi phạm]",
            "[Cam kết|Bản đăng ký] [không lái xe sau khi uống rượu, bia|đội mũ bảo hiểm|đi đúng tốc độ] [được|có] {pct} {staff} ký [trong|vào] {m}",
        ),
        "school": (
            "[Tuần sinh hoạt công dân|Buổi ngoại khóa] [mời|có] [cảnh sát giao thông|công an phường] [nói chuyện|hướng dẫn] cho {n:600-3900} [sinh viên|người học], [kèm|có] phần [sơ cứu|xử trí ban đầu]",
            "[Đội thanh niên xung kích|Đội sơ cứu sinh viên] [trực|giữ trật tự] [trước cổng|trên tuyến đường cạnh] trường [vào giờ tan học|mỗi ngày], [hướng dẫn|tập huấn] {n:60-700} [người|lượt] về [sơ cứu|cầm máu, cố định xương]",
            "[Xe máy của sinh viên|Bãi xe] được [sắp xếp|kiểm tra], {n:3-28} [sinh viên|trường hợp] vi phạm [bị trừ điểm rèn luyện|đã nhắc nhở]; [số này|con số] [giảm|ít hơn] so với [năm {y0}|cùng kỳ]",
        ),
        "tech": (
            "[Lái xe|Tổ xe] [phục vụ|cho] {T} [được|đã được] [khám sức khỏe|tập huấn luật mới|kiểm tra nồng độ cồn] [định kỳ|hai lần trong năm]; [năm|trong năm] {y} [không có|chưa có] [tai nạn|vi phạm]",
            "{pct} {staff} [ký cam kết|đăng ký] [chấp hành|không vi phạm] [luật giao thông|quy định về nồng độ cồn], [kết quả|việc này] [được|đã được] {K} [theo dõi|tổng hợp] [hằng quý|đến {cut}]",
            "[Chuyển mẫu|Đi công tác] [bằng|dùng] [xe công|xe thuê] [có|phải có] [giám sát hành trình|phiếu kiểm tra], [bảo đảm|giữ] an toàn cho [đoàn|cán bộ] [làm|đi] {T}",
        ),
        "centre": (
            "[Văn bản|Hướng dẫn] về [khám sức khỏe người lái xe|cấp cứu tai nạn|phòng tác hại rượu, bia] [được|đã được] {S} [góp ý|rà soát] [trong|vào] {m}",
            "{pct} {staff} [cam kết|đăng ký] [không uống rượu, bia khi lái xe|chấp hành luật giao thông], [kết quả|việc chấp hành] [được|đã được] [đưa vào|tính trong] [xếp loại|đánh giá] [quý|năm]",
            "[Bố trí|Sắp xếp] [xe đi chung|họp trực tuyến] [cho|khi] [công việc|đoàn công tác] {T} [giúp|để] [giảm|bớt] {n:12-90} [chuyến xe|lượt đi lại]",
            "{S} [phối hợp|trao đổi] với {P} về [số liệu thương vong|dữ liệu tai nạn|truyền thông an toàn giao thông], [có|gồm] [phần|nội dung] [gắn với|liên quan] {T}",
        ),
        "province": (
            "[Các cơ sở y tế|Bệnh viện] [trên địa bàn|trong ngành] [cấp cứu|tiếp nhận] {n:800-19000} [lượt|ca] tai nạn giao thông, [cao nhất|tập trung] [ở|quanh] {place}, {place}; [số tử vong|tử vong trước viện] [giảm|tăng nhẹ] {pctsmall}",
            "[Trạm sơ cứu|Điểm cấp cứu] [trên|dọc] [quốc lộ|tuyến cao tốc|tuyến đường đèo|bến thủy] [qua|ở] {place} [được|đã được] [bổ sung|trang bị] {n:2-18} [bộ sơ cứu|xe cứu thương|cáng và nẹp]",
            "[Khám sức khỏe|Khám] lái xe [được siết|bị kiểm tra] [tại|ở] {n:6-31} cơ sở, {n:1-6} [nơi|cơ sở] [bị nhắc nhở|phải dừng], [có|kể cả] [một|hai] [nơi|phòng khám] [ở|tại] {place}",
            "[Ban An toàn giao thông|Công an] {tinh} [nhận|được] [số liệu|báo cáo] [thương vong|nồng độ cồn] [hằng tháng|hằng tuần] từ {S}, [nhờ vậy|qua đó] [xử lý|rào chắn] {n:2-11} [điểm đen|nút giao] [ở|tại] {place}",
            "[Cán bộ trạm y tế|Nhân viên y tế thôn, bản] [tại|ở] {place} [học|được tập huấn] [sơ cứu|cố định cột sống|gọi cấp cứu 115], [gồm|có] {n:60-640} [người|lượt]; [tiếp theo|sau đó] [sẽ làm|mở rộng] [đến|sang] {place}",
        ),
    },
    "1.6": {
        "clinic": (
            "{S} [chỉ đạo tuyến|hỗ trợ chuyên môn] cho {n:5-42} [bệnh viện vệ tinh|cơ sở tuyến dưới], [trong đó có|như] {site} và {site}, [chuyển giao|giúp làm chủ] {n:3-36} [kỹ thuật|gói kỹ thuật] về {T}",
            "[Luân phiên|Cử] {n:6-88} [bác sĩ, điều dưỡng|lượt cán bộ] [về|tới] {site} [theo|trong khuôn khổ] [Đề án 1816|đề án luân phiên], [khám|điều trị] [cho|được] {n:300-5200} lượt [người bệnh|người dân]",
            "[Hội chẩn từ xa|Khám chữa bệnh từ xa] [với|nối] {site} [thực hiện|diễn ra] {n:24-980} [buổi|ca], [giúp|nhờ đó] [giảm|bớt] [chuyển tuyến|người bệnh phải đi xa] [đối với|trong] {T}",
            "[Đào tạo|Hướng dẫn] [bác sĩ trạm y tế|y tế xã] về {T} [theo hình thức|bằng] [cầm tay chỉ việc|trực tuyến], [có|với] {n:70-1400} [lượt học viên|người dự] [từ|của] {prov}, {prov}",
            "[Khảo sát|Đánh giá] tại {site} [cho thấy|ghi nhận] [năng lực|khả năng] [làm|thực hiện] {T} [ở|của] tuyến cơ sở [đạt|mới đáp ứng] {pctmid} [yêu cầu|tiêu chí]",
        ),
        "prevention": (
            "[Trạm y tế|Mạng lưới y tế xã] [tại|ở] {prov}, {prov} [được|đã được] [tập huấn|giám sát hỗ trợ] về {T}, [tổng số|gồm] {n:40-620} [trạm|lượt trạm]",
            "[Sau khi bỏ cấp huyện|Theo mô hình hai cấp], {S} [hướng dẫn lại|điều chỉnh] [luồng báo cáo|quy trình lấy mẫu|phân công giám sát] [từ|giữa] trạm y tế [tới|và] [trung tâm kiểm soát bệnh tật|{P}]",
            "[Cấp|Chuyển] {n:200-18000} [test nhanh|bộ sinh phẩm|tài liệu] [cho|về] [tuyến xã|{site}] [phục vụ|để làm] {T}",
        ),
        "school": (
            "[Sinh viên năm cuối|Người học] [thực tập|thực địa] [tại|ở] {n:8-60} trạm y tế [thuộc|của] {prov}, [giúp|tham gia] [lập hồ sơ sức khỏe|khám sàng lọc|truyền thông] cho {n:1200-22000} người",
            "[Đào tạo|Mở lớp] [bác sĩ liên thông|bác sĩ gia đình|chứng chỉ y tế cơ sở] cho {n:40-420} [học viên|cán bộ] [tuyến xã|trạm y tế], [nội dung|chương trình] [có|chú trọng] {T}",
            "[Giảng viên|Các bộ môn] [xây dựng|duy trì] [điểm thực hành cộng đồng|trạm y tế liên kết] [cùng|với] {site} và {site}",
        ),
        "tech": (
            "{S} [hỗ trợ|tập huấn cho] [tuyến cơ sở|{site}] về {T}, [có|với] {n:30-420} [lượt|người] dự",
            "[Kết quả|Thông tin] về {T} được [gửi|cảnh báo] [tới|cho] [tuyến xã|y tế cơ sở] [trong vòng|không quá] {n:24-72} giờ, [giúp|để] [xử lý|thu hồi|can thiệp] [kịp thời|tại chỗ]",
            "[Khảo sát|Làm việc] tại {prov} [cho thấy|ghi nhận] [trạm y tế|tuyến cơ sở] [thiếu|còn yếu về] [trang bị|nhân lực] [cho|làm] {T}",
        ),
        "centre": (
            "[Dự thảo|Văn bản] [hướng dẫn|quy định] về [trạm y tế xã|y tế hai cấp|nguồn lực y tế cơ sở] [được|đã được] {S} [hoàn thiện|góp ý] [trong|vào] {m}, [nhất là|chú ý] [phần|mảng] {T}",
            "[Khảo sát|Đoàn công tác] [tại|về] {prov} và {prov} [ghi nhận|nêu] {n:6-34} [vướng mắc|kiến nghị] của trạm y tế, [nhiều|đa số] [thuộc|liên quan] {T}",
            "{S} [ưu tiên|dành] {pctmid} [hoạt động|nguồn lực] [hướng về|cho] cơ sở, [cụ thể|thể hiện] ở {T}",
            "[Bộ tài liệu|Cẩm nang] về {T} [dành cho|gửi] trạm y tế [được|đã được] [in|phát hành] {n:500-11000} [bản|cuốn] [và có|kèm] bản điện tử",
        ),
        "province": (
            "[Đến|Tính đến] {cut}, {tinh} có {n:62-164} trạm y tế [hoạt động|vận hành] theo [mô hình mới|đơn vị hành chính mới], {pctmid} [có bác sĩ|đạt tiêu chí quốc gia]; [khó khăn nhất|thiếu người nhất] là {place} và {place}",
            "[Sau ngày 01/7/2025|Từ khi bỏ cấp huyện], [trung tâm y tế khu vực|các trung tâm y tế] [ở {place}|vùng {place}|như {place}] [được sắp xếp lại|chuyển về sở quản lý], {n:4-22} [phòng khám|điểm trạm] [tại|ở] {place} [giữ nguyên|vẫn mở cửa] [để|nhằm] [phục vụ|không làm xa dân, phục vụ] {B}",
            "[Đầu tư|Xây mới, sửa chữa] {n:5-48} trạm y tế [với|tổng vốn] {n:18-290} tỷ đồng, [ưu tiên cho|bắt đầu ở] {place}, {place}, [trang bị|bổ sung] [máy siêu âm|máy xét nghiệm|xe cứu thương]",
            "[Trạm y tế|Tuyến xã] [quản lý|theo dõi] {n:12000-260000} [người tăng huyết áp, đái tháo đường|lượt người bệnh mạn tính], [riêng|trong đó] [vùng|khu vực] {place} [đạt|bằng] {pctmid} [kế hoạch|chỉ tiêu]",
            "[Bác sĩ bệnh viện đa khoa|Bác sĩ tuyến trên] [luân phiên|tăng cường] về {place} {n:80-1500} [lượt|ngày công], [giúp|kèm] trạm y tế [làm|thực hiện] {T} và [khám|quản lý] {B}",
            "[Nhân viên y tế thôn|Cô đỡ, y tế bản|Tổ y tế ấp, khóm] [có|còn] {n:700-4600} người, [phụ cấp|mức hỗ trợ] [được|đã được] địa phương [giữ ở mức|nâng thêm] {n:100-900} nghìn đồng; [nhờ đó|vì vậy] {place} [không còn|bớt] [thôn|điểm] trắng y tế",
        ),
    },
    "1.7": {
        "clinic": (
            "[Khoa|Tổ] y học cổ truyền của {S} [điều trị|phục vụ] {n:320-21000} lượt, [phối hợp|kết hợp] với {K} [trong|ở] {T}",
            "[Kết hợp|Phối hợp] [đông - tây y|châm cứu, xoa bóp|bài thuốc cổ phương] [với|vào] phác đồ cho {B} [đạt|giúp] {pctmid} [đỡ đau|cải thiện|hài lòng]",
            "[Hội Đông y|Chi hội Đông y] [cùng|phối hợp với] {S} [sưu tầm|đánh giá] {n:3-26} [bài thuốc|kinh nghiệm] [dùng cho|hỗ trợ] [nhóm|chăm sóc] {B}",
            "[Thuốc cổ truyền|Vị thuốc, dược liệu] [mua sắm|sử dụng] [có|đều có] [nguồn gốc|hóa đơn, phiếu kiểm nghiệm]; [chi|giá trị] [là|đạt] {n:90-6400} triệu đồng, [bằng|chiếm] {pctsmall} [tiền thuốc|chi phí thuốc]",
            "[Bác sĩ|Y sĩ|Kỹ thuật viên] [y học cổ truyền|châm cứu, xoa bóp|đông y] của {S} [hướng dẫn|tập huấn cho|giúp] {site} về [điện châm|phục hồi sau đột quỵ|dưỡng sinh], [gắn với|bổ trợ cho] {T}",
        ),
        "school": (
            "[Bộ môn|Khoa] y học cổ truyền [giảng dạy|phụ trách] {n:3-22} học phần, [hướng dẫn|có] {n:5-40} [khóa luận|luận văn] [liên quan|gắn] tới {R}",
            "[Vườn cây thuốc|Bộ mẫu dược liệu] của {S} có {n:80-520} loài, [phục vụ|dùng cho] [học tập|thực hành] và [giới thiệu|tham quan] [cho|đối với] {B}",
            "[Phối hợp|Cùng] Hội Đông y, {S} [mời|đón] {n:3-18} [lương y|nhà giáo cao tuổi] [truyền nghề|báo cáo chuyên đề] [trong|vào] {m}",
        ),
        "tech": (
            "[Kiểm tra|Nghiên cứu|Theo dõi] chất lượng {n:30-700} mẫu dược liệu, vị thuốc; {n:2-19} mẫu [không đạt|cần cảnh báo], [thông báo|kết quả] [được gửi|đã gửi] {P}",
            "[Đề tài|Nghiên cứu] về {R} [được|đã được] [tiếp tục|nghiệm thu], [mở ra|gợi ý] [khả năng|hướng] [dùng|phát triển] [dược liệu|bài thuốc] [trong nước|bản địa]",
            "[Hợp tác|Làm việc] với [Hội Đông y|Hội Dược liệu] [và|cùng] {P} [xây dựng|hoàn thiện] [tiêu chuẩn|hồ sơ] [cho|đối với] {n:2-14} [vị thuốc|cây thuốc]",
        ),
        "centre": (
            "{S} [xem xét|bổ sung] [yếu tố|nội dung] y học cổ truyền [trong|vào] [văn bản|kế hoạch] về {T}, [lấy ý kiến|tham vấn] [Hội Đông y|Cục chuyên môn|các bệnh viện] [trong|vào] {m}",
            "[Phối hợp|Làm việc] với Trung ương Hội Đông y Việt Nam, {S} [thống nhất|trao đổi] {n:2-9} [nội dung|việc] [gắn với|liên quan] {T}",
            "[Truyền thông|Phổ biến] về [sử dụng thuốc nam an toàn|tránh quảng cáo lương y sai sự thật] [được|đã được] [thực hiện|lồng] [cùng|trong] [hoạt động|nội dung] {T}, [hướng tới|dành cho] {B}",
            "[Rà soát|Cập nhật] [danh mục|chính sách] [có liên quan|ảnh hưởng] đến thuốc cổ truyền, {S} [đề xuất|kiến nghị] {n:2-8} [điểm|sửa đổi] [từ góc độ|xuất phát từ] {T}",
        ),
        "province": (
            "[Khám, điều trị|Khám chữa bệnh|Số lượt điều trị] bằng [y học cổ truyền|thuốc nam, châm cứu|phương pháp cổ truyền] [cho {B}|ở tuyến xã|tại trạm y tế] [đạt|chiếm] {pctsmall} [tổng lượt khám|số lượt khám], [cao nhất|nhiều nhất] [ở|là] {place}, [thấp nhất|ít nhất] [ở|là] {place}",
            "[Hội Đông y|Các cấp Hội Đông y] {tinh} có {n:180-3400} hội viên, [sau hợp nhất|hiện nay] [kiện toàn|giữ] {n:20-120} [chi hội|phòng chẩn trị], [hoạt động|mạnh] [nhất|tốt] [ở|tại] {place}",
            "[Vườn thuốc nam|Vùng trồng dược liệu] [ở|tại] {place} và {place} [rộng|có] {n:8-460} ha, [trồng|chủ yếu] [theo|đạt] [hướng GACP|quy trình sạch], [gắn|liên hệ] với {T}",
            "[Bệnh viện y học cổ truyền|Bệnh viện y dược cổ truyền] {tinh} [thừa kế|đánh giá] {n:4-37} [bài thuốc|kinh nghiệm] [của|trong] [đồng bào|lương y địa phương] [ở|vùng] {place}, [dùng cho|phục vụ] {B}",
            "[Quản lý|Kiểm tra] [hành nghề|phòng khám] đông y tư nhân [được tăng cường|tiến hành] [tại|ở] {place}: {n:12-140} [cơ sở|phòng khám] [được kiểm tra|qua kiểm tra], {n:2-19} [cơ sở|nơi] [bị phạt|bị nhắc]",
        ),
    },
}
FIELD_WORK["1.7"]["prevention"] = (
    "[Điều tra|Khảo sát] [cách dùng|việc dùng] [thuốc nam|cây thuốc] [trong|ở] {B} [tại|thuộc] {prov} [cho thấy|ghi nhận] {pctmid} [hộ|người] [có dùng|tin dùng], [gợi ý|giúp] [truyền thông|tư vấn] [về|gắn với] {T}",
    "[Bài tập dưỡng sinh|Xoa bóp, bấm huyệt|Tinh dầu, thảo dược] [được|đã được] [giới thiệu|thử nghiệm] [để|nhằm] [hỗ trợ|phòng bệnh cho] {B}, [do|có] {K} [theo dõi|đánh giá]",
    "[Phối hợp|Trao đổi] với [Hội Đông y|bệnh viện y học cổ truyền] [ở|của] {prov} [về|đối với] [nghiên cứu|vấn đề] {R}, [bước đầu|đã] [lập|có] {n:1-5} [nhóm nghiên cứu|đề cương]",
)
