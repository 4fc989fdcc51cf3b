import java.net.URI;
import java.net.http.*;
import java.util.UUID;
import org.junit.jupiter.api.extension.*;

/**
 * Gives every test a world of its own: {@code @RegisterExtension final TwinWorld world = new TwinWorld();}.
 * When the test fails, what happened in its world is printed.
 */
public class TwinWorld implements BeforeEachCallback, AfterEachCallback {
    private static final String TWIN = System.getenv().getOrDefault("TWIN_URL", "http://127.0.0.1:8080");
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private final String name = "junit-" + UUID.randomUUID();

    public String url() {
        return TWIN + "/w/" + name;
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        send("POST", TWIN + "/__admin/worlds", "{\"name\": \"" + name + "\", \"from\": \"seed\"}");
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        if (context.getExecutionException().isPresent()) {
            System.err.println(context.getDisplayName() + ": " + send("GET", url() + "/__admin/report", ""));
        }
        send("DELETE", TWIN + "/__admin/worlds/" + name, "");
    }

    public static String send(String method, String url, String body) throws Exception {
        var content = HttpRequest.BodyPublishers.ofString(body);
        var request = HttpRequest.newBuilder(URI.create(url)).header("Content-Type", "application/json").method(method, content).build();
        var answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 400) throw new AssertionError(answer.body());
        return answer.body();
    }
}
