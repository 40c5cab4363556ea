"""Deux camarades, deux langues: helper functions with accents."""
# %% extra
def aplatir(images):
    """(B, 1, 28, 28) -> (B, 784)"""
    return images.reshape(images.shape[0], -1)

def époque_d_entraînement(modèle, chargeur, critère, optimiseur):
    modèle.train()
    somme, n = 0.0, 0
    for images, étiquettes in chargeur:
        optimiseur.zero_grad()
        perte = critère(modèle(images), étiquettes)
        perte.backward()
        optimiseur.step()
        somme += perte.item() * len(étiquettes)
        n += len(étiquettes)
    return somme / n
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.capa_oculta = nn.Linear(784, 150)
        self.capa_de_salida = nn.Linear(150, 10)

    def forward(self, imágenes):
        x = aplatir(imágenes)
        x = F.relu(self.capa_oculta(x))   # ¡no olvidar la activación!
        return self.capa_de_salida(x)
# %% train
def train(model, loader, epochs):
    critère = nn.CrossEntropyLoss()
    optimiseur = torch.optim.SGD(model.parameters(), lr=0.1)
    return [époque_d_entraînement(model, loader, critère, optimiseur) for _ in range(epochs)]
