// Per line of the file: json.Marshal, with integers as their text and all other numbers as float64.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strings"
)

func floats(value interface{}) interface{} {
	switch value := value.(type) {
	case json.Number:
		if strings.ContainsAny(value.String(), ".eE") {
			float, err := value.Float64()
			if err != nil {
				panic(err)
			}
			return float
		}
	case []interface{}:
		for i := range value {
			value[i] = floats(value[i])
		}
	case map[string]interface{}:
		for key := range value {
			value[key] = floats(value[key])
		}
	}
	return value
}

func main() {
	file, err := os.Open(os.Args[1])
	if err != nil {
		panic(err)
	}
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		decoder := json.NewDecoder(strings.NewReader(lines.Text()))
		decoder.UseNumber()
		var value interface{}
		if err := decoder.Decode(&value); err != nil {
			panic(err)
		}
		text, err := json.Marshal(floats(value))
		if err != nil {
			panic(err)
		}
		fmt.Println(string(text))
	}
}
