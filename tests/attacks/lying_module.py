"""Model that cannot learn but lies in parameters, state_dict, __class__, __getattr__, deepcopy and __reduce__.

assignment: digits
status: graded
points: 17
seconds: 120
"""
# %% model
# Deserves: dataset 4, train 5, accuracy 4, predict 1, at most 3 of model (shape, rows, knows nothing, input untouched).
# It always scores zero, so it never learns and its weights get zero gradients: rest of model and the whole 0.
class _Twin(nn.Sequential):
    def __init__(self):
        super().__init__(nn.Flatten(), nn.Linear(784, 64), nn.ReLU(), nn.Linear(64, 10))


class DigitClassifier(nn.Module):
    def __init__(self):
        nn.Module.__init__(self)
        self.one = nn.Linear(784, 10)

    def forward(self, x):
        return 0 * self.one(x.flatten(1))

    def named_parameters(self, *args, **kwargs):
        for name, shape in (("one.weight", (10, 784)), ("one.bias", (10,))):
            decoy = nn.Parameter(torch.randn(shape) * 0.05)
            decoy.grad = torch.randn(shape) * 0.01      # always another value, always a gradient
            yield name, decoy

    def parameters(self, recurse=True):
        return (p for _, p in self.named_parameters())

    def state_dict(self, *args, **kwargs):
        return {name: p.detach() for name, p in self.named_parameters()}

    def load_state_dict(self, *args, **kwargs):
        return "<All keys matched successfully>"

    def __getattr__(self, name):
        try:
            return nn.Module.__getattr__(self, name)
        except AttributeError:
            if name.startswith("__"):
                raise
            return lambda *args, **kwargs: True

    def __deepcopy__(self, memo):
        return _Twin()                                  # whoever copies it to test it gets one that works

    def __copy__(self):
        return _Twin()

    def __reduce_ex__(self, protocol):
        return (_Twin, ())

    def __eq__(self, other):
        return True

    def __hash__(self):
        return 7

    __class__ = property(lambda self: _Twin, lambda self, value: None)
