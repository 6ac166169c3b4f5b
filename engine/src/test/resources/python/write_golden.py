"""Writes the layers of a golden net as the original would have saved them: FOLDER TARGET GENERATION."""
import json
import sys

import numpy as np

import options
import python2

folder, target, generation = sys.argv[1:]
layers = json.load(open(folder + '/index.json'))['layers']
weights = np.load(folder + '/weights_init.npz')
by_name = {layer['name']: layer for layer in layers}
for layer in layers:
    name, fc = layer['name'], layer['type'] == 'fc'
    order = 'F' if fc else 'C'
    if 'inputs' in layer:
        layer['inputLayers'] = [layers[i] if generation == 'v1' else by_name[i] for i in layer['inputs']]
    if 'initW' not in layer:
        continue
    layer['weights'], layer['weightsInc'] = [], []
    for i in range(len(layer['inputs'])):
        source = (layer['weightSourceLayerIndices'] if generation == 'v1' else layer['weightSourceLayers'])[i]
        if source not in (-1, ''):
            owner = layers[source] if generation == 'v1' else by_name[source]
            index = layer['weightSourceMatrixIndices'][i]
            layer['weights'].append(owner['weights'][index])
            layer['weightsInc'].append(owner['weightsInc'][index])
        else:
            layer['weights'].append(np.array(weights['%s/weights%d' % (name, i)], order=order))
            layer['weightsInc'].append(np.zeros_like(layer['weights'][i]))
    layer['biases'] = np.array(weights[name + '/biases'], order=order)
    layer['biasesInc'] = np.zeros_like(layer['biases'])
    if 'filter' in layer:
        layer['filter'] = np.array(layer['filter'], dtype=np.float32)


def option(letter, name, parser, value, default=None):
    return name, options.make(options.Option, letter=letter, name=name, desc='', parser=parser, set_once=False, default=default, excuses=[],
                              requires=[], save=True, value=value, value_given=True, prefixed_letter='--' + letter)


gpu = options.make(options.ListOptionParser, parsers=options.IntegerOptionParser, sepchar=',')
op = options.make(options.OptionsParser, options=dict([
    option('train-range', 'train_batch_range', options.RangeOptionParser, [1, 2, 3]),
    option('test-range', 'test_batch_range', options.RangeOptionParser, [7]),
    option('epochs', 'num_epochs', options.IntegerOptionParser, 9),
    option('zip-save', 'zip_save', options.BooleanOptionParser, 1),
    option('layer-params', 'layer_params', options.StringOptionParser, './nets/\u00e9.cfg'),
    option('data-provider', 'dp_type', options.StringOptionParser, 'cifar'),
    option('gpu', 'gpu', gpu, [-1], options.make(options.OptionExpression, expr='[-1] * num_gpus'))]))
averages = ({'logprob': [2.25, np.float64(0.875)]}, 96)
state = {'epoch': 4, 'batchnum': 2, 'train_outputs': [averages, averages], 'test_outputs': [averages],
         'layers': layers if generation == 'v1' else by_name}
python2.dump({'model_state': state, 'op': op}, target)
