import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URL;

/** Asks for an address and prints the status, or what is wrong with the certificate. */
public class Ask {
    public static void main(String[] args) {
        try {
            System.out.println(((HttpURLConnection) new URL(args[0]).openConnection()).getResponseCode());
        } catch (IOException error) {
            System.out.println("not trusted: " + error.getMessage());
        }
    }
}
