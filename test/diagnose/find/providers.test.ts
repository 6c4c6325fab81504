import { describe, expect, it } from 'vitest';
import type { Delivery } from '../../../src/core/delivery.js';
import type { Provider } from '../../../src/core/provider.js';
import { seededRandom } from '../../../src/core/random.js';
import { compileDelivery } from '../../../src/delivery/compile.js';
import { findScheme } from '../../../src/diagnose/find/findScheme.js';
import { writeJson } from '../../../src/json/dialect.js';
import { parseJson } from '../../../src/json/parse.js';
import { loadSample } from '../../../src/payloads/load.js';
import { builtInProviders } from '../../../src/providers/registry.js';
import { exampleNames, exampleProvider, exampleSample } from '../../support/exampleProviders.js';

for (const name of exampleNames) {
  const provider = exampleProvider(name);
  it(name, () => {
    const body = Buffer.from(writeJson(exampleSample(provider, provider.flagship), provider.dialect));
    const make = compileDelivery({ provider, event: provider.flagship, variant: null, url: 'https://shop.example/hooks/a?b=c', secrets: [{ value: provider.secret.sample, source: 't', isSample: true }], headers: [] });
    const d = make({ now: 1_790_000_000_123, random: seededRandom(3), body });
    const t = Date.now();
    const f = findScheme({ method: d.method, url: d.url, headers: d.headers, body: d.body }, [provider.secret.sample]);
    console.log(name, Date.now() - t, 'ms', JSON.stringify({ ...f, told: [...f.told] }, null, 1).replace(/\n\s{3,}/g, ' '));
  });
}
