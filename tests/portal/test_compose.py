"""docker-compose.yml fits the published schema and keeps what production relies on.

No container is started here: the processes themselves are tested natively in test_server.py.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import environ
import pytest
import yaml
from jsonschema import Draft202012Validator

ROOT = Path(__file__).resolve().parents[2]
OURS = ("web", "worker", "scheduler", "migrate")


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    return json.loads((Path(__file__).parent / "schema/compose-spec.json").read_text(encoding="utf-8"))


def example() -> dict[str, str]:
    """The assignments of .env.example."""
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def test_it_fits_the_compose_schema(compose: dict[str, Any], schema: dict[str, Any]) -> None:
    Draft202012Validator.check_schema(schema)
    problems = [
        f"{error.json_path}: {error.message}" for error in Draft202012Validator(schema).iter_errors(compose)
    ]
    assert problems == []


@pytest.mark.parametrize(
    ("path", "value"),
    [(("services", "web", "read_onyl"), True), (("services", "web", "cap_drop"), "ALL"), (("servces",), {})],
)
def test_the_schema_refuses_a_slip(
    compose: dict[str, Any], schema: dict[str, Any], path: tuple[str, ...], value: object
) -> None:
    broken = json.loads(json.dumps(compose))
    place = broken
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    assert list(Draft202012Validator(schema).iter_errors(broken)) != []


def test_the_services_are_those_of_the_portal(compose: dict[str, Any]) -> None:
    assert set(compose["services"]) == {"db", "redis", *OURS}
    assert compose["services"]["db"]["image"] == "postgres:16"
    assert compose["services"]["redis"]["image"] == "redis:7"


@pytest.mark.parametrize("name", OURS)
def test_our_containers_may_do_little(compose: dict[str, Any], name: str) -> None:
    service = compose["services"][name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["user"] == "10001"
    assert service["volumes"] == ["portal-data:/data"]
    assert service["env_file"] == ".env"


@pytest.mark.parametrize("name", ["db", "redis"])
def test_database_and_redis_keep_what_their_images_need(compose: dict[str, Any], name: str) -> None:
    assert {"read_only", "cap_drop", "user"}.isdisjoint(compose["services"][name])


@pytest.mark.parametrize("name", ["db", "redis", "web", "worker", "scheduler"])
def test_everything_that_stays_up_has_a_health_check(compose: dict[str, Any], name: str) -> None:
    assert compose["services"][name]["healthcheck"]["test"][0] == "CMD"
    assert compose["services"][name]["restart"] == "unless-stopped"


@pytest.mark.parametrize("name", ["web", "worker", "scheduler"])
def test_the_portal_starts_after_the_migration(compose: dict[str, Any], name: str) -> None:
    assert compose["services"][name]["depends_on"]["migrate"] == {
        "condition": "service_completed_successfully"
    }


def test_only_the_web_is_reachable_and_only_from_this_machine(compose: dict[str, Any]) -> None:
    ports = {name: service.get("ports") for name, service in compose["services"].items()}
    assert ports == {**dict.fromkeys(ports), "web": ["127.0.0.1:8000:8000"]}


def test_secrets_come_from_the_environment_file(compose: dict[str, Any]) -> None:
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    assert compose["services"]["db"]["environment"]["POSTGRES_PASSWORD"].startswith("${POSTGRES_PASSWORD:?")
    assert not re.search(r"(?i)(secret_key|password): *['\"]?[a-z0-9]", text)


def test_the_example_names_the_services_of_the_file() -> None:
    values = example()
    database = environ.Env.db_url_config(values["DATABASE_URL"])
    assert (database["HOST"], database["NAME"], database["USER"]) == ("db", "portal", "portal")
    assert database["PASSWORD"] == values["POSTGRES_PASSWORD"]
    assert values["REDIS_URL"] == "redis://redis:6379/0"


def test_the_image_takes_its_base_as_an_argument(compose: dict[str, Any]) -> None:
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    assert "ARG BASE_IMAGE=python:3.12-slim-bookworm" in lines
    assert [line for line in lines if line.startswith("FROM ")] == ["FROM ${BASE_IMAGE}"]
    assert compose["services"]["web"]["build"]["args"] == {
        "BASE_IMAGE": "${BASE_IMAGE:-python:3.12-slim-bookworm}"
    }


def test_the_image_holds_what_the_portal_is_made_of() -> None:
    kept = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    assert {"units", "directives", "reporting", "portal", "static", "templates", "manage.py"} <= kept
    assert kept.isdisjoint({".env", "var", ".git", "tests"})
    assert all((ROOT / name).exists() for name in kept)


def check_deploy(folder: Path, values: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """`manage.py check --deploy` with nothing but these settings; every warning counts."""
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "DATA_DIR": str(folder), **values},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_production_settings_of_the_example_are_clean(tmp_path: Path) -> None:
    found = check_deploy(tmp_path, example())
    assert (found.returncode, found.stderr) == (0, "")
    assert "System check identified no issues (0 silenced)." in found.stdout


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"SECURE": "0"}, "security.W008"),
        ({"DEBUG": "1"}, "security.W018"),
        ({"SITE_URL": "http://bao-cao.example.com"}, "portal.W001"),
        ({"SITE_URL": "https://elsewhere.example.com"}, "portal.E002"),
        ({"EMAIL_URL": "consolemail://"}, "portal.W004"),
        ({"DATABASE_URL": "sqlite:////tmp/never-made.sqlite3"}, "portal.W002"),
        ({"CELERY_BROKER_URL": "filesystem://"}, "portal.W003"),
    ],
)
def test_a_setting_that_is_not_for_production_is_told(
    tmp_path: Path, change: dict[str, str], told: str
) -> None:
    found = check_deploy(tmp_path, example() | change)
    assert found.returncode == 1
    assert told in found.stderr
