"""A draft with its cells read, once for all rules."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from .. import text
from ..draft import Draft

# Who takes part is no worker under the Labour Standards Act, so that its rules on pay and hours do not bind: volunteering
# (자원봉사활동 기본법), public-interest activities of older people (노인 일자리 및 사회활동 지원에 관한 법률), 자활근로
# (국민기초생활 보장법 제15조), and trying out work (일경험, 현장실습).
_UNPAID = re.compile(
    r"자원\s?봉사|봉사자|봉사\s?활동|재능\s?기부|공익\s?활동|공익형|사회\s?공헌\s?(?:활동|일자리|사업)|자활\s?근로|일\s?경험|현장\s?실습|무보수|명예직"
)


@dataclass(frozen=True)
class Reading:
    """What the rules look at. Reading never raises; what is not stated is None."""

    draft: Draft
    today: date

    @cached_property
    def pay(self) -> text.Pay | None:
        return text.parse_pay(self.draft.pay)

    @cached_property
    def hours(self) -> text.Hours | None:
        return text.parse_hours(self.draft.hours)

    @cached_property
    def period(self) -> text.Period | None:
        return text.parse_period(self.draft.period, self.today)

    @cached_property
    def closing(self) -> text.Closing | None:
        return text.parse_closing(self.draft.closing, self.today)

    @cached_property
    def cells(self) -> dict[str, str]:
        """The cells that hold sentences, in one spelling."""
        names = ("title", "target", "duties", "apply", "hours", "pay")
        return {name: text.plain(getattr(self.draft, name)) for name in names}

    @cached_property
    def words(self) -> str:
        return "\n".join(self.cells.values())

    @cached_property
    def employed(self) -> bool:
        """Whether this is work for wages."""
        return self.draft.kind == "job" and not _UNPAID.search(self.words)
