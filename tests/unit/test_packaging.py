"""What a user meets before the first line of Python: make, Docker, `.env.example`."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from bot.settings import Settings

ROOT = Path(__file__).parents[2]
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
TARGETS = set(re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE))

FAKE_PYTHON = f"""#!/bin/sh
case "$*" in
  *"-m pip"*) echo "$*" >> pip-calls ;;
  *) exec "{sys.executable}" "$@" ;;
esac
"""
FAKE_CANCU = """#!/bin/sh
echo "cancu $* | $CANCU_DATA_DIR | ${CANCU_DATABASE_URL-unset}"
cat
"""

Make = Callable[..., "subprocess.CompletedProcess[str]"]


def text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def installed_stamps(project: Path) -> None:
    """Mark everything as installed, some time ago."""
    subprocess.run(["make", "-t", "install"], cwd=project, check=True, capture_output=True)
    for path in project.rglob("*"):
        os.utime(path, (1_700_000_000, 1_700_000_000))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The Makefile over a program and a Python that only tell how they were called."""
    for name in ("Makefile", "pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, tmp_path)
    programs = tmp_path / ".venv" / "bin"
    programs.mkdir(parents=True)
    for name, script in (("python", FAKE_PYTHON), ("cancu", FAKE_CANCU)):
        (programs / name).write_text(script)
        (programs / name).chmod(0o755)
    installed_stamps(tmp_path)
    return tmp_path


@pytest.fixture
def make(project: Path) -> Make:
    """Run make there, with nothing of our own environment but the path."""

    def run(*arguments: str, stdin: str = "", **environment: str) -> Any:
        return subprocess.run(
            ["make", *arguments],
            cwd=project,
            env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8", **environment},
            input=stdin,
            capture_output=True,
            text=True,
            timeout=60,
        )

    return run


class TestRun:
    def test_a_piped_question_reaches_the_chat_over_the_samples(self, make: Make) -> None:
        done = make("run", stdin="câu hỏi\n")
        assert done.stdout == "cancu ask | ./data/mau | \ncâu hỏi\n"
        assert "cancu index corpus/samples/documents | ./data/mau |" in done.stderr

    def test_an_office_s_own_documents_keep_the_usual_data_folder(self, make: Make) -> None:
        done = make("run", CORPUS="văn bản của xã")
        assert done.stdout == "cancu ask |  | unset\n"
        assert "cancu index văn bản của xã |  | unset" in done.stderr

    def test_with_a_token_the_bot_serves_what_is_indexed_already(self, make: Make) -> None:
        done = make("run", TELEGRAM_BOT_TOKEN="1:a")
        assert done.stdout == "cancu serve |  | unset\n"
        assert "index" not in done.stderr

    def test_with_a_token_and_a_folder_it_reads_the_folder_first(self, make: Make) -> None:
        done = make("run", "CORPUS=docs", TELEGRAM_BOT_TOKEN="1:a")
        assert "cancu index docs |" in done.stderr
        assert done.stdout.startswith("cancu serve")

    @pytest.mark.parametrize("line", ["TELEGRAM_BOT_TOKEN=1:a", 'export TELEGRAM_BOT_TOKEN="1:a"'])
    def test_the_token_may_stand_in_dotenv(self, make: Make, project: Path, line: str) -> None:
        (project / ".env").write_text(f"{line}\n")
        assert make("run").stdout.startswith("cancu serve")

    def test_an_empty_token_in_the_environment_beats_dotenv(
        self, make: Make, project: Path
    ) -> None:
        (project / ".env").write_text("TELEGRAM_BOT_TOKEN=1:a\n")
        assert make("run", TELEGRAM_BOT_TOKEN="").stdout.startswith("cancu ask")

    def test_the_template_of_dotenv_opens_the_terminal_chat(
        self, make: Make, project: Path
    ) -> None:
        shutil.copy(ROOT / ".env.example", project / ".env")
        assert make("run").stdout.startswith("cancu ask | ./data/mau |")

    def test_a_data_folder_of_the_environment_is_taken_as_it_is(self, make: Make) -> None:
        assert make("run", CANCU_DATA_DIR="elsewhere").stdout == "cancu ask | elsewhere | unset\n"

    def test_samples_never_get_into_the_data_that_dotenv_names(
        self, make: Make, project: Path
    ) -> None:
        (project / ".env").write_text("CANCU_DATA_DIR=office\nCANCU_DATABASE_URL=sqlite:///o.db\n")
        assert make("run").stdout == "cancu ask | office/mau | \n"

    def test_when_reading_fails_no_chat_opens(self, make: Make, project: Path) -> None:
        (project / ".venv/bin/cancu").write_text("#!/bin/sh\necho no >&2; [ $1 = ask ]\n")
        done = make("run")
        assert done.returncode == 2
        assert done.stdout == ""


class TestInstall:
    def test_a_second_run_installs_nothing(self, make: Make, project: Path) -> None:
        assert make("install").returncode == 0
        assert not (project / "pip-calls").exists()

    @pytest.mark.parametrize("changed", ["pyproject.toml", "constraints.txt"])
    def test_other_versions_are_installed(self, make: Make, project: Path, changed: str) -> None:
        (project / changed).touch()
        make("install")
        assert "-c constraints.txt -e ." in (project / "pip-calls").read_text()
        (project / "pip-calls").unlink()
        make("install")
        assert not (project / "pip-calls").exists()

    def test_torch_comes_first_and_alone_with_its_options(self, make: Make, project: Path) -> None:
        (project / "constraints.txt").touch()
        make("install", "TORCH_FLAGS=--find-links wheels")
        first, *others = (project / "pip-calls").read_text().splitlines()
        assert first.endswith("--find-links wheels torch==2.13.0")
        assert not any("wheels" in call for call in others)

    def test_a_failed_installation_is_tried_again(self, make: Make, project: Path) -> None:
        (project / "pyproject.toml").touch()
        (project / ".venv/bin/python").write_text("#!/bin/sh\nexit 1\n")
        assert [make("install").returncode, make("install").returncode] == [2, 2]

    @pytest.mark.parametrize(
        ("script", "told"),
        [
            ("exit 1", "Cần Python 3.11 trở lên"),
            ('case "$*" in *ensurepip*) exit 1;; esac', "thiếu mô-đun venv"),
        ],
    )
    def test_an_unfit_python_ends_in_one_sentence(
        self, make: Make, project: Path, script: str, told: str
    ) -> None:
        shutil.rmtree(project / ".venv")
        (project / "python").write_text(f"#!/bin/sh\n{script}\n")
        (project / "python").chmod(0o755)
        done = make("install", "PYTHON=./python ./nowhere")
        said = [line for line in done.stderr.splitlines() if not line.startswith("make")]
        assert done.returncode == 2
        assert len(said) == 1
        assert told in said[0]


class TestFiles:
    @pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", ".ci/run"])
    def test_a_target_that_a_document_names_exists(self, name: str) -> None:
        named = set(
            re.findall(r"^make ([a-z]+)|`(?:\w+= )?make ([a-z]+)", text(name), re.MULTILINE)
        )
        assert named
        assert {one or other for one, other in named} <= TARGETS

    def test_the_promised_targets_are_there_and_are_no_files(self) -> None:
        phony = set(re.findall(r"^\.PHONY: (.+)$", MAKEFILE, re.MULTILINE)[0].split())
        assert {"install", "run", "test", "check", "bench", "clean", "help"} <= TARGETS
        assert phony == TARGETS

    def test_hooks_and_ci_run_make_targets(self) -> None:
        repos = yaml.safe_load(text(".pre-commit-config.yaml"))["repos"]
        entries = [hook["entry"] for repo in repos for hook in repo["hooks"]]
        ci = re.findall(r"^make .+$", text(".ci/run"), re.MULTILINE)
        assert entries == ["make check"]
        assert ci == ["make check", "make test"]

    def test_every_setting_stands_in_the_template(self) -> None:
        prefix = {"telegram_bot_token": ""}
        names = {prefix.get(name, "CANCU_") + name.upper() for name in Settings.model_fields}
        assert names <= set(re.findall(r"^(?:# )?([A-Z_]+)=", text(".env.example"), re.MULTILINE))

    def test_versions_are_exact_sorted_and_of_no_one_machine(self) -> None:
        lines = [line for line in text("constraints.txt").splitlines() if not line.startswith("#")]
        assert {"torch==2.13.0", "python-telegram-bot==22.8"} <= set(lines)
        assert all(re.fullmatch(r"[\w.-]+==[\w.]+", line) for line in lines)
        assert lines == sorted(lines, key=str.lower)


@pytest.fixture
def schema() -> Any:
    """The schema of the Compose specification, as check-jsonschema ships it."""
    shipped = files("check_jsonschema") / "builtin_schemas" / "vendor" / "compose-spec.json"
    return json.loads(shipped.read_text("utf-8"))


@pytest.fixture
def compose() -> Any:
    return yaml.safe_load(text("docker-compose.yml"))


class TestCompose:
    def test_it_keeps_to_the_specification(self, schema: Any, compose: Any) -> None:
        jsonschema.validate(compose, schema)

    def test_the_specification_would_tell_a_slip(self, schema: Any, compose: Any) -> None:
        compose["services"]["bot"]["volume"] = compose["services"]["bot"].pop("volumes")
        with pytest.raises(jsonschema.ValidationError, match="volume"):
            jsonschema.validate(compose, schema)

    @pytest.mark.parametrize("service", ["bot", "model"])
    def test_a_service_can_change_nothing_but_its_data(self, compose: Any, service: str) -> None:
        it = compose["services"][service]
        writable = [v for v in it["volumes"] if isinstance(v, str) or not v.get("read_only")]
        assert it["read_only"] is True
        assert it["cap_drop"] == ["ALL"]
        assert it["security_opt"] == ["no-new-privileges:true"]
        assert writable == (["data:/data"] if service == "bot" else [])

    def test_the_model_is_optional_and_has_no_way_out(self, compose: Any) -> None:
        model = compose["services"]["model"]
        assert model["profiles"] == ["model"]
        assert all((compose["networks"][name] or {}).get("internal") for name in model["networks"])
        assert "ports" not in model
