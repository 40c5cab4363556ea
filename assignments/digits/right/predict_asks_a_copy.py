"""predict works on a deep copy, so that the model's mode stays as it is."""
# %% predict
import copy

def predict(model, image):
    twin = copy.deepcopy(model).eval()
    with torch.no_grad():
        return int(twin(image.unsqueeze(0)).argmax(dim=1))
