"""The story of the interop suite for the SOAP clients of Python, which differ in how they make objects and faults.

Prints one JSON object a line for what it saw.
"""
import hashlib
import json
import sys
import urllib.request
from datetime import date, datetime, timezone

EVERY_BYTE = bytes(range(256))


class Story:
    """A client that tells the story. What is special about it is in the methods that only raise here."""

    version = ""

    def __init__(self, origin, service):
        self.origin = origin
        self.service = service
        self.wanted = json.load(sys.stdin)

    def make(self, type_name, /, **members):
        """An object of a type of the WSDL with only these members, the others absent."""
        raise NotImplementedError

    def make_list(self, item_type, items):
        """A list of objects as the client takes it."""
        return items

    def fault_of(self, error):
        """The text and the detail of a fault; whatever is no fault is raised again."""
        raise NotImplementedError

    def encoded(self, content):
        """Bytes as the client takes them."""
        return content

    def decoded(self, value):
        """Bytes as the client gives them."""
        return value

    def before_saving(self, cookie):
        """What must be done so that custom fields can be saved."""

    def tell(self):
        say("client", version=self.version)
        call = self.service
        projects = call.getProjectList("username", "password")
        say("projects", names=[text(each.database.name) for each in projects])
        cookie = call.ProjectLogon(projects[0], "username", "password")
        say("logon", positive=cookie > 0)

        say("get", defect=shown(self.get(cookie, 11)))
        columns, rows = self.list(cookie, "Defect", ["Record ID", "Number", "Summary", "Status"])
        say("list", columns=columns, rows=rows)
        say("empty list", rows=self.list(cookie, "Test Case", ["Number"])[1])

        self.before_saving(cookie)
        defect = call.editDefect(cookie, 11, "", True)
        defect.priority = "Immediate"
        say("save unchanged", result=int(call.saveDefect(cookie, defect)))
        say("get unchanged", defect=shown(self.get(cookie, 11)))

        defect = self.edit(cookie, 11)
        self.change(defect)
        say("save changed", result=int(call.saveDefect(cookie, defect)))
        defect = self.get(cookie, 11)
        say("get changed", defect=shown(defect))
        say("attachment", **self.digest(cookie, defect))

        defect = self.edit(cookie, 12)
        self.attach(defect, "big.bin", EVERY_BYTE * 20_480)
        call.saveDefect(cookie, defect)
        say("big attachment", **self.digest(cookie, self.get(cookie, 12)))

        self.fault("absent", lambda: self.get(cookie, 99))
        self.meet_locks(projects[0], cookie)
        say("logoff", result=int(call.DatabaseLogoff(cookie)))
        self.fault("dropped", lambda: self.get(cookie, 11))

    def meet_locks(self, project, cookie):
        call = self.service
        other = call.ProjectLogon(project, "lake", "water")
        self.edit(cookie, 11)
        self.fault("locked", lambda: self.edit(other, 11))
        say("cancel", result=int(call.cancelSaveDefect(cookie, 311)))
        say("free after cancel", number=int(self.edit(other, 11).defectnumber))
        call.cancelSaveDefect(other, 311)

        late = self.edit(cookie, 11)
        self.advance("14m59s999ms")
        self.fault("still locked", lambda: self.edit(other, 11))
        self.advance("1ms")
        say("free after 15 minutes", number=int(self.edit(other, 11).defectnumber))
        self.fault("late save", lambda: call.saveDefect(cookie, late))
        call.DatabaseLogoff(other)

    def get(self, cookie, number):
        return self.service.getDefect(cookie, number, "", False)

    def edit(self, cookie, number):
        return self.service.editDefect(cookie, number, "", False)

    def list(self, cookie, table, names):
        columns = self.make_list("CTableColumn", [self.make("CTableColumn", name=each) for each in names])
        found = self.service.getRecordListForTable(cookie, table, "", columns)
        rows = [[text(cell.value) for cell in items(each, "row")] for each in items(found, "records")]
        return [text(each.name) for each in found.columnlist], rows

    def fault(self, step, attempt):
        try:
            attempt()
        except Exception as error:
            found, detail = self.fault_of(error)
            say(step, text=found, detail=detail)
        else:
            say(step, text=None, detail=None)

    def change(self, defect):
        wanted = self.wanted
        defect.summary = wanted["summary"]
        defect.workaround = wanted["workaround"]
        for field in defect.customFieldList:
            self.change_field(field, wanted["fields"][str(field.name)])
        moment_of_event = datetime(2026, 3, 2, 14, 30, 0, tzinfo=timezone.utc)
        members = {"recordid": 0, "name": "Comment", "date": moment_of_event, "notes": wanted["notes"], "eventaddorder": 1}
        event = self.make("CEvent", **members)
        defect.eventlist = self.make_list("CEvent", list(defect.eventlist) + [event])
        self.attach(defect, wanted["file"], EVERY_BYTE * 4)

    def change_field(self, field, value):
        kind = field.__class__.__name__
        if kind == "CMultiSelectDropdownField":
            field.values = self.make_list("CFieldValue", [self.make("CFieldValue", value=each) for each in value])
        elif kind == "CTimespanField":
            field.value, field.unit = value["value"], value["unit"]
        elif kind == "CDateField":
            field.value = date.fromisoformat(value)
        elif kind == "CDateTimeField":
            field.value = datetime.fromisoformat(value.replace("Z", "+00:00"))
        else:
            field.value = value

    def attach(self, defect, name, content):
        members = {"m-recordid": 0, "m-strFileName": name, "m-pFileData": self.encoded(content)}
        reports = items(defect, "reportedbylist") or [self.make("CReportedByRecord", recordid=0, showorder=1)]
        files = items(reports[0], "attachmentlist") + [self.make("CFileAttachment", **members)]
        reports[0].attachmentlist = self.make_list("CFileAttachment", files)
        defect.reportedbylist = self.make_list("CReportedByRecord", reports)

    def digest(self, cookie, defect):
        """What comes back of the last file of a defect, by its size and SHA-256."""
        entry = defect.reportedbylist[0].attachmentlist[-1]
        got = self.service.getAttachment(cookie, "Defect", defect.recordid, 0, entry["m-strArchiveName"])
        content = self.decoded(got["m-pFileData"])
        return {"name": text(got["m-strFileName"]), "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}

    def advance(self, by):
        request = urllib.request.Request(
            f"{self.origin}/__admin/clock/advance",
            data=json.dumps({"by": by}).encode(),
            headers={"Content-Type": "application/json"},
        )
        urllib.request.urlopen(request).read()


def say(step, **what):
    print(json.dumps({"step": step, **what}), flush=True)


def text(value):
    return "" if value is None else str(value)


def items(record, member):
    """A list of a record; an empty one is missing or None."""
    return list(getattr(record, member, None) or [])


def moment(value):
    return value.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def shown(defect):
    report = defect.reportedbylist[0]
    return {
        "recordid": int(defect.recordid),
        "number": int(defect.defectnumber),
        "summary": text(defect.summary),
        "priority": text(defect.priority),
        "workaround": text(defect.workaround),
        "description": text(report.comments),
        "entered": defect.dateentered.isoformat(),
        "created": moment(defect.datetimecreated),
        "files": [text(each["m-strFileName"]) for each in items(report, "attachmentlist")],
        "events": [[text(each.name), text(each.notes), moment(each.date)] for each in items(defect, "eventlist")],
        "fields": {text(each.name): plain(each) for each in defect.customFieldList},
    }


def plain(field):
    """The value of a custom field, and the class it came as."""
    kind = field.__class__.__name__
    value = getattr(field, "value", None)
    if kind == "CMultiSelectDropdownField":
        value = [text(each.value) for each in items(field, "values")]
    elif kind == "CTimespanField":
        value = {"value": float(value), "unit": text(field.unit)}
    elif isinstance(value, datetime):
        value = moment(value)
    elif isinstance(value, date):
        value = value.isoformat()
    elif isinstance(value, str):
        value = str(value)
    return {"type": kind, "value": value}
