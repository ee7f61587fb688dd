"""What is deployed says only what exists: settings, commands, paths, routes and metrics, in every file of deploy/ and docs."""

import re
from collections.abc import Iterator
from configparser import ConfigParser
from pathlib import Path

import pytest
import yaml
from prometheus_client import CollectorRegistry
from typer.main import get_command

from bot.cli import app
from bot.metrics import Metrics
from bot.settings import Settings

ROOT = Path(__file__).parents[1]
UNITS = sorted(path for path in (ROOT / "deploy").iterdir() if path.suffix in (".service", ".timer"))
TEXTS = [
    *sorted((ROOT / "deploy").iterdir()),
    *(ROOT / name for name in ("Containerfile", "compose.yaml", "README.md")),
]
TEXTS += sorted((ROOT / "docs").glob("*.md"))


def unit(path: Path) -> ConfigParser:
    """A unit's sections; of a key that stands twice the last one."""
    parsed = ConfigParser(strict=False, interpolation=None)
    parsed.optionxform = str  # type: ignore[assignment,method-assign]
    parsed.read_string(path.read_text(encoding="utf-8"))
    return parsed


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_every_setting_that_is_named_exists(path: Path) -> None:
    known = {f"ILGAM_{name.upper()}" for name in Settings.model_fields}
    named = set(re.findall(r"\bILGAM_[A-Z][A-Z_]*[A-Z]\b", path.read_text(encoding="utf-8")))
    assert {name for name in named if not name.startswith("ILGAM_TEST_")} <= known


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_every_command_that_is_named_exists(path: Path) -> None:
    commands = set(get_command(app).commands)  # type: ignore[attr-defined]
    text = path.read_text(encoding="utf-8")
    named = re.findall(r"(?:^|`|bin/|ilgamctl )ilgam ([a-z]+)\b", text, re.M) + re.findall(
        r"^ilgamctl ([a-z]+)", text, re.M
    )
    assert set(named) <= commands


def test_every_metric_that_is_named_exists() -> None:
    metrics = Metrics()
    known = {sample for family in collected(metrics.registry) for sample in family}
    for name in ("deploy/alerts.yml", "docs/OPERATING.md"):
        named = set(re.findall(r"\bilgam_[a-z_]+[a-z]\b", (ROOT / name).read_text(encoding="utf-8")))
        assert named
        assert named - {"ilgam_backup"} <= known, name
    told = (ROOT / "docs" / "OPERATING.md").read_text(encoding="utf-8")
    assert all(re.search(rf"\b{name}\b", told) for name in known), "every metric is explained"


def collected(registry: CollectorRegistry) -> Iterator[set[str]]:
    for family in registry.collect():
        yield {f"{family.name}_total"} if family.type == "counter" else {family.name}


def test_the_rules_are_rules() -> None:
    [group] = yaml.safe_load((ROOT / "deploy" / "alerts.yml").read_text(encoding="utf-8"))["groups"]
    names = [rule["alert"] for rule in group["rules"]]
    assert len(names) == len(set(names))
    for rule in group["rules"]:
        assert rule["expr"].count("(") == rule["expr"].count(")")
        assert rule["annotations"]["summary"].endswith(".")


def test_the_service_starts_the_bot_as_its_own_user_and_leaves_a_copy_down_that_was_overtaken() -> None:
    service = unit(ROOT / "deploy" / "ilgam.service")["Service"]
    assert service["ExecStart"].endswith("/ilgam run")
    assert (service["User"], service["Restart"], service["RestartPreventExitStatus"]) == ("ilgam", "always", "3")
    assert service["WorkingDirectory"] == service["ReadWritePaths"] == f"/var/lib/{service['StateDirectory']}"
    backup = unit(ROOT / "deploy" / "ilgam-backup.service")["Service"]
    for name in ("User", "WorkingDirectory", "EnvironmentFile"):
        assert backup[name] == service[name]
    [folder] = re.findall(r'backup "([^$"]+)/\$', backup["ExecStart"])
    assert folder in backup["ReadWritePaths"].split()
    assert folder in backup["ExecStartPost"]


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_unit_has_sections_and_no_empty_lines_of_settings(path: Path) -> None:
    parsed = unit(path)
    assert parsed.has_section("Unit")
    assert parsed.has_section("Service") != parsed.has_section("Timer")


def test_the_containers_are_not_root_keep_their_state_and_ask_whether_they_are_ready() -> None:
    text = (ROOT / "Containerfile").read_text(encoding="utf-8")
    for line in re.findall(r"^COPY (.+)$", text, re.M):
        for source in line.split()[:-1]:
            assert (ROOT / source).exists(), source
    for room in ("bot", "handlers", "locales", "storage"):
        assert f"COPY {room} {room}\n" in text
    assert text.index("\nUSER ilgam\n") < text.index("\nENTRYPOINT")
    [state] = re.findall(r"^VOLUME (\S+)$", text, re.M)
    assert f"WORKDIR {state}\n" in text
    compose = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
    bot = compose["services"]["bot"]
    assert (ROOT / bot["build"]["dockerfile"]).exists()
    assert any(mount.split(":")[1] == state for mount in bot["volumes"])
    assert all("/readyz" in place for place in (text, bot["healthcheck"]["test"][-1]))
    assert all(port.startswith("127.0.0.1:") for port in bot["ports"])
    named = {mount.split(":")[0] for service in compose["services"].values() for mount in service["volumes"]}
    assert {name for name in named if not name.startswith(".")} == set(compose["volumes"])
    assert bot["depends_on"].keys() <= compose["services"].keys()
    assert bot["environment"]["ILGAM_DATABASE_URL"].endswith("@database/ilgam")


def test_the_proxies_keep_what_is_for_operators_inside() -> None:
    nginx = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    caddy = (ROOT / "deploy" / "Caddyfile").read_text(encoding="utf-8")
    for text in (nginx, caddy):
        assert text.count("{") == text.count("}")
        for path in ("/metrics", "/readyz", "/owner/", "/demo"):
            assert path in text
        assert "127.0.0.1:8080" in text
    assert "X-Forwarded-For" in nginx
    assert "location = /ws" in nginx
    assert "location /chat/file/ {\n        client_max_body_size 11m" in nginx, "files come through"
    assert "request_body /chat/file/* {\n\t\tmax_size 11MB" in caddy
