"""Reads a safetensors file: the header length in 8 bytes, the header as JSON, and the data. Debian has no package for this format."""

import json
import struct

import numpy
import torch


def load(path):
    """Returns the tensors by name. All tensors must be float32."""
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        data = file.read()

    return {name: _tensor(entry, data) for name, entry in header.items() if name != "__metadata__"}


def _tensor(entry, data):
    start, end = entry["data_offsets"]
    numbers = numpy.frombuffer(data[start:end], dtype="<f4").reshape(entry["shape"])
    return torch.from_numpy(numbers.copy())
