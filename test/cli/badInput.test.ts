import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { captureServer } from '../support/capture.js';
import { cli } from '../support/cli.js';
import { pem, pemPath } from '../support/pem.js';

let cwd: string;

beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'webhook-sim bad ünput '));
  writeFileSync(join(cwd, 'broken.json'), '{"a": 1,\n  "b": }');
  writeFileSync(join(cwd, 'empty.json'), '');
  writeFileSync(join(cwd, 'short.bin'), 'x');
  writeFileSync(join(cwd, 'good.json'), '{"event":"order.created"}');
  writeFileSync(join(cwd, 'latin1.json'), Buffer.from([0x22, 0xe9, 0x22]));
  mkdirSync(join(cwd, 'folder'));
  writeFileSync(
    join(cwd, 'broken.pem'),
    `${pem('right')}-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n`,
  );
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const pkcs8 = { format: 'pem', type: 'pkcs8' } as const;
  writeFileSync(join(cwd, 'other-key.pem'), privateKey.export(pkcs8));
  writeFileSync(
    join(cwd, 'encrypted-key.pem'),
    privateKey.export({ ...pkcs8, cipher: 'aes-256-cbc', passphrase: 'x' }),
  );
});

afterAll(() => rmSync(cwd, { recursive: true, force: true }));

const send = ['send', 'scalev', 'order.created'];
const flow = ['flow', 'bharatcart', 'order'];

/** The arguments, and what the one message on stderr must say. */
const table: readonly [argv: string[], message: RegExp][] = [
  [['send'], /Which provider\? One of .*bharatcart.*, and \d+ more/],
  [['send', 'scalev'], /Which event of Scalev\? One of order\.created, .*; or --all\./],
  [['send', 'scalew', 'order.created'], /There is no provider scalew\. Did you mean scalev\?/],
  [['send', 'scalev', 'order.craeted'], /Scalev has no event order\.craeted\. Did you mean order\.created/],
  [['send', 'scalev', 'nothing.*'], /No event of Scalev matches nothing\.\*/],
  [['send', 'scalev', 'order.created', '--all'], /--all sends every event, so name no others/],
  ...[send, flow].flatMap((command): [string[], RegExp][] => [
    [[...command, '--mode', 'form'], /--mode: (Scalev|BharatCart) delivers in one form only/],
    [[...command, '--value', 'token'], /--value: there is no name and "="/],
  ]),
  [['send', 'github', 'push', '--mode', 'frm'], /GitHub has no mode frm\. Did you mean form\?/],
  [['show', 'scalev', 'order.created', '--mode', 'form'], /--mode: Scalev delivers in one form only/],
  [[...send, '--variant', 'legacy'], /no variant legacy\. Did you mean legacy-2025\?/],
  [['send', 'scalev', 'order.updated', '--variant', 'legacy-2025'], /order\.updated has no variant legacy-2025/],
  [[...send, '--to', 'ftp://localhost/x'], /can't be sent to ftp:/],
  [[...send, '--to', 'http://'], /not an address/],
  [[...send, '--to', ''], /target is empty/],
  [[...send, '--to', 'localhost:99999'], /not an address/],
  [[...send, '--to', 'localhost:0'], /port/],
  [[...send, '--to', 'stagging'], /no target named stagging/],
  [[...send, '--to', 'demmo'], /Did you mean demo\?/],
  [[...send, '--secret', ''], /secret .*is empty/i],
  [[...send, '--secret', 'env:NOT_SET_ANYWHERE'], /no variable NOT_SET_ANYWHERE/],
  [[...send, '--secret', 'file:missing.txt'], /missing\.txt: there is no such file/],
  [[...send, '--secret', 'file:empty.json'], /file:empty\.json is empty/],
  [[...send, '--timeout', '5'], /--timeout: "5" is not a duration/],
  [[...send, '--timeout', '-5s'], /is not a duration|argument missing/],
  [[...send, '--timeout', '0s'], /--timeout: 0s is not between/],
  [[...send, '--timeout', '900d'], /--timeout: 900d is not between/],
  [[...send, '--count', '0'], /--count: "0" is not a whole number/],
  [[...send, '--count', '1.5'], /--count: "1\.5" is not a whole number/],
  [[...send, '--count', 'many'], /--count: "many" is not a whole number/],
  [[...send, '--concurrency', '0'], /--concurrency: "0" is not a whole number/],
  [[...send, '--concurrency', '100000'], /--concurrency: "100000" is not a whole number from 1 to 1000/],
  [[...send, '--expect', '2x'], /--expect: "2x" is not a status/],
  [[...send, '--expect', '600'], /--expect: "600" is not a status/],
  [[...send, '--expect', ''], /--expect: "" is not a status/],
  [[...send, '--seed', 'abc'], /--seed: "abc" is not a whole number/],
  [[...send, '--now', 'yesterday'], /--now: "yesterday" is not a time/],
  [[...send, '--now', '9999-12-31'], /--now: 9999-12-31 is not between/],
  [[...send, '--now', '1999-12-31'], /--now: 1999-12-31 is not between/],
  [[...send, '--now', '2026-13-45'], /--now: "2026-13-45" is not a time/],
  [[...send, '--fresh', 'some'], /--fresh: there is no "some"\. Known: ids, all/],
  [[...send, '--fresh', 'all', '--exact'], /--exact renews nothing/],
  [[...send, '-H', 'no colon'], /has no name and colon/],
  [[...send, '-H', ': value'], /has no name and colon/],
  [[...send, '-H', 'X-A: one\r\nX-B: two'], /character that HTTP does not allow/],
  [[...send, '-H', 'X-A: \u0000'], /character that HTTP does not allow/],
  [[...send, '-H', 'X-A: ✓'], /character that HTTP does not allow/],
  [[...send, '-H', 'X A: 1'], /is not a header name/],
  [[...send, '-H', 'Transfer-Encoding: chunked'], /Transfer-Encoding is set by HTTP itself/],
  [[...send, '-H', 'content-length: 3'], /content-length is set by HTTP itself/],
  [[...send, '-H', 'Expect: 100-continue'], /Expect is set by HTTP itself/],
  [[...send, '--no-log', '--to', ''], /target is empty/],
  [[...send, '--config', 'missing.yaml'], /missing\.yaml: there is no such config\. Write one with: webhook-sim init/],
  [['show', 'scalev', 'order.created', '--config', 'folder'], /folder: is a folder, not a config/],
  [['sign', 'scalev', 'good.json', '--config', 'broken.json'], /broken\.json:2:8: is not JSON/],
  [[...send, '--cacert', 'missing.pem'], /--cacert missing\.pem: there is no such file/],
  [[...send, '--cacert', 'folder'], /--cacert folder: it is a folder/],
  [[...send, '--cacert', 'good.json'], /--cacert good\.json: there is no -----BEGIN CERTIFICATE----- in it/],
  [[...send, '--cacert', 'broken.pem'], /--cacert broken\.pem: certificate 2 of 2 in it is broken/],
  [[...send, '--cert', 'missing.pem', '--key', pemPath('key')], /--cert missing\.pem: there is no such file/],
  [[...send, '--cert', pemPath('right')], /right\.pem: it holds no private key\. Name that with --key/],
  [[...send, '--key', pemPath('key')], /--key is the key of a certificate\. Name that with --cert/],
  [[...send, '--cert', pemPath('right'), '--key', 'missing.pem'], /--key missing\.pem: there is no such file/],
  [[...send, '--cert', pemPath('right'), '--key', 'good.json'], /--key good\.json: there is no private key in it/],
  [[...send, '--cert', pemPath('right'), '--key', 'other-key.pem'], /it is not the key of the certificate in/],
  [[...send, '--cert', pemPath('right'), '--key', 'encrypted-key.pem'], /the private key is encrypted/],
  [[...send, '--cert', pemPath('authority'), '--key', pemPath('key')], /it is not the key of the certificate in/],
  [[...send, '--proxy', 'socks5://127.0.0.1:1080'], /--proxy: socks5:\/\/ proxies are not supported/],
  [[...send, '--proxy', 'ftp://127.0.0.1'], /--proxy: ftp:\/\/ proxies are not supported/],
  [[...send, '--proxy', ''], /--proxy: that is not the address of a proxy/],
  [[...send, '--proxy', 'http://'], /--proxy: that is not the address of a proxy/],
  [[...send, '--proxy', 'http://127.0.0.1:99999'], /--proxy: that is not the address of a proxy/],
  [[...send, '--proxy', 'http://127.0.0.1/path'], /--proxy: that is not the address of a proxy/],
  [[...send, '--proxy', 'http://user%:x@127.0.0.1'], /--proxy: the user name or password has a "%"/],
  [[...send, '--unix-socket', ''], /--unix-socket: the path is empty/],
  [[...send, '--unix-socket', 'a\0.sock'], /--unix-socket: the path holds a control character/],
  [[...send, '--unix-socket', 'x'.repeat(200)], /--unix-socket: the path is longer than the 103 bytes/],
  [[...send, '--unix-socket', 'a.sock', '--to', 'demo'], /--unix-socket: the built-in receiver has none/],
  [[...send, '--unix-socket', 'a.sock', '--proxy', 'http://127.0.0.1'], /--unix-socket: no proxy leads to it/],
  [[...send, '--resolve', 'example.test'], /--resolve example\.test: there is no host, "=" and address/],
  [[...send, '--resolve', 'example.test:443:127.0.0.1'], /there is no host, "=" and address\. Write host=127\.0\.0\.1/],
  [[...send, '--resolve', '=127.0.0.1'], /there is no host, "=" and address/],
  [[...send, '--resolve', 'example.test=localhost'], /"localhost" is not an IP address/],
  [[...send, '--resolve', 'example.test='], /"" is not an IP address/],
  [[...send, '--resolve', 'example.test:0=127.0.0.1'], /"example\.test:0" is not the name of a host/],
  [[...send, '--resolve', '10.0.0.1=127.0.0.1'], /"10\.0\.0\.1" is not the name of a host/],
  [[...send, '--resolve', 'http://a.test=127.0.0.1'], /"http:\/\/a\.test" is not the name of a host/],
  [[...send, '--no-keep-alive=yes'], /unknown option '--no-keep-alive=yes'/],
  [[...send, '--insecure=yes'], /unknown option '--insecure=yes'/],
  [[...send, '--data', 'missing.json'], /missing\.json: there is no such file/],
  [[...send, '--data', 'empty.json'], /empty\.json is empty/],
  [[...send, '--data', 'broken.json'], /broken\.json is not JSON.*line 2, column 8/],
  [[...send, '--data', 'latin1.json'], /latin1\.json is not JSON.*not UTF-8/],
  [[...send, '--data', 'folder'], /folder: it is a folder/],
  [[...send, '--raw', 'folder'], /folder: it is a folder/],
  [[...send, '--data', '-', '--raw', '-'], /Standard input|two bodies/],
  [[...send, '--data', '-', '--secret', '-'], /Standard input \(-\) can be read only once/],
  [
    [...send, '--raw', 'good.json', '--set', 'event=x'],
    /--set and --unset change fields, but --raw sends a body as it is/,
  ],
  [[...send, '--raw', 'good.json', '--unset', 'event'], /--set and --unset change fields/],
  [[...send, '--from', 'missing.http'], /missing\.http: there is no such file/],
  [
    [...send, '--from', 'good.json', '--data', 'good.json'],
    /--from sends a captured request, and --data something else/,
  ],
  [[...send, '--from', 'empty.json'], /empty\.json: it is empty/],
  [[...send, '--entry', '2'], /--entry chooses from a capture\. Name it with --from/],
  [[...send, '--set', 'data.status'], /has no "="/],
  [[...send, '--set', '=x'], /path/],
  [[...send, '--set', 'data.statsu=paid'], /no data\.statsu\. Did you mean data\.status/],
  [[...send, '--set', 'data.orderlines[9].quantity=1'], /no data\.orderlines\[9\]/],
  [[...send, '--set', 'data.total_quantity=many'], /data\.total_quantity is a number/],
  [[...send, '--set', 'data.is_probably_spam=maybe'], /data\.is_probably_spam is a boolean/],
  [[...send, '--set', 'data.customer_id:={'], /needs JSON/],
  [[...send, '--set', '__proto__.polluted=1'], /no __proto__/],
  [[...send, '--set', 'data.constructor.prototype.polluted=1'], /no data\.constructor/],
  [[...send, '--unset', 'data.nothing'], /no data\.nothing/],
  [[...send, '--frobnicate'], /unknown option '--frobnicate'/],
  [[...send, '--quite'], /unknown option '--quite'.*Did you mean --quiet\?/s],
  [['sned', 'scalev', 'order.created'], /unknown command 'sned'.*Did you mean send\?/s],
  [[...send, '--to'], /'--to <target>' argument missing/],
  [[...send, '--to', '--json'], /--to has no value: --json, which follows it, is a flag/],
  [[...send, '-H', 'A: 1', '-H', '-q'], /--header has no value: -q/],
  [[...send, '--secret', 'file:folder'], /file:folder: it is a folder/],
  [[...send, '--secret', 'file:latin1.json'], /file:latin1\.json: it is not UTF-8/],
  [[...send, '--secret', 'file:'], /--secret file:: it is a folder/],
  [[...send, '--secret', 'good', '--secret', ''], /secret .*is empty/i],
  [[...send, '--retry'], /Scalev does not say how often and when it retries\. Give a schedule: --schedule 1m,10m,1h/],
  [['send', 'webconnex', 'registration', '--retry'], /Webconnex does not say how often and when it retries/],
  [['send', 'covver', 'OrderPlaced', '--retry'], /Covver does not say how often and when it retries/],
  [[...send, '--retry=yes'], /unknown option '--retry=yes'/],
  [[...send, '--schedule', '5s', '--forge', 'wrong-secret'], /--retry is what a provider does, --forge what a forger/],
  [[...send, '--speed', '600x'], /--speed is the pace of retries\. Add --retry, or --schedule 5s,1m/],
  [[...send, '--schedule', '5s', '--speed', 'fast'], /--speed: "fast" is not a speed\. Write 1x/],
  [[...send, '--schedule', '5s', '--speed', '0x'], /--speed: "0x" is not a speed/],
  [[...send, '--schedule', ''], /--schedule: "" is not a duration/],
  [[...send, '--schedule', '5s,,1m'], /--schedule: "" is not a duration/],
  [[...send, '--schedule', '5s;1m'], /--schedule: "5s;1m" is not a duration/],
  [[...send, '--schedule', '8d'], /--schedule: 8d is longer than 7d/],
  [[...send, '--schedule', Array(101).fill('1s').join()], /--schedule: 101 retries are more than 100/],
  [[...send, '--duplicate', '0'], /--duplicate: "0" is not a whole number from 1 to 100/],
  [[...send, '--duplicate', 'twice'], /--duplicate: "twice" is not a whole number/],
  [[...send, '--fault', 'cut'], /--fault: "cut" is not a fault\. Write cut-body, slow-upload or slow-upload=30s/],
  [[...send, '--fault', ''], /--fault: "" is not a fault/],
  [[...send, '--fault', 'cut-body=3'], /--fault: "cut-body=3" is not a fault/],
  [[...send, '--fault', 'slow-upload='], /--fault slow-upload: "" is not a duration/],
  [[...send, '--fault', 'slow-upload=2h'], /--fault slow-upload: 2h is not between 1ms and 1h/],
  [[...send, '--fault', 'slow-upload=0s'], /--fault slow-upload: 0s is not between/],
  [[...send, '--fault', 'cut-body', '--raw', 'short.bin'], /--fault cut-body: --raw short\.bin has no middle/],
  [[...send, '--forge', 'wrong-secrt'], /no forgery wrong-secrt\. Did you mean wrong-secret\?/],
  [[...send, '--forge', ''], /no forgery/],
  [[...send, '--variant', ''], /no variant/],
  [[...send, '--data', ''], /--data: the name of the file is empty/],
  [[...send, '--timeout', 'Infinitys'], /is not a duration/],
  [[...send, '--timeout', '1e3s'], /is not a duration/],
  [[...send, '--timeout', '0.1ms'], /is not between/],
  [[...send, '--count', '1e3'], /--count: "1e3" is not a whole number/],
  [[...send, '--count', '999999999999'], /--count: "999999999999" is not a whole number/],
  [[...send, '--seed', '99999999999999999999'], /--seed: "99999999999999999999" is not a whole number/],
  [[...send, '--edit'], /There is no editor: set \$VISUAL or \$EDITOR/],
  [[...send, '--edit', '--data', 'good.json'], /--edit opens the sample/],
  [[...send, '--dialect', 'pyton'], /--dialect: there is no style pyton\. Did you mean python\?/],
  [[...send, '--dialect', 'go', '--data', 'good.json'], /--dialect writes the sample/],
  [[...send, '--curl', '--json'], /--curl prints commands and --json objects/],
  ...['all', 'exact', 'dry-run', 'curl', 'json', 'quiet', 'verbose'].map((flag): [string[], RegExp] => [
    [...send, `--${flag}=yes`],
    new RegExp(`unknown option '--${flag}=yes'`),
  ]),
  [['list', '--json=1'], /unknown option '--json=1'/],
  [['show', 'scalev', 'order.created', '--json=1'], /unknown option '--json=1'/],
  [['show', 'scalev', 'order.*'], /order\.\* stands for several events\. Name one: order\.created, /],
  [['show', 'scalev'], /missing required argument 'event'/],
  [['sign'], /missing required argument 'provider'/],
  [
    ['sign', 'scalev', 'good.json', '--event', 'order.craeted'],
    /no event order\.craeted\. Did you mean order\.created/,
  ],
  [['sign', 'scalev', 'good.json', '--event', 'order.*'], /order\.\* stands for several events/],
  [['sign', 'commercelayer', 'broken.json'], /the body does not contain it. Add --event/],
  [['sign', 'scalev', 'good.json', '--secret', ''], /secret .*is empty/i],
  [['sign', 'scalev', '--secret', '-'], /Standard input \(-\) can be read only once/],
  [['sign', 'scalev', 'good.json', '--url', 'ftp://localhost'], /can't be sent to ftp:/],
  [['sign', 'scalev', 'good.json', '--seed', '-1'], /--seed: "-1" is not a whole number/],
  [['sign', 'scalev', 'good.json', '--now', 'soon'], /--now: "soon" is not a time/],
  [['sign', 'scalev', 'good.json', '--json=1'], /unknown option '--json=1'/],
  [['flow', 'scalew'], /no provider and no flow of the config that is named scalew\. Did you mean scalev\?/],
  [['flow', 'scalev', 'fulfillment'], /Scalev has no flow fulfillment\. Did you mean fulfilment\?/],
  [['flow', 'scalev', 'fulfilment', '--all'], /--all sends every flow of a provider\. Name a provider, and no flow/],
  [['flow', '--all'], /--all sends every flow of a provider\. Name a provider/],
  [['flow', 'scalev', 'nope', '--list'], /Scalev has no flow nope\. Known: fulfilment, /],
  [['flow', 'scalev', '--list', '--json=1'], /unknown option '--json=1'/],
  [[...flow, '--order', 'reverse'], /--order: there is no "reverse"\. Did you mean reversed\?/],
  [[...flow, '--order', ''], /--order: there is no ""\. Known: natural, reversed, shuffled/],
  [[...flow, '--drop', 'order.piad'], /--drop: order has no event order\.piad\. Did you mean order\.paid/],
  [
    ['flow', 'covver', 'order', '--drop', 'OrderPlaced', '--drop', 'OrderConfirmed', '--drop', 'OrderFulfilled'],
    /nothing is left of order/,
  ],
  [[...flow, '--jitter', '5'], /--jitter: "5" is not a duration/],
  [[...flow, '--jitter', '900d'], /--jitter: 900d is longer than 365d/],
  [[...flow, '--jitter', '1h', '--order', 'shuffled'], /--jitter creates its own order, and --order another/],
  [[...flow, '--duplicate', '0'], /--duplicate: "0" is not a whole number from 1 to 100/],
  [[...flow, '--duplicate', '101'], /--duplicate: "101" is not a whole number/],
  [[...flow, '--concurrency', '0'], /--concurrency: "0" is not a whole number from 1 to 1000/],
  [[...flow, '--concurrency', '2', '--speed', '1x'], /--concurrency sends at once, and --speed one after another/],
  [[...flow, '--speed', '0x'], /--speed: "0x" is not a speed/],
  [[...flow, '--speed', 'fast'], /--speed: "fast" is not a speed/],
  [[...flow, '--orders'], /--orders compares the states of the receiver\. Say with --probe how to see them/],
  ...['order', 'jitter', 'duplicate', 'concurrency', 'speed'].map((flag): [string[], RegExp] => [
    [...flow, '--orders', '--probe', ':1', `--${flag}`, { order: 'natural', jitter: '1s', speed: '1x' }[flag] ?? '1'],
    new RegExp(`--orders runs in all orders, and --${flag} chooses one`),
  ]),
  [[...flow, '--probe', ''], /--probe is empty/],
  [[...flow, '--probe', 'ftp://localhost/'], /--probe: A webhook can't be sent to ftp:/],
  [[...flow, '--probe', 'http://localhost:99999/'], /--probe: "http:\/\/localhost:99999\/" is not an address/],
  [
    [...flow, '--probe', ':3000/{data.orderID}'],
    /--probe: No event of order has data\.orderID\. Did you mean data\.orderId\?/,
  ],
  [
    [...flow, '--probe', ':3000/{order.paid:data.userId}'],
    /--probe: No order\.paid of order has order\.paid:data\.userId/,
  ],
  [[...flow, '--probe', ':3000/{}'], /--probe: No event of order has/],
  [[...flow, '--probe', ':3000/', '--dry-run'], /--dry-run sends nothing, so there is no state to look at/],
  [[...flow, '--to', 'ftp://localhost/x'], /can't be sent to ftp:/],
  [[...flow, '--secret', ''], /secret .*is empty/i],
  [[...flow, '-H', 'no colon'], /has no name and colon/],
  [[...flow, '--timeout', '5'], /--timeout: "5" is not a duration/],
  [[...flow, '--seed', 'abc'], /--seed: "abc" is not a whole number/],
  [[...flow, '--now', 'yesterday'], /--now: "yesterday" is not a time/],
  [[...flow, '--config', 'missing.yaml'], /missing\.yaml: there is no such config/],
  [[...flow, '--cacert', 'missing.pem'], /--cacert missing\.pem: there is no such file/],
  [[...flow, '--cert', 'missing.pem'], /--cert missing\.pem: there is no such file/],
  [[...flow, '--key', pemPath('key')], /--key is the key of a certificate\. Name that with --cert/],
  [[...flow, '--proxy', 'ftp://127.0.0.1'], /--proxy: ftp:\/\/ proxies are not supported/],
  [[...flow, '--unix-socket', ''], /--unix-socket: the path is empty/],
  [[...flow, '--resolve', 'example.test'], /--resolve example\.test: there is no host, "=" and address/],
  [[...flow, '--no-keep-alive=yes'], /unknown option '--no-keep-alive=yes'/],
  [[...flow, '--insecure=yes'], /unknown option '--insecure=yes'/],
  ...['quiet', 'verbose'].map((flag): [string[], RegExp] => [
    [...flow, `--${flag}=yes`],
    new RegExp(`unknown option '--${flag}=yes'`),
  ]),
  [['--version=3'], /unknown option '--version=3'/],
  [['--help=3'], /unknown option '--help=3'/],
  [['list', 'scalew'], /There is no provider scalew/],
  [['list', '--search', 'qqzzqq'], /No event fits "qqzzqq"/],
  [['list', 'scalev', 'more'], /too many arguments/],
  [['list', '--config', 'missing.yaml'], /missing\.yaml: there is no such config/],
  [['show', 'scalev', 'order.craeted'], /has no event order\.craeted/],
  [['show', 'scalev', 'order.created', '--variant', 'nope'], /has no variant nope/],
  [['sign', 'scalev', 'missing.json'], /missing\.json: there is no such file/],
  [['log'], /There is no delivery log without a home\. Set HOME or XDG_STATE_HOME\./],
  [['log', 'last'], /There is no delivery log without a home/],
  [['log', '--provider', 'scalew'], /There is no provider scalew\. Did you mean scalev\?/],
  [['log', '--search', 'colour:blue'], /A search has no field colour\. Known: provider, event/],
  [['log', '--event', ''], /--event: the name is empty/],
  [['log', '--outcome', 'fine'], /there is no "fine"\. Known: accepted, rejected, timed_out, broken, unreachable/],
  [['log', '--since', 'yesterday'], /--since: "yesterday" is neither a duration nor a time/],
  [['log', '--limit', '0', '--json'], /--limit: "0" is not a whole number from 1/],
  [['log', '--clear', '--failed', '-q'], /--clear deletes all deliveries of the project and takes no selection/],
  [['flow', 'scalev', 'fulfilment', '--no-log', '--to', ''], /target is empty/],
  [['log', '--clear', 'last'], /--clear deletes all deliveries of the project/],
  [['log', '--config', 'missing.yaml'], /missing\.yaml: there is no such config/],
  [['resend'], /There is no delivery log without a home/],
  [['resend', '--config', 'missing.yaml'], /missing\.yaml: there is no such config/],
  ...[send, flow].flatMap((command): [string[], RegExp][] => [
    [[...command, '--public-url', 'shop.example.com'], /--public-url is not a URL of http or https/],
    [[...command, '--public-url', ''], /--public-url is not a URL/],
    [[...command, '--public-url', 'https://['], /--public-url is not a URL/],
    [[...command, '--public-url', 'https://a.example/#b'], /--public-url is not a URL/],
    [[...command, '--public-url', 'https://a.example/ b'], /--public-url is not a URL/],
    [[...command, '--public-url', 'https://a.example/{evnt}'], /--public-url: unknown placeholder \{evnt\}/],
    [[...command, '--handshake'], /(Scalev|BharatCart) has no handshake: it sends events at once/],
    [[...command, '--serve-keys', '0'], /(Scalev|BharatCart) has no public key: the receiver holds the same secret/],
    [[...command, '--serve-keys', '70000'], /--serve-keys: "70000" is not a whole number from 0 to 65535/],
  ]),
  [['keys', 'scalev'], /Scalev has no public key: the receiver holds the same secret, the Signing Secret/],
  [['keys', 'scalev', '--format', 'pme'], /--format: there is no "pme"\. Did you mean pem\?/],
  [['keys', 'scalev', '--out', 'key.pem'], /--out: in which form\? Add --format pem/],
  ...[
    ['listen', '--port', '0', '--timeout', '1s', '--save'],
    ['provider', 'new', 'acme', '--dir'],
    ['export', 'scalev', '--format', 'har', '--out'],
    ['keys', 'scalev', '--format', 'pem', '--out'],
    ['load', 'scalev', 'order.created', '--rate', '1', '--for', '1s', '--save'],
    [...send, '--config'],
  ].map((argv): [string[], RegExp] => [
    [...argv, ''],
    /^webhook-sim: --\w+: the (name of the (file|folder)|path) is empty\. Write one\./,
  ]),
  [['keys', 'scalev', '--format', 'pem', '--force'], /--force replaces a file\. Name it with --out/],
  [['keys', 'scalev', '--serve', 'x'], /--serve: "x" is not a whole number/],
  [['keys', 'scalev', '--serve', '0', '--format', 'pem'], /--serve serves every form/],
  [['keys', 'scalev', '--json', '--format', 'pem'], /--json has every form/],
  [['keys', 'scalev', '--secret', ''], /secret .*is empty/i],
  [['keys', 'scalev', '--to', 'nowhere', '--config', 'missing.yaml'], /there is no such config/],
  [['provider', 'test', '--record', 'x.http'], /--record is about one provider: webhook-sim provider test acme/],
  [['provider', 'test', 'acme', '--url', 'https://a.example'], /--url is for --record\. Add --record FILE/],
  [['keys', 'scalve', '-q'], /There is no provider scalve\. Did you mean scalev\?/],
  [['handshake', 'scalev', '--to', 'demo'], /Scalev has no handshake: it sends events at once/],
];

describe('bad input', () => {
  it.each(table)('%j', async (argv, message) => {
    const server = await captureServer();
    const aimed = ['send', 'flow'].includes(argv[0]!) && !argv.includes('--to') ? [...argv, '--to', server.url] : argv;
    const { exitCode, stdout, stderr } = await cli(aimed, { cwd, stdin: '{"event":"x"}' });
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^webhook-sim: /);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(stderr.trim().split('\n').length, stderr).toBeLessThanOrEqual(3);
    if (argv.includes('--json')) expect(JSON.parse(stdout)).toMatchObject({ type: 'error' });
    else expect(stdout).toBe('');
    expect(exitCode).toBe(2);
    expect(server.requests).toEqual([]);
  });

  it.each(['send', 'list', 'show', 'sign', 'flow', 'log', 'keys'])('is tried with each flag of %s', async (name) => {
    const { stdout } = await cli([name, '--help']);
    const flags = [...stdout.matchAll(/^ +(?:(-\w), )?(--[\w-]+)/gm)].filter(([, , long]) => long !== '--help');
    expect(flags.length).toBeGreaterThan(0);
    const words = table
      .filter(([argv]) => argv[0] === name)
      .flatMap(([argv]) => argv.map((word) => word.split('=')[0]));
    const missing = flags.filter(([, short, long]) => !words.includes(long) && !(short && words.includes(short)));
    expect(missing.map(([, , long]) => long)).toEqual([]);
  });

  it('never pollutes a prototype', async () => {
    await cli([...send, '--set', '__proto__.polluted:=1', '--dry-run'], { cwd });
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('never echoes a secret that stands in a header or address', async () => {
    const canary = 'CANARY-7f3a';
    for (const argv of [
      [...send, '-H', `Authorization Bearer ${canary}`],
      [...send, '-H', `Authorization: Bearer ${canary}\r\nX: y`],
      [...send, '--to', `http://user:${canary}@localhost:99999/`],
      [...send, '--to', `ftp://user:${canary}@localhost/`],
      [...send, '--proxy', `socks5://user:${canary}@localhost`],
      [...send, '--proxy', `http://user:${canary}@localhost/${canary}`],
    ]) {
      const { stdout, stderr, exitCode } = await cli(argv, { cwd });
      expect(exitCode).toBe(2);
      expect(stdout + stderr).not.toContain(canary);
    }
  });
});
