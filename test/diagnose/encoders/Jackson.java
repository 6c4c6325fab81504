import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.*;
import java.nio.file.*;
import java.util.*;

/** Prints what Jackson writes of each line of a file: javac -cp jackson-databind.jar:… Jackson.java */
class Jackson {
  interface Encoder { String encode(String text) throws Exception; }

  public static void main(String[] args) throws Exception {
    ObjectMapper usual = new ObjectMapper();
    ObjectMapper decimals = new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    ObjectMapper notNull = new ObjectMapper();
    notNull.setDefaultPropertyInclusion(JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL));
    ObjectMapper sorted = new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
    Map<String, Encoder> encoders = new LinkedHashMap<>();
    encoders.put("a JsonNode", text -> usual.writeValueAsString(usual.readTree(text)));
    encoders.put("toString of a JsonNode", text -> usual.readTree(text).toString());
    encoders.put("a Map", text -> usual.writeValueAsString(usual.readValue(text, Object.class)));
    encoders.put("BigDecimal", text -> decimals.writeValueAsString(decimals.readValue(text, Object.class)));
    encoders.put("BigDecimal in a JsonNode", text -> decimals.writeValueAsString(decimals.readTree(text)));
    encoders.put("NON_NULL", text -> notNull.writeValueAsString(notNull.readValue(text, Object.class)));
    encoders.put("ORDER_MAP_ENTRIES_BY_KEYS", text -> sorted.writeValueAsString(sorted.readValue(text, Object.class)));
    encoders.put("writerWithDefaultPrettyPrinter", text -> usual.writerWithDefaultPrettyPrinter().writeValueAsString(usual.readTree(text)));
    Map<String, List<String>> texts = new LinkedHashMap<>();
    for (String line : Files.readAllLines(Path.of(args[0]))) {
      for (Map.Entry<String, Encoder> each : encoders.entrySet()) {
        texts.computeIfAbsent(each.getKey(), key -> new ArrayList<>()).add(each.getValue().encode(line));
      }
    }
    String program = "Jackson " + usual.version() + " on OpenJDK " + System.getProperty("java.version");
    System.out.println(usual.writeValueAsString(Map.of("program", program, "texts", texts)));
  }
}
