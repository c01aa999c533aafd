"""What the bot says in Telegram, in one place. HTML where a text stands alone."""

START = (
    "Chào {name}. Tôi là Căn Cứ, trợ lý tra cứu văn bản của cơ quan.\n\n"
    "Cứ gõ câu hỏi, có dấu hoặc không dấu. Tôi chỉ trả lời những gì văn bản trong kho có nêu; "
    "dưới mỗi câu trả lời có nút mở đúng đoạn văn bản làm căn cứ.\n\n"
    "Kho hiện có {documents} văn bản. Gõ /help để xem ví dụ."
)
HELP = (
    "<b>Cách hỏi</b>\n"
    "• Số liệu, ngày, tên: «Năm 2025 tổ chức bao nhiêu buổi họp báo?»\n"
    "• Văn bản nói về gì: «Nghị quyết số … về nội dung gì?»\n"
    "• Ai làm gì: «Sở Tư pháp được giao nhiệm vụ gì trong kế hoạch …?»\n"
    "• Hỏi tiếp: «Còn Thanh tra tỉnh thì sao?»\n\n"
    "Bấm nút <b>[1]</b>, <b>[2]</b>… dưới câu trả lời để mở đoạn văn bản.\n"
    "/moi – bắt đầu cuộc trò chuyện mới."
)
STRANGER = (
    "Bạn chưa được cấp quyền dùng trợ lý này. Hãy gửi mã số <code>{user}</code> cho quản trị viên "
    "của cơ quan để được thêm vào danh sách."
)
FRESH = "Đã bắt đầu cuộc trò chuyện mới."
WORKING = "Đang tra cứu trong kho văn bản…"
FAILED = "Có lỗi khi trả lời câu này. Hãy hỏi lại sau ít phút; nếu vẫn lỗi, báo quản trị viên."
SOURCE_GONE = "Văn bản này không còn trong kho."
SOURCE_ODD = "Nút này không còn dùng được; hãy hỏi lại."
ONLY_TEXT = "Tôi mới đọc được câu hỏi bằng chữ; hãy gõ câu hỏi."
RUNNING = "Trợ lý đang chạy trên Telegram: @%s. Bấm Ctrl-C để dừng."
"""For whoever runs the bot, when it is connected."""
NOBODY_ALLOWED = (
    "Chưa ai được phép hỏi: đặt CANCU_ALLOWED_USERS hoặc CANCU_ADMINS rồi chạy lại. "
    "Người nhắn cho bot sẽ được báo mã số của mình."
)
