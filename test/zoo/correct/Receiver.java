// A correct receiver on com.sun.net.httpserver: getFirst takes the first of two headers.
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

public class Receiver {
  private static final int LIMIT = 2 * 1024 * 1024;

  private static boolean isSigned(HttpExchange exchange, byte[] body) throws GeneralSecurityException {
    String signature = exchange.getRequestHeaders().getFirst(System.getenv("HEADER"));
    if (signature == null) return false;
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(System.getenv("SECRET").getBytes(), "HmacSHA256"));
    byte[] digest = mac.doFinal(body);
    String expected = System.getenv("ENCODING").equals("hex")
        ? HexFormat.of().formatHex(digest)
        : Base64.getEncoder().encodeToString(digest);
    return MessageDigest.isEqual(expected.getBytes(), signature.getBytes());
  }

  private static int judge(HttpExchange exchange) throws IOException, GeneralSecurityException {
    if (!exchange.getRequestMethod().equals("POST")) return 405;
    byte[] body = exchange.getRequestBody().readNBytes(LIMIT + 1);
    if (body.length > LIMIT) return 413;
    return isSigned(exchange, body) ? 200 : 401;
  }

  public static void main(String[] arguments) throws Exception {
    HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/", exchange -> {
      try (exchange) {
        exchange.sendResponseHeaders(judge(exchange), -1);
      } catch (GeneralSecurityException error) {
        exchange.sendResponseHeaders(500, -1);
      }
    });
    server.start();
    System.out.println(server.getAddress().getPort());
    while (System.in.read() >= 0);
    System.exit(0);
  }
}
