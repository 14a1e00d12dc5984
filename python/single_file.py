#!/usr/bin/env python3
# Copyright 2026-present the shmbeans authors
#
# Licensed under the Apache License, Version 2.0 (the "License");
# you may not use this file except in compliance with the License.
# You may obtain a copy of the License at
#
#      https://www.apache.org/licenses/LICENSE-2.0
#
# Unless required by applicable law or agreed to in writing, software
# distributed under the License is distributed on an "AS IS" BASIS,
# WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
# See the License for the specific language governing permissions and
# limitations under the License.
"""Makes one file of the package, for those who copy it: ``python3 single_file.py shmbeans.py``."""

import ast
import collections
import pathlib
import sys
from typing import Dict, Iterator, List, Set

PACKAGE = pathlib.Path(__file__).resolve().parent / "src" / "shmbeans"


class Module:
    """A module of the package. All modules share one namespace in the single file."""

    def __init__(self, path: pathlib.Path) -> None:
        self.name = path.stem
        text = path.read_text("utf-8")
        self._lines = text.splitlines()
        self._tree = ast.parse(text)
        self._head = self._tree.body[0].end_lineno
        self.imports = [node for node in self._tree.body if is_import(node) and not is_internal(node)]
        self.needs = [node.module for node in self._tree.body if is_internal(node)]

    @property
    def head(self) -> str:
        """The licence and the docstring."""
        return "\n".join(self._lines[:self._head])

    def names(self) -> Iterator[str]:
        """The names of its own."""
        for node in self._tree.body:
            if isinstance(node, (ast.ClassDef, ast.FunctionDef)):
                yield node.name
            elif isinstance(node, (ast.Assign, ast.AnnAssign)):
                yield node.targets[0].id if isinstance(node, ast.Assign) else node.target.id

    def body(self) -> str:
        """Everything but the head, the imports at the top, and whatever is imported of other modules."""
        dropped: Set[int] = set(range(1, self._head + 1))
        for node in ast.walk(self._tree):
            if is_internal(node) or node in self.imports or is_for_checkers(node):
                dropped.update(range(node.lineno, node.end_lineno + 1))
                if node.col_offset and not self._lines[node.end_lineno]:
                    dropped.add(node.end_lineno + 1)
        return "\n".join(line for number, line in enumerate(self._lines, 1) if number not in dropped).strip("\n")


def is_import(node: ast.AST) -> bool:
    return isinstance(node, (ast.Import, ast.ImportFrom))


def is_internal(node: ast.AST) -> bool:
    return isinstance(node, ast.ImportFrom) and node.level > 0


def is_for_checkers(node: ast.AST) -> bool:
    """Whether it only tells type checkers what a name is."""
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def in_order(modules: Dict[str, Module]) -> List[Module]:
    """Each module after those that it needs; the program is the last."""
    found: List[Module] = []

    def add(module: Module) -> None:
        if module not in found:
            for name in module.needs:
                add(modules[name])
            found.append(module)

    add(modules["__init__"])
    add(modules["__main__"])
    unused = set(modules) - {module.name for module in found}
    if unused:
        raise ValueError(f"Expected all modules to be imported, found that nobody imports {', '.join(sorted(unused))}")
    return found


def require_unique_names(modules: List[Module]) -> None:
    count = collections.Counter(name for module in modules for name in module.names())
    twice = sorted(name for name in count if count[name] > 1)
    if twice:
        raise ValueError(f"Expected a name in one module only, found twice: {', '.join(twice)}. Rename one of them")


def merged_imports(modules: List[Module]) -> str:
    plain: Set[str] = set()
    names: Dict[str, Set[str]] = collections.defaultdict(set)
    for node in (node for module in modules for node in module.imports):
        (plain if isinstance(node, ast.Import) else names[node.module]).update(alias.name for alias in node.names)
    return "\n".join([f"import {name}" for name in sorted(plain)]
                     + [f"from {name} import ({', '.join(sorted(names[name]))})" for name in sorted(names)])


def single_file() -> str:
    modules = in_order({path.stem: Module(path) for path in PACKAGE.glob("*.py")})
    require_unique_names(modules)
    head = next(module.head for module in modules if module.name == "__init__")
    bodies = "\n\n\n".join(f"# --- {module.name} ---\n\n{module.body()}" for module in modules)
    return f"#!/usr/bin/env python3\n{head}\n\n{merged_imports(modules)}\n\n{bodies}\n"


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    pathlib.Path(sys.argv[1]).write_text(single_file(), "utf-8")
