"""The one way to say that a class is a value: `@value`."""

from dataclasses import dataclass, field, fields
from operator import attrgetter
from typing import TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def value(cls: type[T]) -> type[T]:
    """Make a slotted dataclass whose fields the type checker lets nobody set: equal and hashed by its fields.

    `dataclass(frozen=True)` refuses at run time as well, and there every field of every object is then set
    through a call: three times as long, and a tenth of what a large build does itself. It also compiles six
    methods of every class whenever the program starts; here only `__init__` is.
    """
    made = dataclass(slots=True, eq=False, repr=False)(cls)
    compared = [each.name for each in fields(made) if each.compare]  # type: ignore[arg-type]  # one since the line above
    values = attrgetter(*compared) if compared else type  # all that have no field are the same

    def equal(self: object, other: object) -> bool:
        return values(self) == values(other) if type(self) is type(other) else NotImplemented

    def hashed(self: object) -> int:
        return hash(values(self))

    for name, method in (("__eq__", equal), ("__hash__", hashed), ("__repr__", _shown)):
        if name not in vars(cls):  # a class may say better what it is
            setattr(made, name, method)
    return made


def _shown(instance: object) -> str:
    shown = (f"{each.name}={getattr(instance, each.name)!r}" for each in fields(instance) if each.repr)  # type: ignore[arg-type]
    return f"{type(instance).__qualname__}({', '.join(shown)})"
