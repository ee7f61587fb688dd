"""Tables of Korea's areas: provinces, districts and neighbourhoods, how they border and how they were once called."""

from sqlalchemy import BigInteger, Column, Float, Index
from sqlmodel import Field, SQLModel

from .columns import text


def area_code(*, primary_key: bool = False, nullable: bool = False) -> Column[int]:
    return Column(BigInteger, primary_key=primary_key, nullable=nullable, autoincrement=False)


class Area(SQLModel, table=True):
    __tablename__ = "areas"
    __table_args__ = (Index("areas_by_parent", "parent"),)
    code: int = Field(sa_column=area_code(primary_key=True))
    level: str = Field(sa_column=text())  # sido | sigungu | emd
    kind: str = Field(sa_column=text())  # legal | admin | both for emd; gu, si, gun ... for sigungu
    parent: int | None = Field(default=None, sa_column=area_code(nullable=True))
    name_ko: str = Field(sa_column=text())
    full_ko: str = Field(sa_column=text())
    name_en: str = Field(sa_column=text())
    full_en: str = Field(sa_column=text())
    name_ru: str = Field(sa_column=text())
    lat: float = Field(sa_column=Column(Float, nullable=False))
    lon: float = Field(sa_column=Column(Float, nullable=False))


class AreaLink(SQLModel, table=True):
    """Which legal area an administrative one overlaps."""

    __tablename__ = "area_links"
    legal: int = Field(sa_column=area_code(primary_key=True))
    admin: int = Field(sa_column=Column(BigInteger, primary_key=True, index=True))


class AreaBorder(SQLModel, table=True):
    __tablename__ = "area_borders"
    code: int = Field(sa_column=area_code(primary_key=True))
    near: int = Field(sa_column=area_code(primary_key=True))
    km: float = Field(sa_column=Column(Float, nullable=False))
    border: bool = Field()  # False: an island's nearest shore


class AreaAlias(SQLModel, table=True):
    __tablename__ = "area_aliases"
    code: int = Field(sa_column=area_code(primary_key=True))
    alias: str = Field(sa_column=Column(text().type, primary_key=True))
    kind: str = Field(sa_column=text())


class AreaChange(SQLModel, table=True):
    """A former code and the one that followed it."""

    __tablename__ = "area_changes"
    old: int = Field(sa_column=area_code(primary_key=True))
    new: int = Field(sa_column=area_code(primary_key=True))
    how: str = Field(sa_column=text())
