"""An activation written by hand as an autograd function, with its own backward."""
# %% model
class MyReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.clamp(min=0)

    @staticmethod
    def backward(ctx, grad):
        (x,) = ctx.saved_tensors
        return grad * (x > 0).to(grad.dtype)


class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(784, 128)
        self.scores = nn.Linear(128, 10)

    def forward(self, images):
        return self.scores(MyReLU.apply(self.hidden(images.flatten(1))))
