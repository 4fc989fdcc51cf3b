import java.text.SimpleDateFormat;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Date;
import testtrack_interface.*;

/** Reads and writes what the stubs of the newest WSDL have and those of 2013 lack. */
class Members {
    /** The day of entry. */
    static String entered(CDefect defect) {
        return day(defect.getDateentered());
    }

    static String day(CDateField field) {
        return day(field.getValue());
    }

    static void setDay(CDateField field, String day) {
        field.setValue(Date.from(LocalDate.parse(day).atStartOfDay(ZoneOffset.UTC).toInstant()));
    }

    /** A field of a class of its own, as JSON; null for one of another class. */
    static String plainNewer(CField field) {
        if (!(field instanceof CTimespanField span)) return null;
        return "{\"value\":" + span.getValue() + ",\"unit\":\"" + span.getUnit() + "\"}";
    }

    static void changeNewer(CField field, String value) {
        if (!(field instanceof CTimespanField span)) return;
        span.setValue(Double.parseDouble(value.split(" ")[0]));
        span.setUnit(value.split(" ")[1]);
    }

    private static String day(Date value) {
        return new SimpleDateFormat("yyyy-MM-dd").format(value);
    }
}
