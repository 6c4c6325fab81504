using System;
using System.Collections.Generic;
using System.IO;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

/// <summary>Prints what Newtonsoft.Json writes of each line of a file: mcs -r:Newtonsoft.Json.dll Newtonsoft.cs; TZ=UTC mono Newtonsoft.exe fixtures/documents.jsonl</summary>
static class Encode {
  static void Main(string[] args) {
    var undated = new JsonSerializerSettings { DateParseHandling = DateParseHandling.None };
    var encoders = new Dictionary<string, Func<string, string>> {
      ["SerializeObject"] = text => JsonConvert.SerializeObject(JsonConvert.DeserializeObject(text)),
      ["SerializeObject with DateParseHandling.None"] = text => JsonConvert.SerializeObject(JsonConvert.DeserializeObject(text, undated)),
      ["JToken.ToString"] = text => Tree(text) is JContainer ? Tree(text).ToString() : null,
      ["JToken.ToString with Formatting.None"] = text => Tree(text).ToString(Formatting.None),
      ["EscapeHtml"] = text => JsonConvert.SerializeObject(JsonConvert.DeserializeObject(text), new JsonSerializerSettings { StringEscapeHandling = StringEscapeHandling.EscapeHtml }),
      ["EscapeNonAscii"] = text => JsonConvert.SerializeObject(JsonConvert.DeserializeObject(text), new JsonSerializerSettings { StringEscapeHandling = StringEscapeHandling.EscapeNonAscii }),
    };
    var texts = new Dictionary<string, List<string>>();
    foreach (var name in encoders.Keys) texts[name] = new List<string>();
    foreach (var line in File.ReadAllLines(args[0])) {
      foreach (var each in encoders) {
        try { texts[each.Key].Add(each.Value(line)); } catch (JsonException) { texts[each.Key].Add(null); }
      }
    }
    var version = typeof(JsonConvert).Assembly.GetName().Version;
    Console.WriteLine(JsonConvert.SerializeObject(new { program = "Newtonsoft.Json " + version + " on Mono", texts }));
  }

  static JToken Tree(string text) { return JToken.Parse(text); }
}
