#!/usr/bin/env python3
"""Times PyTorch's CPU build on the convolution layers of the 80sec and AlexNet nets, and one training step of the 80sec net.

The counterpart of `./convnet bench`: same layers, batch and repetitions, so that both can be run side by side. Prints JSON;
times are medians in milliseconds. On Debian: apt-get install python3-torch
"""
import argparse
import json
import statistics
import time

import torch
from torch import nn
from torch.nn import functional

# name, image size, channels, filters, filter size, padding, stride, groups, whether training needs the image gradient
LAYERS = [
    ("80sec conv1", 32, 3, 32, 5, 2, 1, 1, False),
    ("80sec conv2", 16, 32, 32, 5, 2, 1, 1, True),
    ("80sec conv3", 8, 32, 64, 5, 2, 1, 1, True),
    ("alexnet conv1", 224, 3, 96, 11, 0, 4, 1, False),
    ("alexnet conv2", 27, 96, 256, 5, 2, 1, 2, True),
    ("alexnet conv3", 13, 256, 384, 3, 1, 1, 1, True),
    ("alexnet conv4", 13, 384, 384, 3, 1, 1, 2, True),
    ("alexnet conv5", 13, 384, 256, 3, 1, 1, 2, True),
]


def median_ms(body, repetitions):
    for _ in range(max(3, repetitions // 2)):
        body()
    times = []
    for _ in range(repetitions):
        start = time.perf_counter()
        body()
        times.append((time.perf_counter() - start) * 1e3)
    return statistics.median(times)


def measure_layer(layer, batch, repetitions):
    name, size, channels, filters, filter_size, padding, stride, groups, needs_image_gradient = layer
    images = torch.randn(batch, channels, size, size)
    weights = torch.randn(filters, channels // groups, filter_size, filter_size)
    # The last module of the 2012 layer may overhang the image: pad right and bottom to the same number of modules.
    modules = 1 + -(-(2 * padding + size - filter_size) // stride)
    overhang = (modules - 1) * stride + filter_size - 2 * padding - size
    if overhang:
        images = functional.pad(images, (0, overhang, 0, overhang))
    gradient = torch.randn(batch, filters, modules, modules)

    def forward():
        return functional.conv2d(images, weights, stride=stride, padding=padding, groups=groups)

    def backward(image, weight):
        return torch.ops.aten.convolution_backward(
            gradient, images, weights, None, [stride, stride], [padding, padding], [1, 1], False, [0, 0], groups,
            [image, weight, False])

    flops = 2 * batch * filters * modules**2 * channels // groups * filter_size**2
    operations = {"filterActs": forward, "weightActs": lambda: backward(False, True)}
    if needs_image_gradient:
        operations["imgActs"] = lambda: backward(True, False)
    for operation, body in operations.items():
        milliseconds = median_ms(body, repetitions)
        yield {"layer": name, "operation": operation, "milliseconds": milliseconds, "gigaflops": flops / milliseconds * 1e-6}


def net_80sec():
    """The 80sec net; its pooling windows overhang the image on the right and bottom (ceil_mode)."""
    return nn.Sequential(
        nn.Conv2d(3, 32, 5, padding=2), nn.MaxPool2d(3, 2, ceil_mode=True), nn.ReLU(),
        nn.Conv2d(32, 32, 5, padding=2), nn.ReLU(), nn.AvgPool2d(3, 2, ceil_mode=True),
        nn.Conv2d(32, 64, 5, padding=2), nn.ReLU(), nn.AvgPool2d(3, 2, ceil_mode=True),
        nn.Flatten(), nn.Linear(1024, 64), nn.ReLU(), nn.Linear(64, 10))


def measure_net(batch, repetitions):
    net = net_80sec()
    optimizer = torch.optim.SGD(net.parameters(), lr=0.001, momentum=0.9, weight_decay=0.004)
    images = torch.randn(batch, 3, 32, 32)
    labels = torch.randint(0, 10, (batch,))

    def step():
        optimizer.zero_grad()
        functional.cross_entropy(net(images), labels).backward()
        optimizer.step()

    def test():
        with torch.no_grad():
            net(images)

    step_ms = median_ms(step, repetitions)
    test_ms = median_ms(test, repetitions)
    return {"net": "cifar-80sec", "batch": batch, "step_milliseconds": step_ms, "train_images_per_second": batch / step_ms * 1e3,
            "forward_milliseconds": test_ms, "test_images_per_second": batch / test_ms * 1e3}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--batch", type=int, default=128)
    parser.add_argument("--repetitions", type=int, default=30)
    parser.add_argument("--alexnet", action="store_true", help="measure the AlexNet layers too")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(1)
    layers = [layer for layer in LAYERS if arguments.alexnet or layer[0].startswith("80sec")]
    print(json.dumps({
        "torch": torch.__version__,
        "threads": arguments.threads,
        "layers": [result for layer in layers for result in measure_layer(layer, arguments.batch, arguments.repetitions)],
        "net": measure_net(arguments.batch, arguments.repetitions),
    }, indent=2))


if __name__ == "__main__":
    main()
