import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.stream.Collectors;
import org.apache.axis.AxisFault;
import testtrack_interface.*;

/**
 * The story of the interop suite, told with Axis 1.4 (libaxis-java) and the stubs that its WSDL2Java generates.
 * What differs between the stubs of two generations is in {@code Members}, a class for each of them.
 *
 * Arguments: address of the twin, then summary, workaround, notes and file name, then pairs of a custom field and
 * its value. Prints one JSON object a line for what it saw.
 */
public class StoryAxis {
    private final String origin;
    private final Map<String, String> wanted = new HashMap<>();
    private final TtsoapcgiPortType call;

    interface Attempt {
        void run() throws Exception;
    }

    StoryAxis(String[] arguments) throws Exception {
        origin = arguments[0];
        String[] names = {"summary", "workaround", "notes", "file"};
        for (int i = 0; i < names.length; i++) wanted.put(names[i], arguments[1 + i]);
        for (int i = 5; i + 1 < arguments.length; i += 2) wanted.put("field " + arguments[i], arguments[i + 1]);
        call = new TtsoapcgiLocator().getttsoapcgi(new URL(origin + "/cgi-bin/ttsoapcgi.exe"));
    }

    public static void main(String[] arguments) throws Exception {
        System.setOut(new java.io.PrintStream(System.out, true, StandardCharsets.UTF_8));
        new StoryAxis(arguments).tell();
    }

    private void tell() throws Exception {
        say("client", "\"version\":\"1.4\"");
        CProject[] projects = call.getProjectList("username", "password");
        say("projects", "\"names\":[" + quoted(projects[0].getDatabase().getName()) + "]");
        long cookie = call.projectLogon(projects[0], "username", "password");
        say("logon", "\"positive\":" + (cookie > 0));

        say("get", shown(get(cookie, 11)));

        CRecordListSoap list = list(cookie, "Defect", "Record ID", "Number", "Summary", "Status");
        List<String> columns = items(list.getColumnlist()).stream().map(each -> quoted(each.getName())).toList();
        say("list", "\"columns\":" + columns + ",\"rows\":" + rows(list));
        say("empty list", "\"rows\":" + rows(list(cookie, "Test Case", "Number")));

        CDefect defect = call.editDefect(cookie, 11, "", true);
        defect.setPriority("Immediate");
        say("save unchanged", "\"result\":" + call.saveDefect(cookie, defect));
        say("get unchanged", shown(get(cookie, 11)));

        defect = edit(cookie, 11);
        change(defect);
        say("save changed", "\"result\":" + call.saveDefect(cookie, defect));
        defect = get(cookie, 11);
        say("get changed", shown(defect));
        say("attachment", digest(cookie, defect));

        defect = edit(cookie, 12);
        attach(defect, "big.bin", everyByte(20480));
        call.saveDefect(cookie, defect);
        say("big attachment", digest(cookie, get(cookie, 12)));

        refused("absent", () -> get(cookie, 99));
        meetLocks(projects[0], cookie);
        say("logoff", "\"result\":" + call.databaseLogoff(cookie));
        refused("dropped", () -> get(cookie, 11));
    }

    private void meetLocks(CProject project, long cookie) throws Exception {
        long other = call.projectLogon(project, "lake", "water");
        edit(cookie, 11);
        refused("locked", () -> edit(other, 11));
        say("cancel", "\"result\":" + call.cancelSaveDefect(cookie, 311));
        say("free after cancel", "\"number\":" + edit(other, 11).getDefectnumber());
        call.cancelSaveDefect(other, 311);

        CDefect late = edit(cookie, 11);
        advance("14m59s999ms");
        refused("still locked", () -> edit(other, 11));
        advance("1ms");
        say("free after 15 minutes", "\"number\":" + edit(other, 11).getDefectnumber());
        refused("late save", () -> call.saveDefect(cookie, late));
        call.databaseLogoff(other);
    }

    private CRecordListSoap list(long cookie, String table, String... names) throws Exception {
        CTableColumn[] columns = Arrays.stream(names).map(CTableColumn::new).toArray(CTableColumn[]::new);
        return call.getRecordListForTable(cookie, table, "", columns);
    }

    private static List<List<String>> rows(CRecordListSoap list) {
        return items(list.getRecords()).stream()
            .map(row -> items(row.getRow()).stream().map(cell -> quoted(cell.getValue())).toList())
            .toList();
    }

    private CDefect get(long cookie, long number) throws Exception {
        return call.getDefect(cookie, number, "", false);
    }

    private CDefect edit(long cookie, long number) throws Exception {
        return call.editDefect(cookie, number, "", false);
    }

    /** Axis 1.4 loses what a fault says on newer Java: that one was raised is all that can be told. */
    private void refused(String step, Attempt attempt) throws Exception {
        try {
            attempt.run();
            say(step, "\"text\":null,\"detail\":null");
        } catch (AxisFault fault) {
            say(step, "\"text\":" + quoted(fault.getFaultString()) + ",\"detail\":\"\"");
        }
    }

    // ---- what a defect looks like ----

    private static void say(String step, String what) {
        System.out.println("{\"step\":" + quoted(step) + "," + what + "}");
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (char c : (text == null ? "" : text).toCharArray()) {
            if (c == '"' || c == '\\') out.append('\\').append(c);
            else if (c < 0x20) out.append(String.format("\\u%04x", (int) c));
            else out.append(c);
        }
        return out.append('"').toString();
    }

    private static String moment(Calendar value) {
        return value.toInstant().toString();
    }

    private static <T> List<T> items(T[] list) {
        return list == null ? List.of() : Arrays.asList(list);
    }

    private static String plain(CField field) {
        String type = "{\"type\":" + quoted(field.getClass().getSimpleName()) + ",\"value\":";
        return type + plainValue(field) + "}";
    }

    private static String plainValue(CField field) {
        if (field instanceof CStringField f) return quoted(f.getValue());
        if (field instanceof CIntegerField f) return "" + f.getValue();
        if (field instanceof CDecimalField f) return "" + f.getValue();
        if (field instanceof CBooleanField f) return "" + f.isValue();
        if (field instanceof CDateField f) return quoted(Members.day(f));
        if (field instanceof CDateTimeField f) return quoted(moment(f.getValue()));
        if (field instanceof CVersionField f) return quoted(f.getValue());
        if (field instanceof CDropdownField f) return quoted(f.getValue());
        if (field instanceof CMultiSelectDropdownField f)
            return items(f.getValues()).stream().map(each -> quoted(each.getValue())).toList().toString();
        return Members.plainNewer(field);
    }

    private static String shown(CDefect defect) {
        CReportedByRecord report = defect.getReportedbylist()[0];
        List<String> files = items(report.getAttachmentlist()).stream().map(each -> quoted(each.getMStrFileName())).toList();
        List<String> events = items(defect.getEventlist()).stream()
            .map(each -> List.of(quoted(each.getName()), quoted(each.getNotes()), quoted(moment(each.getDate()))).toString())
            .toList();
        String fields = items(defect.getCustomFieldList()).stream()
            .map(each -> quoted(each.getName()) + ":" + plain(each))
            .collect(Collectors.joining(","));
        return "\"defect\":{\"recordid\":" + defect.getRecordid() + ",\"number\":" + defect.getDefectnumber()
            + ",\"summary\":" + quoted(defect.getSummary()) + ",\"priority\":" + quoted(defect.getPriority())
            + ",\"workaround\":" + quoted(defect.getWorkaround()) + ",\"description\":" + quoted(report.getComments())
            + ",\"entered\":" + quoted(Members.entered(defect))
            + ",\"created\":" + quoted(moment(defect.getDatetimecreated()))
            + ",\"files\":" + files + ",\"events\":" + events + ",\"fields\":{" + fields + "}}";
    }

    // ---- changes ----

    private void change(CDefect defect) {
        defect.setSummary(wanted.get("summary"));
        defect.setWorkaround(wanted.get("workaround"));
        for (CField field : defect.getCustomFieldList()) changeField(field, wanted.get("field " + field.getName()));
        CEvent event = new CEvent();
        event.setName("Comment");
        event.setNotes(wanted.get("notes"));
        event.setDate(calendar("2026-03-02T14:30:00Z"));
        event.setEventaddorder((short) 1);
        List<CEvent> events = new ArrayList<>(items(defect.getEventlist()));
        events.add(event);
        defect.setEventlist(events.toArray(new CEvent[0]));
        attach(defect, wanted.get("file"), everyByte(4));
    }

    private static void changeField(CField field, String value) {
        if (field instanceof CStringField f) f.setValue(value);
        else if (field instanceof CIntegerField f) f.setValue(Integer.parseInt(value));
        else if (field instanceof CDecimalField f) f.setValue(Double.parseDouble(value));
        else if (field instanceof CBooleanField f) f.setValue(Boolean.parseBoolean(value));
        else if (field instanceof CDateField f) Members.setDay(f, value);
        else if (field instanceof CDateTimeField f) f.setValue(calendar(value));
        else if (field instanceof CVersionField f) f.setValue(value);
        else if (field instanceof CDropdownField f) f.setValue(value);
        else if (field instanceof CMultiSelectDropdownField f)
            f.setValues(Arrays.stream(value.split(";")).map(StoryAxis::fieldValue).toArray(CFieldValue[]::new));
        else Members.changeNewer(field, value);
    }

    private static CFieldValue fieldValue(String text) {
        CFieldValue made = new CFieldValue();
        made.setValue(text);
        return made;
    }

    private static Calendar calendar(String text) {
        Calendar made = new GregorianCalendar(TimeZone.getTimeZone("UTC"));
        made.setTimeInMillis(OffsetDateTime.parse(text).toInstant().toEpochMilli());
        return made;
    }

    private static byte[] everyByte(int times) {
        byte[] bytes = new byte[256 * times];
        for (int i = 0; i < bytes.length; i++) bytes[i] = (byte) i;
        return bytes;
    }

    private static void attach(CDefect defect, String name, byte[] content) {
        if (items(defect.getReportedbylist()).isEmpty()) {
            CReportedByRecord made = new CReportedByRecord();
            made.setShoworder((short) 1);
            defect.setReportedbylist(new CReportedByRecord[] {made});
        }
        CFileAttachment file = new CFileAttachment();
        file.setMStrFileName(name);
        file.setMPFileData(content);
        CReportedByRecord report = defect.getReportedbylist()[0];
        List<CFileAttachment> files = new ArrayList<>(items(report.getAttachmentlist()));
        files.add(file);
        report.setAttachmentlist(files.toArray(new CFileAttachment[0]));
    }

    /** What comes back of the last file of a defect, by its size and SHA-256. */
    private String digest(long cookie, CDefect defect) throws Exception {
        CFileAttachment[] files = defect.getReportedbylist()[0].getAttachmentlist();
        String archive = files[files.length - 1].getMStrArchiveName();
        CFileAttachment got = call.getAttachment(cookie, "Defect", defect.getRecordid(), 0, archive);
        byte[] content = got.getMPFileData();
        String sum = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        return "\"name\":" + quoted(got.getMStrFileName()) + ",\"size\":" + content.length + ",\"sha256\":" + quoted(sum);
    }

    private void advance(String by) throws Exception {
        HttpURLConnection connection =
            (HttpURLConnection) URI.create(origin + "/__admin/clock/advance").toURL().openConnection();
        connection.setRequestProperty("Content-Type", "application/json");
        connection.setDoOutput(true);
        connection.getOutputStream().write(("{\"by\":\"" + by + "\"}").getBytes(StandardCharsets.UTF_8));
        if (connection.getResponseCode() != 200) throw new IllegalStateException("the clock was not advanced");
    }
}
