import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Receives webhooks of GitHub, and sends its own as Standard Webhooks. */
final class Receiver implements AutoCloseable {
  private static final int MAX_BYTES = 25 << 20;

  /** Titles of opened pull requests. In production: tables, and the id of a delivery unique. */
  final List<String> opened = new CopyOnWriteArrayList<>();

  private final Set<String> deliveries = ConcurrentHashMap.newKeySet();
  private final byte[] secret;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(8);

  Receiver(String secret, int port) throws IOException {
    this.secret = secret.getBytes(StandardCharsets.UTF_8);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/webhooks/github", this::receive);
    server.setExecutor(threads);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/webhooks/github";
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdown();
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readNBytes(MAX_BYTES + 1);
      exchange.sendResponseHeaders(body.length > MAX_BYTES ? 413 : answer(exchange, body), -1);
    }
  }

  private int answer(HttpExchange exchange, byte[] body) {
    if (!exchange.getRequestMethod().equals("POST")) return 405;
    var headers = exchange.getRequestHeaders();
    // The signature is over the bytes as they came: parse them only after it is verified.
    String expected = "sha256=" + HexFormat.of().formatHex(hmac(secret, body));
    String given = String.valueOf(headers.getFirst("X-Hub-Signature-256"));
    if (!MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8))) return 401;
    JsonObject payload = parse(body);
    String delivery = headers.getFirst("X-GitHub-Delivery");
    if (payload == null || delivery == null) return 400;
    if (deliveries.add(delivery) && "pull_request".equals(headers.getFirst("X-GitHub-Event")) && isOpened(payload)) {
      opened.add(payload.getAsJsonObject("pull_request").get("title").getAsString());
    }
    return 204;
  }

  private static boolean isOpened(JsonObject payload) {
    JsonElement action = payload.get("action");
    return action != null && action.isJsonPrimitive() && action.getAsString().equals("opened");
  }

  /** The object that a text is; null where it is none. */
  private static JsonObject parse(byte[] body) {
    try {
      JsonElement parsed = JsonParser.parseString(new String(body, StandardCharsets.UTF_8));
      return parsed.isJsonObject() ? parsed.getAsJsonObject() : null;
    } catch (JsonParseException | StackOverflowError error) {
      return null;
    }
  }

  /** Sends an event to a subscriber, whose secret begins with whsec_, and gives the status of the answer. */
  static int notify(String url, String secret, String event) throws IOException, InterruptedException {
    String id = "msg_" + UUID.randomUUID();
    String now = String.valueOf(Instant.now().getEpochSecond());
    byte[] key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
    byte[] signature = hmac(key, (id + "." + now + "." + event).getBytes(StandardCharsets.UTF_8));
    var request = HttpRequest.newBuilder(URI.create(url))
        .header("Content-Type", "application/json")
        .header("webhook-id", id)
        .header("webhook-timestamp", now)
        .header("webhook-signature", "v1," + Base64.getEncoder().encodeToString(signature))
        .POST(HttpRequest.BodyPublishers.ofString(event));
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.discarding()).statusCode();
  }

  private static byte[] hmac(byte[] key, byte[] content) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(content);
    } catch (GeneralSecurityException error) {
      throw new IllegalStateException(error);
    }
  }
}
