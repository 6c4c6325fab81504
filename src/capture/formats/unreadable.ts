import type { CaptureInput } from '../captureInput.js';

interface UnreadableForm {
  readonly is: RegExp;
  readonly reason: string;
}

/** By their first bytes, each as a character. */
const files: readonly UnreadableForm[] = [
  {
    is: /^(?:\xd4\xc3\xb2\xa1|\xa1\xb2\xc3\xd4|\x4d\x3c\xb2\xa1|\xa1\xb2\x3c\x4d|\x0a\x0d\x0d\x0a)/,
    reason:
      'this is a capture of packets (pcap). Open it in Wireshark, choose Follow > HTTP Stream, and save that as raw',
  },
  {
    is: /^PK\x03\x04/,
    reason:
      'this is a ZIP archive, such as a session of Fiddler (.saz). Export the request as HAR, or unpack it and give the raw/…_c.txt of the request',
  },
  { is: /^\x1f\x8b/, reason: 'it is compressed with gzip. Unpack it first: gunzip' },
  {
    is: /^\d{1,12}:(?=[\s\S]{0,4096}?\d:(?:request|version|response|client_conn)[,;])/,
    reason:
      'these are flows of mitmproxy. Export them as HAR (mitmproxy 10.1 and newer): mitmdump -nr FILE --set hardump=flows.har. An older one exports a flow as raw',
  },
  {
    is: /^bplist00/,
    reason: 'it is a binary property list, such as a session of Proxyman. Export the request as HAR or as raw',
  },
  { is: /^(?:\x89PNG|GIF8|\xff\xd8\xff|%PDF)/, reason: 'it is a picture or PDF. Copy the request as text' },
];

/** By the beginning of their text. */
const texts: readonly UnreadableForm[] = [
  {
    is: /^\s*<\?xml[^>]*>\s*(?:<!DOCTYPE items[\s\S]{0,4096}?\]>\s*)?<items\s+burpVersion=|^\s*<items\s+burpVersion=/i,
    reason: 'this is a Burp XML. Choose the request, and save it as raw: Copy to file',
  },
  {
    is: /^\s*(?:<\?xml[^>]*>\s*)?(?:<\?charles[^>]*>\s*)?<charles-session/i,
    reason: 'this is a session of Charles as XML. Export it as HAR, or as a JSON session (.chlsj)',
  },
  {
    is: /^(?:---[^\n]*\n)?(?:#[^\n]*\n|[ \t]*\r?\n)*openapi:[ \t]*["']?\d|^\s*\{\s*"openapi"\s*:\s*"\d/,
    reason:
      'this is a specification, and no request. Make a provider of it: webhook-sim provider new <name> --from FILE',
  },
  {
    is: /^(?:---[^\n]*\n)?(?:#[^\n]*\n|[ \t]*\r?\n)*(?:swagger|asyncapi):[ \t]*["']?\d|^\s*\{\s*"(?:swagger|asyncapi)"\s*:\s*"\d/,
    reason:
      'this is a specification, and no request. provider new reads OpenAPI 3: convert a Swagger document, and save the JSON Schemas of AsyncAPI in a folder',
  },
  {
    is: /^[0-9a-f]{8} \d{4}-\d\d-\d\d \d\d:\d\d:\d\d \S/,
    reason: 'this is the log as people read it. Write webhook-sim log last --json, or webhook-sim verify last',
  },
  { is: /^\s*(?:<\?xml[^>]*>\s*)?<jmeterTestPlan/i, reason: 'this is a test plan of JMeter. Copy the request as curl' },
  {
    is: /^\s*(?:<\?xml[^>]*>\s*)?<\w*:?soapui-project/i,
    reason: 'this is a project of SoapUI. Save the request as raw',
  },
  { is: /^\s*(?:<!doctype html|<html)/i, reason: 'this is a page of HTML. Copy the request itself, as raw or curl' },
  { is: /^\s*<\?xml/i, reason: 'this is XML, and no request. Save the request as raw, with its headers' },
  {
    is: /^\s*(?:const \w+ = )?(?:await )?fetch\(\s*["'`]/,
    reason: 'this is a call of fetch in JavaScript. Copy it as cURL instead',
  },
  {
    is: /^\s*(?:import (?:requests|http\.client|axios)|const axios|var axios|require\(|using System\.Net|package main|<\?php)/,
    reason: 'this is source code. Copy the request as cURL, or save it as raw',
  },
  {
    is: /^\s*(?:\$ +)?(?:https?|xh)\s+(?:-[-\w=]+\s+)*(?:(?:GET|POST|PUT|PATCH|DELETE)\s+)?["']?(?:https?:\/\/|localhost|:\d|:\/|[\w-]+\.[\w.-]+(?:[/:?\s"']|$))/,
    reason: 'this is a command of HTTPie. Let it print the request: add --offline, and give what it prints',
  },
  {
    is: /^(?:\[[\d:.]+\])?\[?[\da-fA-F.:]{2,45}\]?:\d{1,5}: [A-Z]{3,20} https?:\/\//,
    reason:
      'this is what mitmdump shows, in which bodies are laid out in another way. Export the request from mitmproxy: :export.file raw_request @focus FILE',
  },
  { is: /^\s*(?:\$ +)?wget\s+-/, reason: 'this is a command of wget. Write it for curl' },
  {
    is: /^(?:tcpdump: |\d\d:\d\d:\d\d\.\d+ IP6? )/,
    reason: 'this is the output of tcpdump. Save the packets with -w, and take the stream out with Wireshark as raw',
  },
  {
    is: /^\s*0{4,16}:? {1,3}(?:[0-9a-f]{2} ?){4}/i,
    reason:
      'this is a dump in hexadecimal digits. Make bytes of it (xxd -r), or follow the stream in Wireshark and save it as raw',
  },
  {
    is: /^\s*\[?\s*\{\s*"_index"/,
    reason: 'these are packets that tshark wrote. Follow the stream in Wireshark, and save it as raw',
  },
  {
    is: /^\S+ \S+ \S+ \[\d\d\/\w{3}\/\d{4}:[\d:]+ [-+]\d{4}\] "/,
    reason:
      'this is the access log of a server, which has no headers and bodies. Capture the request: webhook-sim listen',
  },
  { is: /^\s*<\w[\w:.-]*[\s>]/, reason: 'this is XML, and no request. Save the request as raw, with its headers' },
];

/** Returns the reason why a file of a known form can't be read, with the way out; null for all others. */
export function unreadableReason({ latin1, text }: Pick<CaptureInput, 'latin1' | 'text'>): string | null {
  const start = latin1.slice(0, 8192);
  const found = files.find(({ is }) => is.test(start)) ?? texts.find(({ is }) => is.test(text.slice(0, 8192)));
  return found ? `${found.reason}.` : null;
}
