using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using System.Web.Services.Protocols;
using TestTrack;

/// <summary>
/// The story of the interop suite, told with the proxy that Mono's wsdl makes for ASP.NET web services.
///
/// Arguments: "sync" or "async" for the way of calling, address of the twin, then summary, workaround, notes and file
/// name, then pairs of a custom field and its value. Prints one JSON object a line for what it saw. SDK2013 is defined
/// for the proxy of 2013, which has no day of entry and no time spans.
/// </summary>
class StoryDotNet
{
    readonly string origin;
    readonly bool isAsync;
    readonly Dictionary<string, string> wanted = new Dictionary<string, string>();
    readonly ttsoapcgi service = new ttsoapcgi();

    StoryDotNet(string[] arguments)
    {
        isAsync = arguments[0] == "async";
        origin = arguments[1];
        var names = new[] { "summary", "workaround", "notes", "file" };
        for (var i = 0; i < names.Length; i++) wanted[names[i]] = arguments[2 + i];
        for (var i = 6; i + 1 < arguments.Length; i += 2) wanted["field " + arguments[i]] = arguments[i + 1];
        service.Url = origin + "/cgi-bin/ttsoapcgi.exe";
    }

    static void Main(string[] arguments)
    {
        Console.OutputEncoding = new UTF8Encoding(false);
        new StoryDotNet(arguments).Tell();
    }

    void Tell()
    {
        Say("client", "\"version\":" + Quoted(MonoVersion()));
        var projects = Call<CProject[]>("getProjectList", "username", "password");
        Say("projects", "\"names\":[" + Quoted(projects[0].database.name) + "]");
        var cookie = Call<long>("ProjectLogon", projects[0], "username", "password");
        Say("logon", "\"positive\":" + Plain(cookie > 0));

        Say("get", Shown(Get(cookie, 11)));

        var list = List(cookie, "Defect", "Record ID", "Number", "Summary", "Status");
        Say("list", "\"columns\":" + Items(list.columnlist, each => Quoted(each.name)) + ",\"rows\":" + Rows(list));
        Say("empty list", "\"rows\":" + Rows(List(cookie, "Test Case", "Number")));

        var defect = Call<CDefect>("editDefect", cookie, 11L, "", true);
        defect.priority = "Immediate";
        Say("save unchanged", "\"result\":" + Call<int>("saveDefect", cookie, defect));
        Say("get unchanged", Shown(Get(cookie, 11)));

        defect = Edit(cookie, 11);
        Change(defect);
        Say("save changed", "\"result\":" + Call<int>("saveDefect", cookie, defect));
        defect = Get(cookie, 11);
        Say("get changed", Shown(defect));
        Say("attachment", Digest(cookie, defect));

        defect = Edit(cookie, 12);
        Attach(defect, "big.bin", EveryByte(20480));
        Call<int>("saveDefect", cookie, defect);
        Say("big attachment", Digest(cookie, Get(cookie, 12)));

        SendUnsetMoments(cookie);
        Refused("absent", () => Get(cookie, 99));
        MeetLocks(projects[0], cookie);
        Say("logoff", "\"result\":" + Call<int>("DatabaseLogoff", cookie));
        Refused("dropped", () => Get(cookie, 11));
    }

    void MeetLocks(CProject project, long cookie)
    {
        var other = Call<long>("ProjectLogon", project, "lake", "water");
        Edit(cookie, 11);
        Refused("locked", () => Edit(other, 11));
        Say("cancel", "\"result\":" + Call<int>("cancelSaveDefect", cookie, 311L));
        Say("free after cancel", "\"number\":" + Edit(other, 11).defectnumber);
        Call<int>("cancelSaveDefect", other, 311L);

        var late = Edit(cookie, 11);
        Advance("14m59s999ms");
        Refused("still locked", () => Edit(other, 11));
        Advance("1ms");
        Say("free after 15 minutes", "\"number\":" + Edit(other, 11).defectnumber);
        Refused("late save", () => Call<int>("saveDefect", cookie, late));
        Call<int>("DatabaseLogoff", other);
    }

    /// <summary>Moments and days that were never set: an event has to have one, the others say that they have.</summary>
    void SendUnsetMoments(long cookie)
    {
        var defect = Edit(cookie, 12);
        var created = defect.datetimecreated;
        defect.datetimecreated = new DateTime();
        defect.datetimecreatedSpecified = true;
        foreach (var report in defect.reportedbylist)
        {
            report.datefound = new DateTime();
            report.datefoundSpecified = true;
        }
        var seen = (CDateTimeField)defect.customFieldList.First(field => field is CDateTimeField);
        seen.value = new DateTime();
        seen.valueSpecified = true;
        var day = (CDateField)defect.customFieldList.First(field => field is CDateField);
        day.value = new DateTime();
        day.valueSpecified = true;
        defect.eventlist = new[] { new CEvent { name = "Comment", notes = "never set", date = new DateTime() } };
        Call<int>("saveDefect", cookie, defect);
        defect = Get(cookie, 12);
        var values = defect.customFieldList.Count(field => field is CDateTimeField f && f.value > new DateTime()
            || field is CDateField d && d.value > new DateTime());
        Say("unset moments", "\"event\":" + Quoted(Moment(defect.eventlist.Last().date)) + ",\"values\":" + values
            + ",\"isCreatedThen\":" + Plain(defect.datetimecreated == created));
    }

    // ---- calls ----

    /// <summary>Calls an operation by its method, or by its event-based pair of method and event.</summary>
    T Call<T>(string operation, params object[] arguments)
    {
        return isAsync ? (T)Completed(operation, arguments) : (T)Invoked(operation, arguments);
    }

    object Invoked(string method, object[] arguments)
    {
        try
        {
            return typeof(ttsoapcgi).GetMethod(method).Invoke(service, arguments);
        }
        catch (TargetInvocationException error)
        {
            throw error.InnerException;
        }
    }

    object Completed(string operation, object[] arguments)
    {
        using (var done = new ManualResetEvent(false))
        {
            AsyncCompletedEventArgs outcome = null;
            Action<object, AsyncCompletedEventArgs> note = (sender, e) => { outcome = e; done.Set(); };
            var completed = typeof(ttsoapcgi).GetEvent(operation + "Completed");
            var handler = Delegate.CreateDelegate(completed.EventHandlerType, note.Target, note.Method);
            completed.AddEventHandler(service, handler);
            var types = arguments.Select((each, at) => ParameterOf(operation, at)).ToArray();
            typeof(ttsoapcgi).GetMethod(operation + "Async", types).Invoke(service, arguments);
            if (!done.WaitOne(TimeSpan.FromMinutes(1))) throw new TimeoutException(operation);
            completed.RemoveEventHandler(service, handler);
            if (outcome.Error != null) throw outcome.Error;
            return outcome.GetType().GetProperty("Result").GetValue(outcome, null);
        }
    }

    static Type ParameterOf(string operation, int at)
    {
        return typeof(ttsoapcgi).GetMethod(operation).GetParameters()[at].ParameterType;
    }

    CRecordListSoap List(long cookie, string table, params string[] names)
    {
        var columns = names.Select(name => new CTableColumn { name = name }).ToArray();
        return Call<CRecordListSoap>("getRecordListForTable", cookie, table, "", columns);
    }

    CDefect Get(long cookie, long number)
    {
        return Call<CDefect>("getDefect", cookie, number, "", false);
    }

    CDefect Edit(long cookie, long number)
    {
        return Call<CDefect>("editDefect", cookie, number, "", false);
    }

    static void Refused(string step, Action attempt)
    {
        try
        {
            attempt();
            Say(step, "\"text\":null,\"detail\":null");
        }
        catch (SoapException fault)
        {
            Say(step, "\"text\":" + Quoted(fault.Message) + ",\"detail\":" + Quoted(fault.Detail.InnerText));
        }
    }

    // ---- what a defect looks like ----

    static void Say(string step, string what)
    {
        Console.WriteLine("{\"step\":" + Quoted(step) + "," + what + "}");
    }

    static string Quoted(string text)
    {
        var made = new StringBuilder("\"");
        foreach (var c in text ?? "")
        {
            if (c == '"' || c == '\\') made.Append('\\').Append(c);
            else if (c < 0x20) made.Append("\\u" + ((int)c).ToString("x4"));
            else made.Append(c);
        }
        return made.Append('"').ToString();
    }

    static string Plain(IFormattable number)
    {
        return number.ToString(null, CultureInfo.InvariantCulture);
    }

    static string Plain(bool value)
    {
        return value ? "true" : "false";
    }

    static string Moment(DateTime? value)
    {
        return value.Value.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
    }

    static string Day(DateTime value)
    {
        return value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    static string Items<T>(IEnumerable<T> list, Func<T, string> show)
    {
        return "[" + string.Join(",", (list ?? new T[0]).Select(show)) + "]";
    }

    static string Rows(CRecordListSoap list)
    {
        return Items(list.records, row => Items(row.row, cell => Quoted(cell.value)));
    }

    static string Shown(CField field)
    {
        return "{\"type\":" + Quoted(field.GetType().Name) + ",\"value\":" + Value(field) + "}";
    }

    static string Value(CField field)
    {
        if (field is CStringField text) return Quoted(text.value);
        if (field is CIntegerField integer) return Plain(integer.value);
        if (field is CDecimalField number) return Plain(number.value);
        if (field is CBooleanField check) return Plain(check.value);
        if (field is CDateField day) return Quoted(Day((DateTime)(object)day.value));
        if (field is CDateTimeField moment) return Quoted(Moment(moment.value));
        if (field is CVersionField version) return Quoted(version.value);
        if (field is CDropdownField choice) return Quoted(choice.value);
        if (field is CMultiSelectDropdownField several) return Items(several.values, each => Quoted(each.value));
#if !SDK2013
        if (field is CTimespanField span)
            return "{\"value\":" + Plain(span.value) + ",\"unit\":" + Quoted(span.unit) + "}";
#endif
        return "null";
    }

    static string Shown(CDefect defect)
    {
        var report = defect.reportedbylist[0];
        var files = Items(report.attachmentlist, each => Quoted(each.mstrFileName));
        var events = Items(defect.eventlist, each =>
            "[" + Quoted(each.name) + "," + Quoted(each.notes) + "," + Quoted(Moment(each.date)) + "]");
        var fields = string.Join(",", defect.customFieldList.Select(each => Quoted(each.name) + ":" + Shown(each)));
#if SDK2013
        var entered = "";
#else
        var entered = Day(defect.dateentered);
#endif
        return "\"defect\":{\"recordid\":" + defect.recordid + ",\"number\":" + defect.defectnumber
            + ",\"summary\":" + Quoted(defect.summary) + ",\"priority\":" + Quoted(defect.priority)
            + ",\"workaround\":" + Quoted(defect.workaround) + ",\"description\":" + Quoted(report.comments)
            + ",\"entered\":" + Quoted(entered) + ",\"created\":" + Quoted(Moment(defect.datetimecreated))
            + ",\"files\":" + files + ",\"events\":" + events + ",\"fields\":{" + fields + "}}";
    }

    // ---- changes ----

    void Change(CDefect defect)
    {
        defect.summary = wanted["summary"];
        defect.workaround = wanted["workaround"];
        foreach (var field in defect.customFieldList) ChangeField(field, wanted["field " + field.name]);
        var added = new CEvent { name = "Comment", notes = wanted["notes"], date = Utc("2026-03-02T14:30:00Z") };
        added.eventaddorder = 1;
        defect.eventlist = (defect.eventlist ?? new CEvent[0]).Concat(new[] { added }).ToArray();
        Attach(defect, wanted["file"], EveryByte(4));
    }

    static void ChangeField(CField field, string value)
    {
        if (field is CStringField text) text.value = value;
        else if (field is CIntegerField integer) integer.value = int.Parse(value);
        else if (field is CDecimalField number) number.value = double.Parse(value, CultureInfo.InvariantCulture);
        else if (field is CBooleanField check) check.value = bool.Parse(value);
        else if (field is CDateField day) day.value = DateTime.Parse(value, CultureInfo.InvariantCulture);
        else if (field is CDateTimeField moment) moment.value = Utc(value);
        else if (field is CVersionField version) version.value = value;
        else if (field is CDropdownField choice) choice.value = value;
        else if (field is CMultiSelectDropdownField several)
            several.values = value.Split(';').Select(each => new CFieldValue { value = each }).ToArray();
#if !SDK2013
        else if (field is CTimespanField span)
        {
            span.value = double.Parse(value.Split(' ')[0], CultureInfo.InvariantCulture);
            span.unit = value.Split(' ')[1];
        }
#endif
    }

    static DateTime Utc(string text)
    {
        return DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);
    }

    static byte[] EveryByte(int times)
    {
        return Enumerable.Range(0, 256 * times).Select(i => (byte)i).ToArray();
    }

    static void Attach(CDefect defect, string name, byte[] content)
    {
        if ((defect.reportedbylist ?? new CReportedByRecord[0]).Length == 0)
            defect.reportedbylist = new[] { new CReportedByRecord { showorder = 1 } };
        var report = defect.reportedbylist[0];
        var file = new CFileAttachment { mstrFileName = name, mpFileData = content };
        report.attachmentlist = (report.attachmentlist ?? new CFileAttachment[0]).Concat(new[] { file }).ToArray();
    }

    /// <summary>What comes back of the last file of a defect, by its size and SHA-256.</summary>
    string Digest(long cookie, CDefect defect)
    {
        var archive = defect.reportedbylist[0].attachmentlist.Last().mstrArchiveName;
        var got = Call<CFileAttachment>("getAttachment", cookie, "Defect", defect.recordid, 0L, archive);
        using (var sha = SHA256.Create())
        {
            var sum = string.Concat(sha.ComputeHash(got.mpFileData).Select(each => each.ToString("x2")));
            return "\"name\":" + Quoted(got.mstrFileName) + ",\"size\":" + got.mpFileData.Length + ",\"sha256\":"
                + Quoted(sum);
        }
    }

    // ---- around it ----

    void Advance(string by)
    {
        using (var client = new WebClient())
        {
            client.Headers["Content-Type"] = "application/json";
            client.UploadString(origin + "/__admin/clock/advance", "{\"by\":\"" + by + "\"}");
        }
    }

    static string MonoVersion()
    {
        var name = Type.GetType("Mono.Runtime").GetMethod("GetDisplayName", BindingFlags.NonPublic | BindingFlags.Static);
        return ((string)name.Invoke(null, null)).Split(' ')[0];
    }
}
