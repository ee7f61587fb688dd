"""Settings: every fault at once, in plain words, and never a secret."""

import pytest

from bot.settings import BadSettings, read

SECRET = "123456:ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef"


def test_nothing_set_is_a_newcomers_program() -> None:
    settings = read({})
    assert settings.telegram_token is None
    assert (settings.http_host, settings.http_port, settings.municipality) == ("127.0.0.1", 8080, 1233000000)


def test_every_fault_is_said_at_once_and_no_value_with_it() -> None:
    with pytest.raises(BadSettings) as bad:
        read(
            {
                "ILGAM_DATABASE_URL": "mysql://root:hunter2@db/x",
                "ILGAM_TELEGRAM_TOKEN": "hunter2",
                "ILGAM_HTTP_PORT": "99999",
                "ILGAM_MUNICIPALITY": "광산",
                "ILGAM_OWNER": "me",
                "ILGAM_WEB_URL": "example",
                "ILGAM_COLOUR": "red",
            }
        )
    said = "\n".join(bad.value.faults)
    for name in ("DATABASE_URL", "TELEGRAM_TOKEN", "HTTP_PORT", "MUNICIPALITY", "OWNER", "WEB_URL", "COLOUR"):
        assert f"ILGAM_{name}" in said
    assert "hunter2" not in said


def test_secrets_do_not_show_when_settings_are_printed() -> None:
    settings = read({"ILGAM_TELEGRAM_TOKEN": SECRET, "ILGAM_DATABASE_URL": "postgres://u:hunter2@h/db"})
    assert settings.database_url.get_secret_value() == "postgresql://u:hunter2@h/db"
    assert "hunter2" not in repr(settings)
    assert SECRET not in repr(settings)


def test_an_empty_token_is_none() -> None:
    assert read({"ILGAM_TELEGRAM_TOKEN": ""}).telegram_token is None
