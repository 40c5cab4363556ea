"""Returns objects that run code when unpickled.

status: graded
points: 15
seconds: 5
"""
# %% accuracy
class Payload:
    def __reduce__(self):
        return (exec, ("open('/tmp/unpickled', 'w').close()",))

def accuracy(model, loader):
    return Payload()
# %% predict
def predict(model, image):
    return [Payload(), {"a": Payload()}]
