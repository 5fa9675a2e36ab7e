"""The words that name offices, bodies and posts.

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
    ngân hàng, kho bạc, bảo hiểm xã hội, cục thuế, chi nhánh, tòa án, toà án, viện kiểm sát, đảng ủy bộ phận, đảng bộ bộ phận, đảng ủy cơ sở, đảng bộ cơ sở, chi bộ cơ sở, đảng ủy, đảng đoàn, đảng bộ,
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
    ban đại diện, ban liên lạc, ban vận động, ban tiếp công dân, ban thanh tra nhân dân, ban cán sự lớp, ban phụ huynh, ban công tác mặt trận, ban nhân dân, ban điều phối, ban quản trị, ban trọng tài, ban giám khảo, ban giám sát, trạm kiểm lâm, trạm khuyến nông, đội thanh niên, lực lượng quản lý thị trường, lực lượng công an, lực lượng quân đội, lực lượng quân sự, lực lượng kiểm lâm, lực lượng biên phòng, htx, ubmttq, agribank, vietcombank, vietinbank, bidv, nhcsxh, mobifone, vinaphone, petrolimex, hải quan cửa khẩu, hải quan khu chế xuất, tổ công nghệ số, tổ bảo vệ, tổ hợp tác, hội nghề cá,
    đoàn khối, đảng ủy khối, công đoàn viên chức, công đoàn ngành, thi hành án dân sự, phòng thi hành án, hội thẩm, ban pháp chế, ban văn hóa, ban kinh tế, ban đô thị, ban dân tộc, ban đảng, ban chấp hành công đoàn, ban chấp hành đoàn,
    ban giám khảo, ban thư ký, ban đề thi, ban coi thi, ban chấm thi, ban dự án, ban an toàn, ban vì sự tiến bộ, ban bồi thường, ban thanh tra, ban quân dân y, ban đối ngoại, ban hợp tác, ban kiểm soát, ban kiểm tra,
    hội cha mẹ học sinh, hội luật gia, hội nhà báo, hội cựu giáo chức, hội cựu thanh niên, hội doanh nghiệp, hội đông y, hội sinh viên, hội văn học, hội làm vườn, hội đồng đội, hội bảo trợ, hội đồng hương, hội đồng thi đua,
    trung tâm y tế, trung tâm giáo dục, trung tâm văn hóa, trung tâm phục vụ hành chính công, trạm khí tượng, trạm bơm, trạm thủy nông, trạm dừng nghỉ, trạm thu phí, trạm kiểm dịch, trạm quan trắc, trạm chăn nuôi, trạm trồng trọt, trạm thú y, trạm truyền thanh, đài truyền thanh, đài khí tượng, đài viễn thông, đài duyên hải,
    nhà trẻ, nhà máy, nhà thầu, nhà văn hóa thôn, nhà hàng hải, ký túc xá, cụm thi đua, khối thi đua, cụm công nghiệp, tổ hòa giải, tổ dân vận, tổ an ninh, tổ tự quản, tổ liên gia, tổ tiết kiệm, tổ xung kích, tổ phản ứng nhanh, tổ rà soát, tổ giám sát, tổ thẩm định, tổ đề án, tổ hành chính, tổ văn phòng, tổ bộ môn, tổ phục vụ, tổ quản lý, tổ công đoàn, tổ trưởng dân phố, tổ liên ngành, tổ điều phối, tổ kỹ thuật, tổ truyền thông, tổ hậu cần,
    đội quản lý trật tự, đội cảnh sát, đội an ninh, đội xung kích, đội phản ứng, đội dân phòng, đội cứu hộ, đội vệ sinh, đội tuyên truyền, đội chiếu bóng, đội công tác, đội văn nghệ, đội bảo vệ, đội tình nguyện, đội y tế, đội kiểm tra, đội thuế, đội trật tự,
    cảnh sát biển, cảnh sát cơ động, cảnh sát giao thông, bộ đội địa phương, dân quân tự vệ, dân quân thường trực, lực lượng dân quân, lực lượng vũ trang, lực lượng chức năng, lực lượng an ninh, lực lượng xung kích, lực lượng phòng cháy, lực lượng thú y, lực lượng y tế, thống kê tỉnh, thống kê thành phố, thống kê cơ sở,
    cơ quan báo chí, cơ quan công an, cơ quan thuế, cơ quan hải quan, cơ quan bảo hiểm, cơ quan điều tra, cơ quan thi hành án, cơ quan quân sự, cơ quan quản lý, cơ quan chức năng, cơ quan soạn thảo, cơ quan đầu mối, cơ quan chủ quản, cơ quan tài chính, cơ quan đại diện, đơn vị chủ trì, đơn vị tư vấn, đơn vị phối hợp,
    cơ sở y tế, cơ sở giáo dục, cơ sở đào tạo, cơ sở khám bệnh, cơ sở khám chữa bệnh, cơ sở cai nghiện, cơ sở bảo trợ, cơ sở giáo dục nghề nghiệp, cơ sở kinh doanh, cơ sở sản xuất, cơ sở lưu trú, cơ sở tôn giáo, bộ phận một cửa, bộ phận tiếp nhận, bộ phận văn thư, bộ phận kế toán, bộ phận văn phòng, bộ phận chuyên môn, bộ phận thường trực, bộ phận giúp việc, bộ phận công nghệ thông tin, bộ phận tổ chức, bộ phận y tế, bộ phận địa chính
"""
"""Words that name a body by themselves, in any case."""

NAMED = "Đại biểu, Thành viên, Ủy viên, Đồn, Cụm, Liên chi đoàn, Trung đoàn, Sư đoàn, Lữ đoàn, Tiểu đoàn, Quân chủng, Quân đoàn, Binh chủng, Hải đội, Hải đoàn, Xưởng, Tổng kho, Khách sạn, Sân bay, Sàn, Sở giao dịch, Viễn thông, Thủy điện, Tổng đài, Phân xã, Giáo xứ, Thôn, Ấp, Buôn, Khóm, Khu phố, Bản, Hợp tác xã, Doanh nghiệp, Trang trại, Nông trại, Vùng, Ngân hàng, Trưởng, Bộ, Sở, Vụ, Cục, Ban, Phòng, Viện, Trường, Hội, Đoàn, Đài, Báo, Tổ, Thuế, Hải quan, Khoa, Trung ương, Ủy ban, Nhà máy, Nhà, Cơ quan, Cơ sở, Đội, Trạm, Xã, Phường, Thành phố, Tỉnh, Quỹ, Trại, Khối, Kiểm toán, Tòa, Liên minh, Cảng vụ, Cảng, Đơn vị, Đồng chí, Ông, Bà, Bộ phận, Nhóm, Hạt, Ngành, Câu lạc bộ, Lực lượng, Chính quyền, Tổ hợp tác, Thư viện, Bảo tàng, Trại giam, Khu, Cung, Kho, Chợ, Ga, Bến xe, Tập đoàn"
"""Words that name a body only before a name in capitals."""

POSTS = """
    bộ trưởng, thứ trưởng, thủ trưởng, giám đốc, phó giám đốc, tổng giám đốc, chủ tịch, phó chủ tịch, chánh văn phòng, phó chánh văn phòng,
    chánh thanh tra, chánh án, chủ nhiệm, trưởng các, trưởng thôn, trưởng xóm, trưởng ấp, trưởng khóm, trưởng khu, trưởng khối, trưởng tổ, trưởng buôn, trưởng làng, trưởng đơn vị, trưởng chi nhánh, trưởng ban, trưởng phòng, trưởng các ban, trưởng các phòng, trưởng tiểu ban, trưởng khoa, trưởng các khoa,
    trưởng các khối, trưởng các cụm, trưởng các đoàn, trưởng các tổ, trưởng các bộ môn, trưởng các trạm, trưởng các đội, trưởng các nhóm, trưởng các chi nhánh, trưởng các điểm, trưởng các tiểu ban, trưởng các văn phòng, trưởng đoàn, trưởng công an, cục trưởng, vụ trưởng, viện trưởng, chi cục trưởng, tổng cục trưởng, tổ trưởng, hiệu trưởng,
    đội trưởng, trạm trưởng, trưởng trạm, trưởng bộ môn, phó bí thư, phó trưởng đoàn, phó trưởng ban, phó trưởng phòng, phó cục trưởng, phó vụ trưởng, tổng chỉ huy, chánh toà, bí thư, người đứng đầu, lãnh đạo các, lãnh đạo bộ, lãnh đạo sở, lãnh đạo vụ, lãnh đạo cục, lãnh đạo đơn vị,
    lãnh đạo cơ quan, tổng biên tập, chủ cơ sở, chủ doanh nghiệp, chủ hộ, chủ tàu, chủ phương tiện, chủ nhóm trẻ, chủ trang trại, hạt trưởng, đồn trưởng, trưởng đồn, quản đốc, trưởng bản, già làng, chính ủy, chính trị viên, giám thị, kiểm lâm viên, trưởng bộ phận, trưởng các bộ phận, trưởng các đơn vị, trưởng nhóm, chỉ huy trưởng, viện trưởng các viện, thống đốc, tổng thanh tra, tổng kiểm toán, tư lệnh, chỉ huy trưởng, kế toán trưởng, thường trực, quyền giám đốc, trưởng văn phòng, trưởng phòng giáo dục, chánh thanh tra tỉnh, viện phó, phó hiệu trưởng, phó viện trưởng, phó trưởng khoa, trưởng bộ môn, giáo vụ khoa, trợ lý, thư ký hội đồng, thư ký tòa soạn, chủ nhiệm ủy ban, chủ nhiệm khoa, chủ nhiệm lớp, chủ nhiệm câu lạc bộ, tổng phụ trách, bí thư đảng ủy, bí thư chi bộ, bí thư đoàn, chủ tịch công đoàn, chủ tịch hội đồng, chủ tịch hội, trưởng xã, xã đội trưởng, thôn đội trưởng, phó thủ trưởng, người quản lý, chính trị viên phó, tham mưu trưởng, phó chủ nhiệm, phó tư lệnh, công chức văn phòng, công chức tư pháp, công chức địa chính, công chức văn hóa, công chức tài chính, cán bộ chuyên trách, cán bộ phụ trách, cán bộ thú y, cán bộ khuyến nông, cán bộ y tế, cán bộ lớp, nhân viên y tế, nhân viên kế toán, nhân viên văn thư, nhân viên thiết bị, y tế thôn bản, trưởng đài, trưởng chi nhánh, trưởng điểm
"""

MANY = """
    đơn vị, vụ, cục, sở, bộ, ban, cơ quan, cơ sở, bệnh viện, viện, trường, phòng, địa phương, trung tâm, doanh nghiệp, tập đoàn, tổng công ty,
    công ty, cấp ủy, cấp chính quyền, cấp hội, cấp công đoàn, cấp bộ, tổ chức, đảng bộ, đảng ủy, đảng viên, đảng đoàn, chi bộ, chi ủy, chi cục, chi hội,
    tỉnh ủy, thành ủy, huyện ủy, quận ủy, xã ủy, phường ủy, học viện, đại học, trạm, ngành, hội, đoàn thể, thành viên, chủ đầu tư, báo, đài, ban quản lý,
    ngân hàng, lực lượng, nhà trường, hội đồng, đồng chí, khoa, ủy ban, ubnd, hđnd, chủ tịch, giám đốc, thủ trưởng, hiệu trưởng, đội, tổ công tác, tổ chuyên môn, tổ thẩm định,
    nhà máy, nhà thuốc, hợp tác xã, đài phát thanh, công an, chủ thể, cá nhân, cán bộ, giáo viên, đoàn viên, hiệp hội, liên đoàn, quỹ, xã, phường, huyện, quận, tỉnh, thành phố, thôn, khu, trưởng phòng, trưởng khoa, trưởng ban, chi, nhà thầu, chủ, hộ, nghiệp đoàn, liên đoàn, câu lạc bộ, phân viện, hạt, đồn, cảng, tạp chí, tòa soạn, nhà mạng, nhà khoa học, nhà đầu tư,
    văn phòng, thanh tra, ủy viên, bí thư, phó chủ tịch, phó giám đốc, điều dưỡng trưởng, tòa án, viện kiểm sát, kho bạc, chi nhánh, khối, tiểu ban, vườn quốc gia, bảo tàng, thư viện, đối tượng được giao, vị, phân hiệu, đồn, trung đoàn, hợp tác xã, nông trường, lâm trường, xí nghiệp, chủ rừng, chủ tàu, chủ phương tiện, bến xe, nhà ga, cụm, khách sạn, bql, nhà xuất bản, phóng viên, tác giả, thí sinh, báo cáo viên, chức sắc, chức việc, tín đồ, già làng, người có uy tín, phó trưởng đoàn, phó trưởng ban, trưởng thôn, trưởng bản, hộ dân, tiểu thương, thôn trưởng,
    chùa, nhà thờ, tự viện, tịnh xá, thánh thất, hội thánh, giáo xứ, giáo họ, cơ sở tôn giáo, dòng tu, trưởng, cảng vụ, tập thể, giảng viên, học sinh, sinh viên, học viên, nhân viên, công chức, viên chức, người đứng đầu, người lao động, người đại diện, người quản lý, lớp, nhóm, bác sĩ, điều dưỡng, chuyên viên, chuyên gia, cộng tác viên, tình nguyện viên, tuyên truyền viên, hội viên, phụ huynh, cửa hàng, siêu thị, trang trại, khu công nghiệp, khu du lịch, điểm du lịch, phân xưởng, tổ dân phố, tổ hòa giải, tổ đại biểu, đại biểu, tổ chuyên gia, hội nghề nghiệp, tòa, phòng khám, nhà văn hóa, trạm y tế, kíp trực, ca trực, ban đảng, liên hiệp hội, liên chi đoàn, chi đoàn, tổng cục, đơn nguyên
"""
"""What "các", "những", "toàn thể" make a group of."""

NOT_MANY = """
    bộ phận, bộ phim, bộ tài liệu, bộ chỉ số, bộ tiêu chí, ban hành, cơ sở vật chất, cơ sở dữ liệu, cơ sở pháp lý, cơ sở để, trường hợp, tổ chức hội nghị,
    tổ chức lớp, ngành nghề, hội nghị, hội thảo, hội thi, hội đồng thi, chi tiết, chi phí, chi tiêu, khu vực, vụ việc, vụ án, đơn vị hành chính cấp, phòng trào, đội ngũ, xã hội, khoa học, phòng chống, ban đầu, thành phố lớn, trường phái, chủ trương, chủ đề, chủ điểm, hộ chiếu, văn phòng phẩm,
    báo cáo, khoản, khoa giáo, tỉnh phải, đài thọ, sở hữu
"""

PLAIN = "Đảng viên, Viên chức, Giảng viên, Giáo viên, Học viên, Nhân viên, Chuyên viên, Cộng tác viên, Thí sinh, Đại biểu, Tư vấn giám sát, Tư vấn thiết kế, Nhà phân phối, Nhà cung cấp, Hội viên, Đoàn viên, Già làng, Người có uy tín, Thành viên, Ủy viên, Cá nhân, Chủ nhiệm đề tài, Đơn vị, Địa phương, Cơ quan, Bệnh viện, Doanh nghiệp, Cơ sở y tế, Cơ sở giáo dục, Cơ sở khám, Cơ sở đào tạo, Cơ sở bảo trợ, Nhà trường, Chủ đầu tư, Ký túc xá, Đội ngũ, Tổ chuyên gia, Hộ nuôi, Hộ kinh doanh, Hộ gia đình, Người lao động, Người dân, Nhà thầu, Chủ rừng, Chủ hồ, Tổ trưởng, Tổ viên, Cán bộ, Công chức, Tổ chức đảng, Tổ bầu cử, Báo cáo viên, Điều dưỡng, Bác sĩ, Sinh viên, Học sinh, Phụ huynh"
"""Plain words that stand for every body of the kind; capital first, small letters after."""

NUMBERED = "Phòng, Ban, Khoa, Tổ, Đội, Nhóm, Trạm, Cụm, Khối, Thôn, Ấp, Bản, Buôn, Khóm, Khu phố, Khu, Xưởng, Kho, Chi bộ, Chi đội, Tiểu đoàn, Đại đội, Trung đoàn, Lớp, Tiểu ban, Trung tâm, Đoàn, Tổ dân phố, Tổ công tác, Bộ phận, Hạt, Văn phòng, Chi nhánh, Xí nghiệp, Công ty, Viện, Trường, Cơ sở, Phân hiệu"
"""Nouns that a figure names: "Phòng 9", "Tổ 3"."""

SERVANTS = "cán bộ, công chức, viên chức, chuyên viên, nhân viên, giáo viên, bác sĩ, điều dưỡng"
"""Persons in office; "phụ trách …" after them says which."""

SURNAMES = "Nguyễn, Trần, Lê, Phạm, Hoàng, Huỳnh, Phan, Vũ, Võ, Đặng, Bùi, Đỗ, Hồ, Ngô, Dương, Lý, Đinh, Đoàn, Trịnh, Mai, Đào, Lâm, Tô, Tạ, Cao, Hà, Lương, Chu, Châu, Tống, Thái, Kiều, Quách, Triệu, Từ, Vương, Hứa, La, Lò, Giàng, Vàng, Sùng, Lưu, Nông, Hầu, Thào, Cù, Tăng, Doãn, Bạch, Nghiêm, Phùng, Khuất, Ma, Lù, Vi, Cầm, Bế, Trương, Văn, Quản, Ninh, Thân, Khúc, Viên, Tôn, Ông, Âu, Diệp, Mạc, Đồng, Lục, Hán, Đàm, Trang, Giáp"
"""Family names; after "đồng chí", "ông", "bà" a person is named."""
