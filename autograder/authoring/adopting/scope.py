"""What the names in a test mean: the notebook's, the test's own, or a package's; and how a check reaches each."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_OPERATORS = {
    ast.Add: "add",
    ast.Sub: "sub",
    ast.Mult: "mul",
    ast.Div: "truediv",
    ast.FloorDiv: "floordiv",
    ast.Mod: "mod",
    ast.Pow: "pow",
    ast.MatMult: "matmul",
    ast.Eq: "eq",
    ast.NotEq: "ne",
    ast.Lt: "lt",
    ast.LtE: "le",
    ast.Gt: "gt",
    ast.GtE: "ge",
}
_ASKED_THERE = frozenset({"str", "repr", "isinstance", "issubclass", "type", "int", "float", "hash", "abs", "dir"})
"""Functions of Python's own that must look at an object itself, which stays in the student's process."""


@dataclass(frozen=True)
class Notebook:
    """The names of a notebook: all that its cells give a value, those of them that are classes, and its imports: by
    name the line that brings it. `kept`: by name another one that keeps its value, where it has a new one later."""

    names: frozenset[str] = frozenset()
    classes: frozenset[str] = frozenset()
    imports: Mapping[str, str] = field(default_factory=dict)
    kept: Mapping[str, str] = field(default_factory=dict)

    def called(self, name: str) -> str:
        """By which name a check asks for what the task calls `name`."""
        return self.kept.get(name, name)


def imports_of(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Each name that an import somewhere in `tree` brings, with the line that brings it alone."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.asname or alias.name.partition(".")[0], ast.unparse(ast.Import([alias]))
        elif isinstance(node, ast.ImportFrom) and node.names[0].name != "*":
            for alias in node.names:
                yield alias.asname or alias.name, ast.unparse(ast.ImportFrom(node.module, [alias], node.level))


def dotted(node: ast.AST) -> str:
    """`np.random.seed` of the expression that reads so; nothing of any other."""
    parts = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return ".".join([node.id, *reversed(parts)]) if isinstance(node, ast.Name) else ""


def read_in(node: ast.AST) -> set[str]:
    """The names that are read somewhere in `node`."""
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Load)}


def inner_names(node: ast.AST) -> set[str]:
    """The names that parts of an expression bind for themselves: variables of comprehensions, arguments of lambdas."""
    found = {one.arg for part in ast.walk(node) if isinstance(part, ast.Lambda) for one in _arguments(part.args)}
    stored = (one for part in ast.walk(node) if isinstance(part, ast.comprehension) for one in ast.walk(part.target))
    return found | {one.id for one in stored if isinstance(one, ast.Name)}


def stored_in(nodes: Iterable[ast.AST]) -> set[str]:
    """The names that statements give a value in their own scope."""
    found = set[str]()
    for node in nodes:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.alias):
            found.add(node.asname or node.name.partition(".")[0])
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
        elif isinstance(node, ast.ExceptHandler) and node.name:
            found.add(node.name)
        if not isinstance(node, (*_FUNCTIONS, ast.ClassDef, *_COMPREHENSIONS)):
            found |= stored_in(ast.iter_child_nodes(node))
    return found


def read_before_stored(body: Iterable[ast.stmt], names: Iterable[str]) -> list[str]:
    """Those of `names` that the statements read before they give them a value of their own."""
    known, found = set[str](), list[str]()
    for node in body:
        early = read_in(node) | {
            one.target.id
            for one in ast.walk(node)
            if isinstance(one, ast.AugAssign) and isinstance(one.target, ast.Name)
        }
        found += [name for name in names if name in early and name not in known and name not in found]
        known |= stored_in([node])
    return found


def is_object(node: ast.expr, classes: Collection[str], objects: Collection[str]) -> bool:
    """Whether an expression gives an object of one of `classes`, as its text tells; `objects` are names of some."""
    if isinstance(node, ast.BinOp):
        return is_object(node.left, classes, objects) or is_object(node.right, classes, objects)
    made = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in classes
    return made or (isinstance(node, ast.Name) and node.id in objects)


class Asking(ast.NodeTransformer):
    """Lets the notebook's names be asked of the student: `x` becomes `student.x` where the test has no `x` itself.

    What is done to an object of a class that students write is done where the object is, through `stand_ins`.
    """

    def __init__(self, notebook: Notebook, own: Iterable[str], objects: Iterable[str]) -> None:
        self._notebook, self._objects = notebook, set(objects)
        self._scopes = [set(own)]

    def visit_Name(self, node: ast.Name) -> ast.expr:
        is_own = any(node.id in scope for scope in self._scopes)
        if is_own or node.id not in self._notebook.names or not isinstance(node.ctx, ast.Load):
            return node
        return ast.Attribute(ast.Name("student", ast.Load()), self._notebook.called(node.id), ast.Load())

    def visit_Compare(self, node: ast.Compare) -> ast.expr:
        left, right = self.is_object(node.left), self.is_object(node.comparators[0])
        new = self.generic_visit(node)
        assert isinstance(new, ast.Compare)
        if len(node.ops) != 1 or not (left or right):
            return new
        operator = node.ops[0]
        if isinstance(operator, ast.In | ast.NotIn) and right:
            inside = _applied("contains", new.comparators[0], new.left)
            return inside if isinstance(operator, ast.In) else ast.UnaryOp(ast.Not(), inside)
        name = _OPERATORS.get(type(operator))
        return _applied(name, new.left, new.comparators[0]) if name else new

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        is_of_objects = self.is_object(node)
        new = self.generic_visit(node)
        assert isinstance(new, ast.BinOp)
        name = _OPERATORS.get(type(node.op))
        return _applied(name, new.left, new.right) if name and is_of_objects else new

    def visit_Call(self, node: ast.Call) -> ast.expr:
        name = dotted(node.func)
        about = any(self.is_object(one) or self._is_class(one) for one in node.args)
        new = self.generic_visit(node)
        assert isinstance(new, ast.Call)
        return _applied(name, *new.args) if name in _ASKED_THERE and about and not node.keywords else new

    def is_object(self, node: ast.expr) -> bool:
        """Whether an expression gives an object of a class that students write."""
        return is_object(node, self._notebook.classes, self._objects)

    def _is_class(self, node: ast.expr) -> bool:
        return isinstance(node, ast.Name) and node.id in self._notebook.classes

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        return self._within(node, {one.arg for one in _arguments(node.args)} | stored_in(node.body))

    def visit_Lambda(self, node: ast.Lambda) -> ast.AST:
        return self._within(node, {one.arg for one in _arguments(node.args)})

    def visit_ListComp(self, node: ast.ListComp) -> ast.AST:
        return self._within(node, inner_names(node))

    def visit_SetComp(self, node: ast.SetComp) -> ast.AST:
        return self._within(node, inner_names(node))

    def visit_DictComp(self, node: ast.DictComp) -> ast.AST:
        return self._within(node, inner_names(node))

    def visit_GeneratorExp(self, node: ast.GeneratorExp) -> ast.AST:
        return self._within(node, inner_names(node))

    def _within(self, node: ast.AST, names: set[str]) -> ast.AST:
        self._scopes.append(names)
        try:
            return self.generic_visit(node)
        finally:
            self._scopes.pop()


def _applied(name: str, *things: ast.expr) -> ast.Call:
    """The question that `stand_ins.apply` asks where the objects are."""
    asked = ast.Attribute(ast.Name("stand_ins", ast.Load()), "apply", ast.Load())
    return ast.Call(asked, [ast.Constant(name), *things], [])


def _arguments(arguments: ast.arguments) -> list[ast.arg]:
    extra = [one for one in (arguments.vararg, arguments.kwarg) if one]
    return [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, *extra]
