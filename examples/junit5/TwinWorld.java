import java.io.*;
import java.net.URI;
import java.net.http.*;
import java.util.*;
import org.junit.jupiter.api.extension.*;

/**
 * Gives every test a world of its own: {@code @RegisterExtension final TwinWorld world = new TwinWorld();}.
 * When the test fails, what happened in its world is printed.
 *
 * <p>The twin is the executable that TWIN_PROGRAM names, or one that runs already at TWIN_URL, or else the package in
 * {@code node_modules}. TWINTRACK_ADMIN_TOKEN is the token of one that wants it.
 */
public class TwinWorld implements BeforeEachCallback, AfterEachCallback {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static String twin;
    private final String name = "junit-" + UUID.randomUUID();

    public String url() {
        return twin + "/w/" + name;
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        send("PUT", twin() + "/__admin/worlds/" + name, "{\"from\": \"seed\"}");
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        if (context.getExecutionException().isPresent()) {
            System.err.println(context.getDisplayName() + ": " + send("GET", url() + "/__admin/report", ""));
        }
        send("DELETE", twin + "/__admin/worlds/" + name, "");
    }

    public static String send(String method, String url, String body) throws Exception {
        var content = HttpRequest.BodyPublishers.ofString(body);
        var request = HttpRequest.newBuilder(URI.create(url)).header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + setting("TWINTRACK_ADMIN_TOKEN", "")).method(method, content).build();
        var answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 400) throw new AssertionError(answer.body());
        return answer.body();
    }

    private static synchronized String twin() throws IOException {
        var url = setting("TWIN_URL", "");
        if (twin == null) twin = !url.isEmpty() && setting("TWIN_PROGRAM", "").isEmpty() ? url : started();
        return twin;
    }

    private static String setting(String name, String otherwise) {
        var value = System.getenv(name);
        return value == null || value.isEmpty() ? otherwise : value;
    }

    private static String started() throws IOException {
        var ending = System.getProperty("os.name").startsWith("Windows") ? ".cmd" : "";
        var program = setting("TWIN_PROGRAM", "node_modules/.bin/twintrack" + ending);
        var words = List.of(program, "serve", "--port", "0", "--log-level", "error");
        var process = new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        var printed = new BufferedReader(new InputStreamReader(process.getInputStream()));
        for (String line; (line = printed.readLine()) != null; ) {
            if (line.contains("answers on ")) return line.replaceFirst(".*answers on ", "");
        }
        throw new IOException(program + " did not start; what it said is above.");
    }
}
