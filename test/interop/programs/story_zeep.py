"""The story of the interop suite, told with zeep (python3-zeep).

zeep fetches the schema of SOAP encoding from the network when a WSDL imports that namespace: here it gets a local one.
"""
import pathlib
import sys

import zeep
from story_python import Story
from zeep.transports import Transport

ENCODING = "http://schemas.xmlsoap.org/soap/encoding/"


class LocalEncoding(Transport):
    def load(self, url):
        if url == ENCODING:
            return pathlib.Path(__file__).with_name("soap-encoding.xsd").read_bytes()
        return super().load(url)


class Zeep(Story):
    version = zeep.__version__

    def __init__(self, origin):
        self.client = zeep.Client(f"{origin}/ttsoapcgi.wsdl", transport=LocalEncoding())
        super().__init__(origin, self.client.service)

    def make(self, type_name, /, **members):
        return self.client.get_type(f"{{urn:testtrack-interface}}{type_name}")(**members)

    def make_list(self, item_type, items):
        return self.client.get_type(f"{{urn:testtrack-interface}}ArrayOf{item_type}")(items)

    def fault_of(self, error):
        if not isinstance(error, zeep.exceptions.Fault):
            raise error
        return error.message, error.detail.text


Zeep(sys.argv[1]).tell()
