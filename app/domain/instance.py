"""Which instance of a unit's data a folder is: one life of the data on one machine, of which one issues numbers."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Instance:
    """One instance. `began`: first, restored or copied; `before`: the instance it was made from, '' for none.

    `asks_last`: to become the working copy it needs the last numbers of the 文书登记簿.
    """

    id: str
    began: str
    before: str
    issues_numbers: bool
    asks_last: bool
