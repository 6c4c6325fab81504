// Prints what serde_json writes of each line of a file; with the feature preserve_order, too: cargo run -- fixtures/documents.jsonl
use serde_json::{json, Value};

fn main() {
    let file = std::env::args().nth(1).unwrap();
    let text = std::fs::read_to_string(file).unwrap();
    let values: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let compact: Vec<String> = values.iter().map(|value| serde_json::to_string(value).unwrap()).collect();
    let pretty: Vec<String> = values.iter().map(|value| serde_json::to_string_pretty(value).unwrap()).collect();
    let texts = if cfg!(feature = "preserve_order") {
        json!({ "to_string with preserve_order": compact, "to_string_pretty with preserve_order": pretty })
    } else {
        json!({ "to_string": compact, "to_string_pretty": pretty })
    };
    println!("{}", json!({ "program": "serde_json 1.0.87", "texts": texts }));
}
