import com.google.gson.*;
import java.nio.file.*;
import java.util.*;
import java.util.function.*;

/** Prints what Gson writes of each line of a file: javac -cp gson.jar Gson.java; java -cp gson.jar:. Gson fixtures/documents.jsonl */
class Gson {
  public static void main(String[] args) throws Exception {
    com.google.gson.Gson usual = new com.google.gson.Gson();
    com.google.gson.Gson nulls = new GsonBuilder().serializeNulls().create();
    com.google.gson.Gson bare = new GsonBuilder().disableHtmlEscaping().create();
    com.google.gson.Gson pretty = new GsonBuilder().setPrettyPrinting().create();
    Map<String, Function<String, String>> encoders = new LinkedHashMap<>();
    encoders.put("toJson of a JsonElement", text -> usual.toJson(JsonParser.parseString(text)));
    encoders.put("toJson of a Map", text -> usual.toJson(usual.fromJson(text, Object.class)));
    encoders.put("toString of a JsonElement", text -> JsonParser.parseString(text).toString());
    encoders.put("serializeNulls", text -> nulls.toJson(JsonParser.parseString(text)));
    encoders.put("serializeNulls of a Map", text -> nulls.toJson(nulls.fromJson(text, Object.class)));
    encoders.put("disableHtmlEscaping", text -> bare.toJson(JsonParser.parseString(text)));
    encoders.put("setPrettyPrinting", text -> pretty.toJson(JsonParser.parseString(text)));
    Map<String, List<String>> texts = new LinkedHashMap<>();
    for (String line : Files.readAllLines(Path.of(args[0]))) {
      encoders.forEach((name, encode) -> texts.computeIfAbsent(name, key -> new ArrayList<>()).add(encode.apply(line)));
    }
    System.out.println(bare.toJson(Map.of("program", "Gson 2.10 on OpenJDK " + System.getProperty("java.version"), "texts", texts)));
  }
}
