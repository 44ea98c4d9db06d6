"""Write the golden files of @mixup/datasets/numpy: what NumPy saves, for the tests to hold TypeScript to.

    python packages/datasets/golden/numpy_goldens.py

Needs numpy; run it from the root of the repository. Files are kept whole, in base64, beside the values as numbers.
"""

import base64
import hashlib
import io
import json
import platform
from pathlib import Path

import numpy as np

TARGET = Path(__file__).parent.parent / "test" / "golden"
COMMAND = "python packages/datasets/golden/numpy_goldens.py"
VERSIONS = {"python": platform.python_version(), "numpy": np.__version__}

VALUES = {
    # The least and the greatest, below and in full precision, and what is no number.
    "f2": [0.1, -0.0, 65504.0, 2.0**-24, np.inf, np.nan],
    "f4": [0.1, -0.0, 3.4028235e38, 1e-45, 1.5, -2.25],
    "f8": [0.1, -0.0, 1.7976931348623157e308, 5e-324, 1.5, -2.25],
    "i1": [0, -1, 127, -128, 7, 8],
    "i2": [0, -1, 2**15 - 1, -(2**15), 7, 8],
    "i4": [0, -1, 2**31 - 1, -(2**31), 7, 8],
    "i8": [0, -1, 2**63 - 1, -(2**63), 2**53 + 1, 8],
    "u1": [0, 1, 127, 128, 255, 8],
    "u2": [0, 1, 2**15, 2**16 - 1, 256, 8],
    "u4": [0, 1, 2**31, 2**32 - 1, 65536, 8],
    "u8": [0, 1, 2**63, 2**64 - 1, 2**53 + 1, 8],
    "b1": [True, False, True, True, False, False],
}
# The last one fits its header only without the room that NumPy leaves for growth.
SHAPES = [(6,), (2, 3), (3, 2), (1, 2, 3), (3, 1, 2), (2, 0), (), (2,) + (1,) * 16 + (3,)]


def text(array):
    """Values as strings that read back to the same: integers beyond 2 ** 53 are no JSON numbers."""
    return [repr(value) if isinstance(value, float) else str(int(value)) for value in array.flatten("C").tolist()]


def save(array, version):
    file = io.BytesIO()
    np.lib.format.write_array(file, array, version=version)
    return base64.b64encode(file.getvalue()).decode()


def cases():
    for dtype, values in VALUES.items():
        for shape in SHAPES:
            size = int(np.prod(shape))
            for order in "CF":
                for byte_order in "<>":
                    array = np.array(values[:size], dtype=np.dtype(dtype).newbyteorder(byte_order))
                    array = np.asarray(array.reshape(shape), order=order)
                    for version in [(1, 0), (2, 0), (3, 0)]:
                        if version != (1, 0) and (byte_order == ">" or shape not in [(2, 3), ()]):
                            continue
                        # What numpy.save writes for the same array: formatNpy is held to these.
                        plain = order == "C" and byte_order == "<" and version == (1, 0)
                        yield {
                            "dtype": dtype,
                            "shape": shape,
                            "order": order,
                            "byteOrder": byte_order,
                            "version": version[0],
                            "plain": plain,
                            "values": text(array),
                            "file": save(array, version),
                        }


def archives():
    arrays = {"x": np.arange(6, dtype="f4").reshape(2, 3), "labels": np.array([3, 1], dtype="i8")}
    for write in (np.savez, np.savez_compressed):
        file = io.BytesIO()
        write(file, **arrays)
        yield {"write": write.__name__, "file": base64.b64encode(file.getvalue()).decode()}


def halves():
    """A digest of every half-precision number as float32; NaN has many forms, of which one is taken."""
    every = np.arange(2**16, dtype="<u2").view("<f2").astype("<f4")
    every[np.isnan(every)] = np.nan
    yield {"sha256": hashlib.sha256(every.tobytes()).hexdigest()}


def refused():
    for array in [np.zeros(2, "m8"), np.zeros(2, "c8"), np.zeros(2, "U3"), np.zeros(2, [("a", "f4"), ("b", "i4")])]:
        yield {"descr": str(array.dtype), "file": save(array, None)}
    file = io.BytesIO()
    np.save(file, np.array([{}, None]), allow_pickle=True)
    yield {"descr": "object", "file": base64.b64encode(file.getvalue()).decode()}


def write(name, what, rows):
    head = json.dumps({"what": what, "command": COMMAND, "versions": VERSIONS})[1:-1]
    lines = ",\n".join(json.dumps(row) for row in rows)
    (TARGET / f"{name}.golden.json").write_text("{" + head + ',\n"cases": [\n' + lines + "\n]}\n", encoding="utf-8")


write("npy", "numpy.lib.format.write_array: files in base64, values in C order", cases())
write("npz", "numpy.savez: x is arange(6) as f4 of shape (2, 3), labels is [3, 1] as i8", archives())
write("npy-halves", "numpy.arange(2**16, dtype=u2).view(f2).astype(f4), little-endian", halves())
write("npy-refused", "arrays of types that are not read", refused())
