"""The documentation keeps up with the code: what can be set, done, asked or called has its entry, and a true one."""

import json
import re
import subprocess
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from releve import cli
from releve.agents import AGENTS
from releve.config.environment import SECRETS, Environment
from releve.core.acts import ACTS, TASK_KINDS, Ceiling, CreateTask
from releve.core.understanding import RED_FLAGS
from releve.demo.prepare import NAME, PASSWORD
from releve.practice.file import FIELDS, OPTIONAL, SOMETIMES
from tests.docs.pages import ROOT, anchors, blocks, links, markdown, reference, sections, table

PACKAGE = ROOT / "src" / "releve"
PAGES = markdown()
ROOMS = sorted(p.parent.name for p in PACKAGE.glob("*/__init__.py"))
CHANNELS = sorted(p.parent.name for p in PACKAGE.glob("channels/*/__init__.py"))
VERBS = next(a.choices for a in cli._parser()._actions if a.choices)


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


# --- the reference is complete ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", Environment.model_fields)
def test_setting(name: str) -> None:
    section = sections(reference("settings"))[f"RELEVE_{name.upper()}"]
    default = Environment.model_fields[name].default
    said = re.search(r"^Default: (.+)$", section, re.MULTILINE)
    assert said, "no line 'Default: ...'"
    if default == "":
        assert re.match("empty|made", said[1])
    else:
        assert said[1].startswith(f"`{str(default).lower() if isinstance(default, bool) else default}`")


def test_settings_that_do_not_exist_are_not_documented() -> None:
    documented = {s for s in sections(reference("settings")) if s.startswith("RELEVE_")}
    assert documented == {f"RELEVE_{name.upper()}" for name in Environment.model_fields}


@pytest.mark.parametrize("name", SECRETS)
def test_setting_that_may_be_kept_in_a_file(name: str) -> None:
    assert f"RELEVE_{name.upper()}" in sections(reference("settings"))["Settings"]


@pytest.mark.parametrize("kind", ACTS)
def test_act(kind: str) -> None:
    cls, section = ACTS[kind], sections(reference("acts"))[kind]
    assert f"- Identity: {', '.join(i.value for i in cls.identity)}\n" in section
    if cls.ceiling is Ceiling.STAFF:
        alone = "never; a signed-in person does it"
    elif cls.ceiling is Ceiling.PERSON:
        alone = "never; it always ends as a task for a person"
    elif issubclass(cls, CreateTask) or cls.housekeeping:
        alone = "always;"
    else:
        alone = "from a signed start-up record"
    assert f"- Alone: {alone}" in section


def test_kinds_of_task() -> None:
    assert set(table(sections(reference("acts"))["Kinds of task"])) == set(TASK_KINDS)


@pytest.mark.parametrize("kind", AGENTS)
def test_agent(kind: str) -> None:
    section = sections(reference("agents"))[kind]
    proposed = re.search(r"^- Proposes: (.+)$", section, re.MULTILINE)
    assert proposed
    source = Path(AGENTS[kind].__code__.co_filename).read_text(encoding="utf-8")
    made = {act for act, cls in ACTS.items() if re.search(rf"\b{cls.__name__}\b", source)}
    assert made <= set(re.findall(r"`(\w+)`", proposed[1]))


@pytest.mark.parametrize("verb", VERBS)
def test_verb(verb: str) -> None:
    section = sections(reference("commands"))[f"releve {verb}"]
    for action in VERBS[verb]._actions:
        if "--help" in action.option_strings:
            continue
        for word in (*action.option_strings, *(action.choices or ())):
            assert word in section


@pytest.mark.parametrize("room", [*ROOMS, *(f"channels.{c}" for c in CHANNELS)])
def test_room(room: str) -> None:
    assert room in sections(reference("rooms"))


def test_rooms_of_the_readme() -> None:
    told = table(sections((ROOT / "README.md").read_text(encoding="utf-8"))["How the house is built"])
    assert sorted(told) == ROOMS


@pytest.mark.parametrize("part", [name or "The file" for name in FIELDS])
def test_fields_of_the_practice_file(part: str) -> None:
    fields = FIELDS["" if part == "The file" else part]
    told = table(sections(reference("practice-file"))[part])
    assert sorted(told) == sorted(fields)
    if part != "The file":
        needed = {name for name in fields if name not in (*OPTIONAL, *SOMETIMES.get(part, ()))}
        assert {name for name, cells in told.items() if cells[0] == "required"} == needed


@pytest.mark.parametrize("category", RED_FLAGS)
def test_red_flag(category: str) -> None:
    data = tomllib.loads(files("releve.language.red_flags").joinpath("categories.toml").read_text(encoding="utf-8"))
    section = sections(reference("red-flags"))[category]
    assert f"Numbers: {', '.join(data[category]['numbers'])}." in section
    assert data[category]["text"] in section


# --- what the project says of itself ---------------------------------------------------------------------------------
def test_readme_says_how_to_sign_in() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"name {NAME}  password {PASSWORD}" in readme
    port = Environment.model_fields["port"].default
    assert f"http://127.0.0.1:{port}/connexion/" in readme


def test_readme_is_short() -> None:
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) <= 120


def test_targets_of_make_that_are_named_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    shell = [code for path in PAGES for language, code in blocks(path) if language == "sh"]
    named = {target for code in shell for target in re.findall(r"(?m)^make ([a-z-]+)", code)}
    assert named <= targets


def test_dependencies_are_those_of_requirements_in() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = (ROOT / "requirements.in").read_text(encoding="utf-8").splitlines()
    wanted = {line.split("#")[0].strip() for line in lines} - {""}
    assert set(project["dependencies"]) == {w for w in wanted if not w.startswith("hatchling")}


@pytest.mark.parametrize("path", sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md")), ids=name_of)
def test_decision_records_are_short_and_listed(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").split()) <= 400
    assert f"({path.name})" in (ROOT / "docs" / "decisions" / "README.md").read_text(encoding="utf-8")


# --- the pages hold together -----------------------------------------------------------------------------------------
@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_relative_links_resolve(path: Path) -> None:
    for link in links(path):
        file, _, anchor = link.partition("#")
        target = (path.parent / file).resolve() if file else path
        assert target.exists(), link
        assert target.is_relative_to(ROOT), link
        assert not anchor or anchor in anchors(target), link


def test_every_page_is_in_the_index() -> None:
    index = ROOT / "docs" / "README.md"
    listed = {(index.parent / link).resolve() for link in links(index)}
    pages = {p for p in (ROOT / "docs").rglob("*.md") if p.parent.name != "decisions"} - {index}
    assert pages <= listed


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_code_blocks_can_be_read(path: Path) -> None:
    for language, code in blocks(path):
        if language == "sh":
            done = subprocess.run(["bash", "-n"], input=code, text=True, capture_output=True)
            assert done.returncode == 0, done.stderr
            assert set(re.findall(r"(?m)(?:^|\| |bin/|=\S+ )releve ([a-z][a-z-]*)", code)) <= set(VERBS)
        if language == "python":
            compile(code, name_of(path), "exec")
        if language == "json":
            json.loads(code)
