"""The words that name offices, bodies and posts, and the words with which a duty begins.

Plain words, a comma between them; `alternatives` makes patterns of them. Case does not matter unless the
list says so.
"""

from __future__ import annotations

import re


def alternatives(*lists: str) -> str:
    """Return a pattern of all words of the lists, longest first; blanks match any white space.

    Both ways of putting the tone (ủy, uỷ; hóa, hoá) match.
    """
    words = {" ".join(word.split()) for listed in lists for word in listed.split(",") if word.strip()}
    patterns = (re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
    joined = "|".join(pattern.replace(r"\ ", r"\s+") for pattern in patterns)
    return joined.replace("ủy", "(?:ủy|uỷ)").replace("hóa", "(?:hóa|hoá)")


BODIES = """
    tổng cục, chi cục, văn phòng, thanh tra, trung tâm, bệnh viện, học viện, đại học, trạm y tế, nhà xuất bản, tạp chí,
    ubnd, hđnd, ubmttq, mttq, ủy ban nhân dân, ủy ban mặt trận, ủy ban kiểm tra, ủy ban dân tộc, ủy ban thường vụ,
    ủy ban quốc gia, hội đồng, mặt trận, liên đoàn, hiệp hội, liên hiệp, công an, bộ chỉ huy, bộ tư lệnh, quân khu,
    ngân hàng, kho bạc, bảo hiểm xã hội, cục thuế, chi nhánh, tòa án, toà án, viện kiểm sát, đảng ủy, đảng đoàn, đảng bộ,
    chi bộ, chi ủy, ban cán sự, ban thường vụ, ban chấp hành, ban tuyên giáo, ban tổ chức, ban dân vận, ban nội chính, ban quản lý,
    ban chỉ đạo, ban giám đốc, ban giám hiệu, ban chỉ huy, ban xây dựng đảng, ban bảo vệ, ban kinh tế, ban lãnh đạo, ban biên tập, ban điều hành,
    ban soạn thảo, ban chuyên môn, tỉnh ủy, thành ủy, huyện ủy, quận ủy, xã ủy, phường ủy, cấp ủy, tổ chức đảng, tiểu ban, tập đoàn, tổng công ty, công ty,
    cổng thông tin, thông tấn xã, thường trực hđnd, thường trực hội đồng, thường trực tỉnh ủy, thường trực thành ủy,
    thường trực đảng ủy, thường trực ủy ban, báo và đài, báo và phát thanh, đài phát thanh, đài truyền hình, đài tiếng nói, phòng chuyên môn, phòng nghiệp vụ,
    phòng giáo dục, phòng văn hóa, phòng nội vụ, phòng tài chính, phòng kế hoạch, phòng tổ chức, phòng hành chính,
    phòng y tế, phòng lao động, phòng tư pháp, phòng kinh tế, đơn vị thuộc, đơn vị trực thuộc, đơn vị sự nghiệp,
    đơn vị đầu mối, đơn vị tham mưu, cơ quan thuộc, cơ quan chuyên môn, cơ quan ngang bộ, cơ quan thường trực, cơ quan chủ trì,
    cơ quan tham mưu, vnpt, viettel, đoàn thanh niên, đoàn tncs, công đoàn, hội liên hiệp, hội cựu chiến binh, hội nông dân, hội phụ nữ,
    tổng hội, toàn ngành, đơn vị thường trực, y tế các bộ, y tế các ngành, tổ công tác, tổ chuyên môn, tổ giúp việc, đội quản lý thị trường, bộ đội biên phòng, giáo viên, viên chức, trưởng thôn, tổ dân phố, đoàn kiểm tra,
    đoàn giám sát, đoàn thanh tra, đoàn công tác, tổ kiểm tra, tổ biên tập, tổ soạn thảo, tổ thư ký, điện lực, bưu điện, tỉnh đoàn, thành đoàn, huyện đoàn, xã đoàn, hạt kiểm lâm, vườn quốc gia, hợp tác xã, thư viện tỉnh, bảo tàng tỉnh,
    thuế tỉnh, thuế thành phố, thuế cơ sở, thuế khu vực, hải quan khu vực, kiểm lâm, kiểm toán nhà nước, bệnh xá, nhà hát, nhà văn hóa, kho lưu trữ, tổ đảng, liên chi hội, chi hội, chi đoàn, tòa soạn, toà soạn, điều dưỡng trưởng, kỹ thuật viên trưởng, hộ sinh trưởng,
    phân hiệu, phân viện, phòng khám, xí nghiệp, lâm trường, nông trường, bql, vqg, đồn biên phòng, tổng đội, ban chqs, bộ chqs, phòng giao dịch, phòng công chứng, văn phòng công chứng, nhà thiếu nhi, cung thiếu nhi, nhà khách, trường chính trị, truyền tải điện, ban trị sự, giáo hội, hội chữ thập đỏ, hội người cao tuổi, hội khuyến học,
    ban đại diện, ban liên lạc, ban vận động, ban tiếp công dân, ban thanh tra nhân dân, ban cán sự lớp, ban phụ huynh, ban công tác mặt trận, ban nhân dân, ban điều phối, ban quản trị, ban trọng tài, ban giám khảo, ban giám sát, trạm kiểm lâm, trạm khuyến nông, đội thanh niên, lực lượng quản lý thị trường, lực lượng công an, lực lượng quân đội, lực lượng quân sự, lực lượng kiểm lâm, lực lượng biên phòng, htx, ubmttq, agribank, vietcombank, vietinbank, bidv, nhcsxh, mobifone, vinaphone, petrolimex, hải quan cửa khẩu, hải quan khu chế xuất, tổ công nghệ số, tổ bảo vệ, tổ hợp tác, hội nghề cá
"""
"""Words that name a body by themselves, in any case."""

NAMED = "Thành viên, Ủy viên, Đồn, Cụm, Liên chi đoàn, Trung đoàn, Sư đoàn, Lữ đoàn, Tiểu đoàn, Quân chủng, Quân đoàn, Binh chủng, Hải đội, Hải đoàn, Xưởng, Tổng kho, Khách sạn, Sân bay, Sàn, Sở giao dịch, Viễn thông, Thủy điện, Tổng đài, Phân xã, Giáo xứ, Thôn, Ấp, Buôn, Khóm, Khu phố, Bản, Hợp tác xã, Doanh nghiệp, Trang trại, Nông trại, Vùng, Ngân hàng, Trưởng, Bộ, Sở, Vụ, Cục, Ban, Phòng, Viện, Trường, Hội, Đoàn, Đài, Báo, Tổ, Thuế, Hải quan, Khoa, Trung ương, Ủy ban, Nhà máy, Nhà, Cơ quan, Cơ sở, Đội, Trạm, Xã, Phường, Thành phố, Tỉnh, Quỹ, Trại, Khối, Kiểm toán, Tòa, Liên minh, Cảng vụ, Cảng, Đơn vị, Đồng chí, Ông, Bà, Bộ phận, Nhóm, Hạt, Ngành, Câu lạc bộ, Lực lượng, Chính quyền, Tổ hợp tác, Thư viện, Bảo tàng, Trại giam, Khu, Cung, Kho, Chợ, Ga, Bến xe, Tập đoàn"
"""Words that name a body only before a name in capitals."""

POSTS = """
    bộ trưởng, thứ trưởng, thủ trưởng, giám đốc, phó giám đốc, tổng giám đốc, chủ tịch, phó chủ tịch, chánh văn phòng, phó chánh văn phòng,
    chánh thanh tra, chánh án, chủ nhiệm, trưởng các, trưởng thôn, trưởng xóm, trưởng ấp, trưởng khóm, trưởng khu, trưởng khối, trưởng tổ, trưởng buôn, trưởng làng, trưởng đơn vị, trưởng chi nhánh, trưởng ban, trưởng phòng, trưởng các ban, trưởng các phòng, trưởng tiểu ban, trưởng khoa, trưởng các khoa,
    trưởng đoàn, trưởng công an, cục trưởng, vụ trưởng, viện trưởng, chi cục trưởng, tổng cục trưởng, tổ trưởng, hiệu trưởng,
    đội trưởng, trạm trưởng, trưởng trạm, trưởng bộ môn, phó bí thư, phó trưởng đoàn, phó trưởng ban, phó trưởng phòng, phó cục trưởng, phó vụ trưởng, tổng chỉ huy, chánh toà, bí thư, người đứng đầu, lãnh đạo các, lãnh đạo bộ, lãnh đạo sở, lãnh đạo vụ, lãnh đạo cục, lãnh đạo đơn vị,
    lãnh đạo cơ quan, tổng biên tập, chủ cơ sở, chủ doanh nghiệp, chủ hộ, chủ tàu, chủ phương tiện, chủ nhóm trẻ, chủ trang trại, hạt trưởng, đồn trưởng, trưởng đồn, quản đốc, trưởng bản, già làng, chính ủy, chính trị viên, giám thị, kiểm lâm viên, trưởng bộ phận, trưởng các bộ phận, trưởng các đơn vị, trưởng nhóm, chỉ huy trưởng, viện trưởng các viện, thống đốc, tổng thanh tra, tổng kiểm toán, tư lệnh, chỉ huy trưởng, kế toán trưởng, thường trực
"""

MANY = """
    đơn vị, vụ, cục, sở, bộ, ban, cơ quan, cơ sở, bệnh viện, viện, trường, phòng, địa phương, trung tâm, doanh nghiệp, tập đoàn, tổng công ty,
    công ty, cấp ủy, cấp chính quyền, cấp hội, cấp công đoàn, cấp bộ, tổ chức, đảng bộ, đảng ủy, đảng viên, đảng đoàn, chi bộ, chi ủy, chi cục, chi hội,
    tỉnh ủy, thành ủy, huyện ủy, quận ủy, xã ủy, phường ủy, học viện, đại học, trạm, ngành, hội, đoàn thể, thành viên, chủ đầu tư, báo, đài, ban quản lý,
    ngân hàng, lực lượng, nhà trường, hội đồng, đồng chí, khoa, ủy ban, ubnd, hđnd, chủ tịch, giám đốc, thủ trưởng, hiệu trưởng, đội, tổ công tác, tổ chuyên môn, tổ thẩm định,
    nhà máy, nhà thuốc, hợp tác xã, đài phát thanh, công an, chủ thể, cá nhân, cán bộ, giáo viên, đoàn viên, hiệp hội, liên đoàn, quỹ, xã, phường, huyện, quận, tỉnh, thành phố, thôn, khu, trưởng phòng, trưởng khoa, trưởng ban, chi, nhà thầu, chủ, hộ, nghiệp đoàn, liên đoàn, câu lạc bộ, phân viện, hạt, đồn, cảng, tạp chí, tòa soạn, nhà mạng, nhà khoa học, nhà đầu tư,
    văn phòng, thanh tra, ủy viên, bí thư, phó chủ tịch, phó giám đốc, điều dưỡng trưởng, tòa án, viện kiểm sát, kho bạc, chi nhánh, khối, tiểu ban, vườn quốc gia, bảo tàng, thư viện, đối tượng được giao, vị, phân hiệu, đồn, trung đoàn, hợp tác xã, nông trường, lâm trường, xí nghiệp, chủ rừng, chủ tàu, chủ phương tiện, bến xe, nhà ga, cụm, khách sạn, bql, nhà xuất bản, phóng viên, tác giả, thí sinh, báo cáo viên, chức sắc, chức việc, tín đồ, già làng, người có uy tín, phó trưởng đoàn, phó trưởng ban, trưởng thôn, trưởng bản, hộ dân, tiểu thương, thôn trưởng
"""
"""What "các", "những", "toàn thể" make a group of."""

NOT_MANY = """
    bộ phận, bộ phim, bộ tài liệu, bộ chỉ số, bộ tiêu chí, ban hành, cơ sở vật chất, cơ sở dữ liệu, cơ sở pháp lý, cơ sở để, trường hợp, tổ chức hội nghị,
    tổ chức lớp, ngành nghề, hội nghị, hội thảo, hội thi, hội đồng thi, chi tiết, chi phí, chi tiêu, khu vực, vụ việc, vụ án, đơn vị hành chính cấp, phòng trào, đội ngũ, xã hội, khoa học, phòng chống, ban đầu, thành phố lớn, trường phái, chủ trương, chủ đề, chủ điểm, hộ chiếu, văn phòng phẩm,
    báo cáo, khoản, khoa giáo, tỉnh phải, đài thọ, sở hữu
"""

PLAIN = "Giảng viên, Giáo viên, Học viên, Nhân viên, Chuyên viên, Cộng tác viên, Thí sinh, Đại biểu, Tư vấn giám sát, Tư vấn thiết kế, Nhà phân phối, Nhà cung cấp, Hội viên, Đoàn viên, Già làng, Người có uy tín, Thành viên, Ủy viên, Cá nhân, Chủ nhiệm đề tài, Đơn vị, Địa phương, Cơ quan, Bệnh viện, Doanh nghiệp, Cơ sở y tế, Cơ sở giáo dục, Cơ sở khám, Cơ sở đào tạo, Cơ sở bảo trợ, Nhà trường, Chủ đầu tư, Ký túc xá, Đội ngũ, Tổ chuyên gia, Hộ nuôi, Hộ kinh doanh, Hộ gia đình, Người lao động, Người dân, Nhà thầu, Chủ rừng, Chủ hồ, Tổ trưởng, Tổ viên, Cán bộ, Công chức, Tổ chức đảng, Tổ bầu cử, Báo cáo viên, Điều dưỡng, Bác sĩ, Sinh viên, Học sinh, Phụ huynh"
"""Plain words that stand for every body of the kind; capital first, small letters after."""

DUTIES = """
    chủ trì, phối hợp, chịu trách nhiệm, có trách nhiệm, có nhiệm vụ, có kế hoạch, có văn bản, có giải pháp, có báo cáo, có biện pháp, căn cứ, xây dựng, tham mưu,
    hướng dẫn, theo, theo dõi, là, chỉ đạo, thực hiện, triển khai, báo cáo, gửi, rà soát, bố trí, đôn đốc, tiếp tục, trên cơ sở, chủ động,
    hoàn thành, hoàn thiện, trước, lãnh đạo, thẩm định, phân bổ, cung cấp, kiểm tra, bảo đảm, đảm bảo, tăng cường, tăng, đẩy mạnh,
    tuyên truyền, phổ biến, quán triệt, cử, khẩn trương, nghiêm túc, nghiêm, kịp thời, cập nhật, ban hành, phát hành, cân đối,
    lập kế hoạch, lập danh, lập dự toán, lập hồ sơ, lập báo cáo, lập tổ, lập đoàn, lập sổ, cấp phép, cấp kinh phí, cấp phát, cấp giấy, tiếp nhận, thường xuyên, quan tâm, vận động,
    giám sát, đề xuất, tập hợp, nghiên cứu, hỗ trợ, đăng tải, đăng ký, đăng, định kỳ, hằng ngày, hằng tuần, hằng tháng, hằng quý, hằng năm, hàng ngày, hàng tuần, hàng tháng, hàng quý, hàng năm, hằng, mỗi tháng, mỗi quý, mỗi năm,
    mỗi tuần, được, giúp, thống nhất, sẵn sàng, bám sát, lồng ghép, xem xét, xác định, tích cực, nộp, quyết định, tạo điều kiện,
    duy trì, phát động, trình, đánh giá, khảo sát, phân công, giao, tự, chậm nhất, muộn nhất, không muộn, kiện toàn, tiến hành, phân tích,
    thống kê, số hóa, kết nối, phải, cần, tập trung, huy động, lựa chọn, tư vấn, công bố, công khai, sử dụng, lấy, xử lý, tiếp thu,
    trực tiếp, trong tháng, trong quý, trong năm, trong thời, trong ngày, trong tuần, trong quá trình, trong vòng, để, từ, từng bước, với, khi, nếu, sớm, cụ thể, sau khi, sau, đưa, chuẩn bị, mở,
    gắn, nâng cao, thành lập, chấn chỉnh, khắc phục, đề nghị, yêu cầu, thông báo, thông tin kịp thời, thông tin đầy đủ, quy định, lưu ý, không, vào, đồng thời, cùng, hạn,
    xong, kết hợp, đến, thanh toán, tính, góp ý, tham gia, cho ý kiến, cho, nghiệm thu, bàn giao, ký, in, điều phối, điều động, giải quyết, nhận,
    đặt, dự toán, đóng, chuyển, thu thập, thu dung, nắm, biên soạn, hiệp đồng, phát huy, phấn đấu, đã, sẽ, mà, trang bị, đấu tranh, ưu tiên,
    quy hoạch, định hướng, phụ trách, thanh tra, giám định, còn, chi trả, chi, trực ban, ứng trực, viết, họp, mua, bán, sửa, cài đặt, vận hành, bổ sung, thay, hoàn, lưu, ghi, giữ, thúc đẩy, khuyến khích,
    ngăn chặn, ngăn ngừa, giảm, hạn chế, tháo gỡ, tôn vinh, biểu dương, khen, kê khai, đón, tặng, thăm, mời, trao, cải tiến, đổi mới, áp dụng,
    ứng dụng, vận dụng, tận dụng, tập huấn, bồi dưỡng, dạy, chăm sóc, tiêm, mở rộng, nhân rộng, rút kinh nghiệm, ra quân, tuần tra, xử phạt,
    truy, chốt, tuyển, bổ nhiệm, sắp xếp, bàn, thi đua, đối chiếu, công nhận, thu hồi, trả lời, phản hồi, phản ánh, giải trình, giải ngân,
    quyết toán, đấu thầu, mua sắm, lắp đặt, trồng, khoanh vùng, sơ tán, di dời, cứu hộ, trực, ứng phó, gia cố, tu sửa, vệ sinh, thông qua, chấp thuận,
    phê duyệt, cho phép, đồng ý, ủng hộ, quyên góp, khai thác, khoanh, phát hiện, cảnh báo, dự báo, dự trữ, vận chuyển, phân luồng, phân cấp, phân loại,
    ngay, kiên quyết, quyết liệt, trích, dành, hưởng ứng, tôn trọng, bảo mật, truyền thông, khởi công, tiết kiệm, tổng kết, sơ kết, tổng rà soát, soạn thảo, dự thảo,
    niêm yết, tra cứu, liên hệ, liên kết, ký kết, đàm phán, cải cách, cắt giảm, sáp nhập, hợp nhất, đẩy nhanh, ổn định, phát triển mạnh, kiểm kê, kiểm điểm, tự kiểm tra, thẩm tra, xác minh, xác nhận, chứng nhận, thường trực 24, đề ra, ra, vượt, đạt, đang, vẫn, chưa, cũng, đều, cam kết, khẳng định, điều hành chung, giúp trưởng, tổng vệ sinh, tổng kiểm tra, tổng duyệt, tổng kiểm kê, hướng tới, hướng về, góp phần, lan tỏa, tổ chức
"""
"""How a duty begins; small letters only, for "Cục Quản lý", "Ban Tổ chức" and "Ban Chỉ đạo" are names."""

NOT_DUTIES = """
    tổ chức đảng, tổ chức đoàn, tổ chức chính trị, tổ chức xã hội, tổ chức cán bộ, tổ chức liên quan, tổ chức quốc tế, tổ chức có liên quan, tổ chức bộ máy, tổ chức và, tổ chức hành chính, tổ chức khoa học,
    thường trực hđnd, kiểm tra đảng, chi cục, chi bộ, chi nhánh, chi hội, chi ủy, chi đoàn, hàng hải, hàng không, hàng hóa, nghiêm trọng, theo quy định của đảng, là thành viên,
    sử dụng ngân sách, sử dụng lao động, tự chủ, in ấn, ra mắt, khai thác thủy, kiểm tra các cấp, từ thiện, trực thuộc, trực tuyến, trước đây, tính từ,
    được giao, được phân công, thanh tra tỉnh, thanh tra bộ, thanh tra sở, thanh tra chính, còn lại, thường xuyên và, sau đại học, bàn đạp, giữa, dạy nghề, dự trữ quốc gia, dự trữ nhà nước, tiêm chủng, khen thưởng, lưu trữ, giao dịch, giao thông, kiểm tra cấp, từ trung ương, từ tỉnh, cấp cứu, chi trả trợ cấp, tổ chức nhà nước, tổ chức tín dụng, tổ chức hành nghề, tổ chức phi, lưu hành, lưu vực, lưu động, lưu trú, quản lý quốc lộ, giúp việc, báo cáo viên, tuyên truyền viên
"""
"""Words that begin like a duty and belong to a name."""

_TAILS = """
    việc làm, hàng không, đầu tư xây dựng, quản lý xây dựng, vật liệu xây dựng, kỹ thuật xây dựng, kinh tế xây dựng, công đoàn xây dựng,
    kế hoạch tổng hợp, hành chính tổng hợp, phòng kinh tế tổng hợp, vụ kinh tế tổng hợp, ban kinh tế tổng hợp, văn phòng tổng hợp, pháp chế thanh tra, thi đua khen thưởng, văn hóa thông tin, viện nghiên cứu, trung tâm nghiên cứu,
    cơ sở nghiên cứu, đơn vị nghiên cứu, trung tâm hỗ trợ, trung tâm giám định, trung tâm tư vấn, trung tâm truyền thông, quỹ hỗ trợ,
    công trình, chương trình, quy trình, cơ quan thường trực, đơn vị thường trực, bộ phận tiếp nhận, giáo dục thường xuyên, cải cách hành chính,
    chính sách xã hội, công tác xã hội, quy hoạch xây dựng, quản lý đấu thầu, quản lý khai thác, sở quy hoạch,
    viện quy hoạch, dân số, cơ sở tiêm chủng, đội xử phạt, cơ quan cấp, cấp trên trực tiếp, quản lý trực tiếp
"""
NAME_TAILS = tuple(" ".join(name.split()) for name in _TAILS.split(","))
"""Ends of names in which a word of `DUTIES` is no duty."""
