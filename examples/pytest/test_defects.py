"""Needs python3-suds: `pytest examples/pytest`."""
import pytest
from pytest_twintrack import control
from suds.client import Client


@pytest.fixture
def tt(world):
    return Client(f"{world}/ttsoapcgi.wsdl", cache=None).service


@pytest.mark.parametrize("priority", ["Immediate", "Low"])
def test_a_saved_priority_is_read_back(tt, world, priority):
    cookie = tt.DatabaseLogon("Project", "username", "password")
    defect = tt.editDefect(cookie, 11, "", False)
    assert defect.priority == "Medium"  # what another test saved is not seen here
    defect.priority = priority
    defect.customFieldList = None
    tt.saveDefect(cookie, defect)
    assert tt.getDefect(cookie, 11, "", False).priority == priority
    asked = '{"calls": [{"operation": "saveDefect", "where": {"pDefect": {"priority": "%s"}}}], "times": 1}'
    control("POST", f"{world}/__admin/journal/verify", asked % priority)
