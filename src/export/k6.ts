import { K6Code } from './k6Code.js';
import { helperTexts } from './k6Helpers.js';
import type { K6Delivery, K6Script, K6Variable } from './k6Script.js';

/**
 * A script for k6 that makes and signs each delivery when it is sent. It uses what k6 documents of `k6/crypto`, `k6/encoding`,
 * `k6/execution` and `k6/http` (https://grafana.com/docs/k6/latest/javascript-api/).
 */
export function k6Script({ title, file, variables, deliveries }: K6Script): string {
  const code = new K6Code();
  const deliveriesCode = deliveries.map((delivery) => deliveryCode(delivery, code)).join('');
  const keys = code.keyLines();
  const used = variables.filter(({ name }) => new RegExp(`\\b${name}\\b`).test([...keys, deliveriesCode].join('\n')));
  const modules = [...code.modules].sort().map((name) => importLine(name, `k6/${name}`));
  const given = used.map(({ variable }) => `-e ${variable}=… `).join('');
  return [
    `// Webhooks of ${title} for k6, each made and signed when it is sent. Written by webhook-sim.`,
    `// k6 run ${given}-e RATE=10 -e DURATION=30s ${file}.k6.js`,
    importLine('{ check }', 'k6'),
    ...modules,
    importLine('exec', 'k6/execution'),
    importLine('http', 'k6/http'),
    '',
    ...used.flatMap(variableLines),
    '',
    options,
    ...helperTexts(code.helpers),
    ...keys,
    '',
    '/** What makes each delivery, as of a moment in milliseconds since 1970. */',
    `const deliveries = [\n${deliveriesCode}];`,
    '',
    run,
    '',
  ].join('\n');
}

const options = `export const options = {
  discardResponseBodies: true,
  scenarios: {
    deliveries: {
      executor: 'constant-arrival-rate',
      rate: Number(__ENV.RATE || 10),
      timeUnit: '1s',
      duration: __ENV.DURATION || '30s',
      preAllocatedVUs: Number(__ENV.VUS || 50),
    },
  },
  thresholds: { checks: ['rate==1'] },
};
`;

const run = `/** Sends the deliveries one after the other. */
export default function () {
  const { name, accepted, timeout, make } = deliveries[exec.scenario.iterationInTest % deliveries.length];
  const { method, url, body, headers } = make(Date.now());
  const answer = http.request(method, url, body, { headers, timeout, redirects: 0, tags: { name } });
  check(answer, { 'is accepted': ({ status }) => accepted.test(String(status)) });
}`;

function importLine(what: string, module: string): string {
  return ['import', what, 'from', `'${module}';`].join(' ');
}

function variableLines({ name, variable, value }: K6Variable): string[] {
  if (value !== null) return [`const ${name} = __ENV.${variable} || ${quoted(value)};`];
  return [
    `const ${name} = __ENV.${variable};`,
    `if (!${name}) throw new Error('${variable} is not set. Give it with k6 run -e ${variable}=…');`,
  ];
}

function deliveryCode(delivery: K6Delivery, code: K6Code): string {
  const { name, constants, method, url, headers, body, timeLimitMs, success } = delivery;
  const accepted = success.split(',').map((part) => part.trim().toLowerCase().replace('xx', '\\d\\d'));
  const lines = [
    '  {',
    `    name: ${quoted(name)},`,
    `    accepted: /^(${accepted.join('|')})$/,`,
    `    timeout: '${timeLimitMs}ms',`,
    '    make: (now) => {',
    ...constants.map((constant) => `      const ${constant.name} = ${code.constantCode(constant.recipe)};`),
    '      return {',
    `        method: '${method}',`,
    `        url: ${code.text(url)},`,
    `        body: ${code.text(body)},`,
    '        headers: {',
    ...headers.map(([header, value]) => `          ${quoted(header)}: ${code.text(value)},`),
    '        },',
    '      };',
    '    },',
    '  },',
  ];
  return `${lines.join('\n')}\n`;
}

function quoted(text: string): string {
  return `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}
