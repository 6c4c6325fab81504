import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhooksTest {
  private static final String SECRET = "only-for-these-tests";
  private Receiver receiver;

  @BeforeEach
  void start() throws IOException {
    receiver = new Receiver(SECRET, 0);
  }

  @AfterEach
  void stop() {
    receiver.close();
  }

  private static Process begin(String... args) throws IOException {
    List<String> command = new ArrayList<>(List.of("npx", "webhook-sim"));
    command.addAll(List.of(args));
    command.addAll(List.of("--json", "-q"));
    var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("GITHUB_WEBHOOK_SECRET", SECRET);
    return builder.start();
  }

  private static JsonObject parse(String line) {
    return JsonParser.parseString(line).getAsJsonObject();
  }

  /** Runs webhook-sim, and gives its lines of JSON: one for each delivery, the summary last. */
  private static List<JsonObject> webhookSim(String... args) throws Exception {
    Process process = begin(args);
    List<JsonObject> lines = process.inputReader().lines().map(WebhooksTest::parse).toList();
    assertEquals(0, process.waitFor());
    return lines;
  }

  @Test
  void pullRequestIsKeptOnce() throws Exception {
    var lines = webhookSim("send", "github", "pull_request.opened", "--to", receiver.url(),
        "--set", "pull_request.title=Faster", "--duplicate", "2");
    for (JsonObject delivery : lines.subList(0, 2)) assertEquals("accepted", delivery.get("outcome").getAsString());
    assertEquals(List.of("Faster"), receiver.opened);
  }

  @Test
  void forgeryIsRejected() throws Exception {
    var lines = webhookSim("send", "github", "pull_request.opened", "--to", receiver.url(), "--forge", "tampered-body");
    var attempt = lines.get(0).getAsJsonArray("attempts").get(0).getAsJsonObject();
    assertEquals(401, attempt.get("status").getAsInt());
    assertEquals(List.of(), receiver.opened);
  }

  @Test
  void receiverIsSafe() throws Exception {
    var lines = webhookSim("check", "github", "--to", receiver.url(), "--report", "junit=webhooks.xml");
    var summary = lines.get(lines.size() - 1);
    assertEquals("A", summary.get("grade").getAsString(), summary.get("findings").toString());
  }

  @Test
  void subscriberCanVerifyWhatIsSent() throws Exception {
    String secret = "whsec_b25seS1mb3ItdGhlc2UtdGVzdHM=";
    Process listener = begin("listen", "standard-webhooks", "--port", "0", "--until", "deploy.finished", "--secret", secret);
    try (BufferedReader lines = new BufferedReader(new InputStreamReader(listener.getInputStream()))) {
      String url = parse(lines.readLine()).get("url").getAsString();
      assertEquals(200, Receiver.notify(url, secret, "{\"type\":\"deploy.finished\",\"data\":{\"id\":7}}"));
      assertEquals("genuine", parse(lines.readLine()).get("verdict").getAsString());
      lines.lines().forEach(line -> {});
    }
    assertEquals(0, listener.waitFor());
  }
}
