const known = ['secret', 'header', 'fresh', 'timeout', 'expect', 'route', 'url'];

/** Reads `config.target` and `config.engines.webhook-sim`; throws where they can't be used. */
export function readConfig({ target, engines = {} }) {
  const given = engines['webhook-sim'] ?? {};
  const unknown = Object.keys(given).find((key) => !known.includes(key));
  if (unknown !== undefined) {
    throw new Error(`config.engines.webhook-sim.${unknown} is no option. There are ${known.join(', ')}.`);
  }
  const { url = target, secret, ...options } = given;
  if (!url)
    throw new Error(
      'config.target is missing: the address that the webhooks go to, such as http://localhost:3000/webhooks.',
    );
  return { ...options, url, secretOf: (provider) => readSecret(secret, provider) };
}

/** Reads a secret: itself, `env:NAME`, a list of them with the current one first, or any of these by provider. */
function readSecret(secret, provider) {
  if (secret === undefined || secret === null) return undefined;
  if (Array.isArray(secret)) return secret.map((each) => readSecret(each, provider));
  if (typeof secret === 'object') return readSecret(secret[provider], provider);
  const [, name] = /^env:(.+)$/.exec(String(secret)) ?? [];
  if (name === undefined) return String(secret);
  const value = process.env[name];
  if (!value) throw new Error(`config.engines.webhook-sim.secret: the environment has no variable ${name}. Set it.`);
  return value;
}
