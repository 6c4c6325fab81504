import { asDocument, bodyMember } from '../report/shared/jsonLines.js';
import type { Exported, ExportSet } from './exported.js';

/** Test vectors for receivers in any language, as one JSON document; `vectorsSchema` describes it. */
export function vectors(set: ExportSet): string {
  return asDocument({
    schemaVersion: 1,
    type: 'vectors',
    provider: set.provider.name,
    vectors: set.deliveries.map((each) => vector(each, set)),
  });
}

function vector({ name, delivery, problem, success }: Exported, { now, secret, publicKeys }: ExportSet): object {
  const { provider, event, variant, forge, method, url, headers, body } = delivery;
  return {
    name,
    ...{ provider, event, variant, forge, problem },
    valid: forge === null,
    ...{ secret: secret.value, secretSource: secret.source, secretFingerprint: secret.fingerprint, publicKeys },
    now: new Date(now).toISOString(),
    timestamp: Math.floor(now / 1000),
    ...{ method, url, headers },
    ...bodyMember(body, false),
    success,
  };
}
