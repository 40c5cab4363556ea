"""One assertion of an old test, said in our words: looked at, got, wanted.

What it looked at is the assertion's own text, in which what the test itself calls by a name stands by its value.
"""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from autograder.authoring.adopting.scope import dotted, inner_names, is_object, read_in

_VALUE = re.compile("\x01(\\w+)\x02")
"""A name in a text in whose place its value is to stand."""

_LONGEST_NAME = 80
"""Characters of an expression that stands for a name of the test's own in a sentence."""

_PHRASES: dict[type[ast.cmpop], str] = {
    ast.NotEq: "something else than {}",
    ast.Lt: "less than {}",
    ast.LtE: "at most {}",
    ast.Gt: "more than {}",
    ast.GtE: "at least {}",
    ast.Is: "{} itself",
    ast.IsNot: "something else than {}",
    ast.In: "one of {}",
    ast.NotIn: "none of {}",
}
_MIRRORED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.Gt,
    ast.LtE: ast.GtE,
    ast.Gt: ast.Lt,
    ast.GtE: ast.LtE,
    **{one: one for one in (ast.Eq, ast.NotEq, ast.Is, ast.IsNot)},
}
_FLOAT_CALLS = frozenset(
    {"float", "sqrt", "exp", "log", "log2", "log10", "sin", "cos", "tan", "mean", "std", "pi", "e"}
)


@dataclass
class Terms:
    """What the names in a test stand for at one point of it.

    `notebook`: those of the notebook; `meaning`: own names that came from the notebook, each with the expression that
    gave it; `values`: own names that hold what the test made itself. `classes`: those that students write, `objects`:
    own names of objects of them. `said`: what its author says to whom it fails, as
    the id of a hint; `remark`: the same where it is put together as the test runs.
    """

    notebook: frozenset[str]
    meaning: dict[str, ast.expr] = field(default_factory=dict)
    values: set[str] = field(default_factory=set)
    classes: frozenset[str] = frozenset()
    objects: set[str] = field(default_factory=set)
    said: str = ""
    remark: ast.expr | None = None

    def is_asked(self, node: ast.AST) -> bool:
        """Whether an expression has anything of the student's in it."""
        return bool((read_in(node) - inner_names(node)) & (self.notebook | self.meaning.keys()))

    def label(self, node: ast.expr) -> str:
        """Python that gives the text of an expression as students may read it."""
        parts = _parts(self.filled(node) + self._beginnings(node))
        if self.remark is not None:
            own = (
                self.remark.values if isinstance(self.remark, ast.JoinedStr) else [ast.FormattedValue(self.remark, -1)]
            )
            parts += [ast.Constant(" – "), *own]
        return _text(parts)

    def is_object(self, node: ast.expr) -> bool:
        """Whether an expression gives an object of a class that students write."""
        return is_object(node, self.classes, self.objects)

    def _beginnings(self, node: ast.expr) -> str:
        """How the objects in an expression were made: that is not all that became of them."""
        names = sorted((read_in(node) - inner_names(node)) & self.objects & self.meaning.keys())
        made = [f"{name} was made by {self.filled(self.meaning[name], 1)}" for name in names]
        return f" ({', '.join(made)})" if made else ""

    def filled(self, node: ast.expr, depth: int = 0) -> str:
        """The text of an expression; names whose values stand for them are between the signs of `_VALUE`."""
        match node:
            case ast.Call(func=function, args=[asked, *arguments], keywords=named) if (
                dotted(function) == "stand_ins.printed"
            ):
                return f"what {self.filled(ast.Call(asked, arguments, named), depth)} prints"
        inner = inner_names(node)

        class Named(ast.NodeTransformer):
            def visit_Name(self, one: ast.Name) -> ast.expr:
                return ast.Name(f"__{one.id}__", one.ctx) if one.id not in inner else one

        copied = ast.parse(ast.unparse(node), mode="eval").body
        text = ast.unparse(Named().visit(copied))
        for name in sorted(read_in(node) - inner, key=len, reverse=True):
            text = text.replace(f"__{name}__", self._stands_for(name, depth))
        return text

    def _stands_for(self, name: str, depth: int) -> str:
        if name in self.meaning and name not in self.objects and depth < 3:
            text = self.filled(self.meaning[name], depth + 1)
            return text if len(text) <= _LONGEST_NAME else name
        return f"\x01{name}\x02" if name in self.values else name

    @property
    def hint(self) -> str:
        """The argument that names the hint, if there is one."""
        return f", hint={self.said!r}" if self.said else ""


def expected(test: ast.expr, terms: Terms) -> str:
    """The statements that expect what `assert test` did."""
    match test:
        case ast.BoolOp(op=ast.And(), values=parts):
            return "\n".join(expected(part, terms) for part in parts)
        case ast.Call() if (name := dotted(test.func).rpartition(".")[2] or _method(test)) in _CALLS:
            return _CALLS[name](test, terms)
        case ast.Compare(left=left, ops=[operator], comparators=[right]):
            return _compared(left, operator, right, terms)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return _true(test, operand, "False", terms)
        case _:
            return _true(test, test, "True", terms)


def _parts(text: str) -> list[ast.expr]:
    """A text as the parts of an f-string: values are cut to a length that a sentence can hold."""
    short = ast.JoinedStr([ast.Constant(".60")])
    pieces = _VALUE.split(text)
    return [
        ast.FormattedValue(ast.Name(piece, ast.Load()), ord("r"), short) if at % 2 else ast.Constant(piece)
        for at, piece in enumerate(pieces)
        if piece
    ]


def _text(parts: list[ast.expr]) -> str:
    """Python that gives a text of such parts."""
    plain = [str(one.value) for one in parts if isinstance(one, ast.Constant)]
    if len(plain) == len(parts):
        return repr("".join(plain))
    return ast.unparse(ast.JoinedStr(parts))


def raises(call: ast.expr, kinds: Sequence[str], terms: Terms) -> str:
    """The statements that expect student code to raise one of `kinds` (names of exceptions)."""
    label = terms.label(call)
    asked = f"lambda: {ast.unparse(call)}"
    if isinstance(call, ast.Call) and not call.keywords:
        asked = ", ".join(map(ast.unparse, (call.func, *call.args)))
    if len(kinds) == 1 and kinds[0] not in ("Exception", "BaseException"):
        wanted = kinds[0] if hasattr(builtins, kinds[0]) else repr(kinds[0])
        return f"expect.raises({label}, {wanted}, {asked}{terms.hint})"
    wanted = " or ".join(kinds)
    fits = "True" if {"Exception", "BaseException"} & {*kinds} else f"error.failure.kind in {tuple(kinds)!r}"
    return (
        f"try:\n    got = {ast.unparse(call)}\nexcept StudentError as error:\n"
        f"    expect.that({fits}, looked_at={label}, got=error.failure.kind, wanted={wanted!r}{terms.hint})\n"
        f"else:\n    expect.that(False, looked_at={label}, got=repr(got), wanted={'the error ' + wanted!r}{terms.hint})"
    )


def _method(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""


def _compared(left: ast.expr, operator: ast.cmpop, right: ast.expr, terms: Terms) -> str:
    if not terms.is_asked(left) and terms.is_asked(right) and type(operator) in _MIRRORED:
        left, operator, right = right, _MIRRORED[type(operator)](), left
    if terms.is_object(left) or terms.is_object(right):
        test = ast.Compare(left, [operator], [right])
        return _true(test, test, "True", terms)
    difference = _difference(left)
    if difference and isinstance(operator, ast.Lt | ast.LtE):
        got, wanted = difference
        if not terms.is_asked(got) and terms.is_asked(wanted):
            got, wanted = wanted, got
        return _close(got, wanted, ast.unparse(right), terms)
    if isinstance(operator, ast.Eq) and isinstance(right, ast.Call) and dotted(right.func).endswith("approx"):
        return _approx(left, right, terms)
    if isinstance(operator, ast.Eq):
        return _close(left, right, "", terms) if _is_float(right) else _equal(left, right, terms)
    if isinstance(operator, ast.In | ast.NotIn) and terms.is_asked(right) and not terms.is_asked(left):
        test = ast.Compare(left, [operator], [right])
        holds = "holds {}" if isinstance(operator, ast.In) else "does not hold {}"
        return _phrased(right, left, holds, lambda got, wanted: test_text(wanted, operator, got), test, terms)
    test = ast.Compare(left, [operator], [right])
    return _phrased(
        left, right, _PHRASES[type(operator)], lambda got, wanted: test_text(got, operator, wanted), test, terms
    )


def test_text(left: str, operator: ast.cmpop, right: str) -> str:
    """The comparison of two texts."""
    names = ast.Compare(ast.Name("a", ast.Load()), [operator], [ast.Name("b", ast.Load())])
    return f"{left}{ast.unparse(names)[1:-1]}{right}"


def _phrased(
    got: ast.expr,
    wanted: ast.expr,
    phrase: str,
    holds: Callable[[str, str], str],
    test: ast.expr,
    terms: Terms,
) -> str:
    """A comparison other than `==`; each side is asked for once."""
    (first, left), (second, right) = _asked_once("got", got), _asked_once("wanted", wanted)
    lines, sides = [*first, *second], (left, right)
    before, _, after = phrase.partition("{}")
    value = ast.FormattedValue(ast.parse(sides[1], mode="eval").body, ord("r"))
    told = (
        repr(phrase.format(ast.unparse(wanted)))
        if _is_plain(wanted)
        else _text([*_parts(before), value, *_parts(after)])
    )
    arguments = f"looked_at={terms.label(got)}, got=repr({sides[0]}), wanted={told}{terms.hint}"
    return "\n".join([*lines, f"expect.that({holds(*sides)}, {arguments})"])


def _asked_once(name: str, node: ast.expr) -> tuple[list[str], str]:
    """The line that keeps what a call gives under `name`, if there is a call, and the text to go on with."""
    if any(isinstance(one, ast.Call) for one in ast.walk(node)):
        return [f"{name} = {ast.unparse(node)}"], name
    return [], _operand(node)


def _operand(node: ast.expr) -> str:
    text = ast.unparse(node)
    return f"({text})" if isinstance(node, ast.Compare | ast.BoolOp | ast.IfExp | ast.Lambda | ast.UnaryOp) else text


def _is_plain(node: ast.expr) -> bool:
    return all(
        isinstance(one, ast.Constant | ast.UnaryOp | ast.USub | ast.List | ast.Tuple | ast.Set | ast.Load)
        for one in ast.walk(node)
    )


def _true(test: ast.expr, about: ast.expr, wanted: str, terms: Terms) -> str:
    """Anything that must be true, with the values of its names."""
    if isinstance(about, ast.Call | ast.Name | ast.Attribute | ast.Subscript):
        lines, value = _asked_once("got", about)
        holds = value if wanted == "True" else f"not {value}"
        told = f"looked_at={terms.label(about)}, got=repr({value}), wanted={wanted!r}{terms.hint}"
        return "\n".join([*lines, f"expect.that({holds}, {told})"])
    names = _shown(test, terms)
    values = "; ".join(f"{name} = \x01{name}\x02" for name in names) or str(wanted == "False")
    told = f"looked_at={terms.label(test)}, got={_text(_parts(values))}, wanted='that this holds'{terms.hint}"
    return f"expect.that({ast.unparse(test)}, {told})"


def _shown(node: ast.expr, terms: Terms) -> list[str]:
    """Names in an assertion whose values tell why it does not hold: not those that are called."""
    called = {one.func.id for one in ast.walk(node) if isinstance(one, ast.Call) and isinstance(one.func, ast.Name)}
    known = terms.notebook | terms.meaning.keys() | terms.values
    return [name for name in sorted(read_in(node) - inner_names(node) - called) if name in known][:4]


def _equal(got: ast.expr, wanted: ast.expr, terms: Terms) -> str:
    return f"expect.equal({terms.label(got)}, {ast.unparse(got)}, {ast.unparse(wanted)}{terms.hint})"


def _close(got: ast.expr, wanted: ast.expr, tolerance: str, terms: Terms) -> str:
    allowed = f", {tolerance}" if tolerance else ""
    return f"expect.close({terms.label(got)}, {ast.unparse(got)}, {ast.unparse(wanted)}{allowed}{terms.hint})"


def _difference(node: ast.expr) -> tuple[ast.expr, ast.expr] | None:
    """What `abs(a - b)` takes apart, also as `np.abs` or `np.linalg.norm`."""
    match node:
        case ast.Call(func=function, args=[ast.BinOp(left=left, op=ast.Sub(), right=right)]):
            return (left, right) if dotted(function).rpartition(".")[2] in ("abs", "fabs", "absolute") else None
    return None


def _is_float(node: ast.expr) -> bool:
    """Whether an expression gives a number with a fraction, as far as its text tells."""
    match node:
        case ast.Constant(value=float()):
            return True
        case ast.UnaryOp(operand=operand):
            return _is_float(operand)
        case ast.BinOp(left=left, op=operator, right=right):
            return isinstance(operator, ast.Div) or _is_float(left) or _is_float(right)
        case ast.List(elts=parts) | ast.Tuple(elts=parts):
            return any(map(_is_float, parts)) and all(_is_number(part) for part in parts)
        case ast.Call(func=function):
            return dotted(function).rpartition(".")[2] in _FLOAT_CALLS
        case ast.Attribute():
            return dotted(node) in ("math.pi", "math.e", "np.pi", "np.e", "numpy.pi")
    return False


def _is_number(node: ast.expr) -> bool:
    return _is_float(node) or (isinstance(node, ast.Constant) and type(node.value) in (int, float))


# --- functions that assertions call -----------------------------------------------------------------------------------


def _arguments(call: ast.Call, names: Sequence[str]) -> Mapping[str, ast.expr]:
    placed = dict(zip(names, call.args, strict=False))
    return placed | {str(one.arg): one.value for one in call.keywords if one.arg}


def _isinstance(call: ast.Call, terms: Terms) -> str:
    if len(call.args) != 2 or call.keywords:
        return _true(call, call, "True", terms)
    got, kind = call.args
    if not read_in(kind) & (terms.classes | terms.values):
        return f"expect.kind({terms.label(got)}, {ast.unparse(got)}, {ast.unparse(kind)}{terms.hint})"
    lines, value = _asked_once("got", got)
    wanted = f"a value of type {ast.unparse(kind)}"
    told = f"looked_at={terms.label(got)}, got=expect.type_name({value}), wanted={wanted!r}{terms.hint}"
    return "\n".join([*lines, f"expect.that(isinstance({value}, {ast.unparse(kind)}), {told})"])


def _near(relative: float, absolute: float) -> Callable[[ast.Call, Terms], str]:
    """`isclose` and the like: near up to a share of what is wanted, plus what is allowed in any case."""

    def said(call: ast.Call, terms: Terms) -> str:
        given = _arguments(call, ("got", "wanted", "rtol", "atol"))
        if not {"got", "wanted"} <= given.keys():
            return _true(call, call, "True", terms)
        got, wanted = given["got"], given["wanted"]
        if not terms.is_asked(got) and terms.is_asked(wanted):
            got, wanted = wanted, got
        usual = 1e-9 if dotted(call.func) == "math.isclose" else relative
        share = next((given[key] for key in ("rtol", "rel_tol", "rel") if key in given), ast.Constant(usual))
        least = next((given[key] for key in ("atol", "abs_tol", "abs") if key in given), ast.Constant(absolute))
        return _close_by(got, wanted, ast.unparse(share), ast.unparse(least), terms)

    return said


def _close_by(got: ast.expr, wanted: ast.expr, share: str, least: str, terms: Terms) -> str:
    try:
        number = abs(float(ast.literal_eval(wanted)))
        tolerance = f"{float(ast.literal_eval(least)) + float(ast.literal_eval(share)) * number:.3g}"
    except (ValueError, TypeError, SyntaxError):
        name = wanted.id if isinstance(wanted, ast.Name) and not terms.is_asked(wanted) else "wanted"
        start = [] if isinstance(wanted, ast.Name) and name == wanted.id else [f"wanted = {ast.unparse(wanted)}"]
        allowed = f"{'' if least == '0.0' else f'{least} + '}{share} * np.abs(np.ravel({name}))"
        end = f"expect.close({terms.label(got)}, {ast.unparse(got)}, {name}, {allowed}{terms.hint})"
        return "\n".join([*start, end])
    return _close(got, wanted, tolerance, terms)


def _places(call: ast.Call, terms: Terms) -> str:
    """Near up to so many decimal places."""
    given = _arguments(call, ("got", "wanted", "places"))
    places = next((given[key] for key in ("places", "decimal") if key in given), ast.Constant(7))
    got, wanted = given["got"], given["wanted"]
    if not terms.is_asked(got) and terms.is_asked(wanted):
        got, wanted = wanted, got
    return _close(
        got,
        wanted,
        ast.unparse(given.get("delta", ast.parse(f"1.5 * 10.0 ** -({ast.unparse(places)})", mode="eval").body)),
        terms,
    )


def _same(call: ast.Call, terms: Terms) -> str:
    """Two things that must be equal, everywhere."""
    pair = [call.func.value, *call.args] if isinstance(call.func, ast.Attribute) and len(call.args) == 1 else call.args
    if len(pair) < 2:
        return _true(call, call, "True", terms)
    got, wanted = pair[:2]
    if not terms.is_asked(got) and terms.is_asked(wanted):
        got, wanted = wanted, got
    return _equal(got, wanted, terms)


def _approx(got: ast.expr, approx: ast.Call, terms: Terms) -> str:
    """`got == pytest.approx(wanted)`."""
    given = _arguments(approx, ("wanted", "rel", "abs"))
    share, least = given.get("rel", ast.Constant(1e-6)), given.get("abs", ast.Constant(1e-12))
    return _close_by(got, given["wanted"], ast.unparse(share), ast.unparse(least), terms)


def _every(call: ast.Call, terms: Terms) -> str:
    """`all(a == b)`, `np.all(a == b)`, `(a == b).all()` and the same around `isclose`."""
    inner = call.args[0] if call.args else call.func.value if isinstance(call.func, ast.Attribute) else call
    match inner:
        case ast.GeneratorExp(elt=part, generators=[each]) | ast.ListComp(elt=part, generators=[each]):
            return _for_each(part, each, terms)
        case ast.Compare(left=left, ops=[ast.Eq()], comparators=[right]):
            return _same(ast.Call(ast.Name("equal", ast.Load()), [left, right], []), terms)
        case ast.Call() if dotted(inner.func).rpartition(".")[2] == "isclose":
            return expected(inner, terms)
        case ast.Compare(left=left, ops=[ast.Lt() | ast.LtE() as operator], comparators=[right]) if _difference(left):
            return _compared(left, operator, right, terms)
    return _true(call, call, "True", terms)


def _for_each(part: ast.expr, each: ast.comprehension, terms: Terms) -> str:
    """`all(… for x in …)` as a loop: its message then tells for which `x` it does not hold."""
    names = {one.id for one in ast.walk(each.target) if isinstance(one, ast.Name)}
    inside = replace(terms, values=terms.values | names)
    lines = expected(part, inside).split("\n")
    for condition in reversed(each.ifs):
        lines = [f"if {ast.unparse(condition)}:", *(f"    {line}" for line in lines)]
    head = f"for {ast.unparse(each.target)} in {ast.unparse(each.iter)}:"
    return "\n".join([head, *(f"    {line}" for line in lines)])


_CALLS: dict[str, Callable[[ast.Call, Terms], str]] = {
    "isinstance": _isinstance,
    "isclose": _near(1e-5, 1e-8),
    "allclose": _near(1e-5, 1e-8),
    "array_equal": _same,
    "array_equiv": _same,
    "equal": _same,
    "equals": _same,
    "all": _every,
    "almost_equal": _places,
    "close_by": _near(1e-7, 0.0),
}
"""What is said of an assertion that is a call of one of these, whatever module it comes from."""
