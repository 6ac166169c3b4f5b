"""Pickles as Python 2 makes them: byte strings, classic classes as OBJ and BUILD, contents of arrays as byte strings."""
import pickle
import struct

import options


class Pickler(pickle._Pickler):
    dispatch = dict(pickle._Pickler.dispatch)

    def save_byte_string(self, value):
        data = value.encode('utf-8') if isinstance(value, str) else value
        if len(data) < 256:
            self.write(pickle.SHORT_BINSTRING + bytes([len(data)]) + data)
        else:
            self.write(pickle.BINSTRING + struct.pack('<i', len(data)) + data)
        self.memoize(value)

    def save_classic(self, value):
        self.write(pickle.MARK)
        self.save(type(value))
        self.write(pickle.OBJ)
        self.memoize(value)
        self.save(value.__dict__)
        self.write(pickle.BUILD)

    dispatch[str] = save_byte_string
    dispatch[bytes] = save_byte_string
    for _class in (options.OptionsParser, options.Option, options.OptionExpression, options.ListOptionParser):
        dispatch[_class] = save_classic


def dump(value, path):
    with open(path, 'wb') as file:
        Pickler(file, 2).dump(value)
