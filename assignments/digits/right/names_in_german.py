"""Namen, Kommentare und Umlaute auf Deutsch."""
# %% model
class DigitClassifier(nn.Module):
    """Ein kleines Netz für Ziffern: größer muss es nicht sein."""

    def __init__(self, verborgene_größe=128):
        super().__init__()
        self.verborgene_schicht = nn.Linear(28 * 28, verborgene_größe)
        self.ausgabe = nn.Linear(verborgene_größe, 10)

    def forward(self, bilder):
        fläche = bilder.flatten(1)
        return self.ausgabe(F.relu(self.verborgene_schicht(fläche)))
# %% train
def train(model, loader, epochs):
    # Übung 3: Gradientenabstieg
    verlustfunktion = nn.CrossEntropyLoss()
    optimierer = torch.optim.Adam(model.parameters(), lr=0.001)
    verläufe = []
    for epoche in range(epochs):
        model.train()
        summe, anzahl = 0.0, 0
        for bilder, ziffern in loader:
            optimierer.zero_grad()
            verlust = verlustfunktion(model(bilder), ziffern)
            verlust.backward()
            optimierer.step()
            summe += verlust.item() * len(ziffern)
            anzahl += len(ziffern)
        verläufe.append(summe / anzahl)
        print(f"Epoche {epoche + 1}: Verlust {verläufe[-1]:.4f}")
    return verläufe
