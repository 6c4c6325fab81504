# Per line of the file: json.dumps as it comes, then compact with the text of all numbers kept.
import json, re, sys

MARK = '\uf8ff'
for line in open(sys.argv[1], encoding='utf-8', newline='\n'):
    print(json.dumps(json.loads(line)))
    marked = json.loads(line, parse_int=lambda text: MARK + text, parse_float=lambda text: MARK + text)
    print(re.sub(r'"\\uf8ff([^"]*)"', r'\1', json.dumps(marked, separators=(',', ':'))))
