"""Imports go one way, `units ← directives ← reporting ← portal`, and other laws of the house.

The rules walk the syntax tree, so that an import inside a function, under TYPE_CHECKING or through
`import_module("…")` counts like one at the top of a file.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
APPS = ("units", "directives", "reporting", "portal")
NAMELESS = {"utils", "util", "helpers", "helper", "services", "service", "common", "misc"}
# Where a task may be called or imported from inside an app: the edges of it.
EDGES = ("tasks", "views", "management", "demo", "urls", "apps", "admin")


@dataclass(frozen=True)
class Import:
    """One import: in `module` (dotted), on `line`, of `target` (dotted; a module of ours where it is one)."""

    module: str
    line: int
    target: str

    def __str__(self) -> str:
        return f"{self.module}:{self.line} imports {self.target}"


class Tree:
    """The Python modules of the apps below a folder, and what they import."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.files = {self._name(path): path for app in APPS for path in sorted((root / app).rglob("*.py"))}
        self.imports = [found for module in self.files for found in self._imports_of(module)]

    def _name(self, path: Path) -> str:
        parts = path.relative_to(self.root).with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    def _imports_of(self, module: str) -> Iterator[Import]:
        path = self.files[module]
        package = module if path.name == "__init__.py" else module.rpartition(".")[0]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), str(path))):
            for target in self._targets(node, package):
                yield Import(module, node.lineno, target)

    def _targets(self, node: ast.AST, package: str) -> list[str]:
        if isinstance(node, ast.Import):
            return [alias.name for alias in node.names]
        if isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = package.split(".")
                above = above[: len(above) - node.level + 1]
                base = ".".join([*above, *([base] if base else [])])
            return [self._module_or_parent(f"{base}.{alias.name}", base) for alias in node.names]
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in {"import_module", "__import__", "import_string"} and isinstance(
                node.args[0].value, str
            ):
                return [node.args[0].value]
        return []

    def _module_or_parent(self, name: str, parent: str) -> str:
        """`from a import b` imports a.b where that is a module, else a."""
        return name if name in self.files else parent

    def inside(self, app: str) -> dict[str, set[str]]:
        """Module → modules of the same app it imports. That a.b loads a/__init__ too does not count."""
        graph: dict[str, set[str]] = {name: set() for name in self.files if name.split(".")[0] == app}
        for found in self.imports:
            if found.module in graph and found.target in graph and found.target != found.module:
                graph[found.module].add(found.target)
        return graph


def against_the_stream(tree: Tree) -> list[str]:
    """Imports of an app that stands after the importing one."""
    rank = {app: place for place, app in enumerate(APPS)}
    wrong = []
    for found in tree.imports:
        source, target = found.module.split(".")[0], found.target.split(".")[0]
        if rank.get(target, -1) > rank[source]:
            wrong.append(str(found))
    return wrong


def rings(graph: dict[str, set[str]]) -> list[list[str]]:
    """Rings of modules that import each other, each as the path that closes; depth first, three colours."""
    done: set[str] = set()
    found: list[list[str]] = []

    def visit(module: str, path: list[str]) -> None:
        if module in path:
            found.append([*path[path.index(module) :], module])
            return
        if module in done:
            return
        for target in sorted(graph[module]):
            visit(target, [*path, module])
        done.add(module)

    for module in sorted(graph):
        visit(module, [])
    return found


def weasyprint_elsewhere(tree: Tree) -> list[str]:
    """Imports of weasyprint outside reporting/documents/."""
    return [
        str(found)
        for found in tree.imports
        if found.target.split(".")[0] == "weasyprint" and not found.module.startswith("reporting.documents")
    ]


def tasks_from_domain(tree: Tree) -> list[str]:
    """Imports of an app's tasks by its domain modules."""
    wrong = []
    for found in tree.imports:
        app, _, rest = found.module.partition(".")
        of_tasks = found.target.split(".")[0] in APPS and "tasks" in found.target.split(".")[1:]
        if of_tasks and app != "portal" and rest.split(".")[0] not in EDGES:
            wrong.append(str(found))
    return wrong


def nameless(folder: Path) -> list[str]:
    """Files and folders named after no thing of the business, anywhere but in third-party code."""
    wrong = []
    for top in (*APPS, "tests", "script"):
        for path in sorted((folder / top).rglob("*")):
            if "node_modules" in path.parts:
                continue
            of_ours = path.is_dir() or path.suffix in {".py", ".sh", ".html", ""}
            if of_ours and path.stem.lower() in NAMELESS:
                wrong.append(str(path.relative_to(folder)))
    return wrong


@pytest.fixture(scope="module")
def project() -> Tree:
    return Tree(ROOT)


def test_every_app_is_read(project: Tree) -> None:
    assert {name.split(".")[0] for name in project.files} == set(APPS)
    assert any(found.target.startswith("django") for found in project.imports)


def test_imports_go_one_way(project: Tree) -> None:
    assert against_the_stream(project) == []


@pytest.mark.parametrize("app", APPS)
def test_no_ring_inside_an_app(project: Tree, app: str) -> None:
    assert rings(project.inside(app)) == []


def test_weasyprint_only_in_documents(project: Tree) -> None:
    assert weasyprint_elsewhere(project) == []


def test_domain_modules_do_not_import_tasks(project: Tree) -> None:
    assert tasks_from_domain(project) == []


def test_files_are_named_after_a_thing(project: Tree) -> None:
    assert nameless(ROOT) == []


def made(folder: Path, **sources: str) -> Tree:
    """A small project: `reporting__models__round="…"` is reporting/models/round.py."""
    for app in APPS:
        (folder / app).mkdir()
        (folder / app / "__init__.py").touch()
    for name, source in sources.items():
        path = folder.joinpath(*name.split("__")).with_suffix(".py")
        path.parent.mkdir(parents=True, exist_ok=True)
        (path.parent / "__init__.py").touch()
        path.write_text(source)
    return Tree(folder)


@pytest.mark.parametrize(
    "source",
    [
        "import reporting.models",
        "from reporting import models",
        "from reporting.models import Round",
        "def late():\n    from reporting.models import Round",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from reporting.models import Round",
        "import importlib\nimportlib.import_module('reporting.models')",
        "try:\n    import portal.settings\nexcept ImportError:\n    pass",
    ],
)
def test_an_import_against_the_stream_is_seen(tmp_path: Path, source: str) -> None:
    assert len(against_the_stream(made(tmp_path, directives__queries=source, reporting__models=""))) == 1


@pytest.mark.parametrize(
    "source", ["from units.models import Unit", "import django", "from . import codes", ""]
)
def test_an_import_with_the_stream_passes(tmp_path: Path, source: str) -> None:
    tree = made(tmp_path, directives__queries=source, directives__codes="", units__models="")
    assert against_the_stream(tree) == []


@pytest.mark.parametrize(
    ("sources", "ring"),
    [
        (
            {"units__a": "from units import b", "units__b": "def f():\n    import units.a"},
            ["units.a", "units.b"],
        ),
        ({"units__a": "from .b import x", "units__b": "from .c import x", "units__c": "from . import a"}, 3),
        ({"units__models__x": "from . import y", "units__models__y": "from .x import X"}, 2),
    ],
)
def test_a_ring_is_seen(tmp_path: Path, sources: dict[str, str], ring: list[str] | int) -> None:
    (found,) = rings(made(tmp_path, **sources).inside("units"))
    assert found[0] == found[-1]
    assert len(found) - 1 == (ring if isinstance(ring, int) else len(ring))


def test_a_package_that_gathers_its_modules_is_no_ring(tmp_path: Path) -> None:
    tree = made(tmp_path, units__models__x="from units.models.y import Y", units__models__y="")
    (tmp_path / "units/models/__init__.py").write_text("from .x import X\nfrom .y import Y\n")
    assert rings(Tree(tmp_path).inside("units")) == []
    assert tree.inside("units")["units.models.x"] == {"units.models.y"}


def test_weasyprint_elsewhere_is_seen(tmp_path: Path) -> None:
    tree = made(
        tmp_path,
        reporting__documents__pdf="import weasyprint",
        reporting__views="def f():\n    from weasyprint.urls import URLFetcher",
    )
    assert weasyprint_elsewhere(tree) == ["reporting.views:2 imports weasyprint.urls"]


def test_a_task_imported_by_a_domain_module_is_seen(tmp_path: Path) -> None:
    tree = made(
        tmp_path,
        reporting__tasks="",
        reporting__views__round="from reporting.tasks import tick",
        reporting__submitting="def f():\n    from reporting import tasks",
    )
    assert tasks_from_domain(tree) == ["reporting.submitting:2 imports reporting.tasks"]


@pytest.mark.parametrize(
    ("name", "seen"), [("utils.py", True), ("services", True), ("common.html", True), ("rounds.py", False)]
)
def test_a_nameless_file_is_seen(tmp_path: Path, name: str, seen: bool) -> None:
    made(tmp_path)
    (tmp_path / "units" / name).touch()
    assert nameless(tmp_path) == ([f"units/{name}"] if seen else [])
