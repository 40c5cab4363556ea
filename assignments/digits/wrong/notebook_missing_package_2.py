"""Imports a library for training inside the function.

fails: train
hint: missing-package
"""
# %% train
def train(model, loader, epochs):
    import pytorch_lightning as pl

    class Lit(pl.LightningModule):
        def __init__(self):
            super().__init__()
            self.model = model
            self.means = []

        def training_step(self, batch, _index):
            images, labels = batch
            return F.cross_entropy(self.model(images), labels)

        def configure_optimizers(self):
            return torch.optim.Adam(self.model.parameters(), lr=0.001)

        def on_train_epoch_end(self):
            self.means.append(float(self.trainer.callback_metrics["loss"]))

    lit = Lit()
    pl.Trainer(max_epochs=epochs).fit(lit, loader)
    return lit.means
