"""The empty sheet that a facility fills in: columns, two examples, and notes in plain Korean."""

import io
from collections.abc import Mapping

EXAMPLES = (
    {
        "id": "보기-1",
        "title": "(보기) 작은도서관 책 정리",
        "organisation": "(보기) 우리동네작은도서관",
        "workplace": "광산구 월곡2동",
        "pay": "시급 12,000원",
        "hours": "월·수·금 14:00~17:00",
        "period": "2027-01-04 ~ 2027-06-30",
        "headcount": "2명",
        "target": "만 18세 이상",
        "foreigners": "지원 가능",
        "closing": "2026-12-04 18:00",
        "duties": "책 정리, 대출과 반납",
        "apply": "전화 또는 방문",
        "phone": "062-000-0000",
    },
    {
        "id": "보기-2",
        "title": "(보기) 주방 보조",
        "organisation": "(보기) 복지관",
        "workplace": "광산구 송정동",
        "pay": "협의",
        "closing": "채용 시 마감",
    },
)
NOTES = (
    "공고명과 기관만 꼭 쓰세요. 나머지는 아는 것만 쓰면 돼요.",
    "근무지는 동까지 쓰세요. 근무지가 비어 있으면 목록에는 나오지만 가까운 주민에게 알림이 가지 않아요.",
    "날짜는 2026-12-04, 12월 4일, 12/4(금)처럼 편하게 쓰세요. 정해지지 않았으면 '채용 시 마감'이라고 쓰세요.",
    "읽을 수 없는 줄은 줄 번호와 까닭을 알려 드려요. 다른 줄은 그대로 올라가요.",
    "공고를 내리려면 줄을 지우세요. 번호를 그대로 두고 고치면 같은 공고로 봐요.",
    "주민등록번호와 개인 휴대전화 번호는 쓰지 마세요.",
    "보기 두 줄은 지우고 쓰세요.",
)


def make(columns: Mapping[str, str]) -> bytes:
    """`columns` are the printed names by column."""
    import openpyxl
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "공고"
    sheet.append(list(columns.values()))
    for example in EXAMPLES:
        sheet.append([example.get(column, "") for column in columns])
    for number, cell in enumerate(sheet[1], 1):
        cell.font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(number)].width = 18
    notes = book.create_sheet("쓰는 법")
    for note in NOTES:
        notes.append([note])
    notes.column_dimensions["A"].width = 90
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
