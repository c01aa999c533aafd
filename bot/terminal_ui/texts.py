"""What the terminal says, in one place."""

WELCOME = (
    "Căn Cứ – hỏi đáp trên văn bản của cơ quan, câu nào cũng dẫn nguồn.\n"
    "Kho có {documents} văn bản. Gõ câu hỏi, hoặc /giup để xem các lệnh."
)
EMPTY = "Kho chưa có văn bản nào. Hãy chạy: cancu index THƯ_MỤC_VĂN_BẢN"
PROMPT = "Hỏi: "
HELP = (
    "Gõ câu hỏi bằng tiếng Việt, có dấu hoặc không dấu. Câu hỏi nối tiếp («còn Sở Tư pháp thì "
    "sao?») được hiểu theo câu trước.\n"
    "  /nguon      liệt kê nguồn của câu trả lời vừa rồi\n"
    "  /nguon 2    mở nguồn số 2: đoạn trích và phần trước, sau nó\n"
    "  /moi        bắt đầu cuộc trò chuyện mới\n"
    "  /giup       xem lại hướng dẫn này\n"
    "  /thoat      thoát (hoặc Ctrl-D)"
)
FRESH = "Đã bắt đầu cuộc trò chuyện mới."
GOODBYE = "Tạm biệt."
NO_SOURCES = "Câu trả lời vừa rồi không có nguồn nào để mở."
NO_SUCH_SOURCE = "Không có nguồn số {number}; câu trả lời vừa rồi có các nguồn từ 1 đến {last}."
UNKNOWN = "Không có lệnh {command}. Gõ /giup để xem các lệnh."
WORKING = "Đang tra cứu…"
STOPPED = "Đã dừng câu hỏi này."
FAILED = "Có lỗi khi trả lời câu này; câu hỏi khác vẫn hỏi được. Chạy cancu doctor để kiểm tra."
SOURCES = "Nguồn"
"""Heads the list of sources under an answer."""
