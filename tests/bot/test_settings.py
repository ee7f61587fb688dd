"""Settings: every fault at once, in plain words, and never a secret."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.settings import BadSettings, Settings, read

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


@pytest.mark.parametrize(
    ("address", "read_as"),
    [
        ("https://bot.example.kr", "https://bot.example.kr"),
        ("https://bot.example.kr:8443/ilgam/", "https://bot.example.kr:8443/ilgam"),
        ("http://bot.example.kr", None),
        ("https://bot.example.kr:8080", None),
        ("https://bot.example.kr?x=1", None),
        ("bot.example.kr", None),
        ("https://u:hunter2@bot.example.kr", None),
    ],
)
def test_telegram_posts_to_https_at_ports_it_knows(address: str, read_as: str | None) -> None:
    if read_as is not None:
        assert read({"ILGAM_TELEGRAM_WEBHOOK": address}).telegram_webhook == read_as
        return
    with pytest.raises(BadSettings, match="ILGAM_TELEGRAM_WEBHOOK must be as") as bad:
        read({"ILGAM_TELEGRAM_WEBHOOK": address})
    assert "hunter2" not in str(bad.value)


def test_secrets_do_not_show_when_settings_are_printed() -> None:
    settings = read({"ILGAM_TELEGRAM_TOKEN": SECRET, "ILGAM_DATABASE_URL": "postgres://u:hunter2@h/db"})
    assert settings.database_url.get_secret_value() == "postgresql://u:hunter2@h/db"
    assert "hunter2" not in repr(settings)
    assert SECRET not in repr(settings)


def test_an_empty_value_is_as_good_as_none() -> None:
    names = [f"ILGAM_{name.upper()}" for name in Settings.model_fields]
    assert read(dict.fromkeys(names, " ")) == read({})


def test_only_what_is_given_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ILGAM_HTTP_PORT", "7")
    assert read({}).http_port == 8080


@pytest.mark.parametrize("name", ["ILGAM_", "ILGAM_TOKEN", "ilgam_http_port", "Ilgam_Owner"])
def test_a_name_that_is_not_understood_is_said(name: str) -> None:
    with pytest.raises(BadSettings, match=f"{name} is not a setting"):
        read({name: "hunter2", "ILGAM_TEST_X": "1", "OTHER": "2"})


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://u:p@h/db",
        "postgresql://u:p%40b@h:5432/db?ssl=require",
        "postgresql://u:a/b:c@h/db",
        "postgresql:///db?host=/run",
        "postgresql://[::1]:5432/db",
        "sqlite:////data/a@b.db",
    ],
)
def test_addresses_of_databases(url: str) -> None:
    assert read({"ILGAM_DATABASE_URL": url}).database_url.get_secret_value() == url


@pytest.mark.parametrize(
    "url", ["postgresql://u:a@hunter:2@h/db", "postgresql://u:a@hunter2@h/db", "postgresql://h:hunter2/db"]
)
def test_a_password_that_would_be_read_as_a_host_is_refused_unsaid(url: str) -> None:
    with pytest.raises(BadSettings) as bad:
        read({"ILGAM_DATABASE_URL": url})
    assert "%40" in str(bad.value)
    assert "hunter" not in str(bad.value)


@given(st.sampled_from(sorted(Settings.model_fields)), st.text("hunter2:/@.-", min_size=6))
def test_no_message_holds_a_value(name: str, value: str) -> None:
    said = ""
    try:
        read({f"ILGAM_{name.upper()}": value})
    except BadSettings as bad:
        said = str(bad)
    assert value not in said


def test_embedding_sites_are_origins_as_browsers_write_them() -> None:
    given = " https://www.City.go.kr/  https://jobs.city.go.kr:8443\nhttps://www.city.go.kr:443 http://localhost:9000 "
    assert read({"ILGAM_EMBED_ORIGINS": given}).embed_origins == (
        "https://www.city.go.kr",
        "https://jobs.city.go.kr:8443",
        "http://localhost:9000",
    )
    assert read({}).embed_origins == ()


@pytest.mark.parametrize(
    "wrong",
    [
        *(
            "*",
            "https://*.go.kr",
            "http://city.go.kr",
            "https://city.go.kr/jobs",
            "city.go.kr",
            "https://광산.kr",
            "null",
        ),
        *(
            "https://a.kr;script-src",
            "https://a.kr,https://b.kr",
            "https://me@a.kr",
            "https://",
            "'self'",
            "https://-a.kr",
        ),
    ],
)
def test_a_site_that_is_no_origin_is_said_by_its_number(wrong: str) -> None:
    with pytest.raises(BadSettings, match=r"ILGAM_EMBED_ORIGINS must be origins.*number 2 is not") as bad:
        read({"ILGAM_EMBED_ORIGINS": f"https://hunter2.kr {wrong}"})
    assert "hunter2" not in str(bad.value)


@pytest.mark.parametrize(
    "given",
    [
        {"ILGAM_TELEGRAM_TOKEN": SECRET},
        {"ILGAM_WEB_URL": "https://jobs.example"},
        {"ILGAM_EMBED_ORIGINS": "https://www.city.example"},
    ],
)
def test_a_trial_is_a_program_to_which_no_resident_can_come(given: dict[str, str]) -> None:
    assert read({"ILGAM_PHONE": "062-000-0000"}).trial
    assert not read(given).trial


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
def test_a_demo_is_a_trial_that_answers_this_machine_alone(host: str) -> None:
    assert read({}).demo
    assert read({"ILGAM_HTTP_HOST": host}).demo
    assert not read({"ILGAM_HTTP_HOST": host, "ILGAM_WEB_URL": "https://jobs.example"}).demo
    for other in ("0.0.0.0", "::", "192.168.0.4", "127.0.0.1.example"):
        assert not read({"ILGAM_HTTP_HOST": other}).demo
