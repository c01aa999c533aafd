import pytest

from tests.unit.bot.documents import judged, lacking, list_of, stored, unit

FORMER = """ỦY BAN NHÂN DÂN
TỈNH BÌNH SA

Số: 61/KH-UBND

Bình Sa, ngày 12 tháng 3 năm 2024

KẾ HOẠCH
Trồng rừng phòng hộ ven biển năm 2024

Căn cứ tình hình thực tế, UBND tỉnh ban hành kế hoạch như sau:

I. MỤC TIÊU
1. Trồng mới 95 ha rừng phòng hộ tại các xã ven biển.
2. Chăm sóc rừng trồng các năm trước.
"""

RIGHT = [
    ("Năm 2026 tỉnh Vân Lĩnh trồng mới bao nhiêu ha rừng phòng hộ?", "Trồng mới"),
    ("Kế hoạch số 61/KH-UBND trồng mới bao nhiêu ha rừng phòng hộ?", "Trồng mới"),
    ("Kế hoạch 61 trồng mới bao nhiêu ha rừng phòng hộ?", "Trồng mới"),
    ("Kế hoạch ngày 03/02/2026 trồng mới bao nhiêu ha rừng phòng hộ?", "Trồng mới"),
    ("nam 2026 tinh van linh trong moi bao nhieu ha rung phong ho", "Trồng mới"),
    ("Chuẩn bị 680.000 cây giống trước ngày nào?", "Chuẩn bị"),
    ("Phó Chủ tịch UBND tỉnh chỉ đạo việc thực hiện là ai?", "Lò Thị Mẩy"),
    ("Sở Tài chính bố trí bao nhiêu tỷ đồng kinh phí?", "Sở Tài chính"),
    ("Xã Khe Trầm mở bao nhiêu lớp tập huấn?", "tập huấn"),
]


@pytest.mark.parametrize(("question", "words"), RIGHT)
def test_the_right_place_lacks_nothing(question: str, words: str) -> None:
    assert lacking(question, unit(stored(), words)) == ()


@pytest.mark.parametrize(
    ("question", "words", "lacks"),
    [
        ("Năm 2025 tỉnh Vân Lĩnh trồng mới bao nhiêu ha rừng phòng hộ?", "Trồng mới", "năm 2025"),
        ("Năm 2026 tỉnh Bình Sa trồng mới bao nhiêu ha rừng phòng hộ?", "Trồng mới", "binh sa"),
        ("xa suoi ngon mo bao nhieu lop tap huan cho nguoi dan", "tập huấn", "suoi ngon"),
        ("Kế hoạch số 62/KH-UBND trồng mới bao nhiêu ha rừng?", "Trồng mới", "số 62/KH-UBND"),
        ("Kế hoạch 62 trồng mới bao nhiêu ha rừng phòng hộ?", "Trồng mới", "ke hoach 62"),
        ("Kế hoạch ngày 04/02/2026 trồng mới bao nhiêu ha rừng?", "Trồng mới", "ngày 4/2/2026"),
        ("Trồng mới bao nhiêu ha rừng để che phủ 61,5%?", "Trồng mới", "61,5%"),
        ("Trồng mới bao nhiêu cây rừng phòng hộ?", "Trồng mới", "số lượng"),
        ("Sở Tài chính bố trí kinh phí khi nào?", "Sở Tài chính", "thời gian"),
        ("Sở Tài chính bố trí kinh phí, đồng chí nào ký?", "Sở Tài chính", "tên người"),
    ],
)
def test_right_topic_but_wrong(question: str, words: str, lacks: str) -> None:
    assert lacks in lacking(question, unit(stored(), words))


def test_a_wrong_commune_typed_in_haste_whose_name_begins_like_an_ordinary_word() -> None:
    question = "xa ban len mo bao nhieu lop tap huan cho nguoi dan"
    assert "ban len" in lacking(question, unit(stored(), "tập huấn"))


def test_same_number_and_topic_of_another_province_and_year() -> None:
    question = "Năm 2026 tỉnh Vân Lĩnh trồng mới bao nhiêu ha rừng phòng hộ theo Kế hoạch 61?"
    ours, former = unit(stored(), "Trồng mới"), unit(stored(FORMER, 2), "Trồng mới")
    assert lacking(question, ours) == ()
    assert {"năm 2026", "van linh"} <= set(lacking(question, former))


def test_a_year_in_the_sentence_itself_decides_over_that_of_the_document() -> None:
    text = FORMER.replace("Trồng mới 95 ha", "Năm 2023 đã trồng 95 ha")
    assert "năm 2024" in lacking(
        "Năm 2024 trồng bao nhiêu ha rừng phòng hộ?", unit(stored(text), "đã trồng")
    )


def test_another_topic_is_too_thin() -> None:
    lacks = lacking("Mức lương của giáo viên mầm non thế nào?", unit(stored(), "Trồng mới"))
    assert any(lack.startswith("nội dung") for lack in lacks)


def test_surroundings_alone_are_not_enough() -> None:
    question = "Kế hoạch trồng rừng phòng hộ đầu nguồn năm 2026 của UBND tỉnh Vân Lĩnh"
    lacks = lacking(question, unit(stored(), "Kiểm tra hiện trường"))
    assert any(lack.startswith("trực tiếp") for lack in lacks)


def test_a_list_is_no_answer_to_a_question_for_one_fact() -> None:
    target = list_of(stored(), "Chuẩn bị 680.000")
    assert "một câu" in lacking("Chuẩn bị cây giống trước ngày nào?", target)


def test_the_tasks_of_an_agency_stand_under_its_name() -> None:
    document = stored()
    question = "Sở Nông nghiệp và Môi trường được giao nhiệm vụ gì?"
    assert lacking(question, list_of(document, "Chuẩn bị 680.000")) == ()
    assert lacking("Sở Y tế được giao nhiệm vụ gì?", list_of(document, "Chuẩn bị 680.000"))


def test_the_right_place_scores_above_the_wrong_one() -> None:
    question = "Năm 2026 tỉnh Vân Lĩnh trồng mới bao nhiêu ha rừng phòng hộ?"
    right = judged(question, unit(stored(), "Trồng mới"))
    wrong = judged(question, unit(stored(FORMER, 2), "Trồng mới"))
    assert right.score > wrong.score
