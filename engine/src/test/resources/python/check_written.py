"""Loads a checkpoint as the original does and compares its arrays with those of an npz: CHECKPOINT NPZ GENERATION."""
import io
import pickle
import pickletools
import sys
import zipfile

import numpy as np

import options

checkpoint, npz, generation = sys.argv[1:]
data = zipfile.ZipFile(checkpoint).read('data') if zipfile.is_zipfile(checkpoint) else open(checkpoint, 'rb').read()
names = set()
for opcode, argument, _ in pickletools.genops(data):
    assert opcode.proto <= 2, opcode.name
    assert 'UNICODE' not in opcode.name, argument
    if opcode.name == 'GLOBAL':
        names.add(argument)
assert names == {'numpy.core.multiarray _reconstruct', 'numpy ndarray', 'numpy dtype'} | {
    'options ' + name for name in vars(options) if name[0].isupper() and (name != 'FloatOptionParser' or generation == '2012')}, names

top = pickle.load(io.BytesIO(data), encoding='latin1')
assert set(top) == {'model_state', 'op'}
state, values = top['model_state'], top['op'].options
assert set(state) == {'epoch', 'batchnum', 'train_outputs', 'test_outputs', 'layers'}
assert (state['epoch'], state['batchnum']) == (4, 2) and state['train_outputs'] is not state['test_outputs']
costs, cases = state['train_outputs'][0]
assert costs == {'logprob': [2.25, 0.875]} and cases == 96
layers = state['layers'] if generation == 'v1' else list(state['layers'].values())
if generation != 'v1':
    assert all(name == layer['name'] for name, layer in state['layers'].items())

arrays = np.load(npz)
compared = set()
for layer in layers:
    for i, name in enumerate(layer.get('inputs', [])):
        source = layers[name] if generation == 'v1' else state['layers'][name]
        assert layer['inputLayers'][i] is source
    if 'initW' in layer:
        keys = [(key + str(i), array) for key in ('weights', 'weightsInc') for i, array in enumerate(layer[key])]
        keys += [(key, layer[key]) for key in ('biases', 'biasesInc')]
        for key, array in keys:
            name = layer['name'] + '/' + key
            if name in arrays:
                compared.add(name)
                assert array.dtype == np.float32 and array.shape == arrays[name].shape
                assert array.tobytes() == arrays[name].tobytes(), name
            fortran = layer['type'] == 'fc'
            assert array.flags.f_contiguous if fortran else array.flags.c_contiguous, name
            assert array.flags.writeable
assert compared == set(arrays), set(arrays) - compared

assert values['train_batch_range'].value == [1, 2, 3] and values['train_batch_range'].parser is options.RangeOptionParser
assert values['num_epochs'].value == 9 and values['num_epochs'].value_given and values['num_epochs'].default == 50000
assert values['test_one'].value == 1 and not values['test_one'].value_given
gpus = max([layer.get('gpu', 0) for layer in layers]) + 1
assert values['num_gpus'].value == gpus and values['gpu'].value == [-1] * gpus
assert values['gpu'].parser.parsers is options.IntegerOptionParser and values['gpu'].parser.sepchar == ','
assert values['gpu'].default.expr == '[-1] * num_gpus'
assert values['load_file'].excuses == 'all' and values['load_file'].prefixed_letter == '-f' and values['load_file'].letter == 'f'
assert values['layer_def'].set_once and values['minibatch_size'].value == 128
assert ('color_noise' in values) == (generation == '2012')
fields = {'letter', 'name', 'desc', 'parser', 'set_once', 'default', 'excuses', 'requires', 'save', 'value', 'value_given', 'prefixed_letter'}
assert all(set(vars(option)) == fields for option in values.values())
