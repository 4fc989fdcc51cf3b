import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.TimeZone;
import testtrack_interface.*;

/** The same for the stubs of 2013: a day is a moment, and neither the day of entry nor time spans are known. */
class Members {
    static String entered(CDefect defect) {
        return "";
    }

    static String day(CDateField field) {
        return field.getValue().toInstant().toString().substring(0, 10);
    }

    static void setDay(CDateField field, String day) {
        Calendar midnight = new GregorianCalendar(TimeZone.getTimeZone("UTC"));
        midnight.setTimeInMillis(LocalDate.parse(day).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli());
        field.setValue(midnight);
    }

    static String plainNewer(CField field) {
        return null;
    }

    static void changeNewer(CField field, String value) {}
}
