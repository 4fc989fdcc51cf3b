import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each test has a world of its own; see TwinWorld for where the twin comes from. */
class ResultsTest {
    @RegisterExtension
    final TwinWorld world = new TwinWorld();

    @ParameterizedTest
    @ValueSource(strings = {"pass", "fail"})
    void aResultIsCounted(String result) throws Exception {
        // Sessions are numbered one after another: what another test created is not seen here.
        assertEquals("0\n00124\n", rpc("command=createSession&set=Group_A/Group_B/My_Set&name=Nightly"));
        rpc("command=result&sess=00124&tid=0&result=" + result);
        String status = rpc("command=getSessionStatus&sessNum=00124&returnJSON=1");
        assertTrue(status.contains("\"" + result + "\":1"), status);
        String asked = "{\"calls\": [{\"operation\": \"result\", \"where\": {\"result\": \"" + result + "\"}}]}";
        TwinWorld.send("POST", world.url() + "/__admin/journal/verify", asked);
    }

    private String rpc(String query) throws Exception {
        String caller = "rpctoken=token&username=lake&suite=Example&";
        return TwinWorld.send("GET", world.url() + "/run/rpc.mpl?" + caller + query, "");
    }
}
