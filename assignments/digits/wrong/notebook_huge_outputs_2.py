"""An extra cell prints hundreds of images as numbers.

advice: yes
hint: huge-outputs
"""
# %% extra
torch.manual_seed(0)
for number in range(300):
    print("image", number)
    for row in torch.rand(28, 28).tolist():
        print(" ".join(f"{pixel:.2f}" for pixel in row))
