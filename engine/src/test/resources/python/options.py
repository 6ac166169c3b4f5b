"""Classes under the names that the original's checkpoints use. They hold attributes and nothing else."""


class OptionsParser:
    pass


class Option:
    pass


class OptionExpression:
    pass


class IntegerOptionParser:
    pass


class BooleanOptionParser:
    pass


class StringOptionParser:
    pass


class FloatOptionParser:
    pass


class RangeOptionParser:
    pass


class ListOptionParser:
    pass


def make(cls, **attributes):
    instance = cls()
    instance.__dict__.update(attributes)
    return instance
