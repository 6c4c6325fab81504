import { flow, loadProvider, prepare } from 'webhook-sim';

/** Options of the library that a step may have in addition to those of the engine. */
const sendKeys = ['event', 'set', 'unset', 'variant', 'header', 'secret', 'fresh', 'dialect', 'expect', 'timeout'];
const flowKeys = ['flow', 'secret', 'header', 'timeout', 'order', 'drop', 'speed'];

/** Reads a step `send: stripe payment_intent.succeeded`; resolves with what makes its deliveries. Rejects where it can't be sent. */
export async function prepareSend(given, config) {
  const step = typeof given === 'string' ? { event: given } : given;
  assertKeys(step, sendKeys, 'send');
  const { provider, name } = splitName(step.event, 'send: stripe payment_intent.succeeded');
  const { event: _, set = {}, expect = config.expect, timeout = config.timeout, secret, ...own } = step;
  const templated = Object.entries(set).filter(([, value]) => typeof value === 'string' && value.includes('{{'));
  const fixed = Object.entries(set).filter((entry) => !templated.includes(entry));
  const key = secret === undefined ? config.secretOf(provider) : secret;
  const next = await prepare({
    provider: await providerOf(provider),
    event: name,
    url: config.url,
    ...without({ secret: key, header: config.header, fresh: config.fresh, ...own }),
    ...(fixed.length > 0 && { set: Object.fromEntries(fixed) }),
  });
  // What can't be made is found out now.
  await next();
  return { name: `${provider} ${name}`, next, templated, options: without({ expect, timeout, route: config.route }) };
}

/** Reads a step `flow: stripe checkout`; resolves with the options of its runs. Rejects where it can't be sent. */
export async function prepareFlow(given, config) {
  const step = typeof given === 'string' ? { flow: given } : given;
  assertKeys(step, flowKeys, 'flow');
  const { provider, name } = splitName(step.flow, 'flow: stripe checkout');
  const { timeout = config.timeout, secret = config.secretOf(provider), header = config.header, ...own } = step;
  const options = { ...own, provider: await providerOf(provider), flow: name, ...without({ timeout, secret, header }) };
  // A trial run without a receiver finds what can't be built.
  await flow({ ...options, to: () => new Response() });
  return { name: `${provider} ${name}`, options: { ...options, to: config.url } };
}

function splitName(text, example) {
  const [provider, name, ...more] = String(text ?? '')
    .trim()
    .split(/\s+/);
  if (name === undefined || more.length > 0)
    throw new Error(`"${text}" names no provider and event. Write ${example}.`);
  return { provider, name };
}

/** Returns a provider that ships, or that of a path: `./acme`. */
async function providerOf(name) {
  return /[./\\]/.test(name) ? loadProvider(name) : name;
}

function assertKeys(step, known, kind) {
  const unknown = Object.keys(step).find((key) => !known.includes(key));
  if (unknown !== undefined) throw new Error(`${kind}.${unknown} is no option. There are ${known.join(', ')}.`);
}

function without(options) {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}
