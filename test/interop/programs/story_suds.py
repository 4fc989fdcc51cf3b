"""The story of the interop suite, told with suds (python3-suds).

The only thing suds needs help with is a list whose items are of several types: its encoder gives every item the
type of the list when it writes them again, so the type that each item came with is put back afterwards.
"""
import base64
import sys

import suds
from story_python import Story, say
from suds.client import Client


class Suds(Story):
    version = suds.__version__

    def __init__(self, origin):
        self.client = Client(f"{origin}/ttsoapcgi.wsdl", cache=None)
        super().__init__(origin, self.client.service)

    def make(self, type_name, /, **members):
        made = self.client.factory.create(f"{{urn:testtrack-interface}}{type_name}")
        for key in list(made.__keylist__):
            setattr(made, key, None)
        for key, value in members.items():
            setattr(made, key, value)
        return made

    def fault_of(self, error):
        if not isinstance(error, suds.WebFault):
            raise error
        return str(error.fault.faultstring), str(error.fault.detail)

    def encoded(self, content):
        return base64.b64encode(content).decode()

    def decoded(self, value):
        return base64.b64decode(value)

    def before_saving(self, cookie):
        # As production scripts with stock suds do: the custom fields are left out.
        defect = self.edit(cookie, 11)
        defect.customFieldList = None
        say("save without custom fields", result=int(self.service.saveDefect(cookie, defect)))
        exec(sys.argv[2], {})  # the README's lines


Suds(sys.argv[1]).tell()
