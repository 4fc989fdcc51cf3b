// The story of the interop suite, told with a client that gSOAP generates from the WSDL. SDK2013 is defined for the
// stubs of 2013, which have no day of entry and no time spans.
//
// Arguments: address of the twin, `tree` or `graph` (the way values are written: graphs use id and href), then
// summary, workaround, notes and file name, then pairs of a custom field and its value.
// Prints one JSON object a line for what it saw.
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>
#include <vector>
#include "soapH.h"
#include "ttsoapcgi.nsmap"

using std::string;

static struct soap *soap;
static string origin;
static string endpoint;
static std::map<string, string> wanted;

// ---- JSON ----

static string quoted(const string &text) {
  std::ostringstream out;
  out << '"';
  for (unsigned char c : text) {
    if (c == '"' || c == '\\') out << '\\' << c;
    else if (c < 0x20) { char code[8]; snprintf(code, sizeof code, "\\u%04x", c); out << code; }
    else out << c;
  }
  out << '"';
  return out.str();
}

static string plain_text(const string &text) { return text; }
static string plain_text(const string *text) { return text ? *text : string(); }
static string quoted(const string *text) { return quoted(plain_text(text)); }

static string number(double value) {
  std::ostringstream out;
  out << value;
  return out.str();
}

static void say(const string &step, const string &what) {
  std::cout << "{\"step\":" << quoted(step) << "," << what << "}" << std::endl;
}

static string moment(time_t value) {
  char text[32];
  strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", gmtime(&value));
  return text;
}

static string moment(const time_t *value) { return moment(*value); }

// ---- calls ----

static void require_success(int error) {
  if (error == SOAP_OK) return;
  soap_print_fault(soap, stderr);
  exit(1);
}

static void refused(const string &step, int error) {
  if (error == SOAP_OK) return say(step, "\"text\":null,\"detail\":null");
  const char *text = *soap_faultstring(soap);
  const char *detail = soap_fault_detail(soap);
  say(step, "\"text\":" + quoted(text ? text : "") + ",\"detail\":" + quoted(detail ? detail : ""));
}

static LONG64 log_on(ttns__CProject *project, const string &name, const string &password) {
  LONG64 cookie = 0;
  require_success(soap_call_ttns__ProjectLogon(soap, endpoint.c_str(), NULL, project, name, password, cookie));
  return cookie;
}

static int try_get(LONG64 cookie, LONG64 number, ttns__CDefect *&defect) {
  ttns__getDefectResponse answer;
  answer.pDefect = NULL;
  int error = soap_call_ttns__getDefect(soap, endpoint.c_str(), NULL, cookie, number, "", false, answer);
  defect = answer.pDefect;
  return error;
}

static int try_edit(LONG64 cookie, LONG64 number, bool downloads, ttns__CDefect *&defect) {
  ttns__editDefectResponse answer;
  answer.pDefect = NULL;
  int error = soap_call_ttns__editDefect(soap, endpoint.c_str(), NULL, cookie, number, "", downloads, answer);
  defect = answer.pDefect;
  return error;
}

static int try_save(LONG64 cookie, ttns__CDefect *defect, int &result) {
  return soap_call_ttns__saveDefect(soap, endpoint.c_str(), NULL, cookie, defect, result);
}

static ttns__CDefect *get(LONG64 cookie, LONG64 number) {
  ttns__CDefect *defect;
  require_success(try_get(cookie, number, defect));
  return defect;
}

static ttns__CDefect *edit(LONG64 cookie, LONG64 number, bool downloads = false) {
  ttns__CDefect *defect;
  require_success(try_edit(cookie, number, downloads, defect));
  return defect;
}

static int save(LONG64 cookie, ttns__CDefect *defect) {
  int result = -1;
  require_success(try_save(cookie, defect, result));
  return result;
}

// ---- what a defect looks like ----

static string plain(ttns__CField *field) {
  if (auto *f = dynamic_cast<ttns__CStringField *>(field)) return "\"CStringField\",\"value\":" + quoted(f->value);
  if (auto *f = dynamic_cast<ttns__CIntegerField *>(field)) return "\"CIntegerField\",\"value\":" + number(f->value);
  if (auto *f = dynamic_cast<ttns__CDecimalField *>(field)) return "\"CDecimalField\",\"value\":" + number(f->value);
  if (auto *f = dynamic_cast<ttns__CBooleanField *>(field))
    return string("\"CBooleanField\",\"value\":") + (f->value ? "true" : "false");
#ifdef SDK2013
  if (auto *f = dynamic_cast<ttns__CDateField *>(field))
    return "\"CDateField\",\"value\":" + quoted(moment(f->value).substr(0, 10));
#else
  if (auto *f = dynamic_cast<ttns__CDateField *>(field)) return "\"CDateField\",\"value\":" + quoted(f->value);
  if (auto *f = dynamic_cast<ttns__CTimespanField *>(field))
    return "\"CTimespanField\",\"value\":{\"value\":" + number(f->value) + ",\"unit\":" + quoted(f->unit) + "}";
#endif
  if (auto *f = dynamic_cast<ttns__CDateTimeField *>(field))
    return "\"CDateTimeField\",\"value\":" + quoted(moment(f->value));
  if (auto *f = dynamic_cast<ttns__CVersionField *>(field)) return "\"CVersionField\",\"value\":" + quoted(f->value);
  if (auto *f = dynamic_cast<ttns__CDropdownField *>(field))
    return "\"CDropdownField\",\"value\":" + quoted(f->value);
  if (auto *f = dynamic_cast<ttns__CMultiSelectDropdownField *>(field)) {
    string values;
    for (int i = 0; f->values && i < f->values->__size; i++)
      values += (i ? "," : "") + quoted(f->values->__ptritem[i]->value);
    return "\"CMultiSelectDropdownField\",\"value\":[" + values + "]";
  }
  return "\"CField\",\"value\":null";
}

static string entered(ttns__CDefect *defect) {
#ifdef SDK2013
  return "";
#else
  return plain_text(defect->dateentered);
#endif
}

static string shown(ttns__CDefect *defect) {
  ttns__CReportedByRecord *report = defect->reportedbylist->__ptritem[0];
  string files, events, fields;
  for (int i = 0; report->attachmentlist && i < report->attachmentlist->__size; i++)
    files += (i ? "," : "") + quoted(report->attachmentlist->__ptritem[i]->m_strFileName);
  for (int i = 0; defect->eventlist && i < defect->eventlist->__size; i++) {
    ttns__CEvent *event = defect->eventlist->__ptritem[i];
    events += string(i ? "," : "") + "[" + quoted(event->name) + "," + quoted(event->notes) + "," +
              quoted(moment(event->date)) + "]";
  }
  for (int i = 0; i < defect->customFieldList->__size; i++) {
    ttns__CField *field = defect->customFieldList->__ptritem[i];
    fields += (i ? "," : "") + quoted(field->name) + ":{\"type\":" + plain(field) + "}";
  }
  return "\"defect\":{\"recordid\":" + std::to_string(defect->recordid) +
         ",\"number\":" + std::to_string(*defect->defectnumber) + ",\"summary\":" + quoted(defect->summary) +
         ",\"priority\":" + quoted(defect->priority) + ",\"workaround\":" + quoted(defect->workaround) +
         ",\"description\":" + quoted(report->comments) + ",\"entered\":" + quoted(entered(defect)) +
         ",\"created\":" + quoted(moment(defect->datetimecreated)) + ",\"files\":[" + files + "],\"events\":[" +
         events + "],\"fields\":{" + fields + "}}";
}

// ---- changes ----

static string *text(const string &value) {
  string *made = soap_new_std__string(soap);
  *made = value;
  return made;
}

/// A member that must be there is a value in the stubs of 2013, and a pointer in those of later generations.
static void set(string &member, const string &value) { member = value; }
static void set(string *&member, const string &value) { member = text(value); }
static void set(time_t &member, const string &value) { soap_s2dateTime(soap, value.c_str(), &member); }
static void set(time_t *&member, const string &value) {
  member = (time_t *)soap_malloc(soap, sizeof(time_t));
  soap_s2dateTime(soap, value.c_str(), member);
}

/// A list with one more item; the list is made when there is none.
template <typename List, typename Item>
static List *with(List *list, List *(*make)(struct soap *, int), Item *item) {
  if (!list) {
    list = make(soap, -1);
    list->__size = 0;
    list->__ptritem = NULL;
  }
  Item **items = (Item **)soap_malloc(soap, sizeof(Item *) * (list->__size + 1));
  for (int i = 0; i < list->__size; i++) items[i] = list->__ptritem[i];
  items[list->__size] = item;
  list->__ptritem = items;
  list->__size += 1;
  return list;
}

static void change_field(ttns__CField *field, const string &value) {
  if (auto *f = dynamic_cast<ttns__CStringField *>(field)) f->value = text(value);
  else if (auto *f = dynamic_cast<ttns__CIntegerField *>(field)) f->value = atoi(value.c_str());
  else if (auto *f = dynamic_cast<ttns__CDecimalField *>(field)) f->value = atof(value.c_str());
  else if (auto *f = dynamic_cast<ttns__CBooleanField *>(field)) f->value = value == "true";
  else if (auto *f = dynamic_cast<ttns__CDateTimeField *>(field)) soap_s2dateTime(soap, value.c_str(), f->value);
  else if (auto *f = dynamic_cast<ttns__CVersionField *>(field)) f->value = text(value);
  else if (auto *f = dynamic_cast<ttns__CDropdownField *>(field)) f->value = text(value);
#ifdef SDK2013
  else if (auto *f = dynamic_cast<ttns__CDateField *>(field)) set(f->value, value + "T00:00:00Z");
#else
  else if (auto *f = dynamic_cast<ttns__CDateField *>(field)) f->value = text(value);
  else if (auto *f = dynamic_cast<ttns__CTimespanField *>(field)) {
    f->value = atof(value.c_str());
    f->unit = text(value.substr(value.find(' ') + 1));
  }
#endif
  else if (auto *f = dynamic_cast<ttns__CMultiSelectDropdownField *>(field)) {
    f->values = NULL;
    std::istringstream parts(value);
    for (string each; std::getline(parts, each, ';');) {
      ttns__CFieldValue *item = soap_new_ttns__CFieldValue(soap);
      set(item->value, each);
      f->values = with(f->values, soap_new_ArrayOfCFieldValue, item);
    }
  }
}

static ttns__CFileAttachment *attach(ttns__CDefect *defect, const string &name, int times) {
  if (!defect->reportedbylist || defect->reportedbylist->__size == 0) {
    ttns__CReportedByRecord *report = soap_new_ttns__CReportedByRecord(soap);
    report->showorder = 1;
    defect->reportedbylist = with(defect->reportedbylist, soap_new_ArrayOfCReportedByRecord, report);
  }
  ttns__CFileAttachment *file = soap_new_ttns__CFileAttachment(soap);
  file->m_strFileName = text(name);
  file->m_pFileData = soap_new_xsd__base64Binary(soap);
  file->m_pFileData->__size = times * 256;
  file->m_pFileData->__ptr = (unsigned char *)soap_malloc(soap, times * 256);
  for (int i = 0; i < times * 256; i++) file->m_pFileData->__ptr[i] = i % 256;
  ttns__CReportedByRecord *report = defect->reportedbylist->__ptritem[0];
  report->attachmentlist = with(report->attachmentlist, soap_new_ArrayOfCFileAttachment, file);
  return file;
}

static void change(ttns__CDefect *defect) {
  defect->summary = text(wanted["summary"]);
  defect->workaround = text(wanted["workaround"]);
  for (int i = 0; i < defect->customFieldList->__size; i++) {
    ttns__CField *field = defect->customFieldList->__ptritem[i];
    change_field(field, wanted["field " + plain_text(field->name)]);
  }
  ttns__CEvent *event = soap_new_ttns__CEvent(soap);
  set(event->name, "Comment");
  event->notes = text(wanted["notes"]);
  event->eventaddorder = 1;
  set(event->date, "2026-03-02T14:30:00Z");
  defect->eventlist = with(defect->eventlist, soap_new_ArrayOfCEvent, event);
  // Two values stand in two places each: a graph writes them once and refers to them.
  defect->reference = defect->summary;
  event->attachmentlist = with(event->attachmentlist, soap_new_ArrayOfCFileAttachment,
                               attach(defect, wanted["file"], 4));
}

// ---- lists ----

static string list(LONG64 cookie, const string &table, const std::vector<string> &names, bool with_columns) {
  ArrayOfCTableColumn *columns = NULL;
  for (const string &name : names) {
    ttns__CTableColumn *column = soap_new_ttns__CTableColumn(soap);
    set(column->name, name);
    columns = with(columns, soap_new_ArrayOfCTableColumn, column);
  }
  ttns__getRecordListForTableResponse answer;
  require_success(
      soap_call_ttns__getRecordListForTable(soap, endpoint.c_str(), NULL, cookie, table, "", columns, answer));
  string shown, rows;
  for (int i = 0; i < answer.recordlist->columnlist->__size; i++)
    shown += (i ? "," : "") + quoted(answer.recordlist->columnlist->__ptritem[i]->name);
  ArrayOfCRecordRowSoap *records = answer.recordlist->records;
  for (int i = 0; records && i < records->__size; i++) {
    ArrayOfCRecordData *row = records->__ptritem[i]->row;
    rows += i ? ",[" : "[";
    for (int j = 0; j < row->__size; j++) rows += (j ? "," : "") + quoted(row->__ptritem[j]->value);
    rows += "]";
  }
  return (with_columns ? "\"columns\":[" + shown + "]," : "") + "\"rows\":[" + rows + "]";
}

// ---- files and the clock ----

static string output_of(const string &command) {
  string output;
  FILE *pipe = popen(command.c_str(), "r");
  for (int c; (c = fgetc(pipe)) != EOF;) output += (char)c;
  if (pclose(pipe) != 0) exit(1);
  return output;
}

/// What comes back of the last file of a defect, by its size and SHA-256.
static string digest(LONG64 cookie, ttns__CDefect *defect) {
  ArrayOfCFileAttachment *files = defect->reportedbylist->__ptritem[0]->attachmentlist;
  string archive = *files->__ptritem[files->__size - 1]->m_strArchiveName;
  ttns__getAttachmentResponse answer;
  require_success(soap_call_ttns__getAttachment(soap, endpoint.c_str(), NULL, cookie, "Defect", defect->recordid, 0,
                                                archive, answer));
  xsd__base64Binary *content = answer.pAttachment->m_pFileData;
  char path[] = "/tmp/twintrack-gsoap-XXXXXX";
  close(mkstemp(path));
  std::ofstream(path, std::ios::binary).write((char *)content->__ptr, content->__size);
  string sum = output_of(string("sha256sum ") + path).substr(0, 64);
  unlink(path);
  return "\"name\":" + quoted(answer.pAttachment->m_strFileName) + ",\"size\":" + std::to_string(content->__size) +
         ",\"sha256\":" + quoted(sum);
}

static void advance(const string &by) {
  output_of("curl -sf -H 'Content-Type: application/json' -d '{\"by\":\"" + by + "\"}' " + origin +
            "/__admin/clock/advance");
}

static void meet_locks(ttns__CProject *project, LONG64 cookie) {
  LONG64 other = log_on(project, "lake", "water");
  ttns__CDefect *found;
  int result = -1;
  edit(cookie, 11);
  refused("locked", try_edit(other, 11, false, found));
  require_success(soap_call_ttns__cancelSaveDefect(soap, endpoint.c_str(), NULL, cookie, 311, result));
  say("cancel", "\"result\":" + std::to_string(result));
  say("free after cancel", "\"number\":" + std::to_string(*edit(other, 11)->defectnumber));
  require_success(soap_call_ttns__cancelSaveDefect(soap, endpoint.c_str(), NULL, other, 311, result));

  ttns__CDefect *late = edit(cookie, 11);
  advance("14m59s999ms");
  refused("still locked", try_edit(other, 11, false, found));
  advance("1ms");
  say("free after 15 minutes", "\"number\":" + std::to_string(*edit(other, 11)->defectnumber));
  refused("late save", try_save(cookie, late, result));
  require_success(soap_call_ttns__DatabaseLogoff(soap, endpoint.c_str(), NULL, other, result));
}

int main(int argc, char **argv) {
  origin = argv[1];
  endpoint = origin + "/cgi-bin/ttsoapcgi.exe";
  const char *names[] = {"summary", "workaround", "notes", "file"};
  for (int i = 0; i < 4; i++) wanted[names[i]] = argv[3 + i];
  for (int i = 7; i + 1 < argc; i += 2) wanted[string("field ") + argv[i]] = argv[i + 1];
  soap = soap_new1(SOAP_C_UTFSTRING | (string(argv[2]) == "graph" ? SOAP_XML_GRAPH : SOAP_XML_TREE));

  say("client", "\"version\":" + quoted(std::to_string(GSOAP_VERSION / 100000) + "." +
                                        std::to_string(GSOAP_VERSION / 1000 % 100) + "." +
                                        std::to_string(GSOAP_VERSION % 1000)));
  ttns__getProjectListResponse answer;
  require_success(soap_call_ttns__getProjectList(soap, endpoint.c_str(), NULL, "username", "password", answer));
  ttns__CProject *project = answer.pProjList->__ptritem[0];
  say("projects", "\"names\":[" + quoted(project->database->name) + "]");
  LONG64 cookie = log_on(project, "username", "password");
  say("logon", string("\"positive\":") + (cookie > 0 ? "true" : "false"));

  say("get", shown(get(cookie, 11)));

  say("list", list(cookie, "Defect", {"Record ID", "Number", "Summary", "Status"}, true));
  say("empty list", list(cookie, "Test Case", {"Number"}, false));

  ttns__CDefect *defect = edit(cookie, 11, true);
  defect->priority = text("Immediate");
  say("save unchanged", "\"result\":" + std::to_string(save(cookie, defect)));
  say("get unchanged", shown(get(cookie, 11)));

  defect = edit(cookie, 11);
  change(defect);
  say("save changed", "\"result\":" + std::to_string(save(cookie, defect)));
  defect = get(cookie, 11);
  say("get changed", shown(defect));
  ArrayOfCEvent *events = defect->eventlist;
  say("shared values",
      "\"reference\":" + quoted(defect->reference) + ",\"eventFiles\":[" +
          quoted(events->__ptritem[events->__size - 1]->attachmentlist->__ptritem[0]->m_strFileName) + "]");
  say("attachment", digest(cookie, defect));

  defect = edit(cookie, 12);
  attach(defect, "big.bin", 20480);
  save(cookie, defect);
  say("big attachment", digest(cookie, get(cookie, 12)));

  ttns__CDefect *found;
  refused("absent", try_get(cookie, 99, found));
  meet_locks(project, cookie);
  int result = -1;
  require_success(soap_call_ttns__DatabaseLogoff(soap, endpoint.c_str(), NULL, cookie, result));
  say("logoff", "\"result\":" + std::to_string(result));
  refused("dropped", try_get(cookie, 11, found));

  soap_destroy(soap);
  soap_end(soap);
  soap_free(soap);
  return 0;
}
