"""A straightforward server for weights.safetensors: FastAPI and PyTorch's LSTM, with one forward pass per request.

WEIGHTS=weights.safetensors TORCH_THREADS=1 python3 -m uvicorn app:app --workers 2
"""

import io
import os

import numpy
import torch
from fastapi import FastAPI, File, HTTPException
from PIL import Image

import safetensors

SIDE = 28
MODEL = {"id": "00000000-0000-0000-0000-000000000000", "version": 1}


class Digits(torch.nn.Module):
    """An LSTM over 28 rows of 28 pixels, one row per time step, with a linear layer on the last hidden state."""

    def __init__(self, hidden_size):
        super().__init__()
        self.lstm = torch.nn.LSTM(SIDE, hidden_size, batch_first=True)
        self.output = torch.nn.Linear(hidden_size, 10)

    def forward(self, images):
        _, (hidden, _) = self.lstm(images)
        return self.output(hidden[-1]).softmax(1)


def load_network(path):
    weights = safetensors.load(path)
    network = Digits(weights["output.weight"].shape[1])
    network.load_state_dict(weights)
    return network.eval()


torch.set_num_threads(int(os.environ.get("TORCH_THREADS", "1")))
network = load_network(os.environ["WEIGHTS"])
app = FastAPI()


@app.get("/health/ready")
async def ready():
    return "ready"


# Runs on the event loop: inference is CPU-bound, so a thread pool would only add overhead.
@app.post("/predict")
async def predict(image: bytes = File()):
    decoded = Image.open(io.BytesIO(image))
    if decoded.format != "PNG" or decoded.size != (SIDE, SIDE):
        raise HTTPException(422, "Send a 28x28 PNG as the form's file 'image'.")
    pixels = torch.from_numpy(numpy.array(decoded.convert("L"), dtype=numpy.float32) / 255)
    with torch.inference_mode():
        probabilities = network(pixels.unsqueeze(0))[0]
    digit = int(probabilities.argmax())
    values = probabilities.tolist()
    return {"digit": digit, "confidence": values[digit], "probabilities": values, "model": MODEL}
