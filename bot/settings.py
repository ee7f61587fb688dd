"""Settings from the environment, prefix ILGAM_. Every fault is reported at once, in plain words, and no secret is printed."""

import re
from collections.abc import Mapping
from pathlib import Path

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict


class BadSettings(Exception):
    """Some settings cannot be used. `faults` are sentences, one a fault."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="ILGAM_", extra="ignore", hide_input_in_errors=True)

    database_url: SecretStr = SecretStr("sqlite:///var/ilgam.db")
    telegram_token: SecretStr | None = None
    telegram_api: str = "https://api.telegram.org"
    telegram_webhook: str = ""  # our public https address, for updates that Telegram posts; empty: they are polled
    http_host: str = "127.0.0.1"
    http_port: int = Field(default=8080, ge=0, le=65535)
    municipality: int = 1233000000  # 광산구
    sources: Path = Path("var/sources.toml")
    owner: str = ""
    key_file: Path = Path("var/keys")
    live_file: Path | None = None  # the stamp of the live copy; beside the keys where it is not named
    metrics_token: SecretStr | None = None
    phone: str = ""  # the help line told to residents
    web_url: str = ""  # the web chat's public address, where there is one
    location_button: bool = True
    embed_origins: tuple[str, ...] = ()  # sites whose pages may show the chat in a frame

    @property
    def trial(self) -> bool:
        """Nothing is configured by which residents could come: `make run` on somebody's own machine."""
        return not (self.telegram_token or self.web_url or self.embed_origins)

    @property
    def demo(self) -> bool:
        """Such a trial that answers this machine alone: only there may the clock be moved, and the owner come in by a press."""
        return self.trial and self.http_host in ("127.0.0.1", "::1", "localhost")

    @property
    def stamp(self) -> Path:
        """Where the stamp of the live copy lies."""
        return self.live_file or self.key_file.with_name("live")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Only what `read` was given; never the process's environment behind its back."""
        return (init_settings,)

    @field_validator("database_url")
    @classmethod
    def known_engine(cls, value: SecretStr) -> SecretStr:
        url = re.sub(r"^postgres(ql)?(\+\w+)?://", "postgresql://", value.get_secret_value())
        if not re.match(r"(sqlite(\+\w+)?|postgresql)://", url):
            raise ValueError("must begin with sqlite:/// or postgresql://")
        # A bare @ or : in a password would make a host or port of its end, and those are told in errors.
        if url.startswith("p") and not re.fullmatch(r"postgresql://([^@]+@)?(\[[^@/\]]*\]|[^@/:]*)(:\d+)?(/.*)?", url):
            raise ValueError("must be as postgresql://user:password@host:5432/name, with %40 for an @ in the password")
        return SecretStr(url)

    @field_validator("telegram_token")
    @classmethod
    def whole_token(cls, value: SecretStr | None) -> SecretStr | None:
        if value is None or not value.get_secret_value():
            return None
        if not re.fullmatch(r"\d+:[\w-]{20,}", value.get_secret_value()):
            raise ValueError("is not a bot token (digits, a colon, letters), as @BotFather gives it")
        return value

    @field_validator("telegram_api", "web_url")
    @classmethod
    def web_address(cls, value: str) -> str:
        if value and not re.match(r"https?://[^/\s]+", value):
            raise ValueError("must begin with http:// or https://")
        return value.rstrip("/")

    @field_validator("embed_origins", mode="before")
    @classmethod
    def site_origins(cls, value: object) -> tuple[str, ...]:
        """As browsers write an origin: small letters, no path, no 443. http only for a page on this machine."""
        given = value.split() if isinstance(value, str) else []
        origins = [origin.lower().removesuffix("/").removesuffix(":443") for origin in given]
        for n, origin in enumerate(origins, 1):
            host = r"([a-z0-9]([a-z0-9-]*[a-z0-9])?)(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*"
            whole = re.fullmatch(rf"(https://{host}|http://(localhost|127\.0\.0\.1))(:\d{{1,5}})?", origin)
            if not whole:
                raise ValueError(
                    f"must be origins with spaces between, as https://www.example.go.kr, without a path, * or Korean letters "
                    f"(write those as xn--...); number {n} is not"
                )
        return tuple(dict.fromkeys(origins))

    @field_validator("telegram_webhook")
    @classmethod
    def public_address(cls, value: str) -> str:
        """Telegram posts to these ports only: https://core.telegram.org/bots/api#setwebhook."""
        if value and not re.fullmatch(r"https://[\w.-]+(:(443|80|88|8443))?(/[^\s?#]*)?", value):
            raise ValueError("must be as https://bot.example.kr (of ports, Telegram knows 443, 80, 88 and 8443)")
        return value.rstrip("/")

    @field_validator("municipality", mode="before")
    @classmethod
    def ten_digits(cls, value: object) -> object:
        if not re.fullmatch(r"\d{10}", str(value)):
            raise ValueError("must be a ten-digit area code, for example 1233000000 (find it with: ilgam areas search)")
        return value

    @field_validator("owner")
    @classmethod
    def staff_address(cls, value: str) -> str:
        if value and not re.fullmatch(r"\w+:\S+", value):
            raise ValueError("must be a platform and an id, as telegram:12345")
        return value


def read(environment: Mapping[str, str]) -> Settings:
    """The settings of an environment; an empty value is as good as none.

    BadSettings names every fault, unknown names among them, never a value.
    """
    known = {f"ILGAM_{name.upper()}" for name in Settings.model_fields}
    unknown = [name for name in environment if name.upper().startswith("ILGAM_") and name not in known]
    faults = [
        f"{name} is not a setting. Settings are {', '.join(sorted(known))}."
        for name in unknown
        if not name.startswith("ILGAM_TEST_")
    ]
    given = {name: value for name, value in environment.items() if name in known and value.strip()}
    values = {name.removeprefix("ILGAM_").lower(): value for name, value in given.items()}
    try:
        settings = Settings(_env_file=None, **values)  # type: ignore[arg-type]
    except ValidationError as error:
        for fault in error.errors(include_input=False, include_url=False):
            name = "ILGAM_" + str(fault["loc"][0]).upper()
            faults.append(f"{name} {fault['msg'].removeprefix('Value error, ').replace('Input should', 'should')}.")
        raise BadSettings(faults) from None
    if faults:
        raise BadSettings(faults)
    return settings
