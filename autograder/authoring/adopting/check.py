"""A test cell of an old notebook as check functions of ours, statement by statement, in its own order."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Sequence

from autograder.authoring.adopting.expectation import Terms, expected, raises
from autograder.authoring.adopting.look import Look
from autograder.authoring.adopting.master import TestCell
from autograder.authoring.adopting.scope import Notebook, dotted, read_in, stored_in

_SEEDS = re.compile(r"(?:^|\.)(?:random\.seed|manual_seed|seed)$")
_CLOCKS = frozenset({"time", "perf_counter", "process_time", "monotonic", "default_timer", "time_ns", "timeit"})
_SHOWS = frozenset({"print", "display", "pprint"})
_ANY = ("Exception", "BaseException")
_TEXT_ONLY = {
    "getsource": "how the code is written",
    "getsourcelines": "how the code is written",
    "signature": "how the function is declared",
    "gca": "the picture that was drawn last",
    "gcf": "the picture that was drawn last",
    "get_ipython": "the notebook's own machinery",
    "redirect_stdout": "what is printed",
    "input": "what somebody types",
    "eval": "text that is run as code",
    "exec": "text that is run as code",
}
_REMEDIES = {
    "how the code is written": "Checks look at what code does: call it in a way that shows the difference.",
    "how the function is declared": "Call it with the arguments that it must take.",
    "the picture that was drawn last": "Let the task keep the axes under a name, and ask `student.NAME.get_title()`.",
    "the notebook's own machinery": "Leave it out, or ask for a name by `student.NAME`.",
    "what is printed": "Take `stand_ins.printed(student.NAME, …)`: it gives what a call prints.",
    "what somebody types": "Let the function take an argument instead.",
    "text that is run as code": "Write the call itself.",
}


class Converter:
    """Converts the statements of one test cell, and keeps what it met on the way. `stub` gives hints their ids."""

    def __init__(self, stub: str, test: TestCell, notebook: Notebook, hint_at: int = 1) -> None:
        self._stub, self._test, self._notebook = stub, test, notebook
        self.terms = Terms(notebook.names, classes=notebook.classes)
        self.hints: dict[str, str] = {}
        self.looks: list[Look] = []
        self.notes: list[str] = []
        self._hint_at, self._clocks, self._buffers = hint_at, set[str](), set[str]()

    def lines(self, body: Iterable[ast.stmt]) -> list[ast.stmt]:
        """What becomes of statements that follow each other."""
        return [new for node in body for new in self.statement(node)]

    def statement(self, node: ast.stmt) -> list[ast.stmt]:
        """What becomes of one statement: none, one or some; a remark where it wants a look."""
        found = self._converted(node)
        for made in found:
            self._learn(made)
        return found

    def _converted(self, node: ast.stmt) -> list[ast.stmt]:
        if self._buffers:
            node = _Buffered(self._buffers).visit(node)
        if why := self._unmappable(node):
            return self.marked(node, *why)
        match node:
            case ast.Import() | ast.ImportFrom() | ast.Pass():
                return []
            case ast.Assert(test=test, msg=message):
                return self._expected(test, message)
            case ast.Expr(value=ast.Call() as call):
                return self._called(node, call)
            case ast.Expr(value=ast.Constant()):
                return []
            case ast.Try():
                return self._tried(node)
            case ast.With():
                return self._with(node)
            case ast.For() | ast.While() | ast.If():
                self._learn_targets(node)
                node.body, node.orelse = self.lines(node.body) or [ast.Pass()], self.lines(node.orelse)
                return [node]
            case ast.FunctionDef():
                inner = Converter(self._stub, self._test, self._notebook, self._hint_at + len(self.hints))
                inner.terms.values |= {one.arg for one in ast.walk(node.args) if isinstance(one, ast.arg)}
                inner.terms.values |= self.terms.values
                inner.terms.notebook = inner.terms.notebook - inner.terms.values
                node.body = inner.lines(node.body) or [ast.Pass()]
                self._take(inner)
                return [node]
            case ast.Assign() | ast.AnnAssign() if self._is_clock(node):
                return []
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call(func=made, args=[])) if (
                _last(made) == "StringIO"
            ):
                self._buffers.add(name)
                return []
            case ast.ClassDef() if any("TestCase" in ast.unparse(base) for base in node.bases):
                remedy = "Write each of its methods as a function with @points."
                return self.marked(node, "A class of tests.", remedy)
            case _:
                return [node]

    # --- what a test knows by now

    def _learn(self, node: ast.stmt) -> None:
        """Notes what names of the test's own stand for from here on."""
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                self._mean(name, value)
            case ast.Assign(targets=[ast.Tuple(elts=parts)], value=value):
                for at, part in enumerate(parts):
                    if isinstance(part, ast.Name):
                        self._mean(part.id, ast.Subscript(value, ast.Constant(at), ast.Load()))

    def _mean(self, name: str, value: ast.expr) -> None:
        self.terms.values.discard(name)
        old = self.terms.meaning.pop(name, None)
        is_self = name in read_in(value)
        if self.terms.is_object(value):
            self.terms.objects.add(name)
        if self.terms.is_asked(value) and not (is_self and old is None and name not in self._notebook.names):
            self.terms.meaning[name] = value if not is_self else ast.Name(name, ast.Load())
        else:
            self.terms.values.add(name)

    def _learn_targets(self, node: ast.stmt) -> None:
        if isinstance(node, ast.For):
            names = {one.id for one in ast.walk(node.target) if isinstance(one, ast.Name)}
            self.terms.values |= names
            for name in names:
                self.terms.meaning.pop(name, None)

    def _take(self, inner: Converter) -> None:
        self.hints |= inner.hints
        self.looks += inner.looks
        self.notes += inner.notes

    # --- statements

    def _expected(self, test: ast.expr, message: ast.expr | None) -> list[ast.stmt]:
        self.terms.said, self.terms.remark = self._said(message)
        if self._reads_clock(test):
            remedy = "The check's own limit is `seconds=20.0` in its @points: set one that slow answers do not keep."
            return self.marked(ast.Assert(test, None), "It measures time by a clock.", remedy, line=test.lineno)
        return _parsed(expected(test, self.terms))

    def _said(self, message: ast.expr | None) -> tuple[str, ast.expr | None]:
        """The id of the hint that a failure message becomes; or the message where it is put together as it fails."""
        text = message.value if isinstance(message, ast.Constant) else self._test.failure if message is None else ""
        if isinstance(text, str) and text.strip():
            known = {told: name for name, told in self.hints.items()}
            name = known.get(text.strip(), f"{self._stub}-{self._hint_at + len(self.hints)}")
            self.hints[name] = text.strip()
            return name, None
        return "", message if not isinstance(message, ast.Constant) else None

    def _called(self, node: ast.Expr, call: ast.Call) -> list[ast.stmt]:
        name = dotted(call.func).rpartition(".")[2]
        if name in _SHOWS:
            return []
        is_loosened = name in _OF_TABLES and any(one.arg not in ("msg", "obj") for one in call.keywords)
        if name in _ASSERTIONS and not is_loosened:
            test, message = _ASSERTIONS[name](list(call.args), {str(one.arg): one.value for one in call.keywords})
            return self._expected(ast.copy_location(test, call), message)
        if name in ("assertRaises", "assert_raises", "raises") and len(call.args) > 1:
            asked = ast.Call(call.args[1], call.args[2:], call.keywords)
            return self._raises(asked, _kinds(call.args[0]))
        if _SEEDS.search(dotted(call.func)):
            return [node, *_parsed(f"stand_ins.seed({', '.join(map(ast.unparse, call.args))})")]
        return [node]

    def _raises(self, call: ast.expr, kinds: Sequence[str]) -> list[ast.stmt]:
        self.terms.said, self.terms.remark = self._said(None)
        return _parsed(raises(call, kinds, self.terms))

    def _with(self, node: ast.With) -> list[ast.stmt]:
        context = node.items[0].context_expr
        name = _last(context.func) if isinstance(context, ast.Call) else ""
        match node:
            case ast.With(
                items=[ast.withitem(ast.Call(args=[ast.Name(id=buffer)]))], body=[ast.Expr(ast.Call() as call)]
            ):
                if name == "redirect_stdout" and buffer in self._buffers:
                    asked = ast.Call(ast.Name("stand_ins.printed", ast.Load()), [call.func, *call.args], call.keywords)
                    return _parsed(f"{buffer} = {ast.unparse(asked)}")
        if name == "redirect_stdout":
            return self.marked(node, f"It asks for {_TEXT_ONLY[name]}.", _REMEDIES[_TEXT_ONLY[name]])
        if name in ("raises", "assertRaises", "assert_raises") and isinstance(context, ast.Call):
            last = node.body[-1]
            value = getattr(last, "value", None)
            if isinstance(value, ast.expr) and node.items[0].optional_vars is None and not context.keywords:
                return [*self.lines(node.body[:-1]), *self._raises(value, _kinds(context.args[0]))]
            return self.marked(
                node, "It looks into an error.", "Take `except StudentError as error` and its `failure`."
            )
        node.body = self.lines(node.body) or [ast.Pass()]
        return [node]

    def _tried(self, node: ast.Try) -> list[ast.stmt]:
        """`try` around student code: what it raises is known here by the name of its kind."""
        if simple := self._must_raise(node):
            return simple
        typed = [one for one in node.handlers if one.type and not {*_ANY, "AssertionError"} & {*_kinds(one.type)}]
        if len(typed) > 1:
            return self.marked(node, "It tells several kinds of errors apart.", "Ask `error.failure.kind` for each.")
        for handler in typed:
            assert handler.type is not None
            kinds = _kinds(handler.type)
            handler.type, handler.name = ast.Name("StudentError", ast.Load()), handler.name or "error"
            guard = f"if {handler.name}.failure.kind not in {tuple(kinds)!r}:\n    raise"
            handler.body = [*_parsed(guard), *(self.lines(handler.body) or [])]
        for handler in node.handlers:
            if handler not in typed:
                handler.body = self.lines(handler.body) or [ast.Pass()]
        node.body = self.lines(node.body) or [ast.Pass()]
        node.orelse, node.finalbody = self.lines(node.orelse), self.lines(node.finalbody)
        return [node]

    def _must_raise(self, node: ast.Try) -> list[ast.stmt]:
        """The usual ways to say that a call must raise: it fails where the call comes back."""
        if len(node.handlers) != 1 or node.handlers[0].type is None or node.finalbody:
            return []
        body, otherwise = list(node.body), list(node.orelse)
        if not otherwise and len(body) > 1 and _is_failing(body[-1]):
            otherwise = [body.pop()]
        value = getattr(body[-1], "value", None)
        is_quiet = all(_is_quiet(one) for one in node.handlers[0].body)
        if len(otherwise) != 1 or not _is_failing(otherwise[0]) or not isinstance(value, ast.expr) or not is_quiet:
            return []
        self.terms.said, self.terms.remark = self._said(_message_of(otherwise[0]))
        kinds = _kinds(node.handlers[0].type)
        return [*self.lines(body[:-1]), *_parsed(raises(value, kinds, self.terms))]

    # --- what cannot be mapped

    def marked(self, node: ast.stmt, what: str, remedy: str, line: int = 0) -> list[ast.stmt]:
        """A remark in the check in place of a statement, and a look for the report."""
        look = Look(self._test.cell, line or node.lineno, what, remedy)
        self.looks.append(look)
        text = [look.note, *(f"    {one}" for one in ast.unparse(node).split("\n"))]
        return [ast.Expr(ast.Constant(f"{_REMARK}{one}")) for one in text]

    def _unmappable(self, node: ast.stmt) -> tuple[str, str] | None:
        is_block = isinstance(node, ast.For | ast.While | ast.If | ast.FunctionDef | ast.With | ast.Try)
        parts = (
            [node.iter] if isinstance(node, ast.For) else [node.test] if isinstance(node, ast.While | ast.If) else []
        )
        parts = [one.context_expr for one in node.items] if isinstance(node, ast.With) else parts
        for top in parts if is_block else [node]:
            for one in ast.walk(top):
                name = dotted(one.func).rpartition(".")[2] if isinstance(one, ast.Call) else ""
                name = (
                    one.func.attr
                    if not name and isinstance(one, ast.Call) and isinstance(one.func, ast.Attribute)
                    else name
                )
                is_foreign = name and name not in self._notebook.names and name != "redirect_stdout"
                if is_foreign and name in _TEXT_ONLY:
                    return f"It asks for {_TEXT_ONLY[name]}.", _REMEDIES[_TEXT_ONLY[name]]
                if isinstance(one, ast.Attribute) and one.attr.startswith("__") and self.terms.is_asked(one.value):
                    return f"It asks for `{ast.unparse(one)}`, which does not cross from the student's process.", (
                        "Ask for what the object does."
                    )
        return None

    def _is_clock(self, node: ast.Assign | ast.AnnAssign) -> bool:
        """Whether a statement only looks at a clock; then its name is known for that."""
        if node.value is None or not self._reads_clock(node.value):
            return False
        self._clocks |= stored_in([node])
        return True

    def _reads_clock(self, node: ast.AST) -> bool:
        calls = [dotted(one.func) for one in ast.walk(node) if isinstance(one, ast.Call)]
        asks = any(
            name.rpartition(".")[2] in _CLOCKS and name.partition(".")[0] not in self._notebook.names for name in calls
        )
        return asks or bool(read_in(node) & self._clocks)


class _Buffered(ast.NodeTransformer):
    """What a buffer got is the text that was printed: `buffer.getvalue()` is `buffer`."""

    def __init__(self, buffers: set[str]) -> None:
        self._buffers = buffers

    def visit_Call(self, node: ast.Call) -> ast.expr:
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name) as buffer, attr="getvalue")) if (
                name in self._buffers
            ):
                return ast.copy_location(buffer, node)
        self.generic_visit(node)
        return node


def _last(node: ast.expr) -> str:
    """The last part of a dotted name."""
    return dotted(node).rpartition(".")[2]


_REMARK = "# adopted: "
"""Begins a constant that is written as a comment."""


def remarks_as_comments(text: str) -> str:
    """Python in which what `marked` left stands as comments."""
    lines = []
    for line in text.split("\n"):
        bare = line.strip()
        if bare.startswith(("'# adopted: ", '"# adopted: ')):
            indent = line[: len(line) - len(line.lstrip())]
            words = str(ast.literal_eval(bare)).removeprefix(_REMARK)
            lines.append(f"{indent}# {words}".rstrip())
        else:
            lines.append(line)
    return "\n".join(lines)


def _parsed(text: str) -> list[ast.stmt]:
    return ast.parse(text).body


def _kinds(node: ast.expr) -> tuple[str, ...]:
    parts = node.elts if isinstance(node, ast.Tuple) else [node]
    return tuple(dotted(one).rpartition(".")[2] for one in parts)


def _is_failing(node: ast.stmt) -> bool:
    """Whether a statement fails the test in any case."""
    match node:
        case ast.Raise():
            return True
        case ast.Assert(test=ast.Constant(value=value)):
            return not value
        case ast.Expr(value=ast.Call(func=function)):
            return dotted(function).rpartition(".")[2] == "fail"
    return False


def _message_of(node: ast.stmt) -> ast.expr | None:
    match node:
        case ast.Raise(exc=ast.Call(args=[message, *_])):
            return message
        case ast.Assert(msg=message):
            return message
    return None


def _is_quiet(node: ast.stmt) -> bool:
    """Whether a statement of a handler only lets the test go on."""
    match node:
        case ast.Pass():
            return True
        case ast.Assert(test=ast.Constant(value=value)):
            return bool(value)
        case ast.Expr(value=ast.Call(func=function)):
            return dotted(function) in _SHOWS
        case ast.Expr(value=ast.Constant()):
            return True
    return False


# --- assertions that are functions, of unittest, nose, NumPy and pandas ----------------------------------------------

_Said = tuple[ast.expr, "ast.expr | None"]
_Build = Callable[[list[ast.expr], dict[str, ast.expr]], _Said]


def _message(args: list[ast.expr], named: dict[str, ast.expr], after: int) -> ast.expr | None:
    placed = args[after] if len(args) > after else None
    return next((named[key] for key in ("msg", "err_msg") if key in named), placed)


def _comparing(operator: ast.cmpop) -> _Build:
    def build(args: list[ast.expr], named: dict[str, ast.expr]) -> _Said:
        return ast.Compare(args[0], [operator], [args[1]]), _message(args, named, 2)

    return build


def _calling(name: str, count: int = 2, keys: tuple[str, ...] = ()) -> _Build:
    def build(args: list[ast.expr], named: dict[str, ast.expr]) -> _Said:
        kept = [ast.keyword(key, named[key]) for key in keys if key in named]
        return ast.Call(ast.Name(name, ast.Load()), args[:count], kept), _message(args, named, count)

    return build


def _plain(build: Callable[[ast.expr], ast.expr]) -> _Build:
    return lambda args, named: (build(args[0]), _message(args, named, 1))


def _none(operator: ast.cmpop) -> _Build:
    return _plain(lambda value: ast.Compare(value, [operator], [ast.Constant(None)]))


_OF_TABLES = ("assert_frame_equal", "assert_series_equal", "assert_index_equal")
"""Of these, those calls stay that say how much may differ."""
_EQUAL, _TABLES = _comparing(ast.Eq()), _calling("equals")
_PLACES, _NEAR = _calling("almost_equal", 3, ("places", "decimal", "delta")), _calling("close_by", 2, ("rtol", "atol"))
_ASSERTIONS: dict[str, _Build] = {
    **dict.fromkeys(("assert_equal", "assertEqual", "eq_", "assertEquals", "assert_equals"), _EQUAL),
    **dict.fromkeys(("assertListEqual", "assertDictEqual", "assertTupleEqual", "assertSetEqual"), _EQUAL),
    **dict.fromkeys(("assert_list_equal", "assert_dict_equal", "assert_tuple_equal", "assert_set_equal"), _EQUAL),
    **dict.fromkeys(("assert_not_equal", "assertNotEqual"), _comparing(ast.NotEq())),
    **dict.fromkeys(("assert_almost_equal", "assertAlmostEqual", "assert_array_almost_equal"), _PLACES),
    "assert_allclose": _NEAR,
    "assert_array_equal": _calling("array_equal"),
    **dict.fromkeys(_OF_TABLES, _TABLES),
    **dict.fromkeys(("assert_true", "assertTrue", "ok_", "assert_"), _plain(lambda value: value)),
    **dict.fromkeys(("assert_false", "assertFalse"), _plain(lambda value: ast.UnaryOp(ast.Not(), value))),
    **dict.fromkeys(("assert_is_instance", "assertIsInstance"), _calling("isinstance")),
    **dict.fromkeys(("assert_in", "assertIn"), _comparing(ast.In())),
    **dict.fromkeys(("assert_not_in", "assertNotIn"), _comparing(ast.NotIn())),
    **dict.fromkeys(("assert_is", "assertIs"), _comparing(ast.Is())),
    **dict.fromkeys(("assert_is_none", "assertIsNone"), _none(ast.Is())),
    **dict.fromkeys(("assert_is_not_none", "assertIsNotNone"), _none(ast.IsNot())),
    **dict.fromkeys(("assert_greater", "assertGreater"), _comparing(ast.Gt())),
    **dict.fromkeys(("assert_greater_equal", "assertGreaterEqual"), _comparing(ast.GtE())),
    **dict.fromkeys(("assert_less", "assertLess"), _comparing(ast.Lt())),
    **dict.fromkeys(("assert_less_equal", "assertLessEqual"), _comparing(ast.LtE())),
}
