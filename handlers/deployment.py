"""What this deployment is: whose municipality it serves and what residents are told about it."""

from dataclasses import dataclass, field
from functools import cached_property

from locales import Translator
from storage.area_lookup import Polygons
from storage.area_search import AreaNames
from storage.area_tables import Area
from storage.areas import place_name

from .clock.record import Recorder
from .credits import Credit
from .eligibility import Eligibility


@dataclass
class Deployment:
    """One municipality, the data controller. `phone` is its help line, `web` the address of the web chat."""

    area: Area
    names: AreaNames
    polygons: Polygons
    phone: str = ""
    web: str = ""
    owner: str = ""  # the staff address that the settings name
    messengers: list[tuple[str, str]] = field(default_factory=list)  # (name, address) of those that answer
    credits: dict[str, Credit] = field(default_factory=dict)  # by source
    order: tuple[str, ...] = ()  # the sources' names, who is believed most first

    @property
    def home(self) -> int:
        return self.area.code

    @cached_property
    def recorder(self) -> Recorder:
        """Makes postings of drafts, for the polls and for what staff write alike."""
        return Recorder(self.names, Eligibility.load(), self.home, self.order)

    def name(self, translator: Translator) -> str:
        """The municipality in the reader's language, as "Gwangsan-gu"."""
        return place_name(self.area, translator.code)
